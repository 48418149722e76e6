"""A grammar's tables come from a cache: the same as new, whatever is wrong with the cache."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import interegular
import lark
import pytest

from ankish.syntax import grammar, tablemaker
from ankish.syntax.concrete import Node, Token
from ankish.syntax.driver import Driver, Unexpected
from ankish.syntax.tables import Tables

SEARCHES = ["deck:a", "-(tag:leech or is:due) front:re:x*", '"a b" prop:ivl>=3', "a or", "(", ""]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, which is not there yet."""
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path))
    return tmp_path / "cache"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one with each parser that is built from its grammar."""
    calls: list[str] = []
    make = lark.Lark.__init__

    def counting(self: lark.Lark, text: str, **options: Any) -> None:
        calls.append(text)
        make(self, text, **options)

    monkeypatch.setattr(lark.Lark, "__init__", counting)
    return calls


def outcome(tables: Tables, text: str) -> object:
    """The tree of a text; or where it can't go on, and what could stand there."""
    driver = Driver(tables, text)
    try:
        for token in driver.tokens():
            driver.feed(token)
        return written(driver.finish())
    except Unexpected as error:
        return error.at, driver.accepts()


def written(node: Node) -> object:
    """A tree as plain data."""
    if isinstance(node, Token):
        return node.type, str(node), node.start, node.end
    return node.data, [written(child) for child in node.children]


def works(tables: Tables) -> bool:
    """Whether a search is read by these tables."""
    return outcome(tables, "deck:a") == ("start", [("WORD", "deck:a", 0, 6)])


def test_the_second_comes_from_the_cache_and_reads_the_same(folder: Path, built: list[str]) -> None:
    first = grammar.load("search")
    second = grammar.load("search")
    assert len(built) == 1
    assert [file.suffix for file in folder.iterdir()] == [".json"], "and nothing else is left"
    assert folder.stat().st_mode & 0o077 == 0, "nobody else may change how texts are read"
    outcomes = [outcome(first, text) for text in SEARCHES]
    assert outcomes == [outcome(second, text) for text in SEARCHES]
    assert sum(isinstance(each, tuple) and each[0] == "start" for each in outcomes) == 4
    assert works(first)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80",
        b"no JSON",
        b"{}",
        b"[1, 2]",
        b"null",
        b"[" * 100_000,
        json.dumps(dict.fromkeys(("start", "end", "steps", "rules"), [])).encode(),
        None,
    ],
    ids=lambda content: "half" if content is None else str(content[:20]),
)
def test_a_spoilt_file_is_written_anew(
    folder: Path, built: list[str], content: bytes | None
) -> None:
    grammar.load("search")
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert works(grammar.load("search"))
    assert len(built) == 2
    assert works(grammar.load("search"))
    assert len(built) == 2, "it was mended"


def test_no_place_for_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path / "file"))
    assert works(grammar.load("search"))


def test_a_folder_that_takes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a full disk: part of the file is written, then no more."""

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert works(grammar.load("search"))
    assert list(folder.iterdir()) == []


def test_a_file_for_each_grammar(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def names() -> Iterator[str]:
        yield grammar.cache_file("search", "a: B", {}).name
        yield grammar.cache_file("ankish", "a: B", {}).name
        yield grammar.cache_file("search", "a: C", {}).name
        yield grammar.cache_file("search", "a: B", {"keep_all_tokens": True}).name
        monkeypatch.setattr(grammar, "FORM", 99)
        yield grammar.cache_file("search", "a: B", {}).name

    found = list(names())
    assert len(set(found)) == 5
    assert all(re.fullmatch(r"\w+-[0-9a-f]{8}\.json", name) for name in found)


def test_with_a_cache_lark_is_not_imported(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "leeches.ank"
    program.write_text("find 'deck:\"a b\" tag:leech' | where lapses > 4 | suspend\n")
    check = (
        "import sys; from ankish.cli import main; code = main(['check', sys.argv[1]]);"
        "print(code, 'lark' in sys.modules)"
    )
    for imported in (True, False):
        ran = subprocess.run(
            [sys.executable, "-c", check, program], capture_output=True, text=True, check=True
        )
        assert ran.stdout.splitlines()[-1] == f"0 {imported}", ran.stderr


def test_a_start_compares_no_terminals(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take two of the first start's three seconds; the strict build does it, in tests."""
    compared: list[object] = []

    def comparing(regexes: object) -> object:
        compared.append(regexes)
        raise AssertionError("terminals are compared")

    monkeypatch.setattr(interegular.Comparator, "from_regexes", comparing)
    assert works(grammar.load("search"))
    assert compared == []
    with pytest.raises(AssertionError, match="compared"):
        tablemaker.parser(grammar.grammar_text("search"), strict=True)


def test_only_the_latest_files_are_kept(folder: Path) -> None:
    folder.mkdir()
    for number in range(9):
        old = folder / f"search-{number:016}.json"
        old.write_text("{}")
        os.utime(old, (number, number))
    (folder / "ankish-0.json").write_text("{}")
    grammar.load("search")
    kept = sorted(file.name for file in folder.glob("search-*.json"))
    assert len(kept) == grammar.KEPT
    assert {f"search-{number:016}.json" for number in (6, 7, 8)} < {*kept}
    assert (folder / "ankish-0.json").exists()
