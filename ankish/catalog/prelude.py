"""The short verbs of the prelude, `scripts/prelude.ank`; a test holds the two together.

The names are here so that the file is only read for a program that uses one of them.
"""

from __future__ import annotations

PRELUDE = frozenset({"move", "tag", "untag", "due", "forget", "delete", "info"})
