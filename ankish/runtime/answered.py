"""What an answer comes to: its result, or the error that it tells.

areDue and getIntervals refuse all cards for one that does not exist, or that was never answered.
Then they are asked for ever smaller parts, and only those cards get null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ankish.anki.protocol import NO_SUCH_ROW
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.diagnostics.text import counted
from ankish.plan import model as m
from ankish.runtime.chunks import Outgoing
from ankish.runtime.failing import placed
from ankish.runtime.protocols import Answer, Target

ALL_OR_NOTHING = frozenset({"areDue", "getIntervals"})
"""Reads that are refused for all cards because of one."""
DEFAULT = (1, "1")
"""The id of the deck Default, as a request may have it."""
TOGETHER = 100
"""So many parts are asked for in one request."""
SHOWN = 10
"""So many cards are named."""


def result_of(
    target: Target,
    notice: Callable[[Diagnostic], object],
    ask: m.Ask,
    call: Outgoing,
    answer: Answer,
) -> Any:
    """The result of a call. Raises `AnkishError` if it was refused, or gives false for that.

    What is not in the result, and should be, is told by `notice`.
    """
    if answer.error is not None:
        if ask.action in ALL_OR_NOTHING and answer.error == NO_SUCH_ROW:
            return _in_parts(target, notice, ask, call)
        raise placed(target.refused(ask.action, answer.error), ask.span)
    if answer.result is False and ask.command is not None and ask.command.false_means:
        why = ask.command.false_means
        raise placed(kinds.NOT_DONE.error(ask.span, action=ask.action, why=why), ask.span)
    unknown = ask.action == "deckNameFromId" and call.params.get("deckId") not in DEFAULT
    if unknown and ask.command is not None and answer.result == "Default":
        # Anki gives the deck Default for one that does not exist. `call` gives the raw answer.
        why = "there is no deck with this id"
        raise placed(kinds.NOT_DONE.error(ask.span, action=ask.action, why=why), ask.span)
    return answer.result


def _in_parts(
    target: Target, notice: Callable[[Diagnostic], object], ask: m.Ask, call: Outgoing
) -> list[Any]:
    """What is told of each card, null for those that the rest is refused for."""
    cards = list(call.params["cards"])
    found: dict[Any, Any] = {}
    parts = [list(dict.fromkeys(cards))]
    while parts:
        parts = [half for part in parts for half in _halves(part)]
        refused = []
        for part, answer in _asked(target, call, parts):
            if answer.error is None:
                found.update(zip(part, answer.result, strict=True))
            elif answer.error != NO_SUCH_ROW:
                raise placed(target.refused(ask.action, answer.error), ask.span)
            elif len(part) > 1:
                refused.append(part)
        parts = refused
    failed = [card for card in dict.fromkeys(cards) if card not in found]
    [known] = target.exchange([Outgoing("areSuspended", {"cards": failed})])
    there = [
        card for card, is_so in zip(failed, known.result or (), strict=False) if is_so is not None
    ]
    gone = [card for card in failed if card not in there]
    said: dict[str, Any] = {
        "action": ask.action,
        "few": len(failed),
        "count": counted(len(failed), "card"),
        "total": len(dict.fromkeys(cards)),
        "gone": _named(gone) or None,
        "there": _named(there) or None,
    }
    if not found:
        raise placed(kinds.NOTHING_TOLD.error(ask.span, **said), ask.span)
    notice(kinds.NOT_TOLD(ask.span, **said))
    return [found.get(card) for card in cards]


def _halves(part: list[Any]) -> Iterator[list[Any]]:
    middle = (len(part) + 1) // 2
    yield from (half for half in (part[:middle], part[middle:]) if half)


def _asked(
    target: Target, call: Outgoing, parts: Sequence[list[Any]]
) -> Iterator[tuple[list[Any], Answer]]:
    for at in range(0, len(parts), TOGETHER):
        some = parts[at : at + TOGETHER]
        calls = [Outgoing(call.action, {**call.params, "cards": part}) for part in some]
        yield from zip(some, target.exchange(calls), strict=True)


def _named(cards: Sequence[Any]) -> str:
    more = f" and {len(cards) - SHOWN:,} more" if len(cards) > SHOWN else ""
    return ", ".join(map(str, cards[:SHOWN])) + more
