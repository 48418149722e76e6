"""The message for an error that nobody foresaw."""

from __future__ import annotations

from ankish.diagnostics.kinds.program import BUG
from ankish.diagnostics.model import Diagnostic


def bug(error: BaseException) -> Diagnostic:
    """What is told of it: its kind, and the innermost place of ankish's own code it passed.

    Its text may hold anything, an API key too, so it is left out.
    """
    where, trace = "ankish", error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == "ankish":
            where = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return BUG(error=type(error).__name__, where=where)
