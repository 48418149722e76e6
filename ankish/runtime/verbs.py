"""What row verbs and list verbs do with their items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cmp_to_key
from typing import Any

from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span
from ankish.plan.model import Verb
from ankish.runtime import files
from ankish.runtime.evaluate import as_text, comparable, evaluate, number, truth
from ankish.runtime.kinds_of import kind_of


def do_verb(step: Verb, slots: Mapping[int, Any]) -> Any:
    """The result of a verb. The items that flow in stay as they are."""
    source = evaluate(step.source, slots)
    if step.verb in _TEXTS:
        return _TEXTS[step.verb](source, evaluate(step.keys[0], slots), step.span)
    if source is None:
        source = []
    if not isinstance(source, list):
        if step.verb == "count" and isinstance(source, dict):
            return len(source)
        raise kinds.NOT_A_LIST.error(step.span, verb=step.verb, given=kind_of(source))
    return _VERBS[step.verb](step, source, slots)


Slots = Mapping[int, Any]


def _with(slots: Slots, step: Verb, item: Any) -> dict[int, Any]:
    return {**slots, step.item: item}


def _where(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    test = step.keys[0]
    inner = dict(slots)
    kept = []
    for item in items:
        inner[step.item] = item
        if truth(evaluate(test, inner, item), test.span):
            kept.append(item)
    return kept


def _derive(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    inner = dict(slots)
    made = []
    for item in items:
        row = dict(_as_row(item))
        for name, column in step.columns:
            inner[step.item] = row if isinstance(item, dict) else item
            row[name] = evaluate(column, inner, row)
        made.append(row)
    return made


def _changes(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """For `set`: the notes whose fields become others, as updateNoteFields wants them.

    AnkiConnect ignores a field that the note type does not have (recorded exchange 363), so
    a note that lacks one is an error before anything is sent.
    """
    inner = dict(slots)
    changed = []
    # Of cards as rows, several can be of one note; the first one speaks for it.
    notes = {row["noteId"]: row for row in reversed(items)}
    for row in reversed(notes.values()):
        inner[step.item] = row
        fields: dict[str, str] = {}
        for name, column in step.columns:
            if row[name] is None:
                raise kinds.NO_FIELD.error(column.span, note=row["noteId"], name=name)
            made = as_text(evaluate(column, inner, row), column.span)
            if made != row[name]:
                fields[name] = made
        if fields:
            changed.append({"id": row["noteId"], "fields": fields})
    return changed


def _as_row(item: Any) -> dict[str, Any]:
    """An item as a row: a plain value has one column."""
    return item if isinstance(item, dict) else {"value": item}


def _drafts(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """For `add`: rows as the note objects of addNote."""
    inner = dict(slots)
    drafts = []
    for row in items:
        inner[step.item] = row
        values = {name: evaluate(made, inner, row) for name, made in step.columns}
        spans = {name: made.span for name, made in step.columns}
        tags = values.pop("tags", None) or []
        deck, model = values.pop("deck"), values.pop("model")
        drafts.append(
            {
                "deckName": as_text(deck, spans["deck"]),
                "modelName": as_text(model, spans["model"]),
                "fields": {name: as_text(value, spans[name]) for name, value in values.items()},
                "tags": _tags(tags, spans.get("tags", step.span)),
            }
        )
    return drafts


def _tags(value: Any, span: Span) -> list[str]:
    """Tags as a list, or as one text with spaces between."""
    return (
        [as_text(tag, span) for tag in value]
        if isinstance(value, list)
        else as_text(value, span).split()
    )


def _verdicts(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows with what became of each."""
    said = evaluate(step.keys[0], slots)
    return [
        {**_as_row(row), "ok": each["ok"], "noteId": each["result"], "error": each["error"]}
        for row, each in zip(items, said, strict=True)
    ]


