"""Bringing deleted notes and cards back through AnkiConnect, as far as it lets one.

It takes several requests, since each gives what the next one needs: which of the decks there
are, and which note types are for clozes; the notes, added again, with new ids; their new
cards; and then decks, schedule and reviews of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ankish.data import dataclass
from ankish.runtime.inverse.calls import call, first
from ankish.runtime.inverse.cards import SHOWN_AS, set_columns
from ankish.runtime.inverse.model import Answers, Call, Done, Inverse

Params = dict[str, Any]

DEFAULT = "Default"
PLACEHOLDER = "."
CLOZE = "{{c1::.}}"
"""What a field holds for a moment, so that Anki lets the note in."""

_DELETION = re.compile(r"\{\{c\d+::")
_CLOZE_FIELD = re.compile(r"\{\{(?:[^{}]*:)?cloze:([^{}]+)\}\}")
_MARKUP = re.compile(r"<[^>]*>|&nbsp;|\s")

REVIEW = ("ease", "ivl", "lastIvl", "factor", "time", "type")
"""The columns of a review as insertReviews takes them, behind time, card and usn."""
NOT_SYNCED = -1

AGAIN = 50
"""How often reviews are offered again, each time a millisecond later."""
SET_AGAIN = {column: key for column, key in SHOWN_AS.items() if column not in ("nid", "ord")}


@dataclass(frozen=True, slots=True)
class Lost:
    """What is to come back.

    * **notes** - as notesInfo shows them, by id; **cards** - as cardsInfo shows them, by id.
    * **reviews** - of the cards, as getReviewsOfCards gives them.
    """

    notes: dict[int, dict[str, Any]]
    cards: dict[int, dict[str, Any]]
    reviews: dict[str, list[dict[str, int]]]

    def __bool__(self) -> bool:
        return bool(self.notes or self.cards)


class Revival(Inverse):
    """Of actions that delete notes or cards. A subclass says what is lost.

    A review is known by its millisecond. That of the old line, which stays in the log for a
    card that is no more, can't be had again, so the new one comes at least one later.
    """

    may_fail = frozenset({"insertReviews"})

    def lost(self, params: Params, before: Answers, after: Answers | None) -> Lost:
        """What there was and is to be again, and is not there now."""
        raise AssertionError("a subclass says what is lost")

    def cards_gone(self, before: Answers, after: Answers | None, at: int) -> dict[int, Any]:
        """Of the cards that a cardsInfo has shown, those that are no more."""
        were, are = first(before, at) or [], first(after, at)
        now = are if are is not None else [{}] * len(were)
        return {was["cardId"]: was for was, card in zip(were, now, strict=True) if was and not card}

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        lost = self.lost(params, before, after)
        decks = dict.fromkeys(card["deckName"] for card in lost.cards.values())
        models = dict.fromkeys(note["modelName"] for note in lost.notes.values())
        return [
            *(call("getDeckConfig", deck=deck) for deck in decks),
            *(call("modelTemplates", modelName=model) for model in models),
        ]

    def further(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[Call]:
        """See `Inverse`."""
        lost = self.lost(params, before, after)
        if not lost:
            return []
        asked = {each.action for each, _ in done}
        if lost.notes and "addNote" not in asked:
            return [*_missing_decks(done), *_additions(lost, done)]
        if "notesInfo" not in asked:
            new = _new_notes(lost, done)
            notes = [new[note] for note in lost.notes]
            notes += [card["note"] for card in lost.cards.values() if card["note"] not in new]
            look = call("notesInfo", notes=list(dict.fromkeys(notes)))
            return [*_missing_decks(done), *_filled(lost, new, done), look]
        if "cardsInfo" not in asked:
            infos = next(answer for each, answer in done if each.action == "notesInfo")
            return [call("cardsInfo", cards=[c for info in infos for c in info.get("cards", ())])]
        pairs = _pairs(lost, done)
        reviews = _reviews(lost, pairs, done)
        if done[-1][0].action == "cardsInfo":
            return [*_scheduled(lost, pairs, _homes(done)), *reviews]
        return reviews if done[-1][0].action == "getReviewsOfCards" else []

    def renamed(
        self, params: Params, before: Answers, after: Answers | None, done: Done
    ) -> list[tuple[str, Any, Any]]:
        """See `Inverse`."""
        lost = self.lost(params, before, after)
        notes = [("note", old, new) for old, new in _new_notes(lost, done).items()]
        return [*notes, *(("card", old, new) for old, new in _pairs(lost, done).items())]


def _homes(done: Done) -> dict[str, str]:
    """By deck, where its cards can be put: Default for a filtered one, or if it stays away."""
    there = {*_missing(done), *(e.params["deck"] for e, _ in done if e.action == "createDeck")}
    return {
        each.params["deck"]: each.params["deck"]
        if (config and not config.get("dyn")) or (not config and each.params["deck"] in there)
        else DEFAULT
        for each, config in done
        if each.action == "getDeckConfig"
    }


def _missing(done: Done) -> list[str]:
    """Decks that are to be made. Where some were made first, the others are not to come back."""
    if any(each.action == "createDeck" for each, _ in done):
        return []
    return [e.params["deck"] for e, config in done if e.action == "getDeckConfig" and not config]


def _missing_decks(done: Done) -> list[Call]:
    return [call("createDeck", deck=deck) for deck in _missing(done)]


def _templates(done: Done) -> dict[str, Any]:
    """The templates of note types, by name."""
    return {e.params["modelName"]: sides for e, sides in done if e.action == "modelTemplates"}


def _additions(lost: Lost, done: Done) -> Iterator[Call]:
    homes, templates = _homes(done), _templates(done)
    for note in lost.notes.values():
        cards = [lost.cards[card] for card in note["cards"] if card in lost.cards]
        deck = homes.get(cards[0]["deckName"], DEFAULT) if cards else DEFAULT
        yield call(
            "addNote",
            note={
                "deckName": deck,
                "modelName": note["modelName"],
                "fields": _accepted(note, templates.get(note["modelName"]) or {}),
                "tags": note["tags"],
                "options": {"allowDuplicate": True},
            },
        )


def _accepted(note: dict[str, Any], templates: dict[str, dict[str, str]]) -> dict[str, str]:
    """The fields of a note, changed where Anki would not let it in.

    It refuses a note whose first field is blank, one of a cloze type without a deletion, and
    one of another type with a deletion.
    """
    ordered = sorted(note["fields"].items(), key=lambda field: int(field[1]["order"]))
    fields = {name: field["value"] for name, field in ordered}
    hidden = [
        name.strip()
        for sides in templates.values()
        for name in _CLOZE_FIELD.findall(sides["Front"])
        if name.strip() in fields
    ]
    if hidden and not any(_DELETION.search(fields[name]) for name in hidden):
        fields[hidden[0]] += CLOZE
    if not hidden:
        fields = {n: PLACEHOLDER if _DELETION.search(t) else t for n, t in fields.items()}
    name = next(iter(fields))
    return {**fields, name: fields[name] if _MARKUP.sub("", fields[name]) else PLACEHOLDER}


def _new_notes(lost: Lost, done: Done) -> dict[int, int]:
    """The new id of each note that was added again."""
    new = [answer for each, answer in done if each.action == "addNote"]
    return dict(zip(lost.notes, new, strict=True)) if new else {}


def _filled(lost: Lost, new: dict[int, int], done: Done) -> Iterator[Call]:
    """Gives fields what they held, where something else stands in them."""
    templates = _templates(done)
    for number, note in lost.notes.items():
        fields = {name: field["value"] for name, field in note["fields"].items()}
        held = _accepted(note, templates.get(note["modelName"]) or {})
        other = {name: text for name, text in fields.items() if held[name] != text}
        if other:
            yield call("updateNoteFields", note={"id": new[number], "fields": other})


def _pairs(lost: Lost, done: Done) -> dict[int, int]:
    """The new id of each card that there is again: it has the note and the template."""
    new = _new_notes(lost, done)
    infos = [info for each, infos in done if each.action == "cardsInfo" for info in infos]
    places = {(info["note"], info["ord"]): info["cardId"] for info in infos if info}
    wanted = {
        number: (new.get(card["note"], card["note"]), card["ord"])
        for number, card in lost.cards.items()
    }
    return {number: places[place] for number, place in wanted.items() if place in places}


def _scheduled(lost: Lost, pairs: dict[int, int], homes: dict[str, str]) -> list[Call]:
    """Cards in their decks, and due when they were."""
    decks: dict[str, list[int]] = {}
    calls = []
    for old, new in pairs.items():
        card = lost.cards[old]
        home = homes.get(card["deckName"], DEFAULT)
        decks.setdefault(home, []).append(new)
        columns = {column: card[key] for column, key in SET_AGAIN.items() if key in card}
        if home != card["deckName"] and card["type"] != 0:
            columns["due"] = 0  # it was a place in the filtered deck
        elif home != card["deckName"]:
            del columns["due"]
        calls.append(set_columns(new, columns))
    moves = [call("changeDeck", cards=cards, deck=deck) for deck, cards in decks.items()]
    return [*moves, *calls]


def _reviews(lost: Lost, pairs: dict[int, int], done: Done) -> list[Call]:
    """Reviews of cards that have none yet, and a look at what became of that.

    A review whose millisecond is taken makes Anki refuse those of its card. They are offered
    again then, each time a millisecond later.
    """
    looks = [answer for each, answer in done if each.action == "getReviewsOfCards"]
    there = {card: rows for look in looks for card, rows in (look or {}).items() if rows}
    later = len(looks) + 1
    wanted = {
        new: [
            [r["id"] + later, new, NOT_SYNCED, *(r[column] for column in REVIEW)]
            for r in lost.reviews.get(str(old), ())
        ]
        for old, new in pairs.items()
    }
    left = [rows for new, rows in wanted.items() if rows and not there.get(str(new))]
    if not left or later > AGAIN:
        return []
    look = call("getReviewsOfCards", cards=[rows[0][1] for rows in left])
    return [*(call("insertReviews", reviews=rows) for rows in left), look]
