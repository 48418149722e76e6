"""Scripts of the library that are given what they can't do: they say so and change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankish.diagnostics.model import AnkishError
from tests.scripts.test_library import notes, run
from tests.support.lab import Lab


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("nosuch", "x", "no tag is named nosuch"),
        ("lesson", "", "was given an empty text"),
        ("lesson", "a b", "a tag holds no blanks"),
        ("lesson", "a::", "a part of --new is empty"),
    ],
)
def test_rename_tags_to_what_is_no_tag(lab: Lab, old: str, new: str, problem: str) -> None:
    before = lab.ask("getTags")
    with pytest.raises(AnkishError, match=problem):
        run(lab, "rename-tags", "--old", old, "--new", new)
    assert lab.ask("getTags") == before


def test_export_notes_leaves_a_file_alone_and_tells_of_others(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("mine")
    given = ("--search", "deck:Japanese or deck:Geography", "--file", str(file))
    with pytest.raises(AnkishError, match="is there already"):
        run(lab, "export-notes", *given)
    assert file.read_text() == "mine"
    said = run(lab, "export-notes", *given, "--force")
    left = notes(lab, "deck:Japanese (note:Vocabulary or note:Sentence)")
    cloze = notes(lab, "deck:Geography note:Cloze")
    assert said[1][:2] == [len(left) + len(cloze), "notes are left out: their note types lack"]
    assert {row["model"]: row["count"] for row in said[2]}["Cloze"] == len(cloze)


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("a:b", "is no name that a field can have"),
        ("Word", "has a field Word already; --place"),
    ],
)
def test_add_field_that_anki_would_call_otherwise(lab: Lab, field: str, problem: str) -> None:
    before = lab.ask("modelFieldNames", modelName="Vocabulary")
    with pytest.raises(AnkishError, match=problem):
        run(lab, "add-field", "--model", "Vocabulary", "--field", field)
    assert lab.ask("modelFieldNames", modelName="Vocabulary") == before
