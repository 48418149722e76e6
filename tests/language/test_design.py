"""The reference design of the language, whole: its messages in their words, the examples that have no
test of their own, and a count of all, so that none is forgotten.

The other examples are in `test_examples` (sections 1, 2 and 4 to 7), `test_conversions` (3),
`test_kept` (8) and `test_recorded` (9).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.catalog.actions import ACTIONS
from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.model import Effect
from ankish.catalog.prelude import PRELUDE
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.diagnostics.model import AnkishError, Source
from ankish.diagnostics.render import render
from ankish.runtime.session import Session
from ankish.syntax.parser import parse
from tests.language import test_conversions, test_kept, test_recorded
from tests.language.test_examples import EXAMPLES
from tests.support.design import one_spaced, sections
from tests.support.lab import Lab
from tests.test_cli import ankish

SECTIONS = sections()

TERMS = (
    "(deck:Inbox or tag:le*h or note:Basic and card:1 is:new or flag:1 prop:ivl>400 or rated:1 or "
    "introduced:1 or edited:1 or added:1 or resched:1 or nid:1,2 or cid:1 or mid:1 or did:1 or "
    "dupe:1,a or re:xyz or nc:xyz or sc:xyz or w:xyz or preset:x or has-cd:x or Front:_x) -is:due"
)
"""A search with every kind of term."""

Said = Callable[[Lab, list[Any]], bool]

MORE: dict[str, tuple[str, Said]] = {
    "whole lines of words": (
        "find deck:Inbox | changeDeck Spanish::Verbs\nfind deck:Spanish::Verbs | addTags leech::hard",
        lambda lab, _: lab.ids("deck:Spanish::Verbs") == lab.ids("tag:leech::hard") != set(),
    ),
    "a deck with a space": (
        'createDeck "My deck"\nfind deck:"My deck" prop:ivl>=21 | count',
        lambda _, said: said[-1] == 0,
    ),
    "what is not special in a text": (
        'print "{{c1::Paris}} {{Front}} $5 <b> [sound:a.mp3] \\n \\t \\" \\\\ \\$ \\u{1F600}"',
        lambda _, said: (
            said == ['{{c1::Paris}} {{Front}} $5 <b> [sound:a.mp3] \n \t " \\ $ \U0001f600']
        ),
    ),
    "lines of a raw text": (
        "print '''\n    \\d+ ${no}\n      two\n    '''",
        lambda _, said: said == ["\\d+ ${no}\n  two"],
    ),
    "a name in a text is a variable": (
        'let due = 3\nprint "${due} ${$due}"',
        lambda _, said: said == ["3 3"],
    ),
    "the current item": ("[1, 2] | each { $it + 1 }", lambda _, said: said == [[2, 3]]),
    "a minus needs spaces": (
        "[{a: 3, b: 1, a-b: 7}] | derive c = a-b, d = a - b | select c, d",
        lambda _, said: said == [[{"c": 7, "d": 2}]],
    ),
    "operators": (
        "[{a: 7, b: 2, t: [x], n: null}] | derive p = a + b - 1, q = a * b / 2 % 4, "
        "r = a == b or a != b and a < b, s = a <= b or a > b and a >= b, u = not (a in [1]), "
        "v = t has 'x', w = 'ab' =~ 'a.' and 'ab' !~ 'c', x = n ?? 1 | select p, q, r, s, u, v, w, x",
        lambda _, said: list(said[0][0].values()) == [8, 3, False, True, True, True, True, 1],
    ),
    "switches are named": (
        "macro loud(x: text, up: bool = false) { if $up { print (upper($x)) } else { print $x } }\n"
        "loud a --up\nloud a up=true\nloud x=a",
        lambda _, said: said == ["A", "A", "a"],
    ),
    "call": ("call version {}", lambda _, said: said == [6]),
    "apiReflect": (
        'call apiReflect {scopes: ["actions"], actions: ["version"]}',
        lambda _, said: said == [{"scopes": ["actions"], "actions": ["version"]}],
    ),
    "words of every day": (
        "find deck:Inbox | move Geography | tag seen | untag seen\nfind deck:Geography | due 3\n"
        "find deck:Geography is:review | forget\nfind deck:Geography | first 1 | info",
        lambda lab, _: not lab.ids("deck:Inbox") and not lab.ids("deck:Geography is:review"),
    ),
    "a deck is made on the way": (
        'open words.csv | add deck = "Fresh::Deck", model = "Basic", Front = word --create\n'
        'open words.csv | add deck = "Frsh" + "", model = "Basic", Front = word + "2" --create\n'
        'open words.csv | upsert deck = "Third", model = "Basic", Front = word + "3" --create\n'
        'open words.csv | upsert deck = "Fourth", model = "Basic", Front = word + "3" --create',
        lambda lab, _: (
            len(lab.ids("deck:Fresh::Deck")) == len(lab.ids("deck:Frsh")) == 1
            and len(lab.ids("deck:Third")) == 1
            and "Fourth" not in lab.ask("deckNames")  # nothing is added there
        ),
    ),
    "delete": ("find tag:old | delete", lambda lab, _: not lab.ids("tag:old")),
    "columns stay in chunks": (
        "find deck:Spanish | chunk 100 { $it | count }",
        lambda lab, said: sum(said[0]) == len(lab.ids("deck:Spanish")),
    ),
    "bound values": (
        'createDeck "a:b"\nfor name in ["a:b", "C_1*", \'My "best" deck (2)\'] {\n'
        '    find "deck:${name}" | count\n}',
        lambda _, said: said[-3:] == [0, 0, 0],
    ),
    "kinds of terms": (
        f"find '{TERMS}' | count",
        lambda lab, said: said == [len(lab.ids(TERMS))] != [0],
    ),
    "branches": (
        'let c = 1\nif $c == 2 { print "two" } else if $c == 1 { print "one" } else { print "none" }',
        lambda _, said: said == ["one"],
    ),
    "a loop runs in order": (
        "for x in (deckNames) { print $x }",
        lambda lab, said: said == lab.ask("deckNames"),
    ),
    "a file of macros": (
        'use "other.ank"\ngraduate Spanish days=60',
        lambda lab, _: bool(lab.ids("deck:Spanish::Mature")),
    ),
    "a script fails": (
        'try { fail "no" } catch e { print $e.message }',
        lambda _, said: said == ["no"],
    ),
}
"""What `EXAMPLES` leaves of sections 1, 2 and 4 to 7, and whether it has done what it says."""

WRONG = {
    "find is:susspended": "search::is",
    "find prop:ivll>3": "search::property",
    "find (deck:Inbox": "syntax::open-bracket",
    "find 'deck:\"Inbox'": "search::open-quote",
    "find deck:Inbox | changeDeck Inbxo": "name::deck",
    'open words.csv | add deck = "Spansh", model = "Basic", Front = word, Back = meaning': "name::deck",
    'open words.csv | add deck = "Spa" + "nsh", model = "Basic", Front = word': "value::no-deck",
    'open words.csv | upsert deck = "Spansh", model = "Basic", Front = word': "name::deck",
    "find deck:Inbox | suspnd": "name::command",
    "find deck:Inbox | changeDeck dek=Spanish": "name::parameter",
    "find deck:Inbox | where lapss > 3": "name::column",
    'addNote {deckName: "Default", modelName: "Bsic", fields: {Front: "a"}}': "name::model",
    'addNote {deckName: "Default", modelName: "Basic", fields: {Frnt: "a"}}': "name::field",
    "macro again() { again }": "name::not-yet",
}
"""What the design calls an error, and its code."""

SCRIPT = """\
## Tidy a deck.

