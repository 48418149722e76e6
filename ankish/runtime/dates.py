"""Days and times: texts in ISO 8601, in the time zone of this machine.

A day is `2026-11-24`, a moment `2026-11-24T09:30:00`. As texts they compare and sort as days and
moments do, stand in csv and JSON as they are, and need no type of their own.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

MILLISECONDS = 100_000_000_000
"""A number from here on is milliseconds since 1970, as ids of notes, cards and reviews are: as
seconds it would be in the year 5138."""
SECONDS = 100_000_000
"""A smaller number is no time: as seconds it would be before 1973. `due` of a review card, a day
counted from the collection's first one, is such a number."""

ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)


class NotATime(ValueError):
    """A value that stands for no day and no moment."""


def moment(value: Any) -> datetime:
    """The moment that a value stands for, in local time, to the second.

    A number is seconds or milliseconds since 1970, a text is ISO 8601; a day is its midnight.
    Raises `NotATime`.
    """
    try:
        if isinstance(value, str):
            return _read(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= SECONDS:
            seconds = value / 1000 if value >= MILLISECONDS else value
            return datetime.fromtimestamp(int(seconds))
    except (ValueError, OverflowError, OSError):
        pass
    raise NotATime


def _read(text: str) -> datetime:
    found = ISO.fullmatch(text)
    if found is None:
        raise NotATime
    zone = (found["zone"] or "").replace("Z", "+00:00")
    if zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    read = datetime.fromisoformat(f"{found['day']}T{found['time'] or '00:00'}{zone}")
    return read.astimezone().replace(tzinfo=None) if zone else read


def today() -> str:
    """The day it is."""
    return date.today().isoformat()


def now() -> str:
    """The moment it is."""
    return datetime.now().isoformat(timespec="seconds")


def day(value: Any, days: int = 0) -> str:
    """The day of a moment, or so many days after it."""
    try:
        return (moment(value).date() + timedelta(days=days)).isoformat()
    except OverflowError:
        raise NotATime from None


def whole(value: Any) -> str:
    """A moment as a text."""
    return moment(value).isoformat(timespec="seconds")


def between(start: Any, end: Any) -> int:
    """How many days lie between two, by the calendar."""
    return (moment(end).date() - moment(start).date()).days


def seconds(value: Any) -> int:
    """A moment as seconds since 1970."""
    try:
        return int(moment(value).timestamp())
    except (OverflowError, OSError):
        raise NotATime from None


def formatted(value: Any, pattern: str) -> str:
    """A moment as a pattern of `strftime` says."""
    return moment(value).strftime(pattern)
