"""Taking back, through AnkiConnect and embedded: notes that were added."""

from __future__ import annotations

import unicodedata
from typing import Any

from ankish.data import replace
from ankish.runtime.inverse import media
from ankish.runtime.inverse.calls import (
    and_above,
    call,
    first,
    same_text,
    tag_names,
    whole_name,
    with_ids,
)
from ankish.runtime.inverse.model import (
    DONE,
    NOT_DONE,
    PARTLY,
    UNSURE,
    Answers,
    Call,
    Inverse,
    Verdict,
)
from ankish.runtime.inverse.state import put_back
from ankish.syntax.search.escape import quoted, regex_of

Params = dict[str, Any]

TOO_OLD = (
    "added, but not to the deck {decks}: this AnkiConnect is too old for this Anki "
    "(Tools > Add-ons > Check for Updates)"
)
"""Add-ons from before the summer of 2025 put every new note into Default on Anki 26.09."""

TODAY = "added:1"
"""Notes of today: those that were just added are among them, whatever the clocks say."""

RECENT = "added:2"
"""Notes of today and yesterday: where to look for one whose answer was lost."""


def _given(params: Params) -> list[dict[str, Any]]:
    """The notes that are to be added."""
    return params["notes"] if "notes" in params else [params["note"]]


def _ids(result: Any) -> list[int]:
    """The ids in a result; AnkiConnect of 2023 gives null for a note that it did not add."""
    return [each for each in (result if isinstance(result, list) else [result]) if each is not None]


def _models(params: Params) -> list[str]:
    return list(dict.fromkeys([note["modelName"] for note in _given(params)]))


class Addition(Inverse):
    """Of `addNote` and `addNotes`. What was added is known from the result.

    The reads are of the files that come with the notes. A note that may be there twice is looked
    for before it is added, so that it is not mistaken for one that was there.
    """

    may_stray = True
    """Whether notes may get into another deck than they are meant for."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        notes = _given(params)
        return [
            *(_search(note) for note in notes if _may_be_twice(note)),
            *media.reads(file for note in notes for file in media.items(note)),
        ]

    def trace(self, params: Params, when: float) -> list[Call]:
        """See `Inverse`."""
        return [_search(note) for note in _given(params)]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`. A note that is refused has stored its files all the same."""
        notes = _ids(result)
        deleted = [call("deleteNotes", notes=notes)] if notes else []
        reads, at = self._files(params)
        if not reads:
            return deleted
        now = after[at:] if after is not None else [None] * len(reads)
        return [*deleted, *media.restored(reads, before[at:], now)]

    @staticmethod
    def _files(params: Params) -> tuple[list[Call], int]:
        """The reads of files that come with the notes, and where their answers begin."""
        notes = _given(params)
        reads = media.reads(file for note in notes for file in media.items(note))
        return reads, sum(map(_may_be_twice, notes))

    def made(self, params: Params, result: Any) -> list[Call]:
        """See `Inverse`."""
        notes = _ids(result)
        if not notes:
            return []
        reviewed = call("findNotes", query=f"{with_ids('nid', notes)} -is:new")
        return [call("notesInfo", notes=notes), reviewed]

    def altered(
        self, params: Params, result: Any, answers: Answers, when: float
    ) -> list[tuple[Any, str]]:
        """See `Inverse`. Anki tells when a note was changed in whole seconds."""
        infos, reviewed = first(answers) or [], set(first(answers, 1) or ())
        every = result if isinstance(result, list) else [result]
        given = dict(zip(every, _given(params), strict=False))
        found = []
        for info in infos:
            if not info:
                continue
            number = info["noteId"]
            if number in reviewed:
                found.append((number, "it has been learnt"))
            elif info.get("mod", 0) > when + 2 and not _as_added(given.get(number), info):
                found.append((number, "it has been changed"))
        return found

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        notes = _given(params)
        if result is None:
            return self._found(params, before, after)
        done = len(_ids(result))
        reads, at = self._files(params)
        files = [file for note in notes for file in media.items(note)]
        lost = media.not_stored(files, reads, (after or [])[at:])
        state = NOT_DONE if not done else PARTLY if lost or done < len(notes) else DONE
        why = media.NOT_STORED if lost else ""
        return Verdict(state, len(notes), done, "note", (), tuple(dict.fromkeys(lost)), why)

    def checks(self, params: Params) -> list[Call]:
        """See `Inverse`: the fields of the note types, since others are ignored without a word; the
        notes of today, those in the deck of that name and those in the one that is always there.
        """
        fields = [call("modelFieldNames", modelName=model) for model in _models(params)]
        decks = _decks(params) if self.may_stray else []
        inside = [call("findNotes", query=f"{TODAY} {whole_name('deck', deck)}") for deck in decks]
        return [*fields, call("findNotes", query=f"{TODAY} did:1"), *inside] if decks else fields

    def checked(self, params: Params, result: Any, answers: Answers, found: Verdict) -> Verdict:
        """See `Inverse`."""
        models, decks = _models(params), _decks(params)
        found = _with_fields(params, dict(zip(models, answers, strict=False)), found)
        in_default, *inside = answers[len(models) :] or [None]
        ids = result if isinstance(result, list) else [result]
        if in_default is None or not in_default.intersection(ids):
            return found
        by_deck = dict(zip(decks, inside, strict=True))
        wrong = [
            deck
            for number, note in zip(ids, _given(params), strict=False)
            if number in in_default
            and (there := by_deck.get(deck := note.get("deckName", ""))) is not None
            and number not in there
        ]
        if not wrong:
            return found
        why = TOO_OLD.format(decks=", ".join(dict.fromkeys(wrong)))
        return replace(found, state=PARTLY, done=max(0, found.done - len(wrong)), why=why)

    def recovered(self, params: Params, before: Answers, after: Answers) -> Any:
        """See `Inverse`."""
        found = self._traced(params, before, after)
        if found is None:
            return None
        return found if "notes" in params else first(found)

    def _found(self, params: Params, before: Answers, after: Answers | None) -> Verdict:
        """The verdict if the answer was lost: notes with these contents are there, or not."""
        count = len(_given(params))
        if after is None or len(after) < len(self.image(params)) + count:
            return Verdict(UNSURE, count, 0, "note")
        found = self._traced(params, before, after)
        if found is None:
            return Verdict(UNSURE, count, 0, "note")
        done = len([each for each in found if each is not None])
        state = DONE if done == count else NOT_DONE if not done else UNSURE
        return Verdict(state, count, done, "note")

    def _traced(self, params: Params, before: Answers, after: Answers) -> list[int | None] | None:
        """The ids that the traces show, None for a note that is not there."""
        notes, reads = _given(params), self.image(params)
        searches = {
            read.params["query"]: set(answer or ())
            for read, answer in zip(reads, before, strict=False)
            if read.action == "findNotes"
        }
        taken: set[int] = set()
        found: list[int | None] = []
        for note, answer in zip(notes, after[len(reads) :], strict=False):
            if answer is None:
                return None
            were = searches.get(_search(note).params["query"], set())
            new = sorted(set(answer) - were - taken)
            found.append(new[0] if new else None)
            taken |= set(new[:1])
        return found


