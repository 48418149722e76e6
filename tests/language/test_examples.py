"""Each example of the reference design, sections 1, 2 and 4 to 7: it does what it says, on both
backends, and what it leaves in the collection is looked at past the language.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.shellwords import SHELL_WORDS
from tests.support.lab import Lab

Effect = Callable[[Lab, "Before", list[Any]], bool]


class Before:
    """What is there before an example runs."""

    def __init__(self, lab: Lab) -> None:
        self.inbox = lab.ids("deck:Inbox added:7")
        self.leeches = lab.ids("tag:leech")
        self.due = len(lab.ids("is:due"))
        self.old = set(lab.ask("findNotes", query="tag:old"))
        self.mature = lab.ids("deck:Spanish prop:ivl>=60")
        self.untidy = lab.ids("deck:Spanish Front:*&nbsp;*")
        self.decks = lab.ask("deckNames")


def field(lab: Lab, query: str, name: str) -> set[str]:
    return {info["fields"][name]["value"] for info in lab.ask("notesInfo", query=query)}


def levels(lab: Lab) -> list[dict[str, Any]]:
    """How many cards of Spanish are of which level, counted past the language."""
    counts: dict[str, int] = {}
    for info in lab.ask("cardsInfo", cards=sorted(lab.ids("deck:Spanish"))):
        days = info["interval"]
        level = "mature" if days >= 90 else "young" if days >= 21 else "new"
        counts[level] = counts.get(level, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return [{"level": level, "count": count} for level, count in ordered]


def hardest(lab: Lab) -> list[int]:
    """The lapses of the cards that the example about row verbs keeps, the most first."""
    infos = lab.ask("cardsInfo", cards=sorted(lab.ids("deck:Spanish")))
    kept = (i["lapses"] for i in infos if i["lapses"] > 4 and i["interval"] < 21)
    return sorted(kept, reverse=True)[:10]


EXAMPLES: dict[str, tuple[str, Effect]] = {
    "suspend": (
        'find "tag:leech -is:suspended" | suspend',
        lambda lab, was, _: lab.ids("tag:leech is:suspended") == was.leeches != set(),
    ),
    "hand on": (
        'find "deck:Inbox added:7" | changeDeck "Japanese::N3" | addTags sorted',
        lambda lab, was, _: (
            lab.ids("deck:Japanese::N3 tag:sorted") == was.inbox != set()
            and not lab.ids("deck:Inbox added:7")
        ),
    ),
    "bare terms": (
        "find deck:Spanish is:due | count",
        lambda lab, _, said: said == [len(lab.ids("deck:Spanish is:due"))] != [0],
    ),
    "condition": (
        "let due = find is:due | count\n"
        'if $due > 200 { print "Busy day: ${due} cards" } else { print "Easy day" }',
        lambda lab, was, said: (
            said == [f"Busy day: {was.due} cards" if was.due > 200 else "Easy day"]
        ),
    ),
    "rows": (
        "find deck:Spanish | where lapses > 4 and interval < 21 | sort -lapses | first 10 "
        "| select Front, lapses, interval",
        lambda lab, _, said: (
            [row["lapses"] for row in said[0]] == hardest(lab) != []
            and all(list(row) == ["Front", "lapses", "interval"] for row in said[0])
        ),
    ),
    "set": (
        "find deck:Spanish | set Front = trim(replace(Front, '(&nbsp;)+', ' ', regex=true))",
        lambda lab, was, _: bool(was.untidy) and not lab.ids("deck:Spanish Front:*&nbsp;*"),
    ),
    "derive": (
        'find deck:Spanish | derive level = case(interval >= 90, "mature", interval >= 21, '
        '"young", "new") | group level | sort -count',
        lambda lab, _, said: said[0] == levels(lab),
    ),
    "macro": (
        "## Move mature cards to the deck's Mature subdeck.\n"
        "macro graduate(deck: deck, days: int = 90) {\n"
        '    find "deck:${deck} prop:ivl>=${days}" | changeDeck "${deck}::Mature" --create\n'
        "}\n"
        "graduate Spanish days=60",
        lambda lab, was, _: lab.ids("deck:Spanish::Mature") == was.mature != set(),
    ),
    "one question": (
        'deckNames | each { {deck: $it, due: (find "deck:${it} is:due" | count)} } | sort -due',
        lambda lab, was, said: (
            {row["deck"]: row["due"] for row in said[0]}
            == {deck: len(lab.ids(f'"deck:{deck}" is:due')) for deck in was.decks}
            and [r["due"] for r in said[0]] == sorted((r["due"] for r in said[0]), reverse=True)
        ),
    ),
    "import": (
        'open words.csv | add deck = "Spanish", model = "Basic", Front = word, Back = meaning, '
        'tags = ["csv"] | where not ok | save rejects.csv',
        lambda lab, _, __: (
            field(lab, "tag:csv deck:Spanish", "Front") == {"nuevo-test"}
            and "empty" in Path("rejects.csv").read_text(encoding="utf-8")
        ),
    ),
    "update or add": (
        'open words.csv | upsert deck = "Spanish", model = "Basic", key = Front, Front = word, '
        "Back = meaning",
        lambda lab, _, said: (
            [row["verdict"] for row in said[0]] == ["added", "error"]
            and field(lab, "deck:Spanish Front:nuevo-test", "Back") == {"new"}
        ),
    ),
    "try": (
        'try { importPackage "deck.apkg" } catch e { print "not imported: ${e.message}" }',
        lambda lab, was, said: (
            said[0].startswith("not imported: ") and lab.ask("deckNames") == was.decks
        ),
    ),
    "atomic": (
        "atomic { find tag:old | removeTags old | addTags archive }",
        lambda lab, was, _: (
            set(lab.ask("findNotes", query="tag:archive")) == was.old != set()
            and not lab.ids("tag:old")
        ),
    ),
    "action with JSON": (
        'addNote {"deckName": "Default", "modelName": "Basic", "fields": '
        '{"Front": "Q", "Back": "A"}, "tags": ["t"]}',
        lambda lab, _, said: (
            lab.ask("findNotes", query="deck:Default Front:Q Back:A tag:t") == said
        ),
    ),
    "call": (
        "call getIntervals {cards: [1502298033753], complete: true}",
        lambda lab, _, said: (
            said == [lab.ask("getIntervals", cards=[1502298033753], complete=True)]
        ),
    ),
    "curl": (
        """curl localhost:8765 -X POST -d '{"action": "deckNames", "version": 6}'""",
        lambda lab, was, said: said == [was.decks],
    ),
    "words": (
        "find deck:Inbox | changeDeck Spanish::Verbs | addTags leech::hard",
        lambda lab, was, _: was.inbox <= lab.ids("deck:Spanish::Verbs tag:leech::hard"),
    ),
    "quoted in a word": (
        'find deck:"Japanese::N3" prop:ivl>=21 | count',
        lambda lab, _, said: said == [len(lab.ids("deck:Japanese::N3 prop:ivl>=21"))] != [0],
    ),
    "in back-ticks": (
        "find note:Sentence | notes | select `Sentence Audio`",
        lambda lab, _, said: (
            {row["Sentence Audio"] for row in said[0]}
            == field(lab, "note:Sentence", "Sentence Audio")
        ),
    ),
    "list and record": (
        'let a = [a, "b", 3]\nlet b = {deck: "X", days: 3}\nprint $a $b.days',
        lambda lab, _, said: said == [[["a", "b", 3], 3]],
    ),
    "comments and lines": (
        "# one\nfind deck:Spanish # two\n  # three\n  | count; version",
        lambda lab, _, said: said == [len(lab.ids("deck:Spanish")), 6],
    ),
    "strings": (
        "print \"\\u{1F600} {{c1::Paris}} $5 <b>\" 'raw \\d ${no}'\n"
        'print """\n  two\n  lines\n  """',
        lambda lab, _, said: (
            said == [["\U0001f600 {{c1::Paris}} $5 <b>", "raw \\d ${no}"], "two\nlines"]
        ),
    ),
    "paths": (
        'let x = {Front: "a", list: [1, 2]}\nprint $x.Front $x.list.0 ($x.y? ?? "none")',
        lambda lab, _, said: said == [["a", 1, "none"]],
    ),
    "shebang": ("#!/usr/bin/env ankish\nversion", lambda lab, _, said: said == [6]),
    "operators": (
        "print (1 + 2 - 3 * 4 / 5 % 6) (1 == 1.0 and not 2 < 1) (null ?? 1)",
        lambda lab, _, said: (
            json.dumps(said[0][1:]) == "[true, 1]" and abs(said[0][0] - 0.6) < 1e-9
        ),
    ),
    "not widened": (
        "find card:Recall deck:Japanese::N3 | addTags a | suspend",
        lambda lab, _, __: (
            lab.ids("tag:a is:suspended card:Recall") == lab.ids("card:Recall deck:Japanese::N3")
            and bool(lab.ids("tag:a -is:suspended card:Recognition"))
        ),
    ),
    "bound value": (
        "createDeck 'My \"best\" deck (2)'\nfind deck:Inbox | changeDeck 'My \"best\" deck (2)'\n"
        'let name = \'My "best" deck (2)\'\nfind "deck:${name}" | count',
        lambda lab, was, said: said[-1] == said[1]["count"] > 0,
    ),
    "list of ids": (
        'let notes = find tag:old | notes\nfind "nid:${notes}" | notes | count',
        lambda lab, was, said: said == [len(was.old)] != [0],
    ),
    "loop": (
        'for d in ["Inbox", "Geography"] { find "deck:${d}" | addTags "in-${d}" }',
        lambda lab, _, __: (
            lab.ids("tag:in-Inbox") == lab.ids("deck:Inbox")
            and lab.ids("tag:in-Geography") == lab.ids("deck:Geography")
        ),
    ),
    "conditions move": (
        "find deck:Spanish | where lapses > 4 | suspend",
        lambda lab, _, __: (
            lab.ids("deck:Spanish prop:lapses>4") <= lab.ids("is:suspended deck:Spanish")
        ),
    ),
    "chart": (
        "find deck:Spanish | group deck | chart count deck",
        lambda lab, _, said: (
            sum(point["value"] for point in said[0]["points"]) == len(lab.ids("deck:Spanish"))
        ),
    ),
}
"""Programs, and whether they have done what they say."""


@pytest.fixture(autouse=True)
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that examples read."""
    monkeypatch.chdir(tmp_path)
    Path("words.csv").write_text("word,meaning\nnuevo-test,new\n,nothing\n", encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(lab: Lab, name: str) -> None:
    program, effect = EXAMPLES[name]
    before = Before(lab)
    said = lab.results(program)
    assert effect(lab, before, said), said


BUILTIN = (
    "find cards notes rows where set derive select sort group each add upsert first last skip count "
    "sum avg min max uniq reverse flatten enumerate chunk join lines open save from to table chart "
    "print ask confirm glob help"
).split()
FUNCTION = "trim upper lower replace match split length text md html cloze date".split()
WORDS = "undo redo log resume explain exit".split()


def test_what_the_design_names_is_there() -> None:
    assert set(BUILTIN) <= BUILTINS.keys() | ROW_VERBS.keys()
    assert FUNCTIONS.keys() >= set(FUNCTION)
    assert SHELL_WORDS.keys() >= set(WORDS)
