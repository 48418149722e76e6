"""The reads around writes, put together so that they cost little, and their answers apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ankish.catalog.traffic import ALIGNED
from ankish.runtime.chunks import Outgoing, joined, parts
from ankish.runtime.journal.known import ids_of_items, text_of


class Images:
    """The reads of many writes: each read once, those of single notes and cards as one.

    * **calls** - what is to be sent, all in one request.
    """

    def __init__(self, wanted: Iterable[Sequence[Outgoing]]) -> None:
        self._wanted = [list(each) for each in wanted]
        self._ids: dict[str, dict[int, int]] = {action: {} for action in ALIGNED}
        self._others: dict[str, list[Outgoing]] = {}
        for call in (call for each in self._wanted for call in each):
            ids = ids_of_items(call)
            if ids is None:
                self._others.setdefault(text_of(call), parts(call))
            else:
                places = self._ids[call.action]
                for each in ids:
                    places.setdefault(each, len(places))
        self._batches = {
            action: parts(Outgoing(action, {ALIGNED[action]: list(places)}))
            for action, places in self._ids.items()
            if places
        }
        batches = [*self._batches.values(), *self._others.values()]
        self.calls: list[Outgoing] = [call for batch in batches for call in batch]

    def answers(self, results: Sequence[Any]) -> list[list[Any]]:
        """For each write, the answers to its reads, out of the results of `calls`."""
        left = iter(results)
        infos = {
            action: _joined([next(left) for _ in batch]) for action, batch in self._batches.items()
        }
        others = {
            text: _joined([next(left) for _ in batch]) for text, batch in self._others.items()
        }
        return [[self._answer(call, infos, others) for call in each] for each in self._wanted]

    def _answer(self, call: Outgoing, infos: dict[str, Any], others: dict[str, Any]) -> Any:
        ids = ids_of_items(call)
        if ids is None:
            return others[text_of(call)]
        if not ids:
            return []
        places, info = self._ids[call.action], infos[call.action]
        return None if info is None else [info[places[each]] for each in ids]


def _joined(results: list[Any]) -> Any:
    return None if any(result is None for result in results) else joined(results)
