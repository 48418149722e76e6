"""The look at what is written next, in the request that goes before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ankish.catalog.traffic import PER_ITEM, PER_ITEM_ELSE, SLOW_TERMS
from ankish.runtime.chunks import Outgoing
from ankish.runtime.coming import FINDS, Coming
from ankish.runtime.inverse.model import Inverse
from ankish.runtime.journal.images import Images
from ankish.runtime.journal.known import WHERE, Known
from ankish.runtime.journal.look import Look
from ankish.runtime.protocols import Answer

NOTHING: Mapping[int, Look] = MappingProxyType({})

LONGEST = 0.05
"""How many seconds more a request may take by it: a look that takes longer goes by itself."""
LARGEST = 60_000
"""How many bytes larger a request may be by it."""
CHEAP = 0.01
"""How many seconds a look may take at writes that perhaps go in the request after the next one."""


class Ahead:
    """The reads that look at writes to come.

    * **calls** - what is to be sent with the request before them; no look if that costs too much.
    * **many** - at how many of the writes it looks.
    * **looks** - the look at each, by the identity of its action.
    """

    def __init__(
        self,
        inverse: Callable[[str], Inverse | None],
        coming: Sequence[Coming],
        least: int,
        decks: Sequence[str] = (),
        looks: Mapping[int, Look] = NOTHING,
        where: bool = False,
    ) -> None:
        """`least` is how many of the writes go in the next request at the least; `decks` are those
        that there are, as far as anybody knows without asking; `looks` are some that are known.
        With `where`, which collection it is is asked in any case: nobody knows it yet.
        """
        self.many = 0
        self.looks: dict[int, Look] = {}
        self._sought: list[tuple[Coming, list[Outgoing]]] = []
        wanted: list[list[Outgoing]] = []
        seconds = 0.0
        for each in coming:
            look = looks.get(id(each.call)) or Look(inverse(each.call.action), each.call)
            if each.of:
                sought = self._found_by(each, look, decks)
                wanted.append(look.wary if sought is not None else [])
                self._sought += [(each, sought)] if sought is not None else []
            else:
                wanted.append(look.reads)
                seconds += _seconds(look.reads)
            if self.many >= least and seconds > CHEAP:
                wanted.pop()
                break
            self.looks[id(each.call)] = look
            self.many += 1
        self._images = Images(wanted)
        reads = [*self._images.calls, *(read for _, some in self._sought for read in some)]
        self.calls = [WHERE, *reads] if coming or where else []
        if _seconds(reads) > LONGEST or sum(read.size for read in reads) > LARGEST:
            self.calls, self._images, self._sought = [WHERE] if where else [], Images([]), []
            self.many = least

    @staticmethod
    def _found_by(each: Coming, look: Look, decks: Sequence[str]) -> list[Outgoing] | None:
        """What is asked by the search that finds what a write is for."""
        if look.inverse is None or any(slow in each.search for slow in SLOW_TERMS):
            return None
        return look.inverse.sought(each.call.params, each.search, decks)

    def hear(
        self, known: Known, sent: Sequence[Outgoing], replies: Sequence[Answer], said: Sequence[Any]
    ) -> None:
        """Have `known` take in what was `said` to the calls, and what was asked with them."""
        for call, answer in zip(self.calls, said, strict=True):
            known.hear(call, answer)
        left = iter(said[1 + len(self._images.calls) :])
        for coming, reads in self._sought:
            told = [(read, next(left)) for read in reads]
            for call, reply in zip(sent, replies, strict=True):
                if FINDS.get(call.action) == coming.of and call.params == {"query": coming.search}:
                    known.seek(coming, reply.result, told)


def _seconds(reads: Iterable[Outgoing]) -> float:
    return sum(read.items * PER_ITEM.get(read.action, PER_ITEM_ELSE) for read in reads)
