"""Days in words: what a number of days comes to, for those who pick one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

NEXT_DAY = timedelta(hours=4)
"""When a day begins for Anki, unless it is told otherwise."""

MOST = 20_000
"""Of more days than these no date is told."""

UNITS = ((7, "week"), (30, "month"), (365, "year"))


def today() -> date:
    """The day it is for Anki."""
    return (datetime.now() - NEXT_DAY).date()


def last_days(typed: str, now: date) -> Iterator[tuple[str, str]]:
    """Numbers of days that end today, each with since when: those that `typed` may mean.

    `3` may mean three days, weeks, months or years.
    """
    if not typed:
        yield "1", f"today, {told(now)}"
        for days in (2, 3, 7, 14, 30, 90, 365):
            yield str(days), _since(days, now)
    elif typed.isdecimal() and 0 < int(typed) <= MOST:
        number = int(typed)
        yield typed, f"today, {told(now)}" if number == 1 else _since(number, now)
        for days, unit in UNITS:
            if number * days <= MOST:
                plural = "s" * (number != 1)
                since = told(now - timedelta(number * days - 1))
                yield str(number * days), f"{number} {unit}{plural}: since {since}"


def due_days(typed: str, now: date) -> Iterator[tuple[str, str]]:
    """What can be said of when cards are due, as setDueDate takes it, that begins with `typed`."""
    if not typed:
        for days in ("0", "1", "7", "30", "1-7", "0!"):
            yield from _due(days, now)
        return
    yield from _due(typed, now)
    if typed.isdecimal():
        for more in (f"{typed}-{int(typed) + 7}", f"{typed}!"):
            yield from _due(more, now)


def _due(text: str, now: date) -> Iterator[tuple[str, str]]:
    match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?(!?)", text)
    days = [int(each) for each in match.groups()[:2] if each] if match else []
    if not match or max(days) > MOST:
        return
    first = now + timedelta(days[0])
    doc = {0: f"today, {told(first)}", 1: f"tomorrow, {told(first)}"}.get(
        days[0], f"in {days[0]} days, {told(first)}"
    )
    if len(days) == 2:
        doc = f"a day between {told(first)} and {told(now + timedelta(days[1]))}"
    yield text, f"{doc}; the interval too" if match[3] else doc


def on(days: int, now: date) -> str:
    """The day that is so many days from now; empty if it is too far."""
    return told(now + timedelta(days)) if abs(days) <= MOST else ""


def told(day: date) -> str:
    """A day as it is shown: `Sun 2026-11-29`."""
    return f"{day:%a} {day.isoformat()}"


def _since(days: int, now: date) -> str:
    return f"the last {days} days, since {told(now - timedelta(days - 1))}"
