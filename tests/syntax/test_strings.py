"""Strings: what is written, what it means, and where each character stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.diagnostics.model import Source
from ankish.syntax import tree as t
from ankish.syntax.parser import parse
from tests.support.trees import program, saying


def string(text: str) -> t.String:
    """The string that is the only argument of `print`."""
    [statement] = program(f"print {text}").statements
    assert isinstance(statement, t.Pipeline)
    [stage] = statement.stages
    assert isinstance(stage, t.Command)
    [argument] = stage.arguments
    assert isinstance(argument.value, t.String)
    return argument.value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'"a\nb\tc"', "a\nb\tc"),
        (r'"\"\\\$\/\r"', '"\\$/\r'),
        (r'"\u{1F600}\u{e9}\u00e9"', "😀éé"),
        (r'"\ud83d\ude00"', "😀"),
        (r'"\ud83d"', "\ufffd"),
        (r'"\ud83d\ud83d\ude00\ude00"', "\ufffd😀\ufffd"),
        (r'"\d+\.\w \( \b"', r"\d+\.\w \( \b"),
        (r'"\${x}"', "${x}"),
        ('"$5 $x $ {x} $"', "$5 $x $ {x} $"),
        ('"{{c1::Paris}} {{Front}} <b> [sound:a.mp3] # | ;"', None),
        ('"it\'s"', "it's"),
        ('""', ""),
        ("''", ""),
        (r"'\n \( ${x} $x \\'", r"\n \( ${x} $x \\"),
        ("'say \"hi\"'", 'say "hi"'),
        ('""""""', ""),
        ("''''''", ""),
        ('"""a"b""c"""', 'a"b""c'),
        ("'''a'b''c'''", "a'b''c"),
        ('"""a\n  b"""', "a\n  b"),
        ('"""\n  a\n    b\n\n  c\n  """', "a\n  b\n\nc"),
        ('"""\n  a\n  b"""', "a\nb"),
        ('"""\n  a\n b\n"""', "  a\n b"),
        ('"""\n\ta\n\t b\n\t"""', "a\n b"),
        ('"""\n\ta\n  b\n"""', "\ta\n  b"),
        ('"""  \n  a\n  """', "a"),
        ('"""\n"""', ""),
        ('"""\r\n  a\r\n  b\r\n  """', "a\nb"),
        ("'''\r\n  a\r\n  \\n\r\n  '''", "a\n\\n"),
        (r'"""\n\"""" ', '\n"'),
        ("'''\n  \\(x\\) ${y}\n  '''", "\\(x\\) ${y}"),
    ],
)
def test_what_a_string_means(written: str, meant: str | None) -> None:
    assert string(written).plain == (written.strip()[1:-1] if meant is None else meant)


def test_interpolation() -> None:
    assert saying(string('"a${b}c ${$d + 1}${"e"}"').parts) == (
        ("Piece", "a"),
        ("Name", "b"),
        ("Piece", "c "),
        ("Binary", "+", ("Variable", "d"), ("Number", 1, "1")),
        ("String", (("Piece", "e"),)),
    )


def test_interpolation_of_all_kinds_of_things() -> None:
    parts = string('"${(find "deck:${x}" | count)}${f(1, {a: "}"})}${[1, "]"]}"').parts
    assert [type(part) for part in parts] == [t.Sub, t.Call, t.List]
    nested = parts[0]
    assert isinstance(nested, t.Sub)
    assert len(nested.pipeline.stages) == 2


def test_interpolation_over_lines() -> None:
    assert saying(string('"a ${\n  # why\n  $x\n  + 1\n} b"')) == saying(string('"a ${$x + 1} b"'))


def test_interpolation_and_indentation() -> None:
    written = '"""\n    a ${x}\n      b\n    ${y}\n    c${z}  \n    """'
    assert saying(string(written).parts) == (
        ("Piece", "a "),
        ("Name", "x"),
        ("Piece", "\n  b\n"),
        ("Name", "y"),
        ("Piece", "\nc"),
        ("Name", "z"),
        ("Piece", "  "),
    )


def test_a_hole_at_the_margin_takes_the_indentation_away() -> None:
    assert saying(string('"""\n  a\n${x}\n  """').parts)[0] == ("Piece", "  a\n")


def test_strings_in_strings_in_strings() -> None:
    text = "x"
    for _ in range(20):
        text = f'"a${{{text}}}"'
    assert string(text).plain is None


def characters_are_placed(text: str) -> None:
    """Each character of a piece is the one at its place, or what an escape there means."""
    source = f"print {text}"
    for part in string(text).parts:
        if isinstance(part, t.Piece):
            assert source[part.span.start : part.span.end]
            places = [part.place(index) for index in range(len(part.text) + 1)]
            assert places == sorted(places)
            assert places[-1] == part.span.end
            for char, place in zip(part.text, places, strict=False):
                assert source[place] == char or source[place] == "\\"


@pytest.mark.parametrize(
    "text",
    [
        '"plain"',
        r'"a\nb\u{1F600}c\ud83d\ude00d ${x} e\\f"',
        "'raw \\n'",
        '"""\n   a\n     b ${x}\n   c\\n\n   """',
        "'''\r\n  a\r\n  b\r\n  '''",
    ],
)
def test_places(text: str) -> None:
    characters_are_placed(text)


@given(st.text(st.sampled_from('ab \t\\"$u{}1nF\nü😀'), max_size=30))
def test_any_text_between_quotes(inner: str) -> None:
    for quote in ('"', '"""'):
        text = f"{quote}{inner}{quote}"
        parsed = parse(Source("x", f"print {text}"))
        for diagnostic in parsed.diagnostics:
            assert diagnostic.span is not None
            assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(f"print {text}")
        arguments = [
            argument
            for statement in parsed.program.statements
            if isinstance(statement, t.Pipeline) and isinstance(statement.stages[0], t.Command)
            for argument in statement.stages[0].arguments
        ]
        one = len(parsed.program.statements) == len(arguments) == 1
        whole = one and isinstance(arguments[0].value, t.String)
        if whole and not parsed.diagnostics:
            characters_are_placed(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_written(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r")
    assert string(f'"{escaped}"').plain == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="'\n"), max_size=40))
def test_raw_strings_are_as_they_are(text: str) -> None:
    assert string(f"'{text}'").plain == text
