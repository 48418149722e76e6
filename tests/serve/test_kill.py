"""A server that is killed while it writes leaves a sound collection, and what it has answered.

python -m tests.serve.test_kill 200 kills that many.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, note
from tests.support.serving import Serving, serving

ROUNDS = 10
LONGEST = 0.8
"""Seconds of writing before the kill, at most."""


@dataclass
class Promises:
    """What the server has answered: the notes that are there, by what stands on their front."""

    notes: dict[int, str] = field(default_factory=dict)
    answers: int = 0


def write(server: Serving, number: int, promises: Promises) -> None:
    """Send one write after the other, until the server is gone."""
    dice = random.Random(number)
    for turn in count():
        try:
            step(server, dice, f"{number} {turn}", promises)
        except (OSError, HTTPException):
            return
        promises.answers += 1


def step(server: Serving, dice: random.Random, name: str, promises: Promises) -> None:
    """One write of one of many kinds; notes are only ever added, so that each can be asked for."""
    kind = dice.choice(["one", "several", "tags", "deck", "review", "media", "model", "fields"])
    if kind == "one":
        promises.notes[server.ask("addNote", note=note(name))] = name
    elif kind == "several":
        names = [f"{name} {more}" for more in range(20)]
        ids = server.ask("addNotes", notes=[note(each) for each in names])
        promises.notes.update(zip(ids, names, strict=True))
    elif kind == "tags":
        server.ask("addTags", notes=server.ask("findNotes", query=""), tags=f"tag{len(name)}")
    elif kind == "deck":
        cards = server.ask("findCards", query="")
        server.ask("changeDeck", cards=cards, deck=f"Deck::{name}")
    elif kind == "review":
        cards = server.ask("findCards", query="is:new")[:20]
        server.ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in cards])
    elif kind == "media":
        server.ask("storeMediaFile", filename=f"{name}.txt", data="AAAA" * 1000)
    elif kind == "model":
        sides = [{"Name": "1", "Front": "{{A}}", "Back": "{{B}}"}]
        server.ask("createModel", modelName=name, inOrderFields=["A", "B"], cardTemplates=sides)
    else:
        ids = server.ask("findNotes", query="")
        if ids:
            server.ask("updateNoteFields", note={"id": dice.choice(ids), "fields": {"Back": name}})


def killed(base: Path, seed: int) -> Promises:
    """Write to a fresh collection and kill the server at a random moment."""
    path = fresh_profile(base)
    promises = Promises()
    moment = random.Random(seed).uniform(0, LONGEST)
    with serving("--collection", str(path)) as server, ThreadPoolExecutor() as writers:
        for number in range(2):
            writers.submit(write, server, seed * 100 + number, promises)
        time.sleep(moment)
        server.process.kill()
    return promises


def check(base: Path, promises: Promises) -> None:
    """The collection opens, is sound, and has what was answered."""
    with Session.open(base / "User 1" / "collection.anki2") as session:
        problems, sound = session.col.fix_integrity()
        assert sound, problems
        db: Any = session.col.db
        there = dict(db.all("select id, flds from notes"))
        lost = {
            note_id: front
            for note_id, front in promises.notes.items()
            if not there.get(note_id, "").startswith(f"{front}\x1f")
        }
        assert not lost
        assert db.scalar("pragma integrity_check") == "ok"


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_killed_server_leaves_a_sound_collection(tmp_path: Path, seed: int) -> None:
    check(tmp_path, killed(tmp_path, seed))


def main(rounds: int) -> None:
    """Kill many times, and say what it hit."""
    answers = notes = 0
    for seed in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            promises = killed(Path(folder), seed)
            sys.stdout.write(f"{seed}\r")
            check(Path(folder), promises)
        answers, notes = answers + promises.answers, notes + len(promises.notes)
    sys.stdout.write(
        f"{rounds} kills, {answers} answers and {notes} notes before them: all there, all sound\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
