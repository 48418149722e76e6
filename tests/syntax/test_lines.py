"""Where a statement ends: new lines, `;`, pipes, brackets, comments."""

from __future__ import annotations

import pytest

from ankish.diagnostics.model import Source
from ankish.syntax import tree as t
from ankish.syntax.parser import parse
from tests.support.trees import program, told

SAME = [
    ("find a | count", "find a |\n count"),
    ("find a | count", "find a |\n\n\n  count"),
    ("find a | count", "find a | # why\n count"),
    ("find a | count", "find a |\n# why\n\n# and\n count"),
    ("find a | count", "find a\n| count"),
    ("find a | count", "find a\n\n  # why\n\n  | count"),
    ("find a | count", "find a # why\n| count"),
    ("find a | count", "find a\r\n\r\n# why\r\n\t| count\r\n"),
    ("find a | count", "\n\n# why\n  find a | count\n\n"),
    ("find a | count", ";;find a | count;\n;"),
    ("find a | count", "find a | count # why"),
    ("find a | count", "\ufefffind a |\u00a0count\u3000"),
    ("a; b", "a\nb"),
    ("a; b", "a\r\nb\r\n"),
    ("a; b", "a # why\nb"),
    ("a; b", "a;\n\n; b"),
    ("if $x { a } else { b }", "if $x { a }\nelse { b }"),
    ("if $x { a } else { b }", "if $x {\na\n}\n# why\n\n  else {\n\nb\n}"),
    ("if $x { a } else if $y { b }", "if $x { a }\n  else if $y { b }"),
    ("try { a } catch e { b }", "try { a }\n\n# why\ncatch e { b }"),
    ("try { a; b } catch e { c; d }", "try {a\nb}catch e{\nc\nd\n}"),
    ("print [1, 2]", "print [\n1\n,\n2\n,\n]"),
    ("print [1, 2]", "print [ # why\n1, # because\n2 # so\n]"),
    ("print {a: 1, b: 2}", "print {\r\n  a\r\n:\r\n1,\r\n\r\nb: 2,}"),
    ("print (find a | count)", "print (\nfind\na\n| count\n)"),
    ("x | set a = f(b, c)", "x | set a = f(\nb,\n\n# why\nc\n)"),
    ("x | where (a or b)", "x | where (\na\nor\nb\n)"),
    ("x | where [not a, -b]", "x | where [not\na, -\nb]"),
    ('print "${x}"', 'print "${\nx\n}"'),
    ("macro f(a: int, b: list<int>) { a }", "macro f(\na\n:\nint,\nb: list\n<\nint\n>\n) {\na\n}"),
    ("x | each { a; b }", "x | each {\n\na\n\nb\n\n}"),
    ("print [(x | each { a; b })]", "print [\n(\nx\n|\neach {\na\nb\n}\n)\n]"),
    ("print {a: (x | each { a; b })}", "print {a: (x | each {\na\nb })}"),
    ("if(x) { a }", "if (x) { a }"),
    ("x | where(a) and not(b)", "x | where (a) and not (b)"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_program(one: str, other: str) -> None:
    assert told(one)[0] == told(other)[0]


@pytest.mark.parametrize(
    "text",
    [
        "find a\ncount",
        "else-branch\ncount",
        "find a\nelse-branch",
        "find a\ncatch-all",
        "let x = find a\nprint x",
        "x | where a\nsort b",
        "x | each { a }\nb",
    ],
)
def test_a_new_line_ends_a_statement(text: str) -> None:
    assert len(program(text).statements) == 2


@pytest.mark.parametrize(
    "text", ["", "\n", "   ", "# only\n# comments", "#!/usr/bin/env ankish", ";", "\ufeff", "\r\n"]
)
def test_a_program_of_nothing(text: str) -> None:
    assert program(text).statements == ()


def test_comments_are_found_in_order() -> None:
    text = (
        "#!/usr/bin/env ankish\n# 1\nfind a # 2\n# 3\n| count # 4\n\n# 5\nprint [ # 6\n1 # 7\n] # 8\n"
        'print "# no" \'# no\' """\n# no\n""" # 9\nprint a#no # 10\nif $x { # 11\n}\n# 12\nelse { } # 13'
    )
    found = [comment.text for comment in program(text).comments]
    assert found == ["#!/usr/bin/env ankish", *(f"# {n}" for n in range(1, 14))]


def test_comments_are_found_in_a_text_with_mistakes() -> None:
    text = "# 1\nfind a # 2\nx || y\n# 3\nfind b # 4\n"
    found = [comment.text for comment in parse(Source("x", text)).program.comments]
    assert found[:2] == ["# 1", "# 2"]
    assert found[-1] == "# 4"


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("## one\nmacro f() { }", "one"),
        ("## one\n## two\nmacro f() { }", "one\ntwo"),
        ("##one\r\n##\r\n## two\r\nmacro f() { }", "one\n\ntwo"),
        ("  ## one\n  macro f() { }", "one"),
        ("# no\nmacro f() { }", ""),
        ("## no\n\nmacro f() { }", ""),
        ("count ## no\nmacro f() { }", ""),
        ("## no\ncount; macro f() { }", ""),
        ("macro f() { } ## no", ""),
    ],
)
def test_documentation(text: str, doc: str) -> None:
    [macro] = [s for s in program(text).statements if type(s).__name__ == "Macro"]
    assert macro.doc == doc  # type: ignore[union-attr]


def test_documentation_of_parameters() -> None:
    text = "macro f(\n  ## one\n  a: int,\n  b: int,\n  ## three\n  c: int\n) { }\n## four\nparam d: int"
    macro, param = program(text).statements
    assert [parameter.doc for parameter in macro.parameters] == ["one", "", "three"]  # type: ignore[union-attr]
    assert param.parameter.doc == "four"  # type: ignore[union-attr]


def test_line_ends_of_all_kinds_say_the_same() -> None:
    text = (
        '## doc\nmacro f(a: int) {\n    x # c\n    | y """\n      a\n      b\n      """\n}\n\nf 3\n'
    )
    assert told(text) == told(text.replace("\n", "\r\n"))
    [macro, *_] = program(text.replace("\n", "\r\n")).statements
    assert isinstance(macro, t.Macro) and macro.doc == "doc"
