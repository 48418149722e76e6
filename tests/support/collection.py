"""A snapshot of a collection that never was, with names that are hard to write."""

from __future__ import annotations

from ankish.anki.world import Model as NoteType
from ankish.anki.world import World

DECKS = (
    "Default",
    "Japanese",
    "Japanese::N3",
    "Japanese::N5",
    "My deck",
    'My "best" deck (2)',
    "Spanish",
    "Spanish::Verbs",
    "C_1*",
    "50% off $5 ${x}",
    "it's",
    "a=b",
    "2024",
    "-minus",
)

NOTE_TYPES = {
    "Basic": NoteType(("Front", "Back"), ("Card 1",)),
    "Cloze": NoteType(("Text", "Back Extra"), ("Cloze",)),
    "Vocabulary": NoteType(
        ("Word", "Meaning", "Sentence Audio", "true", "a`b", "größe", "x²"), ("Reading", "Recall")
    ),
}

TAGS = ("leech", "marked", "verb", "verb::irregular", "from-web", "日本", 'odd"tag', "under_score")

ACTIONS = frozenset({"deckNames", "suspend", "newestAction"})


def snapshot() -> World:
    """What exists."""
    return World(
        known=frozenset({"actions", "decks", "models", "details", "tags", "profiles", "media"}),
        deck_ids={name: number for number, name in enumerate(DECKS, 1)},
        model_ids={name: number for number, name in enumerate(NOTE_TYPES, 1)},
        details=NOTE_TYPES,
        tag_names=TAGS,
        profile_names=("User 1", "Work"),
        profile="User 1",
        action_names=ACTIONS,
    )


def nothing_known() -> World:
    """A snapshot taken before anything was asked."""
    return World()
