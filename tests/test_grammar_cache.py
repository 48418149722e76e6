"""Parsers come from a cache: the same as new, whatever is wrong with the cache."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import interegular
import lark
import pytest

from ankish.syntax import grammar

OPTIONS: dict[str, Any] = {"maybe_placeholders": False}

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


def outcome(parser: lark.Lark, text: str) -> object:
    """The tree of a text; or what is wrong with it, where, and what could stand there."""
    try:
        return parser.parse(text)
    except lark.UnexpectedInput as error:
        wanted = getattr(error, "accepts", None) or getattr(error, "allowed", None)
        return type(error), error.pos_in_stream, wanted


def test_the_second_comes_from_the_cache_and_reads_the_same(folder: Path, built: list[str]) -> None:
    first = grammar.load("search", **OPTIONS)
    second = grammar.load("search", **OPTIONS)
    assert len(built) == 1
    assert [file.suffix for file in folder.iterdir()] == [".parser"], "and nothing else is left"
    assert folder.stat().st_mode & 0o077 == 0, "nobody else may put a pickle there"
    outcomes = [outcome(first, text) for text in SEARCHES]
    assert outcomes == [outcome(second, text) for text in SEARCHES]
    assert {type(each) for each in outcomes} == {lark.Tree, tuple}


@pytest.mark.parametrize(
    "content",
    [b"", b"\x80", b"no pickle", pickle.dumps(["another thing"]), b"cnowhere\nnothing\n.", None],
)
def test_a_spoilt_file_is_written_anew(
    folder: Path, built: list[str], content: bytes | None
) -> None:
    grammar.load("search", **OPTIONS)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert isinstance(grammar.load("search", **OPTIONS).parse("deck:a"), lark.Tree)
    assert len(built) == 2
    grammar.load("search", **OPTIONS)
    assert len(built) == 2, "it was mended"


def test_no_place_for_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path / "file"))
    assert isinstance(grammar.load("search", **OPTIONS).parse("deck:a"), lark.Tree)


def test_a_folder_that_takes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a full disk: part of the file is written, then no more."""

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert isinstance(grammar.load("search", **OPTIONS).parse("deck:a"), lark.Tree)
    assert list(folder.iterdir()) == []


def test_a_file_for_each_grammar_and_lark(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def names() -> Iterator[str]:
        yield grammar.cache_file("search", "a: B", OPTIONS).name
        yield grammar.cache_file("ankish", "a: B", OPTIONS).name
        yield grammar.cache_file("search", "a: C", OPTIONS).name
        yield grammar.cache_file("search", "a: B", {"maybe_placeholders": True}).name
        monkeypatch.setattr(lark, "__version__", "99.0")
        yield grammar.cache_file("search", "a: B", OPTIONS).name

    found = list(names())
    assert len(set(found)) == 5
    assert all(re.fullmatch(r"\w+-[0-9a-f]{16}\.parser", name) for name in found)


def test_what_lark_would_not_know_again_is_not_kept(
    folder: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lark compares the marks in its tables by identity: a copy of one is another one."""
    monkeypatch.setattr(grammar, "Shift", None)
    monkeypatch.setattr(grammar, "Reduce", None)
    for count in (1, 2):
        assert isinstance(grammar.load("search", **OPTIONS).parse("deck:a"), lark.Tree)
        assert len(built) == count
    assert not folder.exists()


def test_a_start_compares_no_terminals(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take two of the first start's three seconds; the strict build does it, in tests."""
    compared: list[object] = []

    def comparing(regexes: object) -> object:
        compared.append(regexes)
        raise AssertionError("terminals are compared")

    monkeypatch.setattr(interegular.Comparator, "from_regexes", comparing)
    assert grammar.load("search", **OPTIONS).parse("deck:a")
    assert compared == []
    with pytest.raises(AssertionError, match="compared"):
        grammar.load("search", strict=True, **OPTIONS)
