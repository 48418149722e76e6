"""What the menu offers besides names: counts, what is used most, media, files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ankish.analysis.complete import complete
from ankish.anki.world import DeckCount, World
from ankish.shell.habits import Habits
from ankish.shell.paths import matching_files
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]

WORLD = World(
    frozenset({"decks", "counts", "tags", "models", "details"}),
    {"Japanese": 1, "Japanese::N3": 2, "Java": 3},
    tag_names=("verb", "vet", "very"),
    counts={"Japanese": DeckCount(2_408, 0), "Japanese::N3": DeckCount(1_204, 37)},
)


def offered(text: str, *lines: str) -> list[str]:
    habits = Habits()
    for line in lines:
        habits.learn(line)
    found = complete(text, len(text), WORLD, habits=habits.used).candidates
    return [candidate.display for candidate in found]


def test_decks_tell_how_many_cards_they_have() -> None:
    for text in ("find deck:Jap", "find x | changeDeck Jap"):
        found = {c.display: c.doc for c in complete(text, len(text), WORLD).candidates}
        assert found["Japanese::N3"] == "1,204 cards · 37 due"
        assert found["Japanese"] == "2,408 cards"


def test_what_is_used_comes_first_among_what_fits_as_well() -> None:
    assert offered("find tag:ve")[:3] == ["verb", "vet", "very"]
    assert offered("find tag:ve", "find tag:very", "find x | addTags vet", "find tag:very")[:3] == [
        "very",
        "vet",
        "verb",
    ]
    assert offered("find x | s", "find x | skip 1")[0] == "skip"
    assert offered("find deck:ja", 'find "deck:Java is:due"')[0] == "Java"


def test_a_better_fit_comes_before_what_is_used() -> None:
    assert offered("find deck:jap", "find deck:Japanese::N3")[0] == "Japanese::N3"
    assert offered("find deck:java", "find deck:Japanese::N3")[0] == "Java"


def test_what_is_not_known_is_said_to_be(tmp_path: Path) -> None:
    found = complete("deleteMediaFile a", 17, WORLD)
    assert "media" in found.unknown
    assert "media" not in complete("find x", 6, WORLD).unknown


def test_files(tmp_path: Path, monkeypatch: object) -> None:
    (tmp_path / "words.csv").write_text("a" * 2500)
    (tmp_path / "wild").mkdir()
    (tmp_path / ".hidden").write_text("")
    listed = dict(matching_files(f"{tmp_path}/w"))
    assert listed == {f"{tmp_path}/wild/": "folder", f"{tmp_path}/words.csv": "2 KB"}
    assert f"{tmp_path}/.hidden" in dict(matching_files(f"{tmp_path}/.h"))
    assert list(matching_files(f"{tmp_path}/none/x")) == []


def test_counts_files_and_media_in_the_menu(start: Start, tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("word\n")
    shell = start(columns=100)
    shell.loaded()
    shell.type("find deck:Spanish::")
    shell.wait("130 cards · 16 due")
    shell.press("ctrl-c")
    shell.type("open wor")
    shell.wait("words.csv  5 bytes")
    shell.press("ctrl-c")
    shell.type("retrieveMediaFile flag-ro")
    shell.wait("flag-romania.png  media file")
    shell.press("tab")
    shell.wait("retrieveMediaFile flag-romania.png")


def test_counts_follow_a_change(start: Start) -> None:
    shell = start(columns=100)
    shell.loaded()
    shell.type("find deck:Inbo")
    shell.wait("Inbox  22 cards")
    shell.press("ctrl-c")
    shell.enter("find deck:Inbox | changeDeck Default")
    shell.wait("changeDeck: ")
    shell.type("find deck:Inbo")
    shell.wait("Inbox  0 cards")
