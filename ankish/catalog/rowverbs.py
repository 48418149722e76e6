"""What follows the verbs that are words of the language, for `help`."""

from __future__ import annotations

_PARTS = {
    "deck = …": "the deck of new notes",
    "model = …": "their note type",
    "Front = …": "a field, by its name: an expression of the columns; more follow, with commas",
    "tags = …": "their tags, a list or a text",
}
ROW_ARGUMENTS: dict[str, dict[str, str]] = {
    "where": {"condition": "what holds for the rows that stay"},
    "select": {"columns": "names of columns and fields, with commas between"},
    "sort": {"keys": "columns or expressions, with commas between; `-` before one turns it round"},
    "derive": {"name = …": "a column: an expression of the others; more follow, with commas"},
    "set": {"Front = …": "a field, by its name: an expression; more follow, with commas"},
    "group": {"columns": "names of columns and fields, with commas between"},
    "add": {**_PARTS, "--create": "make decks that are not there; it stands last"},
    "upsert": {
        **_PARTS,
        "key = …": "the field that tells notes apart; without it the note type's first one",
        "noteId = …": "in its place: the note that is changed, by its id",
        "--create": "make decks that are not there; it stands last",
    },
    "each": {"{ … }": "what is done; the item is $it"},
    "chunk": {"size": "how many at a time", "{ … }": "what is done; the items are $it"},
}
"""What follows the verbs that are words of the language."""
