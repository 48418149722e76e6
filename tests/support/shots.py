"""Screens as text: what stands where, and in which colours."""

from __future__ import annotations

from html import escape

from tests.support.terminal import Terminal

HEX = {
    "black": "#1b1d28",
    "red": "#e06c75",
    "green": "#98c379",
    "brown": "#e5c07b",
    "blue": "#61afef",
    "magenta": "#c678dd",
    "cyan": "#56b6c2",
    "white": "#dde1f5",
    "brightblack": "#8a8fa8",
}
"""The colours of a terminal, for pictures."""


SHAPES = ("on", "bold", "underscore", "reverse")
"""What a look says besides colours."""


def looks(terminal: Terminal) -> str:
    """The screen, then a line for each run of cells that has a colour of its own."""
    found = []
    for number in range(terminal.screen.lines):
        runs = _runs(terminal, number)
        found += [
            f"{number:>2} {text.strip()!r} {look}" for text, look in runs if look and text.strip()
        ]
    return terminal.text + "\n\n" + "\n".join(found) + "\n"


def _runs(terminal: Terminal, number: int) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    row = terminal.screen.buffer[number]
    for at in range(terminal.screen.columns):
        cell = row[at]
        words = [
            cell.fg if cell.fg != "default" else "",
            f"on {cell.bg}" if cell.bg != "default" else "",
        ]
        words += [word for word in ("bold", "underscore", "reverse") if getattr(cell, word)]
        look = " ".join(filter(None, words))
        if runs and runs[-1][1] == look:
            runs[-1] = (runs[-1][0] + cell.data, look)
        else:
            runs.append((cell.data, look))
    return runs


def svg(terminal: Terminal) -> str:
    """A picture of the screen."""
    wide, high = 8.4, 18
    lines = []
    for number in range(terminal.screen.lines):
        at = 0
        for text, look in _runs(terminal, number):
            if text.strip():
                words = look.split()
                behind = words[words.index("on") + 1] if "on" in words else ""
                plain = [word for word in words if word not in (*SHAPES, behind)]
                colour = HEX.get(plain[0], f"#{plain[0]}") if plain else "#dde1f5"
                x, y = 12 + at * wide, 24 + number * high
                if behind:
                    lines.append(
                        f'<rect x="{x:.1f}" y="{y - 13}" width="{len(text) * wide:.1f}" '
                        f'height="{high}" fill="{HEX.get(behind, f"#{behind}")}"/>'
                    )
                if "reverse" in words:
                    lines.append(
                        f'<rect x="{x:.1f}" y="{y - 13}" width="{len(text) * wide:.1f}" height="{high}" fill="{colour}"/>'
                    )
                    colour = "#1b1d28"
                weight = ' font-weight="bold"' if "bold" in words else ""
                lines.append(
                    f'<text x="{x:.1f}" y="{y}" fill="{colour}"{weight} textLength="{len(text) * wide:.1f}" '
                    f'xml:space="preserve">{escape(text)}</text>'
                )
            at += len(text)
    width, height = terminal.screen.columns * wide + 24, terminal.screen.lines * high + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" '
        'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#1b1d28"/>\n'
        + "\n".join(lines)
        + "\n</svg>\n"
    )
