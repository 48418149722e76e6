"""Taking back through AnkiConnect: the fields and the type of a note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ankish.data import replace
from ankish.runtime.inverse import media
from ankish.runtime.inverse.calls import call, cards_to_revive, first, judged, same_text
from ankish.runtime.inverse.deleted import DeletedNotes
from ankish.runtime.inverse.model import (
    DONE,
    NOT_DONE,
    PARTLY,
    UNSURE,
    Answers,
    Call,
    Done,
    Inverse,
    Verdict,
)
from ankish.runtime.inverse.revival import Lost, Revival
from ankish.runtime.inverse.tags import retagged

Params = dict[str, Any]

OPEN = "the note may be open in Anki's browser"


def texts(fields: Mapping[str, Any]) -> dict[str, str]:
    """Fields by name, as texts; notesInfo gives records with their places."""
    return {
        name: value["value"] if isinstance(value, Mapping) else value
        for name, value in fields.items()
    }


def fields_verdict(
    note: dict[str, Any], was: dict[str, Any] | None, now: dict[str, Any] | None
) -> Verdict:
    """The verdict on a note whose fields were set: what is ignored are names of fields.

    Names are compared with their case, as AnkiConnect does (recorded exchange 363).
    """
    if was is not None and not was:
        return Verdict(NOT_DONE, 1, 0, "note", (note["id"],))
    if was is None or not now:
        return Verdict(UNSURE, noun="note")
    given, had, has = note.get("fields") or {}, texts(was["fields"]), texts(now["fields"])
    unknown = [name for name in given if name not in had]
    kept = [
        name
        for name in given
        if name in had and has.get(name) == had[name] and not same_text(given[name], had[name])
    ]
    # Files are appended to fields, so that even a field which stays shows that it was done.
    if not unknown and not kept:
        return Verdict(DONE, noun="note")
    changed = any(has.get(name) != had[name] for name in had) or set(given) - {*unknown, *kept}
    why = f"the note has no such field: {', '.join(unknown)}" if unknown else OPEN
    ignored = (*unknown, *kept)
    return Verdict(PARTLY if changed else NOT_DONE, 1, 0, "note", (), ignored, why)


def with_files(found: Verdict, note: dict[str, Any], reads: list[Call], after: Answers) -> Verdict:
    """A verdict on a note that came with files, of which some may not have been stored."""
    lost = media.not_stored(media.items(note), reads, after)
    if not lost or found.state == UNSURE:
        return found
    return replace(
        found, state=PARTLY, done=0, ignored=(*found.ignored, *lost), why=media.NOT_STORED
    )


class Fields(Inverse):
    """Of `updateNoteFields` and `updateNote`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        note = params["note"]
        return [call("notesInfo", notes=[note["id"]]), *media.reads(media.items(note))]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        note, info = params["note"], _info(before)
        if not info or len(before) > 1:
            return None
        given = note.get("fields") or {}
        fields = {
            name: {**field, "value": given.get(name, field["value"])}
            for name, field in info["fields"].items()
        }
        tags = info["tags"] if note.get("tags") is None else note["tags"]
        return [[{**info, "fields": fields, "tags": tags}]]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        number, target, now = params["note"]["id"], _info(before), _info(after)
        if not target or (after is not None and not now):
            return []
        has = texts(now.get("fields", {}))
        back = {n: text for n, text in texts(target["fields"]).items() if has.get(n) != text}
        changed = [call("updateNoteFields", note={"id": number, "fields": back})] if back else []
        files = media.restored(self.image(params)[1:], before[1:], (after or [])[1:])
        return [*changed, *retagged(number, target, now), *files]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        return _look_for_cards(params, before, after, done)

    def staying(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[int]:
        """See `Inverse`."""
        return _cards_staying(before, after, done)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        was = None if first(before) is None else _info(before)
        found = fields_verdict(params["note"], was, _info(after))
        found = with_files(found, params["note"], self.image(params)[1:], (after or [])[1:])
        tags = params["note"].get("tags")
        if found.state != DONE or tags is None:
            return found
        wanted = {tag.casefold() for text in tags for tag in text.split()}
        has = {tag.casefold() for tag in _info(after)["tags"]}
        return found if wanted == has else Verdict(PARTLY, 1, 0, "note", (), ("tags",))


class Remodelling(Revival):
    """Of `updateNoteModel`; cards that it deletes are made again."""

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("notesInfo", notes=[params["note"]["id"]])]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        return cards_to_revive(_info(answers).get("cards"))

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        target, now = _info(before), _info(after)
        if not target or target == now:
            return []
        note = {
            "id": params["note"]["id"],
            "modelName": target["modelName"],
            "fields": texts(target["fields"]),
            "tags": target["tags"],
        }
        return [call("updateNoteModel", note=note), *super().undo(params, before, after, result)]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        more = super().further(params, before, after, done)
        return more or _look_for_cards(params, before, after, done)

    def staying(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[int]:
        """See `Inverse`."""
        return _cards_staying(before, after, done)

    def lost(self, params: Params, before: Answers, after: Answers | None) -> Lost:
        """See `Revival`."""
        # By the note: a card that stays without a template has Anki refuse to tell of any.
        there = _info(after).get("cards", ())
        cards = [card for card in first(before, 1) or [] if card]
        gone = {card["cardId"]: card for card in cards if card["cardId"] not in there}
        return Lost({}, gone, first(before, 2) or {})

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if not _info(before) or not _info(after):
            return Verdict(UNSURE, noun="note")
        now = _info(after)
        done = now["modelName"].casefold() == params["note"]["modelName"].casefold()
        return judged("note", [params["note"]["id"]], lambda _: True, lambda _: done)


def _info(answers: Answers | None) -> dict[str, Any]:
    infos = first(answers)
    return dict(infos[0]) if infos else {}


def _cards_made(before: Answers, after: Answers | None) -> list[int]:
    """The cards of a note that were not there before."""
    had = _info(before).get("cards", ())
    return [card for card in _info(after).get("cards", ()) if card not in had]


def _look_for_cards(
    params: Params, before: Answers, after: Answers | None, done: Done
) -> list[Call]:
    """The look at the cards of a note to which some were added, unless that is done.

    Neither action removes a card; Anki leaves those that have no template or no text behind.
    """
    if not _cards_made(before, after) or any(each.action == "notesInfo" for each, _ in done):
        return []
    return [call("notesInfo", notes=[params["note"]["id"]])]


def _cards_staying(before: Answers, after: Answers | None, done: Done) -> list[int]:
    looks = [infos for each, infos in done if each.action == "notesInfo" and infos]
    there = {card for infos in looks for info in infos for card in info.get("cards", ())}
    return [card for card in _cards_made(before, after) if card in there]


INVERSES: dict[str, Inverse] = {
    "updateNoteFields": Fields(),
    "updateNote": Fields(),
    "updateNoteModel": Remodelling(),
    "deleteNotes": DeletedNotes(),
}
