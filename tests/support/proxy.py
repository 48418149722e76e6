"""A proxy before a server that spoils answers: the request is carried out, or not, and who asks
does not learn it.

`python -m tests.support.proxy [RUNS] [SEED]` runs so many scripts through it, each with other
faults, and looks at what became of them: whatever is reported has to be true, no write may be
lost or done twice, and what was not done is done by `resume`.
"""

from __future__ import annotations

import random
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from ankish.anki import timeouts
from ankish.anki.client import Client
from ankish.anki.http import HttpTransport
from tests.support.engine import sample_engine
from tests.support.faults import Fault, reset, whole
from tests.support.journal import Desk
from tests.support.manners import Manners

FAULTS = ("reset before", "reset after", "close after", "cut", "delay", "twice")
"""What can become of an answer. `before` means that the server never hears of the request."""


class Proxy(Fault):
    """Hands requests on to a server; `fault` says what is done with each answer."""

    def __init__(self, port: int, fault: Callable[[], str | None]) -> None:
        super().__init__(self._pass)
        self.fault = fault
        self.counts: Counter[str] = Counter()
        self._target = port

    def _pass(self, peer: socket.socket) -> None:
        fault = self.fault()
        self.counts[fault or "none"] += 1
        request = self.requests.pop()
        if fault == "reset before":
            reset(peer)
            return
        with socket.create_connection(("127.0.0.1", self._target), timeout=30) as server:
            server.sendall(request)
            answer = whole(server)
        if fault == "reset after":
            reset(peer)
        elif fault == "cut":
            peer.sendall(answer[: len(answer) * 2 // 3])
        elif fault == "twice":
            peer.sendall(answer + answer)
        elif fault != "close after":
            time.sleep(0.03 if fault == "delay" else 0)
            peer.sendall(answer)


PROGRAM = """\
for i in [0, 1, 2] {{
    addNote {{deckName: "Default", modelName: "Basic", fields: {{Front: "{name} ${{i}}", Back: "b"}}}}
    addTags {notes} "{name}-${{i}}"
}}
suspend {cards}
"""


class Trial:
    """A collection behind a proxy, and what a script through it has to leave behind."""

    def __init__(self, desk: Desk, direct: Client) -> None:
        self.desk = desk
        self.direct = direct
        self.notes = direct.invoke("findNotes", {"query": "tag:old"})
        self.cards = direct.invoke("findCards", {"query": "is:due -is:suspended"})[:5]

    def run(self, name: str) -> str:
        """Run a script of this name; what became of it, in a word. Then take it back."""
        before = self.state()
        healthy = Desk(self.direct, self.desk.folder)
        known = self.runs(healthy)
        self.desk.run(PROGRAM.format(name=name, notes=self.notes, cards=self.cards))
        codes = [problem.code for problem in self.desk.problems]
        if not codes:
            became = "done"
        elif self.state() == before and "journal::so-far" not in codes:
            assert self.runs(healthy) == known
            return "nothing sent"
        else:
            became = "stopped and resumed"
            self.check_told(name, healthy)
            healthy.result("resume")
        self.check_done(name)
        healthy.result("undo")
        assert self.state() == before, name
        return became

    @staticmethod
    def runs(desk: Desk) -> list[str]:
        """The names of the latest runs."""
        return [run["run"] for run in desk.result("log 3")]

    def check_told(self, name: str, healthy: Desk) -> None:
        """What the journal says was done was done, and no more but for what it says is in doubt."""
        [run, *_] = healthy.result("log")
        assert run["state"].startswith("failed"), run
        writes = healthy.result(f"log {run['run']}")
        done = sum(1 for w in writes if w["action"] == "addNote" and w["became"] == "done")
        doubt = sum(1 for w in writes if w["action"] == "addNote" and w["became"] == "in doubt")
        found = len(self.direct.invoke("findNotes", {"query": f'"Front:{name} *"'}))
        assert done <= found <= done + doubt, (writes, found)

    def check_done(self, name: str) -> None:
        """Every write was done, once."""
        for number in range(3):
            found = self.direct.invoke("findNotes", {"query": f'"Front:{name} {number}"'})
            assert len(found) == 1, (name, number, found)
            tagged = self.direct.invoke("findNotes", {"query": f"tag:{name}-{number}"})
            assert set(tagged) == set(self.notes), (name, number)
        assert all(self.direct.invoke("areSuspended", {"cards": self.cards}))

    def state(self) -> Any:
        """What scripts change."""
        return [
            self.direct.invoke("findNotes", {"query": ""}),
            [self.direct.invoke("getNoteTags", {"note": note}) for note in self.notes[:3]],
            self.direct.invoke("areSuspended", {"cards": self.cards}),
        ]


def trials(count: int, seed: int) -> Counter[str]:
    """So many scripts with faults; how often each outcome was."""
    choose = random.Random(seed)
    armed = True

    def fault() -> str | None:
        return choose.choice(FAULTS) if armed and choose.random() < 0.4 else None

    became: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        Manners(sample_engine(), tick=0) as server,
        Proxy(server.port, fault) as proxy,
        mock.patch.object(timeouts, "PAUSES", (0.0, 0.01, 0.02)),
    ):
        direct = Client(HttpTransport(server.url))
        for number in range(count):
            client = Client(HttpTransport(proxy.url))
            desk = Desk(client, Path(folder, "journal"))
            became[Trial(desk, direct).run(f"s{seed}x{number}")] += 1
            client.close()
        became.update(proxy.counts)
    return became


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    outcome = trials(*(given + [1000, 1][len(given) :]))
    sys.stdout.write("".join(f"{many:6} {what}\n" for what, many in outcome.most_common()))
