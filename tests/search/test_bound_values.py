"""A bound value finds what holds it, whatever it holds: held against Anki's own library."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankish.syntax.search.escape import UNWRITABLE
from tests.search.collection import Anki
from tests.search.support import bound

NASTY = [
    *(
        "plain",
        "My deck",
        'My "best" deck (2)',
        "a:b",
        "C_1*",
        "Cx1y",
        "back\\slash",
        "\\",
        '"',
        "*",
    ),
    *(
        "_",
        "-",
        "-minus",
        "or",
        "and",
        "OR",
        "(",
        ")",
        "()",
        "a or b",
        "x -y",
        "re:",
        "re:a.c",
        "abc",
    ),
    *(
        "nc:e",
        "none",
        "None",
        "filtered",
        "current",
        "is:due",
        "deck:x",
        "日本語",
        "日本　語",
        "日本 語",
    ),
    *(
        "é",
        "e\u0301x",
        "ﬁ",
        "😀",
        "a\u200bb",
        "a\xa0b",
        "a b",
        "tab\tbed",
        "'single'",
        "“curly”",
        "&amp;",
    ),
    *(
        "<b>",
        "a&b",
        "100%",
        "$5",
        "${x}",
        "{{c1::x}}",
        "[sound:a.mp3]",
        "#",
        "^a",
        "a$",
        "a|b",
        "a.c",
    ),
    *("1", "01", "nid:1", "\\*", '\\"', '" or deck:"', ") or (", "a\ue000b", "tag:x::y", "x\\"),
]

letters = st.sampled_from(
    [
        *"abAB\"\\*_:()- '<>&;,.^$|[]{}+?/#~%!@=1é日ß😀\u3000\xa0\t\u200b\u2028\ufb01\u0301\ue000",
        *("or", "and", "re:", "nc:", "::", " or ", '" or deck:"', "\\", "none", "-", "${"),
    ]
)
"""Without İ and ı, for which Python and Rust do not agree which letters are the same."""

texts = st.lists(letters, min_size=1, max_size=5).map("".join)


def same(one: str, other: str) -> bool:
    """Whether Anki takes two names for the same: Unicode's normal form, and any case."""
    pattern = re.escape(unicodedata.normalize("NFC", one))
    return re.fullmatch(pattern, unicodedata.normalize("NFC", other), re.I) is not None


def same_name(one: str, other: str) -> bool:
    """The same of names that can't be searched by a regex.

    In place of white space that can't be written any one character counts, but a blank.
    """
    if not UNWRITABLE.search(one):
        return same(one, other)
    pattern = UNWRITABLE.sub(".", re.sub(r"[^\w\s]", r"\\\g<0>", unicodedata.normalize("NFC", one)))
    other = unicodedata.normalize("NFC", other)
    blank = UNWRITABLE.sub(" ", one)
    return re.fullmatch(pattern, other, re.I) is not None and not same(blank, other)


def lower(text: str, whole: bool = False) -> str:
    """A field's text as Anki compares it: capitals of ASCII count as small letters."""
    return "".join(c.lower() if c < "\x80" or whole else c for c in text)


def lies_in(name: str, parent: str, eq: Callable[[str, str], bool]) -> bool:
    """Whether a deck or tag is another or lies below it."""
    parts = name.split("::")
    return any(eq(parent, "::".join(parts[:n])) for n in range(1, len(parts) + 1))


