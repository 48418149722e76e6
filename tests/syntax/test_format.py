"""`ankish fmt`: one layout, nothing of a program lost, stable."""

from __future__ import annotations

from random import Random
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ankish.diagnostics.model import AnkishError, Source
from ankish.syntax.format import format_program
from ankish.syntax.layout import WIDTH
from tests.support.examples import all_programs
from tests.support.programs import Programs
from tests.support.trees import told


def formatted(text: str) -> str:
    return format_program(Source("test.ank", text))


def keeps(text: str) -> None:
    """The layout says what the text says, and its own layout is the same again."""
    once = formatted(text)
    assert told(once) == told(text)
    assert formatted(once) == once


CASES = {
    "statements": (
        "a;b ;  c\n\n\n\nd\n;\n",
        "a\nb\nc\n\nd\n",
    ),
    "spaces": (
        "find   a   x=3\t--y   |count|  where a==1",
        "find a x=3 --y | count | where a == 1\n",
    ),
    "operators": (
        "x|where not a.b+c*-d<=3 and[a,b]has c or e not   in $f and - 3>g",
        "x | where not a.b + c * -d <= 3 and [a, b] has c or e not in $f and -3 > g\n",
    ),
    "minus": ("x | where - -a == - - 3 and -(b)", "x | where - -a == - -3 and -(b)\n"),
    "brackets stay": (
        "x | where ( a or b )and((c))or(a and b)",
        "x | where (a or b) and (c) or (a and b)\n",
    ),
    "values": (
        'x [1,2 , 3,] {a:1,"b" : 2,`c d`:[ ]} {} ( find  y )',
        'x [1, 2, 3] {a: 1, "b": 2, `c d`: []} {} (find y)\n',
    ),
    "calls": ("x | set a=f( b,c = 1 ,d ),", "x | set a = f(b, c=1, d)\n"),
    "paths": (
        "print $a.b.0?.`c d` (x).y | where (a).b",
        "print $a.b.0?.`c d` (x).y | where (a).b\n",
    ),
    "strings stay": (
        "print \"a${ b+1 }\\n\" 'x' '''  y\n z''' \"\"\"\n   a\n b\"\"\"",
        "print \"a${ b+1 }\\n\" 'x' '''  y\n z''' \"\"\"\n   a\n b\"\"\"\n",
    ),
    "numbers stay": ("print 007 1E5 -0.50", "print 007 1E5 -0.50\n"),
    "row verbs": (
        "x|select a,b|group a.b , c|sort -a,b|derive a=1,`b c`=2|upsert a=1,--create|add b=2  --create|set c=3",
        "x\n    | select a, b\n    | group a.b, c\n    | sort -a, b\n    | derive a = 1, `b c` = 2\n"
        "    | upsert a = 1 --create\n    | add b = 2 --create\n    | set c = 3\n",
    ),
    "block verbs": ("x|each{a;b}|chunk 3{c}", "x | each { a; b } | chunk 3 { c }\n"),
    "a pipeline its author broke": (
        "let x=a|\nb|c",
        "let x = a\n    | b\n    | c\n",
    ),
    "a pipeline that just fits": (
        f"find {'a' * (WIDTH - 13)} | count",
        f"find {'a' * (WIDTH - 13)} | count\n",
    ),
    "a pipeline that does not fit": (
        f"find {'a' * (WIDTH - 12)} | count",
        f"find {'a' * (WIDTH - 12)}\n    | count\n",
    ),
    "blocks on a line": (
        "if $x{a}else if $y { b;c } else{}",
        "if $x { a } else if $y { b; c } else { }\n",
    ),
    "blocks over lines": (
        "if $x{a} else {b\n}\nfor x in(y){\n\na\n\n\nb\n\n}\natomic{\n}\nmacro f( ){x}",
        "if $x {\n    a\n} else {\n    b\n}\nfor x in (y) {\n    a\n\n    b\n}\natomic { }\n"
        "macro f() { x }\n",
    ),
    "a block that does not fit": (
        'for name in [a] { print "this is a long line that goes on and on" | addTags leech::hard x }',
        'for name in [a] {\n    print "this is a long line that goes on and on" | addTags leech::hard x\n}\n',
    ),
    "try": (
        "try{a}catch e{b}\ntry {\na}\n\ncatch e {b}",
        "try { a } catch e { b }\ntry {\n    a\n} catch e {\n    b\n}\n",
    ),
    "other statements": (
        "use   'a'\nparam a:list< list<int> >=[ 1 ]\nfail  'x'+$y\nlet  a-b=3",
        "use 'a'\nparam a: list<list<int>> = [1]\nfail 'x' + $y\nlet a-b = 3\n",
    ),
    "a list its author broke": ("print [\n1,2]", "print [\n    1,\n    2\n]\n"),
    "a list its author did not break": ("print [1,\n2]", "print [1, 2]\n"),
    "blank lines in a list": (
        "print [\n\n1,\n\n\n2,3\n\n]",
        "print [\n    1,\n\n    2,\n    3\n]\n",
    ),
    "a record that is too long": (
        'addNote {deckName: "Default", modelName: "Basic", fields: {Front:"Q",Back:"A"}, tags: []}',
        'addNote {\n    deckName: "Default",\n    modelName: "Basic",\n'
        '    fields: {Front: "Q", Back: "A"},\n    tags: []\n}\n',
    ),
    "what is short is not broken": (
        f"print {'a' * WIDTH} [1, 2]",
        f"print {'a' * WIDTH} [1, 2]\n",
    ),
    "parameters over lines": (
        "macro f(\na:int,b :text='x'){ y }",
        "macro f(\n    a: int,\n    b: text = 'x'\n) { y }\n",
    ),
    "a condition over lines": (
        "x | where (a\nor b and c or\n(d or e))",
        "x | where (\n    a\n    or b and c\n    or (d or e)\n)\n",
    ),
    "a pipeline in brackets": (
        "let x=(a\n|b)\nlet y = (\na | b)",
        "let x = (\n    a\n        | b\n)\nlet y = (\n    a | b\n)\n",
    ),
    "a block in a pipeline": (
        "x | each {\na\n} | b\nx\n| each {\na\n}",
        "x | each {\n    a\n} | b\nx\n    | each {\n        a\n    }\n",
    ),
    "comments": (
        "#!/usr/bin/env ankish\n# a\n\n\n# b\nx   # c   \n   # d\n",
        "#!/usr/bin/env ankish\n# a\n\n# b\nx  # c\n# d\n",
    ),
    "comments in a block": (
        "if $x { # a\n# b\n\n y # c\n\n# d\n} # e\n# f\nelse { # g\n}",
        "if $x {  # a\n    # b\n\n    y  # c\n\n    # d\n}  # e\n# f\nelse {  # g\n}\n",
    ),
    "comments in a pipeline": (
        "x # a\n# b\n| y # c\n|# d\nz",
        "x  # a\n    # b\n    | y  # c\n    # d\n    | z\n",
    ),
    "comments in brackets": (
        "print [ # a\n1 # b\n,2, # c\n# d\n]",
        "print [  # a\n    1,  # b\n    2  # c\n    # d\n]\n",
    ),
    "comments in odd places": (
        "x | where (a # a\n+ # b\nb # c\n)\ny {a # d\n: # e\n1}",
        "x | where (\n    a  # a\n    # b\n    + b  # c\n)\ny {\n    a:  # d\n    # e\n    1\n}\n",
    ),
    "documentation": (
        "## a\n##b\nmacro f(\n## c\na:int) {}\n\n## d\nparam x:int",
        "## a\n##b\nmacro f(\n    ## c\n    a: int\n) { }\n\n## d\nparam x: int\n",
    ),
    "nothing": ("", ""),
    "only white space": ("\n \n\t\n", ""),
    "only comments": ("\n# a\n\n\n\n  # b", "# a\n\n# b\n"),
    "a byte order mark": ("\ufefffind x", "find x\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_layout(name: str) -> None:
    text, wanted = CASES[name]
    assert formatted(text) == wanted
    keeps(text)


def test_line_ends_stay_as_they_are() -> None:
    text = 'x\r\n\r\n\r\n  | y\r\nprint """\r\n  a\r\n  """\r\n# b\r\n'
    wanted = 'x\r\n    | y\r\nprint """\r\n  a\r\n  """\r\n# b\r\n'
    assert formatted(text) == wanted
    keeps(text)


def test_line_ends_of_both_kinds() -> None:
    text = "a\r\nb\nprint '''\n'''\n"
    assert formatted(text) == "a\r\nb\r\nprint '''\n'''\r\n"
    keeps(text)


@pytest.mark.parametrize("text", ["a || b", "x\nprint (", 'print "\\u{zz}"', "x = 5"])
def test_a_text_with_mistakes_is_refused(text: str) -> None:
    with pytest.raises(AnkishError) as raised:
        formatted(text)
    assert [each.code[:8] for each in raised.value.diagnostics] == ["syntax::"]


def test_all_mistakes_are_told() -> None:
    with pytest.raises(AnkishError) as raised:
        formatted("a || b\nc && d")
    assert len(raised.value.diagnostics) == 2


@settings(max_examples=150)
@given(st.integers(0, 10**12))
def test_random_programs(seed: int) -> None:
    keeps(Programs(Random(seed), depth=3).program())


@settings(max_examples=150)
@given(st.integers(0, 10**12), st.sampled_from(["\n", "\r\n"]))
def test_large_random_programs(seed: int, newline: str) -> None:
    keeps(Programs(Random(seed), newline=newline).program())


@settings(max_examples=60)
@given(st.integers(0, 10**12))
def test_lines_have_no_white_space_at_their_ends(seed: int) -> None:
    once = formatted(Programs(Random(seed)).program())
    outside = [line for line in once.split("\n") if '"' not in line and "'" not in line]
    inside = once.count('"""') + once.count("'''") + once.count("${")
    assert inside or [line for line in outside if line != line.rstrip()] == []


@pytest.mark.parametrize("name", all_programs())
def test_every_program_of_the_project(name: str) -> None:
    keeps(all_programs()[name])


def test_lines_fit_where_they_can_be_broken() -> None:
    text = dedent(
        """
        find deck:Spanish | derive level = case(interval >= 90, "mature", interval >= 21, "young", "new")
        macro graduate(deck: deck, days: int = 90, others: list<deck> = ["Japanese", "Spanish"]) { x }
        let x = (find deck:Spanish is:due | where lapses > 4 | addTags leech | suspend | count | y)
        if $x > 200 { print "Busy day: ${x} cards, so take your time" } else { print "Easy day today" }
        """
    )
    assert max(map(len, formatted(text).splitlines())) <= WIDTH
