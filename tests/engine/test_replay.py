"""The recorded exchanges, replayed on the engine in this process."""

from __future__ import annotations

import json

import pytest

from tests.engine import replay

REWORDED = {
    "Spanish": "Snapish",
    "spanish": "snapish",
    "Vocab": "Vogue",
    "hola": "halo",
    "perro": "petit",
    "greet": "grove",
    "Plain": "Plaza",
    "goodbye": "gleich!",
}
"""Other names and texts for the recording: of the same order, and the deck of the same letters."""


@pytest.fixture(scope="module")
def outcomes() -> list[replay.Outcome]:
    with replay.embedded() as run:
        return run.run(replay.exchanges())


def test_every_exchange_is_equal_or_listed(
    outcomes: list[replay.Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\n{replay.table(outcomes)}")  # noqa: T201
    listed = replay.differences()
    unlisted = [outcome for outcome in outcomes if not outcome.equal and outcome.id not in listed]
    assert not unlisted, replay.shown(unlisted)


def test_every_listed_difference_is_one(outcomes: list[replay.Outcome]) -> None:
    unequal = {outcome.id for outcome in outcomes if not outcome.equal}
    assert sorted(set(replay.differences()) - unequal) == []


def test_a_difference_outside_the_windows_is_a_refusal(outcomes: list[replay.Outcome]) -> None:
    """But for the list of actions, and the field that was not lost after all."""
    for outcome in outcomes:
        if not outcome.equal and outcome.section != "gui" and outcome.id not in (30, 31, 180, 181):
            assert isinstance(outcome.got, dict)
            assert outcome.got["error"], replay.shown([outcome])


def test_other_values_are_answered_by_the_same_rules() -> None:
    recorded = replay.RECORDING.read_text("utf-8")
    for word, other in REWORDED.items():
        recorded = recorded.replace(word, other)
    lines = [json.loads(line) for line in recorded.splitlines()]
    with replay.embedded() as run:
        outcomes = run.run(lines)
    listed = replay.differences()
    unlisted = [outcome for outcome in outcomes if not outcome.equal and outcome.id not in listed]
    assert not unlisted, replay.shown(unlisted)


@pytest.mark.parametrize("response", [{"result": 7, "error": None}, {"result": 6}, 6, None])
def test_a_changed_recording_is_noticed(response: object) -> None:
    lines = [line for line in replay.exchanges() if line["id"] in (1, 2)]
    lines[0]["response"] = response
    with replay.embedded() as run:
        assert [outcome.equal for outcome in run.run(lines)] == [False, True]
