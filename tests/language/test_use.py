"""Macros of other files, of the prelude, and of earlier lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankish.catalog.prelude import PRELUDE
from ankish.diagnostics.model import AnkishError, Source
from ankish.diagnostics.render import render
from ankish.runtime.libraries import prelude_file
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from ankish.syntax import tree as t
from ankish.syntax.parser import parse
from tests.language.test_lasting import Shell
from tests.support.lab import Lab

HELPERS = """\
## Due cards of a deck.
macro dueIn(deck: deck) { find "deck:${deck} is:due" }

macro broken(cards: cards) {
    $cards | setDueDate 99999999999
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files of a test are."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "helpers.ank").write_text(HELPERS, encoding="utf-8")
    return tmp_path


def test_a_file_s_macros_can_be_used(lab: Lab) -> None:
    due = len(lab.ids("deck:Spanish is:due"))
    assert lab.results('use "helpers.ank"\ndueIn Spanish | count') == [due]


def test_paths_are_relative_to_the_file_that_names_them(lab: Lab, folder: Path) -> None:
    (folder / "lib").mkdir()
    (folder / "lib" / "a.ank").write_text('use "b.ank"\nmacro a(n: int) { b $n }')
    (folder / "lib" / "b.ank").write_text("macro b(n: int) { $n + 1 }")
    assert lab.results('use "lib/a.ank"\na 1') == [2]


def test_an_error_in_a_used_file_is_shown_at_its_place(lab: Lab) -> None:
    with pytest.raises(AnkishError) as raised:
        lab.results('use "helpers.ank"\nfind deck:Inbox | broken')
    said = render(raised.value.diagnostics)
    assert "helpers.ank:5:14: " in said
    assert "helpers.ank:5:14: setDueDate 99999999999" in said


def test_files_that_can_t_be_used(lab: Lab, folder: Path) -> None:
    (folder / "circle.ank").write_text('use "circle.ank"')
    (folder / "bad.ank").write_text("macro x(a: int) { $a |")
    assert lab.codes('use "nowhere.ank"') == ["use::unreadable"]
    assert lab.codes('use "circle.ank"') == ["use::circle"]
    assert lab.codes('use "bad.ank"') == ["use::mistakes"]
    assert lab.codes('let x = "a"\nuse "${x}.ank"')[-1] == "use::computed"


def test_the_prelude_declares_what_it_is_said_to() -> None:
    text = prelude_file().read_text(encoding="utf-8")
    program = parse(Source("prelude.ank", text)).program
    macros = [node for node in program.statements if isinstance(node, t.Macro)]
    assert {node.name for node in macros} == PRELUDE
    assert all(node.doc for node in macros)


def test_short_verbs(lab: Lab) -> None:
    inbox = lab.ids("deck:Inbox")
    lab.results("find deck:Inbox | move Geography | tag sorted | due 0")
    assert lab.ids("deck:Geography tag:sorted is:due") == inbox
    lab.results("find tag:sorted | untag sorted")
    assert lab.ids("tag:sorted") == set()
    assert lab.codes("find deck:Inbox | move Nowhere") == ["name::deck"]


def test_a_program_s_own_macro_goes_before_the_prelude(lab: Lab) -> None:
    assert lab.results("macro move(n: int) { $n * 2 }\nmove 4") == [8]


def test_macros_of_earlier_lines(lab: Lab) -> None:
    shell = Shell(lab)
    shell.line("macro twice(n: int) { $n * 2 }")
    shell.line('use "helpers.ank"')
    assert shell.line("twice 4") == [8]
    with pytest.raises(AnkishError) as raised:
        shell.line("find deck:Inbox | broken")
    assert "setDueDate 99999999999" in render(raised.value.diagnostics)
    shell.line("macro twice(n: int) { $n * 3 }")
    assert shell.line("twice 4") == [12]


def test_a_script_is_checked_with_what_it_uses(lab: Lab, folder: Path) -> None:
    script = folder / "script.ank"
    script.write_text('use "helpers.ank"\ndueIn Spnish\n')
    session = Session(lambda: lab.client)
    with pytest.raises(AnkishError) as raised:
        session.run(
            Source(str(script), script.read_text()),
            Presenter(None, None, "json"),  # type: ignore[arg-type]
            lambda problems: None,
        )
    assert [problem.code for problem in raised.value.diagnostics] == ["name::deck"]


def test_what_goes_wrong_in_a_macro_is_told_at_its_call(lab: Lab) -> None:
    program = "find deck:Spanish | first 2 | due abc"
    with pytest.raises(AnkishError) as caught:
        lab.results(program)
    (problem,) = caught.value.diagnostics
    assert problem.span is not None and problem.source is not None
    assert problem.source.text == program
    assert program[problem.span.start : problem.span.end] == "due abc"
    assert problem.notes[-1].startswith("in a macro, prelude.ank:")


def test_a_macro_of_the_program_is_marked_beside_the_outermost_call(lab: Lab) -> None:
    program = (
        'macro half(n: any) { print ($n / 2) }\nmacro twice(n: any) { half $n; half $n }\ntwice "a"'
    )
    with pytest.raises(AnkishError) as caught:
        lab.results(program)
    (problem,) = caught.value.diagnostics
    marked = [(program[each.span.start : each.span.end], each.primary) for each in problem.labels]
    assert marked == [('twice "a"', True), ("$n / 2", False)]


def test_one_mistake_has_one_message(lab: Lab) -> None:
    assert lab.codes("macro m(x: int) { print $x }; m z=3") == ["name::parameter"]
    note = 'addNote {modelNme: "Basic", deckName: "Default", fields: {Front: "x"}}'
    assert lab.codes(note) == ["name::key"]


@pytest.mark.parametrize("order", ["own first", "use first"])
def test_the_nearer_macro_goes_before_the_others(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.ank").write_text('macro tag() { print "used" }\nmacro due() { print "used" }\n')
    lines = ['macro tag() { print "own" }', "use 'other.ank'"]
    if order == "use first":
        lines.reverse()
    assert lab.results("\n".join([*lines, "tag", "due"])) == ["own", "used"]


def test_a_line_s_own_macro_goes_before_the_prelude_s(lab: Lab) -> None:
    shell = Shell(lab)
    shell.line('macro tag() { print "mine" }')
    assert shell.line("tag") == ["mine"]
    shell.line('macro tag() { print "newer" }')
    assert shell.line("tag") == ["newer"]
