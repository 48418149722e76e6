"""Values into a search: each is one value of one term, whatever it holds.

What a value may be, and how it is written, depends on where it stands:

* after `nid:`, `cid:`, `did:` - ids (whole numbers, or digits) or a list of them;
* after `prop:`, `rated:`, `is:` and the like - a number or a word, checked like a written one;
* elsewhere - a text or a number, found literally. A list finds any of its items, an empty
  one nothing.

Two stand for more than a value: `SubSearch` is a search in this one, and with `ABSENT` the
whole term is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import AnkishError, Span
from ankish.syntax.bound import ABSENT, SubSearch
from ankish.syntax.search.arguments import check_argument
from ankish.syntax.search.escape import UNWRITABLE, escaped, quoted, regex_of, wildcards
from ankish.syntax.search.keywords import KEYWORDS, OPERATORS, Takes
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.tree import Bound, Not, Part, Search, Term, Text
from ankish.syntax.search.values import Values

FINDS_NOTHING = "nid:0"
"""A term that no card matches."""

FINDS_ALL = "deck:*"
"""A term that every card matches."""


GROUP = 100
"""How many alternatives stand in one pair of brackets; Anki takes about 990 in a row."""

FORMED = (Takes.STATE, Takes.PROPERTY, Takes.FLAG, Takes.DAYS, Takes.DAYS_BUTTON, Takes.ID)
"""What takes a value of a certain form, which is checked after it is filled in."""

ONE_ONLY = (Takes.PROPERTY, Takes.DAYS, Takes.DAYS_BUTTON, Takes.DUPLICATE)
"""What a list can't stand in."""

NAMES = (Takes.DECK, Takes.NOTE_TYPE, Takes.CARD)
"""What is a whole name, and knows no regex."""

CUSTOM_TEXT = re.compile(rf"cds:[A-Za-z0-9]+(?:{'|'.join(OPERATORS)})", re.A)
OPEN_CLASS = re.compile(r"(?:^|[^\\])\[[^\]]*$")
ORDINAL = re.compile(r"\+?[0-9]{1,5}", re.A)


def render(tree: Search, values: Sequence[object], spans: Sequence[Span] | None = None) -> str:
    """The search as Anki takes it, with its values bound; what has no values stays as written.

    `values[n]` is the value of the hole with the index n; `spans[n]`, its place in the
    program, is where messages point. Raises `AnkishError` (family `search`) for a value that
    can't stand where it stands.
    """
    written: list[str] = []
    at = 0
    for term in tree.terms():
        if numbers := _numbers(term.key + term.value):
            held = [values[n] for n in numbers]
            if ABSENT in held:
                filled = FINDS_NOTHING if _is_negated(term, tree) else FINDS_ALL
            elif isinstance(held[0], SubSearch):
                filled = f"({held[0]})" if held[0].strip() else FINDS_ALL
            else:
                filled = _filled(term, numbers, Values(term.kind, values, spans))
            if filled.endswith(":") and tree.text.startswith('"', term.end):
                filled += " "  # else the quotes that follow would belong to it
            written += (tree.text[at : term.start], filled)
            at = term.end
    return "".join(written) + tree.text[at:]


def _is_negated(term: Term, tree: Search) -> bool:
    """Whether a minus stands before a term."""
    return any(isinstance(node, Not) and node.item is term for node in tree.nodes())


def _filled(term: Term, numbers: Sequence[int], values: Values) -> str:
    """A term with its values: one term, or a group of them in brackets."""
    takes = KEYWORDS[term.kind].takes if term.kind in KEYWORDS else Takes.TEXT
    if takes is Takes.IDS:
        return quoted(term.kind, _joined(term.value, values.ids), term.form)
    lists = [n for n in numbers if values.is_list(n)]
    if not lists:
        return _Filling(term, takes, values).written()
    if takes in ONE_ONLY or len(lists) > 1:
        raise values.wrong(lists[-1], "a single value")
    index = lists[0]
    alternatives = [values.with_one(index, item) for item in values.items(index)]
    return _any_of([_Filling(term, takes, each).written() for each in alternatives])


