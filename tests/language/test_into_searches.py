"""Cards and notes that flow into what wants a search: it is about just these."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.support.lab import Lab, embedded_lab, http_lab

Make = Callable[[], AbstractContextManager[Lab]]
COUNT = 'macro many(what: query) { find "${what}" | notes | count }\n'


@pytest.mark.parametrize(
    ("flow", "same"),
    [
        ("find deck:Inbox | first 3", "find deck:Inbox | first 3 | notes"),
        ("find deck:Inbox | cards", "find deck:Inbox"),
        ("find deck:Inbox | notes", "find deck:Inbox"),
        ("let x = find deck:Inbox | notes; $x", "find deck:Inbox"),
        ('find deck:Spanish | where Front == "ser"', 'find deck:Spanish | where Front == "ser"'),
        ("find tag:nothing | notes", "find tag:nothing"),
    ],
)
def test_the_same_notes_are_found(flow: str, same: str) -> None:
    with embedded_lab() as lab:
        assert lab.result(f"{COUNT}{flow} | many") == lab.result(f"{same} | notes | count")


def test_the_cards_of_rows_and_not_their_siblings() -> None:
    program = 'macro all(what: query) { find "${what}" | cards | count }\n'
    with embedded_lab() as lab:
        assert lab.result(f"{program}find deck:Spanish::Verbs | first 3 | all") == 3
        assert lab.result(f"{program}find deck:Spanish::Verbs | first 3 | notes | all") > 3
        assert lab.result(f"{program}find deck:Spanish::Verbs | each {{ $it | all }} | max") == 1


@pytest.mark.parametrize("make", [embedded_lab, http_lab])
def test_a_script_is_about_what_is_piped_into_it(make: Make) -> None:
    with make() as lab:
        lab.results("find deck:Spanish Front:se* | notes | first 2 | replace find=e with=é")
        changed = "find deck:Spanish Front:sé* | notes | count"
        assert lab.result(changed) == 2
