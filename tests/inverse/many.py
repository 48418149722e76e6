"""Takes every action back many times: `python -m tests.inverse.many 500 [ACTION ...]`."""

from __future__ import annotations

import sys
import time

from ankish.runtime.inverse.table import EMBEDDED, INVERSES
from tests.inverse.test_undo import many, to_test

HARMLESS = {"reloadCollection"}
"""Actions that change nothing in a collection."""


def main() -> int:
    """A line for each action and backend; the number of those that failed."""
    examples, *actions = sys.argv[1:]
    failed = 0
    for name, table in (("engine", EMBEDDED), ("ankiconnect", INVERSES)):
        for action in to_test(table):
            if actions and action not in actions:
                continue
            begun = time.monotonic()
            try:
                changed = many(action, table is EMBEDDED, int(examples))
                assert changed or action in HARMLESS, "none of them changed anything"
                said = f"ok, {changed} changed something"
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                failed += 1
                said = f"FAILED {error}\n{error.__cause__}"
            sys.stdout.write(f"{name} {action} {time.monotonic() - begun:.1f} s {said}\n")
            sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main())
