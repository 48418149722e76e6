"""Messages about how a command or a function is called."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

MISSING = Kind(
    "call::missing",
    "{command} is not told {names}",
    label="{what} missing",
    help="{example}",
    note="{signature}: {doc}",
    explain="A parameter without a default has to be given. `help COMMAND` shows which these are.",
)
MISSING_SUBJECT = Kind(
    "call::missing-subject",
    "{command} is not told which {name}",
    label="nothing flows in, and {name} is not given",
    help="put something before it: {example}",
    note="{signature}: {doc}",
    explain="The pipe fills one parameter, the subject. Without a pipe it has to be given.",
)
TWICE = Kind(
    "call::twice",
    '{command} is given "{name}" twice',
    label="the second time",
    help="leave one of the two out",
    note="{signature}: {doc}",
    explain="""\
A parameter can be given by the pipe, by position, by name, or by `--name`, but only once.""",
)
TOO_MANY = Kind(
    "call::too-many",
    "{command} takes no further argument",
    label="one too many",
    help=("{quoting}", "the pipe fills {subject} already"),
    note="{signature}: {doc}",
    explain="""\
Positional arguments fill the parameters in order. A text with spaces is several arguments
unless it stands in quotes.""",
)
NO_INPUT = Kind(
    "call::no-input",
    "{command} takes nothing from a pipe",
    label="what flows in is lost here",
    help="start a statement of its own with {command}",
    note="{signature}: {doc}",
    explain="Only a command with a subject can stand behind a pipe. `help COMMAND` names it.",
)
NEEDS_INPUT = Kind(
    "call::needs-input",
    "{command} has nothing to work on",
    label="nothing flows in",
    help=(
        "put something before it: {example}",
        "for one note its texts stand in quotes: {quoted}",
    ),
    explain="Row verbs and many builtins work on what the pipe brings.",
)
FUNCTION_MISSING = Kind(
    "call::function-missing",
    "{function} is not given {names}",
    note="{signature}: {doc}",
    explain="A function's parameters without a default have to be given.",
)
FUNCTION_TOO_MANY = Kind(
    "call::function-too-many",
    "{function} takes {most} at the most",
    label="one too many",
    note="{signature}: {doc}",
    explain="A function takes as many arguments as its signature shows.",
)
SHELL_WORD = Kind(
    "call::shell-word",
    "`{name}` is no command of a program",
    label="a word of the shell, or of the command line",
    help="{instead}",
    explain="`exit` and `quit` leave the shell. Where a program works is said when it is started.",
)
NO_LINE = Kind(
    "call::no-line",
    "{word} is not told what to look at",
    label="nothing follows",
    help="a line follows: {word} find tag:leech | suspend",
    explain="""\
`plan` and `explain` stand before a line: the one shows what it would change, the other the requests
it would send.""",
)
NO_EFFECT = Kind(
    "call::no-effect",
    "the condition is always {value}",
    label="known before the program runs",
    explain="A condition that can't change makes one of the two sides unreachable.",
    severity=Severity.WARNING,
)
NOT_ATOMIC = Kind(
    "call::not-atomic",
    "{action} stands inside `atomic` and can't be taken back",
    label="{why}",
    help="put it behind the block",
    explain="""\
`atomic { }` takes back all that was done in it when it fails. An action that nothing takes back
would break that promise.""",
)
COMPUTED_ACTION = Kind(
    "call::computed-action",
    "which action `call` sends is not known before the program runs",
    label="computed",
    help="write its name out; `case` or `if` choose between several",
    explain="""\
What an action does, whether it can be taken back and whether it loses something is known by its
name, before anything is sent. So it stands in the program; the parameters may be computed.""",
)
TOO_MANY_CALLS = Kind(
    "call::too-many-calls",
    "macros call each other too often",
    label="this call of {command} is one too many",
    help=("give what is computed again and again a name with `let`",),
    note=(
        "macros may call macros {count:,} times in a program",
        "{depth} blocks deep is the most, those of macros included",
    ),
    explain="""\
A call stands for the body of the macro. Where each macro calls the one before it twice, thirty of
them would be a billion calls. Calls inside of macros are counted, and a program with more
than a few thousand is refused; calls in the program itself may be as many as you like.""",
)
ALONE = Kind(
    "call::alone",
    "`{word}` stands among other commands",
    label="it is a line of its own",
    help="give it alone: {word}",
    explain="""\
`undo`, `redo`, `log`, `resume`, `plan`, `explain`, `help` and `exit` are about programs and can't
be a part of one.""",
)
