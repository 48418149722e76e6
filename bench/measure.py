"""Measures competitors in turns, and says how long each took beside its baseline."""

from __future__ import annotations

import random
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Run = Callable[[], float]
"""Does the work once; the seconds it took."""

Command = Sequence[str | Path]
"""A program and its arguments."""

COLUMNS = ("", "least", "median", "middle half", "times the baseline", "at most")


@dataclass(frozen=True)
class Timing:
    """The seconds of every run of one competitor."""

    name: str
    seconds: tuple[float, ...]

    @property
    def least(self) -> float:
        """The seconds of the fastest run."""
        return min(self.seconds)

    @property
    def median(self) -> float:
        """The seconds in the middle."""
        return statistics.median(self.seconds)

    @property
    def middle(self) -> tuple[float, float]:
        """Between which seconds the middle half of the runs lies."""
        low, _, high = statistics.quantiles(self.seconds, n=4, method="inclusive")
        return low, high


def alternate(competitors: Mapping[str, Run], rounds: int) -> list[Timing]:
    """The timings of competitors that take turns, so that a slow minute of the machine hits all.

    A round more than `rounds` is run first, to warm up, and not counted.
    """
    seconds: dict[str, list[float]] = {name: [] for name in competitors}
    for _ in range(rounds + 1):
        for name, run in competitors.items():
            seconds[name].append(run())
    return [Timing(name, tuple(each[1:])) for name, each in seconds.items()]


def at_any_time(tick: float) -> None:
    """Wait for up to a tick of a server that looks for requests by the clock.

    A run that begins where the one before was answered would always wait as long for its first
    answer, which nobody's runs do.
    """
    time.sleep(random.uniform(0, tick))  # noqa: S311


def process(command: Command, env: Mapping[str, str], printed: str = "") -> Run:
    """Runs a whole process, from its making to its end.

    It must succeed and print `printed`: what fails fast is not fast. Raises `RuntimeError`.
    """

    def run() -> float:
        begin = time.perf_counter()
        done = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8"
        )
        seconds = time.perf_counter() - begin
        if done.returncode != 0 or done.stdout.strip() != printed:
            raise RuntimeError(f"{command} printed {done.stdout!r}, {done.stderr!r}")
        return seconds

    return run


def rows(
    timings: Sequence[Timing], limits: Mapping[str, float], baselines: Sequence[str] = ()
) -> list[tuple[str, ...]]:
    """A row for each timing, for `COLUMNS`, in milliseconds.

    What is in `limits` stands beside what is in `baselines` (the first timing if none is
    named): the ratio of the medians, which should be at most the limit. Of several baselines
    the fastest counts.
    """
    named = [each for each in timings if each.name in (baselines or [timings[0].name])]
    baseline = min(named, key=lambda each: each.median)
    found: list[tuple[str, ...]] = []
    for timing in timings:
        limit = limits.get(timing.name)
        ratio = timing.median / baseline.median
        verdict = "" if limit is None else f"{limit:g} {'✓' if ratio <= limit else '✗'}"
        low, high = timing.middle
        found.append(
            (
                timing.name,
                _ms(timing.least),
                _ms(timing.median),
                f"{_ms(low)} to {_ms(high)}",
                "1" if timing is baseline else f"{ratio:.2f}",
                verdict,
            )
        )
    return found


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
