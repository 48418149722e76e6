"""What `rows table chart join uniq reject rename` make of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ankish.catalog.columns import FIELDS
from ankish.catalog.kinds_of import kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span
from ankish.plan.model import Verb
from ankish.runtime.evaluate import evaluate, number
from ankish.runtime.markup import key_text
from ankish.runtime.texts import as_text

Row = dict[str, Any]
Slots = Mapping[int, Any]


def whole(items: list[Any]) -> Iterable[tuple[Any, Any]]:
    """Items, each with what its columns are looked up in.

    A column that only some rows of a table have is null in the others.
    """
    first = items[0].keys() if items and isinstance(items[0], dict) else None
    if all(isinstance(item, dict) and item.keys() == first for item in items):
        return zip(items, items, strict=True)
    nothing = dict.fromkeys(name for item in items if isinstance(item, dict) for name in item)
    return [(item, {**nothing, **item} if isinstance(item, dict) else item) for item in items]


def of_rows(step: Verb, node: Any, items: list[Any], slots: Slots) -> list[Any]:
    """The value of an expression for each row."""
    inner = dict(slots)
    values = []
    for item, row in whole(items):
        inner[step.item] = item
        values.append(evaluate(node, inner, row))
    return values


def rows(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows whose fields are columns; one that is called like a column is `fields.NAME`."""
    names: dict[str, None] = {}
    for item in items:
        names |= dict.fromkeys(_fields(item))
    return [_flat(item, names) if isinstance(item.get("fields"), dict) else item for item in items]


def _fields(item: Any) -> Mapping[str, Any]:
    fields = item.get("fields") if isinstance(item, dict) else None
    return fields if isinstance(fields, dict) else {}


def _flat(item: Row, names: Mapping[str, None]) -> Row:
    """A row with every field that any row has; null where this note type lacks it."""
    fields = item["fields"]
    own = {name: value for name, value in item.items() if name != "fields"}
    ids: Row = {
        name: own.pop(name) for name in ("cardId", "noteId", "deck", "model") if name in own
    }
    taken = {*ids, *own}
    made = {FIELDS + name if name in taken else name: fields.get(name) for name in names}
    return {**ids, **made, **own}


def table(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows, or some of their columns."""
    if not step.columns:
        return items
    columns = {name: of_rows(step, node, items, slots) for name, node in step.columns}
    return [{name: values[at] for name, values in columns.items()} for at in range(len(items))]


def chart(step: Verb, items: list[Any], slots: Slots) -> Row:
    """The kind of chart and its points: label and number. Rows without a number are left out."""
    node, label, kind, bins = step.keys
    values = of_rows(step, node, items, slots)
    labels = of_rows(step, label, items, slots)
    points = [
        {"label": as_text(name, label.span) if name is not None else str(at + 1),
         "value": number(value, node.span)}
        for at, (name, value) in enumerate(zip(labels, values, strict=True))
        if value is not None
    ]  # fmt: skip
    how_many = max(int(number(evaluate(bins, slots), bins.span)), 1)
    return {"chart": evaluate(kind, slots), "bins": how_many, "points": points}


def uniq_by(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """The first row for each value."""
    seen: dict[Any, Any] = {}
    for item, value in zip(items, of_rows(step, step.keys[0], items, slots), strict=True):
        seen.setdefault(exact(value), item)
    return list(seen.values())


def exact(value: Any) -> str:
    """A text that is equal for equal values; true and 1 differ, as they do in JSON."""
    import json

    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def reject(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows without some columns."""
    gone = evaluate(step.keys[0], slots)
    return [
        {name: value for name, value in _with(item, gone, step.span).items() if name not in gone}
        for item in items
    ]


def rename(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows with a column called otherwise."""
    old, new = (evaluate(key, slots) for key in step.keys)
    return [
        {
            new if name == old else name: value
            for name, value in row.items()
            if name != new or old == new
        }
        for row in (_with(item, [old], step.span) for item in items)
    ]


def _with(item: Any, names: list[str], span: Span) -> Row:
    """A row, which has to have these columns."""
    if not isinstance(item, dict):
        raise kinds.NO_COLUMNS.error(span, name=names[0], given=kind_of(item))
    for name in names:
        if name not in item:
            raise kinds.NO_COLUMN.error(span, name=name)
    return item


def join(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows beside those of another table with the same key.

    Texts are compared without HTML, as `upsert` does, and numbers as texts, since what comes
    from csv is text. Null is the same as nothing.
    """
    other, on, name, left, taken = step.keys
    right = evaluate(other, slots)
    if not isinstance(right, list):
        raise kinds.NOT_A_LIST.error(other.span, verb="join", given=kind_of(right))
    key, keep = evaluate(name, slots), evaluate(left, slots)
    found: dict[str, list[Row]] = defaultdict(list)
    columns: dict[str, None] = {}
    for each in right:
        row = _with(each, [key], other.span)
        columns |= dict.fromkeys(column for column in row if column != key)
        if (value := _key(row[key], other.span)) is not None:
            found[value].append(row)
    hidden = set(evaluate(taken, slots)).union(*(item for item in items if isinstance(item, dict)))
    names = {column: f"{column}_" if column in hidden else column for column in columns}
    made = []
    for item, value in zip(items, of_rows(step, on, items, slots), strict=True):
        wanted = _key(value, on.span)
        matches = found.get(wanted, []) if wanted is not None else []
        for match in matches or ([{}] if keep else []):
            made.append({**item, **{to: match.get(column) for column, to in names.items()}})
    return made


def _key(value: Any, span: Span) -> str | None:
    return None if value is None else key_text(as_text(value, span))


VERBS: dict[str, Callable[[Verb, list[Any], Slots], Any]] = {
    "rows": rows,
    "table": table,
    "chart": chart,
    "uniq-by": uniq_by,
    "reject": reject,
    "rename": rename,
    "join": join,
}
