"""`help CODE`, and the rules that every message keeps."""

from __future__ import annotations

import re
import string
from importlib import import_module

import pytest

from ankish.diagnostics.explain import every_kind, explain
from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import AnkishError

CODE = re.compile(r"[a-z]+::[a-z]+(-[a-z0-9]+)*")
UPPER = re.compile(r"(?!Anki)[A-Z][a-z]+\b(?!-)")
"""A word in upper case that is no name, where a message begins."""


@pytest.mark.parametrize("code", every_kind())
def test_every_message_keeps_the_rules(code: str) -> None:
    kind = every_kind()[code]
    assert CODE.fullmatch(code)
    family = import_module(f"ankish.diagnostics.kinds.{code.partition('::')[0]}")
    assert kind in vars(family).values(), "declared in the module of its family"

    for text in (kind.message, kind.label, *texts(kind.help), *texts(kind.note)):
        list(string.Formatter().parse(text))  # raises if its braces don't match
        assert not text.endswith("."), "no full stop"
        assert not UPPER.match(text), "begins in lower case"
        assert not text.endswith("?"), "states, never asks"
    assert kind.message.strip() == kind.message != ""


@pytest.mark.parametrize("code", every_kind())
def test_every_message_is_explained(code: str) -> None:
    head, blank, *paragraph = explain(code).splitlines()
    assert head.startswith(f"{every_kind()[code].severity.value}[{code}]: ")
    assert blank == ""
    assert "".join(paragraph).strip().endswith((".", "`", ":", "}"))
    assert all(len(line) <= 100 for line in paragraph)


def texts(templates: str | tuple[str, ...]) -> tuple[str, ...]:
    return (templates,) if isinstance(templates, str) else templates


def test_holes_are_shown_as_dots() -> None:
    assert explain("help::code").startswith("error[help::code]: no message has the code `…`\n\n")


@pytest.mark.parametrize(
    "asked", ["help::code", "error[help::code]", "[help::code]", " help::code "]
)
def test_a_code_as_it_stands_in_a_message(asked: str) -> None:
    assert explain(asked) == explain("help::code")


def test_a_family_lists_its_codes() -> None:
    lines = explain("program").splitlines()
    codes = [line.split()[0] for line in lines]
    assert codes == sorted(code for code in every_kind() if code.startswith("program::"))
    assert lines[codes.index("program::output")].endswith("  the output can't be written: …")


@pytest.mark.parametrize(
    ("asked", "near"),
    [("help::cod", "help::code"), ("HELP::CODE", "help::code"), ("bug", "program::bug")],
)
def test_unknown_code_names_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(AnkishError) as caught:
        explain(asked)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "help::code"
    assert diagnostic.message == f"no message has the code `{asked}`"
    assert f"`{near}`" in diagnostic.helps[0]


@pytest.mark.parametrize("asked", ["", "[", "]", "xxxxxxxxxxxxxxx", "::", "a\x1b[31m"])
def test_nothing_like_it(asked: str) -> None:
    with pytest.raises(AnkishError) as caught:
        explain(asked)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.helps == ("a code looks like this: name::parameter",)
    assert "\x1b" not in diagnostic.message


def test_a_code_can_be_declared_once_only() -> None:
    with pytest.raises(ValueError, match="help::code is declared twice"):
        Kind("help::code", "another")
