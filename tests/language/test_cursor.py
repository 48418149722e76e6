"""What stands around the cursor (⌶) of a text that is still being written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.syntax.concrete import Token
from ankish.syntax.cursor import Cursor, at_cursor
from ankish.syntax.driver import Driver, Unexpected
from ankish.syntax.frames import plain
from ankish.syntax.lexing import CLOSING, OPENING
from ankish.syntax.reading import grammar
from ankish.syntax.tokens import GARBAGE, MOST, OPEN_QUOTED, OPEN_RAW, Reader
from ankish.syntax.writing import is_name, is_word, name, quoted


def cursor(text: str) -> Cursor:
    found = at_cursor(text.replace("⌶", ""), text.index("⌶"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("find x⌶", "program"),
        ("if $x { find ⌶", "program block"),
        ("print (find ⌶", "program sub"),
        ("find x | where (a ⌶", "program group"),
        ("print [a, ⌶", "program list"),
        ("print {a: ⌶", "program record"),
        ("print {a: [(find ⌶", "program record list sub"),
        ("find x | where trim(⌶", "program call"),
        ('print "a ⌶', "program string"),
        ('print "a ${⌶', "program string hole"),
        ('print "a ${x} ⌶', "program string"),
        ("print 'a ⌶", "program string"),
        ("print '''a\n⌶", "program string"),
        ('print """a\n⌶', "program string"),
        ("macro m(⌶", "program parameters"),
        ("macro m(a: int) { ⌶", "program block"),
        ("print (a) [b] {c: 1} ⌶", "program"),
        ('print "a\nprint ⌶', "program"),
    ],
)
def test_what_is_open(text: str, kinds: str) -> None:
    assert [frame.kind for frame in cursor(text).frames] == kinds.split()


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("find is:su⌶", "is:su"),
        ("find is:su⌶spended", "is:su"),
        ("find ⌶", ""),
        ("x | changeDeck --cr⌶", "--cr"),
        ("x | changeDeck --⌶", "--"),
        ("x | changeDeck deck=Sp⌶", "Sp"),
        ("print $du⌶", "$du"),
        ("print $⌶", "$"),
        ("print $x.Fr⌶", "Fr"),
        ("x | where `Sentence Au⌶", "`Sentence Au"),
        ("x | sort -⌶", ""),
        ("x | sort -la⌶", "la"),
        ("x | where a>⌶", ""),
        ("x | where a>b⌶", "b"),
        ('print "a b⌶', "a b"),
    ],
)
def test_the_word_before_the_cursor(text: str, prefix: str) -> None:
    assert cursor(text).prefix == prefix


def test_the_stages_before() -> None:
    assert cursor("find x | sort -a | ⌶").before == "find x | sort -a "
    assert cursor("let y = find x | ⌶").before == " find x "
    assert cursor("print 1\nfind x | ⌶").before == "find x "
    assert cursor("print (find x | ⌶").before == "find x "
    assert cursor("find x |\n  count |\n⌶").before == "find x |\n  count "
    assert cursor("find ⌶").before is None


def test_arguments() -> None:
    stage = cursor('x | cmd a "b c" [d, e] n=$f.g --sw (find z) ⌶').stage
    assert [(a.name, a.text) for a in stage.arguments] == [
        (None, "a"),
        (None, '"b c"'),
        (None, "[d, e]"),
        ("n", "$f.g"),
        ("sw", ""),
        (None, "(find z)"),
    ]
    assert cursor("cmd n=⌶").stage.named == "n"


def test_keys() -> None:
    record = cursor('addNote {deckName: Spanish, "fields": {Front: a}, tags: ⌶').frames[-1]
    assert record.pairs == {"deckName": "Spanish", "fields": "{Front: a}"}
    assert record.named == "tags"


def test_variables() -> None:
    text = "let a = find x\nfor b in (c) {\n let d = 1\n x | each { print ⌶"
    assert [(v.name, v.origin, v.text.strip()) for v in cursor(text).variables()] == [
        ("a", "let", "find x"),
        ("b", "item", "(c)"),
        ("d", "let", "1"),
        ("it", "it", "x"),
    ]
    assert cursor("if 1 < 2 { let a = 1 }\n⌶").variables() == []
    typed = cursor("param deck: deck\nmacro m(a: int, b: text = x) { ⌶").variables()
    assert [(v.name, v.text) for v in typed] == [("deck", "deck"), ("a", "int"), ("b", "text")]
    (macro,) = cursor("macro m(a: int) { 1 }\n⌶").macros()
    assert (macro.name, [p.name for p in macro.parameters]) == ("m", ["a"])


def test_no_cursor_in_a_comment() -> None:
    assert at_cursor("find x # more", 13) is None
    assert at_cursor("find x # more\n", 14) is not None
    assert at_cursor('print "# no comment', 19) is not None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Spanish", "Spanish"),
        ('"My deck"', "My deck"),
        ('"a \\"b\\""', 'a "b"'),
        ("'a \\ b'", "a \\ b"),
        ("`a b`", "a b"),
        ('"${x}"', None),
        ("$x", None),
        ("(find x)", None),
        ("[a]", None),
        ("", None),
    ],
)
def test_plain(written: str, meant: str | None) -> None:
    assert plain(written) == meant


@given(st.text(max_size=12))
def test_what_is_a_word_is_read_as_one(text: str) -> None:
    if is_word(text):
        seen = Reader(f"cmd {text}").seen
        assert [(s.kind in ("WORD", "ARG_NUMBER"), s.text) for s in seen[1:]] == [(True, text)]
    seen = Reader(f"cmd {quoted(text)}").seen
    assert [s for s in seen if s.kind == GARBAGE] == []


@given(st.text(min_size=1, max_size=12))
def test_what_is_a_name_is_read_as_one(text: str) -> None:
    written = name(text)
    if written is not None:
        seen = Reader(f"x | where {written}").seen[3:]
        assert [(s.kind, s.text) for s in seen] == [
            ("NAME" if is_name(text) else "QUOTED", written)
        ]


@given(st.text(max_size=60))
def test_every_character_is_seen_or_is_white_space(text: str) -> None:
    reader = Reader(text)
    at = 0
    for seen in sorted([*reader.seen, *reader.comments()], key=lambda seen: seen.start):
        assert not text[at : seen.start].replace("\ufeff", "").strip()
        assert text[seen.start : seen.end] == seen.text
        at = seen.end
    assert not text[at:].replace("\ufeff", "").strip()


@given(st.text("(){}[]|'\"`$ ab\n;,=:.-#", max_size=40))
def test_what_could_come_next_can(text: str) -> None:
    """Each terminal that is said to fit is taken by the parser."""
    reader = Reader(text)
    if any(s.kind in (GARBAGE, OPEN_RAW, OPEN_QUOTED) for s in reader.seen):
        return
    driver = Driver(grammar(), text)
    opened: list[str] = []
    for token in driver.tokens():
        if token.type == "_NL" and opened and opened[-1] != "BLOCK":
            continue
        driver.feed(token)
        if token.type in OPENING:
            opened.append(token.type)
        elif token.type in CLOSING:
            opened.pop()
    states, values = driver.states[:], driver.values[:]
    for kind in grammar().terminals:
        driver.states[:], driver.values[:] = states, values
        try:
            driver.feed(Token(kind, "", 0, 0))
            taken = True
        except Unexpected:
            taken = False
        assert (kind in reader.accepts()) == taken


def test_much_garbage_ends_reading() -> None:
    seen = Reader("] " * 500).seen
    assert len(seen) <= MOST + 1
    assert seen[-1].end == 1000
