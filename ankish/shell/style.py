"""Colours of the shell: the sixteen of the terminal's own theme, so light and dark both work."""

from __future__ import annotations

from prompt_toolkit.styles import Style

PROMPT = "ankish> "
CONTINUATION = "      | "

STYLE = Style.from_dict(
    {
        "prompt": "bold ansigreen",
        "continuation": "ansigreen",
        # the line (the kinds of `analysis.colouring`)
        "command": "bold ansiblue",
        "function": "ansiblue",
        "verb": "bold ansimagenta",
        "keyword": "ansimagenta",
        "constant": "ansimagenta",
        "string": "ansigreen",
        "variable": "ansicyan",
        "number": "ansicyan",
        "parameter": "ansiblue",
        "comment": "ansibrightblack",
        "pipe": "bold",
        "unknown": "ansired underline",
        "wrong": "ansired underline",
        "matching-bracket.cursor": "bold",
        "matching-bracket.other": "bold underline",
        "auto-suggestion": "ansibrightblack",
        # the bar
        "bottom-toolbar": "noreverse",
        "bottom-toolbar.text": "",
        "place": "reverse",
        "trouble": "bold ansired reverse",
        "signature": "",
        "current": "bold underline",
        "doc": "ansibrightblack",
        "mistake": "ansired",
        # the menu
        "completion-menu": "noinherit reverse",
        "completion-menu.completion": "noinherit reverse",
        "completion-menu.completion.current": "noinherit bold ansiwhite bg:ansiblue",
        "completion-menu.meta.completion": "noinherit reverse",
        "completion-menu.meta.completion.current": "noinherit ansiwhite bg:ansiblue",
    }
)
