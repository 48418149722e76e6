"""Replays recorded exchanges with AnkiConnect against whatever answers requests.

    python -m tests.engine.replay --section notes      # the differences, one by one
    python -m tests.engine.replay --recording FILE     # another recording

The recording (`tests/data/transcripts.jsonl`) was made on Anki 26.09.3 in a fresh profile
"User 1", UTC, English. Ids in it are symbols such as `$note:1`, bound to a place in the
answer where they first occur; values that differ from run to run are listed as volatile.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.engine import paths
from tests.engine.paths import text
from tests.engine.support import fresh_profile
from tests.support.day import anki_day

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

RECORDING = Path(__file__).parent.parent / "data" / "transcripts.jsonl"
DIFFERENCES = Path(__file__).with_name("differences.toml")

Send = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Outcome:
    """One exchange replayed: what was recorded, with our ids in it, and what came."""

    id: int
    section: str
    request: object
    expected: object
    got: object

    @property
    def equal(self) -> bool:
        """Whether the answer is the recorded one; 1, 1.0 and true are told apart."""
        return text(self.expected) == text(self.got)


@dataclass
class Replay:
    """The state of a replay: the symbols bound so far, and the places of the run."""

    send: Send
    base: Path
    scratch: Path
    symbols: dict[str, object] = field(default_factory=dict)
    day: str = ""

    def run(self, exchanges: list[dict[str, Any]]) -> list[Outcome]:
        """Send every request in order and compare its answer."""
        self.day = day_of(exchanges)
        return [self._exchange(line) for line in exchanges]

    def _exchange(self, line: dict[str, Any]) -> Outcome:
        request = self._expanded(line["request"])
        assert isinstance(request, dict)
        got = self.send(request)
        for symbol, path in line["bind"].items():
            for value in paths.at(got, path):
                self.symbols[symbol] = value
        expected = self._expanded(line["response"])
        for path in line["volatile"]:
            paths.mask(expected, path)
            paths.mask(got, path)
        for path in line.get("unordered", []):
            paths.sort(expected, path)
            paths.sort(got, path)
        return Outcome(line["id"], line["section"], request, expected, got)

    def _expanded(self, value: object) -> object:
        """A recorded value with this run's ids and folders in place of the symbols."""
        if isinstance(value, dict):
            return {str(self._string(key)): self._expanded(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._expanded(item) for item in value]
        if isinstance(value, str):
            return self._string(value)
        return value

    def _string(self, string: str) -> object:
        if string in self.symbols:
            return self.symbols[string]
        if string.startswith("str:") and string[4:] in self.symbols:
            return str(self.symbols[string[4:]])
        if string == self.day:
            return anki_day().isoformat()
        return re.sub(r"\$\{(\w+(?::[^}]+)?)\}", self._inside, string)

    def _inside(self, match: re.Match[str]) -> str:
        name = match[1]
        places = {"base": self.base, "tmp": self.scratch}
        return str(places.get(name) or self.symbols.get(f"${name}", match[0]))


def exchanges(recording: Path = RECORDING) -> list[dict[str, Any]]:
    """The lines of a recording."""
    return [json.loads(line) for line in recording.read_text("utf-8").splitlines()]


def day_of(exchanges: list[dict[str, Any]]) -> str:
    """The day of a recording: the last one that it has reviews of, or an empty text."""
    answers = [
        line["response"]
        for line in exchanges
        if line["request"].get("action") == "getNumCardsReviewedByDay"
    ]
    results = [each["result"] if isinstance(each, dict) else each for each in answers]
    days = [day for rows in results for day, _ in rows or []]
    return max(days, default="")


def differences() -> dict[int, str]:
    """The exchanges that differ on purpose, with the reason."""
    listed = tomllib.loads(DIFFERENCES.read_text("utf-8"))["difference"]
    return {number: entry["reason"] for entry in listed for number in entry["ids"]}


def table(outcomes: list[Outcome]) -> str:
    """Section, exchanges and how many of them are equal."""
    total = Counter(outcome.section for outcome in outcomes)
    equal = Counter(outcome.section for outcome in outcomes if outcome.equal)
    rows = [f"{name:<12}{total[name]:>10}{equal[name]:>8}" for name in total]
    last = f"{'all':<12}{total.total():>10}{equal.total():>8}"
    return "\n".join([f"{'section':<12}{'exchanges':>10}{'equal':>8}", *rows, last])


@contextmanager
def embedded() -> Iterator[Replay]:
    """A replay against the engine in this process, on a fresh profile."""
    from ankish.anki.engine.dispatch import Engine
    from ankish.anki.engine.session import Session

    with tempfile.TemporaryDirectory() as folder:
        base, scratch = Path(folder, "base"), Path(folder, "tmp")
        prepare(scratch)
        with Session.open(fresh_profile(base), base=base) as session:
            engine = Engine(session)

            def send(request: dict[str, Any]) -> object:
                return json.loads(engine.handle_bytes(json.dumps(request).encode()))

            yield Replay(send, base, scratch)


def prepare(scratch: Path) -> None:
    """The scratch folder with the one file that the recording reads."""
    scratch.mkdir()
    (scratch / "src.bin").write_bytes(b"from path\x00\xff")


def shown(outcomes: list[Outcome]) -> str:
    """What was asked, what was recorded and what came, for a reader."""
    return "\n".join(
        f"--- {outcome.id} {outcome.section}: {json.dumps(outcome.request)}\n"
        f"expected {text(outcome.expected)}\ngot      {text(outcome.got)}\n"
        for outcome in outcomes
    )


def main(arguments: list[str]) -> int:
    """Replay, print the table and the differences that are not listed; 1 if there are any."""
    parser = argparse.ArgumentParser(description="Replay recorded exchanges on the engine.")
    parser.add_argument("--section", help="show the differences of this section only")
    parser.add_argument("--recording", type=Path, default=RECORDING)
    parser.add_argument("--id", type=int, help="show this exchange, equal or not")
    given = parser.parse_args(arguments)
    with embedded() as replay:
        outcomes = replay.run(exchanges(given.recording))
    on_purpose = differences() if given.recording == RECORDING else {}
    wanted = [
        outcome
        for outcome in outcomes
        if outcome.id == given.id
        or (given.id is None and not outcome.equal and outcome.id not in on_purpose)
        if given.section in (None, outcome.section)
    ]
    sys.stdout.write(f"{shown(wanted)}{table(outcomes)}\n")
    return 1 if wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
