"""Completion inside of a search: keywords, states, names of things, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ankish.analysis.candidates import Offers, Write
from ankish.analysis.world import World
from ankish.data import dataclass
from ankish.syntax.search.keywords import BUTTONS, KEYWORDS, OPERATORS, PROPERTIES, Takes

DAYS = {"1": "today", "7": "the last 7 days", "30": "the last 30 days"}
NAMES = {
    Takes.DECK: "deck",
    Takes.TAG: "tag",
    Takes.NOTE_TYPE: "model",
    Takes.CARD: "template",
}

_TERM = re.compile(
    r"""(?P<sign>-?)(?P<quote>"?)(?:(?P<key>(?:[^:"\\]|\\.)*):)?(?P<rest>.*)""", re.S
)
_SPECIAL = re.compile(r'([\\"*_])')
_ESCAPE = re.compile(r"\\(.)", re.S)


@dataclass(frozen=True, slots=True)
class Term:
    """The term that the cursor is in.

    * **sign** - a minus before it, or nothing.
    * **quote** - a quote before it, which has to be closed.
    * **key** - what stands before the colon; None if there is no colon yet.
    * **value** - what is typed after it, or the whole if there is no colon, as it is meant.
    * **opened** - whether a quote stands before the value.
    """

    sign: str
    quote: str
    key: str | None
    value: str
    opened: bool

    @property
    def head(self) -> str:
        """What all candidates begin with."""
        return f"{self.sign}{self.quote}" + ("" if self.key is None else f"{self.key}:")


def read_term(text: str) -> Term:
    """The parts of a term that is still being written."""
    match = _TERM.fullmatch(text)
    assert match is not None
    rest = match["rest"]
    value = _ESCAPE.sub(r"\1", rest.removeprefix('"'))
    return Term(match["sign"], match["quote"], match["key"], value, rest.startswith('"'))


def term_start(search: str) -> int:
    """Where the term begins that ends with a search: after a blank or a bracket outside quotes."""
    start, in_quotes, at = 0, False, 0
    while at < len(search):
        char = search[at]
        if char == "\\":
            at += 1
        elif char == '"':
            in_quotes = not in_quotes
        elif not in_quotes and (char.isspace() or char in "()"):
            start = at + 1
        at += 1
    return min(start, len(search))


def offer_terms(term: Term, world: World, write: Write, closing: str) -> Offers:
    """What the term can become.

    `write` writes a term where it is to stand; `closing` is what stands behind the cursor
    already and closes the term's quote, or empty.
    """
    offers = Offers(term.value)
    into = _Into(term, offers, write, closing)
    keyword = KEYWORDS.get((term.key or "").lower())
    if term.key is None:
        _keys(into, world)
    elif keyword is not None:
        for value, doc in keyword.values.items():
            into.add(value, doc)
        _values(into, keyword.takes, world)
    return offers


@dataclass
class _Into:
    """Where candidates go, and how a value becomes one."""

    term: Term
    offers: Offers
    write: Write
    closing: str

    def add(self, value: str, doc: str) -> None:
        """Offer a value that needs no quotes."""
        self._add(f"{self.term.head}{value}", doc, value)

    def _add(self, text: str, doc: str, name: str, late: int = 0) -> None:
        written = self.write(text)
        if written is not None:
            self.offers.add(written, "search", doc, name=name, late=late)

    def add_key(self, key: str, doc: str) -> None:
        """Offer a keyword or a field; one with a blank in it puts the term in quotes."""
        quote = self.term.quote or ('"' if re.search(r"[\s()]", key) else "")
        escaped = _SPECIAL.sub(r"\\\1", key).replace(":", "\\:")
        self._add(f"{self.term.sign}{quote}{escaped}:", doc, f"{key}:")

    def add_names(self, names: Iterable[str] | None, kind: str, doc: str) -> None:
        """Offer names of things."""
        self.offers.add_names(names, kind, doc, self._named)

    def _named(self, name: str) -> str | None:
        value = _SPECIAL.sub(r"\\\1", name)
        if self.term.quote:
            value = f'{value}"'
        elif self.term.opened or re.search(r'[\s"()]', value):
            value = f'"{value}"'
        written = self.write(f"{self.term.head}{value}")
        if written is None or not self.closing or not (self.term.quote or self.term.opened):
            return written
        return written.removesuffix(self.closing) if written.endswith(self.closing) else None


def _keys(into: _Into, world: World) -> None:
    for keyword in KEYWORDS.values():
        into.add_key(keyword.name, keyword.doc)
    if into.term.value:
        for state, doc in KEYWORDS["is"].values.items():
            into.add(f"is:{state}", doc)
    for field in world.all_fields() or ():
        into.add_key(field, "notes by what is in this field")


def _values(into: _Into, takes: Takes, world: World) -> None:
    if takes in NAMES:
        kind = NAMES[takes]
        into.add_names(_names(kind, world), kind, kind.replace("model", "note type"))
    elif takes is Takes.PROPERTY:
        _properties(into)
    elif takes in (Takes.DAYS, Takes.DAYS_BUTTON):
        days, colon, _ = into.term.value.partition(":")
        if colon and takes is Takes.DAYS_BUTTON:
            for button, name in BUTTONS.items():
                into.add(f"{days}:{button}", f"answered with {name}")
        else:
            for value, doc in DAYS.items():
                into.add(value, doc)


def _properties(into: _Into) -> None:
    name = re.match(r"[a-z]*", into.term.value)
    known = PROPERTIES.get(name[0]) if name else None
    for each in PROPERTIES.values():
        into.add(each.name, each.doc)
    if known is not None:
        for operator in OPERATORS:
            into.add(f"{known.name}{operator}", known.doc)


def _names(kind: str, world: World) -> Iterable[str] | None:
    if kind == "deck":
        return world.decks()
    if kind == "tag":
        return world.tags()
    return world.models() if kind == "model" else _templates(world)


def _templates(world: World) -> list[str] | None:
    models = world.models()
    if models is None:
        return None
    named = (name for model in models for name in world.templates(model) or ())
    return list(dict.fromkeys(named))
