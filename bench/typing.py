"""How long a key of the shell takes: from the key to the last thing drawn for it.

The shell runs in this process, on a terminal that is a pipe; keys are fed one by one, and
each is timed until the screen has been drawn. What is worked out beside the prompt (menu,
bar, a refresh of the snapshot) goes on meanwhile, as it does for a user, and takes its share
of the interpreter.

* on the sample collection;
* on a world of 10,000 decks, 100,000 tags and 50 note types, while a snapshot of it is being
  taken over and over.

Of these keys it is also told how long what completes them took, from the text to the last
candidate, beside all else that goes on.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

from bench.table import Table

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completion

LIMIT = 16.0
"""Milliseconds that a key may take at the 99th percentile: a picture of a screen at 60 Hz."""

COMPLETED = 10.0
"""Milliseconds that may be spent at the 99th percentile on what completes it."""

PAUSE = 0.06
"""Seconds between two keys: a very fast typist."""

LINES = (
    "find deck:Spanish is:due | where lapses > 4 | suspend",
    'find "tag:leech -is:suspended" | addTags hard::very',
    "find deck:Japanese::N3 | changeDeck Spanish::Verbs",
    "deckNames | each { {deck: $it, due: (find is:due | count)} } | sort -due",
    'find note:Basic | set Front = trim(replace(Front, "a", "b"))',
)
ROUNDS = 2


def run() -> Table:
    """Type the lines on both; takes about three minutes."""
    found = [_row("a thread that is woken by another", _woken())]
    for name, world in (
        ("the sample collection", None),
        ("10,000 decks, 100,000 tags and 50 note types, refreshing", _many()),
    ):
        with _completing() as completed:
            keys = _typed(world)
        found.append(_row(name, [seconds for seconds, _ in keys]))
        found.append(_row(f"{name}: processor time", [used for _, used in keys]))
        found.append(_row(f"{name}: what completes", completed, COMPLETED))
    columns = ("", "keys", "median", "99th percentile", "longest", "at most")
    notes = (
        "milliseconds from the key to the end of its drawing",
        "processor time: what the prompt's own thread used of it; the rest is waiting, for other "
        "threads or for a processor that other programs use",
        "a thread that is woken by another: how late it is when nothing of ankish runs; what is "
        "above its own time is the machine's",
    )
    return Table(columns, tuple(found), notes)


def _woken() -> list[float]:
    """How long it takes until a thread that waits goes on: what no program can be faster than."""
    taken = []
    for _ in range(300):
        rung, answered = threading.Event(), threading.Event()

        def answer(rung: threading.Event = rung, answered: threading.Event = answered) -> None:
            rung.wait()
            answered.set()

        thread = threading.Thread(target=answer)
        thread.start()
        time.sleep(PAUSE / 3)
        begin = time.perf_counter()
        rung.set()
        answered.wait()
        taken.append(time.perf_counter() - begin)
        thread.join()
    return taken


@contextmanager
def _completing() -> Iterator[list[float]]:
    """The seconds that each completion takes which is worked out in this context."""
    from ankish.shell.adapters import ShellCompleter

    found: list[float] = []
    completions = ShellCompleter.get_completions

    def timed(*given: Any) -> Iterable[Completion]:
        begin = time.perf_counter()
        yield from completions(*given)
        found.append(time.perf_counter() - begin)

    with mock.patch.object(ShellCompleter, "get_completions", timed):
        yield found


def _row(name: str, seconds: list[float], limit: float = LIMIT) -> tuple[str, ...]:
    ms = sorted(each * 1000 for each in seconds)
    high = ms[int(len(ms) * 0.99)]
    verdict = f"{limit:g} {'✓' if high <= limit else '✗'}"
    middle = statistics.median(ms)
    return (name, str(len(ms)), f"{middle:.1f}", f"{high:.1f}", f"{ms[-1]:.1f}", verdict)


def _many() -> object:
    """A world with very many names."""
    from ankish.anki.world import DeckCount, Model, World

    decks = [f"Topic {n % 100}::Part {n // 100}" for n in range(10_000)]
    models = ["Basic", *(f"Type {n}" for n in range(1, 50))]
    tags = tuple(f"area{n % 500}::term{n}" for n in range(100_000))
    parts = ("actions", "decks", "models", "details", "tags", "profiles", "counts")
    return World(
        frozenset(parts),
        {name: number for number, name in enumerate(decks)},
        {name: number for number, name in enumerate(models)},
        dict.fromkeys(models, Model(("Front", "Back"), ("Card 1",))),
        tags,
        counts={name: DeckCount(100, 7) for name in decks},
        taken=time.time(),
    )


def _typed(world: object | None) -> list[tuple[float, float]]:
    """The seconds that each key took, and those of them that the prompt's thread worked."""
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output.vt100 import Vt100_Output

    class Sink:
        """A terminal that takes all and shows nothing."""

        encoding = "utf-8"

        def write(self, text: str) -> int:
            return len(text)

        def flush(self) -> None:
            pass

        def isatty(self) -> bool:
            return True

        def fileno(self) -> int:
            raise OSError

    output = Vt100_Output(Sink(), lambda: Size(rows=24, columns=80), term="xterm-256color")  # type: ignore[arg-type]
    with create_pipe_input() as keys, create_app_session(keys, output):
        return _session(keys.send_text, world)


def _session(send: Callable[[str], None], world: object | None) -> list[tuple[float, float]]:
    from prompt_toolkit.history import InMemoryHistory

    from ankish.runtime.session import Session
    from ankish.settings import Settings
    from ankish.shell.app import SWITCH, reader
    from ankish.shell.state import State
    from ankish.shell.toolbar import Toolbar
    from ankish.targets import Where, open_client

    def opened() -> Session:
        return Session(lambda: open_client(Where(demo=True), Settings()), keep=True)

    state = State(opened, "bench", Settings(), lambda asks: False)
    toolbar = Toolbar(state)
    prompt = reader(state, toolbar, InMemoryHistory())
    drawn = threading.Event()
    prompt.app.after_render += lambda _: drawn.set()
    stop, taken = threading.Event(), []

    def refresh() -> None:
        from ankish.data import replace

        while world is not None and not stop.is_set():
            state._swap(replace(world))  # type: ignore[type-var]
            time.sleep(0.5)

    def type_lines() -> None:
        state.wait_ready()
        while state.world is None:
            time.sleep(0.05)
        threading.Thread(target=refresh, daemon=True).start()
        time.sleep(1)
        try:
            for _ in range(ROUNDS):
                for line in LINES:
                    for key in line:
                        taken.append(_key(key))
                        time.sleep(PAUSE)
                    send("\x15")  # Ctrl-U: the line is dropped
                    time.sleep(PAUSE)
        finally:
            stop.set()
            send("\x03")

    clock = time.pthread_getcpuclockid(threading.main_thread().ident or 0)

    def _key(key: str) -> tuple[float, float]:
        drawn.clear()
        begin, worked = time.perf_counter(), time.clock_gettime(clock)
        send(key)
        drawn.wait(5)
        return time.perf_counter() - begin, time.clock_gettime(clock) - worked

    sys.setswitchinterval(SWITCH)  # as `run` does
    threading.Thread(target=type_lines, daemon=True).start()
    try:
        asyncio.run(prompt.prompt_async())
    except KeyboardInterrupt:
        pass
    finally:
        toolbar.close()
        state.close()
    return taken
