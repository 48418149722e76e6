"""A write, looked at before and after, and taken back: what the journal does, in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ankish.runtime.inverse.model import Backend, Call, Inverse, Verdict
from ankish.runtime.inverse.table import lookup
from tests.inverse.place import Place, Refused


@dataclass
class Journey:
    """What was seen on the way.

    * **error** - what Anki said if it refused.
    * **renamed** - what had other ids after it was taken back.
    """

    inverse: Inverse
    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)
    result: Any = None
    error: str | None = None
    renamed: list[tuple[str, Any, Any]] = field(default_factory=list)

    def verdict(self, params: dict[str, Any]) -> Verdict:
        """What became of the write."""
        return self.inverse.verdict(params, self.before, self.after, self.result)


def look(place: Place, calls: Sequence[Call]) -> list[Any]:
    """The answers to reads, None for one that is refused."""
    return [_answer(place, call) for call in calls]


def _answer(place: Place, call: Call) -> Any:
    try:
        return place.ask(call.action, **call.params)
    except Refused:
        return None


def do(place: Place, action: str, params: dict[str, Any]) -> Journey:
    """Carry an action out."""
    inverse = lookup(action, Backend(place.embedded))
    assert inverse is not None
    journey = Journey(inverse)
    first = look(place, inverse.image(params))
    journey.before = [*first, *look(place, inverse.more(params, first))]
    try:
        journey.result = place.ask(action, **params)
    except Refused as refusal:
        journey.error = str(refusal)
    journey.after = look(place, inverse.again(params, journey.before))
    return journey


def take_back(place: Place, params: dict[str, Any], journey: Journey) -> None:
    """Take it back. Nobody else has changed anything, so what there was is what is to be."""
    inverse, done = journey.inverse, []
    now = look(place, inverse.again(params, journey.before))
    calls = inverse.undo(params, journey.before, now, journey.result)
    while calls:
        for call in calls:
            if call.action in inverse.may_fail:
                done.append((call, _answer(place, call)))
            else:
                done.append((call, place.ask(call.action, **call.params)))
        calls = inverse.further(params, journey.before, now, done)
    if done:
        journey.renamed = inverse.renamed(params, journey.before, now, done)
