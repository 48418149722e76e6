"""Completion inside of a search: keywords, states, names of things, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ankish.analysis.candidates import Doc, Habits, Offers, Write
from ankish.analysis.days import last_days, on, today
from ankish.analysis.matching import WORD, prepared
from ankish.analysis.world import World
from ankish.data import dataclass
from ankish.diagnostics.text import counted
from ankish.syntax.search.keywords import BUTTONS, KEYWORDS, OPERATORS, PROPERTIES, Takes

FEW = 5
"""How many names of a kind are offered for a bare word."""

NAMES = {
    Takes.DECK: "deck",
    Takes.TAG: "tag",
    Takes.NOTE_TYPE: "model",
    Takes.CARD: "template",
}

_TERM = re.compile(
    r"""(?P<sign>-?)(?P<quote>"?)(?:(?P<key>(?:[^:"\\]|\\.)*):)?(?P<rest>.*)""", re.S
)
_DATED = re.compile(r"(?:due|rated|resched)(?:[<>!]=|[=<>])(-?\d{1,5})")
"""A property that is compared with a day."""
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


def offer_terms(
    term: Term, world: World, write: Write, closing: str, habits: Habits | None = None
) -> Offers:
    """What the term can become.

    `write` writes a term where it is to stand; `closing` is what stands behind the cursor
    already and closes the term's quote, or empty.
    """
    offers = Offers(term.value, habits)
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

    def add(self, value: str, doc: str, typed: str | None = None) -> None:
        """Offer a value that needs no quotes, where `typed` may mean it."""
        written = self.write(f"{self.term.head}{value}")
        if written is not None:
            self.offers.add(written, "search", doc, name=value, typed=typed)

    def add_meant(self, key: str, names: Iterable[str] | None, doc: Doc) -> None:
        """Offer terms with names that a bare word may mean: `tag:leech` for `lee`."""
        for how, name in prepared(tuple(names or ())).matching(self.term.value, FEW):
            written = self._named(name, f"{key}:")
            if how <= WORD and written is not None:
                said = doc if isinstance(doc, str) else doc(name)
                shown = f"{key}:{name}"
                self.offers.add(written, "search", said, name=name, display=shown, late=1)

    def add_key(self, key: str, doc: str) -> None:
        """Offer a keyword or a field; one with a blank in it puts the term in quotes."""
        quote = self.term.quote or ('"' if re.search(r"[\s()]", key) else "")
        escaped = _SPECIAL.sub(r"\\\1", key).replace(":", "\\:")
        written = self.write(f"{self.term.sign}{quote}{escaped}:")
        if written is not None:
            self.offers.add(written, "search", doc, name=f"{key}:")

    def add_names(self, names: Iterable[str] | None, kind: str, doc: Doc) -> None:
        """Offer names of things."""
        self.offers.add_names(names, kind, doc, self._named)

    def _named(self, name: str, key: str = "") -> str | None:
        value = _SPECIAL.sub(r"\\\1", name)
        if self.term.quote:
            value = f'{value}"'
        elif self.term.opened or re.search(r'[\s"()]', value):
            value = f'"{value}"'
        written = self.write(f"{self.term.head}{key}{value}")
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
    if len(into.term.value) > 1:
        for key, takes in (("tag", Takes.TAG), ("deck", Takes.DECK), ("note", Takes.NOTE_TYPE)):
            kind = NAMES[takes]
            into.add_meant(key, _names(kind, world), _said(kind, world))


def _values(into: _Into, takes: Takes, world: World) -> None:
    if takes in NAMES:
        kind = NAMES[takes]
        into.add_names(_names(kind, world), kind, _said(kind, world))
    elif takes is Takes.PROPERTY:
        _properties(into)
    elif takes in (Takes.DAYS, Takes.DAYS_BUTTON):
        days, colon, _ = into.term.value.partition(":")
        if colon and takes is Takes.DAYS_BUTTON:
            for button, name in BUTTONS.items():
                into.add(f"{days}:{button}", f"answered with {name}")
        else:
            for value, doc in last_days(into.term.value, today()):
                into.add(value, doc, typed=value)


def _said(kind: str, world: World) -> Doc:
    return about_decks(world) if kind == "deck" else kind.replace("model", "note type")


def about_decks(world: World) -> Doc:
    """What is said of a deck: how many cards it has and how many are due, if that is known."""
    counts = world.deck_counts()
    if counts is None:
        return "deck"
    known = counts

    def doc(name: str) -> str:
        if name not in known:
            return "deck"
        count = known[name]
        due = f" · {count.due:,} due" if count.due else ""
        return counted(count.cards, "card") + due

    return doc


def _properties(into: _Into) -> None:
    name = re.match(r"[a-z]*", into.term.value)
    known = PROPERTIES.get(name[0]) if name else None
    for each in PROPERTIES.values():
        into.add(each.name, each.doc)
    if known is not None:
        for operator in OPERATORS:
            into.add(f"{known.name}{operator}", known.doc)
    if (dated := _DATED.fullmatch(into.term.value)) and (day := on(int(dated[1]), today())):
        into.add(into.term.value, day)


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
