"""Every example line of the catalog does on the sample collection what its action promises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.analysis.commands import WINDOWLESS
from ankish.anki.client import Client
from ankish.anki.engine import families
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import ACTIONS as FUNCTIONS
from ankish.anki.engine.registry import WINDOW
from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.catalog.actions import ACTIONS
from ankish.diagnostics.model import AnkishError
from tests.engine.support import is_sound
from tests.support.fits import answer_fits
from tests.support.lab import Lab, embedded_lab
from tests.support.syncserver import PASSWORD, USER, sync_server

families.load()

WITHOUT_WINDOW = FUNCTIONS.keys() - WINDOW
"""The actions that the engine offers."""

NEEDS_SERVER = {"sync", "syncLogin"}
"""Actions whose examples name a server: they have a test of their own with a real one."""

LEAVES_AS_IT_IS = {
    "checkMedia": "the sample's files have good names, and no picture stands in a field",
    "createBackup": "writes a file",
    "deleteEmptyCards": "the sample has none",
    "exportPackage": "writes a file",
    "loadProfile": "loads the profile that is open",
    "reloadCollection": "only forgets what was read",
    "removeDeckConfigId": "its example has made what it takes away",
    "syncLogout": "nobody is logged in",
}
"""Actions whose examples leave the collection as it was although they may change it, and why."""

TABLES = (
    "cards notes revlog decks deck_config notetypes fields templates tags graves".split()
)  # fmt: skip
"""All of the collection but what Anki notes down about itself: its clock, its time zone."""


class Watched(Engine):
    """An engine that keeps what it was asked and what it answered."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.results: list[tuple[str, Any]] = []

    def answer(self, request: dict[str, Any]) -> object:
        """As `Engine.answer`."""
        answer = super().answer(request)
        if isinstance(answer, dict) and answer.get("error", "") is None:
            self.results.append((request["action"], answer["result"]))
        return answer


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as the collection of a profile, to be copied."""
    folder = tmp_path_factory.mktemp("base") / "User 1"
    folder.mkdir()
    return build(folder)


@pytest.fixture
def engine(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """An engine on a copy of the sample, which the program has as its own folder."""
    base = tmp_path / "base"
    shutil.copytree(sample.parent.parent, base)
    monkeypatch.chdir(tmp_path)
    with Session.open(base / "User 1" / sample.name, base=base) as session:
        yield Watched(session)


def contents(session: Session) -> dict[str, Any]:
    """All that a user would miss: the tables and the media files."""
    db = session.col.db
    assert db is not None
    found: dict[str, Any] = {table: db.all(f"select * from {table}") for table in TABLES}
    found["media"] = {path.name: path.read_bytes() for path in session.media_dir.iterdir()}
    return found


def lines(names: set[str]) -> list[Any]:
    """The examples of these actions, each with its action."""
    return [
        pytest.param(name, example.line, id=example.line)
        for name, command in ACTIONS.items()
        if name in names
        for example in command.examples
    ]


@pytest.mark.parametrize(("name", "line"), lines(WITHOUT_WINDOW - NEEDS_SERVER))
def test_example(engine: Watched, name: str, line: str) -> None:
    before = contents(engine.session)
    lab = Lab(Client(EmbeddedTransport(engine)))
    lab.results(line)
    assert not lab.warnings
    asked = {action for action, _ in engine.results}
    assert name in asked
    for action, result in engine.results:
        assert answer_fits(ACTIONS[action], result), action
    changed = [key for key, value in contents(engine.session).items() if value != before[key]]
    if any(ACTIONS[action].effect.changes for action in asked - {"multi"}):
        assert bool(changed) == (name not in LEAVES_AS_IT_IS)
    else:
        assert not changed
    assert is_sound(engine.session)


@pytest.mark.parametrize(("name", "line"), lines(ACTIONS.keys() - WITHOUT_WINDOW - WINDOWLESS))
def test_example_that_needs_a_window_is_refused(engine: Watched, name: str, line: str) -> None:
    before = contents(engine.session)
    with pytest.raises(AnkishError) as raised:
        Lab(Client(EmbeddedTransport(engine))).results(line)
    (problem,) = raised.value.diagnostics
    assert problem.code == "name::missing-action"
    assert name in problem.message
    assert contents(engine.session) == before


def test_syncing_with_a_server(tmp_path: Path) -> None:
    with sync_server(tmp_path / "server") as url, embedded_lab() as here, embedded_lab() as there:
        login = f'syncLogin {USER} "{PASSWORD}" endpoint="{url}"'
        assert here.codes("sync") == ["anki::refused"]
        here.results(f"{login}; sync direction=upload")
        here.results("find deck:Inbox | addTags travelled; sync")
        there.results(f"{login}; sync direction=download")
        assert there.ids("tag:travelled") == here.ids("deck:Inbox")
        assert here.results("syncLogout; syncLogout") == [True, False]
        assert here.codes("sync") == ["anki::refused"]
        assert here.codes("sync direction=sideways") == ["type::choice"]


# Verbs that hand on what they are given.

CHAINS = {
    "setFlag": "find tag:leech | setFlag 3 | addTags seen",
    "buryCards": "find tag:leech | buryCards | addTags seen",
    "unburyCards": "find tag:leech | unburyCards | addTags seen",
    "repositionNewCards": "find tag:leech | repositionNewCards | addTags seen",
    "two of them": "find tag:leech | setFlag 3 | buryCards | addTags seen",
}


@pytest.mark.parametrize("line", CHAINS.values(), ids=CHAINS)
def test_verbs_chain(engine: Watched, line: str) -> None:
    lab = Lab(Client(EmbeddedTransport(engine)))
    leeches = lab.ids("tag:leech")
    lab.results(line)
    assert leeches
    assert lab.ids("tag:seen") >= leeches
    seen = lab.ask("findNotes", query="tag:seen")
    assert sorted(seen) == sorted(lab.ask("cardsToNotes", cards=sorted(leeches)))


def test_the_card_in_the_pipe_gets_the_other_s_schedule(engine: Watched) -> None:
    lab = Lab(Client(EmbeddedTransport(engine)))
    source, target = min(lab.ids("is:review -is:suspended")), min(lab.ids("is:new"))
    lab.results(f"{target} | copyScheduling {source} | setFlag 4")
    one, other = lab.ask("cardsInfo", cards=[source, target])
    assert one["interval"] == other["interval"] > 0
    assert (one["due"], one["flags"], other["flags"]) == (other["due"], one["flags"], 4)


def test_a_search_in_the_pipe_is_what_a_filtered_deck_is_made_of(engine: Watched) -> None:
    lab = Lab(Client(EmbeddedTransport(engine)))
    wanted = lab.ids("deck:Spanish is:due")
    lab.results("find deck:Spanish is:due | createFilteredDeck Cram")
    assert lab.ids("deck:Cram") == wanted
    assert engine.session.col.decks.by_name("Cram")["terms"][0][0] == "deck:Spanish is:due"  # type: ignore[index]
    assert lab.results("emptyFilteredDeck Cram; rebuildFilteredDeck Cram") == [len(wanted)] * 2
