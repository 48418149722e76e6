"""What a program writes next, as far as it is known before: so that the journal can look at it
in the request that goes before it, and takes none of its own.

It is a guess. A step that fails or a condition may stand in the way, and then the look was for
nothing; where something else comes, it is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ankish.data import dataclass, replace
from ankish.diagnostics.model import AnkishError
from ankish.plan import model as m
from ankish.runtime.asking import calls_of, params_of
from ankish.runtime.chunks import ACTIONS, Outgoing, parts
from ankish.runtime.evaluate import evaluate
from ankish.runtime.pace import Pace
from ankish.runtime.protocols import Target

Frame = dict[int, Any]

FINDS = {"findNotes": "notes", "findCards": "cards"}
"""Searches, and the parameter of a write that takes what they find."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A write that comes next.

    * **search** - what is asked in the same request as the look, if that finds what the write
      is for: then its parameter **of** is not there yet.
    """

    call: Outgoing
    of: str = ""
    search: str = ""


def coming(
    asks: Sequence[m.Ask], steps: Sequence[m.Step], frames: Sequence[Frame], plural: bool
) -> list[Coming]:
    """The writes of the next request of `steps`, while `asks` are not answered yet."""
    inner = [dict(frame) for frame in frames]
    searches: dict[int, tuple[str, str]] = {}
    try:
        for ask in asks:
            if ask.action in FINDS and len(frames) == 1 and [*ask.params] == ["query"]:
                searches[ask.slot] = FINDS[ask.action], params_of(ask, frames[0])["query"]
            for frame in inner:
                frame.pop(ask.slot, None)
        return _next(steps, inner, searches, plural)
    except (AnkishError, KeyError):  # it needs an answer, or will go wrong in its own time
        return []


def foretell(
    target: Target,
    pace: Pace,
    waiting: Sequence[Outgoing],
    whose: Sequence[m.Ask],
    at: int,
    then: Callable[[], list[Coming]],
) -> int:
    """Tell the target what is written after the request that ends before `at`: what is `waiting`,
    or `then`. Where the next request ends, which has no more in it than what is looked at.
    """
    if at == len(waiting):
        later = then()
        calls = [each.call for each in later]
        far = pace.next(calls, 0, ACTIONS)
        target.foresee(later[:far], pace.next(calls, 0))
        return at
    end, far = pace.next(waiting, at), pace.next(waiting, at, ACTIONS)
    writes = zip(waiting[at:far], whose[at:far], strict=True)
    later = [Coming(call) for call, ask in writes if ask.effect.changes]
    if len(later) < far - at:  # reads are among them: these are sent as they come
        later = later[: end - at]
    return max(end, at + target.foresee(later, end - at))


def _next(
    steps: Sequence[m.Step],
    frames: list[Frame],
    searches: dict[int, tuple[str, str]],
    plural: bool,
) -> list[Coming]:
    for step in steps:
        if isinstance(step, m.Make):
            for frame in frames:
                frame[step.slot] = evaluate(step.value, frame)
        elif isinstance(step, m.Exchange):
            writes = [ask for ask in step.asks if ask.effect.changes]
            return [each for ask in writes for each in _write(ask, frames, searches, plural)]
        elif isinstance(step, m.Loop) and len(frames) == 1:
            items = evaluate(step.items, frames[0])
            first = [{**frames[0], step.item: item} for item in items[:1]]
            return _next(step.body, first, searches, plural) if first else []
        elif not isinstance(step, m.Show):
            break
    return []


def _write(
    ask: m.Ask, frames: list[Frame], searches: dict[int, tuple[str, str]], plural: bool
) -> list[Coming]:
    for name, written in ask.params.items():
        if isinstance(written, m.Ref) and written.slot in searches:
            of, search = searches[written.slot]
            if name != of:
                return []
            rest = {key: value for key, value in ask.params.items() if key != name}
            params = params_of(replace(ask, params=rest), frames[0])
            return [Coming(Outgoing(ask.action, params), of, search)]
    made = calls_of(ask, frames, plural)
    return [Coming(part) for each in made for part in parts(each.outgoing)]
