"""The sheet of keys."""

from __future__ import annotations

from ankish.diagnostics.text import two_columns

EVERYWHERE = (
    ("Tab, Shift-Tab", "complete; through the menu"),
    ("Enter", "take what is selected in the menu; else run, or go on if more is wanted"),
    ("Right", "take the suggestion in grey (Alt-F: a word of it)"),
    ("Up, Down", "lines of the history"),
    ("Alt-Up, Alt-Down", "lines of the history that begin as this one does"),
    ("Ctrl-R", "search the history; Ctrl-R again for the one before"),
    ("F1", "help on what is under the cursor"),
    ("F2", "the preview on or off"),
    ("F4", "emacs or vi keys"),
    ("Ctrl-C", "drop the line; stop a program between two requests, twice: at once"),
    ("Ctrl-L", "clear the screen"),
    ("Ctrl-Z", "leave for the system's shell; fg comes back"),
    ("Ctrl-D", "leave"),
)
EMACS = (
    ("Alt-Enter", "a new line, whatever stands before it"),
    ("Ctrl-X Ctrl-E", "write the line in the editor that EDITOR names"),
    ("Ctrl-A, Ctrl-E", "to the beginning, to the end"),
    ("Alt-B, Alt-F", "a word back, a word on"),
    ("Ctrl-W, Ctrl-K, Ctrl-U", "cut a word, to the end, to the beginning"),
    ("Ctrl-Y", "paste what was cut"),
    ("Ctrl-_", "undo"),
)
VI = (
    ("Esc o", "a new line"),
    ("Esc", "to the commands; i, a to write on"),
    ("v", "write the line in the editor that EDITOR names"),
    ("0, $, w, b", "to the beginning, to the end, a word on, a word back"),
    ("dd, dw, cw, x", "cut the line, a word, change a word, cut a letter"),
    ("p, u", "paste, undo"),
    ("/, n", "search the history"),
)


def sheet(mode: str, width: int) -> str:
    """All keys of the shell in `mode`, `emacs` or `vi`, with what they do."""
    return "\n".join(two_columns([*EVERYWHERE, *(EMACS if mode == "emacs" else VI)], width))
