"""`assert`, and `test` blocks."""

from __future__ import annotations

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.expressions import condition, expression, value
from ankish.data import replace
from ankish.diagnostics.kinds import test as kinds
from ankish.syntax import tree as t

RUN = "run"
"""What runs the script itself in its tests, with the parameters that it is given."""


SHARED = (t.Macro, t.Use)
"""What a file's tests have as well."""


def check_assert(context: Context, node: t.Assert) -> core.Assert:
    """An `assert` line."""
    test = condition(context, node.condition, "assert $count == 3")
    message = None
    if node.message is not None:
        message = value(context, expression(context, node.message))
    return core.Assert(test, message, node.span)


def check_test(context: Context, node: t.Test) -> None:
    """A `test` block where none can stand: at the top of a file they are left out before."""
    context.report(kinds.NOT_HERE(node.name.span))


def tests_of(program: t.Program) -> list[t.Test]:
    """The tests of a program, in order."""
    return [node for node in program.statements if isinstance(node, t.Test)]


def without_tests(program: t.Program) -> t.Program:
    """What is run: the program without its tests."""
    kept = tuple(node for node in program.statements if not isinstance(node, t.Test))
    return program if len(kept) == len(program.statements) else replace(program, statements=kept)


def as_program(program: t.Program, test: t.Test) -> t.Program:
    """A test as a program of its own. It has the file's macros, and `run` for the script itself.

    `run` is a macro with the script's `param` lines for parameters and its statements for a body.
    """
    shared = tuple(node for node in program.statements if isinstance(node, SHARED))
    rest = tuple(node for node in program.statements if not isinstance(node, SHARED))
    run = as_called(RUN, replace(program, statements=rest), "Run the script itself.")
    if run.body.statements:
        shared += (run,)
    return replace(program, statements=(*shared, *test.body.statements))


def as_called(name: str, program: t.Program, doc: str) -> t.Macro:
    """A script as the macro that runs it: its `param` lines are the parameters."""
    params = tuple(node.parameter for node in program.statements if isinstance(node, t.Param))
    apart = (t.Param, t.Test)
    body = tuple(node for node in program.statements if not isinstance(node, apart))
    span = program.span
    return t.Macro(name, span, params, t.Block(body, span), doc, span, script=True)
