"""Values into a search: each is one value of one term, whatever it holds.

What a value may be, and how it is written, depends on where it stands:

* after `nid:`, `cid:`, `did:` - ids (whole numbers, or digits) or a list of them;
* after `prop:`, `rated:`, `flag:` and the like - a number or a word, checked like a
  written one;
* elsewhere - a text or a number, found literally. A list finds any of its items, an empty
  one nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Span
from ankish.diagnostics.text import harmless
from ankish.syntax.search.arguments import check_argument
from ankish.syntax.search.escape import UNWRITABLE, escaped, quoted, regex_of, wildcards
from ankish.syntax.search.keywords import KEYWORDS, OPERATORS, Takes
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.tree import Bound, Part, Search, Term, Text

FINDS_NOTHING = "nid:0"
"""A term that no card matches."""

GROUP = 100
"""How many alternatives stand in one pair of brackets; Anki takes about 990 in a row."""

FORMED = frozenset(
    {Takes.STATE, Takes.PROPERTY, Takes.FLAG, Takes.DAYS, Takes.DAYS_BUTTON, Takes.ID}
)
"""What takes a value of a certain form, which is checked after it is filled in."""

ONE_ONLY = frozenset({Takes.PROPERTY, Takes.DAYS, Takes.DAYS_BUTTON, Takes.DUPLICATE})
"""What a list can't stand in."""

FORM = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|[A-Za-z]+(?:-[a-z]+)*", re.A)
"""A number or a word: what a bound value of a certain form is made of."""

CUSTOM_TEXT = re.compile(rf"cds:[A-Za-z0-9]+(?:{'|'.join(OPERATORS)})", re.A)
ORDINAL = re.compile(r"\+?[0-9]{1,5}", re.A)
SURROGATE = re.compile("[\ud800-\udfff]")


def render(tree: Search, values: Sequence[object], spans: Sequence[Span] | None = None) -> str:
    """The search as Anki takes it, with its values bound; what has no values stays as written.

    `values[n]` is the value of the hole with the index n; `spans[n]`, its place in the
    program, is where messages point. Raises `AnkishError` (family `search`) for a value that
    can't stand where it stands.
    """
    written: list[str] = []
    at = 0
    for term in tree.terms():
        if term.bound:
            written += (tree.text[at : term.start], _Filling(term, values, spans).term())
            at = term.end
    return "".join(written) + tree.text[at:]