class Filled:
    """A collection that holds texts in every place that a search can name."""

    def __init__(self, anki: Anki, names: Iterable[str]) -> None:
        self.anki = anki
        for name in names:
            if name.strip():
                anki.deck(name)
            tag = re.sub(r"[ \u3000]", "", name)
            anki.add(name, f"<{name}>" if len(name) % 2 else "", deck=name, tags=[tag] * bool(tag))
            model = anki.add_model(name or "x", [name or "x", "Second"], [name or "x", f"{name}2"])
            if anki.col.models.by_name(model):
                anki.add("val", deck="Default", model=model)
        self.all_notes = [anki.col.get_note(n) for n in anki.col.find_notes("")]
        self.all_cards = [anki.col.get_card(c) for c in anki.col.find_cards("")]
        self.decks = {each.id: each.name for each in anki.col.decks.all_names_and_ids()}

    def check(self) -> int:
        """Bind each name that there is; how many were bound."""
        bindings = [
            *self.of_decks(),
            *self.of_tags(),
            *self.of_models(),
            *self.of_fields(),
            *self.of_texts(),
        ]
        for search, value, expected, found in bindings:
            written = bound(search, value)
            assert found(written) == expected, (search, value, written)
        return len(bindings)

    def of_decks(self) -> Iterable[Any]:
        for name in self.decks.values():
            cards = {c.id for c in self.all_cards if lies_in(self.decks[c.did], name, same_name)}
            yield from (("deck:${}", name, cards, self.anki.cards),)
            yield '"deck:${}"', name, cards, self.anki.cards
            yield "-deck:${}", name, {c.id for c in self.all_cards} - cards, self.anki.cards

    def of_tags(self) -> Iterable[Any]:
        for tag in {tag for note in self.all_notes for tag in note.tags}:
            notes = {n.id for n in self.all_notes if any(lies_in(t, tag, same) for t in n.tags)}
            yield "tag:${}", tag, notes, self.anki.notes

    def of_models(self) -> Iterable[Any]:
        for model in self.anki.col.models.all():
            name = model["name"]
            notes = {n.id for n in self.all_notes if same_name(name, n.note_type()["name"])}
            yield "note:${}", name, notes, self.anki.notes
            yield (
                "mid:${}",
                model["id"],
                {n.id for n in self.all_notes if n.mid == model["id"]},
                (self.anki.notes),
            )
            for template in model["tmpls"]:
                title = template["name"]
                if not title.isdigit():
                    cards = {c.id for c in self.all_cards if same_name(title, c.template()["name"])}
                    yield "card:${}", title, cards, self.anki.cards

    def of_fields(self) -> Iterable[Any]:
        for model in self.anki.col.models.all():
            for field in model["flds"]:
                name = field["name"]
                notes = {
                    n.id for n in self.all_notes for k, v in n.items() if v and same_name(name, k)
                }
                yield "${}:_*", name, notes, self.anki.notes

    def of_texts(self) -> Iterable[Any]:
        for text in {n.fields[0] for n in self.all_notes} - {""}:
            regex = UNWRITABLE.search(text) is not None
            wanted = lower(text, regex)
            fronts = {
                n.id: lower(n["Front"], regex)
                for n in self.all_notes
                if n.note_type()["name"] == "Basic"
            }
            whole = {number for number, front in fronts.items() if front == wanted}
            part = {number for number, front in fronts.items() if wanted in front}
            yield "note:Basic Front:${}", text, whole, self.anki.notes
            yield "note:Basic Front:*${}*", text, part, self.anki.notes
            yield (
                "note:Basic Front:re:^${}$",
                text,
                {n.id for n in self.all_notes if n.id in fronts and same(text, n["Front"])},
                self.anki.notes,
            )
            somewhere = {
                n.id
                for n in self.all_notes
                if any(wanted in lower(field, regex) for field in n.fields)
            }
            plain = self.anki.notes(bound("${}", text))
            stripped = {
                n.id
                for n in self.all_notes
                if wanted
                in lower(self.anki.col.backend.strip_html(text=n.fields[0], mode=0), regex)
            }
            yield "${}", text, somewhere | (plain & stripped), self.anki.notes


def test_names_that_are_hard_to_write(fresh: Callable[[], Anki]) -> None:
    assert Filled(fresh(), NASTY).check() > 500


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(names=st.lists(texts, min_size=5, max_size=12, unique=True))
def test_any_names(fresh: Callable[[], Anki], names: list[str]) -> None:
    Filled(fresh(), names).check()
