"""The words of the shell: what a line does that begins with one of them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from ankish.shell.output import show
from ankish.shell.plain import is_dumb
from ankish.shell.state import State
from ankish.shell.telling import reading_width, say

Word = Callable[[State, str], None]
"""Does what the word asks for, given what stands behind it."""
LATEST = 30
"""How many lines `history` lists."""

LEAVE = frozenset(
    "exit quit exit() quit() \\q :q :q! :wq .exit .quit /exit /quit bye logout".split()
)
"""What leaves the shell: its own two words, and what people are used to elsewhere."""

HABITS = {
    **dict.fromkeys(
        ("?", "\\?", "\\h", ":h", ":help", ".help", "/help", "man", "--help", "-h"), "help"
    ),
    "cls": "clear",
}
"""Words of other shells, by what they are here."""


def leaves(text: str) -> bool:
    """Whether a line is there to leave the shell."""
    return text.strip().rstrip("; ") in LEAVE


def word_of(text: str) -> tuple[str, str]:
    """The word of the shell that a line begins with, and what stands behind it.

    The word is empty if the line is none of the shell's.
    """
    line = text.strip().rstrip(";").rstrip()
    if line.startswith("?"):
        line = f"? {line[1:]}"
    first, _, rest = line.partition(" ")
    if rest.strip() == "--help":  # as on the command line
        first, rest = "help", first
    word = HABITS.get(first, first)
    return (word, rest.strip()) if word in WORDS else ("", "")


def help_(state: State, topic: str) -> None:
    """Tell about a topic."""
    from ankish.analysis.help import help_text

    state.wait_ready()
    show(state, help_text(topic.strip("\"'"), state.commands, reading_width()))


def config(state: State, rest: str) -> None:
    """Show the settings, set one, or open their file."""
    from ankish import configure

    name, _, value = rest.partition(" ")
    if not name:
        show(state, configure.overview(state.settings, reading_width()))
    elif name == "edit":
        state.settings = configure.edit(state.settings)
    else:
        value = value.strip().removeprefix("=").strip()
        state.settings = configure.change(state.settings, name, value)


def keys(state: State, rest: str) -> None:
    """Show the sheet of keys."""
    from ankish.shell.sheet import sheet

    show(state, sheet(state.settings.keys, reading_width()))


def record(state: State, rest: str) -> None:
    """Begin a macro, or make one of the last lines, or of a line that is given."""
    from ankish.shell import recording

    recording.record(state, rest)


def stop(state: State, rest: str) -> None:
    """End the macro that is being recorded."""
    from ankish.shell import recording

    recording.stop(state, rest)


def macros(state: State, rest: str) -> None:
    """List the user's macros, or do something with one."""
    from ankish.shell import recording

    recording.macros(state, rest)


def review_(state: State, rest: str) -> None:
    """Study cards."""
    from ankish.shell.review import review

    review(state, rest.strip("'"))


def tour_(state: State, rest: str) -> None:
    """Begin or leave the tour."""
    from ankish.shell.tour import tour

    tour(state, rest)


def watch_(state: State, rest: str) -> None:
    """Show what a line gives again and again."""
    from ankish.shell.watching import watch

    watch(state, rest)


def history_(state: State, text: str) -> None:
    """List the latest lines, the oldest first."""
    lines = [line for line in state.lines() if text.strip("\"'").casefold() in line.casefold()]
    show(state, "\n".join(lines[-LATEST:]) if lines else "no such line")


def clear_(state: State, rest: str) -> None:
    """Clear the screen."""
    if sys.stdout.isatty() and not is_dumb():
        say("\x1b[2J\x1b[H", end="")


def connect_(state: State, rest: str) -> None:
    """Tell or change where actions go."""
    from ankish.shell.connecting import connect

    connect(state, rest)


def tip_(state: State, rest: str) -> None:
    """Tell a tip."""
    from ankish.shell.tips import tip

    say(tip())


WORDS: dict[str, Word] = {
    "help": help_,
    "config": config,
    "keys": keys,
    "record": record,
    "stop": stop,
    "macros": macros,
    "review": review_,
    "tour": tour_,
    "watch": watch_,
    "history": history_,
    "clear": clear_,
    "tip": tip_,
    "connect": connect_,
}
"""The words, by what is typed. `exit` and `quit` are the loop's own."""
