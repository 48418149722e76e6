"""What row verbs and list verbs do with their items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cmp_to_key
from typing import Any

from ankish.catalog.columns import FIELDS
from ankish.catalog.kinds_of import kind_of
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import Span
from ankish.plan.model import Verb
from ankish.runtime import tables, upsert
from ankish.runtime.evaluate import evaluate, number, truth
from ankish.runtime.ids import as_ids
from ankish.runtime.order import compare, extreme
from ankish.runtime.sizes import room
from ankish.runtime.tables import exact
from ankish.runtime.texts import as_text


def do_verb(step: Verb, slots: Mapping[int, Any]) -> Any:
    """The result of a verb. The items that flow in stay as they are."""
    source = evaluate(step.source, slots)
    if step.verb in _TEXTS:
        return _TEXTS[step.verb](source, step.span, *(evaluate(key, slots) for key in step.keys))
    if source is None:
        source = []
    if not isinstance(source, list):
        if step.verb == "count" and isinstance(source, dict):
            return len(source)
        values = "| values makes a list of what is in it" if isinstance(source, dict) else None
        given = kind_of(source)
        raise kinds.NOT_A_LIST.error(step.span, verb=step.verb, given=given, values=values)
    return _VERBS[step.verb](step, source, slots)


Slots = Mapping[int, Any]


def _with(slots: Slots, step: Verb, item: Any) -> dict[int, Any]:
    return {**slots, step.item: item}


def _where(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    test = step.keys[0]
    inner = dict(slots)
    kept = []
    for item, row in tables.whole(items):
        inner[step.item] = item
        if truth(evaluate(test, inner, row), test.span):
            kept.append(item)
    return kept


def _derive(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    inner = dict(slots)
    made = []
    for item, whole in tables.whole(items):
        row = dict(_as_row(whole))
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
            stored = row[FIELDS + name] if FIELDS + name in row else row[name]
            if stored is None:
                raise kinds.NO_FIELD.error(column.span, note=row["noteId"], name=name)
            made = as_text(evaluate(column, inner, row), column.span)
            if made != stored:
                fields[name] = made
        if fields:
            changed.append({"id": row["noteId"], "fields": fields})
    return changed


def _as_row(item: Any) -> dict[str, Any]:
    """An item as a row: a plain value has one column."""
    return item if isinstance(item, dict) else {"value": item}


def _drafts(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """For `add` and `upsert`: rows as the note objects of addNote.

    A field whose value is null is left out: an added note has nothing in it, and a note that
    is changed keeps what it has.
    """
    inner = dict(slots)
    drafts = []
    for item, row in tables.whole(items):
        inner[step.item] = item
        values = {name: evaluate(made, inner, row) for name, made in step.columns}
        spans = {name: made.span for name, made in step.columns}
        tags = values.pop("tags", None) or []
        named = {part: as_text(values.pop(part, None), step.span) for part in ("deck", "model")}
        draft: dict[str, Any] = {"deckName": named["deck"], "modelName": named["model"]}
        if "noteId" in values:
            draft["noteId"] = _note_id(values.pop("noteId"), spans["noteId"])
        fields = {n: as_text(value, spans[n]) for n, value in values.items() if value is not None}
        tagged = _tags(tags, spans.get("tags", step.span))
        drafts.append({**draft, "fields": fields, "tags": tagged})
    return drafts


def _note_id(value: Any, span: Span) -> int | None:
    """An id, as a number or as a text of csv; nothing is no id."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return as_ids(value, span)[0]


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


def _keys(step: Verb, slots: Slots) -> list[Any]:
    return [evaluate(key, slots) for key in step.keys]


