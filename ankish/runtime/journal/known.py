"""What the latest request has told, so that the look before a write need not ask again.

An answer is as good as that of a request of its own as long as nothing was sent after it: in
either case somebody else has the time of one request to change something unseen.
"""

from __future__ import annotations

import json
import time
from typing import Any

from ankish.catalog.traffic import ALIGNED
from ankish.data import dataclass, field
from ankish.runtime.chunks import Outgoing
from ankish.runtime.coming import Coming
from ankish.runtime.inverse.model import UNKNOWN, Done, Inverse

WHERE = Outgoing("getMediaDirPath", {})
"""Which collection it is: AnkiConnect and the engine name the same folder for the same one."""

FRESH = 0.5
"""For how many seconds an answer is as good as a new one."""


@dataclass(slots=True)
class Known:
    """The answers of one request.

    * **when** - when they came, by the clock that only goes forward.
    """

    when: float = field(default_factory=time.monotonic)
    _answers: dict[str, Any] = field(default_factory=dict)
    _items: dict[str, dict[int, Any]] = field(default_factory=dict)
    _sought: list[tuple[Coming, list[int], Done]] = field(default_factory=list)

    def hear(self, call: Outgoing, answer: Any) -> None:
        """Take in the answer to a read, None if it was refused."""
        if answer is None:
            return
        ids = ids_of_items(call)
        if ids is None:
            self._answers[text_of(call)] = answer
        elif isinstance(answer, list) and len(answer) == len(ids):
            self._items.setdefault(call.action, {}).update(zip(ids, answer, strict=True))

    def seek(self, coming: Coming, found: Any, told: Done) -> None:
        """Take in what a search has found for a write, and what was asked about that."""
        if isinstance(found, list) and all(answer is not None for _, answer in told):
            self._sought.append((coming, found, told))

    def get(self, call: Outgoing) -> Any:
        """The answer to a read; `UNKNOWN` if it is not."""
        ids = ids_of_items(call)
        if ids is None:
            return self._answers.get(text_of(call), UNKNOWN)
        items = self._items.get(call.action, {})
        return [items[each] for each in ids] if all(each in items for each in ids) else UNKNOWN

    def image(self, inverse: Inverse, call: Outgoing) -> list[Any] | None:
        """What there was before a write, if it was looked for by a search."""
        for coming, found, told in self._sought:
            rest = {name: value for name, value in call.params.items() if name != coming.of}
            ids = call.params.get(coming.of)
            if coming.call == Outgoing(call.action, rest) and not set(ids or [0]) - set(found):
                return inverse.seen(call.params, found, told)
        return None

    @property
    def fresh(self) -> bool:
        """Whether it is young enough."""
        return time.monotonic() - self.when < FRESH


def ids_of_items(call: Outgoing) -> list[int] | None:
    """The ids of a read that can be asked together with others of its kind."""
    name = ALIGNED.get(call.action)
    ids = call.params.get(name) if name is not None and len(call.params) == 1 else None
    return ids if isinstance(ids, list) else None


def text_of(call: Outgoing) -> str:
    """A read as a text: the same for the same."""
    if [*map(type, call.params.values())] == [str]:  # a search, which may name thousands of ids
        [(name, value)] = call.params.items()
        return f"{call.action} {name} {value}"
    return json.dumps([call.action, call.params], sort_keys=True)
