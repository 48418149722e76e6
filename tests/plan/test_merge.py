"""Planning costs no more for each action the more of them there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ankish.diagnostics.model import Source
from ankish.plan.lower import lower
from ankish.plan.merge import merge
from ankish.runtime.session import Session
from tests.support.lab import Lab, embedded_lab
from tests.support.work import work

LINES = {
    "writes": "addTags [{n}] a{n}",
    "reads": "find deck:Inbox nid:{n} | count",
    "reads and writes": "find tag:a{n} | addTags b{n}\nlet x{n} = getEaseFactors [{n}]\nprint $x{n}",
    "alone": "sync",
    "refused": "createDeck D{n}\ndeckNames | count",
}


@pytest.fixture(scope="module")
def reading() -> Iterator[Lab]:
    """A sample collection."""
    with embedded_lab() as made:
        yield made


@pytest.mark.parametrize("kind", LINES)
def test_twice_as_many_actions_are_twice_the_work(reading: Lab, kind: str) -> None:
    def merging(count: int) -> int:
        session = Session(lambda: reading.client)
        program = "\n".join(LINES[kind].format(n=n) for n in range(1, count + 1))
        plan = lower(session.check(Source("test.ank", program)).checked, {}, False, session.options)
        return work(lambda: merge(plan.steps))

    assert merging(400) < 2.2 * merging(200)


def test_a_whole_program_is_planned_in_as_much(reading: Lab) -> None:
    def planning(count: int) -> int:
        session = Session(lambda: reading.client)
        program = "\n".join(LINES["reads and writes"].format(n=n) for n in range(1, count + 1))
        checked = session.check(Source("test.ank", program))
        return work(lambda: session.plan(checked))

    assert planning(400) < 2.2 * planning(200)
