"""`ankish doctor`: what works and what does not, each with the one thing that mends it."""

from __future__ import annotations

import locale
import os
import shutil
import stat
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ankish import __version__
from ankish.catalog.actions import ACTIONS
from ankish.catalog.model import Effect, Side
from ankish.data import dataclass
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.text import counted, one_line, safe_json
from ankish.settings import cache_dir, config_dir, config_file, data_dir, load_settings, state_dir

if TYPE_CHECKING:
    from ankish.anki.client import Client

SICK = 1
"""Exit status: something does not work."""

TIMES = 7
"""How many requests the latency is the median of."""

SLOW = 0.25
"""From how many seconds on an answer is slow; most take 0.025 (measured on Anki 26.09.3)."""

UPDATE = "update the add-on in Anki: Tools > Add-ons > Check for Updates"
APP_NAP = "defaults write net.ankiweb.dtop NSAppSleepDisabled -bool true, then start Anki again"
"""On macOS Anki falls asleep in the background, and answers only now and then."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was found, and what mends it; empty if all is well.

    * **fatal** - nothing works until it is mended.
    """

    what: str
    found: str
    fix: str = ""
    fatal: bool = False


def main(argv: Sequence[str]) -> int:
    """Look at everything; the exit status: 0 if all that has to work does, else 1."""
    from ankish.cli import add_target, session_for

    parser = ArgumentParser(prog="ankish doctor", description="Say what works and what does not.")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each finding")
    add_target(parser)
    options = parser.parse_args(argv)
    fatal = False
    try:
        session = session_for(options)
        findings = [*_settings(options.url), *_anki(lambda: session.client)]
    except AnkishError as error:
        findings, session = [_failed("settings", error)], None
    try:
        for finding in [*findings, *_files(), *_terminal()]:
            _tell(finding, options.json)
            fatal = fatal or finding.fatal
    finally:
        if session is not None:
            session.close()
    return SICK if fatal else 0


def _tell(finding: Finding, as_json: bool) -> None:
    if as_json:
        record = {name: getattr(finding, name) for name in ("what", "found", "fix", "fatal")}
        print(safe_json(record))  # noqa: T201
        return
    mark = "✗" if finding.fatal else "!" if finding.fix else "✓"
    print(f"{mark} {finding.what:<12} {finding.found}")  # noqa: T201
    if finding.fix:
        print(f"{'':<15}→ {finding.fix}")  # noqa: T201


def _failed(what: str, error: AnkishError) -> Finding:
    """A finding out of a message: the problem, and the first thing that would be right."""
    first = error.diagnostics[0]
    fix = first.helps[0] if first.helps else f"ankish help {first.code}"
    return Finding(what, first.message, fix, fatal=True)


def _settings(url: str | None) -> Iterator[Finding]:
    import platform

    settings = load_settings({"url": url})
    yield Finding("ankish", f"{__version__}, Python {platform.python_version()}")
    key = "a key is set" if settings.key else "no key is set"
    file = config_file()
    yield Finding("settings", f"{file}{'' if file.exists() else ' (none)'}; {key}")


# ---- the other side


def _anki(connect: Callable[[], Client]) -> Iterator[Finding]:
    """What answers, and how."""
    begin = time.perf_counter()
    try:
        client = connect()
        server = client.connect()
    except AnkishError as error:
        yield _failed("connection", error)
        return
    seconds = time.perf_counter() - begin
    key = "with a key" if server.needs_key else "without a key"
    yield Finding("connection", f"{client.where} answers, {key}; connecting took {_ms(seconds)}")
    if not client.embedded:
        yield Finding("origin", "none is sent: the list of web pages that may ask does not matter")
    try:
        yield _latency(client)
        yield Finding("version", f"version {server.version} of AnkiConnect's protocol")
        yield _missing(client)
        yield _profile(client)
        yield _size(client)
    except AnkishError as error:
        yield _failed("connection", error)


def _latency(client: Client) -> Finding:
    taken = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        client.invoke("version")
        taken.append(time.perf_counter() - begin)
    median, worst = statistics.median(taken), max(taken)
    found = f"{_ms(median)} in the middle, {_ms(worst)} at worst, of {TIMES} requests"
    if worst < SLOW:
        return Finding("latency", found)
    asleep = sys.platform == "darwin" and worst > 10 * min(taken)
    busy = "Anki is busy, or has a dialog open: look at its window"
    return Finding("latency", found, APP_NAP if asleep else busy)


