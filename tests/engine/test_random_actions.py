"""Random sequences of all actions, sensible and not: answers, and a collection that stays sound.

python -m tests.engine.test_random_actions 5000 runs that many sequences.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ankish.anki.engine import families
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import ACTIONS
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, is_sound
from tests.engine.support import note as basic
from tests.engine.test_random_requests import CLOZE, JUNK, MODEL, SENSIBLE, SPECIAL, TEXT, with_ids

families.load()

REVIEWING = ["guiDeckReview", "guiShowAnswer", "guiAnswerCard", "guiUndo", "answerCards"]
NAMES = sorted(set(ACTIONS) - {"syncLogin"}) + REVIEWING * 5
"""All actions but the one that would go out to AnkiWeb; a review needs several in a row."""

CARD = st.sampled_from([f"$card{number}" for number in range(8)] * 3 + [1234567890123, 0, -1])
CARDS = st.lists(CARD, max_size=5)
DECK = st.sampled_from(["Default", "default", "A", "A::B", "A::B::C", "Filtered", "Nope", "", "::"])
PRESET = st.sampled_from([1, 1, "$preset", "1", 999])
NUMBER = st.sampled_from([0, 1, 2, 3, 4, 5, -1, 21, 2500, 65535, 65536, 2**31, 2**63, -(2**31)])
QUERY = st.sampled_from(
    ["", "deck:A", "is:due", "is:new", "is:suspended", "prop:ivl>1", "nid:1", "(", "-"]
)
COLUMN = st.sampled_from(
    "id nid did ord mod usn type queue due ivl factor reps lapses left odue odid flags data".split()
)
REVIEW = st.tuples(
    st.sampled_from([1600000000000, 1600000000001, "$now", 0, -5]),
    CARD,
    st.sampled_from([-1, 0]),
    *[NUMBER] * 5,
    st.sampled_from([0, 1, 2, 3, 4, 5]),
).map(list)
ANSWER = st.fixed_dictionaries({"cardId": CARD, "ease": st.sampled_from([1, 2, 3, 4, 0, 5, "3"])})
CONFIG = st.fixed_dictionaries(
    {
        "id": PRESET,
        "name": TEXT,
        "new": st.fixed_dictionaries({"perDay": NUMBER, "delays": st.lists(NUMBER, max_size=2)}),
        "rev": st.fixed_dictionaries({"perDay": NUMBER, "maxIvl": NUMBER}),
        "lapse": st.fixed_dictionaries({"delays": st.lists(NUMBER, max_size=2), "mult": NUMBER}),
    },
    optional={"dyn": st.booleans(), "usn": NUMBER, "autoplay": st.booleans()},
)
OF_ALL: dict[str, st.SearchStrategy[Any]] = {
    **SENSIBLE,
    "cards": CARDS,
    "card": CARD,
    "source": CARD,
    "target": CARD,
    "easeFactors": st.lists(NUMBER, max_size=5),
    "keys": st.lists(COLUMN, min_size=1, max_size=3),
    "newValues": st.lists(NUMBER | CARD, min_size=1, max_size=3),
    "query": QUERY,
    "deck": DECK,
    "newName": DECK,
    "decks": st.lists(DECK, max_size=3),
    "deckId": st.sampled_from([1, "1", 5, "x"]),
    "config": CONFIG,
    "configId": PRESET,
    "cloneFrom": PRESET,
    "name": TEXT | DECK | st.just("Other"),
    "path": st.sampled_from(
        ["$tmp/a.apkg", "$tmp/b.colpkg", "$tmp/none/x", "$collection", "$log", ""]
    ),
    "url": st.sampled_from(["file:///etc/hostname", "http://127.0.0.1:9/x", "ftp://x"]),
    "days": st.sampled_from(["0", "1", "3-7", "5!", "4-2", "abc", "", "-2", "99999999999"]),
    "ease": st.sampled_from([1, 2, 3, 4]),
    "answers": st.lists(ANSWER, max_size=3),
    "reviews": st.lists(REVIEW, max_size=3),
    "startID": NUMBER,
    "limit": NUMBER,
    "order": st.sampled_from(["random", "added", "nope"]),
    "start": NUMBER,
    "step": NUMBER,
    "flag": NUMBER,
    "search": st.sampled_from(["a", "first", "(", ".*", "", "{{c1"]),
    "replacement": st.sampled_from(["b", "", CLOZE, "$1", "\\1", "\0"]),
    "field": st.sampled_from(["Front", "Back", "Text", "nope", ""]),
    "direction": st.sampled_from(["upload", "download", None, "x"]),
    "reorderCards": st.fixed_dictionaries(
        {
            "order": st.sampled_from(["ascending", "descending", "x"]),
            "columnId": st.sampled_from(["noteCrt", "cardDue", "nope"]),
        }
    ),
    "modelName": MODEL,
    **dict.fromkeys(
        "suspend complete cardsToo includeSched includeMedia reschedule shuffle shift regex"
        " matchCase reviews_too keepNotes wholeCollection warning_check".split(),
        st.booleans(),
    ),
}
SPECIAL_OF_ALL: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    **SPECIAL,
    "copyScheduling": {"reviews": st.booleans()},
    "loadProfile": {"name": st.sampled_from(["User 1", "Other", "Nope", "..", ""])},
}


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """A request for one of the actions: sensible, but now and then with junk or a gap."""
    name = draw(st.sampled_from(NAMES))
    sensible = OF_ALL | SPECIAL_OF_ALL.get(name, {})
    wanted = list(signature(ACTIONS[name]).parameters)[1:]
    params = {param: draw(sensible.get(param, JUNK)) for param in wanted}
    if wanted and draw(st.integers(0, 5)) == 0:
        params[draw(st.sampled_from(wanted))] = draw(JUNK | CARDS | NUMBER)
    if wanted and draw(st.integers(0, 9)) == 0:
        del params[draw(st.sampled_from(wanted))]
    if draw(st.integers(0, 29)) == 0:
        params["stray"] = 1
    return {"action": name, "version": draw(st.sampled_from([4, 6])), "params": params}


SEQUENCE = st.lists(requests() | st.lists(requests(), max_size=3), min_size=5, max_size=25)


@functools.cache
def template() -> Path:
    """A base folder with two profiles: one has notes, reviews, a preset and a filtered deck."""
    base = Path(tempfile.mkdtemp(prefix="ankish-random-"))
    fresh_profile(base, "Other")
    with Session.open(fresh_profile(base), base=base) as session:
        engine = Engine(session)

        def ask(action: str, **params: Any) -> Any:
            answer = engine.handle({"action": action, "version": 6, "params": params})
            assert isinstance(answer, dict)
            assert answer["error"] is None, answer
            return answer["result"]

        for deck in ("A", "A::B"):
            ask("createDeck", deck=deck)
        ask("addNotes", notes=[basic(f"first {number}", tags=["x"]) for number in range(4)])
        two_cards = {**basic("second"), "modelName": "Basic (and reversed card)", "deckName": "A"}
        cloze = {"deckName": "A::B", "modelName": "Cloze", "fields": {"Text": CLOZE}}
        ask("addNotes", notes=[two_cards, cloze])
        cards = sorted(ask("findCards", query=""))
        ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in cards[:3]])
        ask("setDueDate", cards=cards[1:4], days="0")
        ask("suspend", cards=cards[4:5])
        ask("cloneDeckConfigId", name="preset")
        ask("createFilteredDeck", deck="Filtered", query="is:due", limit=2)
    return base


def places(session: Session, folder: Path) -> dict[str, Any]:
    """What the symbols in requests stand for."""
    assert session.col.db is not None
    notes = session.col.db.list("select id from notes order by id")
    cards = session.col.db.list("select id from cards order by id")
    return {
        **{f"${number}": note for number, note in enumerate(notes)},
        **{f"$card{number}": card for number, card in enumerate(cards)},
        "$model": session.col.models.by_name("Basic")["id"],  # type: ignore[index]
        "$preset": max(preset["id"] for preset in session.col.decks.all_config()),
        "$now": 1700000000000,
        "$tmp/a.apkg": str(folder / "a.apkg"),
        "$tmp/b.colpkg": str(folder / "b.colpkg"),
        "$tmp/none/x": str(folder / "none" / "x"),
        "$collection": str(session.path),
        "$log": f"{session.path}-wal",
    }


def play(sequence: list[Any]) -> None:
    """Run a sequence on a copy of the template; fails where a promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder, "base")
        shutil.copytree(template(), base)
        with Session.open(base / "User 1" / "collection.anki2", base=base) as session:
            engine = Engine(session)
            known = places(session, Path(folder))
            for request in sequence:
                if isinstance(request, list):
                    request = {"action": "multi", "version": 6, "params": {"actions": request}}
                body = json.dumps(with_ids(request, known)).encode()
                answer = json.loads(engine.handle_bytes(body))
                if request["version"] == 6:
                    assert answer.keys() == {"result", "error"}
                    assert answer["result"] is None or answer["error"] is None
                    assert answer["error"] is None or isinstance(answer["error"], str)
            assert session.path.is_file()
            assert is_sound(session)
        for profile in ("User 1", "Other"):
            with Session.open(base / profile / "collection.anki2", base=base) as session:
                assert is_sound(session)


@pytest.fixture(autouse=True, scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A working folder for files that are named by junk."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("scratch"))
    yield
    os.chdir(before)
    if template.cache_info().currsize:
        shutil.rmtree(template())
        template.cache_clear()


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(SEQUENCE)
def test_random_actions_are_answered_and_leave_the_collections_sound(sequence: list[Any]) -> None:
    play(sequence)


if __name__ == "__main__":
    os.chdir(tempfile.mkdtemp())
    many = settings(
        max_examples=int(sys.argv[1]),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    many(given(SEQUENCE)(play))()
    sys.stdout.write(f"{sys.argv[1]} sequences, all answered, all sound\n")
