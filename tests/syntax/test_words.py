"""Words, names and numbers: what stands for itself and what does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.syntax import tree as t
from tests.support.trees import program, saying


def arguments(text: str) -> list[t.Argument]:
    """The arguments of the only command."""
    [statement] = program(f"find {text}").statements
    assert isinstance(statement, t.Pipeline)
    [stage] = statement.stages
    assert isinstance(stage, t.Command)
    return list(stage.arguments)


@pytest.mark.parametrize(
    "word",
    [
        "Spanish::Verbs",
        "leech::hard",
        'deck:"My deck"',
        'deck:"My deck"::x',
        "prop:ivl>=21",
        "prop:due=-1",
        "-is:suspended",
        '-deck:"My deck"',
        "*",
        "_*",
        "a*b_c",
        "re:^foo.*bar+?$",
        "w:l'amour",
        "it's",
        "l’amour",
        "nid:1,2,3",
        "added:7",
        "Español",
        "日本語::読む",
        "हिन्दी",
        "🦊",
        "a–b",
        "true",
        "or",
        "and",
        "words.csv",
        "../a/b.ank",
        "C:\\decks\\x.apkg",
        "https://example.org/a?b=c&d=e#f",
        "localhost:8765",
        "-X",
        "-",
        "+1",
        "1.2.3",
        "1.",
        "2026-11-23",
        "12:30",
        "5%",
        "a$",
        "a#b",
        "?",
        "~",
        "^x",
        "@home",
        "&amp",
        "a,b",
    ],
)
def test_a_bare_word_is_a_text(word: str) -> None:
    [argument] = arguments(word)
    assert saying(argument.value) == ("Word", word)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a b c", ["Word", "Word", "Word"]),
        ("3 -3 2.5 1e3 -1.5E-3", ["Number"] * 5),
        ("\"a\" 'b' \"\"\"c\"\"\" '''d'''", ["String"] * 4),
        ("$x $x.y $x.0 $x.`a b`? $größe", ["Variable", "Get", "Get", "Get", "Variable"]),
        ("[] {} (a)", ["List", "Record", "Sub"]),
        ("3a a3 3.x", ["Word", "Word", "Word"]),
        ("(a).b [a] {b: c}", ["Get", "List", "Record"]),
    ],
)
def test_kinds_of_arguments(text: str, kinds: list[str]) -> None:
    assert [type(argument.value).__name__ for argument in arguments(text)] == kinds


def test_named_arguments_and_switches() -> None:
    found = arguments('deck="X" a-b=c größe=3 --create --x-y n=-1 e==f g=~h')
    assert [(a.name, saying(a.value)) for a in found] == [
        ("deck", ("String", (("Piece", "X"),))),
        ("a-b", ("Word", "c")),
        ("größe", ("Number", 3, "3")),
        ("create", None),
        ("x-y", None),
        ("n", ("Number", -1, "-1")),
        (None, ("Word", "e==f")),
        (None, ("Word", "g=~h")),
    ]


@pytest.mark.parametrize(
    "name",
    ["lapses", "Front", "a-b", "A::B", "_x", "größe", "日本", "हिन्दी", "é", "ไทย", "🦊", "می‌خواهم"],
)
def test_names_are_of_all_languages(name: str) -> None:
    [statement] = program(f"x | where {name} == 1 | select {name}.a, `{name} {name}`").statements
    assert isinstance(statement, t.Pipeline)
    assert saying(statement.stages[1])[2] == (("Binary", "==", ("Name", name), ("Number", 1, "1")),)
    assert saying(statement.stages[2])[2] == (
        ("Get", ("Name", name), "a", False),
        ("Name", f"{name} {name}"),
    )


def test_minus_needs_spaces() -> None:
    assert saying(row("a-b")) == ("Name", "a-b")
    assert saying(row("a - b")) == ("Binary", "-", ("Name", "a"), ("Name", "b"))
    assert saying(row("-b")) == ("Unary", "-", ("Name", "b"))


def row(text: str) -> t.Expression:
    """An expression about a row."""
    [statement] = program(f"where {text}").statements
    assert isinstance(statement, t.Pipeline)
    [stage] = statement.stages
    assert isinstance(stage, t.RowVerb)
    return stage.expressions[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b or c", "(a and b) or c"),
        ("not a and b", "(not a) and b"),
        ("not a == b", "not (a == b)"),
        ("not not a", "not (not a)"),
        ("a == b + c", "a == (b + c)"),
        ("a + b * c", "a + (b * c)"),
        ("a - b - c", "(a - b) - c"),
        ("a / b * c % d", "((a / b) * c) % d"),
        ("-a * b", "(-a) * b"),
        ("-a.b", "-(a.b)"),
        ("a - -b", "a - (-b)"),
        ("a ?? b ?? c", "(a ?? b) ?? c"),
        ("a ?? b == c", "(a ?? b) == c"),
        ("a ?? b + c", "a ?? (b + c)"),
        ("a in b and c has d", "(a in b) and (c has d)"),
        ("a not in b", "not (a in b)"),
        ("a not has b or c", "(not (a has b)) or c"),
        ("a == not b", "a == (not b)"),
        ("a + not b * c and d", "(a + (not (b * c))) and d"),
        ("a =~ b or a !~ c", "(a =~ b) or (a !~ c)"),
        ("a <= b and c >= d", "(a <= b) and (c >= d)"),
    ],
)
def test_what_binds_tighter(text: str, meant: str) -> None:
    assert saying(row(text)) == saying(row(meant))


def test_a_chain_of_or_is_balanced() -> None:
    def depth(node: Any) -> int:
        return 1 + max(depth(node.left), depth(node.right)) if isinstance(node, t.Binary) else 0

    def names(node: Any) -> list[str]:
        return (
            [*names(node.left), *names(node.right)] if isinstance(node, t.Binary) else [node.text]
        )

    chain = row(" or ".join(f"a{n}" for n in range(1000)))
    assert names(chain) == [f"a{n}" for n in range(1000)]
    assert depth(chain) == 10


NUMBERS = {"0": 0, "-0": 0, "3": 3, "-3": -3, "007": 7, "2.5": 2.5, "-1e3": -1000.0, "1E-2": 0.01}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numbers(text: str, value: float) -> None:
    [argument] = arguments(text)
    for found in (argument.value, row(text)):
        assert isinstance(found, t.Number)
        assert (found.value, type(found.value), found.text) == (value, type(value), text)


def value_of(node: Any) -> Any:
    """The value of a literal."""
    match node:
        case t.Record():
            return {pair.key: value_of(pair.value) for pair in node.pairs}
        case t.List():
            return [value_of(item) for item in node.items]
        case t.String():
            return node.plain
        case _:
            return node.value


# Python's regexes have `\b` too, so "\b" stays what it is; "${" fills in.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\b\f"), max_size=10)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS.filter(lambda text: "${" not in text),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXTS.filter(lambda text: "${" not in text), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_a_json_value_is_a_value(value: Any, ascii_only: bool, indent: int | str | None) -> None:
    text = json.dumps([value], ensure_ascii=ascii_only, indent=indent)
    [argument] = arguments(text)
    assert value_of(argument.value) == [value]
    [statement] = program(text).statements
    assert isinstance(statement, t.Pipeline)
    [stage] = statement.stages
    assert isinstance(stage, t.Value)
    assert value_of(stage.expression) == [value]


def test_json_as_others_write_it() -> None:
    text = r'{"a":{"b":[1,-2.5e-3,1E5]},"c":"\u00e9\ud83d\ude00\/\\\"\n\t\r","d":null,"":[]}'
    [argument] = arguments(text)
    assert value_of(argument.value) == json.loads(text)
