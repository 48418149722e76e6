"""The commands that only a shell has: they are about what could be run, or about the shell."""

from __future__ import annotations

from ankish.catalog.model import Command, Example, Param, Side
from ankish.catalog.types import Type

TOPIC = Type("topic")
"""What `help` can be asked about: a command, a function, the code of a message."""

SHELL_WORDS: dict[str, Command] = {
    word.name: word
    for word in (
        Command(
            "help",
            "shell",
            "Tell what there is, or all about a command, a function or a message's code",
            (Param("topic", TOPIC, "what about", default=None),),
            side=Side.HERE,
            examples=(Example("help suspend"), Example("help decks"), Example("help name::deck")),
        ),
        Command(
            "explain",
            "shell",
            "Show what a line would do: its actions, requests and how each is undone",
            side=Side.HERE,
            examples=(Example("explain find tag:leech | suspend"),),
        ),
        Command("exit", "shell", "Leave the shell; Ctrl-D does too", side=Side.HERE),
        Command("quit", "shell", "Leave the shell", side=Side.HERE),
    )
}
