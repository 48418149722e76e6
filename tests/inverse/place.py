"""The collection that is changed and put back, and what there is in it."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import OWN
from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session
from tests.inverse.snapshot import Snapshot, fingerprint, snapshot

FILTERED = "Cram"
UNUSED_PRESET = "Unused"


class Refused(Exception):
    """Anki has said no."""


@dataclass
class Place:
    """A collection that can be asked, as it is or as AnkiConnect would be.

    * **embedded** - whether the engine's own actions can be used.
    """

    session: Session
    embedded: bool

    def __post_init__(self) -> None:
        self._engine = Engine(self.session)

    def ask(self, action: str, **params: Any) -> Any:
        """The result of an action; `Refused` if there is an error."""
        assert self.embedded or action not in OWN, f"AnkiConnect has no {action}"
        answer = self._engine.handle({"action": action, "version": 6, "params": params})
        assert isinstance(answer, dict)
        if answer["error"] is not None:
            raise Refused(answer["error"])
        return answer["result"]


@dataclass(frozen=True)
class World:
    """What there is in the collection, for requests to be made of."""

    notes: tuple[int, ...]
    cards: tuple[int, ...]
    filtered: frozenset[int]
    """The cards in a filtered deck."""
    put_away: frozenset[int]
    """The cards that are suspended or buried."""
    infos: dict[int, dict[str, Any]]
    decks: tuple[str, ...]
    presets: tuple[int, ...]
    configs: tuple[dict[str, Any], ...]
    """The presets as a whole."""
    models: dict[str, dict[str, Any]]
    tags: tuple[str, ...]
    media: tuple[str, ...]
    reviews: tuple[int, ...]
    packages: tuple[str, ...]


@functools.cache
def template() -> Path:
    """The sample collection with what it lacks: a filtered deck, flags, buried cards."""
    folder = Path(tempfile.mkdtemp(prefix="ankish-inverse-"))
    (folder / "User 1").mkdir()
    path = build(folder / "User 1")
    with Session.open(path) as session:
        place = Place(session, embedded=True)
        place.ask("exportPackage", deck="Inbox", path=str(folder / "package.apkg"))
        place.ask("createFilteredDeck", deck=FILTERED, query="deck:Spanish -is:new", limit=12)
        cards = sorted(place.ask("findCards", query=f"-deck:{FILTERED} -is:suspended"))
        session.col.sched.deck_due_tree()  # what a new day digs up is dug up
        place.ask("buryCards", cards=cards[5:9])
        place.ask("setFlag", cards=cards[7:12], flag=3)
        place.ask("cloneDeckConfigId", name=UNUSED_PRESET)
        empty = place.ask("addNote", note=CARDS_OF_ALL_KINDS)
        place.ask("updateNoteFields", note={"id": empty, "fields": {"Text": "no cloze any more"}})
        place.ask("clearUnusedTags")
        place.ask("addTags", notes=[0], tags="unused parent::unused")
    _export_changed(folder)
    return folder


def _export_changed(folder: Path) -> None:
    """A package of the same collection as somebody else has it: all of it would be merged.

    Notes have other fields, tags and types, cards were learnt, and a file of the same name
    holds something else.
    """
    with tempfile.TemporaryDirectory() as other:
        shutil.copytree(folder / "User 1", Path(other, "User 1"))
        with Session.open(Path(other, "User 1", "collection.anki2")) as session:
            ask = Place(session, embedded=True).ask
            notes = sorted(ask("findNotes", query="deck:Spanish"))
            file = min(ask("getMediaFilesNames"))
            ask("storeMediaFile", filename=file, data="b3RoZXI=")
            ask("storeMediaFile", filename="fresh.mp3", data="bmV3")
            for note in notes[::3]:
                [info] = ask("notesInfo", notes=[note])
                name = next(iter(info["fields"]))
                text = f"cafe\u0301 {note} <img src='{file}'> [sound:fresh.mp3]"
                ask("updateNoteFields", note={"id": note, "fields": {name: text}})
            ask("addTags", notes=notes[::4], tags="theirs theirs::too VERB")
            [model] = ask("findModelsByName", modelNames=[info["modelName"]])
            ask("modelFieldAdd", modelName=model["name"], fieldName="Theirs", index=0)
            ask(
                "modelTemplateAdd",
                modelName=model["name"],
                template={"Name": "Theirs", "Front": "x {{Theirs}}", "Back": "b"},
            )
            ask("updateNoteFields", note={"id": note, "fields": {"Theirs": "one more card"}})
            cards = ask("findCards", query=f"deck:Spanish -deck:{FILTERED}")
            ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in sorted(cards)[:9]])
            ask("addNote", note={**CARDS_OF_ALL_KINDS, "deckName": "Spanish", "tags": ["theirs"]})
            preset = ask("cloneDeckConfigId", name="Theirs")
            ask("createDeck", deck="Spanish::Theirs")
            ask("setDeckConfigId", decks=["Spanish", "Spanish::Theirs"], configId=preset)
            ask("changeDeck", cards=sorted(cards)[9:12], deck="Spanish::Theirs")
            assert session.col.db is not None
            # What has been changed last is what is kept.
            session.col.db.execute("update notes set mod = mod + 100000")
            session.col.db.execute("update notetypes set mtime_secs = mtime_secs + 100000")
            path = str(folder / "merged.apkg")
            assert ask("exportPackage", deck="Spanish", path=path, includeSched=True)


CARDS_OF_ALL_KINDS = {
    "deckName": "Inbox",
    "modelName": "Cloze",
    "fields": {"Text": "{{c1::one}} {{c2::two}}"},
    "tags": [],
}


@functools.cache
def world() -> World:
    """What there is in the template."""
    with opened(embedded=True) as place:
        ask = place.ask
        notes = sorted(ask("findNotes", query=""))
        files = ask("getMediaFilesNames")
        assert place.session.col.db is not None
        configs = tuple(place.session.col.decks.all_config())
        return World(
            tuple(notes),
            tuple(sorted(ask("findCards", query=""))),
            frozenset(ask("findCards", query=f"deck:{FILTERED}")),
            frozenset(ask("findCards", query="is:suspended or is:buried")),
            {info["noteId"]: info for info in ask("notesInfo", notes=notes)},
            tuple(ask("deckNames")),
            tuple(each["id"] for each in configs),
            configs,
            {name: ask("findModelsByName", modelNames=[name])[0] for name in ask("modelNames")},
            tuple(ask("getTags")),
            tuple(sorted(files)),
            tuple(place.session.col.db.list("select id from revlog order by id limit 50")),
            tuple(str(template() / name) for name in ("package.apkg", "merged.apkg")),
        )


def copied(base: Path) -> None:
    """Put a copy of the template's profile into a folder."""
    shutil.copytree(template() / "User 1", base / "User 1")


@contextmanager
def opened(embedded: bool) -> Iterator[Place]:
    """A copy of the template."""
    with tempfile.TemporaryDirectory() as folder:
        copied(Path(folder))
        with Session.open(Path(folder, "User 1", "collection.anki2")) as session:
            yield Place(session, embedded)


@functools.cache
def untouched() -> Snapshot:
    """The template, to compare with."""
    with opened(embedded=True) as place:
        return snapshot(place.session)


@functools.cache
def untouched_texts() -> list[str]:
    """The same as texts."""
    with opened(embedded=True) as place:
        return fingerprint(place.session)