def _select(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    inner = dict(slots)
    made = []
    for item in items:
        inner[step.item] = item
        made.append({name: evaluate(column, inner, item) for name, column in step.columns})
    return made


def _group(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """One row for each combination, in the order of first appearance, with its count."""
    groups: dict[str, dict[str, Any]] = {}
    for row in _select(step, items, slots):
        group = groups.setdefault(_key(row), {**row, "count": 0})
        group["count"] += 1
    return list(groups.values())


def _sort(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    inner = dict(slots)
    decorated = []
    for item in items:
        inner[step.item] = item
        decorated.append((item, [evaluate(key, inner, item) for key in step.keys]))
    # Sorting by the last key first, with a stable sort, leaves the first key to decide.
    for index in reversed(range(len(step.keys))):
        span = step.keys[index].span

        def compare(left: Any, right: Any, index: int = index, span: Any = span) -> int:
            return _compare(left[1][index], right[1][index], span)

        decorated.sort(key=cmp_to_key(compare), reverse=step.descending[index])
    return [item for item, _ in decorated]


def _compare(left: Any, right: Any, span: Any) -> int:
    """Numbers by size, texts by their folded form, null before everything."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if isinstance(left, bool) and isinstance(right, bool):
        return int(left) - int(right)
    if not comparable(left, right):
        raise kinds.UNORDERED.error(span, left=kind_of(left), right=kind_of(right))
    if isinstance(left, str):
        left, right = (left.casefold(), left), (right.casefold(), right)
    return int(left > right) - int(left < right)


def _size(step: Verb, slots: Slots) -> int:
    if not step.keys:
        return 1
    return max(int(number(evaluate(step.keys[0], slots), step.keys[0].span)), 0)


def _first(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    return items[: _size(step, slots)]


def _last(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    size = _size(step, slots)
    return items[-size:] if size else []


def _skip(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    return items[_size(step, slots) :]


def _reverse(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    return items[::-1]


def _uniq(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    seen: dict[str, Any] = {}
    for item in items:
        seen.setdefault(_key(item), item)
    return list(seen.values())


def _key(value: Any) -> str:
    """A text that is equal for equal values; true and 1 differ, as they do in JSON."""
    import json

    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _values(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """What an aggregate is made of; rows that have nothing there don't count."""
    inner = dict(slots)
    values = []
    for item in items:
        inner[step.item] = item
        value = evaluate(step.keys[0], inner, item)
        if value is not None:
            values.append(value)
    return values


def _sum(step: Verb, items: list[Any], slots: Slots) -> Any:
    span = step.keys[0].span
    return sum(number(value, span) for value in _values(step, items, slots))


def _avg(step: Verb, items: list[Any], slots: Slots) -> Any:
    span = step.keys[0].span
    values = [number(value, span) for value in _values(step, items, slots)]
    return sum(values) / len(values) if values else None


def _extreme(sign: int) -> Callable[[Verb, list[Any], Slots], Any]:
    def extreme(step: Verb, items: list[Any], slots: Slots) -> Any:
        best = None
        for value in _values(step, items, slots):
            if best is None or sign * _compare(value, best, step.keys[0].span) > 0:
                best = value
        return best

    return extreme


def _flatten(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    return [each for item in items for each in (item if isinstance(item, list) else [item])]


def _enumerate(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    return [{"index": index, **_as_row(item)} for index, item in enumerate(items)]


def _chunk(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    size = max(int(number(evaluate(step.keys[0], slots), step.keys[0].span)), 1)
    return [items[start : start + size] for start in range(0, len(items), size)]


def _count(step: Verb, items: list[Any], slots: Slots) -> int:
    return len(items)


_VERBS: dict[str, Callable[[Verb, list[Any], Slots], Any]] = {
    "where": _where,
    "derive": _derive,
    "changes": _changes,
    "drafts": _drafts,
    "verdicts": _verdicts,
    "select": _select,
    "group": _group,
    "sort": _sort,
    "first": _first,
    "last": _last,
    "skip": _skip,
    "reverse": _reverse,
    "uniq": _uniq,
    "count": _count,
    "chunk": _chunk,
    "enumerate": _enumerate,
    "sum": _sum,
    "avg": _avg,
    "min": _extreme(-1),
    "max": _extreme(1),
    "flatten": _flatten,
}

_TEXTS: dict[str, Callable[[Any, Any, Span], Any]] = {
    "open": files.read,
    "from": lambda text, name, span: files.parsed(str(text), name, "the text", span),
    "to": files.rendered,
    "lines": lambda text, nothing, span: str(text).splitlines(),
}
