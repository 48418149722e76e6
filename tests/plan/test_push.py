"""A condition that moves into Anki's search finds what it finds when it stays here."""

from __future__ import annotations

import random
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session as Collection
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.diagnostics.model import AnkishError
from ankish.plan.options import NONE, Options
from tests.support.lab import Lab

TEXTS = [
    "", " ", "x", "X", "xyz", "a_b", "acb", "a*b", "a%b", "50%", "a\\b", 'say "x"', "a:b", "re:x", "nc:x", "none",
    "é", "e\u0301", "É", "ß", "ss", "SS", "ﬁ", "fi", "İ", "i", "ı", "K", "K", "日本", "a&b", "a&amp;b", "a&nbsp;b", "a\u00a0b",
    "<b>x</b>", "a<br>b", "a\nb", "a  b", " x", "x ", "(x)", "-x", "or", "*", "_", "\\", "\u200b", "\u3000", "👩‍👩‍👧", "a{{c1::b}}",
]  # fmt: skip
"""What fields hold, and what they are compared with."""
TAGS = ["x", "X", "xy", "x::y", "a_b", "acb", "none", "é", "日本", "50%", "re:x"]
DECKS = ["Odd", "Odd::Sub", "odd2", "C_1", "Cx1", "50%", "Filtered", "Filt::x", "Spanish"]


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """The sample collection, with notes and cards as strange as a collection can hold them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.open(build(Path(folder))) as collection,
    ):
        made = Lab(Client(EmbeddedTransport(Engine(collection))))
        _strange(made, collection)
        yield made


def _strange(lab: Lab, collection: Collection) -> None:
    dice = random.Random(5)
    col = collection.col
    basic = col.models.by_name("Basic")
    for number, text in enumerate(TEXTS):
        note = col.new_note(basic)
        note.fields = [f"{number} {text}", text]
        note.tags = dice.sample(TAGS, dice.randint(0, 3))
        col.add_note(note, col.decks.id(dice.choice([d for d in DECKS if d != "Filtered"])))
        if dice.random() < 0.4:  # the first field holds just this; Anki need not like it
            fields = f"{text}\x1f{text}"
            col.db.execute("update notes set flds = ? where id = ?", fields, note.id)
    numbers = [0, 1, 2, 4, 5, 20, 21, 365]
    for card in lab.ids("deck:Odd or deck:odd2 or deck:C_1 or deck:Cx1"):
        col.db.execute(
            "update cards set ivl=?, factor=?, lapses=?, reps=?, flags=?, queue=?, type=? where id=?",
            dice.choice(numbers), dice.choice([0, 1300, 2300, 2499, 2500, 2501]),
            dice.choice(numbers), dice.choice(numbers), dice.choice([0, 1, 2, 7, 8, 9]),
            dice.choice([-1, -1, 0, 2, 2, 3]), dice.choice([0, 1, 2, 3]), card,
        )  # fmt: skip
    lab.ask("createFilteredDeck", deck="Filtered", query="deck:Odd", limit=5)


numbers = st.sampled_from([-1, 0, 1, 2, 4, 5, 20, 21, 365, 2.5, 0.5, 10**12])
order = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
eases = st.sampled_from([0, 1.3, 2.3, 2.499, 2.5, 2.501, 2.50001, 3, -1, 1000])
texts = st.sampled_from(TEXTS) | st.text(max_size=3)
fields = st.sampled_from(["Front", "Back"])
regexes = st.sampled_from(
    ["x", "^x", "x$", "x|y", "(?i)x", "(?i:X)y", "[xX]", "a.b", "a+b", r"a\.b", r"\bx", "x{2}", "", "é", r"\x78y", "(?s)a.b", "(?=x)", "x*yz", "a&", "b>x<"]
) | texts.map(re.escape)  # fmt: skip


def raw(text: str) -> str:
    """A text as it is written in a program."""
    made = "".join(
        f"\\u{{{ord(c):x}}}" if c in '"\\$\n' or not c.isprintable() else c for c in text
    )
    return f'"{made}"'


simple = st.one_of(
    st.builds("{} {} {}".format, st.sampled_from(["lapses", "reps", "interval"]), order, numbers),
    st.builds("{} {} {}".format, numbers, order, st.sampled_from(["lapses", "interval"])),
    st.builds("ease {} {}".format, order, eases),
    st.builds("flag {} {}".format, order, st.integers(-1, 9)),
    st.sampled_from(["suspended", "not suspended", "suspended == false", "suspended != false"]),
    st.sampled_from(["queue == -1", "1 / reps > 0.3", "reps % 2 == 0", "due > 5"]),
    st.builds("deck {} {}".format, st.sampled_from(["==", "!="]), st.sampled_from(DECKS).map(raw)),
    st.builds('model {} "{}"'.format, st.sampled_from(["==", "!="]), st.sampled_from(["Basic", "basic", "Cloze"])),
    st.builds("tags has {}".format, st.sampled_from([*TAGS, "y", "X::y"]).map(raw)),
    st.builds("{} in tags".format, st.sampled_from(TAGS).map(raw)),
    st.builds("{} {} {}".format, fields, st.sampled_from(["==", "!="]), texts.map(raw)),
    st.builds("{} {} {}".format, fields, st.sampled_from(["=~", "!~"]), regexes.map(raw)),
)  # fmt: skip
conditions = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=4,
)
searches = st.sampled_from(
    ["deck:Odd", "deck:*", "", "deck:Spanish or deck:Odd", "-deck:Spanish", "tag:x", "(deck:C_1)"]
)
ends = st.sampled_from(
    ["", "| count", "| notes", "| first 5 | notes", "| cards | notes", "| select cardId, lapses", "| sort -ease | first 3",
     "| select Front", "| derive twice = reps * 2 | select twice, deck", "| to json", "| each { $it.cardId }"]
)  # fmt: skip
wheres = st.lists(conditions, min_size=1, max_size=2)


def told(lab: Lab, program: str, options: Options) -> list[object]:
    """What a program shows, or the codes of what is wrong with it."""
    try:
        return lab.results(program, options=options)
    except AnkishError as error:
        return [problem.code for problem in error.diagnostics]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(search=searches, conditions=wheres, end=ends)
def test_the_answer_does_not_depend_on_it(
    lab: Lab, search: str, conditions: list[str], end: str
) -> None:
    where = " | ".join(f"where {condition}" for condition in conditions)
    program = f"find {search} | {where} {end}" if search else f'find "" | {where} {end}'
    assert told(lab, program, Options()) == told(lab, program, NONE)


PUSHED = {
    "lapses > 4": "prop:lapses>4",
    "4 < lapses": "prop:lapses>4",
    "interval < 21 and ease <= 2.5": "prop:ivl<21 prop:ease<=2.5",
    "not suspended": "-(is:suspended)",
    "reps == 0 or lapses >= 8": "(prop:reps=0 or prop:lapses>=8)",
    "tags has 'verb'": "tag:verb",
    "deck == 'Spanish::Verbs'": "deck:Spanish::Verbs",
    "Front == 'a_b'": r"Front:a\_b",
    "Front =~ 'x.+yz'": "Front:*yz*",
    "flag == 1": "flag:1",
}


@pytest.mark.parametrize("condition", PUSHED)
def test_what_moves(lab: Lab, condition: str) -> None:
    plan = lab.explained(f"explain find deck:Odd | where {condition}")
    assert f"(deck:Odd) {PUSHED[condition]}" in plan.replace("\\\\", "\\")


@pytest.mark.parametrize(
    "condition",
    [
        "lapses > 4.5", "lapses > -1", "interval == 0", "ease > 2.50001", "flag != 0", "deck != 'Odd'",
        "not (Front == 'x')", "Front =~ '(?i)x'", "1 / reps > 1 and lapses > 4", f"Front == '{unicodedata.normalize('NFD', 'é')}'",
    ],
)  # fmt: skip
def test_what_stays(lab: Lab, condition: str) -> None:
    assert "prop:" not in (plan := lab.explained(f"explain find deck:Odd | where {condition}"))
    assert 'query="deck:Odd"' in plan


def test_what_anki_has_looked_at_is_not_fetched(lab: Lab) -> None:
    plan = lab.explained("explain find deck:Odd | where lapses > 4 | suspend")
    assert "cardsInfo" not in plan
    assert "2 requests" in plan
