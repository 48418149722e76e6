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
    help="put something before it: {example}",
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
NOT_YET = Kind(
    "call::not-yet",
    "{what} is not part of this version of ankish",
    label="known, but not there yet",
    note="ankish {version} has {instead}",
    explain="""\
The language has a place for it, and programs that use it are understood, but this version
can't carry it out.""",
)
NO_EFFECT = Kind(
    "call::no-effect",
    "the condition is always {value}",
    label="known before the program runs",
    explain="A condition that can't change makes one of the two sides unreachable.",
    severity=Severity.WARNING,
)
