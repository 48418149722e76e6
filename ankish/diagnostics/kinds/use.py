"""Messages about `use`."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

UNREADABLE = Kind(
    "use::unreadable",
    "{path} can't be read: {reason}",
    label="named here",
    note="paths are relative to the file that names them",
    explain="`use` brings in the macros of another file. The file has to be there.",
)
CIRCLE = Kind(
    "use::circle",
    "{path} uses itself",
    label="it is being read already",
    explain="Files can't use each other in a circle: no macro may come back to itself.",
)
IN_MACRO = Kind(
    "use::in-macro",
    "in a macro, {place}: {code}",
    explain="What is wrong came up in a macro of another file; the place shown is its call.",
)
COMPUTED = Kind(
    "use::computed",
    "the file that is used is not a plain text",
    label="known only when the program runs",
    explain="Which files a program uses has to be known before it runs, so that it can be checked.",
)
MISTAKES = Kind(
    "use::mistakes",
    "{path} has mistakes of its own",
    label="used here",
    help="ankish check {path}",
    explain="A file that is used is checked like any other.",
)
