"""A bound value finds what holds it, whatever it holds: held against Anki's own library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import anki.lang
from anki.collection import StripHtmlMode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankish.syntax.search.bind import ORDINAL
from ankish.syntax.search.escape import UNWRITABLE
from ankish.syntax.search.keywords import KEYWORDS
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
    *(
        "1",
        "01",
        "+1",
        "nid:1",
        "\\*",
        '\\"',
        '" or deck:"',
        ") or (",
        "a\ue000b",
        "tag:x::y",
        "x\\",
    ),
]

Compare = Callable[[str, str], bool]

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


def holds(part: str, whole: str) -> bool:
    """Whether a text has another in it, in any case."""
    return re.search(re.escape(part), whole, re.I) is not None


def same_ascii(one: str, other: str) -> bool:
    """The same but for capitals of ASCII, as Anki compares the text of fields."""
    return re.fullmatch(re.escape(ascii_lower(one)), ascii_lower(other)) is not None


def holds_ascii(part: str, whole: str) -> bool:
    """Whether a text has another in it, but for capitals of ASCII."""
    return ascii_lower(part) in ascii_lower(whole)


def ascii_lower(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


def can_be_found(name: str) -> bool:
    """Whether Anki can find a name at all.

    It brings searches to Unicode's normal form C, and names of fields and note types before it
    takes characters out of them, so that some are in no normal form.
    """
    return unicodedata.is_normalized("NFC", name)


def lies_in(name: str, parent: str, eq: Compare) -> bool:
    """Whether a deck or tag is another or lies below it."""
    parts = name.split("::")
    return any(eq(parent, "::".join(parts[:n])) for n in range(1, len(parts) + 1))


@dataclass
class Case:
    """A value, where it is bound, and the notes or cards that it must find."""

    search: str
    value: object
    expected: set[int]
    of_cards: bool = False


class Filled:
    """A collection that holds texts in every place that a search can name."""

    def __init__(self, anki: Anki, names: Iterable[str]) -> None:
        self.anki = anki
        for number, name in enumerate(names):
            tag = re.sub(r"[ \u3000]", "", name)
            back = f"<{name}>" if number % 2 else ""
            anki.add(name, back, deck=name if name.strip() else "Default", tags=[tag] * bool(tag))
            if not re.search(r'[^"\s:{}#^/]', name):
                name += "x"  # of some names Anki takes these characters away
            model = anki.add_model(name, ["Key", name], [name, "Second"])
            if anki.col.models.by_name(model):
                anki.add("key", "value", model=model)
        self.notes = [anki.col.get_note(n) for n in anki.col.find_notes("")]
        self.cards = [anki.col.get_card(c) for c in anki.col.find_cards("")]
        self.decks = {each.id: each.name for each in anki.col.decks.all_names_and_ids()}
        self.models = anki.col.models.all()

    def check(self) -> int:
        """Bind each name that there is; how many were bound."""
        every = [*self.of_decks(), *self.of_tags(), *self.of_models(), *self.of_texts()]
        for case in every:
            written = bound(case.search, case.value)
            found = (self.anki.cards if case.of_cards else self.anki.notes)(written)
            assert found == case.expected, (case.search, case.value, written)
        return len(every)

    def of_decks(self) -> Iterator[Case]:
        everything = {card.id for card in self.cards}
        for name in self.decks.values():
            cards = {c.id for c in self.cards if lies_in(self.decks[c.did], name, same_name)}
            yield Case("deck:${}", name, cards, of_cards=True)
            yield Case('"deck:${}"', name, cards, of_cards=True)
            yield Case("-deck:${}", name, everything - cards, of_cards=True)

    def of_tags(self) -> Iterator[Case]:
        for tag in {tag for note in self.notes for tag in note.tags}:
            notes = {n.id for n in self.notes if any(lies_in(t, tag, same) for t in n.tags)}
            yield Case("tag:${}", tag, notes)

    def of_models(self) -> Iterator[Case]:
        titles = {card.id: card.template()["name"] for card in self.cards}
        for model in self.models:
            name = model["name"]
            if not can_be_found(name):
                continue
            yield Case("mid:${}", model["id"], {n.id for n in self.notes if n.mid == model["id"]})
            alike = {m["id"] for m in self.models if same_name(name, m["name"])}
            yield Case("note:${}", name, {n.id for n in self.notes if n.mid in alike})
            for title in {template["name"] for template in model["tmpls"]}:
                if not ORDINAL.fullmatch(title):
                    cards = {card for card, other in titles.items() if same_name(title, other)}
                    yield Case("card:${}", title, cards, of_cards=True)
            for field in {field["name"] for field in model["flds"]}:
                if field.lower() not in KEYWORDS and can_be_found(field):
                    holding = [
                        n for n in self.notes for k, v in n.items() if v and same_name(field, k)
                    ]
                    yield Case("${}:_*", field, {note.id for note in holding})

    def of_texts(self) -> Iterator[Case]:
        """Texts of fields. Where a regex stands in for a text, Unicode's capitals count too."""
        basic = {n.id: n["Front"] for n in self.notes if n.note_type()["name"] == "Basic"}
        for text in set(basic.values()):
            eq, has = (same, holds) if UNWRITABLE.search(text) else (same_ascii, holds_ascii)
            whole = {n for n, front in basic.items() if eq(text, front)}
            part = {n for n, front in basic.items() if has(text, front)}
            by_regex = {n for n, front in basic.items() if same(text, front)}
            yield Case("note:Basic Front:${}", text, whole)
            yield Case("note:Basic Front:*${}*", text, part)
            yield Case("note:Basic Front:re:^${}$", text, by_regex)
            if text:
                somewhere = {n.id for n in self.notes if any(has(text, f) for f in n.fields)}
                yield Case(
                    "re:${}",
                    text,
                    {n.id for n in self.notes if any(holds(text, f) for f in n.fields)},
                )
                yield Case("${}", text, somewhere | self.by_sort_field(text, has))

    def by_sort_field(self, text: str, has: Compare) -> set[int]:
        """Notes whose first field holds the text once its HTML is gone: Anki looks there too."""
        if UNWRITABLE.search(text):
            return set()
        strip = anki.lang.current_i18n.strip_html
        mode = StripHtmlMode.PRESERVE_MEDIA_FILENAMES
        return {n.id for n in self.notes if has(text, strip(text=n.fields[0], mode=mode))}


def test_names_that_are_hard_to_write(fresh: Callable[[], Anki]) -> None:
    assert Filled(fresh(), NASTY).check() > 500


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(names=st.lists(texts, min_size=5, max_size=12, unique=True))
def test_any_names(fresh: Callable[[], Anki], names: list[str]) -> None:
    Filled(fresh(), names).check()
