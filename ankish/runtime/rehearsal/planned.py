"""What a dry run gives: plain data, and whether two of them are the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from ankish.data import dataclass, field
from ankish.diagnostics.model import Diagnostic
from ankish.runtime.journal.log import row
from ankish.runtime.journal.merge import Change, steady
from ankish.runtime.rehearsal.words import Known

NEW_ID = 10**12
"""Ids are milliseconds since 1970: what is made anew has one from here on."""


@dataclass(slots=True)
class Planned:
    """A write that would be sent.

    * **params** - without secrets. **place** - where it stands in the program.
    * **items** - how many notes, cards or others it is for.
    * **changes** - what would be different; None if that is not known before.
    * **before** - the answers to the reads that show what it changes.
    * **undo**, **why** - what takes it back, in words, or else why nothing does.
    """

    action: str
    params: dict[str, Any]
    place: tuple[int, int]
    items: int
    changes: list[Change] | None
    before: list[Any] | None
    result: Any = None
    undo: str | None = None
    why: str | None = None

    def data(self) -> dict[str, Any]:
        """It as JSON."""
        changes = None if self.changes is None else [row(change) for change in self.changes]
        return {
            "action": self.action,
            "params": self.params,
            "items": self.items,
            "changes": changes,
            "undo": self.undo,
            "irreversible": None if self.undo is not None else self.why,
        }


@dataclass(slots=True)
class Rehearsed:
    """What a program would do.

    * **exact** - whether it was done to a copy, so that what is different is what would be.
    * **files** - the files that it would write, **replaced** - those of them that are there;
      **removed** - those that it would remove.
    * **requests** - how many requests it would take, with those of the journal.
    * **problems** - what goes wrong, or where the dry run can't go on.
    * **known** - what the numbers in it stand for.
    """

    exact: bool
    writes: list[Planned] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    requests: int = 0
    problems: list[Diagnostic] = field(default_factory=list)
    known: Known = field(default_factory=Known)

    def data(self) -> dict[str, Any]:
        """It as JSON."""
        return {
            "writes": [write.data() for write in self.writes],
            "files": self.files,
            "replaced": self.replaced,
            "removed": self.removed,
            "requests": self.requests,
            "exact": self.exact,
            "problems": [problem.message for problem in self.problems],
        }

    def touched(self) -> list[Any]:
        """What it would send and what that would meet, in a form that can be compared.

        Ids of what is made on the way are others each time, so they go by their order.
        """
        made: dict[int, str] = {}
        found = []
        for write in self.writes:
            before = json.dumps(_numbered(steady(write.before), made), sort_keys=True)
            params = _numbered(write.params, made)
            found.append([write.action, params, sha256(before.encode()).hexdigest()])
            for each in _ids(write.result):
                made.setdefault(each, f"new {len(made) + 1}")
        return [*found, ["files", self.replaced, self.removed]]


def _numbered(value: Any, made: dict[int, str]) -> Any:
    if isinstance(value, dict):
        return {key: _numbered(each, made) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each, made) for each in value]
    return made.get(value, value) if isinstance(value, int) else value


def _ids(value: Any) -> Sequence[int]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, int) and each >= NEW_ID]
