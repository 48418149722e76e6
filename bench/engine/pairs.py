"""Two ways to do the same, and how long each takes."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.plain import plain
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.dbproxy import DBProxy

FEWEST, MOST, LONGEST = 5, 60, 1.0
"""Turns at least and at most, and the seconds after which there need not be more."""
SHORTEST = 0.004
"""Seconds that a reading is repeated for at least, so that the clock does not matter."""


@dataclass(frozen=True)
class Bench:
    """The collection that is measured on, and items in it to work with.

    `cards` and `notes` are all ids in order; `some` is every so many of them, spread over all.
    """

    session: Session
    engine: Engine
    cards: list[int]
    notes: list[int]

    @classmethod
    def on(cls, session: Session) -> Bench:
        """On an open session."""
        col = session.col
        cards, notes = sorted(col.find_cards("")), sorted(col.find_notes(""))
        return cls(session, Engine(session), list(cards), list(notes))

    @property
    def col(self) -> Collection:
        """Anki's collection; it is another one after the session was reopened."""
        return self.session.col

    @property
    def db(self) -> DBProxy:
        """Its database."""
        assert self.col.db is not None
        return self.col.db

    def ask(self, action: str, **params: Any) -> Any:
        """The result of an action. Raises `RuntimeError` if it fails."""
        answer: Any = self.engine.handle({"action": action, "version": 6, "params": params})
        if answer["error"] is not None:
            raise RuntimeError(f"{action}: {answer['error']}")
        return answer["result"]

    def some(self, ids: list[int], count: int) -> list[int]:
        """So many of the ids, spread evenly."""
        return ids[:: max(1, len(ids) // count)][:count]


@dataclass(frozen=True)
class Pair:
    """An action and the same by hand.

    * **name** - the action, and after a space what it is given. **why** - for a ratio above
      the limit: what the time goes to.
    * **before** - run before each, and not measured: it puts things where the change begins.
    * **reads** - nothing is changed: both must give the same.
    """

    name: str
    engine: Callable[[], Any]
    hand: Callable[[], Any]
    before: Callable[[], object] | None = None
    reads: bool = True
    why: str = ""


def measured(pair: Pair) -> tuple[float, float, float]:
    """The median seconds by hand and by the engine, and the median of their ratios.

    Seconds of the processor, in all threads: what else the machine does, and how long it
    waits for its disk, is the same for both and would only blur what is compared. They take
    turns, so that a slow moment hits both. Raises `RuntimeError` when two that read do not
    give the same.
    """
    _timed(pair.hand, pair.before, 1)  # the first one warms up
    times = max(1, int(SHORTEST / _timed(pair.hand, pair.before, 1)))
    if pair.reads and _same(result := pair.hand()) != _same(pair.engine()):
        raise RuntimeError(f"{pair.name}: by hand it is {result!r:.500}")
    hands: list[float] = []
    engines: list[float] = []
    begin = time.perf_counter()
    while len(hands) < FEWEST or (time.perf_counter() - begin < LONGEST and len(hands) < MOST):
        order = ("hand", "engine") if len(hands) % 2 else ("engine", "hand")
        took = {side: _timed(getattr(pair, side), pair.before, times) for side in order}
        hands.append(took["hand"])
        engines.append(took["engine"])
    hands, engines = hands[1:], engines[1:]  # the first turn warms up
    ratios = [engine / hand for hand, engine in zip(hands, engines, strict=True)]
    return statistics.median(hands), statistics.median(engines), statistics.median(ratios)


def _timed(work: Callable[[], Any], before: Callable[[], object] | None, times: int) -> float:
    """The mean of so many times; what runs before each does not count."""
    gc.collect()
    begin = time.process_time()
    aside = 0.0
    for _ in range(times):
        if before is not None:
            start = time.process_time()
            before()
            aside += time.process_time() - start
        work()
    return (time.process_time() - begin - aside) / times


def _same(result: Any) -> str:
    """A text that equal results share; the order of a list of ids means nothing."""
    value = plain(result)
    if isinstance(value, list) and value and all(type(item) is int for item in value):
        value = sorted(value)
    return json.dumps(value, sort_keys=True)
