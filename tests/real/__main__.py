"""Proves ankish on a real Anki with the AnkiConnect add-on.

    python -m tests.real --url http://127.0.0.1:8765            # all of it, about ten minutes
    python -m tests.real --url http://127.0.0.1:8765 examples   # one of the proofs

* `examples` - the examples of the language, and the scripts of the library on the sample collection.
* `journal` - undo, redo, resume and what goes wrong, with a journal.
* `large` - each script on 500 notes, with its undo, compared with the collection's file.
* `compare` - 100 random sequences of actions, in the engine and in Anki: the same answers, and the
  same left behind.

Scripts that need what AnkiConnect lacks are left out of `examples`. Anki has to be
on this machine, with two profiles, in English and UTC. Whatever is in the one that is open is
overwritten; for that there must be a file `may-be-overwritten` in its base folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

LACKING = ("order_new", "bury_siblings", "copy_schedule", "cram")
"""The tests of scripts that need actions which AnkiConnect lacks."""
WITHOUT = " and not ".join(["http", *LACKING])
PYTEST = ("pytest", "-n0", "-q")
PROOFS: dict[str, tuple[str, ...]] = {
    "examples": (
        *PYTEST, "tests/language/test_examples.py", "tests/scripts/test_library.py", "-k", WITHOUT,
    ),
    "journal": (*PYTEST, "tests/journal/test_undo.py", "tests/journal/test_quirks.py", "-k", "http"),
    "large": ("tests.scripts.large", "500"),
    "compare": ("tests.real.compare", "100"),
}  # fmt: skip


def main() -> int:
    """How many proofs failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.real")
    parser.add_argument("--url", required=True)
    parser.add_argument("proofs", nargs="*", metavar="PROOF", help=", ".join(PROOFS))
    given = parser.parse_args()
    wrong = [name for name in given.proofs if name not in PROOFS]
    if wrong:
        parser.error(f"no proof {', '.join(wrong)}; there are: {', '.join(PROOFS)}")
    environment = {**os.environ, "REAL_ANKI": given.url}
    failed = 0
    for name in given.proofs or PROOFS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", *PROOFS[name]]
        failed += subprocess.run(command, env=environment).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
