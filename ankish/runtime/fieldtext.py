"""What fields hold as a line of text: no tags, media by name, clozes marked."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]*)>", re.DOTALL)
_HIDDEN = re.compile(r"<(style|script)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]|\{\{c\d")

INLINE = frozenset(
    "a b i u s em strong span font sub sup code small big mark kbd ruby rt rb".split()
)
"""Elements that don't part words."""


def as_line(text: str) -> str:
    """A field as one line of text.

    `<img>` becomes `[image: name]`, `[sound:…]` stays, `{{c1::Paris::a town}}` becomes
    `[Paris]`. Styles and scripts are left out. A text without HTML stays as it is.
    """
    if not _MARKUP.search(text):
        return text
    text = _TAG.sub(_instead, _HIDDEN.sub(" ", text))
    return " ".join(_CLOZE.sub(r"[\1]", html.unescape(text)).split())


def _instead(tag: re.Match[str]) -> str:
    """What stands for a tag: nothing, a blank, or the name of an image."""
    name = _NAME.match(tag[0])
    element = name[1].lower() if name else ""
    if element == "img" and (source := _SOURCE.search(tag[0])):
        return f" [image: {next(filter(None, source.groups()), '')}] "
    return "" if element in INLINE or not element else " "