class _Filling:
    """One term and a single value for each of its holes."""

    def __init__(self, term: Term, takes: Takes, values: Values) -> None:
        self.term = term
        self.takes = takes
        self.values = values
        self.numbers = _numbers(term.value)

    def written(self) -> str:
        """The term as text."""
        term, values, takes = self.term, self.values, self.takes
        if takes is Takes.DUPLICATE or (takes in FORMED and not self._is_custom_text()):
            return self._quoted(term.kind, self._checked())
        if takes in (Takes.PRESET, Takes.DATA, Takes.PROPERTY):
            return self._quoted(term.kind, _joined(term.value, self._raw))
        if takes is Takes.REGEX or term.mode == "re":
            return self._quoted(self._key(), self._in_regex())
        key_numbers = _numbers(term.key)
        if any(UNWRITABLE.search(values.text(n)) for n in self.numbers):
            if term.kind in ("field", "tag", "text") and not term.mode:
                return self._as_regex()
            if takes not in NAMES:
                raise values.inexpressible(self.numbers[0], "white space that is not a blank")
            key_numbers += self.numbers
        for index in key_numbers:
            if "\n" in values.text(index):
                raise values.inexpressible(index, "a line break in a name")
        written = self._plain("_")
        if any(UNWRITABLE.search(values.text(n)) for n in key_numbers):
            return f"({written} -{self._plain(' ')})"
        return written

    def _quoted(self, key: str, value: str) -> str:
        return quoted(key, value, self.term.form)

    def _plain(self, space: str) -> str:
        """A name or a text; `space` stands for white space that can't be written.

        That is the wildcard for one character, or, to leave out what has a blank there, a blank.
        """
        special = '\\"*_:' if self.term.kind == "text" else '\\"*_'
        value = _joined(self.term.value, lambda n: escaped(self.values.text(n), special, space))
        if self.term.kind == "text" and not value:
            raise self.values.error(kinds.EMPTY_VALUE, self.numbers[0])
        return self._quoted(self._key(space), self._unmistakable(value))

    def _key(self, space: str = "_") -> str:
        """The key; with values in it it is the name of a field, and must not become a keyword."""
        special = '\\"*_:'
        key = _joined(self.term.key, lambda n: escaped(self.values.text(n), special, space))
        bound = _numbers(self.term.key)
        if bound and not key:
            raise self.values.wrong(bound[0], "the name of a field")
        if bound and key.lower() in KEYWORDS:
            raise self.values.inexpressible(bound[0], f"that `{key}` is a field, not the keyword")
        return key

    def _unmistakable(self, value: str) -> str:
        """The value, changed if it would be taken for a word with a meaning of its own."""
        kind = self.term.kind
        if kind in KEYWORDS and value in KEYWORDS[kind].values:
            return value.capitalize()  # names are found in any case, these words in one
        if kind in ("field", "tag") and not self.term.mode:
            return re.sub(r"^(re|nc):", r"\1\\:", value)
        if self.takes is Takes.CARD and ORDINAL.fullmatch(value):
            texts = [n for n in self.numbers if isinstance(self.values.values[n], str)]
            if texts:
                what = f"that `{value}` is the name of a template and not its number"
                instead = "int(…) of it means the template with that number"
                raise self.values.inexpressible(texts[0], what, instead)
        return value

    def _in_regex(self) -> str:
        """A written regex with its values; one that is repeated is repeated as a whole."""
        pattern = ""
        for part, following in zip_longest(self.term.value, self.term.value[1:]):
            if isinstance(part, Text):
                pattern += part.text
                continue
            text = self.values.text(part.index)
            repeated = isinstance(following, Text) and following.text[0] in "*+?{"
            group = repeated and len(text) != 1 and not OPEN_CLASS.search(pattern)
            pattern += f"(?:{regex_of(text)})" if group else regex_of(text)
        return pattern

    def _as_regex(self) -> str:
        """The same term as a regex, which can name white space that is not a blank."""
        pattern = "".join(
            wildcards(part.text)
            if isinstance(part, Text)
            else regex_of(self.values.text(part.index))
            for part in self.term.value
        )
        if self.term.kind == "text":
            return self._quoted("re", f"(?s){pattern}")
        below = "(?:::.*)?" if self.term.kind == "tag" else ""
        return self._quoted(self._key(), f"re:(?s)^{pattern}{below}$")

    def _checked(self) -> str:
        """A value of a certain form, with the check that a written one gets."""
        value = self._duplicate() if self.takes is Takes.DUPLICATE else self._formed()
        place = Span(0, 0)
        for problem in check_argument(self.term.kind, Spelled.of((Text(value, place),), place)):
            raise AnkishError(self.values.placed(problem, self.numbers[0]))
        return value

    def _formed(self) -> str:
        wanted = "a state" if self.takes is Takes.STATE else "a number"
        return _joined(self.term.value, lambda n: self.values.form(n, wanted))

    def _duplicate(self) -> str:
        """A note type's id, a comma that is written, and a text."""
        value = ""
        for part in self.term.value:
            if isinstance(part, Text):
                value += part.text
            elif "," not in value:
                value += self.values.ids(part.index)
            else:
                text = self.values.text(part.index)
                if UNWRITABLE.search(text):
                    what = "white space that is not a blank"
                    raise self.values.inexpressible(part.index, what)
                value += re.sub(r'[\\"]', r"\\\g<0>", text)
        return value

    def _raw(self, index: int) -> str:
        """A text where Anki knows no escapes."""
        text = self.values.text(index)
        if re.search(r'[\\"]', text) or UNWRITABLE.search(text):
            raise self.values.inexpressible(index, f"this after `{self.term.kind}:`")
        return text

    def _is_custom_text(self) -> bool:
        """Whether the term is `prop:cds:key=…`, whose values are texts."""
        first = self.term.value[0]
        return (
            self.takes is Takes.PROPERTY
            and isinstance(first, Text)
            and CUSTOM_TEXT.match(first.text) is not None
        )


def _numbers(parts: Sequence[Part]) -> list[int]:
    return [part.index for part in parts if isinstance(part, Bound)]


def _joined(parts: Sequence[Part], write: Callable[[int], str]) -> str:
    return "".join(part.text if isinstance(part, Text) else write(part.index) for part in parts)


def _any_of(alternatives: list[str]) -> str:
    """Terms joined by `or`, in brackets; in brackets within these if they are many."""
    if not alternatives:
        return FINDS_NOTHING
    while len(alternatives) > GROUP:
        groups = range(0, len(alternatives), GROUP)
        alternatives = [f"({' or '.join(alternatives[at : at + GROUP])})" for at in groups]
    return alternatives[0] if len(alternatives) == 1 else f"({' or '.join(alternatives)})"
