"""The look at what is written next, in the request that goes before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ankish.catalog.traffic import PER_ITEM, PER_ITEM_ELSE
from ankish.runtime.chunks import Outgoing
from ankish.runtime.coming import FINDS, Coming
from ankish.runtime.inverse.model import Inverse
from ankish.runtime.journal.images import Images
from ankish.runtime.journal.known import WHERE, Known
from ankish.runtime.protocols import Answer

LONGEST = 0.05
"""How many seconds more a request may take by it: a look that takes longer goes by itself."""
LARGEST = 60_000
"""How many bytes larger a request may be by it."""
SLOW = ("re:", "nc:")
"""Terms that Anki takes up to 200 ms for in a large collection: not asked twice."""


class Ahead:
    """The reads that look at writes to come.

    * **calls** - what is to be sent with the request before them; no look if that costs too much.
    """

    def __init__(
        self,
        coming: Sequence[Coming],
        inverse: Callable[[str], Inverse | None],
        reads: Callable[[Inverse | None, Outgoing], list[Outgoing]],
        where: bool = False,
    ) -> None:
        """With `where`, which collection it is is asked in any case: nobody knows it yet."""
        plain = [each.call for each in coming if not each.of]
        self._images = Images(reads(inverse(call.action), call) for call in plain)
        self._sought: list[tuple[Coming, list[Outgoing]]] = []
        for each in coming:
            known = inverse(each.call.action)
            if each.of and known is not None and not any(slow in each.search for slow in SLOW):
                sought = known.sought(each.call.params, each.search)
                if sought is not None:
                    self._sought.append((each, sought))
        looks = [*self._images.calls, *(read for _, some in self._sought for read in some)]
        self.calls = [WHERE, *looks] if coming or where else []
        seconds = sum(call.items * PER_ITEM.get(call.action, PER_ITEM_ELSE) for call in looks)
        if seconds > LONGEST or sum(call.size for call in looks) > LARGEST:
            self.calls, self._images, self._sought = [WHERE] if where else [], Images([]), []

    def hear(
        self, known: Known, sent: Sequence[Outgoing], replies: Sequence[Answer], said: Sequence[Any]
    ) -> None:
        """Have `known` take in what was `said` to the calls, and what was asked with them."""
        for call, answer in zip(self.calls, said, strict=True):
            known.hear(call, answer)
        if not self.calls:
            return
        left = iter(said[1 + len(self._images.calls) :])
        for coming, reads in self._sought:
            answers = [next(left) for _ in reads]
            for call, reply in zip(sent, replies, strict=True):
                if FINDS.get(call.action) == coming.of and call.params == {"query": coming.search}:
                    known.seek(coming, reply.result, answers)
