r"""Escapes: from text to how it is written in a search, and back.

A name or text is written with `\` before what would be a wildcard or end it. Anki makes a
blank of every white space before it looks at anything else, so that a tab or U+3000 can't be
written at all: the wildcard for one character stands for it, or a regex that names it.
(Measured on Anki 26.09.3.)
"""

from __future__ import annotations

import re

from ankish.syntax.search.written import WHITE_SPACE

UNWRITABLE = re.compile(f"[{re.escape(WHITE_SPACE)}]")
"""White space that Anki would make a blank of."""

_OF_REGEX = frozenset(r"\.+*?()|[]{}^$#&-~")
_WILDCARDS = {"*": ".*", "_": "."}


def unescaped(text: str) -> str:
    """What a written text means, its wildcards left as they are."""
    return re.sub(r"\\(.)", r"\1", text)


def escaped(text: str, special: str, space: str) -> str:
    """A text as it is written where the characters in `special` have a meaning.

    `space` stands for each white space that can't be written.
    """
    pattern = f"[{re.escape(special)}]"
    return UNWRITABLE.sub(space, re.sub(pattern, r"\\\g<0>", text))


def regex_of(text: str) -> str:
    """A regular expression of Rust's kind that matches the text, as it is written in a search."""
    return "".join(map(_regex_char, text))


def wildcards(text: str) -> str:
    """The regular expression that matches what a written text with wildcards matches."""
    found: list[str] = []
    for match in re.finditer(r"\\(.)|(.)", text, re.S):
        escaped_char, char = match.groups()
        found.append(_WILDCARDS.get(char) or _regex_char(escaped_char or char))
    return "".join(found)


def quoted(key: str, value: str, form: str = "WORD") -> str:
    """A term of a written key (empty for a text) and value, in quotes if it needs them.

    `form` is that of the term it stands for: where there were quotes quotes stay, since
    something may follow or go before without a blank (`a"b"c` are three terms).
    """
    term = f"{key}:{value}" if key else value
    if form == "QUOTED":
        return f'"{term}"'
    if not key:
        bare = value.lower() not in ("", "or", "and") and not value.startswith("-")
        return value if bare and not _needs_quotes(value) else f'"{value}"'
    if _needs_quotes(key) or key.startswith("-") or (form == "KEYED" and not value):
        return f'"{term}"'
    return f'{key}:"{value}"' if form == "KEYED" or _needs_quotes(value) else term


def _needs_quotes(written: str) -> bool:
    return re.search(r'[ "()]', written) is not None


def _regex_char(char: str) -> str:
    if UNWRITABLE.match(char):
        return rf"\x{{{ord(char):x}}}"
    if char == '"':
        return r"\""
    return f"\\{char}" if char in _OF_REGEX else char
