"""What the journal costs: the same scripts with it and without.

The server has AnkiConnect's manners: it looks for a request every 25 ms. So the time of a script is
that of its requests, 25 ms each, and the processor time of both sides, which on a busy machine is
steadier than what a clock shows. What a run changed is taken back before the next one, untimed.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import Source
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from bench.table import Table
from tests.support.engine import fresh_engine
from tests.support.manners import TICK, Manners

NOTES = 2000
ROUNDS = 5
MOST = 1.3
"""How many times as long a script may take with the journal."""

SOME = '"Front:note 10*"'
"""Finds 111 of them."""

COLUMNS = (
    "script",
    "requests without",
    "with",
    "milliseconds without",
    "with",
    "times",
    "at most",
)

NOTES_ON_IT = (
    f"median of {ROUNDS} runs in turns; {NOTES} notes; milliseconds are 25 for each request and "
    "the processor time of both sides",
    "a script of two or three requests takes a third or a half more by the one request more that "
    "the look before a write needs: what was there has to be on the disk before the write is "
    "sent; the look goes with the request before, unless that finds what the write is for",
    "moving cards: only getDecks tells where they are, and it wants their ids, so that the look "
    "can't go with the search; the more cards, the less the request more counts",
    "due dates and deleting: only cardsInfo tells the schedule of a card, 0.14 ms each, where "
    "setting it takes 0.02; deleting asks for the notes first and then for their cards",
)

SCRIPTS = {
    "tag 2,000 notes": 'find "" | addTags bench',
    "suspend 2,000 cards": 'find "" | suspend',
    "tag 2,000 notes and suspend their cards": 'find "" | addTags bench | suspend',
    "add 500 notes": (
        'let rows = notesInfo query="" | first 500\n'
        '$rows | add deck = "Default", model = "Basic", Front = "new ${noteId}", Back = "b"'
    ),
    "edit a field of 111 notes": f"find '{SOME}' | set Back = upper(Front)",
    "move 2,000 cards": 'find "" | changeDeck bench --create',
    "set the due date of 111 cards": f"find '{SOME}' | setDueDate 3",
    "delete 111 notes": f"find '{SOME}' | notes | deleteNotes",
    "tag one note": "find '\"Front:note 7\"' | addTags bench",
    "40 writes that wait for each other": (
        "let one = find '\"Front:note 7\"' | notes\n"
        f'for i in [{", ".join(map(str, range(40)))}] {{ $one | addTags "b${{i}}" }}'
    ),
}


def run() -> Table:
    """Measure all of it; takes about two minutes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Manners(fresh_engine(), tick=TICK) as server,
    ):
        client = Client(HttpTransport(server.url))
        bench = _Bench(client, Path(folder, "journal"))
        for start in range(0, NOTES, 500):
            bench.add(range(start, start + 500))
        rows = tuple(bench.row(name, text) for name, text in SCRIPTS.items())
    return Table(COLUMNS, rows, NOTES_ON_IT)


class _Bench:
    """Runs a script with the journal and without."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client = client
        self.folder = folder

    def row(self, name: str, text: str) -> tuple[str, ...]:
        """A script's figures."""
        taken: dict[bool, list[float]] = {True: [], False: []}
        sent: dict[bool, int] = {}
        for _ in range(ROUNDS):
            for kept in (True, False):
                seconds, sent[kept] = self._timed(text, kept)
                taken[kept].append(seconds)
        with_, without = (statistics.median(taken[kept]) * 1000 for kept in (True, False))
        times = with_ / without
        mark = "✓" if times <= MOST else "✗"
        return (
            name,
            str(sent[False]),
            str(sent[True]),
            f"{without:.0f}",
            f"{with_:.0f}",
            f"{times:.2f}",
            f"{MOST} {mark}",
        )

    def add(self, numbers: Iterable[int]) -> None:
        """Add the notes of some numbers."""
        fields = [{"Front": f"note {number}", "Back": "back " * 20} for number in numbers]
        notes = [{"deckName": "Default", "modelName": "Basic", "fields": each} for each in fields]
        self.client.invoke("addNotes", {"notes": notes})

    def _timed(self, text: str, kept: bool) -> tuple[float, int]:
        """Seconds and requests of a run; then it is taken back, untimed."""
        journals = Journals(self.folder) if kept else None
        session = Session(lambda: self.client, yes=True, journals=journals)
        before, begun = self.client.stats.requests, time.process_time()
        self._run(session, text)
        sent = self.client.stats.requests - before
        seconds = time.process_time() - begun + sent * TICK
        if kept:
            self._run(session, "undo")
        else:
            self._clear()
        if journals is not None:
            journals.close()
        return seconds, sent

    @staticmethod
    def _run(session: Session, text: str) -> None:
        presenter = Presenter(io.StringIO(), io.StringIO(), "json", columns=80)
        session.run(Source("bench.ank", text), presenter, lambda _: None)

    def _clear(self) -> None:
        """What scripts without a journal have changed, put back."""
        ask = self.client.invoke
        ask("unsuspend", {"cards": ask("findCards", {"query": "is:suspended"})})
        ask("deleteNotes", {"notes": ask("findNotes", {"query": '"Front:new *" or Back:NOTE*'})})
        ask("forgetCards", {"cards": ask("findCards", {"query": "-is:new"})})
        ask("changeDeck", {"cards": ask("findCards", {"query": "deck:bench"}), "deck": "Default"})
        ask("deleteDecks", {"decks": ["bench"], "cardsToo": True})
        if not ask("findNotes", {"query": SOME}):
            self.add(number for number in range(NOTES) if str(number).startswith("10"))
        tagged = ask("findNotes", {"query": "-tag:none"})
        tags = " ".join(tag for tag in ask("getTags") if tag.startswith("b"))
        if tags:
            ask("removeTags", {"notes": tagged, "tags": tags})