class _Filling:
    """One term and the values that go into it."""

    def __init__(self, term: Term, values: Sequence[object], spans: Sequence[Span] | None) -> None:
        self.kind = term.kind
        self.takes = KEYWORDS[term.kind].takes if term.kind in KEYWORDS else Takes.TEXT
        self.node = term
        self.spans = spans
        self.values: dict[int, Any] = {
            part.index: values[part.index]
            for part in term.key + term.value
            if isinstance(part, Bound)
        }

    def term(self) -> str:
        """The term as text, or a group of terms in brackets."""
        if self.takes is Takes.IDS:
            return quoted(self.kind, "".join(map(self._ids, self.node.value)))
        lists = [n for n, value in self.values.items() if isinstance(value, (list, tuple))]
        if not lists:
            return self._one()
        if self.takes in ONE_ONLY or len(lists) > 1:
            raise self._wrong(lists[-1], "one value")
        index, items = lists[0], self.values[lists[0]]
        alternatives = []
        for item in items:
            self.values[index] = item
            alternatives.append(self._one())
        return _any_of(alternatives)

    def _one(self) -> str:
        if self.takes in FORMED and not self._is_custom_text():
            return quoted(self.kind, self._formed())
        if self.takes is Takes.DUPLICATE:
            return quoted(self.kind, self._duplicate())
        if self.takes in (Takes.PRESET, Takes.DATA, Takes.PROPERTY):
            return quoted(self.kind, self._each(self.node.value, self._raw))
        key = self._key()
        if self.takes is Takes.REGEX or self.node.mode == "re":
            return quoted(key, self._each(self.node.value, lambda n: regex_of(self._text(n))))
        texts = [self._text(n) for n in self.values]
        if self.kind in ("field", "tag", "text") and self.node.mode == "":
            bound = [p.index for p in self.node.value if isinstance(p, Bound)]
            if any(UNWRITABLE.search(self._text(n)) for n in bound):
                return self._as_regex(key)
        value = self._each(self.node.value, self._escaped)
        if self.kind == "text" and not value:
            raise self._error(kinds.EMPTY_VALUE, next(iter(self.values)))
        return quoted(key, self._unmistakable(value, texts))

    # ---- what the kinds of terms want

    def _ids(self, part: Part) -> str:
        """Ids with commas between them; of an empty list 0, which nothing has."""
        if isinstance(part, Text):
            return part.text
        value = self.values[part.index]
        items = value if isinstance(value, (list, tuple)) else [value]
        for item in items:
            digits = isinstance(item, str) and re.fullmatch("[0-9]{1,19}", item, re.A)
            if not digits and not (type(item) is int and item >= 0):
                raise self._wrong(part.index, "ids and lists of ids")
        return ",".join(map(str, items)) or "0"

    def _formed(self) -> str:
        """A number or a word, with the check that a written one gets."""
        value = self._each(self.node.value, self._form)
        place = Span(0, 0)
        for problem in check_argument(self.kind, Spelled(value, (place,) * len(value), place)):
            raise AnkishError(self._placed(problem, next(iter(self.values))))
        return value

    def _form(self, index: int) -> str:
        value = self.values[index]
        text = self._text(index)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            text = str(int(value))
        if not FORM.fullmatch(text):
            raise self._wrong(index, "a number" if self.takes is not Takes.STATE else "a state")
        return text

    def _duplicate(self) -> str:
        """A note type's id, a comma that is written, and a text."""
        value = ""
        for part in self.node.value:
            if isinstance(part, Text):
                value += part.text
            elif "," not in value:
                value += self._ids(part)
            else:
                text = self._text(part.index)
                if UNWRITABLE.search(text):
                    raise self._inexpressible(part.index, "white space that is not a blank")
                value += re.sub(r'[\\"]', r"\\\g<0>", text)
        place = Span(0, 0)
        for problem in check_argument(self.kind, Spelled(value, (place,) * len(value), place)):
            raise AnkishError(self._placed(problem, next(iter(self.values))))
        return value

    def _raw(self, index: int) -> str:
        """A text where Anki knows no escapes."""
        text = self._text(index)
        if re.search(r'[\\"]', text) or UNWRITABLE.search(text):
            raise self._inexpressible(index, f"such a character after `{self.kind}:`")
        return text

    def _escaped(self, index: int) -> str:
        special = '\\"*_:' if self.kind == "text" else '\\"*_'
        return escaped(self._text(index), special)

    def _key(self) -> str:
        """The key; one with values in it is the name of a field, and must not become a keyword."""
        key = self._each(self.node.key, lambda n: escaped(self._text(n), '\\"*_:'))
        bound = [part.index for part in self.node.key if isinstance(part, Bound)]
        if bound and not key:
            raise self._wrong(bound[0], "a field's name")
        if bound and key.lower() in KEYWORDS:
            what = f"that `{key}` is a field and not the keyword"
            raise self._error(
                kinds.INEXPRESSIBLE, bound[0], what=what, shown="a keyword", instead=None
            )
        return key

    def _unmistakable(self, value: str, texts: list[str]) -> str:
        """The value changed so that it can't be taken for a word with a meaning of its own."""
        if self.kind in ("field", "tag") and not self.node.mode:
            return re.sub(r"^(re|nc):", r"\1\\:", value)
        if self.kind in KEYWORDS and value in KEYWORDS[self.kind].values:
            return value.capitalize()  # names are found in any case, these words in one
        if self.takes is Takes.CARD and ORDINAL.fullmatch(value):
            numbers = [n for n, each in self.values.items() if type(each) is int]
            if not numbers:
                index = next(iter(self.values))
                what = f"that `{harmless(value)}` is a template's name and not its number"
                raise self._error(
                    kinds.INEXPRESSIBLE,
                    index,
                    what=what,
                    shown="a text of digits",
                    instead="a number, int(…), means the template with that number",
                )
        return value

    def _as_regex(self, key: str) -> str:
        """The same term as a regex, which can name white space that is not a blank."""
        pattern = "".join(
            wildcards(part.text) if isinstance(part, Text) else regex_of(self._text(part.index))
            for part in self.node.value
        )
        if self.kind == "text":
            return quoted("re", f"(?s){pattern}")
        below = "(?:::.*)?" if self.kind == "tag" else ""
        return quoted(key, f"re:(?s)^{pattern}{below}$")

    def _is_custom_text(self) -> bool:
        """Whether the term is `prop:cds:key=…`, whose values are texts."""
        first = self.node.value[0]
        return (
            self.takes is Takes.PROPERTY
            and isinstance(first, Text)
            and CUSTOM_TEXT.match(first.text) is not None
        )

    # ---- values

    def _each(self, parts: Sequence[Part], write: Any) -> str:
        return "".join(p.text if isinstance(p, Text) else write(p.index) for p in parts)

    def _text(self, index: int) -> str:
        """A single value as text."""
        value = self.values[index]
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self._wrong(index, "texts, numbers and lists of them")
        text = str(value)
        if SURROGATE.search(text):
            raise self._inexpressible(index, "half of a character")
        return text

    # ---- messages

    def _wrong(self, index: int, wanted: str) -> AnkishError:
        where = f"after `{self.kind}:`" if self.kind in KEYWORDS else "in a search"
        return self._error(
            kinds.VALUE, index, given=_described(self.values[index]), where=where, wanted=wanted
        )

    def _inexpressible(self, index: int, what: str) -> AnkishError:
        shown = harmless(repr(self.values[index]))
        return self._error(kinds.INEXPRESSIBLE, index, what=what, shown=shown, instead=None)

    def _error(self, kind: Kind, index: int, **values: Any) -> AnkishError:
        return AnkishError(self._placed(kind(Span(0, 0), **values), index))

    def _placed(self, problem: Diagnostic, index: int) -> Diagnostic:
        """The message at the value's place in the program; without a place if that isn't known."""
        if self.spans is None:
            return replace(problem, labels=(), fix=None)
        labels = tuple(replace(label, span=self.spans[index]) for label in problem.labels)
        return replace(problem, labels=labels, fix=None)


def _any_of(alternatives: list[str]) -> str:
    """Terms joined by `or`, in brackets; in brackets within these if they are many."""
    if not alternatives:
        return FINDS_NOTHING
    while len(alternatives) > GROUP:
        groups = range(0, len(alternatives), GROUP)
        alternatives = [f"({' or '.join(alternatives[at : at + GROUP])})" for at in groups]
    return alternatives[0] if len(alternatives) == 1 else f"({' or '.join(alternatives)})"


def _described(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{harmless(value)}"'
    return "a list" if isinstance(value, (list, tuple)) else "a record"