def _upserted(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """Rows with what became of each."""
    said = upsert.verdicts(*_keys(step, slots))
    return [{**_as_row(row), **each} for row, each in zip(items, said, strict=True)]


def _select(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    inner = dict(slots)
    made = []
    for item, row in tables.whole(items):
        inner[step.item] = item
        made.append({name: evaluate(column, inner, row) for name, column in step.columns})
    return made


def _group(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """One row for each combination, in the order of first appearance, with its count."""
    groups: dict[str, dict[str, Any]] = {}
    for row in _select(step, items, slots):
        group = groups.setdefault(exact(row), {**row, "count": 0})
        group["count"] += 1
    return list(groups.values())


def _sort(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    inner = dict(slots)
    decorated = []
    for item, row in tables.whole(items):
        inner[step.item] = item
        decorated.append((item, [evaluate(key, inner, row) for key in step.keys]))
    # Sorting by the last key first, with a stable sort, leaves the first key to decide.
    for index in reversed(range(len(step.keys))):
        span = step.keys[index].span

        def by_key(left: Any, right: Any, index: int = index, span: Any = span) -> int:
            return compare(left[1][index], right[1][index], span)

        decorated.sort(key=cmp_to_key(by_key), reverse=step.descending[index])
    return [item for item, _ in decorated]


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
        seen.setdefault(exact(item), item)
    return list(seen.values())


def _values(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    """What an aggregate is made of; rows that have nothing there don't count."""
    values = tables.of_rows(step, step.keys[0], items, slots)
    return [value for value in values if value is not None]


def _sum(step: Verb, items: list[Any], slots: Slots) -> Any:
    span = step.keys[0].span
    return sum(number(value, span) for value in _values(step, items, slots))


def _avg(step: Verb, items: list[Any], slots: Slots) -> Any:
    span = step.keys[0].span
    values = [number(value, span) for value in _values(step, items, slots)]
    return sum(values) / len(values) if values else None


def _extreme(sign: int) -> Callable[[Verb, list[Any], Slots], Any]:
    return lambda step, items, slots: extreme(_values(step, items, slots), sign, step.keys[0].span)


def _flatten(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    size = sum(len(item) if isinstance(item, list) else 1 for item in items)
    room(step.span, size, "list")
    return [each for item in items for each in (item if isinstance(item, list) else [item])]


def _held(record: Any, span: Span) -> list[Any]:
    if not isinstance(record, dict):
        raise kinds.NO_RECORD.error(span, given=kind_of(record))
    return list(record.values())


def _enumerate(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    return [{"index": index, **_as_row(item)} for index, item in enumerate(items)]


def _chunk(step: Verb, items: list[Any], slots: Slots) -> list[Any]:
    size = int(number(evaluate(step.keys[0], slots), step.keys[0].span))
    if size < 1:
        span = step.keys[0].span
        raise kinds.RANGE.error(span, name="size", given=size, limits="1 or more", command="chunk")
    return [items[start : start + size] for start in range(0, len(items), size)]


def _count(step: Verb, items: list[Any], slots: Slots) -> int:
    return len(items)


_VERBS: dict[str, Callable[[Verb, list[Any], Slots], Any]] = {
    "where": _where,
    "derive": _derive,
    "changes": _changes,
    "drafts": _drafts,
    "verdicts": _verdicts,
    "named-notes": lambda step, items, slots: upsert.named_notes(items),
    "decks": lambda step, items, slots: upsert.decks(items),
    "models": lambda step, items, slots: upsert.models(items),
    "decide": lambda step, items, slots: upsert.decide(items, *_keys(step, slots)),
    "to-add": lambda step, items, slots: upsert.to_add(items),
    "to-change": lambda step, items, slots: upsert.to_change(items),
    "to-tag": lambda step, items, slots: upsert.to_tag(items),
    "upserted": _upserted,
    **tables.VERBS,
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

# What reads and writes files is imported when it is wanted: 4 ms.


def _open(path: Any, span: Span, said: str | None = None, *how: Any) -> Any:
    from ankish.runtime import files

    return files.read(path, said, span, *how)


def _glob(pattern: Any, span: Span) -> list[Any]:
    from ankish.runtime import folder

    return folder.find(as_text(pattern, span), span)


def _from(
    text: Any, span: Span, name: str, separator: str | None = None, noheaders: bool = False
) -> Any:
    from ankish.runtime import formats

    return formats.parsed(str(text), name, "the text", span, separator, not noheaders)


def _to(value: Any, span: Span, name: str) -> str:
    from ankish.runtime import formats

    return formats.rendered(value, name, span)


_TEXTS: dict[str, Callable[..., Any]] = {
    "open": _open,
    "glob": _glob,
    "from": _from,
    "to": _to,
    "lines": lambda text, span: str(text).splitlines(),
    "values": _held,
}
