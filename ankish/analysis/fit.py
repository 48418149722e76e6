"""Which types go where, and how a type is called in a message."""

from __future__ import annotations

import re

from ankish.catalog.types import ANY, CARD, NOTE, Key, Type

TEXTS = frozenset(
    {
        "text",
        "deck",
        "model",
        "field",
        "tag",
        "tags",
        "template",
        "profile",
        "media",
        "path",
        "action",
    }
)
"""Types whose values are texts: names of things, and text itself."""

NAMES = frozenset({"deck", "model", "tag", "media", "profile", "template", "field"})
"""Names, which are never empty: AnkiConnect takes an empty one for something else, such as the
whole media folder (quirk of deleteMediaFile) or a new deck called `blank`."""

NUMBERS = frozenset({"int", "float"})
IDS = frozenset({"cards", "notes"})

PLURAL = {
    "text": "texts",
    "int": "numbers",
    "float": "numbers",
    "deck": "decks",
    "model": "note types",
    "field": "fields",
    "tag": "tags",
    "template": "templates",
    "profile": "profiles",
    "media": "media files",
    "record": "a table",
    "card": "cards",
    "note": "notes",
    "bool": "true and false",
}
SINGULAR = {
    "any": "some value",
    "null": "nothing",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "text": "a text",
    "record": "a record",
    "list": "a list",
    "query": "a search",
    "cards": "cards",
    "notes": "notes",
    "card": "one card",
    "note": "one note",
    "deck": "a deck",
    "model": "a note type",
    "field": "a field",
    "tag": "a tag",
    "tags": "tags",
    "template": "a template",
    "profile": "a profile",
    "media": "a media file",
    "path": "a path",
    "action": "an action",
}


def named(type_: Type) -> str:
    """A type in the words of a message: `a number`, `decks`, `a table`."""
    if type_.name == "list" and type_.of is not None:
        return PLURAL.get(type_.of.name, f"a list of {named(type_.of)}")
    if type_.choices:
        return " or ".join(f'"{choice}"' for choice in type_.choices)
    return SINGULAR.get(type_.name, type_.name)


def fits(have: Type, want: Type) -> bool:
    """Whether a value of one type can stand where another is wanted, as it is.

    What is not known before the program runs (`any`) fits everywhere and is looked at then.
    """
    if have.name == "any" or want.name == "any":
        return True
    if have.name in TEXTS and want.name in TEXTS:
        return True
    if have.name in ("int", "card", "note") and want.name in ("int", "float", "card", "note"):
        return True
    if have.name in IDS or want.name in IDS:
        return have.name == want.name or (
            want.name == "list" and want.of is not None and want.of.name in ("int", "any")
        )
    if have.name == want.name == "list":
        return have.of is None or want.of is None or fits(have.of, want.of)
    if have.name == want.name == "record":
        return all(
            not key.required or not have.keys or have.key(key.name) is not None for key in want.keys
        )
    return have.name == want.name


def certain(have: Type, want: Type) -> bool:
    """Whether all that is wanted of a value is known already, so that it need not be looked at."""
    if want.name == "any":
        return True
    if have.name == "any" or want.choices and not have.choices:
        return False
    if limits(want) and limits(have) != limits(want):
        return False
    if have.name == want.name == "list":
        return want.of is None or have.of is not None and certain(have.of, want.of)
    if have.name == want.name == "record":
        if not want.keys and want.of is None:
            return True
        known = {key.name: key for key in have.keys}
        return bool(known) and all(
            (known[key.name].required or not key.required)
            and certain(known[key.name].type, key.type)
            if key.name in known
            else not key.required
            for key in want.keys
        )
    return True


def within(number: int, want: Type) -> bool:
    """Whether a number keeps the limits of a type."""
    above = want.low is None or number >= want.low
    return above and (want.high is None or number <= want.high)


def formed(text: str, want: Type) -> bool:
    """Whether a text looks as a type wants it to."""
    return want.form is None or re.fullmatch(want.form.pattern, text) is not None


def limits(want: Type) -> str:
    """The limits of a type in words."""
    least = "" if want.low is None else f"at least {want.low}"
    most = "" if want.high is None else f"at most {want.high}"
    return " and ".join(filter(None, (least, most)))


def element(type_: Type) -> Type:
    """The type of an item of something that has items."""
    return {"cards": CARD, "notes": NOTE}.get(type_.name) or type_.of or ANY


def is_table(type_: Type) -> bool:
    """Whether it is a list of records."""
    return type_.name == "list" and type_.of is not None and type_.of.name == "record"


def taken_apart(type_: Type) -> str | None:
    """How a record becomes what has items, in words; None if it is no record."""
    if type_.name != "record":
        return None
    inner = type_.of
    table = inner is not None and inner.name == "record"
    made = "a table of the records" if table else "a list of what is"
    return f"| values makes {made} in it"


def can_flow(type_: Type) -> bool:
    """Whether a first parameter of that type is what the pipe fills: things, not names."""
    return type_.name in ("cards", "notes", "query", "list")


def joined(left: Type, right: Type) -> Type:
    """A type that values of both have."""
    from ankish.catalog.types import FLOAT, NULL, TEXT

    if left == right or right == NULL:
        return left
    if left == NULL:
        return right
    if left.name in NUMBERS and right.name in NUMBERS:
        return FLOAT
    if left.name in TEXTS and right.name in TEXTS:
        return TEXT
    if left.name == right.name == "record":
        return _joined_records(left, right)
    if left.name == right.name == "list" and left.of is not None and right.of is not None:
        return Type("list", joined(left.of, right.of))
    return ANY


def _joined_records(left: Type, right: Type) -> Type:
    """A record with the keys of both; one that only one of them has may be missing."""
    if not left.keys or not right.keys:
        return Type("record")
    keys = []
    for key in (*left.keys, *(key for key in right.keys if left.key(key.name) is None)):
        here, there = left.key(key.name), right.key(key.name)
        if here is not None and there is not None:
            both = here.required and there.required
            keys.append(Key(key.name, joined(here.type, there.type), both, key.doc))
        else:
            keys.append(Key(key.name, key.type, False, key.doc))
    return Type("record", keys=tuple(keys))
