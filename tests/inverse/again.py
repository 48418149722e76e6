"""Takes every action back, does it again and takes it back once more, with the journal itself.

    python -m tests.inverse.again 20 [ACTION ...]    # with so many random parameters each

`tests.inverse.many` asks each inverse on its own. Here whole programs run, `undo` and `redo` through
AnkiConnect's manners, in sessions that know nothing of each other: guards, merging, what the journal
writes down, and ids that are other ones each time.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given

from ankish.diagnostics.model import Diagnostic
from ankish.runtime.inverse.table import INVERSES
from ankish.runtime.journal.ids import Renumbering
from ankish.runtime.journal.store import Store
from tests.inverse.differing import unexpected
from tests.inverse.ground import Ground, through_ankiconnect
from tests.inverse.place import copied, world
from tests.inverse.requests import requests
from tests.inverse.test_undo import randomly, to_test

_OF_ACTION = re.compile(r"`(\w+)` of run ")


ADDING = {
    **dict.fromkeys(("addNote", "addNotes", "importPackage"), " guid: "),
    **dict.fromkeys(("modelTemplateAdd", "modelFieldAdd"), " config: "),
}
"""What is otherwise when something is made again: notes, fields and templates have global ids."""


def actions() -> list[str]:
    """Those that can be taken back, and are called by programs."""
    return [action for action in to_test(INVERSES) if action != "guiAnswerCard"]


def many(action: str, examples: int, steady: bool = False) -> int:
    """Do it with random parameters, the same ones each time if `steady`; how many were carried out.

    Raises `AssertionError` with the parameters that went wrong.
    """
    done = []

    @randomly(examples, steady)
    @given(requests(action, world()))
    def run(params: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            base, journal = Path(folder, "base"), Path(folder, "journal")
            base.mkdir()
            copied(base)
            with through_ankiconnect(base, journal) as ground:
                try:
                    done.append(back_and_forth(ground, action, params))
                except AssertionError as error:
                    raise AssertionError(f"{action} {params}") from error

    run()
    return sum(done)


def back_and_forth(ground: Ground, action: str, params: dict[str, Any]) -> bool:
    """Run it, undo, redo, undo; whether it was carried out, and was not refused or for nothing."""
    before, _ = ground.look()
    ground.run(f"call {action} {json.dumps(params, ensure_ascii=False)}")
    done, _ = ground.look()
    if ground.problems or done == before:
        return False
    said = INVERSES[action].exact
    for step, wanted in (("undo", before), ("redo", done), ("undo", before)):
        ground.run(step)
        problems = [each for each in ground.problems if not _is_known(each, step, action)]
        if "journal::nothing" in [each.code for each in problems]:
            told = step == "undo" and action == "removeEmptyNotes"
            assert told or not unexpected(action, False, said, before, done, []), "passed over"
            break
        assert not problems, f"{step}: {problems}"
        if ground.problems and action == "removeEmptyNotes":
            continue  # note types that were made again stay, which was told
        now, _ = ground.look()
        found = unexpected(action, False, said, wanted, now, list(_renamed(ground)))
        if step == "redo" and action in ADDING:
            found = [line for line in found if ADDING[action] not in line]
        assert not found, "\n".join([f"{step}:", *found])
    return True


def _is_known(problem: Diagnostic, step: str, action: str) -> bool:
    """Whether it is told of an action that nothing takes back, such as a review in the log; or of a
    deck that did not come back, and so can't be deleted again.
    """
    if problem.code == "journal::stopped-short":
        return step == "redo" and action == "deleteDecks" and "no longer" in problem.notes[0]
    named = _OF_ACTION.match(problem.message)
    return named is not None and bool(INVERSES[named[1]].none)


def _renamed(ground: Ground) -> Iterator[tuple[str, Any, Any]]:
    """What has another id in the end."""
    for file in ground.journal.glob("*.sqlite"):
        store = Store(file)
        try:
            yield from Renumbering(store.renamed(0)).all()
        finally:
            store.close()


def main() -> int:
    """A line for each action; the number of those that failed."""
    examples, *some = sys.argv[1:]
    failed = 0
    for action in some or actions():
        begun = time.monotonic()
        try:
            said = f"ok, {many(action, int(examples))} times"
        except AssertionError as error:
            failed += 1
            said = f"FAILED {error}\n{error.__cause__}"
        sys.stdout.write(f"{action} {time.monotonic() - begun:.1f} s {said}\n")
        sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main())
