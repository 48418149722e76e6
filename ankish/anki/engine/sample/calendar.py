"""Days of the calendar, as Anki counts them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

ROLLOVER = time(4)
"""A day begins at four in the morning, local time: Anki's default."""


class Calendar:
    """Puts the sample's moments on the calendar, so that day `today` is that of `now`."""

    def __init__(self, now: float, today: int) -> None:
        hours = timedelta(hours=ROLLOVER.hour)
        self._first: date = (datetime.fromtimestamp(now) - hours).date() - timedelta(days=today)
        self._starts = [self._start(day) for day in range(today + 1)]

    def _start(self, day: int) -> int:
        begin = datetime.combine(self._first + timedelta(days=day), ROLLOVER)
        return int(begin.timestamp())

    @property
    def created(self) -> int:
        """When the collection was made, in seconds."""
        return self._starts[0]

    def milliseconds(self, moment: int) -> int:
        """The time of a moment: milliseconds since the first day, in days of 24 hours."""
        day, rest = divmod(moment, 86_400_000)
        return self._starts[day] * 1000 + rest
