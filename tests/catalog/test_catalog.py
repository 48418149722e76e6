"""The catalog against what is known of AnkiConnect.

`actions.json` holds the actions of the add-on of 2025 with their parameters, `seed.txt` a
document with an example of every action, `transcripts.jsonl` recorded exchanges.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ankish.catalog.actions import ACTIONS
from ankish.catalog.model import Command, Effect, Side
from ankish.catalog.types import Type
from tests.support.fits import answer_fits, fits

DATA = Path(__file__).parent.parent / "data"
FACTS = json.loads((DATA / "actions.json").read_text("utf-8"))
KNOWN = {action["action"]: action for action in FACTS["actions"]}
ANKI = {name: command for name, command in ACTIONS.items() if command.side is Side.ANKI}
COMMANDS = [pytest.param(command, id=name) for name, command in ACTIONS.items()]

ONLY_NEWER = "guiAddNoteSetData"
"""Named by the seed, and in add-ons that are newer than actions.json."""

OTHERWISE = {
    ("apiReflect", "scopes"): "refused when it is left out (recorded exchange 35)",
    ("deleteDecks", "cardsToo"): "refused when it is left out (recorded exchange 531)",
}
"""Parameters that have a default which AnkiConnect then refuses: required here."""

READS_THAT_MAKE_DECKS = {"cardReviews", "getDeckStats", "getLatestReviewID"}
"""Reads for whoever names decks that exist, which the checker sees to."""


def known_params(name: str) -> list[dict[str, Any]]:
    """The parameters of an action that a client can give."""
    return [p for p in KNOWN[name]["params"] if p["kind"] != "(filled in by the server)"]


def test_no_action_is_missing_and_none_is_made_up() -> None:
    assert set(ANKI) == {*KNOWN, ONLY_NEWER}
    assert len(ANKI) == 122
    assert all(name == command.name for name, command in ACTIONS.items())


@pytest.mark.parametrize("name", KNOWN)
def test_parameters(name: str) -> None:
    known = known_params(name)
    params = [p for p in ANKI[name].params if not p.engine_only]
    assert [p.name for p in params] == [p["name"] for p in known]
    for param, fact in zip(params, known, strict=True):
        if (name, param.name) in OTHERWISE:
            assert param.required and not fact["required"]
            continue
        assert param.required == fact["required"], param.name
        if not param.required:
            # cloneFrom is "1" in the add-on, which reads it as a number.
            assert param.default == (1 if param.name == "cloneFrom" else fact["default"])
            assert param.default is None or fits(param.default, param.type)


@pytest.mark.parametrize("name", KNOWN)
def test_effect_and_age(name: str) -> None:
    command, fact = ANKI[name], KNOWN[name]
    assert command.newer == (not fact["inMirror2023"])
    if fact["guiOnly"]:
        assert command.effect is Effect.GUI
    elif fact["readOnly"] or name in READS_THAT_MAKE_DECKS:
        assert command.effect is Effect.READ
    else:
        assert command.effect.changes
    if command.effect is Effect.DESTRUCTIVE:
        assert fact["destructive"] or name == "multi"


@pytest.mark.parametrize("command", COMMANDS)
def test_texts(command: Command) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[^\n.]", command.doc)
    texts = [command.quirk, command.undo, command.why, command.false_means]
    texts += [param.doc for param in command.params]
    texts += [key.doc for t in all_types(command) for key in t.keys]
    for text in texts:
        assert text is None or re.fullmatch(r"\S[^\n]*[^\n.]", text), text


@pytest.mark.parametrize("command", COMMANDS)
def test_what_changes_can_be_taken_back_or_says_why_not(command: Command) -> None:
    if command.effect.changes:
        assert (command.undo is None) != (command.why is None)
    else:
        assert command.undo is None and command.why is None


@pytest.mark.parametrize("command", COMMANDS)
def test_subject(command: Command) -> None:
    subject = command.subject_param
    assert (subject is None) == (command.subject is None)
    if command.hands_on:
        assert subject is not None and command.effect.changes
        assert subject.type.name in {"cards", "notes", "card", "note"}
    if command.creates_decks:
        assert any(p.type.name == "deck" and not p.creates for p in command.params)


@pytest.mark.parametrize("command", COMMANDS)
def test_positional_order(command: Command) -> None:
    """What must be given comes first, and nothing stands behind what takes the rest by place."""
    required = [param.required for param in command.params]
    assert required == sorted(required, reverse=True)
    for at, param in enumerate(command.params):
        assert not param.rest or not any(p.required for p in command.params[at + 1 :])


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_are_lines_that_call_it(command: Command) -> None:
    assert command.examples
    for example in command.examples:
        assert "\n" not in example.line
        assert re.search(rf"\b{command.name}\b", example.line)


# The seed's examples.

MISFITS = {
    "ACTION_NAME": "a template, not an example",
    "NOTE_ID": "holds a placeholder",
    "updateModelTemplates": "a closing brace is missing",
    "findAndReplaceInModels": "wraps the parameters in `model` (refused: exchange 140)",
    "setSpecificValueOfCard": "values as texts (refused: exchange 493)",
    "getReviewsOfCards": "ids as texts, which finds nothing (exchange 614)",
}
"""The examples that are wrong, by a word in them, and what is wrong with them."""

EXAMPLES = re.findall(r"curl .*?-X POST -d '(.*)'$", (DATA / "seed.txt").read_text("utf-8"), re.M)


def test_the_seed_has_an_example_of_almost_every_action() -> None:
    assert len(EXAMPLES) == 135
    named = {name for text in EXAMPLES for name in re.findall(r'"action": "(\w+)"', text)}
    assert named - {"ACTION_NAME"} <= set(ANKI)
    assert set(ANKI) - named == set(FACTS["addonNotInSeed"])


@pytest.mark.parametrize("text", EXAMPLES)
def test_seed_example(text: str) -> None:
    reason = next((why for word, why in MISFITS.items() if word in text), None)
    assert seed_fits(text) == (reason is None), reason


def seed_fits(text: str) -> bool:
    """Whether the body of a curl example is a request that the catalog would let through."""
    try:
        request = json.loads(text)
    except json.JSONDecodeError:
        return False
    params = request.get("params", {})
    command = ANKI.get(request["action"])
    return (
        command is not None
        and all(param.name in params or not param.required for param in command.params)
        and all(
            (param := command.param(name)) is not None
            and (value is None and param.default is None or fits(value, param.type))
            for name, value in params.items()
        )
    )


# The recorded exchanges.


def exchanges() -> list[Any]:
    """Requests that succeeded, with their results."""
    found = []
    for line in (DATA / "transcripts.jsonl").read_text("utf-8").splitlines():
        exchange = json.loads(line)
        request, response = exchange["request"], exchange["response"]
        if not isinstance(request, dict) or request.get("version", 4) < 5:
            continue
        if isinstance(response, dict) and "result" in response and response["error"] is None:
            action = request["action"]
            name = f"{exchange['id']}-{action}"
            found.append(pytest.param(action, ids_as_integers(response["result"]), id=name))
    return found


def ids_as_integers(value: Any) -> Any:
    """A recorded value with an integer for each symbol that stands for an id (`$note:1`)."""
    if isinstance(value, str) and re.fullmatch(r"\$\w+:[\w.]+", value):
        return 1
    if isinstance(value, list):
        return [ids_as_integers(item) for item in value]
    if isinstance(value, dict):
        return {key: ids_as_integers(item) for key, item in value.items()}
    return value


@pytest.mark.parametrize("name, result", exchanges())
def test_recorded_result(name: str, result: Any) -> None:
    assert answer_fits(ANKI[name], result)


def all_types(command: Command) -> list[Type]:
    """Every type that a command's declaration names, however deep."""
    found: list[Type] = []
    waiting = [command.result, *(param.type for param in command.params)]
    while waiting:
        type = waiting.pop()
        found.append(type)
        waiting += [key.type for key in type.keys]
        if type.of is not None:
            waiting.append(type.of)
    return found
