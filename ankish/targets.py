"""Where a program's actions go: a running Anki, a collection file, or the sample collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankish.anki.client import Client
from ankish.data import dataclass
from ankish.settings import Settings

if TYPE_CHECKING:
    from ankish.anki.engine.session import Session


@dataclass(frozen=True, slots=True)
class Where:
    """What the user chose: nothing for AnkiConnect, else one of the others."""

    collection: str | None = None
    profile: str | None = None
    demo: bool = False


def open_client(where: Where, settings: Settings) -> Client:
    """The client for a choice.

    Raises `AnkishError` when a collection can't be opened. AnkiConnect is not asked yet.
    """
    if where.demo or where.collection is not None or where.profile is not None:
        return _embedded(where, settings)
    from ankish.anki.http import HttpTransport

    client = Client(HttpTransport(settings.url), settings.key)
    client.overdue = _overdue
    return client


def _overdue(where: str, action: str, seconds: float) -> None:
    """Tell whoever waits what may be the matter. It is not for what reads the output.

    At a terminal there is a line about it already, which counts the seconds.
    """
    import sys

    if sys.stderr.isatty():
        return
    sys.stderr.write(
        f"{where} has not answered `{action}` for {seconds:g} s: a dialog may be open in Anki, "
        "look at its window; Ctrl-C stops waiting\n"
    )
    sys.stderr.flush()


def _embedded(where: Where, settings: Settings) -> Client:
    from ankish.anki.engine.dispatch import Engine
    from ankish.anki.engine.folders import need_utf8
    from ankish.anki.engine.transport import EmbeddedTransport

    need_utf8()
    return Client(EmbeddedTransport(Engine(_session(where, settings))))


def _session(where: Where, settings: Settings) -> Session:
    from pathlib import Path

    from ankish.anki.engine.folders import find_profile
    from ankish.anki.engine.session import Session

    if where.demo:
        return _demo()
    base = Path(settings.base) if settings.base else None
    if where.profile is not None:
        return Session.open(find_profile(where.profile, base), base=base, profile=where.profile)
    assert where.collection is not None
    return Session.open(Path(where.collection), base=base)


def end_tidily() -> None:
    """Have the program clean up also where it is told to end: the terminal is closed, say.

    Without this the folders of sample collections would stay. Only the main thread can do it.
    """
    import atexit
    import os
    import signal
    import threading

    def end(number: int, frame: object) -> None:
        atexit._run_exitfuncs()
        os._exit(128 + number)  # as shells have it

    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def _demo() -> Session:
    import atexit
    import shutil
    import tempfile
    from pathlib import Path

    from ankish.anki.engine.sample import build
    from ankish.anki.engine.session import Session

    folder = Path(tempfile.mkdtemp(prefix="ankish-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Session.open(build(folder))
