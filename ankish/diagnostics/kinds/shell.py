"""Messages of the shell."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

TOPIC = Kind(
    "shell::topic",
    "there is no command, function or message called `{topic}`",
    help=("nearest: {near}", "`help` alone shows what there is"),
    explain="""\
`help` can be asked about every command and function by name, about a family of commands such as
`help decks`, and about the code of a message: `help name::deck`.""",
)

STOPPED = Kind(
    "shell::stopped",
    "stopped between two requests",
    note=("requests sent: {requests}; what they changed stays changed, and nothing else is sent",),
    severity=Severity.WARNING,
    explain="""\
Ctrl-C stops a program between two requests, never inside of one: a request that is under way is
waited for, so that it is certain what was done. What was done stays done.""",
)

LEFT = Kind(
    "shell::left",
    "stopped while a request was under way",
    note=(
        "requests sent: {requests}; of the last one it is not known what it did",
        "nothing else is sent; the next line waits until Anki has answered",
    ),
    severity=Severity.WARNING,
    explain="""\
A second Ctrl-C does not wait for the request that is under way. Anki may still carry it out; look
before you do it again.""",
)
AT_ONCE = Kind(
    "shell::at-once",
    "stopped before Anki has answered",
    note="Anki may still carry out what it was asked for last; nothing else is sent",
    severity=Severity.WARNING,
    explain="""\
A second Ctrl-C does not wait for the request that is under way, as when a dialog is open in Anki.
Once that is closed, Anki carries it out all the same. `resume` and `undo` find out by reading
whether it has.""",
)
NOT_FIELDS = Kind(
    "shell::fields",
    "what the editor left is not the fields of the note: {why}",
    help="each field is a line `Name: text`, or a name with the text below it, indented",
    note="nothing was changed",
    explain="""\
`e` while a card is studied opens the fields of its note as YAML. A text that holds a colon or
begins with a bracket stands in quotes.""",
)
WATCH_WHAT = Kind(
    "shell::watch",
    "watch is not told what to look at",
    help="a line follows: watch 10 find is:due | count",
    explain="`watch` runs a line every two seconds, or as many as are given, until Ctrl-C.",
)
WATCH_WRITES = Kind(
    "shell::watch-writes",
    "watch only looks, but this line does more than that",
    note="nothing was sent",
    explain="""\
`watch` runs a line again and again, so it takes lines that read and nothing else: no change, no
file that is written, nothing that needs Anki's window.""",
)
PLAY_WHAT = Kind(
    "shell::play",
    "play is not told what to call",
    help=("play NAME, with what the macro takes: play tidy deck=Spanish", "`macros` lists yours"),
    explain="`play NAME …` calls a macro or a script, as NAME alone does.",
)
NOT_PLAYED = Kind(
    "shell::not-played",
    "there is no macro and no script called `{name}`",
    help=(
        "one with a similar name exists: {near}",
        "it is a command, and is called without `play`: {command}",
        "`macros` lists yours",
    ),
    explain="""\
`play NAME …` calls a macro that was recorded or declared, or a script of the library, as NAME alone
does. Other commands are called by their names only.""",
)
CONNECT_WHERE = Kind(
    "shell::connect",
    "`{given}` names no place to connect to",
    help=(
        "connect http://127.0.0.1:8765, connect --demo, connect --collection FILE, "
        "or connect --profile NAME",
        "`connect` alone tells where actions go",
    ),
    note="where actions go is as it was",
    explain="""\
`connect` takes a URL where AnkiConnect listens, or one of the options of the command line that say
where actions go. It holds until the shell is left. Variables, and macros that were only typed, stay
behind; history and journal are those of the new side.""",
)
CONNECT_RECORDING = Kind(
    "shell::connect-recording",
    "`{name}` is being recorded",
    help="`stop` ends it",
    note="where actions go is as it was",
    explain="A macro is recorded on one collection.",
)
