"""What is asked about before it is sent: what takes something away, what nothing takes back, what
forces a full sync, and what is for a great many. And files, before they are removed.

In the shell somebody is asked, with the number of what it is for and some of it. A script says
`--yes`, or stops: before anything is sent for all that can be told then, and before a change that
turns out to be large when it comes to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ankish.anki.client import Client
from ankish.anki.protocol import Reply, Request
from ankish.catalog.actions.table import LEAVES_NOTHING
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command, Effect
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import run as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.diagnostics.text import counted, one_line
from ankish.plan import model as m
from ankish.runtime.chunks import Outgoing, ids_of
from ankish.runtime.inverse.calls import whole_name

SAMPLE = 5
"""How many of what a change is for are shown."""
LONGEST = 30
"""Characters of each."""
UNKNOWN = "what it changes is not known"

TAKES_AWAY, LASTING, FULL_SYNC = (
    "takes something away",
    "can't be taken back",
    "makes the next sync send the whole collection one way",
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is asked about: what it **does**, and what can be said of that."""

    does: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a user is asked.

    * **about** - how many notes, cards or others it is for.
    * **sample** - some of them, in words.
    """

    action: str
    about: str
    sample: tuple[str, ...]
    reasons: tuple[Reason, ...]


GONE = Reason(LASTING, "`undo` brings no file back")
"""What there is to say of a file that is removed."""


def reasons(action: str, command: Command | None, embedded: bool) -> Iterator[Reason]:
    """Why an action is asked about, whatever it is for. `embedded`: ankish's engine answers."""
    if command is None:
        yield Reason(LASTING, UNKNOWN)
        return
    if not command.effect.changes or action in LEAVES_NOTHING:
        return
    back = command.back(embedded)
    if back.how is None:
        yield Reason(LASTING, back.why or UNKNOWN)
    elif command.effect is Effect.DESTRUCTIVE:
        differs = f", but {back.differs}" if back.differs else ""
        yield Reason(TAKES_AWAY, f"undo brings it back{differs}")
    if command.full_sync:
        yield Reason(FULL_SYNC, "a change of this kind can't be merged by AnkiWeb")


def known(ask: m.Ask) -> Command | None:
    """What is known of an action, `call` included."""
    return ask.command or COMMANDS.get(ask.action)


