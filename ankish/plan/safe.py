"""What can't fail, and what a write can change: what the order of steps may be."""

from __future__ import annotations

from typing import Any

from ankish.analysis import core
from ankish.analysis.convert import How
from ankish.catalog.model import Effect
from ankish.catalog.touches import (
    ALL,
    CARDS,
    CHANGES,
    LOOKS_AT,
    NEVER_REFUSED,
    SEARCHED,
    SEARCHES,
)
from ankish.plan import model as m

IDS = ("cards", "notes")
ITEMS = ("card", "note")
"""Types of one of them; of a row, the column with its id."""
NAMES = ("deck", "tag", "model", "int", "float", "bool")
"""Types whose values can stand in a text and in a search: Anki's names hold no line break."""
PASSING = ("first", "last", "skip", "reverse", "count", "uniq", "enumerate")
"""Verbs that take any list."""


def looks_at(ask: m.Ask) -> frozenset[str]:
    """What the answer of a read depends on."""
    if ask.action in SEARCHES:
        search = ask.params.get("query")
        if not isinstance(search, core.SearchOf):
            return ALL
        terms = [SEARCHED.get(term.kind, ALL) for term in search.tree.terms()]
        return frozenset({CARDS}).union(*terms)
    return LOOKS_AT.get(ask.action, ALL)


def changes(ask: m.Ask) -> frozenset[str]:
    """What a write may change; nothing for a read."""
    if not ask.effect.changes:
        return frozenset()
    return ALL if ask.command is None else CHANGES.get(ask.action, ALL)


class Safety:
    """What is known of the slots: which hold rows of cards or notes."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._texts: set[int] = set()

    def know_texts(self, slot: int) -> None:
        """A slot holds a name of something, or a plain text."""
        self._texts.add(slot)

    def sure(self, ask: m.Ask) -> bool:
        """Whether an action is carried out for certain, once its parameters are known."""
        if ask.command is None or ask.decks or not self.formed(ask):
            return False
        if ask.action in SEARCHES:
            search = ask.params.get("query")
            if isinstance(search, m.Narrowed):
                search = search.search
            return isinstance(search, core.SearchOf) and all(
                term.kind != "re" and not term.mode for term in search.tree.terms()
            )
        return ask.action in NEVER_REFUSED

    def formed(self, ask: m.Ask) -> bool:
        """Whether the parameters of an action can be worked out without a failure."""
        return not ask.decks and all(map(self._fits, ask.params.values()))

    def _fits(self, node: Any) -> bool:
        """Whether an expression gives what a parameter takes."""
        if isinstance(node, m.Ref):
            return node.type.name in IDS
        return self.value(node)

    def value(self, node: Any) -> bool:
        """Whether an expression always has a value."""
        if isinstance(node, core.Literal | m.Ref):
            return True
        if isinstance(node, core.SearchOf | core.TextOf):
            return all(map(self._in_text, m.parts(node)))
        if isinstance(node, core.Convert):
            inner = node.value
            if node.how in ((How.NOTES_SEARCH,), (How.CARDS_SEARCH,)):
                return isinstance(inner, m.Ref) and inner.type.name in IDS
            if node.how == (How.IDS,):
                known = isinstance(inner, m.Ref) and inner.type.name in (*IDS, *ITEMS)
                return known or (isinstance(inner, core.Get) and inner.type.name in ITEMS)
            rows = isinstance(inner, m.Ref) and inner.slot in self._rows
            return rows and node.how in ((How.CARD_COLUMN,), (How.NOTE_COLUMN,))
        plain = (core.ListOf, core.RecordOf, m.Narrowed, m.NotesOf)
        return isinstance(node, plain) and all(map(self.value, m.parts(node)))

    def _in_text(self, node: Any) -> bool:
        """Whether a value can be filled into a text or a search."""
        if isinstance(node, core.Literal):
            return isinstance(node.value, str | int | float) and str(node.value).isprintable()
        named = isinstance(node, m.Ref) and node.type.name in NAMES
        return named or (isinstance(node, m.Ref) and node.slot in self._texts)

    def step(self, step: m.Step) -> bool:
        """Whether a step that is done here never fails; its slot is known from now on."""
        if isinstance(step, m.Make):
            return self.value(step.value)
        if isinstance(step, m.Assemble):
            self._rows.add(step.slot)
            return self.value(step.ids)
        if isinstance(step, m.Verb):
            source = step.source
            rows = isinstance(source, m.Ref) and source.slot in self._rows
            if rows and step.verb in ("where", "derive", "sort", *PASSING):
                self._rows.add(step.slot)
            ids = isinstance(source, m.Ref) and source.type.name in IDS
            known = all(isinstance(key, core.Literal) for key in step.keys)
            return step.verb in PASSING and known and (rows or ids)
        if isinstance(step, m.Show):
            return all(self.value(each) for each in (step.value, step.of) if each is not None)
        return False


def alone(ask: m.Ask) -> bool:
    """Whether an action shares its request with no other: it may do anything, or take long."""
    return ask.command is None or ask.action == "multi" or ask.effect in (
        Effect.GUI,
        Effect.EXTERNAL,
    )  # fmt: skip
