"""When a note to be added counts as a duplicate, with all the options a request has."""

from __future__ import annotations

import unicodedata
from hashlib import sha1
from typing import TYPE_CHECKING, Any, NamedTuple

from ankish.anki.engine.lookup import database
from ankish.anki.engine.registry import ActionError

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.decks import DeckId
    from anki.notes import Note


class Options(NamedTuple):
    """The `options` of a note object.

    * **allow**: add it though it is a duplicate.
    * **decks**: the decks where others count, None for the whole collection; an unknown
      deck is none at all, so that nothing is a duplicate in it (recorded exchange 226).
    * **all_models**: whether notes of other note types count.
    """

    allow: bool
    decks: frozenset[int] | None
    all_models: bool


class Draft(NamedTuple):
    """A note that is to be added, the deck it goes to, its options, and what it is compared by.

    `repeated` says whether another note of the type has the text, in whatever deck.
    """

    note: Note
    deck: DeckId
    options: Options
    text: str
    repeated: bool


Batch = dict[str, list[Draft]]
"""Drafts that will be added together, by the text they are compared by."""


def read_options(col: Collection, request: dict[str, Any]) -> Options:
    """The options of a note object; `ActionError` for a switch that is no boolean."""
    options = request.get("options") or {}
    scope = options.get("duplicateScopeOptions") or {}
    allow = _switch(options, "allowDuplicate")
    children = _switch(scope, "checkChildren", "duplicateScopeOptions.")
    all_models = _switch(scope, "checkAllModels", "duplicateScopeOptions.")
    decks = None
    if options.get("duplicateScope") == "deck":
        name = scope.get("deckName") or request["deckName"]
        decks = _decks(col, name, children)
    return Options(allow, decks, all_models)


def comparable(col: Collection, field: str) -> str:
    """What a first field is compared by: its text without HTML, in Unicode's NFC.

    Names of media files count, and so do upper and lower case; as in Anki's library.
    """
    from anki.collection import StripHtmlMode

    if "<" in field or "&" in field:  # else it holds no HTML, and asking takes its time
        mode = StripHtmlMode.PRESERVE_MEDIA_FILENAMES
        field = col._backend.strip_html(text=field, mode=mode)
    return unicodedata.normalize("NFC", field)


def is_duplicate(col: Collection, draft: Draft, before: Batch) -> bool:
    """Whether another note in the scope of the options, or a draft before, has the same text."""
    if any(_counts(draft, other) for other in before.get(draft.text, [])):
        return True
    if draft.options.decks is None and not draft.options.all_models:
        return draft.repeated
    return any(
        comparable(col, fields.split("\x1f")[0]) == draft.text for fields in _candidates(col, draft)
    )


def _counts(draft: Draft, other: Draft) -> bool:
    """Whether another draft is in the scope of the options."""
    options = draft.options
    return (options.all_models or other.note.mid == draft.note.mid) and (
        options.decks is None or other.deck in options.decks
    )


def _candidates(col: Collection, draft: Draft) -> list[str]:
    """The fields of the notes in scope whose first field has the same checksum."""
    from anki.utils import ids2str

    query, values = "select flds from notes where csum = ?", [_checksum(draft.text)]
    if not draft.options.all_models:
        query += " and +mid = ?"  # the plus keeps SQLite to the index of the checksums
        values.append(draft.note.mid)
    if draft.options.decks is not None:
        decks = ids2str(draft.options.decks)
        query += f" and id in (select nid from cards where did in {decks} or odid in {decks})"
    return database(col).list(query, *values)


def _checksum(text: str) -> int:
    """The number Anki keeps of a first field: 8 hex digits of its SHA-1."""
    return int(sha1(text.encode("utf-8")).hexdigest()[:8], 16)


def _switch(options: dict[str, Any], name: str, prefix: str = "") -> bool:
    value = options.get(name, False)
    if not isinstance(value, bool):
        raise ActionError(f'option parameter "{prefix}{name}" must be boolean')
    return value


def _decks(col: Collection, name: Any, children: bool) -> frozenset[int]:
    deck = col.decks.id_for_name(name)
    if deck is None:
        return frozenset()
    return frozenset(col.decks.deck_and_child_ids(deck) if children else [deck])