## The deck to tidy.
param deck: deck
find "deck:${deck}" | count
"""

COMMAND_LINES = {
    "ankish tidy.ank --deck Spanish": "293\n",
    "ankish tidy.ank --help": "The deck to tidy",
    "ankish --dry-run tidy.ank --deck Spanish": "",
    "ankish check tidy.ank": "",
    "ankish help name::deck": "no deck is named",
    "ankish help suspend": "Suspend cards",
}
"""Lines of a system's shell, and a part of what they show."""

PLANS = {
    "explain find deck:Spanish | where lapses > 4 | suspend": "(deck:Spanish) prop:lapses>4",
    "explain --json find deck:Spanish | suspend": '"action": "suspend"',
    "explain --curl find deck:Spanish | suspend": 'change suspend \'{"cards": .[0]}\' "$r1"',
    'explain deckNames | each { find "deck:${it}" | count }': "for all $2 in $1 together",
}
"""What is explained, and a part of the plan."""

REHEARSED = "plan find deck:Inbox | suspend"


def corpus() -> Iterator[str]:
    """All that is run, by these tests and the others."""
    for programs in (EXAMPLES, MORE, test_conversions.CONVERSIONS):
        yield from (program for program, *_ in programs.values())
    yield from (*WRONG, *COMMAND_LINES, *PLANS, REHEARSED)
    yield from (*test_kept.RUNS, *test_kept.LINES, test_kept.ATOMIC, *test_kept.OTHERS)
    yield from test_recorded.LINES


