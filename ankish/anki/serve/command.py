"""`ankish serve`: its arguments, and what happens from start to stop."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import ExitStack

from ankish.anki.serve import listen
from ankish.diagnostics.kinds import serve as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic
from ankish.settings import load_settings

CANNOT_START = 3
"""Exit status: there is no collection to serve, or no port to listen on."""

DESCRIPTION = """\
Serve a collection to the programs that talk to AnkiConnect, with no Anki running."""

EPILOG = """\
Without a choice the only profile is served. SIGINT (Ctrl-C) or SIGTERM stops the server; the
action that is running comes to its end and the collection is closed.
exit status: 0 stopped, 2 the command line has mistakes, 3 it can't start.
Environment: ANKISH_KEY, ANKI_BASE."""


def parser() -> ArgumentParser:
    """The grammar of the arguments."""
    made = ArgumentParser(
        prog="ankish serve",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    target = made.add_mutually_exclusive_group()
    target.add_argument("--collection", metavar="FILE", help="serve a collection file")
    target.add_argument("--profile", metavar="NAME", help="serve a profile's collection")
    target.add_argument("--demo", action="store_true", help="serve a sample collection")
    made.add_argument("--base", metavar="FOLDER", help="Anki's base folder, for --profile")
    made.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    made.add_argument(
        "--port", type=_port, default=8765, help="port to listen on (8765); 0 takes a free one"
    )
    made.add_argument(
        "--key",
        help="API key to want; ANKISH_KEY holds it as well, and is not seen in lists of processes",
    )
    made.add_argument(
        "--allow-files",
        action=BooleanOptionalAction,
        help="requests may name files here and urls to fetch (yes, if only this machine can ask)",
    )
    made.add_argument(
        "--cors-origin",
        metavar="ORIGIN",
        action="append",
        default=[],
        help="web pages of this origin may ask; may be repeated; * allows every page",
    )
    made.add_argument(
        "--max-body",
        metavar="MB",
        type=_size,
        default=160,
        help="largest request in MB (160: a media file of 100 MB, which grows in JSON)",
    )
    return made


def main(argv: Sequence[str]) -> int:
    """Serve until a signal comes; the exit status."""
    given = parser().parse_args(argv)
    try:
        with ExitStack() as stack:
            _serve(given, stack)
    except AnkishError as error:
        _tell(error.diagnostics)
        return CANNOT_START
    return 0


def _serve(given: Namespace, stack: ExitStack) -> None:
    """Open everything, serve, and have `stack` close it in the opposite order."""
    from ankish.anki.serve.app import MEGABYTE, App
    from ankish.anki.serve.opening import Choice
    from ankish.anki.serve.origins import Origins
    from ankish.anki.serve.worker import Worker

    settings = load_settings({"key": given.key, "base": given.base})
    key = settings.key or None
    stack.enter_context(listen.until_signal())
    listener = stack.enter_context(listen.bind(given.host, given.port))
    choice = Choice(given.collection, given.profile, given.demo, settings.base)
    worker = Worker(choice.opener(stack), key)
    stack.callback(worker.close)
    session = worker.wait_until_open().session
    files = listen.is_loopback(listener) if given.allow_files is None else given.allow_files
    session.allow_files = session.allow_urls = files
    if key is None and not listen.is_loopback(listener):
        _tell([kinds.OPEN(url=listen.url(listener))])
    _say(f"{session.path} is served at {listen.url(listener)}; Ctrl-C stops it")
    app = App(worker, Origins(tuple(given.cors_origin)), int(given.max_body * MEGABYTE))
    listen.run(listener, app)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


def _size(text: str) -> float:
    size = float(text)
    if not 0 < size < float("inf"):
        raise ValueError
    return size


def _say(text: str) -> None:
    print(f"ankish serve: {text}", flush=True)  # noqa: T201


def _tell(problems: Sequence[Diagnostic]) -> None:
    from ankish.diagnostics.render import render, wants_colour

    print(render(problems, colour=wants_colour(sys.stderr)), file=sys.stderr, flush=True)  # noqa: T201
