"""`upsert`: which note a row is about, and what has to be done to it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ankish.runtime.markup import key_text

Draft = dict[str, Any]
Decision = dict[str, Any]
"""What is to become of a row: `verdict`, `noteId`, `error`, and what has to be sent."""

FEW = 3
"""How many ids a message names."""


def decide(drafts: list[Draft], infos: list[dict[str, Any]], key: str | None) -> list[Decision]:
    """What is to become of each draft, given the notes there are.

    `key` is the field that tells which note a draft is about; None if `noteId` in it does. A key
    that several rows or several notes have is no key: these rows are errors.
    """
    notes: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for info in infos:
        for found in [] if not info else _key_of_note(info, key):
            notes[found].append(info)
    keys = [_key_of_draft(draft, key) for draft in drafts]
    rows: dict[Any, list[int]] = defaultdict(list)
    for at, one in enumerate(keys):
        if one is not None:
            rows[one].append(at + 1)
    return [
        _decided(draft, key, one, rows.get(one, []), notes.get(one, []))
        for draft, one in zip(drafts, keys, strict=True)
    ]


def _decided(
    draft: Draft, key: str | None, one: Any, rows: list[int], notes: list[dict[str, Any]]
) -> Decision:
    if one is None and key is not None:
        return _error(f"the key {key} is empty")
    if len(rows) > 1:
        return _error(f"the rows {_and(rows)} have the same key")
    if len(notes) > 1:
        some = [str(note["noteId"]) for note in notes[:FEW]]
        more = [] if len(notes) <= FEW else [f"{len(notes) - FEW} more"]
        return _error(f"several notes have this key: {_and([*some, *more])}")
    if notes:
        return _change(draft, notes[0])
    if one is not None and key is None:
        return _error(f"there is no note {one}")
    if not draft["deckName"]:
        return _error("no note has this key, and no deck is given to add one to")
    return {"verdict": "added", "noteId": None, "error": None, "draft": draft}


def _change(draft: Draft, note: Mapping[str, Any]) -> Decision:
    """Fields that become others, and tags that are not there yet."""
    there = note["fields"]
    lacking = [name for name in draft["fields"] if name not in there]
    if lacking:
        return _error(f"the note {note['noteId']} has no field {lacking[0]}")
    fields = {
        name: value
        for name, value in draft["fields"].items()
        if there[name]["value"] not in (value, unicodedata.normalize("NFC", value))
    }
    have = {tag.casefold() for tag in note["tags"]}
    tags = [tag for tag in draft["tags"] if tag.casefold() not in have]
    verdict = "changed" if fields or tags else "same"
    decision = {"verdict": verdict, "noteId": note["noteId"], "error": None}
    return {**decision, "fields": fields, "tags": " ".join(tags)}


def _error(why: str) -> Decision:
    return {"verdict": "error", "noteId": None, "error": why}


def _and(items: list[Any]) -> str:
    return " and ".join(filter(None, [", ".join(map(str, items[:-1])), str(items[-1])]))


def _key_of_note(info: Mapping[str, Any], key: str | None) -> Iterator[Any]:
    if key is None:
        yield info["noteId"]
    elif key in info["fields"]:
        yield info["modelName"], key_text(info["fields"][key]["value"])


def _key_of_draft(draft: Draft, key: str | None) -> Any:
    if key is None:
        return draft["noteId"]
    text = key_text(draft["fields"].get(key, ""))
    return (draft["modelName"], text) if text else None


# ---- what is sent


def models(drafts: Iterable[Draft]) -> list[str]:
    """The note types that drafts name."""
    return list(dict.fromkeys(draft["modelName"] for draft in drafts))


def decks(drafts: Iterable[Draft]) -> list[str]:
    """The decks that drafts name."""
    return list(dict.fromkeys(draft["deckName"] for draft in drafts if draft["deckName"]))


def named_notes(drafts: Iterable[Draft]) -> list[int]:
    """The notes that drafts name."""
    return list(dict.fromkeys(d["noteId"] for d in drafts if d["noteId"] is not None))


def to_add(decisions: Iterable[Decision]) -> list[Draft]:
    """The notes to add."""
    hidden = ("noteId",)
    return [
        {name: value for name, value in each["draft"].items() if name not in hidden}
        for each in decisions
        if each["verdict"] == "added"
    ]


def to_change(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """The fields to change, as updateNoteFields wants them."""
    return [
        {"id": each["noteId"], "fields": each["fields"]} for each in decisions if each.get("fields")
    ]


def to_tag(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """The tags to add, as addTags wants them: one for all notes that get the same."""
    groups: dict[str, list[int]] = defaultdict(list)
    for each in decisions:
        if each.get("tags"):
            groups[each["tags"]].append(each["noteId"])
    return [{"notes": notes, "tags": tags} for tags, notes in groups.items()]


def verdicts(decisions: list[Decision], added: Any, changed: Any, tagged: Any) -> list[Any]:
    """What became of each row, after Anki has answered."""
    answers = iter(added)
    refused = {
        change["id"]: said["error"]
        for change, said in zip(to_change(decisions), changed, strict=True)
        if not said["ok"]
    }
    for group, said in zip(to_tag(decisions), tagged, strict=True):
        if not said["ok"]:
            refused |= dict.fromkeys(group["notes"], said["error"])
    made = []
    for each in decisions:
        note, error = each["noteId"], each["error"]
        if each["verdict"] == "added":
            said = next(answers)
            note, error = said["result"], said["error"]
        error = refused.get(note, error)
        verdict = "error" if error is not None else each["verdict"]
        made.append({"ok": error is None, "verdict": verdict, "noteId": note, "error": error})
    return made
