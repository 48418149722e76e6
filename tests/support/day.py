"""Texts that hold ids of the sample collection, as they would be on one certain day.

The sample's days are counted from the present, so the ids in it, which are times, are other
ones every day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

DAY = date(2026, 11, 23)
"""The day on which texts that are kept were made."""

ROLLOVER = timedelta(hours=4)


def anki_day() -> date:
    """Today, as Anki counts days: until four in the morning it is still yesterday."""
    return (datetime.now() - ROLLOVER).date()


def as_kept(text: str) -> str:
    """A text of today with each id (13 digits) as it was on `DAY`, in UTC."""
    later = anki_day() - DAY

    def then(match: re.Match[str]) -> str:
        seconds, rest = divmod(int(match[0]), 1000)
        moment = datetime.fromtimestamp(seconds) - later
        return f"{int(moment.replace(tzinfo=timezone.utc).timestamp())}{rest:03}"

    return re.sub(r"\b1[0-9]{12}\b", then, text)
