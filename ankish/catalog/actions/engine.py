"""Actions that only the embedded engine answers; AnkiConnect has none of them.

There are none yet. A row is written as in the other tables:

    engine("rebuildFilteredDeck", WRITE, "Fill a filtered deck anew", …)
"""

from __future__ import annotations

from ankish.catalog.actions.table import Family
from ankish.catalog.model import Command, Side

engine = Family("engine", Side.ENGINE)

ACTIONS: tuple[Command, ...] = ()