# What is run.


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that examples read."""
    monkeypatch.chdir(tmp_path)
    Path("words.csv").write_text("word,meaning\nnuevo,new\n", encoding="utf-8")
    macro = next(text for name, (text, _) in EXAMPLES.items() if name == "macro")
    Path("other.ank").write_text(macro.rpartition("\n")[0], encoding="utf-8")
    Path("tidy.ank").write_text(SCRIPT, encoding="utf-8")


@pytest.mark.parametrize("name", MORE)
def test_example(lab: Lab, name: str) -> None:
    program, effect = MORE[name]
    said = lab.results(program)
    assert effect(lab, said), said


@pytest.mark.parametrize("program", WRONG)
def test_what_is_an_error_is_one_and_does_nothing(lab: Lab, program: str) -> None:
    before = lab.ask("deckNames")
    assert lab.codes(program) == [WRONG[program]]
    assert lab.ask("deckNames") == before


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_command_line(line: str) -> None:
    demo = () if line.split()[1] in ("check", "help") else ("--demo",)
    done = ankish(*demo, *line.split()[1:])
    assert (done.returncode, done.stderr) == (0, "")
    assert COMMAND_LINES[line] in done.stdout


@pytest.mark.parametrize("program", PLANS)
def test_plan(lab: Lab, program: str) -> None:
    assert PLANS[program] in lab.explained(program)


def test_what_a_write_would_do_is_shown_and_not_done(lab: Lab) -> None:
    inbox = lab.ids("deck:Inbox -is:suspended")
    assert f"{len(inbox)} would change" in lab.text(REHEARSED)
    assert lab.ids("deck:Inbox -is:suspended") == inbox


# Section 10.

MESSAGE = re.compile(r"^error\[[\w:-]+\].*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r" --> (\S+):(\d+):\d+\n")
LINE = re.compile(r"^\d+ \| (.*)$", re.MULTILINE)

OTHERWISE = {
    # The column that the design names is two off: the carets stand at the 30th.
    "tidy.ank:3:32": "tidy.ank:3:30",
    # A signature is written as a call is, so that it can be copied.
    "changeDeck(cards, deck) moves cards to a deck": "cards | changeDeck deck: move cards to a deck",
}
"""Where a message is worded otherwise than in the design, and how."""


def test_the_messages_are_those_of_the_design(reading: Lab) -> None:
    [block] = SECTIONS[10].blocks
    told = MESSAGE.findall(block.rstrip())
    assert len(told) == 2
    for message in told:
        place, text = PLACE.search(message), LINE.search(message)
        assert place is not None and text is not None
        program = "\n" * (int(place[2]) - 1) + text[1] + "\n"
        with pytest.raises(AnkishError) as raised:
            Session(lambda: reading.client).check(Source(place[1], program))
        for theirs, ours in OTHERWISE.items():
            message = message.replace(theirs, ours)
        assert render(raised.value.diagnostics) == message


def test_all_messages_of_a_program_at_once(reading: Lab) -> None:
    [block] = SECTIONS[10].blocks
    lines = [""] * 9
    for message in MESSAGE.findall(block.rstrip()):
        place, text = PLACE.search(message), LINE.search(message)
        assert place is not None and text is not None
        lines[int(place[2]) - 1] = text[1]
    said = reading.complaint("\n".join(lines))
    assert re.findall(r"error\[(.*?)\]", said) == ["name::parameter", "type::input"]


# None is forgotten.

KNOWN = {
    *BUILTINS,
    *ROW_VERBS,
    *FUNCTIONS,
    *SHELL_WORDS,
    *PRELUDE,
    *ACTIONS,
    *(effect.value for effect in Effect),
    *test_conversions.TYPES,
    *"int list<T> null cardId noteId table".split(),  # types and columns
    *"let if else for in macro param use try catch atomic fail each chunk or and not has".split(),
    "field:value",
    *(f"{term}:" for term in re.findall(r"[\w-]+(?=:)", TERMS)),
    *"+ - * / % == != < <= > >= =~ !~ ??".split(),
}
"""Words of the language."""

SHOWN_BY = {
    "${expression}": "a name in a text is a variable",
    '"…"': "what is not special in a text",
    "'…'": "strings",
    '"""…"""': "strings",
    "'''…'''": "lines of a raw text",
    "$name": "paths",
    "$x.y?": "paths",
    "${…}": "a name in a text is a variable",
    "name(args)": "set",
    "name=value": "switches are named",
    "name=true": "switches are named",
    "--name": "switches are named",
    "find … | addTags a | suspend": "not widened",
    "call NAME {…}": "call",
    "${value}": "bound values",
    "let x = …": "list and record",
    "if c { } else if d { } else { }": "branches",
    "for x in (…) { }": "a loop runs in order",
    "try { } catch e { }": "try",
    "atomic { }": "atomic",
    'fail "…"': "a script fails",
    "each { … }": "one question",
    "#!/usr/bin/env ankish": "shebang",
}
"""What stands in back-ticks with a gap in it, and the example that fills it."""

ELSEWHERE = {
    "multi": "tests/plan/test_early.py",
    "$x.0": "tests/language/test_examples.py",  # `$x.list.0`
    "nid:1,2,3": "tests/language/test_examples.py",  # the ids are those of the collection
    "prop:lapses>4": "tests/plan/test_push.py",
    ".ank": "tests/language/test_use.py",
    "help:": "tests/language/test_mistakes.py",
    "help CODE": "tests/diagnostics/test_explain.py",
    "undo RUN": "tests/language/test_kept.py",
    "record NAME": "tests/language/test_recorded.py",
}
"""What is no program, and the tests that have most to do with it."""


def is_known(span: str) -> bool:
    """Whether it consists of words of the language."""
    return all(
        word in KNOWN or word in ("…", "#", "##", ";", "|", "*", "_") for word in span.split()
    )


def test_every_line_of_the_first_look_is_run() -> None:
    [block] = SECTIONS[1].blocks
    run = [one_spaced(text) for text in corpus()]
    parsed = parse(Source("design", block))
    lines = [block[each.span.start : each.span.end] for each in parsed.program.statements]
    forgotten = [line for line in lines if not any(one_spaced(line) in text for text in run)]
    assert (len(lines), forgotten) == (17, [])


def test_every_inline_example_of_137_is_run() -> None:
    run = [one_spaced(text) for text in corpus()]
    spans = [span for section in SECTIONS.values() for span in section.spans]
    named = EXAMPLES.keys() | MORE.keys()
    assert set(SHOWN_BY.values()) <= named
    accounted = SHOWN_BY.keys() | ELSEWHERE.keys()
    forgotten = [
        span
        for span in spans
        if not is_known(span) and span not in accounted and not any(span in text for text in run)
    ]
    assert (len(spans), forgotten) == (137, [])
    assert accounted <= set(spans)
    blocks = {number: len(section.blocks) for number, section in SECTIONS.items()}
    assert {number: count for number, count in blocks.items() if count} == {1: 1, 10: 1}
