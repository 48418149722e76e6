"""The grammar for editors: made from the language's own, and it colours as the shell does."""

from __future__ import annotations

import json
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest
from babi.highlight import Grammars, State, highlight_line

from ankish.analysis.colouring import pieces
from ankish.analysis.places import macro_commands
from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import Source
from ankish.editor.textmate import SCOPES, as_json, textmate
from ankish.syntax.parser import parse
from tests.support.examples import all_programs

GRAMMAR = Path(__file__).parents[2] / "grammar" / "ankish.tmLanguage.json"

ALIKE = {"unknown": "command", "wrong": "string"}
"""What only ankish can tell: names that nothing is called."""

KINDS = {scope: kind for kind, scope in SCOPES.items()} | {"constant.character.escape": "string"}
"""Kinds by scope, the longest scopes first."""


def kind(scopes: tuple[str, ...]) -> str:
    """What the innermost scope means; empty for none."""
    innermost = scopes[-1].removesuffix(".ankish")
    return KINDS.get(innermost, "")


@pytest.fixture(scope="module")
def grammars(tmp_path_factory: pytest.TempPathFactory) -> Grammars:
    """The grammar as an editor loads it."""
    folder = tmp_path_factory.mktemp("grammars")
    (folder / "source.ankish.json").write_text(GRAMMAR.read_text("utf-8"), encoding="utf-8")
    return Grammars(str(folder))


def coloured(grammars: Grammars, text: str) -> list[str]:
    """The kind of each character, as an editor colours it line by line."""
    compiler = grammars.compiler_for_scope("source.ankish")
    state: State = compiler.root_state
    kinds = []
    for number, line in enumerate(text.splitlines(keepends=True)):
        state, regions = highlight_line(compiler, state, line, first_line=number == 0)
        row = [""] * len(line)
        for region in regions:
            row[region.start : region.end] = [kind(region.scope)] * (region.end - region.start)
        kinds += row
    return kinds


def differing(grammars: Grammars, text: str) -> list[str]:
    """The pieces that an editor and the shell colour differently."""
    known = {**COMMANDS, **macro_commands([parse(Source("x", text)).program], text)}
    kinds = coloured(grammars, text)
    found = []
    for start, end, wanted in pieces(text, known):
        if text[start] in "\r\n":  # a line's end, with the comments of the lines after it
            continue
        wanted = ALIKE.get(wanted, wanted)
        seen = {kinds[at] for at in range(start, end) if not text[at].isspace()}
        if seen != {wanted}:
            line = text.count("\n", 0, start) + 1
            found.append(f"line {line}: {text[start:end]!r} is {wanted}, coloured {seen}")
    return found


def test_it_is_up_to_date() -> None:
    """`python -m ankish.editor.textmate > grammar/ankish.tmLanguage.json` writes it."""
    assert GRAMMAR.read_text(encoding="utf-8") == as_json()


@pytest.mark.parametrize("name", all_programs())
def test_a_program_is_coloured_as_in_the_shell(grammars: Grammars, name: str) -> None:
    assert differing(grammars, all_programs()[name]) == []


def test_texts_that_the_library_has_not(grammars: Grammars) -> None:
    text = """\
use "other.ank"
macro m(a: list<text> = ["x", y], b: int = 3) { $a | each { "${it} \\$ \\u{1F600}" } }
try { m [a] } catch e { print '''raw
lines''' "${e.message}" }
atomic { find "deck:${deck?} re:\\d" | set `Sentence Audio` = "x${Front}" }
for x in [1, 2.5] { if $x > 1 and not (find is:due | count) == 0 { fail "no" } else { print -3 } }
call addNote {"deckName": "Default", tags: [a, "b"], n: {m: null}} --x key=value # end
"""
    assert differing(grammars, text) == []


def test_as_a_property_list() -> None:
    command = [sys.executable, "-m", "ankish.editor.textmate", "--plist"]
    shown = subprocess.run(command, capture_output=True, check=True).stdout
    assert plistlib.loads(shown) == textmate() == json.loads(as_json())
