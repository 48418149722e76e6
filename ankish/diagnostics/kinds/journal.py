"""Messages about the journal: what was written, taking it back, going on."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

UNWRITABLE = Kind(
    "journal::unwritable",
    "the journal can't be written: {reason}",
    help=(
        "free some space, or see whose file it is",
        "--no-journal does without; nothing can then be taken back",
    ),
    note=("it is the file {path}", "{sent}"),
    explain="""\
What is written to the collection is first put into the journal, with what takes it back. When
that can't be done, the request is not sent.""",
)
UNREADABLE = Kind(
    "journal::unreadable",
    "the journal can't be read: {reason}",
    help="move the file {path} away to begin a new one",
    explain="""\
The file is damaged, or was written by a newer version of ankish. What it holds could then not be
taken back, so it is not written over.""",
)
NOTHING = Kind(
    "journal::nothing",
    "there is nothing to {what}",
    note="{why}",
    explain="""\
`undo` takes back runs that have changed the collection, the latest first; `redo` does again what
`undo` took back. The journal of each collection is its own.""",
)
NO_RUN = Kind(
    "journal::no-run",
    "there is no run {run}",
    help="`log` lists the runs",
    explain="""\
Runs have names like `r12`. The journal of each collection is its own, and forgets old runs: how old
is a setting.""",
)
USAGE = Kind(
    "journal::usage",
    "`{word}` does not take `{given}`",
    help="{usage}",
    explain="""\
`undo` alone takes back the latest run, `undo 3` the latest three, `undo r12` the run r12. `redo`
and `log` are called likewise; `resume` takes a run.""",
)
BUSY = Kind(
    "journal::busy",
    "run {run} is still going on, in another ankish",
    help="wait for its end, or stop it",
    explain="""\
A run that has not ended can still change things, so it is not taken back or gone on with by
somebody else.""",
)
UNDONE = Kind(
    "journal::undone",
    "run {run} has been taken back already, by {by}",
    help="`redo` does it again",
    explain="A run is taken back once. `redo` does it again, and then it can be taken back again.",
)
NEEDS_ENGINE = Kind(
    "journal::needs-engine",
    "run {run} was carried out without Anki, and AnkiConnect can't go back on it",
    help="close Anki, and say it again with --collection FILE or with ankish serve",
    note="nothing was sent",
    explain="""\
ankish's own engine notes whole records of what it changes, and puts them back with an action that
AnkiConnect does not have. The other way round it works: what was done through AnkiConnect can be
taken back without Anki.""",
)
NO_INVERSE = Kind(
    "journal::no-inverse",
    "`{action}` of run {run} can't be taken back",
    note=("the reason: {why}", "{rest}"),
    explain="""\
Some actions have no inverse. `explain` and the dry run say so before they are sent, and they are
asked about first.""",
)
CHANGED = Kind(
    "journal::changed",
    "{count} changed since run {run} by something else, and left as it is now",
    help="`undo {run} --force` puts it back all the same",
    note="{what}",
    explain="""\
Before anything is taken back, ankish looks whether it is still as the run left it. What Anki,
another program or a later run has changed since is not overwritten; the rest is taken back.""",
)
CONTESTED = Kind(
    "journal::contested",
    "what is to be put back is changed by something else all the time",
    help="wait until the other program is done, then say it again",
    explain="""\
Before anything is put back, ankish looks whether it is still as it was left, and what has changed
between the look and the putting back is not overwritten: it is looked at anew. When somebody else
was quicker for half a minute, ankish gives up.""",
)
DOUBT = Kind(
    "journal::doubt",
    "whether `{action}` was carried out can't be told",
    help=("look at the collection in Anki", "`log {run}` shows what it was for"),
    note=("the connection broke before it was answered", "it was not sent again"),
    explain="""\
The answer to a write was lost. ankish then reads what the write would have changed. Where that
can't tell, nothing is sent again: it might be done twice.""",
)
DIVERGED = Kind(
    "journal::diverged",
    "run {run} can't be gone on with: the program would now do something else",
    label="here it did {then}",
    help="`undo {run}` takes back what was done; then run the program anew",
    note="nothing was sent",
    explain="""\
`resume` does the program again from its beginning, with the answers that the journal has, and sends
only what is missing. That holds as long as the program, its files and what it is given are the
same.""",
)
NOT_RESUMABLE = Kind(
    "journal::not-resumable",
    "run {run} can't be gone on with: {why}",
    help="`log {run}` shows what was done, `undo {run}` takes it back",
    explain="""\
Only a run that was stopped before its end can be gone on with, and only when its whole program is
in the journal. A program that holds a password or a key is not written down.""",
)
OTHER_COLLECTION = Kind(
    "journal::other-collection",
    "this is another collection than the one that was written to so far",
    help="give the line again; it then counts for the collection that is open now",
    note="nothing was sent",
    explain="""\
Another profile was opened in Anki while the program ran. What was meant for one collection is not
written to another one.""",
)
STOPPED_SHORT = Kind(
    "journal::stopped-short",
    "{action}: {done} of {asked}",
    note=("{why}", "missing: {missing}", "left as it was: {ignored}"),
    explain="""\
Anki says that an action was done also where it was not: it passes over what does not exist, and
over fields that a note does not have. ankish looks afterwards.""",
)
_ATOMIC = """\
`atomic { }` takes back what was done in it when something in it fails. What was told of it before,
such as "addTags: 14 notes", is no longer so."""
TAKEN_BACK = Kind(
    "journal::taken-back",
    "atomic has taken back what was done in it: {what}",
    severity=Severity.HINT,
    explain=_ATOMIC,
)
TAKEN_IN_PART = Kind(
    "journal::taken-in-part",
    "atomic has taken back what it could of what was done in it: {what}",
    severity=Severity.WARNING,
    explain=_ATOMIC,
)
SO_FAR = Kind(
    "journal::so-far",
    "run {run} has changed the collection before it stopped: {done} done",
    help=("`{again}` goes on with it", "`undo {run}` takes back what was done"),
    note="the answer to {doubt} more was lost; what became of that is found out by reading",
    explain="""\
A run stops between two requests, never inside one. What was done before stays done, unless it is
taken back.""",
    severity=Severity.HINT,
)
