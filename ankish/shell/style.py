"""Colours of the shell.

The theme `terminal` uses the sixteen colours of the terminal's own theme, so it suits light and
dark; `dark` and `light` bring colours of their own, each made for one of the two.
"""

from __future__ import annotations

from functools import lru_cache

from prompt_toolkit.styles import Style

PROMPT = "ankish> "
CONTINUATION = "      | "

PALETTES = {
    "terminal": {
        "green": "ansigreen",
        "blue": "ansiblue",
        "magenta": "ansimagenta",
        "cyan": "ansicyan",
        "red": "ansired",
        "grey": "ansibrightblack",
        "menu": "reverse",
        "chosen": "bold ansiwhite bg:ansiblue",
        "bar": "reverse",
    },
    "dark": {
        "green": "#a6d189",
        "blue": "#8caaee",
        "magenta": "#ca9ee6",
        "cyan": "#81c8be",
        "red": "#ff7b85",
        "grey": "#a0a5be",
        "menu": "#dde1f5 bg:#32364a",
        "chosen": "bold #1b1d28 bg:#8caaee",
        "bar": "#dde1f5 bg:#414559",
    },
    "light": {
        "green": "#276a16",
        "blue": "#1e55c8",
        "magenta": "#7a2ec2",
        "cyan": "#0e6f7c",
        "red": "#c01c3a",
        "grey": "#5c6072",
        "menu": "#2a2d3a bg:#e2e5ef",
        "chosen": "bold #ffffff bg:#1e55c8",
        "bar": "#2a2d3a bg:#d3d7e5",
    },
}
"""The colours of each theme."""

ROLES = {
    "prompt": "bold {green}",
    "continuation": "{green}",
    # the line (the kinds of `analysis.colouring`)
    "command": "bold {blue}",
    "function": "{blue}",
    "verb": "bold {magenta}",
    "keyword": "{magenta}",
    "constant": "{magenta}",
    "string": "{green}",
    "variable": "{cyan}",
    "number": "{cyan}",
    "parameter": "{blue}",
    "comment": "{grey}",
    "pipe": "bold",
    "unknown": "{red} underline",
    "wrong": "{red} underline",
    "matching-bracket.cursor": "bold",
    "matching-bracket.other": "bold underline",
    "auto-suggestion": "{grey}",
    # the bar
    "bottom-toolbar": "noreverse",
    "bottom-toolbar.text": "",
    "place": "{bar}",
    "trouble": "bold {red} reverse",
    "recording": "bold {red}",
    "signature": "",
    "current": "bold underline",
    "doc": "{grey}",
    "mistake": "{red}",
    "reads": "{green}",
    "writes": "bold {magenta}",
    "loses": "bold {red}",
    # the menu
    "completion-menu": "noinherit {menu}",
    "completion-menu.completion": "noinherit {menu}",
    "completion-menu.completion.current": "noinherit {chosen}",
    "completion-menu.meta.completion": "noinherit {menu}",
    "completion-menu.meta.completion.current": "noinherit {chosen}",
}
"""What each kind of text looks like, in the colours of a theme."""


@lru_cache(maxsize=4)
def style(theme: str) -> Style:
    """The style of a theme."""
    palette = PALETTES[theme]
    return Style.from_dict({role: look.format(**palette) for role, look in ROLES.items()})
