"""python -m bench.engine [ACTION] [--notes N]: the table, of the actions that begin so."""

from __future__ import annotations

import argparse

from bench.engine import NOTES, measure
from bench.machine import machine

parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
parser.add_argument("action", nargs="?", default="", help="only actions that begin so")
parser.add_argument("--notes", type=int, default=NOTES, help="size of the collection")
given = parser.parse_args()
print(f"{machine()}\n\n{measure(given.notes, given.action).markdown()}")
