"""Programs one after the other, as in the shell: variables last."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from ankish.diagnostics.model import AnkishError, Source
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.lab import Lab


class Shell:
    """A session whose lines come one by one."""

    def __init__(self, lab: Lab) -> None:
        self.session = Session(lambda: lab.client, keep=True)

    def line(self, text: str) -> list[Any]:
        """What a line shows."""
        out = io.StringIO()
        self.session.run(Source("line", text), Presenter(out, out, "json"), lambda problems: None)
        return [json.loads(shown) for shown in out.getvalue().splitlines()]


def test_a_search_is_kept_as_cards_and_as_notes(lab: Lab) -> None:
    shell = Shell(lab)
    old = lab.ids("tag:old")
    assert shell.line("let old = find tag:old") == []
    assert shell.line("$old | removeTags old | count") == [len(old)]
    assert shell.line("$old | addTags archive") == [
        {"done": "addTags", "count": len(lab.ask("findNotes", query="tag:archive"))}
    ]
    assert lab.ids("tag:archive") == old


def test_rows_are_kept_as_what_they_are_rows_of(lab: Lab) -> None:
    shell = Shell(lab)
    shell.line("let hard = find deck:Spanish | where lapses > 4")
    (rows,) = shell.line("$hard | where interval < 21 | select lapses, Front")
    assert len(rows) == len(lab.ids("deck:Spanish prop:lapses>4 prop:ivl<21"))


def test_columns_that_were_added_are_kept(lab: Lab) -> None:
    shell = Shell(lab)
    shell.line("let x = find deck:Spanish | derive long = length(Front) > 10")
    (rows,) = shell.line("$x | group long")
    assert {row["long"] for row in rows} == {True, False}
    assert shell.line("$x | where long | addTags long")[0]["count"] > 0
    assert lab.ids("tag:long")


def test_a_line_that_fails_leaves_the_variables_as_they_were(lab: Lab) -> None:
    shell = Shell(lab)
    shell.line("let a = 1")
    with pytest.raises(AnkishError):
        shell.line("let b = $c")
    with pytest.raises(AnkishError):
        shell.line('let d = 2; fail "no"')
    assert shell.line("$a + 1") == [2]
    with pytest.raises(AnkishError):
        shell.line("$d")


def test_what_a_line_made_exists_for_the_next(lab: Lab) -> None:
    shell = Shell(lab)
    with pytest.raises(AnkishError):
        shell.line("find deck:Inbox | changeDeck Fresh")
    shell.line("createDeck Fresh")
    shell.line("find deck:Inbox | changeDeck Fresh")
    assert lab.ids("deck:Fresh")
