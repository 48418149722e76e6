"""Taking back in the embedded engine: notes that are written, tagged or deleted."""

from __future__ import annotations

from typing import Any

from ankish.runtime.inverse import media
from ankish.runtime.inverse.additions import EmbeddedAddition
from ankish.runtime.inverse.calls import and_above, call, same_text, tag_names, with_tag
from ankish.runtime.inverse.model import Answers, Call, Inverse, Verdict
from ankish.runtime.inverse.notes import fields_verdict, with_files
from ankish.runtime.inverse.state import Params, StateInverse


def _of_notes(params: Params) -> tuple[str, str, list[Any]]:
    return "notes", "note", params["notes"]


def _of_note(params: Params) -> tuple[str, str, list[Any]]:
    note = params["note"]
    return "notes", "note", [note["id"] if isinstance(note, dict) else note]


def _tags(params: Params) -> list[str]:
    """The tags that an action may bring into the list of tags."""
    note = params.get("note")
    given = note.get("tags") if isinstance(note, dict) else None
    for name in ("tags", "replace_with_tag"):
        given = given or params.get(name)
    return and_above(tag_names(given or []))


def _note_with_cards(params: Params) -> dict[str, Any]:
    return {"notes": _of_note(params)[2], "tags": _tags(params)}


def _notes_and_tags(params: Params) -> dict[str, Any]:
    return {"noteIds": params["notes"], "tags": _tags(params)}


def _written_notes(params: Params) -> dict[str, Any]:
    """For what writes each note: Anki makes the cards then that the note lacks."""
    return {"notes": params["notes"], "tags": _tags(params)}


def _tagged(params: Params, _: Any, note: Any, __: Any) -> bool:
    has = {tag.casefold() for tag in note["tags"]}
    wanted = {tag.casefold() for tag in tag_names(params["tags"])}
    return wanted <= has if params.get("add", True) else not wanted & has


def _untagged(params: Params, item: Any, note: Any, was: Any) -> bool:
    return _tagged({**params, "add": False}, item, note, was)


def _has_tags(params: Params, _: Any, note: Any, __: Any) -> bool:
    wanted = {tag.casefold() for tag in tag_names(params["tags"])}
    return wanted == {tag.casefold() for tag in note["tags"]}


def _retagged(params: Params, _: Any, note: Any, was: Any) -> bool:
    old = params["tag_to_replace"].casefold()
    had = old in (tag.casefold() for tag in was["tags"])
    has = {tag.casefold() for tag in note["tags"]}
    new = {tag.casefold() for tag in tag_names(params["replace_with_tag"])}
    return not had or (new <= has and (old not in has or old in new))


class Tagging(StateInverse):
    """Of an action on some tags of notes: only those are put back, and no others.

    Behind a URL others may be tagging the same notes, between the look and the write too.
    """

    keeps = True

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        if before and before[-1] and after and after[-1]:
            names = " ".join(
                str(params.get(name) or "")
                for name in ("tags", "tag_to_replace", "replace_with_tag")
            )
            about = {tag.casefold() for tag in tag_names(names)}
            now = after[-1]["notes"]
            rows = {
                number: {**row, "tags": _mixed(row["tags"], now[number]["tags"], about)}
                if number in now
                else row
                for number, row in before[-1]["notes"].items()
            }
            before = [*before[:-1], {**before[-1], "notes": rows}]
        return super().undo(params, before, after, result)


def _mixed(target: list[str], now: list[str], about: set[str]) -> list[str]:
    """The tags of now, but those that it is `about` as in the target, in Anki's order.

    Anki has written all tags of the note as its list of tags spells them: how they were spelled
    comes back with them.
    """
    spelled = {tag.casefold(): tag for tag in target}
    others = [spelled.get(tag.casefold(), tag) for tag in now if tag.casefold() not in about]
    mixed = [*others, *(tag for tag in target if tag.casefold() in about)]
    return target if set(mixed) == set(target) else sorted(mixed, key=str.casefold)


class FieldChange(StateInverse):
    """Of an action that sets fields of one note: what is ignored are names of fields.

    The files that come with it are read as well; they come first.
    """

    keeps = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [*media.reads(media.items(params["note"])), *super().image(params)]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        files = media.restored(self.image(params)[:-1], before, after or [])
        return [*super().undo(params, before, after, result), *files]

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        number = str(params["note"]["id"])
        was, now = (
            None if not answers or answers[-1] is None else answers[-1]["notes"].get(number, {})
            for answers in (before, after)
        )
        found = fields_verdict(params["note"], was, now)
        return with_files(found, params["note"], self.image(params)[:-1], (after or [])[:-1])


def _remodelled(params: Params, _: Any, note: Any, __: Any) -> bool:
    given = {name.casefold(): value for name, value in params["note"]["fields"].items()}
    return all(
        same_text(given.get(name.casefold(), ""), value) for name, value in note["fields"].items()
    )


def _by_tag(params: Params, notes: list[int]) -> dict[str, Any]:
    return {"notes": notes, "tags": _tags(params)}


def _with_empty_cards(_: Params, notes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"notes": [note["note"] for note in notes]}


INVERSES: dict[str, Inverse] = {
    # Notes.
    "addNote": EmbeddedAddition(),
    "addNotes": EmbeddedAddition(),
    "updateNoteFields": FieldChange(_note_with_cards, makes=["cards", "tags"], repeatable=True),
    "updateNote": FieldChange(_note_with_cards, makes=["cards", "tags"], repeatable=True),
    "updateNoteModel": StateInverse(
        _note_with_cards, makes=["cards", "tags"], asked=_of_note, holds=_remodelled
    ),
    "deleteNotes": StateInverse(
        lambda p: {"notes": p["notes"]}, asked=_of_notes, deletes=True, repeatable=True
    ),
    "findAndReplaceInNotes": StateInverse(
        lambda p: {"notes": p["notes"]}, makes=["cards"], asked=_of_notes
    ),
    "removeEmptyNotes": StateInverse(lambda p: {"everything": ["models"]}, repeatable=True),
    "deleteEmptyCards": StateInverse(
        _with_empty_cards, reads=lambda p: [call("getEmptyCards")], repeatable=True
    ),
    # Tags.
    "addTags": Tagging(
        _notes_and_tags, makes=["tags"], asked=_of_notes, holds=_tagged, repeatable=True
    ),
    "removeTags": Tagging(
        _notes_and_tags, makes=["tags"], asked=_of_notes, holds=_untagged, repeatable=True
    ),
    "updateNoteTags": StateInverse(
        _note_with_cards,
        makes=["cards", "tags"],
        asked=_of_note,
        holds=_has_tags,
        repeatable=True,
    ),
    "replaceTags": Tagging(
        _written_notes, makes=["cards", "tags"], asked=_of_notes, holds=_retagged, repeatable=True
    ),
    "replaceTagsInAllNotes": Tagging(
        _by_tag,
        reads=lambda p: [call("findNotes", query=with_tag(p["tag_to_replace"]))],
        makes=["cards", "tags"],
        repeatable=True,
    ),
    "clearUnusedTags": StateInverse(lambda p: {"everything": ["tags"]}, repeatable=True),
}
"""By action."""
