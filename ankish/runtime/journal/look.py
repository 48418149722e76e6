"""What is looked at before a write: what it changes, and whether it does what nobody wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ankish.analysis.guards import Fault
from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import Inverse
from ankish.runtime.inverse.wary import WARY, absent
from ankish.runtime.journal.records import Write

SENSELESS = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What parameters that make no sense lead to; they are for Anki to refuse."""


class Look:
    """The look before one write.

    * **reads** - what is asked.
    * **wary** - of these, what tells whether it does what nobody wants.
    """

    def __init__(self, inverse: Inverse | None, call: Outgoing) -> None:
        self.inverse = inverse
        self.call = call
        self._image = _image(inverse, call)
        self.wary = _wary(inverse, call)
        self.reads = [*(self._image or ()), *self.wary]
        self._before: Sequence[Any] = ()
        self._told: Sequence[Any] = ()

    def hear(self, answers: Sequence[Any]) -> None:
        """Take in the answers to `reads`."""
        own = len(self._image or ())
        self._before, self._told = answers[:own], answers[own:]

    def more(self) -> list[Outgoing]:
        """What is read once the image is known."""
        try:
            return self.inverse.more(self.call.params, list(self._before)) if self.inverse else []
        except SENSELESS:
            return []

    def settle(self, write: Write, second: Sequence[Any]) -> None:
        """Have a write know what was there before it, with the answers to `more`.

        It knows nothing where that is not known of its action, or if its parameters have a form
        that its inverse does not know: these are for Anki to refuse.
        """
        if self.inverse is None or self._image is None:
            return
        before = [*self._before, *second]
        try:
            again = self.inverse.again(self.call.params, before)
        except SENSELESS:
            return
        if len(again) == len(before):
            write.before, write.again = before, again

    def faults(self, here: bool, embedded: bool) -> Iterator[Fault]:
        """What the write would do that nobody wants, as far as the answers tell.

        `here`: files that it names are on this machine.
        """
        try:
            if here:
                yield from absent(self.call.params, embedded)
            if self._told:
                yield from WARY[self.call.action].faults(self.call.params, self._told)
        except SENSELESS:
            return


def _image(inverse: Inverse | None, call: Outgoing) -> list[Outgoing] | None:
    try:
        return inverse.image(call.params) if inverse is not None else None
    except SENSELESS:
        return None


def _wary(inverse: Inverse | None, call: Outgoing) -> list[Outgoing]:
    """What is read before a write since it may do what nobody wants."""
    try:
        known = WARY.get(call.action) if inverse is not None else None
        return known.reads(call.params) if known is not None else []
    except SENSELESS:
        return []
