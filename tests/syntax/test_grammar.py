"""The grammar is sound, and its cache heals itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ankish.settings import cache_dir
from ankish.syntax import expected, grammar, lexing, reading


def test_lark_finds_no_conflict_and_no_collision() -> None:
    strict = grammar.load(
        "ankish", strict=True, postlex=lexing.NewLines(), **reading.GRAMMAR_OPTIONS
    )
    assert strict.parse("find deck:Spanish | count").data == "start"


def test_the_names_in_messages_are_terminals() -> None:
    terminals = {terminal.name for terminal in reading.grammar().terminals} | {"$END"}
    assert set(expected.WORDS) - {"_NL"} <= terminals
    assert expected.VALUES | expected.OPERATORS <= terminals
    assert lexing.OPENING | lexing.CLOSING | set(lexing.STRINGS) <= terminals


@pytest.mark.parametrize("harm", [b"", b"not a pickle", b"\x80\x04."], ids=["empty", "text", "cut"])
def test_a_harmed_cache_is_made_anew(harm: bytes) -> None:
    reading.grammar()
    [cached] = cached_files()
    whole = cached.read_bytes()
    cached.write_bytes(harm)
    again = grammar.load("ankish", postlex=lexing.NewLines(), **reading.GRAMMAR_OPTIONS)
    assert again.parse("find deck:Spanish | count").data == "start"
    [cached] = cached_files()
    assert len(cached.read_bytes()) > len(whole) // 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path))
    loaded = grammar.load("ankish", postlex=lexing.NewLines(), **reading.GRAMMAR_OPTIONS)
    assert loaded.parse("find deck:Spanish | count").data == "start"


def cached_files() -> list[Path]:
    return sorted(cache_dir().glob("ankish-*.lark-cache"))
