"""Raw requests with parameters that make no sense are for Anki to refuse: never an own mistake."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from ankish.catalog.actions import ACTIONS
from tests.support.journal import Desk, embedded_desk

SENSELESS = (5, "x", None, [], [5], [[1]], {}, {"id": [1], "fields": 5}, [{"a": 1}], True)
CHANGING = [each for each in ACTIONS.values() if each.effect.changes and each.name != "sync"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with embedded_desk(tmp_path_factory.mktemp("senseless")) as made:
        yield made


@pytest.mark.parametrize("action", [each.name for each in CHANGING])
def test_no_parameters_make_ankish_stumble(desk: Desk, action: str) -> None:
    names = [param.name for param in ACTIONS[action].params]
    tries = [{}, *(dict.fromkeys(names, value) for value in SENSELESS)]
    tries += [{name: value} for name in names for value in SENSELESS[:2]]
    for params in tries:
        if action in ("deleteDecks", "importPackage", "exportPackage", "createBackup"):
            params = {name: value for name, value in params.items() if value != "x"}
        desk.run(f"call {action} {json.dumps(params)}")  # raises what is no AnkishError
    desk.run("undo")
