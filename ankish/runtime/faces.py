"""A card's question and answer as text for a terminal: HTML to lines, with colours if wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

from ankish.diagnostics.text import harmless, one_line
from ankish.runtime.layout import BOLD, GREY, painted, width, wrapped

ITALIC, UNDERLINE, CLOZE = "3", "4", "1;36"
"""How kinds of text look, as the numbers that a terminal takes."""

INLINE = {"b": BOLD, "strong": BOLD, "i": ITALIC, "em": ITALIC, "u": UNDERLINE, "mark": "7"}
BLOCKS = frozenset("div p ul ol table tr h1 h2 h3 h4 h5 h6 pre blockquote center section".split())
HIDDEN = frozenset({"style", "script", "head", "title"})
CELLS = frozenset({"td", "th", "rt"})

_SOUND = re.compile(r"\[anki:play:[qa]:(\d+)\]")
_NAMED = re.compile(r"\[sound:([^\]]*)\]")
_MARK = re.compile("\x1b\\[[0-9;]*m")
_RULE, _DRAWN = "\x00", "\x01"
"""What a line is, or begins with, that is a rule or a picture: nothing that is shown has them."""

Draw = Callable[[str, int], "str | None"]
"""Draws a picture by its `src` in so many columns; None if it can't."""


class _Reader(HTMLParser):
    """Collects the lines of HTML. Text is made harmless; what colours it is ours alone."""

    def __init__(self, colour: bool, room: int, draw: Draw | None) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._colour = colour
        self._room = room
        self._draw = draw
        self._open: list[tuple[str, str]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in HIDDEN:
            self._hidden += 1
        elif tag == "br" or tag in BLOCKS:
            self._break(tag == "br")
        elif tag == "li":
            self._break()
            self._write("• ")
        elif tag == "hr":
            self._break()
            self.lines[-1:] = [_RULE, ""]
        elif tag == "img":
            self._image(given.get("src") or "")
        elif tag in CELLS:
            self._write(" ")
        look = CLOZE if "cloze" in (given.get("class") or "").split() else INLINE.get(tag, "")
        if look:
            self._open.append((tag, look))

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in BLOCKS or tag == "li":
            self._break()
        for at in reversed(range(len(self._open))):
            if self._open[at][0] == tag:
                del self._open[at]
                break

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            text = re.sub(r"\s+", " ", data)
            looks = [look for _, look in self._open]
            if CLOZE in looks and not self._colour and not text.startswith("["):
                text = f"[{text}]"
            self._write(harmless(text), ";".join(looks))

    def _write(self, text: str, look: str = "") -> None:
        if not self.lines[-1]:
            text = text.lstrip()
        self.lines[-1] += f"\x1b[{look}m{text}\x1b[0m" if look and text and self._colour else text

    def _image(self, source: str) -> None:
        drawn = self._draw(source, self._room) if self._draw is not None else None
        if drawn is None:
            self._write(f"[image: {one_line(source)}]", GREY)
        else:
            self._break()
            self.lines[-1:] = [_DRAWN + drawn, ""]

    def _break(self, always: bool = False) -> None:
        if self.lines[-1] or always:
            self.lines.append("")


def face(html: str, colour: bool, room: int, draw: Draw | None = None) -> list[str]:
    """The lines of a side of a card, in at most `room` columns."""
    reader = _Reader(colour, room, draw)
    reader.feed(html)
    reader.close()
    lines: list[str] = []
    for line in reader.lines:
        if line == _RULE:
            lines.append("─" * min(room, 40))
        elif line.startswith(_DRAWN):
            lines.append(line[1:])
        elif width(_MARK.sub("", line)) <= room:
            lines.append(line.rstrip())
        else:
            lines += wrapped(_MARK.sub("", line), room)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def sides(
    info: Mapping[str, Any], colour: bool, room: int, draw: Draw | None = None
) -> tuple[list[str], list[str]]:
    """Question and answer of a card as cardsInfo gives it; the answer without the question.

    Sounds are told by their names, taken in their order from the fields.
    """
    fields = sorted(info["fields"].values(), key=lambda field: field.get("order", 0))
    sounds = [name for field in fields for name in _NAMED.findall(field["value"])]

    def named(found: re.Match[str]) -> str:
        number = int(found[1])
        return f"[sound:{sounds[number]}]" if number < len(sounds) else "[sound]"

    question, answer = (_SOUND.sub(named, info[side]) for side in ("question", "answer"))
    _, rule, back = answer.partition("<hr id=answer>")
    back = back if rule else answer
    return face(question, colour, room, draw), face(back, colour, room, draw)


def card(info: Mapping[str, Any], colour: bool, room: int, draw: Draw | None = None) -> str:
    """A card: what it is, its question, its answer."""
    front, back = sides(info, colour, room, draw)
    about = f"card {info['cardId']} · {one_line(info['deckName'])} · {one_line(info['modelName'])}"
    state = (
        f"interval {info['interval']:,} d · {info['reps']:,} reviews · {info['lapses']:,} lapses"
    )
    heads = [painted(line, GREY, colour) for line in (about, state)]
    rule = painted("─" * min(room, 40), GREY, colour)
    return "\n".join([*heads, "", *front, "", rule, *back])
