"""The catalog against the embedded engine: the same actions, parameters and defaults."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ankish.analysis.check import check
from ankish.anki.engine import families
from ankish.anki.engine.registry import ACTIONS as FUNCTIONS
from ankish.anki.engine.registry import OWN
from ankish.anki.world import World, load_world
from ankish.catalog.actions import ACTIONS
from ankish.catalog.model import REQUIRED, Side
from ankish.data import replace
from ankish.diagnostics.model import Diagnostic, Source
from ankish.syntax.parser import parse
from tests.support.lab import embedded_lab

families.load()

ENGINE = {name for name, command in ACTIONS.items() if command.side is Side.ENGINE}

FILLED_IN = {("requestPermission", "origin"), ("requestPermission", "allowed")}
"""Parameters that the server fills in, not the client."""

REFUSED = {("deleteDecks", "cardsToo"), ("apiReflect", "scopes")}
"""Parameters that have a default which is then refused, as in AnkiConnect: required here."""


def test_every_action_of_the_engine_is_declared_and_marked_as_its_own() -> None:
    assert ENGINE == OWN
    assert set(FUNCTIONS) <= set(ACTIONS)
    # The recordings, from which the engine is written, don't have this one.
    assert set(ACTIONS) - set(FUNCTIONS) == {"guiAddNoteSetData"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_parameters_and_defaults(name: str) -> None:
    declared = [(p.name, p.default) for p in ACTIONS[name].params]
    assert declared == list(engine_params(name, FUNCTIONS[name]))


def engine_params(name: str, function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """The parameters of an engine's function that a client can give, with their defaults."""
    for param in list(inspect.signature(function).parameters.values())[1:]:
        if (name, param.name) in FILLED_IN:
            continue
        left_out = (name, param.name) in REFUSED or param.default is param.empty
        yield param.name, REQUIRED if left_out else param.default


def test_parameters_that_only_the_engine_has() -> None:
    found = {(c.name, p.name) for c in ACTIONS.values() for p in c.params if p.engine_only}
    assert found == {("sync", "direction")}


def test_what_must_not_be_written_down_is_marked() -> None:
    secret = {(c.name, p.name) for c in ACTIONS.values() for p in c.params if p.secret}
    assert secret == {
        (c.name, p.name) for c in ACTIONS.values() for p in c.params if "password" in p.name
    }
    assert secret == {("syncLogin", "password")}


# Without the engine.


@pytest.fixture(scope="module")
def ankiconnect() -> World:
    """The sample collection behind an AnkiConnect, which has none of the engine's own actions."""
    with embedded_lab() as lab:
        world = load_world(lab.client)
    assert world.action_names is not None and world.action_names >= ENGINE
    return replace(world, action_names=world.action_names - ENGINE)


def problems(program: str, world: World) -> tuple[Diagnostic, ...]:
    """What is wrong with a program."""
    source = Source("test.ank", program)
    return check(parse(source).program, source, world).diagnostics


@pytest.mark.parametrize("name", sorted(ENGINE))
def test_an_action_of_the_engine_is_an_error_on_ankiconnect(name: str, ankiconnect: World) -> None:
    for example in ACTIONS[name].examples:
        found = problems(example.line, ankiconnect)
        assert {each.code for each in found} == {"name::missing-action"}
        last = found[-1]
        assert last.message == f"this AnkiConnect has no {name}"
        assert last.helps == (
            "it belongs to the embedded engine: close Anki and give --collection FILE",
        )
        assert last.span is not None
        assert example.line[last.span.start : last.span.end] == name


@pytest.mark.parametrize("name", sorted(ENGINE))
def test_and_none_on_the_engine(name: str, ankiconnect: World) -> None:
    world = replace(ankiconnect, action_names=frozenset(FUNCTIONS))
    for example in ACTIONS[name].examples:
        assert problems(example.line, world) == ()