class EmbeddedAddition(Addition):
    """The same in the embedded engine, where new tags go off the list again."""

    may_stray = False

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        tags = and_above(tag_names([tag for n in _given(params) for tag in n.get("tags") or ()]))
        return [*super().image(params), call("getState", what={"tags": tags})]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        calls = super().undo(params, before, after, result)
        at = len(self.image(params)) - 1
        were = (first(before, at) or {}).get("tags", {})
        are = (first(after, at) or {}).get("tags", {})
        new = sorted((tag for tag in are if tag not in were), reverse=True)
        return [*calls, *put_back({}, {"tags": new})]


def _may_be_twice(note: dict[str, Any]) -> bool:
    return bool((note.get("options") or {}).get("allowDuplicate"))


def _decks(params: Params) -> list[str]:
    decks = dict.fromkeys([note.get("deckName") for note in _given(params)])
    return [deck for deck in decks if isinstance(deck, str)]


def _with_fields(params: Params, known: dict[str, Any], found: Verdict) -> Verdict:
    """A verdict, and the fields that note types do not have; `known` are those that they have."""
    fields = {
        model: {name.casefold() for name in names}
        for model, names in known.items()
        if names is not None
    }
    unknown = [
        name
        for note in _given(params)
        for name in note.get("fields") or ()
        if name.casefold() not in fields.get(note["modelName"], {name.casefold()})
    ]
    if not unknown:
        return found
    return replace(
        found,
        state=PARTLY if found.state == DONE else found.state,
        ignored=tuple(dict.fromkeys([*unknown, *found.ignored])),
        why=found.why or f"the note type has no such field: {', '.join(unknown)}",
    )


def _search(note: dict[str, Any]) -> Call:
    """Finds recent notes with the contents of one that is to be added.

    Files are appended to fields, so that only their beginning is known.
    """
    end = ".*$" if any(media.items(note)) else "$"
    terms = [
        quoted(_key(name), f"re:(?s)^{regex_of(unicodedata.normalize('NFC', text))}{end}", "QUOTED")
        for name, text in note["fields"].items()
        if isinstance(text, str) and text
    ]
    return call(
        "findNotes", query=" ".join([RECENT, whole_name("note", note["modelName"]), *terms])
    )


def _key(name: str) -> str:
    return "".join(f"\\{c}" if c in '\\"*_:' else c for c in name)


def _as_added(note: dict[str, Any] | None, info: dict[str, Any]) -> bool:
    """Whether a note is still as it was added."""
    if note is None or any(media.items(note)):
        return False
    given = {name.casefold(): text for name, text in note["fields"].items()}
    fields = all(
        same_text(given.get(name.casefold(), ""), field["value"])
        for name, field in info["fields"].items()
    )
    tags = {tag.casefold() for tag in tag_names(note.get("tags") or ())}
    return fields and tags == {tag.casefold() for tag in info["tags"]}


INVERSES: dict[str, Inverse] = {"addNote": Addition(), "addNotes": Addition()}
