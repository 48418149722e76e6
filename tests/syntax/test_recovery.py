"""Past a mistake: all mistakes of a program at once, none that is not one, the rest in the tree."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from ankish.diagnostics.model import Source
from ankish.syntax import tree as t
from ankish.syntax.parser import Parsed, parse
from ankish.syntax.recovery import MISTAKES
from tests.support.mistakes import wrong_programs
from tests.support.trees import program, saying


def read(text: str) -> Parsed:
    return parse(Source("test.ank", text))


def codes(text: str) -> list[str]:
    """The ends of the codes, with the lines they are on."""
    return [
        f"{each.source.position(each.span.start)[0]} {each.code.removeprefix('syntax::')}"
        for each in read(text).diagnostics
        if each.span and each.source
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a || b\nc && d\ne = 3", ["1 double-pipe", "2 double-ampersand", "3 assignment"]),
        ("a || b\n\n# c\nfine\n  | c\nd || e", ["1 double-pipe", "6 double-pipe"]),
        (
            "macro f() {\n    a || b\n    fine\n    c && d\n}\ne || f",
            ["2 double-pipe", "4 double-ampersand", "6 double-pipe"],
        ),
        (
            "if $x {\n    for y in $z {\n        a || b\n    }\n    c || d\n} else {\n    e || f\n}\ng || h",
            ["3 double-pipe", "5 double-pipe", "7 double-pipe", "9 double-pipe"],
        ),
        ("if $x = 3 {\n    a\n    b\n}\nc || d", ["1 single-equals", "5 double-pipe"]),
        ("if $x = 3 {\na\nb\n}\nc || d", ["1 single-equals", "5 double-pipe"]),
        ("if $x = 3 { a } else { b }\nc || d", ["1 single-equals", "2 double-pipe"]),
        ("if $x {\n    a || b\n} else {\n    c\n}\nd || e", ["2 double-pipe", "6 double-pipe"]),
        ("x | each {\n    a || b\n} | count\nd || e", ["2 double-pipe", "4 double-pipe"]),
        ("while $x {\n    a\n    b\n}\nc || d", ["1 foreign-word", "5 double-pipe"]),
        ("def f(a) {\n    return $a\n}\nc || d", ["1 foreign-word", "4 double-pipe"]),
        ("if $x:\n    print y\nelse:\n    print z\nc || d", ["1 colon-block", "5 double-pipe"]),
        (
            'addNote {\n  "a": 1\n  "b": 2\n}\nc || d',
            ["3 missing-comma", "5 double-pipe"],
        ),
        ('addNote {\n"a": 1\n"b": 2\n}\nc || d', ["3 missing-comma", "5 double-pipe"]),
        ("let x = [1,\n2\nlet y = 3\nc || d", ["1 open-bracket", "4 double-pipe"]),
        ("x | where (a or\nb and\nfind c\nd || e", ["1 open-bracket", "4 double-pipe"]),
        ("addNote {a: 1\nfind c\nd || e", ["1 open-bracket", "3 double-pipe"]),
        ("print \"a\nprint 'b\nc || d", ["1 open-string", "2 open-string", "3 double-pipe"]),
        ("find x)\nfind y]\nfind z}", ["1 stray-bracket", "2 stray-bracket", "3 stray-bracket"]),
        ("a || b; c\nd || e", ["1 double-pipe", "2 double-pipe"]),
        ("c; a || b; c || d\nd || e", ["1 double-pipe", "2 double-pipe"]),
        ("  a || b\n  c || d", ["1 double-pipe", "2 double-pipe"]),
        ("a || b\r\nc || d\r\n", ["1 double-pipe", "2 double-pipe"]),
        ('a || """\nb || c\n"""\nd || e', ["1 double-pipe", "4 double-pipe"]),
        ("a || '''\n}\n'''\nd || e", ["1 double-pipe", "4 double-pipe"]),
        ('foo "\\u{zz}" x=1 , b\nprint "\\u{110000}"', ["1 comma-argument", "2 code-point"]),
        (
            "try {\n    a || b\n} catch e {\n    c || d\n}\ne || f",
            ["2 double-pipe", "4 double-pipe", "6 double-pipe"],
        ),
        (
            "param a\nparam b\nmacro f(c) { }",
            ["1 missing-type", "2 missing-type", "3 missing-type"],
        ),
    ],
)
def test_all_mistakes_are_found(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_what_is_right_stays_in_the_tree() -> None:
    text = "a\nb || c\nmacro f() {\n    d\n    e || f\n    g\n}\nh | | i\nj"
    statements = read(text).program.statements
    assert saying(statements) == saying(program("a\nmacro f() {\n    d\n    g\n}\nj").statements)


def test_any_two_wrong_statements_give_both_their_mistakes() -> None:
    """One wrong statement does not hide the next, nor change it."""
    # A stray bracket may be what an earlier mistake has left over, or close what it has opened.
    wrong_ones = [w for w in wrong_programs() if w.code != "syntax::stray-bracket"]
    alone = [wrong for wrong in wrong_ones if not swallows(wrong.text)]
    random = Random(1)
    for first, second in random.sample(list(itertools.product(alone, alone)), 1500):
        text = f"{first.text}\nprint fine;\n{second.text}"
        found = [each.code for each in read(text).diagnostics]
        assert found == [first.code, second.code], text


def swallows(text: str) -> bool:
    """Whether the mistake is in all that follows: something open, or a line that goes on."""
    last = read(text + "\nprint fine").program.statements[-1:]
    return saying(last) != saying(program("print fine").statements)


def test_only_few_wrong_programs_swallow_what_follows() -> None:
    kinds = {wrong.code for wrong in wrong_programs() if swallows(wrong.text)}
    assert kinds <= {
        "syntax::open-string",
        "syntax::open-bracket",
        "syntax::stray-pipe",
        "syntax::unfinished",
        "syntax::foreign-word",
    }


def test_reading_stops_after_many_mistakes() -> None:
    found = codes("a || b\n" * (MISTAKES + 50))
    assert found == [f"{n + 1} double-pipe" for n in range(MISTAKES)] + [f"{MISTAKES + 1} too-many"]


def test_mistakes_are_in_order_and_in_their_source() -> None:
    source = Source("test.ank", 'print "\\u{zz}"\na || b\nprint "\\u{zz}"')
    found = parse(source).diagnostics
    places = [each.span.start for each in found if each.span]
    assert len(places) == 3
    assert places == sorted(places)
    assert all(each.source is source for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "find x |",
        "find x | ",
        "find x | # why",
        "print (find x",
        "print [1,",
        'addNote {"a":',
        "x | each {",
        "x | each { find y | ",
        "macro f(",
        "macro f(a: int) {\n    find x",
        "if $x { a } else {",
        "try { a }",
        "try { a }\n",
        'print """abc',
        'print """abc\n${x',
        "print '''abc\n",
        'print "${x',
        "x | where (a",
        "x | where (a ==",
        "x | set a = trim(b",
        "atomic {\n",
    ],
)
def test_a_text_that_more_lines_may_mend(text: str) -> None:
    parsed = read(text)
    assert parsed.incomplete
    assert len(parsed.diagnostics) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "find x",
        'print "abc',
        "print 'abc",
        "let x =",
        "x | where a ==",
        "find x || ",
        "find x )",
        "a || b\nprint (find x",
        'print "\\u{zz}"\nprint (find x',
        "macro f()",
        "if $x",
        "let",
        'print "abc\\',
        "print [1 2",
        "while true {",
    ],
)
def test_a_text_that_more_lines_do_not_mend(text: str) -> None:
    assert not read(text).incomplete


def test_every_prefix_of_a_right_program_is_right_or_has_one_mistake_at_its_end() -> None:
    text = (
        'macro f(a: list<int> = [1]) {\n  x | where (a == "b${c}") | each { y }\n}\n'
        "if $x { a } else { b }\ntry { a } catch e { b }\n"
    )
    for end in range(len(text)):
        found = read(text[:end]).diagnostics
        assert len(found) <= 1, text[:end]


def test_nothing_is_said_of_programs_without_mistakes() -> None:
    parsed = read("find x\nmacro f() { a }")
    assert parsed.diagnostics == ()
    assert [type(statement) for statement in parsed.program.statements] == [t.Pipeline, t.Macro]
