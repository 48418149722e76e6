"""A place to run programs: the sample collection, in this process or behind a socket."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session as Collection
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.diagnostics.render import render
from ankish.plan.options import ALL, Options
from ankish.runtime.explain import explain_request, explanation
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.engine import sample_engine
from tests.support.manners import Manners
from tests.support.realanki import real_anki


@dataclass
class Lab:
    """Runs programs against one collection, and looks at it directly."""

    client: Client
    warnings: list[Diagnostic] = field(default_factory=list)

    def results(self, program: str, *arguments: str, options: Options = ALL) -> list[Any]:
        """What a program shows, as JSON values. Raises `AnkishError`."""
        text = self.text(program, "json", *arguments, options=options)
        return [json.loads(line) for line in text.splitlines()]

    def result(self, program: str) -> Any:
        """The last thing that a program shows."""
        return self.results(program)[-1]

    def text(
        self, program: str, form: str = "plain", *arguments: str, options: Options = ALL
    ) -> str:
        """What a program shows, as text. Raises `AnkishError`."""
        out = io.StringIO()
        session = Session(lambda: self.client, yes=True, options=options)
        presenter = Presenter(out, out, form, columns=80)
        session.run(Source("test.ank", program), presenter, self.warnings.extend, arguments)
        return out.getvalue()

    def explained(self, program: str) -> str:
        """The plan of a program that begins with `explain`."""
        asked = explain_request(Source("test.ank", program))
        assert asked is not None, "the program does not begin with `explain`"
        return explanation(Session(lambda: self.client), asked)

    def checked(self, program: str) -> list[Diagnostic]:
        """All that is said about a program without running it."""
        try:
            return list(Session(lambda: self.client).check(Source("test.ank", program)).diagnostics)
        except AnkishError as error:
            return list(error.diagnostics)

    def codes(self, program: str) -> list[str]:
        """The codes of what is wrong with a program, in the order of their places."""
        try:
            self.results(program)
        except AnkishError as error:
            return [problem.code for problem in error.diagnostics]
        return []

    def complaint(self, program: str) -> str:
        """What is wrong with a program, as it is shown."""
        try:
            self.results(program)
        except AnkishError as error:
            return render(error.diagnostics)
        raise AssertionError(f"nothing is wrong with: {program}")

    def ask(self, action: str, **params: Any) -> Any:
        """What an action gives, past the language."""
        return self.client.invoke(action, params)

    def ids(self, query: str) -> set[int]:
        """The cards that a search finds, past the language."""
        return set(self.ask("findCards", query=query))


@contextmanager
def embedded_lab() -> Iterator[Lab]:
    """The sample collection in this process."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.open(build(Path(folder))) as collection,
    ):
        yield Lab(Client(EmbeddedTransport(Engine(collection))))


@contextmanager
def http_lab() -> Iterator[Lab]:
    """The sample collection behind a socket with AnkiConnect's manners, but for its slowness.

    In a real Anki, if there is one (`tests.real`).
    """
    anki = real_anki()
    if anki is not None:
        anki.replace(build)
        yield from _asked(anki.url)
        return
    with Manners(sample_engine(), tick=0) as server:
        yield from _asked(server.url)


def _asked(url: str) -> Iterator[Lab]:
    client = Client(HttpTransport(url))
    yield Lab(client)
    client.close()
