"""What stands in fields: HTML, Markdown, clozes, references to media."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from markdown_it import MarkdownIt

ANKIS_OWN = re.compile(
    r"\\\(.*?\\\)|\\\[.*?\\\]|\[sound:[^\]\n]*\]"
    r"|\[latex\].*?\[/latex\]|\[\$\$?\].*?\[/\$\$?\]",
    re.DOTALL,
)
"""What Anki reads in a field besides HTML: MathJax, sound, LaTeX. Markdown has no part in it."""

CLOZE = re.compile(r"\{\{c\d+::.*?\}\}", re.DOTALL)

NO_CHARACTERS = range(0xFDD0, 0xFDF0)
"""Code points that Unicode keeps free for a program's own use: no text has them."""

BLOCKS = (
    "address article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr li main nav ol p pre section table tr ul"
).split()
"""Elements of HTML that stand on lines of their own."""


def from_markdown(text: str) -> str:
    """Markdown as the HTML of a field; a single paragraph without its `<p>`."""
    import html  # 2 ms, with all names of characters

    made = _shielded(text, lambda shielded: _reader().render(shielded), html.escape).strip()
    inner = made.removeprefix("<p>").removesuffix("</p>")
    return inner if len(made) == len(inner) + 7 and "<p>" not in inner else made


def to_markdown(text: str) -> str:
    """The HTML of a field as Markdown."""
    import html

    from markdownify import ATX, markdownify

    def convert(shielded: str) -> str:
        return str(markdownify(shielded, heading_style=ATX, bullets="-", wrap=False))

    return _shielded(text, convert, html.unescape).strip()


def plain(text: str) -> str:
    """HTML as plain text: tags gone, entities read, a line for each block, spaces one by one."""
    if "<" not in text and "&" not in text:
        return _spaced(text)
    soup = _soup(text)
    for gone in soup(["script", "style", "template"]):
        gone.decompose()
    for each in soup(["br"]):
        each.replace_with("\n")
    for each in soup(BLOCKS):
        each.insert_before("\n")
        each.insert_after("\n")
    for each in soup(["td", "th"]):
        each.insert_after(" ")
    return _spaced(soup.get_text())


def key_text(text: str) -> str:
    """What a field is compared by: its plain text in NFC, with the files of its pictures.

    So Anki compares first fields as well. Upper and lower case count.
    """
    if "<img" in text.lower():
        soup = _soup(text)
        for each in soup(["img"]):
            each.replace_with(f" {each.get('src', '')} ")
        text = str(soup)
    return unicodedata.normalize("NFC", " ".join(plain(text).split()))


def cloze(text: str, word: str | None, number: int, hint: str | None) -> str:
    """A text with a word, or all of it, as a cloze deletion.

    Every place where the word stands becomes one: as a whole word if it is one somewhere, else
    wherever it is found, as in languages without spaces. What is in a cloze already stays.
    """
    if number < 1:
        raise ValueError
    end = f"::{hint}}}}}" if hint else "}}"
    if not word:
        return f"{{{{c{number}::{text}{end}"
    pieces = CLOZE.split(text)
    inner = re.escape(word)
    alone = re.compile(rf"(?<!\w){inner}(?!\w)")
    pattern = alone if any(map(alone.search, pieces)) else re.compile(inner)
    made = [pattern.sub(lambda found: f"{{{{c{number}::{found[0]}{end}", each) for each in pieces]
    kept = [*CLOZE.findall(text), ""]
    return "".join(part for pair in zip(made, kept, strict=True) for part in pair)


def sound(file: str) -> str:
    """What plays a media file in a field."""
    return f"[sound:{file}]"


def image(file: str) -> str:
    """What shows a media file in a field."""
    import html

    return f'<img src="{html.escape(file)}">'


def _spaced(text: str) -> str:
    """A text with single spaces, and without spaces at the ends of lines or empty lines."""
    lines = (" ".join(line.split()) for line in text.replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def _soup(text: str) -> BeautifulSoup:
    import warnings

    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(text, "html.parser")


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True, "breaks": True, "xhtmlOut": False})
    return reader.enable(["table", "strikethrough"])


def _shielded(text: str, convert: Callable[[str], str], restore: Callable[[str], str]) -> str:
    """A text converted, but for what is Anki's own: that is put back through `restore`."""
    mark = next((mark for mark in map(chr, NO_CHARACTERS) if mark not in text), None)
    if mark is None:
        raise ValueError
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"{mark}{len(kept) - 1}{mark}"

    def show(found: re.Match[str]) -> Any:
        return restore(kept[int(found[1])])

    made = convert(ANKIS_OWN.sub(hide, text))
    return re.sub(f"{mark}(\\d+){mark}", show, made)
