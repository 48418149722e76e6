"""Each action of the engine beside the same call made by hand on Anki's library.

A collection of 100,000 notes, made by Anki's library; both sides work on the same open
collection, in turns. By hand means: what a programmer who knows the library writes for the
same result or change, with the same care for ids that don't exist, and nothing around it.
"""

from __future__ import annotations

from pathlib import Path

from bench.engine import collection, notes, reads, scheduling, small, state, structure
from bench.engine.pairs import Bench, Pair, measured
from bench.table import Table

LIMIT = 1.2
"""The ratio to the call by hand that an action should keep to."""
REQUEST = 0.00003
"""Seconds that the request itself may take besides: it is read, checked, and its answer copied."""
NOTES = 100_000

NOTHING_TO_COMPARE = frozenset(
    "apiReflect getActiveProfile getProfiles loadProfile multi requestPermission sync syncLogin"
    " syncLogout version".split()
)
"""Actions that ask the library nothing, or that wait for a network."""

COLUMNS = ("action, with how many items", "by hand, ms", "engine, ms", "times", "at most")


def run() -> Table:
    """Measure all of them; takes about five minutes."""
    return measure(NOTES)


def measure(size: int, only: str = "") -> Table:
    """Measure the actions whose name begins with `only` on a collection of `size` notes."""
    from ankish.anki.engine.session import Session
    from bench.machine import scratch

    folder = scratch() / "engine"
    folder.mkdir(exist_ok=True)
    with Session.open(collection.make(Path(folder), size)) as session:
        bench = Bench.on(session)
        # What renames fields comes after what puts notes back as they were.
        modules = (reads, notes, scheduling, state, structure, small)
        pairs = [pair for module in modules for pair in module.pairs(bench)]
        found = {pair: measured(pair) for pair in pairs if pair.name.startswith(only)}
        left = set() if only else _not_measured(pairs)
    notes_below = [
        "milliseconds of the processor, medians of turns taken by both; beyond"
        f" {LIMIT:g} times an action may take {REQUEST * 1e6:g} µs, for the request is read and"
        " checked, and its answer copied",
        *_reasons([pair for pair, times in found.items() if not _keeps(*times)]),
    ]
    for names, why in (
        (left & NOTHING_TO_COMPARE, "since they ask the library nothing, or wait for a network"),
        (left - NOTHING_TO_COMPARE, "since nothing by hand was written beside them yet"),
    ):
        if names:
            notes_below.append(f"not measured, {why}: {', '.join(sorted(names))}")
    rows = tuple(_row(pair, *times) for pair, times in found.items())
    return Table(COLUMNS, rows, tuple(notes_below))


def _reasons(pairs: list[Pair]) -> list[str]:
    """What the time of those beyond the limit goes to, once for all that it holds for."""
    of_each: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.why:
            of_each.setdefault(pair.why, []).append(pair.name)
    return [f"{', '.join(names)}: {why}" for why, names in of_each.items()]


def _keeps(hand: float, engine: float, ratio: float) -> bool:
    """Whether an action keeps to the limit."""
    return ratio <= LIMIT or engine <= LIMIT * hand + REQUEST


def _row(pair: Pair, hand: float, engine: float, ratio: float) -> tuple[str, ...]:
    verdict = "✓" if _keeps(hand, engine, ratio) else "✗"
    return pair.name, _ms(hand), _ms(engine), f"{ratio:.2f}", f"{LIMIT:g} {verdict}"


def _not_measured(pairs: list[Pair]) -> set[str]:
    """The actions that no pair stands for, but for those of Anki's windows."""
    from ankish.anki.engine.registry import ACTIONS, WINDOW

    return set(ACTIONS) - WINDOW - {pair.name.split()[0].strip(",") for pair in pairs}


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3g}"
