"""The program: `ankish` and `python -m ankish`.

`--version` is answered before anything else is imported. Whatever goes wrong ends here
with a message and an exit code, never with a traceback.
"""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys

from ankish import __version__

INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 + SIGINT, as shells have it."""

CLOSED = 141
"""Exit code when nobody reads the output any more: 128 + SIGPIPE."""

_GARBAGE = 100_000
"""How many more objects there are before Python looks for garbage. After its own 700 it looks 66
times while ankish starts, in vain: 9 ms."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What the system says when the file or device behind the output takes no more."""


def program() -> None:
    """The program, from the beginning of its process to the end.

    It ends at once: before its own end Python would take each object apart, and look through all
    of them for garbage, 6 ms after `version` and 30 after more. Mypy's program does the same. So
    nothing may be left in a thread: all of ours are daemons, or waited for.
    """
    code = main()
    atexit._run_exitfuncs()
    _let_go()
    os._exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run ankish with `argv` (that of the process if None); the exit code."""
    if argv is None:
        _have_file_names_in_utf8()
    arguments = sys.argv[1:] if argv is None else argv
    gc.set_threshold(_GARBAGE)
    _prepare_streams()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = CLOSED
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        code = _report(error)
    _let_go()
    return code


def _have_file_names_in_utf8() -> None:
    """Begin anew in UTF-8 if the locale has file names in another encoding: Anki's are in UTF-8
    whatever the locale, and how Python reads them is settled when it starts.
    """
    if os.name != "posix" or sys.getfilesystemencoding() == "utf-8" or not sys.executable:
        return
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


def _prepare_streams() -> None:
    """Have both streams take any text as UTF-8, and be there even when they are closed."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if _go_to_one_file() and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # else reports would overtake results


def _go_to_one_file() -> bool:
    """Whether what is written to both streams ends in one file or pipe, as after `2>&1`."""
    try:
        out, error = os.fstat(sys.stdout.fileno()), os.fstat(sys.stderr.fileno())
    except (OSError, ValueError):
        return False
    return (out.st_dev, out.st_ino) == (error.st_dev, error.st_ino)


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        print(f"ankish {__version__}")  # noqa: T201
        return 0
    from ankish.cli import main as run

    return run(arguments)


def _report(error: Exception) -> int:
    """Say what went wrong, on the error stream."""
    if os.environ.get("ANKISH_TRACEBACK"):
        raise error
    from ankish.diagnostics.bug import bug
    from ankish.diagnostics.kinds.program import OUTPUT
    from ankish.diagnostics.model import AnkishError
    from ankish.diagnostics.render import render, wants_colour

    if isinstance(error, AnkishError):
        diagnostics = error.diagnostics
    elif isinstance(error, OSError) and error.errno in _FULL:
        diagnostics = (OUTPUT(reason=error.strerror),)
    else:
        diagnostics = (bug(error),)
    print(render(diagnostics, colour=wants_colour(sys.stderr)), file=sys.stderr)  # noqa: T201
    return 1


def _let_go() -> None:
    """Turn streams that take nothing any more away from it: Python would flush them at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


if __name__ == "__main__":
    program()
