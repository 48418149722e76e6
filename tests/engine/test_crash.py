"""An action that the system kills between two calls of Anki's library was done, or was not."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, is_sound, note

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

CONTENTS = (
    "select id, mid, tags, flds from notes order by id",
    "select nid, did, odid, ord, type, queue, ivl, factor, reps, lapses, flags,"
    " iif(queue = 1, 0, due), json_extract(data, '$.lrt') is null from cards order by id",
    "select cid, ease, ivl, lastIvl, factor, type from revlog order by id",
    "select name, hex(kind) from decks order by id",
    "select name, hex(config) from deck_config order by id",
    "select tag from tags order by tag",
)
"""In SQL: what an action may change besides note types, but for the times that it does so."""

TIMES = ("id", "mod", "usn")

Case = tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]

CASES: tuple[Case, ...] = (
    ("addNote", lambda at: {"note": note("another", tags=["new", "tags"])}),
    ("addNotes", lambda at: {"notes": [note("some"), note("more")]}),
    ("answerCards", lambda at: {"answers": [{"cardId": at["new"], "ease": 3}]}),
    ("changeDeck", lambda at: {"cards": at["cards"], "deck": "Parent::Child"}),
    ("copyScheduling", lambda at: {"source": at["known"], "target": at["new"], "reviews": True}),
    ("createFilteredDeck", lambda at: {"deck": "Filtered", "query": "deck:*"}),
    ("createModel", lambda at: {"modelName": "M", "inOrderFields": ["A"], "cardTemplates": SIDES}),
    ("deleteDecks", lambda at: {"decks": ["Default", "Other"], "cardsToo": True}),
    ("findAndReplaceInModels", lambda at: {"modelName": "", "findText": "F", "replaceText": "F"}),
    (
        "findAndReplaceInModels",
        lambda at: {"modelName": "", "findText": "font-size", "replaceText": "font-weight"},
    ),
    ("forgetCards", lambda at: {"cards": at["cards"]}),
    (
        "insertReviews",
        lambda at: {"reviews": [[at["later"], at["known"], -1, 3, 4, -60, 2500, 6157, 1]]},
    ),
    ("modelFieldAdd", lambda at: {"modelName": "Basic", "fieldName": "Hint", "index": 0}),
    ("modelTemplateRemove", lambda at: {"modelName": REVERSED, "templateName": "Card 2"}),
    ("relearnCards", lambda at: {"cards": at["cards"]}),
    ("removeDeckConfigId", lambda at: {"configId": at["preset"]}),
    ("removeEmptyNotes", lambda at: {}),
    (
        "replaceTags",
        lambda at: {"notes": at["notes"], "tag_to_replace": "old", "replace_with_tag": "new"},
    ),
    ("setDeckConfigId", lambda at: {"decks": ["Default", "Third"], "configId": at["preset"]}),
    ("setDueDate", lambda at: {"cards": at["cards"], "days": "1"}),
    (
        "setSpecificValueOfCard",
        lambda at: {
            "card": at["forgotten"],
            "keys": ["type", "queue"],
            "newValues": [2, 2],
            "warning_check": True,
        },
    ),
    ("updateNote", lambda at: {"note": {"id": at["both"], "fields": {"Back": ""}, "tags": ["t"]}}),
    (
        "updateNoteModel",
        lambda at: {"note": {"id": at["both"], "modelName": "Basic", "fields": {"Front": "one"}}},
    ),
)
"""Actions, and their parameters by what is in the collection. Several answers are several changes:
each stays (recorded exchange 595)."""

AN_HOUR = 60 * 60 * 1000
"""Later than the last answer, in milliseconds: ids are times."""
SIDES = [{"Name": "1", "Front": "{{A}}", "Back": "{{A}}"}]
REVERSED = "Basic (and reversed card)"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder with a collection of a few cards, and what is in it."""
    path = fresh_profile(tmp_path_factory.mktemp("crash"))
    with Session.open(path) as session:
        engine = Engine(session)
        notes = asked(engine, "addNotes", notes=[note(str(n), tags=["old"]) for n in range(4)])
        both = asked(engine, "addNote", note={**note("a", "b"), "modelName": REVERSED})
        cards = sorted(asked(engine, "findCards", query=""))
        for ids, action in ((cards[1:3], "answerCards"), (cards[2:3], "forgetCards")):
            answers = [{"cardId": card, "ease": 3} for card in ids]
            given = {"answers": answers} if action == "answerCards" else {"cards": ids}
            asked(engine, action, **given)
        asked(engine, "changeDeck", cards=cards[3:4], deck="Other")
        asked(engine, "changeDeck", cards=cards[4:5], deck="Third")
        preset = asked(engine, "cloneDeckConfigId", name="Preset")
        asked(engine, "setDeckConfigId", decks=["Other"], configId=preset)
    there = {"notes": notes, "both": both, "cards": cards, "preset": preset}
    known = {"new": cards[0], "known": cards[1], "forgotten": cards[2]}
    return path.parent, {**there, **known, "later": cards[1] + AN_HOUR}