def _missing(client: Client) -> Finding:
    """Which actions the other side lacks. Those of windows are not missed without one."""
    from ankish.anki.protocol import Request

    reply = client.ask(Request("apiReflect", {"scopes": ["actions"], "actions": None}))
    if reply.error is not None:
        return Finding("actions", "it can't say what it can do", UPDATE)
    there = frozenset(reply.result["actions"])
    wanted = {
        name
        for name, command in ACTIONS.items()
        if command.side is Side.ANKI and command.effect is not Effect.GUI
    }
    missing = sorted(wanted - there)
    if not missing:
        return Finding("actions", f"all {len(wanted)} that need no window are there")
    some = ", ".join(missing[:4]) + (", …" if missing[4:] else "")
    return Finding("actions", f"{counted(len(missing), 'action')} missing: {some}", UPDATE)


def _profile(client: Client) -> Finding:
    from ankish.anki.protocol import Request

    reply = client.ask(Request("getActiveProfile"))
    name = None if reply.error is not None else reply.result
    if name:
        return Finding("profile", one_line(str(name)))
    return Finding("profile", "none: the collection stands alone, or the add-on is old")


def _size(client: Client) -> Finding:
    cards = len(client.invoke("findCards", {"query": ""}))
    notes = len(client.invoke("findNotes", {"query": ""}))
    decks = len(client.invoke("deckNames"))
    parts = (counted(cards, "card"), counted(notes, "note"), counted(decks, "deck"))
    return Finding("collection", ", ".join(parts))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


# ---- this side


def _files() -> Iterator[Finding]:
    """Whether ankish can keep its files, and nobody else can read what is secret."""
    file = config_file()
    if file.exists() and os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        fix = f"chmod 600 {file}"
        yield Finding("secrets", "others can read the configuration file, the key in it too", fix)
    for what, folder in (("history", state_dir()), ("cache", cache_dir()), ("macros", data_dir())):
        where = _nearest_existing(folder)
        if os.access(where, os.W_OK):
            yield Finding(what, f"{folder} can be written")
        else:
            yield Finding(what, f"{folder} can't be written", f"chmod u+w {where}")
    where = _nearest_existing(config_dir())
    if not os.access(where, os.W_OK):
        yield Finding("settings", f"{config_dir()} can't be written", f"chmod u+w {where}")


def _nearest_existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _terminal() -> Iterator[Finding]:
    """What the terminal can do."""
    from ankish.diagnostics.palette import wants_colour

    if not sys.stdout.isatty():
        yield Finding("terminal", "the output is none; results are plain text")
        return
    size = shutil.get_terminal_size()
    term = os.environ.get("TERM", "")
    if term.lower() in ("", "dumb", "unknown"):
        fix = "set TERM to what your terminal is, such as xterm-256color"
        yield Finding("terminal", "it can only show lines (TERM is dumb)", fix)
    elif size.columns < 60:
        yield Finding("terminal", f"{size.columns} columns", "make it wider: tables want 80")
    else:
        yield Finding("terminal", f"{term}, {size.columns} by {size.lines}")
    colour = "colours" if wants_colour(sys.stdout) else "no colours"
    off = "unset NO_COLOR to have them" if os.environ.get("NO_COLOR") else ""
    yield Finding("colours", colour, off)
    encoding = _encoding()
    if encoding.lower().replace("-", "") != "utf8":
        fix = "set LC_ALL to a UTF-8 locale, such as C.UTF-8"
        yield Finding("characters", f"those of {encoding}, while results are UTF-8", fix)
    yield Finding("pictures", _pictures())
    pager = shutil.which("less")
    yield Finding("pager", "less" if pager else "ankish's own (less is not installed)")


def _encoding() -> str:
    """The terminal's, as the locale has it. Python may have been told to go by UTF-8, whatever it
    is (see `__main__`), and what is written is UTF-8 in any case.
    """
    if sys.platform == "win32":
        return locale.getpreferredencoding(False)
    return locale.nl_langinfo(locale.CODESET)


def _pictures() -> str:
    """How cards' pictures are shown here."""
    from ankish.runtime.pictures import protocol
    from ankish.settings import load_settings

    setting = load_settings().images
    by = protocol(setting, os.environ)
    if by is None:
        return "by name" if setting == "auto" else "by name (`config images auto` tries more)"
    return f"by the protocol of {by}" if by != "sixel" else "as sixels"
