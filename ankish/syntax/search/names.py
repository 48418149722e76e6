"""Whether the decks, tags, note types and fields that a search names exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import Diagnostic, Fix
from ankish.diagnostics.nearest import distance, nearest
from ankish.diagnostics.text import listed
from ankish.syntax.search.escape import unescaped, wildcards
from ankish.syntax.search.keywords import KEYWORDS, OTHER_NAMES
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.term import ESCAPE, ESCAPED
from ankish.syntax.search.tree import Term
from ankish.syntax.search.written import HOLE


class World(Protocol):
    """The names there are in the collection; None for those that are not known."""

    def decks(self) -> tuple[str, ...] | None:
        """Full names of all decks."""

    def models(self) -> tuple[str, ...] | None:
        """Names of all note types."""

    def all_fields(self) -> tuple[str, ...] | None:
        """The fields of all note types."""

    def tags(self) -> tuple[str, ...] | None:
        """All tags."""


def check_names(term: Term, world: World | None) -> Iterator[Diagnostic]:
    """Warn of a name that nothing has, with the nearest. Names with bound values are left out."""
    if term.kind == "field":
        yield from _field(term, world)
    if world is None or term.mode or term.kind not in ("deck", "tag", "note"):
        return
    value = Spelled.of(term.value, term.span)
    if term.bound or not value.text or value.text in KEYWORDS[term.kind].values:
        return
    if term.kind == "deck":
        yield from _named("deck", value, world.decks(), below=True)
    elif term.kind == "tag":
        yield from _named("tag", value, world.tags(), below=True)
    else:
        yield from _named("note type", value, world.models(), below=False)


def _named(
    what: str, value: Spelled, names: tuple[str, ...] | None, below: bool
) -> Iterator[Diagnostic]:
    if names is None or matches(value.text, names, below):
        return
    plain = unescaped(value.text)
    near = nearest(plain, names)
    simple = near and value.text and re.fullmatch(r"[\w:]+", near[0])
    yield kinds.UNKNOWN(
        value.span(0),
        what=what,
        name=plain,
        near=listed(near) if near else None,
        fix=Fix(value.span(0), near[0]) if simple else None,
    )


def matches(text: str, names: Iterable[str], below: bool) -> bool:
    """Whether a name is the text with its wildcards, or lies below one that is.

    A text with an escape that means nothing is an error already, and matches.
    """
    if any(match[1] not in ESCAPED for match in ESCAPE.finditer(text)):
        return True
    pattern = re.compile(wildcards(text) + ("(?:::.*)?" if below else ""), re.I | re.S)
    return any(pattern.fullmatch(name) for name in names)


def _field(term: Term, world: World | None) -> Iterator[Diagnostic]:
    """Warn of a field that no note type has. As long as the fields are not known that is said
    only of what is nearly a keyword and in lower case, since fields seldom are.
    """
    key = Spelled.of(term.key, term.span)
    if not key.text or HOLE in key.text:
        return
    fields = world.all_fields() if world is not None else None
    if fields is not None and matches(key.text, fields, below=False):
        return
    name = unescaped(key.text)
    most = min(3, len(name) // 3)
    near = [each for each in KEYWORDS if distance(name.casefold(), each, most) <= most]
    if near and (fields is not None or name.islower()):
        note = "no note type has such a field" if fields is not None else None
        fix = Fix(key.span(0), near[0])
        yield kinds.KEYWORD(key.span(0), given=name, near=listed(near), fields=note, fix=fix)
    elif fields is not None:
        similar = nearest(name, fields)
        keyword = OTHER_NAMES.get(name.casefold())
        yield kinds.FIELD(
            key.span(0), name=name, near=listed(similar) if similar else None, keyword=keyword
        )
