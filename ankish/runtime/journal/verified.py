"""What became of writes: Anki's word for it is not enough.

AnkiConnect passes over ids that do not exist and fields that a note does not have, and says
null or true all the same. So what was asked for is compared with what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Effect
from ankish.data import dataclass, field, replace
from ankish.diagnostics.kinds import journal as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.diagnostics.text import counted
from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import DONE, NOT_DONE, PARTLY, Inverse, Verdict
from ankish.runtime.journal import records as r
from ankish.runtime.journal.merge import same

SHOWN = 10
"""How many ids a message names."""


def judged(
    sent: r.Sent,
    actions: Sequence[Outgoing],
    inverses: Sequence[Inverse | None],
    checks: Sequence[list[Any]] = (),
) -> None:
    """Give each write of an answered request its verdict; `checks` are what `checked` is told."""
    shared = _shared(sent)
    every = [*checks, *([[]] * (len(actions) - len(checks)))]
    for write, call, inverse, told in zip(sent.writes, actions, inverses, every, strict=True):
        assert write.reply is not None
        result, error = write.reply
        if error is not None:
            write.verdict = _refused(write)
        elif inverse is not None and write.before is not None:
            found = inverse.verdict(call.params, write.before, write.after, result)
            found = _as_asked(found) if id(write) in shared else _cautious(write, found)
            write.verdict = inverse.checked(call.params, result, told, found) if told else found


def _shared(sent: r.Sent) -> set[int]:
    """The writes of a request that are about the same as others in it.

    What the reads say then is what came of all of them, and not what one of them did.
    """
    if len(sent.writes) < 2:
        return set()
    if any(_deletes(write.action) for write in sent.writes):
        return {id(write) for write in sent.writes}  # what it deletes may be anything
    about: dict[str, list[int]] = {}
    for write in sent.writes:
        for value in write.params.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, int) and not isinstance(item, bool):
                    about.setdefault(str(item), []).append(id(write))
                elif isinstance(item, dict):
                    for each in (item[key] for key in ("id", "cardId") if key in item):
                        about.setdefault(str(each), []).append(id(write))
    return {each for writes in about.values() if len(writes) > 1 for each in writes}


def _cautious(write: r.Write, found: Verdict) -> Verdict:
    """A verdict, but not that nothing was done where something has changed: undo looks at it."""
    if found.state != NOT_DONE or write.after is None or _unchanged(write):
        return found
    return replace(found, state=PARTLY)


def _unchanged(write: r.Write) -> bool:
    """Whether all is as it was. The look afterwards may ask for more tables, that have nothing."""
    return same(_without_empty(write.before), _without_empty(write.after))


def _without_empty(answers: Sequence[Any] | None) -> list[Any]:
    return [
        {name: each for name, each in answer.items() if each != {}}
        if isinstance(answer, dict)
        else answer
        for answer in answers or ()
    ]


def _deletes(action: str) -> bool:
    command = COMMANDS.get(action)
    return command is None or command.effect is Effect.DESTRUCTIVE


def _as_asked(found: Verdict) -> Verdict:
    """A verdict without what another write of the same request may have done."""
    return replace(
        found,
        state=PARTLY if found.missing else DONE,
        ignored=(),
        done=found.asked - len(found.missing),
    )


def _refused(write: r.Write) -> Verdict:
    """What was refused has usually not happened; updateNote and others stop in the middle."""
    known = write.before is not None and write.after is not None
    if known and not _unchanged(write):
        return Verdict(PARTLY, why="Anki refused it, and part of it was done all the same")
    return Verdict(NOT_DONE, done=0)


@dataclass(slots=True)
class Shortfalls:
    """What was not done of what Anki said was done, by place and action."""

    found: dict[tuple[str, tuple[int, int]], list[Verdict]] = field(default_factory=dict)
    _short: set[tuple[str, tuple[int, int]]] = field(default_factory=set)

    def note(self, sent: r.Sent) -> None:
        """Take in the verdicts of a request. What was refused outright is an error of its own."""
        for write in sent.writes:
            if write.verdict is None or write.reply is None or write.reply[1] is not None:
                continue
            key = (write.action, write.span)
            self.found.setdefault(key, []).append(write.verdict)
            if write.verdict.state in (PARTLY, NOT_DONE) or write.verdict.missing:
                self._short.add(key)

    def missing(self, noun: str) -> set[object]:
        """The notes or cards that do not exist."""
        every = (verdict for verdicts in self.found.values() for verdict in verdicts)
        return {item for v in every if v.noun == noun for item in v.missing}

    def problems(self) -> Iterator[Diagnostic]:
        """A message for each place where something was not done."""
        for key in self.found:
            if key in self._short:
                yield _problem(key[0], Span(*key[1]), self.found[key])


def _problem(action: str, span: Span, verdicts: Sequence[Verdict]) -> Diagnostic:
    asked, done = sum(v.asked for v in verdicts), sum(v.done for v in verdicts)
    missing = [item for verdict in verdicts for item in verdict.missing]
    ignored = [item for verdict in verdicts for item in verdict.ignored]
    noun = verdicts[0].noun
    why = "; ".join(dict.fromkeys(verdict.why for verdict in verdicts if verdict.why))
    if not why and missing:
        verb = "exists" if len(missing) == 1 else "exist"
        why = f"{counted(len(missing), noun)} no longer {verb}"
    return kinds.STOPPED_SHORT(
        span if span.end else None,
        action=action,
        done=done,
        asked=counted(asked, noun),
        why=why or None,
        missing=_named(missing),
        ignored=_named(ignored),
    )


def _named(items: Sequence[object]) -> str | None:
    """Some items by their ids or names; None of none."""
    if not items:
        return None
    more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return ", ".join(map(str, items[:SHOWN])) + more
