"""What `explain` shows of expressions and parameters."""

from __future__ import annotations

import json

import pytest

from tests.support.lab import Lab, embedded_lab


@pytest.fixture(scope="module")
def lab():  # type: ignore[no-untyped-def]
    with embedded_lab() as made:
        yield made


@pytest.mark.parametrize(
    "condition",
    [
        "2 * (lapses + 1) > 4 - (3 - 1)",
        'Front == "a" or not (lapses > 2 and reps < 3)',
        "(lapses > 2 or reps < 3) and -(due) < 1".replace("(due)", "due"),
        "lapses / (reps * 2) > 1 - 1 - 1",
    ],
)
def test_brackets_are_kept_where_they_matter(lab: Lab, condition: str) -> None:
    assert f"where 1 / reps > 0 and {condition}" in lab.explained(
        f"explain find deck:Spanish | where 1 / reps > 0 and {condition}"
    ) or f"where 1 / reps > 0 and ({condition})" in lab.explained(
        f"explain find deck:Spanish | where 1 / reps > 0 and ({condition})"
    )


def test_a_secret_is_not_shown(lab: Lab) -> None:
    program = "syncLogin me opensesame"
    for told in (lab.explained(f"explain {program}"), lab.explained(f"explain --json {program}")):
        assert "opensesame" not in told
        assert "…" in json.dumps(told, ensure_ascii=False)


def test_what_where_leaves_to_the_search_is_told(lab: Lab) -> None:
    told = lab.explained("explain find deck:Spanish | where lapses > 4 | suspend")
    assert "(the search, with what `where` leaves to it, as cards)" in told
