"""Messages about the parameters of a script."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

UNKNOWN = Kind(
    "script::unknown",
    "{script} has no parameter --{name}",
    help=("a parameter with a similar name exists: --{near}", "{place}"),
    note="its parameters are {all}",
    explain="""\
A script's `param` lines are its interface; `ankish FILE --help` lists them. Options of ankish
itself stand before the file.""",
)
MISSING = Kind(
    "script::missing",
    "{script} is not told --{name}",
    label="it has no default",
    help="{script} --{name} …",
    explain="A parameter without a default has to be given: `ankish FILE --name value`.",
)
NO_VALUE = Kind(
    "script::no-value",
    "--{name} is given without a value",
    help="--{name} VALUE",
    explain="Only a parameter of type bool can stand alone; it is true then.",
)
STRAY = Kind(
    "script::stray",
    "{script} takes parameters by name, but it was given `{given}`",
    help="--{name} {given}",
    note="its parameters are {all}",
    explain="A script's parameters are given as `--name value`.",
)
NOT_HERE = Kind(
    "script::not-here",
    "`param` stands inside a block",
    label="only at the top of a script",
    help="move it out of the block",
    explain="`param` lines are a script's interface, so they can't depend on anything.",
)
