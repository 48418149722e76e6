"""Messages about running a program as a whole."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

NEEDS_YES = Kind(
    "run::needs-yes",
    "{action} {does}, and nobody said that it may",
    label="{why}",
    help="look first at what it would do (--dry-run), then run it with --yes",
    note="it was not done",
    explain="""\
The shell asks before something is sent that takes something away, that nothing takes back, that
forces a full sync, or that is for a great many notes or cards (the setting ask_from), and before
a file is removed or a package written over. A script can't be asked, so it needs `--yes`. All but
the number and the package are known before: then nothing of the script is sent, not even what
comes before.""",
)
NOT_CONFIRMED = Kind(
    "run::not-confirmed",
    "{action} was not confirmed",
    label="it {does}",
    note="it was not done",
    explain="The question whether to go on was answered with no.",
)
FORBIDDEN = Kind(
    "run::forbidden",
    "{name} {does}, and that is forbidden here",
    label="not with {option}",
    help="if you trust the program, run it without {option}",
    note="it was not done",
    explain="""\
A program of somebody else's can be run with `--no-files`, `--no-network` or both: then it may work
on the collection, but read and write no file (open, save, glob, rm, use, packages, backups, media
from a path) and use no network (sync, media from a URL). An action that ankish does not know is
forbidden then, too.""",
)
NOT_LOOKED_UP = Kind(
    "run::not-looked-up",
    "nothing was sent, so {names} were not looked up",
    explain="""\
A program with mistakes sends nothing at all, not even a question. Whether the names in it exist
is said when the others are mended, or at once by `ankish check`.""",
    severity=Severity.WARNING,
)
NOBODY = Kind(
    "run::nobody",
    "{command} asks, and nobody answers",
    label="no terminal, and no default",
    help='a default answers in its place: default="…", or for confirm --yes',
    explain="""\
`ask` and `confirm` need somebody at a terminal. Where there is none, as in a script that another
program runs, the default is the answer; without one nothing of the program is sent.""",
)
UNCHECKED = Kind(
    "run::unchecked",
    "with no collection at hand, {names} could not be checked",
    help="open Anki with AnkiConnect, or give --collection FILE or --demo",
    explain="""\
Whether decks, note types, fields and tags exist is known only from a collection. All else was
checked.""",
    severity=Severity.WARNING,
)
