"""Messages about ankish itself, whatever it was asked to do."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

OUTPUT = Kind(
    "program::output",
    "the output can't be written: {reason}",
    note="what was changed in Anki before stays changed",
    explain="""\
What ankish prints goes to a file or a device that takes no more: a full disk, say. The result
is incomplete there. Changes in Anki that were made before are not taken back.""",
)
BUG = Kind(
    "program::bug",
    "ankish has a mistake of its own: {error} in {where}",
    help=("please report it, with what you typed", "ANKISH_TRACEBACK=1 shows where it comes from"),
    explain="""\
Something happened that ankish has no message for, so it stopped. Changes that were made before
stay.""",
)
NO_FILE = Kind(
    "program::no-file",
    "{file} can't be read: {reason}",
    help="`ankish -c '…'` runs a text, `ankish` alone starts the shell",
    explain="The program to run is named on the command line, but it could not be read.",
)
NOTHING_THERE = Kind(
    "program::nothing-there",
    "no file in {folder} ends in .ank",
    help="a file of another name is given by its name",
    explain="Of a folder all files are taken that end in `.ank`, those in its folders included.",
    severity=Severity.WARNING,
)
NOT_WRITTEN = Kind(
    "program::not-written",
    "{file} can't be written: {reason}",
    help="ankish fmt - < FILE shows it formatted",
    note="the file is as it was",
    explain="`ankish fmt` puts programs in their layout where they are.",
)
NO_SCRIPT = Kind(
    "program::no-script",
    "there is no script `{name}`, and no file of that name",
    help=(
        "the word comes first, and options follow it: ankish {word} …",
        "it is a word of the shell, which `{start}` starts: type {shell} there",
        "it is a command of the language: ankish -c '{command}'",
        "something with a similar name exists: {near}",
        "`ankish scripts` lists all there are, `ankish --help` tells of the rest",
    ),
    explain="""\
`ankish NAME` runs a file, or one of the scripts that ship with ankish: `ankish leeches`. Your own
stand in the folder `scripts` of ankish's data folder, as files that end in `.ank`.""",
)
EXTRA = Kind(
    "program::extra",
    "`ankish {word}` needs a library that is not installed",
    help="pip install 'ankish[{extra}]'",
    explain="""\
Parts that not everyone needs are extras: `embedded` works without Anki, `mcp` serves agents, `lsp`
serves editors, `docs` builds the documentation.""",
)
NOT_UTF8 = Kind(
    "program::not-utf8",
    "{file} is not a text in UTF-8",
    note="the byte at {at} can't be read",
    help="save it as UTF-8",
    explain="Programs are texts in UTF-8. Other encodings can't be told apart safely.",
)
VARIABLE = Kind(
    "program::variable",
    "a program can't hold what ${name} was given: {given}",
    help="give it what JSON has: a text, a number, true or false, null, a list, a record",
    explain="""\
Variables that Python gives to a program are values that JSON has. A file, a date or an object
of a library is none; a date is given as a text, a set as a list. NaN and infinity are no
numbers of JSON either.""",
)
SCHEMA = Kind(
    "program::schema",
    "the names in {file} can't be used: {reason}",
    help="ankish schema save keeps them",
    explain="""\
`ankish schema save` keeps the names of decks, note types, fields and tags in a file, so that
`ankish check --schema` can look them up without a collection.""",
)
