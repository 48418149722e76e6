"""The types of language.md 3: what a value is, and what a parameter asks for."""

from __future__ import annotations

from ankish.data import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A declared key of a record: `deckName: deck` in the note object of addNote."""

    name: str
    type: Type
    required: bool = True
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a text has to look like.

    * **pattern** - a regular expression that the whole text matches.
    * **words** - what that is, for messages: `a day such as "0"`.
    """

    pattern: str
    words: str


@dataclass(frozen=True, slots=True)
class Type:
    """A type.

    * **name** - `int`, `text`, `list`, `record`, `cards` …
    * **of** - the element of a list; the value of a map (a record with free keys).
    * **keys** - the declared keys of a record; empty for a free one. A record with both
      `keys` and `of` may have others besides.
    * **choices** - the only texts allowed, where the values can be counted.
    * **names** - what the free keys of a map are the names of: `field`, `deck` …
    * **low**, **high** - the least and the greatest integer allowed.
    * **form** - what a text has to look like, where not every text will do.
    """

    name: str
    of: Type | None = None
    keys: tuple[Key, ...] = ()
    choices: tuple[str, ...] = ()
    names: str = ""
    low: int | None = None
    high: int | None = None
    form: Form | None = None

    def __str__(self) -> str:
        if self.name == "list" and self.of is not None:
            return "table" if self.of.name == "record" else f"list<{self.of}>"
        if self.choices:
            return " or ".join(f'"{choice}"' for choice in self.choices)
        if self.low is not None:
            upper = "up" if self.high is None else f"to {self.high}"
            return f"{self.name} from {self.low} {upper}"
        return self.name

    def key(self, name: str) -> Key | None:
        """The declared key of that name, or None."""
        return next((key for key in self.keys if key.name == name), None)


ANY = Type("any")
NULL = Type("null")
BOOL = Type("bool")
INT = Type("int")
FLOAT = Type("float")
TEXT = Type("text")
RECORD = Type("record")
TABLE = Type("list", RECORD)

QUERY = Type("query")
"""A search that has not been asked yet."""
CARDS = Type("cards")
NOTES = Type("notes")
"""Sets of ids, in the order in which they were found."""
CARD = Type("card")
NOTE = Type("note")
"""One id. An integer will do, and a set that holds exactly one."""

DECK = Type("deck")
MODEL = Type("model")
FIELD = Type("field")
TAG = Type("tag")
TAGS = Type("tags")
"""Tags as AnkiConnect's addTags wants them: one text, separated by spaces. A list will do."""
TEMPLATE = Type("template")
PROFILE = Type("profile")
MEDIA = Type("media")
PATH = Type("path")
ACTION = Type("action")
"""The name of an action."""


DUE_DAYS = Type(
    "text",
    form=Form("[0-9]+(-[0-9]+)?!?", 'a number of days, such as "0", "3-7" or "5!"'),
)
"""On which day cards are due: from today on; between two days; with `!` the interval too."""


def list_of(of: Type) -> Type:
    """`list<of>`."""
    return Type("list", of)


def map_of(of: Type, names: str = "") -> Type:
    """A record whose keys are free (the `names` of something) and whose values are all `of`."""
    return Type("record", of, names=names)


def record_of(*keys: Key) -> Type:
    """A record with declared keys."""
    return Type("record", keys=keys)


def one_of(*choices: str) -> Type:
    """A text out of a few."""
    return Type("text", choices=choices)


def int_from(low: int, high: int | None = None) -> Type:
    """An integer that is not under `low` and not over `high`."""
    return Type("int", low=low, high=high)
