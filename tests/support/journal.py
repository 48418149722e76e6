"""Programs that are journalled, and what the collection holds before and after them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ankish.anki.client import Client
from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.store import Store
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.lab import embedded_lab, http_lab

TIMES = ("mod", "nextReviews", "question", "answer", "css", "profile")
"""What says when something was changed, or how it looks."""


class Desk:
    """Runs programs with a journal in a folder, each in a session of its own."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.problems: list[Diagnostic] = []

    def session(self) -> Session:
        """A session, as a new process has it. `close` would close the collection too."""
        return Session(lambda: self.client, yes=True, journals=Journals(self.folder))

    def run(self, program: str, session: Session | None = None, *arguments: str) -> list[Any]:
        """What a program shows, as JSON values; what went wrong is kept in `problems`."""
        own = session or self.session()
        out = io.StringIO()
        self.problems = []
        try:
            presenter = Presenter(out, out, "json", columns=80)
            own.run(Source("test.ank", program), presenter, lambda _: None, arguments)
        except AnkishError as error:
            self.problems = list(error.diagnostics)
        finally:
            if session is None and own.journals is not None:
                own.journals.close()
        return [json.loads(line) for line in out.getvalue().splitlines()]

    def result(self, program: str) -> Any:
        """The last thing that a program shows; nothing may go wrong."""
        shown = self.run(program)
        assert not self.problems, self.problems
        return shown[-1] if shown else None

    def codes(self, program: str) -> list[str]:
        """What goes wrong with a program."""
        self.run(program)
        return [problem.code for problem in self.problems]

    def ask(self, action: str, **params: Any) -> Any:
        """What an action gives, past the language and the journal."""
        return self.client.invoke(action, params)

    def content(self) -> dict[str, Any]:
        """All notes and cards, with their tags, fields, decks and schedule."""
        notes = self.ask("notesInfo", query="")
        cards = self.ask("cardsInfo", cards=self.ask("findCards", query=""))
        suspended = self.ask("areSuspended", cards=[card["cardId"] for card in cards])
        return {
            "notes": {note["noteId"]: _steady(note) for note in notes},
            "cards": {card["cardId"]: _steady(card) for card in cards},
            "suspended": dict(zip((card["cardId"] for card in cards), suspended, strict=True)),
            "decks": set(self.ask("deckNames")),
        }

    def store(self) -> Store:
        """The journal's file, opened beside the programs."""
        [file] = self.folder.glob("*.sqlite")
        return Store(file)


def _steady(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in TIMES}


@contextmanager
def embedded_desk(folder: Path) -> Iterator[Desk]:
    """The sample collection in this process."""
    with embedded_lab() as lab:
        yield Desk(lab.client, folder)


@contextmanager
def http_desk(folder: Path) -> Iterator[Desk]:
    """The sample collection behind a socket with AnkiConnect's manners."""
    with http_lab() as lab:
        yield Desk(lab.client, folder)
