"""Many actions over one card or note each, as one over all of them.

One `addTags` of 100 notes takes as long as one of a single note. The order of writes is kept
wherever it can matter: what is put together never passes another write to the same card or
note.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ankish.catalog.traffic import AGAIN_IS_THE_SAME, ALIGNED, BESIDE, PLURAL
from ankish.data import dataclass, field
from ankish.runtime.chunks import Outgoing


@dataclass
class Together:
    """One action in place of several.

    * **members** - which of them, by their places, with how many ids each brought.
    """

    outgoing: Outgoing
    members: list[tuple[int, int]] = field(default_factory=list)

    def shares(self, result: Any) -> list[tuple[int, Any]]:
        """What each member gets of the result, with its place."""
        if len(self.members) == 1 or self.outgoing.action not in ALIGNED:
            return [(place, result) for place, _ in self.members]
        shares, start = [], 0
        for place, count in self.members:
            shares.append((place, result[start : start + count]))
            start += count
        return shares


def together(calls: Sequence[Outgoing | None], reads: bool) -> list[Together]:
    """Calls of one action, as few as come to the same; places without a call are left out.

    `reads`: the action changes nothing, so that the same call is made once.
    """
    gathering = _Gathering(reads)
    for place, call in enumerate(calls):
        if call is not None:
            gathering.add(place, call)
    return gathering.made


class _Gathering:
    """Calls that are put together, by what they have in common."""

    def __init__(self, reads: bool) -> None:
        self.reads = reads
        self.made: list[Together] = []
        self._open: dict[str, Together] = {}
        self._taken: set[int] = set()

    def add(self, place: int, call: Outgoing) -> None:
        """One call more."""
        lists = _aligned_lists(call)
        if lists is None:
            self._group(call, {}, alone=not self.reads).members.append((place, 0))
            return
        name, ids = next(iter(lists.items()))
        if not self.reads:
            lists = self._kept(call, lists)
        group = self._group(call, lists)
        for key, items in lists.items():
            group.outgoing.params[key].extend(items)
        self._taken.update(ids)
        group.members.append((place, len(lists[name])))

    def _kept(self, call: Outgoing, lists: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """What is new of a write's ids; those that were there end what is being gathered."""
        name, ids = next(iter(lists.items()))
        if call.action in AGAIN_IS_THE_SAME:
            ids = list(dict.fromkeys(ids))
        if self._taken.intersection(ids):
            same = self._open.get(_key(call, lists))
            if call.action in AGAIN_IS_THE_SAME and same is not None and len(self._open) == 1:
                ids = [each for each in ids if each not in self._taken]
            else:
                self._open, self._taken = {}, set()
        return {**lists, name: ids}

    def _group(self, call: Outgoing, lists: dict[str, list[Any]], alone: bool = False) -> Together:
        """What a call goes with."""
        key = _key(call, lists)
        if alone or key not in self._open:
            if lists:
                call = Outgoing(call.action, {**call.params, **{name: [] for name in lists}})
            self._open[key] = Together(call)
            self.made.append(self._open[key])
        return self._open[key]


def _aligned_lists(call: Outgoing) -> dict[str, list[Any]] | None:
    """The ids that a call is over, and what goes with them one by one; None without."""
    name = ALIGNED.get(call.action) or PLURAL.get(call.action)
    names = [each for each in (name, BESIDE.get(call.action)) if each is not None]
    lists = {each: call.params[each] for each in names if isinstance(call.params.get(each), list)}
    if not lists or len(lists) < len(names) or len({len(each) for each in lists.values()}) > 1:
        return None
    plain = {*map(type, lists[names[0]])} <= {int}
    return lists if plain else None


def _key(call: Outgoing, lists: dict[str, list[Any]]) -> str:
    """What calls that can be put together have in common."""
    others = {key: value for key, value in call.params.items() if key not in lists}
    return json.dumps(others, sort_keys=True)