@dataclass
class Consent:
    """Asks, or refuses, before something is sent.

    * **client** - who answers; asked for samples, past the journal.
    * **ask** - asks the user; None if nobody can be asked. **yes** - the answer is known.
    * **many** - from how many notes or cards on a change is asked about; 0 for never.
    """

    client: Client
    ask: Callable[[Question], bool] | None = None
    yes: bool = False
    many: int = 0
    _given: set[tuple[str, Span]] = field(default_factory=set)

    def beforehand(self, asks: Sequence[m.Ask], removals: Sequence[Span] = ()) -> list[Diagnostic]:
        """What needs a yes that nobody can give, as far as it is known before anything is sent.

        `removals` are where files are removed.
        """
        if self.yes or self.ask is not None:
            return []
        problems = [
            kinds.NEEDS_YES(span, action="rm", does=GONE.does, why=GONE.why) for span in removals
        ]
        for action, span in dict.fromkeys((each.action, each.span) for each in asks):
            command = COMMANDS.get(action)
            for reason in list(reasons(action, command, self._embedded(command)))[:1]:
                does, why = reason.does, reason.why
                problems.append(kinds.NEEDS_YES(span, action=action, does=does, why=why))
        return problems

    def doubts(self, asks: Sequence[m.Ask]) -> bool:
        """Whether `beforehand` may have something to say, whoever answers; nothing is asked."""
        if self.yes or self.ask is not None:
            return False
        return any(
            next(reasons(ask.action, COMMANDS.get(ask.action), embedded), None)
            for ask in asks
            for embedded in (False, True)
        )

    def _embedded(self, command: Command | None) -> bool:
        """Whether ankish's engine answers; who that is, is asked only where it matters."""
        matters = command is not None and command.effect.changes and command.differs_by_side
        return self.client.embedded or (matters and self.client.engine)

    def turns(self, step: m.Loop, count: int) -> None:
        """Make sure that a loop with so many turns is wanted. Raises `AnkishError` if not."""
        writes = [ask for ask in m.asks(step.body) if ask.effect.changes]
        total = count * len(writes)
        if not writes or not self._large(total):
            return
        names = ", ".join(dict.fromkeys(ask.action for ask in writes))
        about = f"{counted(count, 'turn')} of a loop"
        self._settle(Question(names, about, (), (self._size(total),)), writes[0].span)

    def removal(self, paths: Sequence[str], span: Span) -> None:
        """Make sure that files are to be removed. Raises `AnkishError` if not."""
        if not self.yes and paths and ("rm", span) not in self._given:
            about, sample = counted(len(paths), "file"), _shortened(paths, len(paths))
            self._settle(Question("rm", about, sample, (GONE,)), span)

    def allow(self, pairs: Iterable[tuple[m.Ask, Outgoing]]) -> None:
        """Make sure that calls are wanted before they are sent. Raises `AnkishError` if not."""
        if self.yes:
            return
        calls: dict[tuple[str, Span], tuple[m.Ask, list[Outgoing]]] = {}
        for ask, call in pairs:
            if ask.effect.changes:
                calls.setdefault((ask.action, ask.span), (ask, []))[1].append(call)
        for key, (ask, some) in calls.items():
            if key not in self._given:
                self._allow(ask, some)

    def _allow(self, ask: m.Ask, calls: Sequence[Outgoing]) -> None:
        command = known(ask)
        count = _count(calls)
        found = list(reasons(ask.action, command, self._embedded(command)))
        found += self._written_over(ask.action, calls)
        if self._large(count):
            found.append(self._size(count))
        if found and count:
            about, sample = self._about(ask.action, calls) if self.ask is not None else ("", ())
            self._settle(Question(ask.action, about, sample, tuple(found)), ask.span)

    def _written_over(self, action: str, calls: Sequence[Outgoing]) -> Iterator[Reason]:
        """The packages of this machine that would be written over, as far as they can be seen."""
        if action != "exportPackage" or self.client.machine:
            return
        for call in calls:
            path = Path(str(call.params.get("path")))
            with suppress(OSError, ValueError):  # a name that is too long, a closed folder
                # A relative one means the folder that Anki was started in.
                if (path.is_absolute() or self.client.embedded) and path.is_file():
                    yield Reason("writes over a file", f"{path} is there already: {GONE.why}")

    def _large(self, count: int) -> bool:
        return not self.yes and 0 < self.many <= count

    def _size(self, count: int) -> Reason:
        return Reason(
            f"is for {count:,}", f"the setting ask_from has it asked from {self.many:,} on"
        )

    def _settle(self, question: Question, span: Span) -> None:
        """Have it answered. What was allowed at a place is allowed there until the end."""
        if self.ask is not None and self.ask(question):
            self._given.add((question.action, span))
            return
        reason = question.reasons[0]
        said = {"action": question.action, "does": reason.does, "why": reason.why}
        raise (kinds.NEEDS_YES if self.ask is None else kinds.NOT_CONFIRMED).error(span, **said)

    # ---- what it is for

    def _about(self, action: str, calls: Sequence[Outgoing]) -> tuple[str, tuple[str, ...]]:
        """How many of what it is for, and some of them, in words."""
        name, ids = _ids(calls)
        if ids:
            return counted(len(ids), name.removesuffix("s")), self._named(name, ids)
        if action == "deleteDecks":
            return self._decks([deck for call in calls for deck in call.params["decks"]])
        if action == "removeEmptyNotes":
            return self._unused_models()
        return "" if len(calls) == 1 else f"{len(calls):,} times", _values(calls[0].params)

    def _named(self, name: str, ids: list[int]) -> tuple[str, ...]:
        """What some notes or cards are about: their first fields."""
        some = ids[:SAMPLE]
        if name == "cards":
            [reply] = self._told(Request("cardsToNotes", {"cards": some}))
            some = (reply.result or [])[:SAMPLE]
        [reply] = self._told(Request("notesInfo", {"notes": some}))
        texts = [_first_field(info) for info in reply.result or ()]
        return _shortened([text for text in texts if text], len(ids))

    def _decks(self, decks: list[str]) -> tuple[str, tuple[str, ...]]:
        """The decks that go, those below them too, and how many cards go with them."""
        [every] = self._told(Request("deckNames", {}))
        going = [d for d in every.result or () if any(_is_in(d, each) for each in decks)]
        search = " or ".join(whole_name("deck", deck) for deck in decks)
        [cards] = self._told(Request("findCards", {"query": search}))
        stays = " (Default itself stays)" if "Default" in going else ""
        many = counted(len(cards.result or ()), "card")
        about = f"{counted(len(going), 'deck')}{stays} with {many}"
        return about, _shortened(going, len(going))

    def _unused_models(self) -> tuple[str, tuple[str, ...]]:
        """The note types that no note has."""
        [names] = self._told(Request("modelNames", {}))
        models = names.result or []
        searches = [Request("findNotes", {"query": whole_name("note", name)}) for name in models]
        used = self._told(*searches)
        unused = [name for name, reply in zip(models, used, strict=True) if not reply.result]
        return counted(len(unused), "note type"), _shortened(unused, len(unused))

    def _told(self, *requests: Request) -> list[Reply]:
        return self.client.multi(requests)


def _count(calls: Sequence[Outgoing]) -> int:
    """How many notes, cards or others calls are for; none if what they are for is empty."""
    name, ids = _ids(calls)
    return len(ids) if name else sum(call.items for call in calls)


def _ids(calls: Sequence[Outgoing]) -> tuple[str, list[int]]:
    """The notes or cards that calls are for, and which of the two; empty if they are for others."""
    name, found = "", dict[int, None]()
    for call in calls:
        several = ids_of(call)
        if several is not None:
            name = several[0]
            found |= dict.fromkeys(several[1])
            continue
        for key in ("note", "card"):
            given = call.params.get(key)
            number = given.get("id") if isinstance(given, dict) else given
            if isinstance(number, int):
                name = f"{key}s"
                found[number] = None
    return name, list(found)


def _first_field(info: dict[str, Any]) -> str:
    from ankish.runtime.fieldtext import as_line  # 1 ms, and hardly anybody is asked

    fields = sorted(info.get("fields", {}).values(), key=lambda each: int(each["order"]))
    text = one_line(as_line(fields[0]["value"])) if fields else ""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _shortened(words: Sequence[str], count: int) -> tuple[str, ...]:
    shown = tuple(one_line(word) for word in words[:SAMPLE])
    return (*shown, f"and {count - len(shown):,} more") if count > len(shown) else shown


def _values(params: dict[str, Any]) -> tuple[str, ...]:
    """The texts and numbers among parameters, to tell what an action is for."""
    given = (str(value) for value in params.values() if isinstance(value, str | int))
    return tuple(one_line(text)[:LONGEST] for text in given)


def _is_in(deck: str, other: str) -> bool:
    return deck == other or deck.startswith(f"{other}::")
