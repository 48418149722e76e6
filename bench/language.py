"""How much processor time it takes to read, check and lay out programs.

A program of 10,000 lines is made of the examples of the language, over and over. What a
single line takes counts with every key in the shell.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from ankish.analysis.check import check
from ankish.analysis.colouring import pieces
from ankish.analysis.complete import complete
from ankish.analysis.hints import hint_at, problem_at
from ankish.analysis.world import Unknown
from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import Source
from ankish.syntax.format import format_program
from ankish.syntax.parser import parse
from bench.measure import Run, Timing, alternate
from bench.table import Table
from tests.support.collection import snapshot

TESTS = Path(__file__).parents[1] / "tests"
EXAMPLES = TESTS / "data" / "language"
LEFT_OUT = {"tidy", "operators", "explain", "atomic", "assert"}
"""What is not repeated: a whole script, a first line of a file, what is about other programs."""

LINES = 10_000
ROUNDS = 5
COLUMNS = ("milliseconds", "least", "median", "middle half", "at most")

KEY = 5.0
"""How many milliseconds 99 in 100 keys may take."""

LIMITS = {"read and check 10,000 lines": 2000.0, "read and check one line": 5.0}


def run() -> Table:
    """Measure all of it; takes about a minute."""
    source = Source("bench.ank", program())
    line = Source("line.ank", "find deck:Spanish is:due | where lapses > 4 | addTags leech::hard")
    competitors = {
        "read 10,000 lines": timed(lambda: parse(source)),
        "read and check 10,000 lines": timed(lambda: read_and_check(source)),
        "lay out 10,000 lines": timed(lambda: format_program(source)),
        "read one line": timed(lambda: parse(line), 100),
        "read and check one line": timed(lambda: read_and_check(line), 100),
    }
    rows = tuple(map(row, alternate(competitors, ROUNDS)))
    typed = lines()
    notes = (
        f"{LINES} lines have {len(source.text) // 1000} thousand characters",
        f"the keys are those of {len(typed)} lines, each typed from its first character to its "
        "last; after each key it is coloured, completed, explained and checked",
    )
    return Table(COLUMNS, (*rows, keys(typed)), notes)


def lines() -> list[str]:
    """Lines as people type them: those of the examples and scripts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TESTS.glob("*/**/*.ank"))]
    stripped = (line.strip() for text in texts for line in text.splitlines())
    return list(dict.fromkeys(line for line in stripped if line and line[0] != "#"))


def keys(typed: Iterable[str]) -> tuple[str, ...]:
    """What the shell does after every key of some lines."""
    world = snapshot()
    took: list[float] = []
    for line in typed:
        for end in range(1, len(line) + 1):
            text = line[:end]
            begin = time.process_time()
            list(pieces(text, COMMANDS))
            complete(text, end, world)
            hint_at(text, end, world)
            problem_at(text, end, world)
            took.append(time.process_time() - begin)
    took.sort()
    low, middle, high = (took[int(len(took) * share)] for share in (0.25, 0.5, 0.75))
    most = took[int(len(took) * 0.99)]
    kept = "✓" if most * 1000 <= KEY else "✗"
    name = f"each of {len(took)} keys typed; 99 in 100 take at most {_ms(most)}"
    middles = f"{_ms(low)} to {_ms(high)}"
    return (name, _ms(took[0]), _ms(middle), middles, f"{KEY:.0f} for 99 in 100 {kept}")


def program() -> str:
    """10,000 lines."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.ank"))}
    macro, _, use = texts.pop("graduate").partition("}\ngraduate")
    body = "\n".join(text for name, text in texts.items() if name not in LEFT_OUT)
    rounds: list[str] = []
    lines = 0
    while lines < LINES:
        name = f"graduate{len(rounds)}"
        each = f"{macro}}}\nif true {{\n{body}\n{name}{use}}}\n".replace("graduate(", f"{name}(")
        rounds.append(each)
        lines += each.count("\n")
    return "".join(rounds)


def read_and_check(source: Source) -> None:
    """Read and check a program; it must have no mistake: what fails early is not fast."""
    parsed = parse(source)
    result = check(parsed.program, source, Unknown())
    if parsed.diagnostics or not result.ok:
        raise RuntimeError((*parsed.diagnostics, *result.diagnostics)[0].message)


def timed(work: Callable[[], object], times: int = 1) -> Run:
    """Does the work so many times; the seconds of processor time that one took."""

    def run() -> float:
        begin = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - begin) / times

    return run


def row(timing: Timing) -> tuple[str, ...]:
    """What the table says of one timing."""
    low, high = timing.middle
    limit = LIMITS.get(timing.name)
    kept = "" if limit is None else f"{limit:.0f} {'✓' if timing.median * 1000 <= limit else '✗'}"
    return (timing.name, _ms(timing.least), _ms(timing.median), f"{_ms(low)} to {_ms(high)}", kept)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"
