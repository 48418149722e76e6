"""The live preview: what a line would do, before it is run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.diagnostics.model import Source
from ankish.plan.outlook import Outlook, outlook
from ankish.runtime.session import Session
from ankish.settings import Settings
from ankish.shell.preview import Counter
from ankish.targets import Where, open_client
from tests.support.engine import sample_engine
from tests.support.manners import Manners
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    made = Session(lambda: open_client(Where(demo=True), Settings()), keep=True, preview=True)
    yield made
    made.close()


def seen(session: Session, text: str) -> Outlook:
    parts = ("decks", "models", "details", "tags", "actions")
    return outlook(session.foreseen(Source("shell", text), session.world.prefetch(parts)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("find deck:Spanish", "7 cards · 2 requests · read"),
        ("find deck:Spanish | suspend", "7 cards · 2 requests · write, can be undone"),
        ("find deck:Spanish | addTags a", "7 notes · 2 requests · write, can be undone"),
        ("find x | where lapses > 4 | suspend", "7 cards · 2 requests"),
        ("find x | where length(Front) > 4 | suspend", "at most 7 cards · 3 requests"),
        ("find x | sort -lapses | first 3 | suspend", "3 cards · 3 requests"),
        ("find x | sort -lapses | first 30 | suspend", "7 cards · 3 requests"),
        ("find x | deleteNotes", "7 notes · 2 requests · write, can be undone"),
        ('find x | set Front = replace(Front, "a", "b")', "at most 7 notes · at least 3 requests"),
        ("find x | count", "7 cards · 1 request · read"),
        ("multi [{action: deckNames, version: 6}]", "1 request · write, can be undone"),
        ("insertReviews []", "1 request · write, can't be undone"),
        ("deckNames", "1 request · read"),
        ("sync", "1 request · reaches beyond Anki"),
        ("find x | first 2 | count", "2 cards · 1 request"),
        ("find x | group deck", "2 requests · read"),
        ("print 1", "0 requests · read"),
        ("if 1 < 2 { sync }", "at least 0 requests"),
        ("find x | select Front | save a.csv", "7 cards · 2 requests · reaches beyond Anki"),
    ],
)
def test_what_a_line_would_do_in_words(session: Session, text: str, told: str) -> None:
    assert seen(session, text).told(7).startswith(told)


def test_nothing_found_is_certain(session: Session) -> None:
    assert seen(session, "find x | where length(Front) > 4 | suspend").told(0).startswith("0 cards")


def test_what_is_foreseen_is_not_noted(session: Session) -> None:
    """A preview of a variable asks nothing of it that the next line would rely on."""
    shown: list[Any] = []

    class Keeping:
        def show(self, step: object, value: Any, of: Any) -> None:
            shown.append(value if of is None else of)

    session.run(Source("a", "let found = find deck:Spanish"), Keeping(), lambda problems: None)
    seen(session, "$found | addTags x")
    session.run(Source("b", "$found | count"), Keeping(), lambda problems: None)
    session.run(Source("c", "$found | notes | count"), Keeping(), lambda problems: None)
    assert len(shown) == 2 and shown[0] > shown[1] > 0


class Place:
    """The parts of the shell's state that a counter uses, each count begun by hand."""

    def __init__(self, session: Session, client: Any) -> None:
        self.settings = Settings()
        self.world = session.world.prefetch(["decks", "models", "details", "tags", "actions"])
        self.waiting: list[Callable[[], None]] = []
        self.session = type("S", (), {"client": client})()
        self.worker = type("W", (), {"begin": lambda _, job: self.waiting.append(job)})()
        self.looked = 0
        self.planned = lambda source: session.foreseen(source, self.world)

    def look_again(self) -> None:
        self.looked += 1


def test_one_count_at_a_time_and_a_stale_one_is_not_asked(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ankish.shell.preview.STILL", 0.0)
    asked: list[str] = []

    class Spy:
        def ask(self, request: Any) -> Any:
            asked.append(request.params["query"])
            return session.client.ask(request)

    place = Place(session, Spy())
    counter = Counter(place)  # type: ignore[arg-type]

    def begun(number: int) -> None:
        end = time.monotonic() + 5
        while len(place.waiting) < number and time.monotonic() < end:
            time.sleep(0.01)
        assert len(place.waiting) == number

    for text in ("find deck:a", "find deck:ab", "find deck:abc"):
        preview = counter.preview(text)
        assert preview is not None and "card" not in preview.text
    begun(1)
    place.waiting.pop()()
    assert asked == [], "the line is another one by now"
    counter.preview("find deck:abc")
    begun(1)
    place.waiting.pop()()
    assert asked == ["deck:abc"]
    again = counter.preview("find deck:abc")
    assert again is not None and again.text.startswith("0 cards · ")
    assert asked == ["deck:abc"], "what is known is not asked again"
    assert place.looked == 2


def test_the_bar_tells_what_a_line_would_do(shell: Terminal) -> None:
    shell.type("find tag:leech | suspend")
    shell.wait("25 cards · 2 requests · write, can be undone")
    shell.press("ctrl-c")
    shell.type("find tag:leech | count")
    shell.wait("25 cards · 1 request · read")
    shell.press("enter")
    shell.wait("\n25\n")
    shell.enter("find 'tag:leech is:suspended' | count")
    shell.wait("\n13\n")  # a preview suspends nothing


def test_it_can_be_switched_off(shell: Terminal) -> None:
    shell.type("find tag:leech | suspend")
    shell.wait("25 cards · 2 requests")
    shell.press("f2")
    shell.wait(lambda screen: "25 cards" not in screen)
    shell.press("f2")
    shell.wait("25 cards · 2 requests")


def test_only_reads_are_sent_and_never_two_at_once(start: Start, tmp_path: Path) -> None:
    with Manners(sample_engine()) as server:
        terminal = start("--url", server.url)
        terminal.loaded()
        for letter in "find -deck:x | suspend":
            terminal.type(letter)
            terminal.read(0.03)
        terminal.wait("cards · 2 requests · write")
        sent = [json.loads(body) for body in server.bodies]
        searches = [each["params"]["query"] for each in sent if each["action"] == "findCards"]
        assert searches and searches[-1] == "-deck:x"
        assert len(searches) < 10, "not one for every key"
        reads = {
            "requestPermission",
            "multi",
            "apiReflect",
            "findModelsByName",
            "getDeckStats",
        }  # a snapshot's
        assert {each["action"] for each in sent} <= reads | {"findCards"}
        assert server.crowded == 0
