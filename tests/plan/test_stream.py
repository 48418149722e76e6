"""Rows of very many notes are made part by part, and come to the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ankish.catalog.traffic import MOST_ITEMS
from ankish.plan.options import ALL, NONE
from tests.support.lab import Lab, embedded_lab

PROGRAMS = {
    "a where keeps nothing of what it leaves out": (
        'find deck:Spanish | notes | where length(Front) > 9 | select Front, tags | first 7', True
    ),
    "derived": ('find deck:Spanish | derive n = lapses * 2 | select n, deck', True),
    "no rows at all": ('find tag:nowhere | notes | where length(Front) > 9 | select Front', True),
    "what is fetched is needed again": (
        'find tag:verb | where length(Front) > 6 | notes | count', False
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_comes_to_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, parted = PROGRAMS[name]
    for action in ("notesInfo", "cardsInfo"):
        monkeypatch.setitem(MOST_ITEMS, action, 50)
    with embedded_lab() as lab:
        assert lab.results(program, options=ALL) == lab.results(program, options=NONE)
        if parted and "nowhere" not in program:
            assert max(_asked(lab, program)) == 50


def _asked(lab: Lab, program: str) -> list[int]:
    """How many ids each question about cards or notes was over, in one request each."""
    sizes: list[int] = []
    real = lab.client.multi

    def multi(requests: Sequence[Any]) -> Any:
        infos = [each.params for each in requests if each.action in ("notesInfo", "cardsInfo")]
        sizes.extend(sum(len(next(iter(each.values()))) for each in [params]) for params in infos)
        assert len(infos) <= 1, "several parts are asked for before the first one is looked at"
        return real(requests)

    lab.client.multi = multi  # type: ignore[method-assign]
    lab.results(program)
    return sizes
