"""Words for messages: what is safe to show, lists and counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""C0 controls and DEL, to the pictures that Unicode has for them (U+2400 …)."""

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
"""Bidi isolates, to nothing."""

_REPLACED = (
    range(0x80, 0xA0),  # C1 controls; some terminals obey them like escape sequences
    range(0x202A, 0x202F),  # bidi embeddings and overrides
    range(0x2066, 0x206A),  # bidi isolates
    range(0xD800, 0xE000),  # lone surrogates; they can't be encoded
)

_HARMLESS = (
    _PICTURES
    | {code: 0xFFFD for codes in _REPLACED for code in codes}
    | {0x2028: 0x2424, 0x2029: 0x2424}  # line and paragraph separator
)


def harmless(text: str, keep: str = "") -> str:
    r"""`text` as it may be shown: nothing in it moves the cursor, colours or reorders.

    Control characters become their pictures (`␛` for escape), bidi overrides and what
    can't be encoded become `�`. Each character becomes one character, so offsets stay
    true. The characters in `keep` (`"\n"`, `"\t"`) stay as they are.
    """
    return text if text.isprintable() else text.translate(_table(keep))


def safe_json(value: Any, indent: int | None = None) -> str:
    r"""A value as JSON that may be shown: what `harmless` changes is written as `\u009b`.

    So nothing is lost of it, and a terminal obeys nothing of it.
    """
    import json  # most messages need none of it

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or harmless(c) == c else json.dumps(c)[1:-1] for c in text)


def one_line(text: str) -> str:
    """`text` made harmless, its lines joined by blanks.

    Isolates are left out: Anki puts them around numbers, and nobody is to see them.
    """
    if text.isprintable():
        return text.strip()
    return harmless(" ".join(text.translate(_ISOLATES).splitlines()).strip())


@lru_cache(maxsize=8)
def _table(keep: str) -> dict[int, int]:
    return {code: to for code, to in _HARMLESS.items() if chr(code) not in keep}


def listed(words: Iterable[str], joiner: str = "or") -> str:
    """The words in back-ticks, as a sentence lists them: `` `a`, `b` or `c` ``."""
    *most, last = [f"`{word}`" for word in words] or [""]
    return f"{', '.join(most)} {joiner} {last}" if most else last


def counted(n: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: `1 card`, `1,204 cards`; `plural` where it isn't noun + s."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def two_columns(rows: Iterable[tuple[str, str]], width: int, margin: str = "") -> Iterator[str]:
    """Names and what is said of each, in lines of at most `width`; a long name has one to itself.

    `margin` stands before each line.
    """
    import textwrap

    pairs = list(rows)
    left = min(max((len(name) for name, _ in pairs), default=0), width // 2)
    for name, said in pairs:
        first, *more = textwrap.wrap(said, max(width - left - 2 - len(margin), 20)) or [""]
        if len(name) > left:
            yield f"{margin}{name}"
            name = ""
        yield f"{margin}{name:<{left}}  {first}".rstrip()
        yield from (f"{margin}{'':<{left}}  {line}" for line in more)
