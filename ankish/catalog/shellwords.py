"""The commands that stand alone on a line: about what could be run, what was, or the shell."""

from __future__ import annotations

from ankish.catalog.model import Command, Example, Param, Side
from ankish.catalog.types import ANY, BOOL, FLOAT, INT, PATH, PROFILE, QUERY, TEXT, Type, one_of
from ankish.settings import DECLARED

TOPIC = Type("topic")
"""What `help` can be asked about: a command, a function, the code of a message."""

RUN = Type("run")
"""The name of a run in the journal, such as r12."""

RUNS = Param(
    "what", RUN, "a run such as r12, or how many; the latest one if left out", default=None
)
FORCE = Param("force", BOOL, "overwrite what was changed since", default=False)

PLAYED = ("macro", "script")
"""The families of what `play` calls."""

MACRO_WORDS = ("show", "edit", "rename", "delete", "export", "import")
"""What can be done with the user's macros."""

SHELL_WORDS: dict[str, Command] = {
    word.name: word
    for word in (
        Command(
            "help",
            "shell",
            "Tell what there is, or all about a command, a function or a message's code",
            (Param("topic", TOPIC, "what about", default=None),),
            side=Side.HERE,
            examples=(
                Example("help suspend"),
                Example("help searches"),
                Example("help decks"),
                Example("help name::deck"),
            ),
        ),
        Command(
            "explain",
            "shell",
            "Show what a line would do: its actions, requests and how each is undone",
            side=Side.HERE,
            examples=(
                Example("explain find tag:leech | suspend"),
                Example("explain --json find tag:leech | suspend"),
                Example("explain --curl find tag:leech | suspend"),
            ),
        ),
        Command(
            "plan",
            "shell",
            "Show what a line would write, and what that would change; nothing is written",
            side=Side.HERE,
            examples=(
                Example("plan find tag:leech | suspend"),
                Example("plan --all find tag:leech | addTags hard"),
            ),
        ),
        Command(
            "undo",
            "shell",
            "Take back the latest run, the latest so many, or one by its name",
            (RUNS, FORCE),
            side=Side.HERE,
            examples=(Example("undo"), Example("undo 3"), Example("undo r12")),
        ),
        Command(
            "redo",
            "shell",
            "Do again what undo took back",
            (RUNS, FORCE),
            side=Side.HERE,
            examples=(Example("redo"),),
        ),
        Command(
            "log",
            "shell",
            "List the runs that changed the collection, or what one of them did",
            (
                RUNS,
                Param("diff", BOOL, "each value that it changed, before and after", default=False),
            ),
            side=Side.HERE,
            examples=(Example("log"), Example("log r12"), Example("log r12 --diff")),
        ),
        Command(
            "resume",
            "shell",
            "Go on with a run that was stopped, with every write once",
            (Param("run", RUN, "which; the latest if left out", default=None),),
            side=Side.HERE,
            examples=(Example("resume"), Example("resume r12")),
        ),
        Command(
            "config",
            "shell",
            "Show the settings, set one (`config theme dark`), or open their file (`config edit`)",
            (
                Param("name", one_of(*DECLARED, "edit"), "a setting, or `edit`", default=None),
                Param("value", ANY, "its value, from then on", default=None),
            ),
            side=Side.HERE,
            examples=(Example("config"), Example("config theme dark")),
        ),
        Command(
            "record",
            "shell",
            "Record a macro: what is done from here to `stop`, or the last lines, or a line in { }",
            (
                Param("name", TEXT, "what the macro is called"),
                Param("last", INT, "make it of so many lines that were done already", default=None),
                Param("params", BOOL, "make parameters of its literals", default=False),
            ),
            side=Side.HERE,
            examples=(
                Example("record tidy"),
                Example("record tidy --last 5"),
                Example("record tidy { find tag:old | addTags archive }"),
            ),
        ),
        Command(
            "stop",
            "shell",
            "End the macro that is being recorded, and keep it",
            (Param("params", BOOL, "make parameters of its literals", default=False),),
            side=Side.HERE,
            examples=(Example("stop"), Example("stop --params")),
        ),
        Command(
            "play",
            "shell",
            "Call a macro or a script, as its name alone does",
            (
                Param("name", TEXT, "which"),
                Param("line", ANY, "what it takes, and what follows it", default=None),
            ),
            side=Side.HERE,
            examples=(Example("play tidy"), Example("play leeches --deck Spanish")),
        ),
        Command(
            "macros",
            "shell",
            "List your macros, or show, edit, rename, delete, export or import one",
            (
                Param("do", one_of(*MACRO_WORDS), "what", default=None),
                Param("name", TEXT, "the macro, or the file to import", default=None),
                Param("to", TEXT, "its new name, or the file to write", default=None),
            ),
            side=Side.HERE,
            examples=(Example("macros"), Example("macros rename tidy sweep")),
        ),
        Command(
            "review",
            "shell",
            "Study a deck in the order of Anki's queue, or the cards of a search",
            (Param("query", QUERY, "which cards; all if left out", default=None, rest=True),),
            side=Side.HERE,
            examples=(Example("review deck:Spanish"), Example("review deck:Spanish tag:verb")),
        ),
        Command(
            "tour",
            "shell",
            "Learn the shell by hand, on the sample collection",
            (Param("what", one_of("stop"), "`stop` leaves it", default=None),),
            side=Side.HERE,
            examples=(Example("tour"),),
        ),
        Command(
            "watch",
            "shell",
            "Show what a line gives again and again, until Ctrl-C; it only reads",
            (
                Param("seconds", FLOAT, "how long to wait in between", default=2),
                Param("line", ANY, "the line"),
            ),
            side=Side.HERE,
            examples=(
                Example("watch find is:due | count"),
                Example("watch 10 find rated:1 | count"),
            ),
        ),
        Command(
            "connect",
            "shell",
            "Tell where actions go, or have them go somewhere else until the shell is left",
            (
                Param("url", TEXT, "where AnkiConnect listens", default=None),
                Param("demo", BOOL, "a sample collection, no Anki", default=False),
                Param("collection", PATH, "a collection file, no Anki", default=None),
                Param("profile", PROFILE, "a profile's collection, no Anki", default=None),
            ),
            side=Side.HERE,
            examples=(
                Example("connect"),
                Example("connect http://127.0.0.1:8765"),
                Example("connect --demo"),
                Example("connect --collection copy.anki2"),
            ),
        ),
        Command(
            "history",
            "shell",
            "List the latest lines, or those that hold a text",
            (Param("text", TEXT, "the text", default=None),),
            side=Side.HERE,
            examples=(Example("history"), Example("history leech")),
        ),
        Command("clear", "shell", "Clear the screen; Ctrl-L does too", side=Side.HERE),
        Command("tip", "shell", "Tell something that is good to know", side=Side.HERE),
        Command("keys", "shell", "Show all keys of the line editor", side=Side.HERE),
        Command("exit", "shell", "Leave the shell; Ctrl-D does too", side=Side.HERE),
        Command("quit", "shell", "Leave the shell", side=Side.HERE),
    )
}