def asked(engine: Engine, action: str, **params: Any) -> Any:
    """The result; an error answer fails the test."""
    answer = engine.handle({"action": action, "version": 6, "params": params})
    assert isinstance(answer, dict)
    assert answer["error"] is None, answer["error"]
    return answer["result"]


class Mortal:
    """Anki's library as Python has it, and the end of the process when it was called `calls` times.

    Both ways into the library go through here: operations, and SQL.
    """

    def __init__(self, library: Any, calls: int) -> None:
        self._library = library
        self._calls = calls

    def command(self, *given: Any) -> Any:
        """Do an operation."""
        self._count()
        return self._library.command(*given)

    def db_command(self, *given: Any) -> Any:
        """Run SQL."""
        self._count()
        return self._library.db_command(*given)

    def _count(self) -> None:
        if self._calls == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._calls -= 1


def perform(path: Path, action: str, params: dict[str, Any], calls: int) -> None:
    """Do an action in this process, which does not survive so many calls of the library."""
    session = Session.open(path)
    engine = Engine(session)
    backend: Any = session.col._backend
    backend._backend = Mortal(backend._backend, calls)
    asked(engine, action, **params)
    backend._backend = backend._backend._library
    session.close()


def survived(path: Path, action: str, params: dict[str, Any], calls: int) -> bool:
    """Do an action in another process; whether it came to its end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["anki.collection", __name__])
    process = context.Process(target=perform, args=(path, action, params, calls))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode == 0


def found(path: Path) -> tuple[list[Any], bool]:
    """What a collection holds, and whether Anki's check finds it sound."""
    with Session.open(path) as session:
        db: Any = session.col.db
        models = [without_times(model) for model in session.col.models.all()]
        return [*(db.all(sql) for sql in CONTENTS), models], is_sound(session)


def without_times(value: Any) -> Any:
    """A note type without what differs whenever it is made or changed."""
    if isinstance(value, list):
        return [without_times(item) for item in value]
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if key not in TIMES}
    return value


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_a_killed_action_is_done_or_not(
    tmp_path: Path, begun: tuple[Path, dict[str, Any]], case: Case
) -> None:
    folder, there = begun
    action, params = case[0], case[1](there)
    before, _ = found(_copy(folder, tmp_path / "before"))
    states, calls, lived = [], 0, False
    while not lived:
        path = _copy(folder, tmp_path / str(calls))
        lived = survived(path, action, params, calls)
        state, sound = found(path)
        assert sound, f"killed before call {calls}"
        states.append(state)
        calls += 1
    assert calls > 1
    after = states[-1]
    assert (after != before) == (params.get("findText") != "F")
    for number, state in enumerate(states):
        assert state in (before, after), f"half done when killed before call {number}"


def _copy(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target / "collection.anki2"
