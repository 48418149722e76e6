"""What stands inside a term: its keyword or field, its value, its escapes.

This is read by hand and not by the grammar, because the parts of a term depend on each
other: the keyword decides which escapes its value may have, `re:` after a field's colon
changes that once more, and the first colon without a backslash parts key and value whether
quotes stand around both or only around the value.
"""

from __future__ import annotations

import re
from typing import Any

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import Diagnostic
from ankish.syntax.search.keywords import KEYWORDS
from ankish.syntax.search.tree import Bound, Term
from ankish.syntax.search.written import HOLE, Written

COLON = re.compile(r"(?:[^\\:]|\\.)*?:")
"""Up to the first colon without a backslash."""

ESCAPE = re.compile(r"\\(.?)")
ESCAPED = frozenset('\\"*_:()-')
"""What may follow a backslash, but for the end of the term."""

RAW = frozenset(
    "is prop flag rated introduced added edited resched nid cid did mid dupe preset re".split()
)
"""Keywords whose value has no escapes: its backslashes are not looked at, or a regex's."""

OPERATOR_WORDS = ("or", "and")


def mode_of(kind: str, value: str) -> str:
    """`re` or `nc` if the value begins so and the term's kind knows it, else ""."""
    if value.startswith("re:") and kind in ("field", "tag"):
        return "re"
    return "nc" if value.startswith("nc:") and kind == "field" else ""


class TermReader:
    """Makes terms of the grammar's tokens; what is wrong with them goes to `problems`."""

    def __init__(self, written: Written, problems: list[Diagnostic]) -> None:
        self.written = written
        self.problems = problems

    def read(self, token_type: str, start: int, end: int) -> Term:
        """The term that stands from `start` to `end`: a WORD, QUOTED or KEYED token."""
        text = self.written.text
        inner_start, inner_end = (start + 1, end - 1) if token_type == "QUOTED" else (start, end)
        word = text[start:end]
        if token_type == "WORD" and word.lower() in OPERATOR_WORDS:
            self._report(kinds.DANGLING, start, end, word=word, where=self._missing_side(start))
        colon = COLON.match(text, inner_start, inner_end)
        if colon is None:
            kind, key_end, value_start = "text", inner_start, inner_start
        else:
            key_end, value_start = colon.end() - 1, colon.end()
            key = text[inner_start:key_end]
            kind = key.lower() if key.isascii() and key.lower() in KEYWORDS else "field"
            if not key:
                self._no_keyword(start, key_end, end)
        value_end = inner_end
        if token_type == "KEYED":
            value_start, value_end = value_start + 1, end - 1
        if value_start == value_end and token_type != "WORD" and text[value_end - 1] == '"':
            empty = f"{text[start:key_end]}:" if kind == "field" else None
            self._report(kinds.EMPTY_QUOTES, value_end - 1, end, empty=empty)
        mode = mode_of(kind, text[value_start:value_end])
        self._escapes(kind, mode, (inner_start, key_end), (value_start, value_end), token_type)
        between = self.written.between
        return Term(
            kind,
            between(inner_start, key_end),
            between(value_start, value_end),
            mode,
            token_type,
            self.written.span(start, end),
            start,
            end,
        )

    def _escapes(
        self, kind: str, mode: str, key: tuple[int, int], value: tuple[int, int], token_type: str
    ) -> None:
        """Report the escapes that mean nothing.

        Where a value has no escapes of its own, a backslash still can't be the last character
        of a word, since Anki's lexer takes the blank after it for escaped, and can't stand
        before a bound value, whose meaning it would change.
        """
        for (start, end), raw in [(key, False), (value, kind in RAW or mode != "")]:
            for match in ESCAPE.finditer(self.written.text, start, end):
                if raw:
                    bad = token_type == "WORD" and match[1] in ("", " ") or self._before_hole(match)
                else:
                    bad = match[1] not in ESCAPED
                if bad:
                    field = self._field_for_regex(kind, key) if match[1].isalnum() else None
                    shown = match[0].replace(HOLE, "").strip()
                    self._report(kinds.ESCAPE, *match.span(), escape=shown, field=field)

    def _before_hole(self, match: re.Match[str]) -> bool:
        after = self.written.between(match.end() - 1, match.end())
        return match[1] == HOLE and isinstance(after[0], Bound)

    def _field_for_regex(self, kind: str, key: tuple[int, int]) -> str:
        name = self.written.text[slice(*key)]
        return name if kind in ("field", "tag") and HOLE not in name else "Front"

    def _no_keyword(self, start: int, colon: int, end: int) -> None:
        """A colon that nothing stands before; often the quotes have ended too early."""
        text = self.written.text
        together = None
        quoted = re.search(r'"([^"\\]+)"$', text[:start])
        if quoted and HOLE not in text[quoted.start() : end]:
            together = f'"{quoted[1]}{text[colon:end]}"'
        self._report(kinds.NO_KEYWORD, colon, colon + 1, together=together)

    def _missing_side(self, start: int) -> str:
        before = self.written.text[:start].rstrip(" ")
        if not before or before.endswith("("):
            return "nothing before it"
        return "a minus can't negate it" if before.endswith("-") else "another joins already"

    def _report(self, kind: Kind, start: int, end: int, **values: Any) -> None:
        self.problems.append(kind(self.written.span(start, end), **values))
