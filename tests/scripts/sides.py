"""Where scripts run: without Anki, and through a socket with AnkiConnect's manners and actions."""

from __future__ import annotations

import http.client
import io
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import OWN
from ankish.anki.engine.session import Session as Collection
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.anki.http import HttpTransport
from ankish.diagnostics.model import Source
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.inverse.snapshot import Snapshot, snapshot
from tests.scripts.state import State
from tests.support.manners import TICK, Answer, Manners
from tests.support.realanki import looked_at, real_anki

LOOK = b"look"
"""The body of the request that has the server's thread look at its collection."""


@dataclass
class Cost:
    """What a run has taken: seconds by the clock and of the processor, requests."""

    seconds: float
    processor: float
    requests: int


@dataclass
class Side:
    """A collection, and the way to it.

    * **own** - whether the engine's own actions are there, which AnkiConnect lacks.
    * **state** - looks at the collection, past the language.
    """

    client: Client
    own: bool
    journal: Path
    _look: Callable[[], Snapshot]

    def state(self) -> State:
        """The collection as it is."""
        return State(self._look())

    def run(self, name: str, program: str, *arguments: str) -> tuple[list[Any], Cost]:
        """What a program shows, as JSON values, and what it took. Raises `AnkishError`."""
        out = io.StringIO()
        journals = Journals(self.journal)
        session = Session(lambda: self.client, yes=True, journals=journals)
        before = self.client.stats.requests
        begun, worked = time.perf_counter(), time.process_time()
        try:
            presenter = Presenter(out, out, "json", columns=80)
            session.run(Source(name, program), presenter, lambda _: None, arguments)
        finally:
            journals.close()
        cost = Cost(
            time.perf_counter() - begun,
            time.process_time() - worked,
            self.client.stats.requests - before,
        )
        return [json.loads(line) for line in out.getvalue().splitlines()], cost


@contextmanager
def embedded(template: Path) -> Iterator[Side]:
    """A copy of a collection, in this process."""
    with _copied(template) as path, Collection.open(path, base=path.parent) as collection:
        client = Client(EmbeddedTransport(Engine(collection)))
        yield Side(client, True, path.parents[1] / "journal", lambda: snapshot(collection))


@contextmanager
def socket(template: Path, tick: float = TICK) -> Iterator[Side]:
    """A copy of a collection behind AnkiConnect's manners, without the engine's own actions."""
    anki = real_anki()
    if anki is not None:
        anki.put(template.parent)

        def seen_in_anki() -> Snapshot:
            with looked_at(anki) as session:
                return snapshot(session)

        with tempfile.TemporaryDirectory() as folder:
            client = Client(HttpTransport(anki.url))
            yield Side(client, False, Path(folder, "journal"), seen_in_anki)
            client.close()
        return
    seen: list[Snapshot] = []

    with _copied(template) as path:

        @contextmanager
        def factory() -> Iterator[Answer]:
            with Collection.open(path, base=path.parent) as collection:
                engine = Engine(collection)

                def answer(body: bytes) -> bytes:
                    if body == LOOK:
                        seen.append(snapshot(collection))
                        return b"{}"
                    return _as_ankiconnect(engine, body)

                yield answer

        with Manners(factory, tick) as server:

            def look() -> Snapshot:
                connection = http.client.HTTPConnection("127.0.0.1", server.port)
                connection.request("POST", "/", LOOK)
                connection.getresponse().read()
                connection.close()
                return seen.pop()

            client = Client(HttpTransport(server.url))
            yield Side(client, False, path.parents[1] / "journal", look)
            client.close()


def _as_ankiconnect(engine: Engine, body: bytes) -> bytes:
    """An answer in which there is nothing that AnkiConnect has not."""
    request = json.loads(body) if body else {}
    inner = (request.get("params") or {}).get("actions") or []
    actions = [request, *(each for each in inner if isinstance(each, dict))]
    missing = OWN & {str(each.get("action")) for each in actions}
    assert not missing, f"AnkiConnect has no {missing}"
    answer = engine.handle_bytes(body)
    if not any(each.get("action") == "apiReflect" for each in actions):
        return answer
    return json.dumps(_without_own(json.loads(answer))).encode("ascii")


def _without_own(told: Any) -> Any:
    """An answer of apiReflect, or one with such an answer in it, that names no action of ours."""
    if isinstance(told, list):
        return [_without_own(each) for each in told if not (isinstance(each, str) and each in OWN)]
    if isinstance(told, dict):
        return {key: _without_own(each) for key, each in told.items()}
    return told


@contextmanager
def _copied(template: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder, "base", "User 1")
        shutil.copytree(template.parent, profile)
        yield profile / template.name
