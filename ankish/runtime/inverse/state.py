"""Taking back in the embedded engine: states are read, and put back as they were.

`getState` gives all there is of what an action changes, and `putState` puts it back under the
same ids, so that nothing is left over of any action that is looked at in this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ankish.data import replace
from ankish.runtime.inverse.calls import call, judged
from ankish.runtime.inverse.model import DONE, UNSURE, Answers, Call, Inverse, Verdict

State = dict[str, dict[str, Any]]
Params = dict[str, Any]

BY_ID = {"notes": "noteIds", "cards": "cards", "decks": "deckIds", "models": "modelIds"}
"""Which list of `getState` asks for the records of a table by their ids."""

VALUES = frozenset({"logs", "contents", "foreseen"})
"""Tables that tell something about what exists, so that nothing of them can go."""
BY_NAME = frozenset({"tags", "media"})
"""Tables whose records have names, and no ids."""


class StateInverse(Inverse):
    """Takes an action back with `getState` and `putState`.

    * **what** - what it changes, as `getState` takes it, from the parameters, and from the
      answers to `reads` if there are some.
    * **reads** - what has to be asked to know what it changes.
    * **makes** - the tables in which a record that was not there before was made by it.
    * **moves** - what it changes can't be found any more as before, so it is asked for by id.
    * **asked** - what it is for: table, noun and ids.
    * **keeps** - no note that it is for, and no card, can be gone because of it: if one is, that
      was somebody else, or a sync, between the look and the write.
    * **holds** - whether it is so after it, from the parameters, an id, and the records of that
      table after and before; **deletes** - it is so if the record is no more.
    """

    keeps = False

    def __init__(
        self,
        what: Callable[..., dict[str, Any]],
        *,
        reads: Callable[[Params], list[Call]] | None = None,
        makes: Iterable[str] = (),
        moves: bool = False,
        asked: Callable[[Params], tuple[str, str, list[Any]]] | None = None,
        holds: Callable[[Params, Any, Any, Any], bool] | None = None,
        deletes: bool = False,
        repeatable: bool = False,
    ) -> None:
        self.what = what
        self.reads = reads
        self.makes = frozenset(makes)
        self.moves = moves
        self.asked = asked
        self.holds = holds
        self.deletes = deletes
        # Without a look at each item only an unchanged state is in doubt: then it can be sent.
        self.repeatable = repeatable or (holds is None and not deletes)
        self.keeps = self.keeps or (holds is not None and not deletes)

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return self.reads(params) if self.reads is not None else [self._state(self.what(params))]

    def more(self, params: Params, answers: Answers) -> list[Call]:
        """See `Inverse`."""
        if self.reads is None or None in answers:
            return []
        return [self._state(self.what(params, *answers))]

    def again(self, params: Params, before: Answers) -> list[Call]:
        """See `Inverse`."""
        calls = super().again(params, before)
        if not self.moves or not before or before[-1] is None:
            return calls
        wanted = dict(calls[-1].params["what"])
        for table, selector in BY_ID.items():
            ids = [int(each) for each in before[-1].get(table, ())]
            wanted[selector] = list(dict.fromkeys([*wanted.get(selector, ()), *ids]))
        return [*calls[:-1], self._state(wanted)]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        target: State = before[-1] or {} if before else {}
        now: State = after[-1] or {} if after else {}
        if self.keeps:
            target = _without_lost(target, now)
        put = {table: _differing(rows, now.get(table, {})) for table, rows in target.items()}
        spare_what_is_used(put.get("models", {}), target, now)
        gone = {
            table: [
                each if table in BY_NAME else int(each)
                for each in now.get(table, {})
                if each not in target.get(table, {})
            ]
            for table in self.makes - VALUES
        }
        seen = {
            table: _seen(now.get(table, {}), [*put.get(table, ()), *map(str, gone.get(table, ()))])
            for table in {*put, *gone}
        }
        return put_back(put, gone, seen)

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        were: State | None = before[-1] if before else None
        are: State | None = after[-1] if after else None
        if were is None or are is None:
            return super().verdict(params, before, after, result)
        # What has changed nothing may have had nothing to do, or may not have been done.
        told = result is not None or were != are
        if self.asked is None:
            return Verdict(DONE if told else UNSURE)
        table, noun, ids = self.asked(params)
        rows, now, test = were.get(table, {}), are.get(table, {}), self.holds

        def holds(item: Any) -> bool:
            key = str(item)
            if self.deletes:
                return key not in now
            return test is None or (key in now and test(params, item, now[key], rows[key]))

        found = judged(noun, ids, lambda item: str(item) in rows, holds)
        known = told or self.deletes or test is not None
        return found if known else replace(found, state=UNSURE)

    @staticmethod
    def _state(what: dict[str, Any]) -> Call:
        return call("getState", what=what)


class Foreseen(StateInverse):
    """Of an action of which only a copy of the collection can tell what it changes.

    The engine finds that out before it, and what it has told then is looked at afterwards.
    """

    def again(self, params: Params, before: Answers) -> list[Call]:
        """See `Inverse`."""
        wanted = dict(self.what(params))
        wanted.pop("changedBy")
        if before and before[-1]:
            wanted["foreseen"] = [before[-1].get("foreseen", {})]
        return [self._state(wanted)]


def _without_lost(target: State, now: State) -> State:
    """A target without notes that are gone, and without cards that are, but for those of notes
    that are there: the note may have got another type.
    """
    notes, cards = now.get("notes", {}), now.get("cards", {})
    kept = {
        "notes": {each: row for each, row in target.get("notes", {}).items() if each in notes},
        "cards": {
            each: row
            for each, row in target.get("cards", {}).items()
            if each in cards or str(row["nid"]) in notes
        },
    }
    return {table: kept.get(table, rows) for table, rows in target.items()}


def put_back(put: State, gone: dict[str, list[Any]], seen: State | None = None) -> list[Call]:
    """The call that puts rows back and takes others away; none if there is nothing to do.

    It is refused if they are not as `seen` any more: the engine may be there for others too.
    """
    state = {table: rows for table, rows in put.items() if rows}
    going = {table: ids for table, ids in gone.items() if ids}
    if not state and not going:
        return []
    now = {table: rows for table, rows in (seen or {}).items() if rows}
    return [call("putState", state=state, gone=going, now=now)]


def _seen(now: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Records as they are, of those that were found, and with more than that they are there."""
    return {each: now[each] for each in keys if now.get(each) is not None}


def _differing(rows: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {each: row for each, row in rows.items() if each not in now or now[each] != row}


def spare_what_is_used(models: dict[str, Any], target: State, now: State) -> None:
    """Leave out note types that would lose a field or template which somebody uses meanwhile.

    Cards and contents that are to stay are in the target. Those that the write itself has made
    are not, since they were not there before it.
    """
    for number, model in list(models.items()):
        current = now.get("models", {}).get(number, {})
        lost_fields = _lost(current, model, "flds")
        lost_templates = {each["ord"] for each in _lost(current, model, "tmpls")}
        filled = any(
            target.get("contents", {}).get(f"{number}/{field['name']}") for field in lost_fields
        )
        cards = now.get("cards", {})
        kept = (cards[each] for each in target.get("cards", {}) if each in cards)
        if filled or any(card["ord"] in lost_templates for card in kept):
            del models[number]


def _lost(current: dict[str, Any], model: dict[str, Any], key: str) -> list[dict[str, Any]]:
    ids = {_identity(each) for each in model[key]}
    return [each for each in current.get(key, ()) if _identity(each) not in ids]


def _identity(item: dict[str, Any]) -> Any:
    return item["name"] if item.get("id") is None else item["id"]
