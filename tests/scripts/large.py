"""Every script of the library on a large collection, without Anki and through a socket.

    python -m tests.scripts.large                    # 10,000 notes, all scripts, both sides
    python -m tests.scripts.large 2000 leeches clean # 2,000 notes, these scripts

Through the socket there are AnkiConnect's manners and actions, and no others. After each run the
whole collection is looked at: it has to be as the script says, and after `undo` as it was. A
script that needs more than AnkiConnect has must say so there, with nothing sent that writes.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from ankish.diagnostics.model import AnkishError
from ankish.runtime.session import ProgramError
from ankish.runtime.shipped import known_script
from tests.inverse.snapshot import differences
from tests.scripts import cards, notes, whole
from tests.scripts.case import Case
from tests.scripts.grown import grown
from tests.scripts.sides import Cost, Side, embedded, socket
from tests.scripts.state import Done, State

NOTES = 10_000
CASES: dict[str, Case] = {**cards.CASES, **notes.CASES, **whole.CASES}
SIDES: dict[str, Callable[[Path], AbstractContextManager[Side]]] = {
    "embedded": embedded,
    "socket": socket,
}


@dataclass
class Report:
    """What became of a script: its cost, that of the undo, or the code of its refusal."""

    done: Cost | None = None
    undone: Cost | None = None
    refused: str = ""

    def __str__(self) -> str:
        if self.refused:
            return f"refused: {self.refused}"
        texts = [
            f"{cost.seconds:7.2f} s ({cost.processor:6.2f}) {cost.requests:4} requests"
            if cost
            else "-"
            for cost in (self.done, self.undone)
        ]
        return "   undo ".join(texts)


def try_script(name: str, template: Path, side: str) -> Report:
    """Run a script on a copy of a collection and take it back. Raises `AssertionError`."""
    case = CASES[name]
    program = known_script(name).read_text(encoding="utf-8")
    with SIDES[side](template) as place, tempfile.TemporaryDirectory() as files:
        folder = Path(files)
        arguments = [each.format(folder=folder) for each in case.arguments]
        if case.before is not None:
            place.run("before", case.before)
        before = place.state()
        if case.files is not None:
            case.files(folder, before)
        if case.own and not place.own:
            return Report(refused=_refusal(place, name, program, arguments, before))
        shown, done = place.run(name, program, *arguments)
        case.proof(Done(before, place.state(), shown, folder))
        if not case.undone:
            return Report(done)
        _, undone = place.run("undo", "undo")
        _same(before, place.state(), place.own)
        return Report(done, undone)


def _refusal(place: Side, name: str, program: str, arguments: list[str], before: State) -> str:
    """The code with which a script says what it lacks; nothing may have been written."""
    try:
        place.run(name, program, *arguments)
    except ProgramError as error:
        assert place.state().rows == before.rows
        codes = {each.code for each in error.diagnostics}
        assert codes == {"name::missing-action"}, codes
        assert all("AnkiConnect has no" in each.message for each in error.diagnostics)
        return error.diagnostics[0].message
    raise AssertionError(f"{name} says nothing of what it needs")


def _same(before: State, now: State, exact: bool) -> None:
    """Assert that a state is what it was: through AnkiConnect as far as a user can see."""
    if exact:
        assert differences(before.rows, now.rows) == []
    else:
        then, later = before.visible(), now.visible()
        for part, value in then.items():
            assert later[part] == value, part


def main() -> int:
    """A line for each script and side; how many went wrong."""
    given = sys.argv[1:]
    size = int(given.pop(0)) if given and given[0].isdecimal() else NOTES
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        template = grown(Path(folder), size)
        sys.stdout.write(
            f"{size} notes, made in {time.perf_counter() - begun:.0f} s; "
            "seconds by the clock, of the processor (Anki's library too), requests\n"
        )
        sys.stdout.flush()
        for name in given or CASES:
            for side in SIDES:
                try:
                    said = str(try_script(name, template, side))
                except (AssertionError, AnkishError) as error:
                    failed += 1
                    where = traceback.extract_tb(error.__traceback__)[-1]
                    said = f"FAILED {where.name}:{where.lineno} {where.line} {str(error)[:500]}"
                sys.stdout.write(f"{name:16} {side:9} {said}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{failed} failed\n")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
