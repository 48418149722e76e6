"""A dry run as text: what would be different, a sample of it, and what can't be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from ankish.diagnostics.text import counted, one_line
from ankish.runtime.journal.merge import ABSENT, Change
from ankish.runtime.rehearsal import words
from ankish.runtime.rehearsal.planned import Planned, Rehearsed

SAMPLE = 5
"""How many values of each action are shown."""
CONTEXT = 30
"""How many characters around a change of a long text are shown."""

RED, GREEN, PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def shown(rehearsed: Rehearsed, everything: bool = False, colour: bool = False) -> str:
    """The text; with `everything`, each value and no sample."""
    lines: list[str] = []
    for writes in _grouped(rehearsed.writes):
        lines += _action(writes, None if everything else SAMPLE, colour, rehearsed.known)
    for path in rehearsed.files:
        over = " over" if path in rehearsed.replaced else ""
        lines.append(f"would write{over} the file {one_line(path)}")
    lines += [f"would remove the file {one_line(path)}" for path in rehearsed.removed]
    if not lines:
        lines.append("nothing would be written")
    lasting = dict.fromkeys((w.action, w.why) for w in rehearsed.writes if w.undo is None)
    lines += [
        f"can't be taken back: {name} ({why or 'nothing undoes it'})" for name, why in lasting
    ]
    if rehearsed.removed:
        lines.append("can't be taken back: rm (`undo` brings no file back)")
    how = "on a copy of the collection" if rehearsed.exact else "by reading alone"
    lines.append(f"{counted(rehearsed.requests, 'request')}; found out {how}, nothing was changed")
    return "\n".join(lines)


def _grouped(writes: Iterable[Planned]) -> list[list[Planned]]:
    groups: dict[tuple[str, tuple[int, int]], list[Planned]] = {}
    for write in writes:
        groups.setdefault((write.action, write.place), []).append(write)
    return list(groups.values())


def _action(
    writes: Sequence[Planned], most: int | None, colour: bool, known_as: words.Known
) -> Iterator[str]:
    items = sum(write.items for write in writes)
    changes = words.telling([change for write in writes for change in write.changes or ()])
    known = all(write.changes is not None for write in writes)
    first = writes[0]
    if not known:
        yield f"{first.action}: {counted(items, 'item')}"
        for write in writes[:most]:
            yield f"  with {_given(write.params)[:200]}"
    else:
        touched = _touched(changes)
        yield f"{first.action}: {counted(items, 'item')}, of which {touched} would change"
        for change in changes[:most]:
            yield f"  {_change(first.action, change, colour, known_as)}"
    rest = len(changes if known else writes) - (most or 0)
    if most is not None and rest > 0:
        yield f"  … and {rest} more; --all shows them"


def _touched(changes: Iterable[Change]) -> int:
    """How many cards or notes would change; where there are none, how many things."""
    things = {change.path[0] for change in changes if change.path}
    return len({each for each in things if str(each).isdecimal()} or things)


def _given(params: dict[str, Any]) -> str:
    """Parameters as they are written in a program."""
    return ", ".join(
        f"{name}={one_line(json.dumps(each, ensure_ascii=False))}" for name, each in params.items()
    )


def _change(action: str, change: Change, colour: bool, known: words.Known) -> str:
    item, keys = words.place(change.path, known)
    what = ".".join(str(key) for key in keys if key != "value")
    place = one_line(f"{item} {what}".strip())
    before, after = change.before, change.after
    if len(change.path) == 1 and (leaf := words.LEAVES.get(action)) is not None:
        return f"{item}: {leaf(before)} → {leaf(after)}"
    if words.is_card(before) and words.is_card(after):
        said = words.differing(before, after, known) or ", ".join(_differing(before, after))
        return f"{one_line(item)}: {said}"
    if isinstance(before, dict) and isinstance(after, dict):
        return f"{one_line(item)}: {', '.join(_differing(before, after))}"
    if isinstance(before, str) and isinstance(after, str):
        return f"{place}: {difference(before, after, colour)}"
    if before is ABSENT or after is ABSENT:
        sign, value = ("-", before) if after is ABSENT else ("+", after)
        shade = (RED if sign == "-" else GREEN) if colour else ""
        end = PLAIN if colour else ""
        thing = words.thing(item, keys, value, known)
        gone = "" if keys and str(keys[-1]) == str(value) else f" {_value(value)}"
        return f"{shade}{sign} {thing or place + gone}{end}"
    if keys[-1:] == ["flags"]:
        return f"{item} flag: {words.flag(before)} → {words.flag(after)}"
    return f"{place}: {_value(before)} → {_value(after)}"


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Of two records, what is not the same."""
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield f"{one_line(key)} {_value(before.get(key))} → {_value(after.get(key))}"


def _value(value: Any) -> str:
    return one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def difference(before: str, after: str, colour: bool) -> str:
    """Two texts as one, with what goes and what comes: in colour, else as [-…-] and {+…+}."""
    before, after = one_line(before), one_line(after)
    minus, plus = (f"{RED}%s{PLAIN}", f"{GREEN}%s{PLAIN}") if colour else ("[-%s-]", "{+%s+}")
    made = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            same = before[a:b]
            made.append(same if len(same) <= 2 * CONTEXT else _middle_out(same))
            continue
        made += [minus % before[a:b]] if b > a else []
        made += [plus % after[c:d]] if d > c else []
    return "".join(made)


def _middle_out(text: str) -> str:
    return f"{text[:CONTEXT]} … {text[-CONTEXT:]}"
