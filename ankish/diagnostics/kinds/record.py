"""Messages about recording, and about the user's own macros."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

NO_MACRO = Kind(
    "record::no-macro",
    "there is no macro of yours called `{name}`",
    help=("one with a similar name exists: {near}", "`macros` lists them"),
    explain="""\
`macros` lists what was recorded. Each is a file `NAME.ank` in the folder `macros` of ankish's data
folder, and can be written there as well.""",
)
BAD_NAME = Kind(
    "record::name",
    "no macro can be called `{name}`: that {why}",
    help="letters and digits, and no command's name: record tidy",
    explain="A macro is called like a command, so it can't have the name of one.",
)
EXISTS = Kind(
    "record::exists",
    "a macro called `{name}` exists",
    help=("macros delete {name}", "macros rename {name} NEW"),
    explain="Recording never overwrites a macro.",
)
NOT_EXPORTED = Kind(
    "record::not-exported",
    "{file} can't be written: {reason}",
    note="a file that is there is never written over",
    explain="`macros export NAME FILE` copies the file of a macro to a place where there is none.",
)
NOT_IMPORTED = Kind(
    "record::not-imported",
    "{file} can't be imported: {reason}",
    help='use "{file}" brings in the macros of any program, for one program',
    explain="`macros import FILE` keeps the macros of a file among your own.",
)
NOT_SOUND = Kind(
    "record::not-sound",
    "the file of `{name}` holds no macro of that name",
    help=("ankish check {file}", "macros edit {name}"),
    explain="The file of a macro is called like the macro; it may have been edited since.",
)
DRAFT = Kind(
    "record::draft",
    "`{name}` is as it was",
    help="macros edit {name} goes on with what was written",
    note="that is in {file}",
    explain="""\
`macros edit` opens a draft. It takes the place of the macro when nothing is wrong with it; until
then the macro can be called as it was.""",
)
UNDER_WAY = Kind(
    "record::under-way",
    "`{name}` is being recorded already",
    help="stop",
    explain="One macro is recorded at a time; `stop` ends it.",
)
NOT_RECORDING = Kind(
    "record::not-recording",
    "nothing is being recorded",
    help=("record NAME", "record NAME --last 5 makes one of the last five lines"),
    explain="`stop` ends what `record NAME` began.",
)
NOTHING = Kind(
    "record::nothing",
    "nothing that was done changes anything, so there is nothing to record",
    note="what failed, what only looked, and what was undone is left out",
    explain="""\
A macro is made of the lines that changed something, with the variables that they use.""",
)
UNNAMED = Kind(
    "record::unnamed",
    "the macro has no name yet",
    help=("record NAME begins it, and stop ends it", "record NAME --last 3 takes the latest lines"),
    explain="`record tidy` begins a macro that is called by `tidy` from then on.",
)
USAGE = Kind(
    "record::usage",
    "`{given}` is not understood here",
    help="{usage}",
    explain="`record`, `stop` and `macros` are words of the shell, with few forms.",
)
