"""Scripts as commands: every program can call those of the library and the user's own by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.runtime.callable import callable_commands
from ankish.runtime.shipped import scripts
from ankish.settings import HOME
from tests.support.lab import Lab, embedded_lab


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """A collection, and a folder of one's own for scripts and macros."""
    monkeypatch.setenv(HOME, str(tmp_path))
    with embedded_lab() as made:
        yield made


def own(tmp_path: Path, kind: str, name: str, text: str) -> None:
    folder = tmp_path / "data" / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.ank").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    ["leeches deck=Spanish tag=hard", "leeches --deck Spanish --tag hard", "leeches Spanish hard"],
)
def test_a_script_does_what_it_does_by_itself(lab: Lab, line: str) -> None:
    leeches = lab.ids("deck:Spanish tag:leech -is:suspended")
    said = lab.results(line)
    assert said[0] == [len(leeches), "leeches are suspended, their notes tagged", "hard"]
    assert lab.ids("tag:hard is:suspended") >= leeches
    assert lab.ids("-deck:Spanish tag:leech -is:suspended")


def test_all_that_a_script_shows_is_shown(lab: Lab) -> None:
    alone = lab.results(scripts()["weekly"].read_text(encoding="utf-8"), "--days", "3")
    assert len(alone) > 3
    assert lab.results("weekly 3") == alone


def test_a_search_flows_into_a_script_that_takes_one(lab: Lab) -> None:
    chart, said = lab.results("find deck:Geography | intervals")
    assert said[0] == len(lab.ids("deck:Geography prop:ivl>0")) > 0 and chart["points"]


def test_a_script_in_a_macro_and_in_a_loop(lab: Lab) -> None:
    lab.results("for deck in [Spanish, Japanese] { leeches deck=$deck }")
    assert lab.ids("tag:leech deck:Japanese -is:suspended") == set()
    lab.results("macro all() { leeches }\nall")
    assert lab.ids("tag:leech -is:suspended") == set()


def test_every_script_can_be_called(lab: Lab) -> None:
    values = {"deck": "Spanish", "model": "Basic", "field": "Front", "query": "deck:Spanish"}
    for name in scripts():
        needed = [param for param in callable_commands()[name].params if param.required]
        given = [f"{param.name}={values.get(param.type.name, 'x')}" for param in needed]
        assert lab.checked(f"{name} {' '.join(given)}") == []


def test_a_script_of_the_user(lab: Lab, tmp_path: Path) -> None:
    own(tmp_path, "scripts", "hi", "param name: text\nprint 1\nprint $name\n")
    assert lab.results("hi Ann") == ["1", "Ann"]
    own(tmp_path, "macros", "hi", "macro hi() { print macro }\n")
    assert lab.results("hi") == ["macro"]


def test_a_macro_of_the_user_that_uses_a_short_verb(lab: Lab, tmp_path: Path) -> None:
    own(tmp_path, "macros", "mark", "macro mark(c: cards) { $c | tag seen }\n")
    lab.results("find deck:Inbox | mark")
    assert lab.ids("tag:seen") == lab.ids("deck:Inbox")


def test_a_nearer_macro_goes_before_a_script(lab: Lab) -> None:
    assert lab.results("macro leeches() { print mine }\nleeches") == ["mine"]


def test_a_mistyped_script(lab: Lab) -> None:
    assert "similar name exists: leeches" in lab.complaint("leches")
    assert "similar name exists: deck" in lab.complaint("leeches dek=Spanish")
    assert "--deck …" in lab.complaint("leeches --deck")


def test_a_mistake_in_a_script_of_the_user_is_at_its_place(lab: Lab, tmp_path: Path) -> None:
    own(tmp_path, "scripts", "hi", "print 1\nfind x | suspnd\n")
    complaint = lab.complaint("hi")
    assert "hi.ank:2:10" in complaint and "suspend" in complaint
    assert lab.ids("is:suspended")


def test_a_value_after_the_name_of_a_parameter(lab: Lab) -> None:
    assert len(lab.result("find deck:Spanish | first --count 3")) == 3
    lab.results("find deck:Inbox | changeDeck --deck Geography")
    assert lab.ids("deck:Inbox") == set()
    assert lab.codes("find deck:Spanish | changeDeck --create") == ["call::missing"]
