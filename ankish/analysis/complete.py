"""Completion: everything that can stand at the cursor, the best first.

What kind of thing can stand there is known from the grammar (`syntax.cursor`), of which
type it has to be from the catalog (`wanted`), what there is from a snapshot of the
collection (`world`). Nothing is asked for here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ankish.analysis.candidates import Candidate, Completion, Habits, Offers
from ankish.analysis.commands import CREATE
from ankish.analysis.fit import SINGULAR, named
from ankish.analysis.flows import Bindings, fields_of, flow_after, keys_of
from ankish.analysis.macros import TYPES
from ankish.analysis.offering import (
    offer_columns,
    offer_commands,
    offer_functions,
    offer_keys,
    offer_keywords,
    offer_keywords_of,
    offer_names,
    offer_parameters,
    offer_variables,
)
from ankish.analysis.places import Files, Place
from ankish.analysis.search_words import offer_terms, read_term, term_start
from ankish.analysis.world import World
from ankish.catalog.builtins import ADDING
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import Command
from ankish.catalog.shellwords import PLAYED
from ankish.catalog.types import FIELD, Key
from ankish.syntax import writing
from ankish.syntax.cursor import at_cursor
from ankish.syntax.strings import Raw, unescaped

__all__ = ["Candidate", "Completion", "complete"]

BEFORE_A_LINE = re.compile(
    r"\s*(?:explain\b(?:\s+--(?:json|curl)\b)?|plan\b(?:\s+--all\b)?|watch\b(?:\s+\d+(?:\.\d+)?)?|play\b)(?=\s)"
)
"""A word of the shell that has a whole line as its argument."""

PLAY = re.compile(r"\s*play\s+[\w-]*\Z")
"""What stands before the name of a macro or a script, and no other command."""


def complete(
    text: str,
    at: int,
    world: World,
    bindings: Bindings = (),
    extra: Mapping[str, Command] | None = None,
    habits: Habits | None = None,
    files: Files | None = None,
) -> Completion:
    """What can stand at offset `at` of a text.

    `bindings` are the variables of earlier programs, `extra` further commands, `habits` how
    often names were used of late; `files` lists files. What the world does not know is not
    offered, and said to be unknown.
    """
    cursor = at_cursor(without_word(text, at), at)
    if cursor is None:
        return Completion(at, at, ())
    commands = {**COMMANDS, **(extra or {})}
    place = Place(cursor, text[at : at + 3], world, bindings, commands, habits, files)
    if PLAY.match(text, 0, at):
        offers = Offers(cursor.prefix, habits)
        for name in sorted(name for name, each in commands.items() if each.family in PLAYED):
            offers.add(name, "command", commands[name].doc)
        return Completion(cursor.start, at, offers.best(), frozenset())
    start, offers = _offers(place)
    return Completion(start, at, offers.best(), frozenset(offers.unknown))


def without_word(text: str, at: int) -> str:
    """A text with blanks for an `explain`, `plan`, `watch` or `play` that stands before a line."""
    match = BEFORE_A_LINE.match(text, 0, at)
    return text if match is None else " " * match.end() + text[match.end() :]


def _offers(place: Place) -> tuple[int, Offers]:
    """Where the candidates begin, and which there are."""
    cursor = place.cursor
    if _is_search(place):
        return _search(place)
    offers = Offers(cursor.prefix, place.habits)
    if cursor.string is not None:
        if place.is_key:
            offer_keys(place, offers)
        else:
            offer_names(place, offers)
    elif cursor.target is not None:
        _fields(place, offers)
    elif _is_type(place):
        for name in (*TYPES, "list"):
            offers.add(name, "type", SINGULAR.get(name, ""))
    elif cursor.prefix.startswith("$"):
        offer_variables(place, offers, "$")
    elif place.is_argument:
        _argument(place, offers)
    else:
        _expression(place, offers)
    return cursor.start, offers


def _argument(place: Place, offers: Offers) -> None:
    """The value of an argument, or the name of a parameter."""
    named_one = place.inner.named is not None
    if not offers.typed.startswith("--"):
        offer_names(place, offers)
    if not named_one:
        offer_parameters(place, offers)
    if not offers.typed:
        _ids(place, offers)
        offer_variables(place, offers, "$")


def _ids(place: Place, offers: Offers) -> None:
    """Cards and notes are given by a search in brackets."""
    type_ = place.type
    if type_ is not None and type_.name in ("cards", "notes", "card", "note"):
        offers.add("(find ", "command", f"{named(type_)} that a search finds", display="(find …)")


def _expression(place: Place, offers: Offers) -> None:
    """What is neither an argument nor in quotes."""
    accepts = place.cursor.accepts
    if "COMMAND" in accepts:
        offer_commands(place, offers)
    if "NAME" in accepts:
        _names(place, offers)
    if place.inner.kind == "call" and place.inner.named is None and not place.inner.recent:
        offer_keywords_of(place, offers)
    if "VARIABLE" in accepts:
        offer_variables(place, offers, "$")
    if "CALL" in accepts:
        offer_functions(offers)
    if "SWITCH" in accepts and place.cursor.stage.verb in ADDING:
        offers.add(f"--{CREATE.name}", "switch", CREATE.doc, late=1)
    offer_keywords(place, offers)


def _names(place: Place, offers: Offers) -> None:
    """Where a bare name can stand: a key, a column, a variable, or a text."""
    if place.is_key:
        offer_keys(place, offers)
        return
    offer_names(place, offers)
    if place.cursor.in_row:
        offer_columns(place, offers)
    elif place.inner.kind == "hole":
        offer_variables(place, offers, "")


def _fields(place: Place, offers: Offers) -> None:
    """The keys of what stands before the dot."""
    target = place.cursor.target or ""
    if place.cursor.in_row and not target.startswith("$"):
        keys = tuple(Key(name, FIELD) for name in fields_of(place.world, place.models))
    else:
        value = target if target.startswith("$") else f"${target}"
        keys = keys_of(flow_after(value, place.bindings), place.world)
    for key in keys:
        if (text := writing.name(key.name)) is not None:
            offers.add(text, "key", key.doc, name=key.name)


def _is_type(place: Place) -> bool:
    """Whether the type of a parameter is to be written."""
    inner = place.inner
    declares = inner.kind == "parameters" or inner.keyword == "PARAM"
    return declares and bool(inner.recent) and inner.recent[-1].kind in ("COLON", "LESSTHAN")


# ---- searches


def _is_search(place: Place) -> bool:
    """Whether the cursor is in a search."""
    type_, cursor = place.wanted.type, place.cursor
    if type_ is None or type_.name != "query" or place.inner is not cursor.stage:
        return False
    if cursor.string is not None:
        return True
    return place.is_argument and not cursor.prefix.startswith(("$", "--"))


def _search(place: Place) -> tuple[int, Offers]:
    cursor = place.cursor
    string = cursor.string
    closing = '"'
    if string is None or cursor.glued is not None:
        start = cursor.start if cursor.glued is None else cursor.glued
        written = cursor.text[start:]
    else:
        closing = '\\"' if string.opener[0] == '"' else '"'
        raw = Raw.at(cursor.prefix, cursor.start)
        meant = unescaped(raw, []) if string.opener[0] == '"' else raw
        begin = term_start(meant.text)
        start, written = meant.places[begin], meant.text[begin:]
    if not place.after.startswith(closing):
        closing = ""
    term = read_term(written)
    offers = offer_terms(term, place.world, place.write_search, closing, place.habits)
    if string is None and place.inner.named is None and ":" not in written:
        offer_parameters(place, offers)
    if not written:
        offer_variables(place, offers, "$")
    return start, offers
