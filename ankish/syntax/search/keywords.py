"""What Anki's search language knows by name: keywords, card states, properties, flags.

One declaration serves checking, binding, completion and help. Which words there are,
and what may follow them, was measured on Anki 26.09.3; the words on what they find are
checked in tests/search/test_keywords.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from ankish.data import dataclass, field


class Takes(Enum):
    """What may stand after a keyword; its value is the placeholder that help shows."""

    DECK = "deck"
    TAG = "tag"
    NOTE_TYPE = "note type"
    CARD = "template or number"
    STATE = "state"
    PROPERTY = "property, comparison, number"
    FLAG = "0-7"
    DAYS = "days"
    DAYS_BUTTON = "days[:button]"
    IDS = "id,id,…"
    ID = "id"
    DUPLICATE = "note type id,text"
    REGEX = "regex"
    TEXT = "text"
    PRESET = "preset"
    DATA = "key"


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that has a meaning before a colon.

    `values` are the words that may follow, with what each finds, where they are few.
    """

    name: str
    takes: Takes
    doc: str
    values: Mapping[str, str] = field(default_factory=dict)


class Number(Enum):
    """What a property is compared with; its value is how messages call it."""

    COUNT = "a whole number from 0"
    WHOLE = "a whole number"
    PAST = "0 or a negative whole number"
    EASE = "a number"
    REAL = "a number of ordinary size"
    WORDS = "a text"


@dataclass(frozen=True, slots=True)
class Property:
    """What `prop:` compares. Anki multiplies the number with `factor` before it compares."""

    name: str
    number: Number
    doc: str
    factor: int = 1


STATES = {
    "new": "cards that have never been answered",
    "learn": "cards in learning or relearning",
    "review": "cards that have been learned, lapsed ones too",
    "due": "review cards that are due, and learning cards waiting to be shown",
    "suspended": "cards taken out of study until unsuspended",
    "buried": "cards put off until tomorrow, by hand or as siblings",
    "buried-manually": "cards put off until tomorrow by hand",
    "buried-sibling": "cards put off because a card of the same note was shown",
}
"""What may follow `is:`."""

FLAGS = {
    "0": "no flag",
    "1": "red",
    "2": "orange",
    "3": "green",
    "4": "blue",
    "5": "pink",
    "6": "turquoise",
    "7": "purple",
}
"""What may follow `flag:`; the colours are Anki's names for them."""

PROPERTIES = {
    each.name: each
    for each in (
        Property("ivl", Number.COUNT, "interval in days"),
        Property("due", Number.WHOLE, "days until due: 0 today, -1 since yesterday"),
        Property("reps", Number.COUNT, "how often the card has been answered"),
        Property("lapses", Number.COUNT, "how often it went from review to relearning"),
        Property("ease", Number.EASE, "ease: 2.5 is 250%"),
        Property("pos", Number.COUNT, "position of a new card"),
        Property("rated", Number.PAST, "day of an answer: 0 today; -1:2 yesterday with Hard"),
        Property("resched", Number.PAST, "day of being rescheduled by hand: 0 today"),
        Property("s", Number.REAL, "FSRS stability in days"),
        Property("d", Number.REAL, "FSRS difficulty from 0 to 1", factor=9),
        Property("r", Number.REAL, "FSRS retrievability from 0 to 1"),
        Property("cdn:", Number.REAL, "a number in the card's custom data: cdn:key"),
        Property("cds:", Number.WORDS, "a text in the card's custom data: cds:key"),
    )
}
"""What may follow `prop:`; after a name that ends in a colon comes a key of the custom data."""

OPERATORS = ("<=", ">=", "!=", "=", "<", ">")
"""The comparisons of `prop:`; a longer one goes before one that begins it."""

BUTTONS = {"1": "Again", "2": "Hard", "3": "Good", "4": "Easy"}
"""The answer buttons, as `rated:N:BUTTON` numbers them."""

KEYWORDS = {
    each.name: each
    for each in (
        Keyword(
            "deck",
            Takes.DECK,
            "cards in a deck and its subdecks",
            {"current": "the deck that is selected", "filtered": "all filtered decks"},
        ),
        Keyword(
            "tag",
            Takes.TAG,
            "notes with a tag or one below it; tag:re: takes a regex",
            {"none": "notes without tags"},
        ),
        Keyword("note", Takes.NOTE_TYPE, "notes of a note type"),
        Keyword("card", Takes.CARD, "cards of a template, by its name or number"),
        Keyword("is", Takes.STATE, "cards in a state", STATES),
        Keyword("prop", Takes.PROPERTY, "cards with a property: prop:ivl>=21"),
        Keyword("flag", Takes.FLAG, "cards with a flag", FLAGS),
        Keyword("rated", Takes.DAYS_BUTTON, "cards answered in the last days, with a button"),
        Keyword("introduced", Takes.DAYS, "cards first answered in the last days"),
        Keyword("added", Takes.DAYS, "cards added in the last days"),
        Keyword("edited", Takes.DAYS, "notes changed in the last days"),
        Keyword("resched", Takes.DAYS, "cards rescheduled by hand in the last days"),
        Keyword("nid", Takes.IDS, "notes with these ids"),
        Keyword("cid", Takes.IDS, "cards with these ids"),
        Keyword("did", Takes.IDS, "cards in the decks with these ids, without subdecks"),
        Keyword("mid", Takes.ID, "notes of the note type with this id"),
        Keyword("dupe", Takes.DUPLICATE, "notes of a note type whose first field is this text"),
        Keyword("re", Takes.REGEX, "notes with a field that a regular expression matches"),
        Keyword("nc", Takes.TEXT, "notes with a text, accents not counted"),
        Keyword("sc", Takes.TEXT, "notes with a text, the markup of clozes left out"),
        Keyword("w", Takes.TEXT, "notes with a text as whole words"),
        Keyword("preset", Takes.PRESET, "cards whose deck has an options preset"),
        Keyword("has-cd", Takes.DATA, "cards with a key in their custom data"),
    )
}
"""Every keyword. Any other word before a colon is the name of a field."""

FIELD_DOC = "notes whose field is this text; Front:*x* has it somewhere, Front:re: takes a regex"
TEXT_DOC = "notes with this text in a field"

OTHER_NAMES = {
    "model": "note",
    "notetype": "note",
    "template": "card",
    "state": "is",
    "status": "is",
    "has": "is",
    "tags": "tag",
    "decks": "deck",
    "regex": "re",
    "created": "added",
    "modified": "edited",
    "reviewed": "rated",
    "studied": "rated",
    "flagged": "flag",
    **{name: f"prop:{name}" for name in ("ivl", "due", "reps", "lapses", "ease")},
    "interval": "prop:ivl",
    "stability": "prop:s",
    "difficulty": "prop:d",
    "retrievability": "prop:r",
}
"""What people write for a keyword, taken from other words for the same thing."""
