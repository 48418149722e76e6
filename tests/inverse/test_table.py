"""Every action that changes something has an inverse, or a reason why it has none."""

from __future__ import annotations

from importlib import import_module

import pytest

from ankish.catalog.actions import ACTIONS
from ankish.catalog.actions.table import NOTHING_TO_UNDO
from ankish.catalog.model import Command, Side
from ankish.runtime.inverse import embedded, table
from ankish.runtime.inverse.collection import Lasting, Nothing
from ankish.runtime.inverse.model import Backend, Inverse
from ankish.runtime.inverse.table import EMBEDDED, INVERSES, lookup
from tests.inverse.differing import IN_THE_ENGINE, THROUGH_ANKICONNECT
from tests.inverse.requests import MAKERS
from tests.inverse.test_undo import ELSEWHERE

CHANGING = [command for command in ACTIONS.values() if command.effect.changes]
BOTH = [
    pytest.param(command, embedded, id=f"{command.name}-{'engine' if embedded else 'anki'}")
    for command in CHANGING
    for embedded in (True, False)
    if embedded or command.side is Side.ANKI
]


@pytest.mark.parametrize(("command", "embedded"), BOTH)
def test_what_changes_is_taken_back_or_says_why_not(command: Command, embedded: bool) -> None:
    inverse = lookup(command.name, Backend(embedded))
    assert inverse is not None
    said = command.back(embedded)
    assert (inverse.exact, inverse.none) == (said.differs or "", said.why or "")
    assert bool(said.how) != bool(said.why)
    if said.why:
        assert isinstance(inverse, Lasting)
    elif said.how == NOTHING_TO_UNDO:
        assert isinstance(inverse, Nothing)
    else:
        assert type(inverse).undo is not Inverse.undo


@pytest.mark.parametrize(("command", "embedded"), BOTH)
def test_what_is_taken_back_is_tested(command: Command, embedded: bool) -> None:
    inverse = lookup(command.name, Backend(embedded))
    assert inverse is not None
    tested = command.name in MAKERS or command.name in ELSEWHERE
    assert tested or inverse.none or isinstance(inverse, Nothing)


def test_no_inverse_is_of_an_action_that_is_not_there_or_that_has_none() -> None:
    modules = [import_module(f"ankish.runtime.inverse.{name}") for name in table.FAMILIES]
    known = [action for module in modules for action in module.INVERSES]
    assert len(known) == len(set(known)), "no two modules say something of the same action"
    for action in known:
        assert INVERSES.get(action) is not None or ACTIONS[action].side is Side.ENGINE
        assert not EMBEDDED[action].none
    for action in embedded.EMBEDDED:
        assert not EMBEDDED[action].none


@pytest.mark.parametrize("command", CHANGING)
def test_what_differs_is_said_and_marked(command: Command) -> None:
    assert bool(command.differs) == (command.name in THROUGH_ANKICONNECT)
    assert bool(command.engine_differs) == (command.name in IN_THE_ENGINE)


def test_an_action_that_nobody_knows_has_none() -> None:
    assert lookup("guiFutureAction", Backend.ANKICONNECT) is None
    assert lookup("findNotes", Backend.EMBEDDED) is None
    assert lookup("putState", Backend.ANKICONNECT) is None
