"""What exists in the collection: names of decks, note types, fields, tags and the like.

`World` is a snapshot that never changes; `WorldSource` asks for what is wanted, once.
Both answer the same questions by the same methods; only a snapshot may not know.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from ankish.anki.client import Client
from ankish.anki.protocol import Reply, Request
from ankish.anki.refusal import UNSUPPORTED
from ankish.anki.remembered import Remembered
from ankish.data import dataclass, field, replace

Names = tuple[str, ...] | None
"""None: not known."""

DETAILS = "details"
"""The part that is the names inside each note type. It needs the names of all of them first."""

COUNTS = "counts"
"""The part that is how many cards decks have. It needs the names of the decks."""

FRESH = 1.0
"""For how many seconds the names of decks are the latest."""


@dataclass(frozen=True, slots=True)
class Model:
    """The names inside a note type, in the order in which Anki has them."""

    fields: tuple[str, ...]
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeckCount:
    """How many cards a deck has, its subdecks included, and how many of them are due today.

    What is due keeps to the daily limits, as in Anki's list of decks; new cards don't count.
    """

    cards: int
    due: int


@dataclass(frozen=True)
class World:
    """What exists, as far as it has been asked for.

    * **known** - the parts that have been asked for; what the methods say of others is None.
    * **deck_ids**, **model_ids** - ids by name.
    * **details** - the names inside each note type.
    * **action_names** - what the other side can do; None if it can't say.
    * **profile** - the profile that is open; None if the other side can't say.
    * **counts** - how many cards the decks have, by name.
    * **taken** - when the latest part was asked for, in seconds since 1970.
    """

    known: frozenset[str] = frozenset()
    deck_ids: Mapping[str, int] = field(default_factory=dict)
    model_ids: Mapping[str, int] = field(default_factory=dict)
    details: Mapping[str, Model] = field(default_factory=dict)
    tag_names: tuple[str, ...] = ()
    media_names: tuple[str, ...] = ()
    profile_names: tuple[str, ...] = ()
    profile: str | None = None
    action_names: frozenset[str] | None = None
    counts: Mapping[str, DeckCount] = field(default_factory=dict)
    taken: float = 0.0

    @property
    def due(self) -> int | None:
        """How many cards are due in all decks; None if it is not known."""
        if COUNTS not in self.known:
            return None
        return sum(count.due for deck, count in self.counts.items() if "::" not in deck)

    def deck_counts(self) -> Mapping[str, DeckCount] | None:
        """How many cards each deck has, and how many of them are due, by name."""
        return self.counts if COUNTS in self.known else None

    def decks(self) -> Names:
        """Full names of all decks."""
        return self._if_known("decks", self.deck_ids)

    def models(self) -> Names:
        """Names of all note types."""
        return self._if_known("models", self.model_ids)

    def fields(self, model: str) -> Names:
        """The fields of a note type; none if there is no such note type."""
        found = self.details.get(model)
        return self._if_known(DETAILS, found.fields if found else ())

    def all_fields(self) -> Names:
        """The fields of all note types, each name once."""
        every = (name for model in self.details.values() for name in model.fields)
        return self._if_known(DETAILS, dict.fromkeys(every))

    def known_fields(self) -> Names:
        """The same: a snapshot asks nobody."""
        return self.all_fields()

    def templates(self, model: str) -> Names:
        """The card templates of a note type; none if there is no such note type."""
        found = self.details.get(model)
        return self._if_known(DETAILS, found.templates if found else ())

    def tags(self) -> Names:
        """All tags, also those that no note has any more."""
        return self._if_known("tags", self.tag_names)

    def media(self) -> Names:
        """Names of all files in the media folder."""
        return self._if_known("media", self.media_names)

    def profiles(self) -> Names:
        """Names of all profiles."""
        return self._if_known("profiles", self.profile_names)

    def actions(self) -> frozenset[str] | None:
        """What the other side can do; None if it can't say."""
        return self.action_names if "actions" in self.known else None

    def _if_known(self, part: str, names: Iterable[str]) -> Names:
        return tuple(names) if part in self.known else None


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the world: what is asked, and the fields of `World` that the results fill.

    A result is None where the other side does not have the action.
    """

    requests: tuple[Request, ...]
    read: Callable[..., dict[str, Any]]


_PARTS: Mapping[str, _Part] = {
    "actions": _Part(
        (Request("apiReflect", {"scopes": ["actions"], "actions": None}),),
        lambda said: {"action_names": None if said is None else frozenset(said["actions"])},
    ),
    "decks": _Part((Request("deckNamesAndIds"),), lambda ids: {"deck_ids": ids or {}}),
    "models": _Part((Request("modelNamesAndIds"),), lambda ids: {"model_ids": ids or {}}),
    "tags": _Part((Request("getTags"),), lambda names: {"tag_names": tuple(names or ())}),
    "profiles": _Part(
        (Request("getProfiles"), Request("getActiveProfile")),
        lambda names, active: {"profile_names": tuple(names or ()), "profile": active},
    ),
    "media": _Part(
        (Request("getMediaFilesNames"),), lambda names: {"media_names": tuple(names or ())}
    ),
}


class WorldSource:
    """The world of a client, asked for part by part and each part once.

    The parts are `actions`, `decks`, `models`, `details` (fields and templates), `tags`,
    `profiles`, `media` and `counts`. Every method may send a request, and raise `AnkishError` as
    `Client.invoke` does. To `remember` the names of decks and note types saves requests: the
    details of these are asked for with the first question, where the names are still the same.
    """

    def __init__(self, client: Client, remember: bool = False) -> None:
        self._client = client
        self._remember_names = remember and not client.embedded  # here a question costs nothing
        self.world = World()
        """What has been asked for so far."""

    @cached_property
    def _last(self) -> Remembered | None:
        """The names of last time, read when they are first of use; None if none are remembered."""
        return Remembered(self._client.where) if self._remember_names else None

    def prefetch(self, parts: Iterable[str]) -> World:
        """Ask for all of `parts` that are not known yet, in one request; for details in two, but
        for those that are remembered.
        """
        self.together(parts, ())
        return self.world

    def together(self, parts: Iterable[str], beside: Sequence[Request]) -> list[Reply]:
        """The same, with other questions `beside`, in the first request; the replies to those."""
        wanted = set(parts) - self.world.known
        if DETAILS in wanted:
            wanted.add("models")
        if COUNTS in wanted:
            # Of a deck that is gone it would make a new one: the names have to be the latest.
            if time.time() - self.world.taken > FRESH:
                self.forget("decks")
            wanted.add("decks")
        if "models" in wanted:
            wanted.add("actions")  # it costs nothing here, and tells how to ask for details
        wanted -= self.world.known
        guess = self._last.models if {DETAILS, "models"} <= wanted and self._last else None
        if guess:
            beside = [*beside, _inside([*guess])]
        replies = self._ask([part for part in _PARTS if part in wanted], beside)
        if DETAILS in wanted:
            self._learn(DETAILS, details=self._details(replies.pop() if guess else None))
        if wanted & {"decks", DETAILS} and self._last:
            self._remember(self._last)
        if COUNTS in wanted:
            self._learn(COUNTS, counts=self._counts())
        return replies

    @property
    def remembered(self) -> World | None:
        """The names of last time, without ids; None if there are none."""
        if self._last is None:
            return None
        decks, models = self._last.decks, self._last.models
        known = {"decks"} if decks is not None else set()
        known |= {"models", DETAILS} if models is not None else set()
        return World(
            known=frozenset(known),
            deck_ids=dict.fromkeys(decks or (), 0),
            model_ids=dict.fromkeys(models or (), 0),
            details={name: Model(*inside) for name, inside in (models or {}).items()},
        )

    @property
    def paces(self) -> Mapping[str, float]:
        """How fast Anki was the last time, by action: a factor on what is usual."""
        return self._last.paces if self._last is not None else {}

    def keep_paces(self, paces: Mapping[str, float]) -> None:
        """Remember how fast Anki is, for these actions."""
        if self._last is not None:
            self._last.keep_paces(paces)

    def _remember(self, last: Remembered) -> None:
        world = self.world
        details = {name: (model.fields, model.templates) for name, model in world.details.items()}
        last.keep(
            tuple(world.deck_ids) if "decks" in world.known else None,
            details if DETAILS in world.known else None,
        )

    def heard_of_decks(self, names: Sequence[str]) -> None:
        """Remember decks that somebody else has asked for."""
        if self._last:
            self._last.keep(tuple(names), None)

    def forget(self, *parts: str) -> None:
        """Ask for these parts anew when they are wanted again; for all of them if none is named."""
        known = self.world.known
        self.world = replace(self.world, known=known.difference(parts or known))

    def decks(self) -> Names:
        """See `World.decks`."""
        return self.prefetch(["decks"]).decks()

    def likely_decks(self) -> tuple[str, ...]:
        """The decks of the latest answer, else those of last time; none if nobody knows any."""
        known = self.world.decks()
        last = self.remembered if known is None else None
        return (last.decks() if last is not None else known) or ()

    def models(self) -> Names:
        """See `World.models`."""
        return self.prefetch(["models"]).models()

    def fields(self, model: str) -> Names:
        """See `World.fields`."""
        return self.prefetch([DETAILS]).fields(model)

    def all_fields(self) -> Names:
        """See `World.all_fields`."""
        return self.prefetch([DETAILS]).all_fields()

    def known_fields(self) -> Names:
        """What `all_fields` gives, if it has been asked for; else None."""
        return self.world.all_fields()

    def templates(self, model: str) -> Names:
        """See `World.templates`."""
        return self.prefetch([DETAILS]).templates(model)

    def tags(self) -> Names:
        """See `World.tags`."""
        return self.prefetch(["tags"]).tags()

    def media(self) -> Names:
        """See `World.media`."""
        return self.prefetch(["media"]).media()

    def profiles(self) -> Names:
        """See `World.profiles`."""
        return self.prefetch(["profiles"]).profiles()

    def deck_counts(self) -> Mapping[str, DeckCount] | None:
        """See `World.deck_counts`. Nothing is asked for this."""
        return self.world.deck_counts()

    def actions(self) -> frozenset[str] | None:
        """See `World.actions`."""
        return self.prefetch(["actions"]).actions()

    def _ask(self, parts: list[str], beside: Sequence[Request]) -> list[Reply]:
        requests = [request for part in parts for request in _PARTS[part].requests]
        replies = self._client.multi([*requests, *beside])
        results = iter(map(self._result, requests, replies))
        for part in parts:
            mine = islice(results, len(_PARTS[part].requests))
            self._learn(part, **_PARTS[part].read(*mine))
        return replies[len(requests) :]

    def _result(self, request: Request, reply: Reply) -> Any:
        if reply.error is not None and reply.error != UNSUPPORTED:
            raise self._client.refusal(request.action, reply.error)
        return reply.result

    def _learn(self, part: str, **values: Any) -> None:
        known = self.world.known | {part}
        self.world = replace(self.world, known=known, taken=time.time(), **values)

    def _counts(self) -> dict[str, DeckCount]:
        """The counts of all decks; none if the other side can't say."""
        ids = self.world.deck_ids
        reply = self._client.ask(Request("getDeckStats", {"decks": list(ids)}))
        if reply.error is not None:
            return {}
        said = {stats["deck_id"]: stats for stats in reply.result.values()}
        own = {
            name: said[number]["total_in_deck"] for name, number in ids.items() if number in said
        }
        totals = dict(own)
        for name, cards in own.items():
            above = name.rpartition("::")[0]
            while above:
                totals[above] = totals.get(above, 0) + cards
                above = above.rpartition("::")[0]
        return {
            name: DeckCount(
                totals[name], said[number]["learn_count"] + said[number]["review_count"]
            )
            for name, number in ids.items()
            if number in said
        }

    def _details(self, guessed: Reply | None) -> dict[str, Model]:
        """The names inside every note type: by one action if the other side has it.

        `guessed` is its reply for names that may be others.
        """
        names = [*self.world.model_ids]
        if "findModelsByName" in (self.world.action_names or ()):
            found = None if guessed is None else _read(guessed)
            if found is None or found.keys() != self.world.model_ids.keys():
                found = _read(self._client.ask(_inside(names)))
            if found is not None:
                return found
        # Two actions for each note type, in one request. One that is gone by now is left out.
        asked = [
            Request(action, {"modelName": name})
            for name in names
            for action in ("modelFieldNames", "modelTemplates")
        ]
        replies = self._client.multi(asked)
        return {
            name: Model(tuple(fields.result), tuple(templates.result))
            for name, fields, templates in zip(names, replies[::2], replies[1::2], strict=True)
            if fields.error is None and templates.error is None
        }


def _inside(names: Sequence[str]) -> Request:
    """Asks for what is inside these note types."""
    return Request("findModelsByName", {"modelNames": list(names)})


def _read(reply: Reply) -> dict[str, Model] | None:
    """The note types in a reply to that; None if it was refused."""
    if reply.error is not None:
        return None
    return {found["name"]: _model(found) for found in reply.result}


def _model(found: Mapping[str, Any]) -> Model:
    """The names in a note type as findModelsByName gives it (recorded exchange 83)."""
    return Model(
        tuple(field["name"] for field in found["flds"]),
        tuple(template["name"] for template in found["tmpls"]),
    )


def load_world(client: Client) -> World:
    """A whole snapshot but for counts, and the media, which may be very many; in two requests."""
    return WorldSource(client).prefetch([*(_PARTS.keys() - {"media"}), DETAILS])
