"""Messages about what a program costs to run."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

LOOP = Kind(
    "plan::loop",
    "this loop asks Anki anew for every item",
    label="{why}",
    help="`each {{ … }}` does every step for all items at once",
    note="Anki takes 40 requests a second at most",
    severity=Severity.HINT,
    explain="""\
`for` does its body for one item after the other, so that what is done for one item can be seen
by the next one. Where that can't matter, ankish does all items together all the same; here it
could, so each item costs requests of its own, and Anki takes at most 40 of them a second. In
`items | each { … }` every step is done for all items before the next step begins, in one request
for all. Use it where the items have nothing to do with one another.""",
)
CHANGED = Kind(
    "plan::changed",
    "what the plan is about has changed since: {action}",
    help="`ankish plan` shows what the program would do now",
    note=("planned writes: {planned}, now: {now}", "nothing was sent"),
    explain="""\
`ankish apply` does what was planned or nothing. It finds out once more what the program would write
and what that would meet; where either is not as it was planned, it sends nothing.""",
)
ELSEWHERE = Kind(
    "plan::elsewhere",
    "the plan is for {planned}, and this is {now}",
    help="give the same --url, --collection or --profile as for the plan",
    note="nothing was sent",
    explain="A plan is about one collection. It is not carried out on another one.",
)
DEMO = Kind(
    "plan::demo",
    "a plan of the sample collection can't be carried out",
    help=(
        "ankish plan --demo … without -o shows what would be written",
        "ankish plan --collection FILE … -o PLAN keeps a plan that can be carried out",
    ),
    note="the sample collection is made anew each time",
    explain="""\
`ankish apply` carries a plan out on the collection that it was made for. `--demo` makes a sample
collection for as long as the program runs, so the plan's collection is gone.""",
)
UNREADABLE = Kind(
    "plan::unreadable",
    "{path} can't be read: {reason}",
    help="`ankish plan FILE -o FILE.plan` writes a plan",
    explain="The file is not there, or `ankish plan -o` has not written it.",
)
UNWRITABLE = Kind(
    "plan::unwritable",
    "{path} can't be written: {reason}",
    explain="The plan was shown, but could not be put into the file.",
)
SECRET = Kind(
    "plan::secret",
    "the program holds something secret, and a plan would hold it too",
    help="give the password or the key as a parameter of the script",
    note="no file was written",
    explain="A plan holds the whole program. A password or a key is not written down.",
)
NO_PROGRAM = Kind(
    "plan::no-program",
    "there is no program to plan",
    help="a file, a script by its name, or a text follows: ankish plan leeches, ankish plan -c '…'",
    explain="""\
`ankish plan` takes a file, the name of a script of the library, or the text of a program behind
-c.""",
)
NOT_CURL = Kind(
    "plan::curl",
    "this can't be done with curl and jq alone",
    label="{why}",
    help="`explain --json` shows the requests, and what each needs of the others",
    note="no script was made",
    explain="""\
`explain --curl` writes the requests of a line as a shell script. What ankish does between two of
them has no place in it: conditions of `where` that stay here, computed fields, loops, files, tables
and questions, and what takes a password. Conditions that move into Anki's search, ids that go from
one request to the next, `first`, `skip` and `count` can be said.""",
)
