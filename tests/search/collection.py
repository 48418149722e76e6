"""A collection of Anki's own, to hold searches against."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import anki.lang
from anki.collection import Collection, SearchNode
from anki.errors import InvalidInput

anki.lang.set_lang("en")


class Anki:
    """Anki's library on a fresh collection."""

    def __init__(self, folder: Path) -> None:
        self.col = Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.col.close()

    def refusal(self, search: str) -> str | None:
        """What Anki says against a search; a regex that can't be compiled is another matter."""
        try:
            self.col.find_notes(search)
            self.col.find_cards(search)
        except InvalidInput as error:
            assert "regex parse error" in str(error)
            return None
        except Exception as error:
            return str(error)
        return None

    def compiles(self, regex: str) -> bool:
        """Whether Anki takes a regex, which it says only if there is a note."""
        try:
            self.col.find_notes(f'"re:{regex}"')
        except InvalidInput:
            return False
        return True

    def canonical(self, search: str) -> str:
        """How Anki has understood a search: its own writing of it."""
        return self.col.build_search_string(SearchNode(parsable_text=search))

    def notes(self, search: str) -> set[int]:
        return set(self.col.find_notes(search))

    def cards(self, search: str) -> set[int]:
        return set(self.col.find_cards(search))

    def add(
        self,
        *fields: str,
        deck: str = "Default",
        tags: Iterable[str] = (),
        model: str = "Basic",
    ) -> int:
        """Add a note; its id."""
        note_type = self.col.models.by_name(model)
        assert note_type is not None, model
        note = self.col.new_note(note_type)
        for number, text in enumerate(fields):
            note.fields[number] = text
        note.tags = list(tags)
        self.col.add_note(note, self.deck(deck))
        return note.id

    def deck(self, name: str) -> int:
        """The id of a deck, which is made if there is none."""
        number = self.col.decks.id(name)
        assert number is not None
        return number

    def add_model(self, name: str, fields: Iterable[str], templates: Iterable[str]) -> str:
        """Add a note type whose templates show its first field; the name that Anki gives it."""
        models = self.col.models
        model = models.new(name)
        for field in fields:
            models.add_field(model, models.new_field(field))
        for number, title in enumerate(templates):
            template = models.new_template(title)
            template["qfmt"] = f"{{{{{model['flds'][0]['name']}}}}} {number}"
            models.add_template(model, template)
        change = models.add_dict(model)
        added = models.get(change.id)
        assert added is not None
        return str(added["name"])
