"""A script of the library with arguments, and the proof of what it has done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.scripts.state import Done, State

Proof = Callable[[Done], None]
Files = Callable[[Path, State], None]


@dataclass(frozen=True)
class Case:
    """One run of a script.

    * **arguments** - what it is given; `{folder}` stands for an empty folder of its own.
    * **proof** - asserts that the collection is as it should be, and nothing else has changed.
    * **files** - writes the files that the script reads, from the state before it.
    * **before** - a program that is run first, where the collection lacks what the job is about.
    * **own** - it needs actions that AnkiConnect lacks; there it has to say so.
    * **undone** - whether it changes what `undo` can take back.
    """

    arguments: tuple[str, ...]
    proof: Proof
    files: Files | None = None
    before: str | None = None
    own: bool = False
    undone: bool = True
