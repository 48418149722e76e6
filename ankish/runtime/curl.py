"""A plan as a shell script: its requests, sent with curl, and what one needs of another by jq.

Only what Anki does can be said so. What ankish computes between two requests is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn

from ankish.analysis import core
from ankish.analysis.convert import ID_COLUMNS
from ankish.diagnostics.kinds import plan as kinds
from ankish.diagnostics.model import Span
from ankish.diagnostics.text import safe_json
from ankish.plan import model as m
from ankish.runtime.accept import accepted
from ankish.runtime.asking import params_of
from ankish.runtime.evaluate import evaluate

HEAD = r"""#!/bin/sh
# Made by `explain --curl` of ankish. It needs curl and jq, and Anki with AnkiConnect.
# Lists of ids go whole, where ankish sends large ones in parts. What it writes is in no journal.
# $ANKISH_URL says where AnkiConnect listens, $ANKISH_KEY holds its key if it wants one.
set -eu
url=${ANKISH_URL:-http://127.0.0.1:8765}
request='def keyed: if (env.ANKISH_KEY // "") == "" then . else .key = env.ANKISH_KEY end;
{action: $action, version: 6, params: .} | keyed
| if $action == "multi" then .params.actions |= map(keyed) else . end'
result='def result: if .error == null then .result else error(.error) end;
result | if $action == "multi" then map(result) else . end'
some='def some: select(.cards != [] and .notes != []);
if has("actions") then .actions |= map(select(.params | some)) else some end'

# ask ACTION PARAMS [VALUE]...: the result of an action. In PARAMS, .[0] is the first value.
ask() {
    action=$1 filter=$2
    shift 2
    params=$(printf '%s\n' "$@" | jq -cs "$filter") || exit 1
    [ -n "$params" ] || return 0
    body=$(printf '%s\n' "$params" | jq -c --arg action "$action" "$request") || exit 1
    answer=$(printf '%s\n' "$body" | curl -fsS -H 'Expect:' --data-binary @- "$url") || exit 1
    printf '%s\n' "$answer" | jq -c --arg action "$action" "$result" || exit 1
}

# change ACTION PARAMS [VALUE]...: the same, less what is about no cards and no notes at all.
change() {
    action=$1 filter=$2
    shift 2
    ask "$action" "$filter | $some" "$@"
}

# pick FILTER VALUE: a part of a result.
pick() {
    printf '%s\n' "$2" | jq -c "$1" || exit 1
}

# show VALUE: print it.
show() {
    printf '%s\n' "$1" | jq -r . || exit 1
}
"""
"""What every script begins with.

Values go through pipes, never as arguments of a program: a system takes 128 KiB in one at most.
"""

PICKED: dict[str, Callable[[int], str]] = {
    "first": lambda size: f".[:{size}]",
    "skip": lambda size: f".[{size}:]",
    "count": lambda size: "length",
}
"""The verbs that are as simple in jq."""


def curl_script(plan: m.Plan) -> str:
    """The script that does what a plan does, without a line end.

    Raises `AnkishError` with the first stage that is not Anki's to do.
    """
    return HEAD + "\n" + "\n".join(_Writer(plan.steps).lines())


class _Writer:
    """Writes the lines of a plan; knows what became of its slots."""

    def __init__(self, steps: tuple[m.Step, ...]) -> None:
        self.steps = steps
        self.used = set[int]().union(*map(_needs, m.every(steps)))
        self.known: dict[int, Any] = {}
        """The values that are known already."""
        self.names: dict[int, str] = {}
        """The shell's variables that hold the others, as JSON; of rows their ids."""
        self.rows: dict[int, str] = {}
        """What is rows, and of what."""

    def lines(self) -> Iterator[str]:
        """A line for each request, and those for what is taken out of its result."""
        for step in self.steps:
            if isinstance(step, m.Exchange):
                yield from self._exchange(step)
            elif isinstance(step, m.Verb):
                yield self._verb(step)
            elif isinstance(step, m.Show):
                yield from self._show(step)
            elif isinstance(step, m.Assemble) and isinstance(step.ids, m.Ref):
                self.names[step.slot] = self._name(step.ids.slot, step.span)
                self.rows[step.slot] = step.entity
            elif isinstance(step, m.Make) and self._is_known(step.value):
                self.known[step.slot] = evaluate(step.value, self.known)
            else:
                refuse(step.span)

    def _exchange(self, step: m.Exchange) -> Iterator[str]:
        asks, needs = step.asks, list[str]()
        wanted = [ask for ask in asks if ask.slot in self.used]
        sparing = any(ask.command is not None and ask.command.hands_on for ask in asks)
        if sparing and wanted and asks[1:]:
            refuse(asks[0].span)  # what is left out would have no place in the results
        params = [self._params(ask, needs) for ask in asks]
        action, given = asks[0].action, params[0]
        if asks[1:]:
            parts = (
                f'{{"action": {safe_json(ask.action)}, "version": 6, "params": {part}}}'
                for ask, part in zip(asks, params, strict=True)
            )
            action, given = "multi", f'{{"actions": [{", ".join(parts)}]}}'
        values = "".join(f' "${name}"' for name in needs)
        call = f"{'change' if sparing else 'ask'} {quoted(action)} {quoted(given)}{values}"
        if not wanted:
            yield f"{call} > /dev/null"
            return
        whole = "all" if asks[1:] else f"r{asks[0].slot}"
        yield f"{whole}=$({call})"
        for at, ask in enumerate(asks):
            if ask.slot not in self.used:
                continue
            name = self.names[ask.slot] = f"r{ask.slot}"
            taken = [f".[{at}]"] * bool(asks[1:]) + ["sort"] * ask.ordered
            if taken:
                yield f'{name}=$(pick {quoted(" | ".join(taken))} "${whole}")'

    def _params(self, ask: m.Ask, needs: list[str]) -> str:
        """The parameters of an action as JSON, with jq's words for what is not known yet."""
        secret = ask.command is not None and any(
            param.secret and param.name in ask.params for param in ask.command.params
        )
        computed = not all(map(self._is_known, ask.decks))
        if secret:
            refuse(ask.span, "what is secret is not written into a script")
        if computed or ask.tolerant:
            refuse(ask.span)
        if all(map(self._is_known, ask.params.values())):
            return safe_json(params_of(ask, self.known))
        parts = []
        for name, written in ask.params.items():
            param = ask.command.param(name) if ask.command is not None else None
            if self._is_known(written) and param is not None:
                value = accepted(evaluate(written, self.known), param, ask.action, written)
                parts.append(f"{safe_json(name)}: {safe_json(value)}")
            else:
                parts.append(f"{safe_json(name)}: {self._filter(written, needs, ask.span)}")
        return "{" + ", ".join(parts) + "}"

    def _filter(self, node: Any, needs: list[str], span: Span) -> str:
        """An expression in jq's language; the variables in it are added to `needs`."""
        if self._is_known(node):
            return safe_json(evaluate(node, self.known))
        if isinstance(node, core.ListOf):
            return "[" + ", ".join(self._filter(item, needs, span) for item in node.items) + "]"
        if isinstance(node, core.RecordOf):
            pairs = (f"{safe_json(k)}: {self._filter(v, needs, span)}" for k, v in node.items)
            return "{" + ", ".join(pairs) + "}"
        if isinstance(node, core.Convert) and len(node.how) == 1:
            entity = self.rows.get(node.value.slot) if isinstance(node.value, m.Ref) else None
            if entity is not None and ID_COLUMNS.get(node.how[0]) == f"{entity}Id":
                return _index(needs, self._name(node.value.slot, span))
        if not isinstance(node, m.Ref) or node.slot in self.rows:
            refuse(span)
        return _index(needs, self._name(node.slot, span))

    def _verb(self, step: m.Verb) -> str:
        size = [evaluate(key, self.known) for key in step.keys if self._is_known(key)]
        simple = step.verb in PICKED and isinstance(step.source, m.Ref)
        if not simple or len(size) != len(step.keys) or size[1:]:
            refuse(step.span)
        source = self._name(step.source.slot, step.span)
        name = self.names[step.slot] = f"r{step.slot}"
        if step.verb != "count" and step.source.slot in self.rows:
            self.rows[step.slot] = self.rows[step.source.slot]
        many = max(int(size[0]), 0) if size else 1
        return f'{name}=$(pick {quoted(PICKED[step.verb](many))} "${source}")'

    def _show(self, step: m.Show) -> Iterator[str]:
        value = step.value
        if step.form == "report" or value is None:
            return
        if step.form not in ("value", "print"):
            refuse(step.span)
        items = value.items if step.form == "print" and isinstance(value, core.ListOf) else [value]
        for item in items:
            if isinstance(item, m.Ref) and item.slot in self.names and item.slot not in self.rows:
                yield f'show "${self.names[item.slot]}"'
            elif self._is_known(item):
                yield f"show {quoted(safe_json(evaluate(item, self.known)))}"
            else:
                refuse(step.span)

    def _name(self, slot: int, span: Span) -> str:
        if slot not in self.names:
            refuse(span)
        return self.names[slot]

    def _is_known(self, node: Any) -> bool:
        """Whether it is the same whenever it is computed."""
        return m.references(node) <= self.known.keys() and not _varies(node)


def _index(needs: list[str], name: str) -> str:
    if name not in needs:
        needs.append(name)
    return f".[{needs.index(name)}]"


def _varies(node: Any) -> bool:
    """Whether an expression has a column of a row, or a function, which may be one of the time."""
    return isinstance(node, core.Apply | core.ColumnOf) or any(map(_varies, m.parts(node)))


def _needs(step: m.Step) -> set[int]:
    """The slots that a step needs, of the steps that a script can have."""
    nodes: Iterable[Any] = ()
    if isinstance(step, m.Ask):
        nodes = step.params.values()
    elif isinstance(step, m.Verb):
        nodes = (step.source,)
    elif isinstance(step, m.Assemble):
        nodes = (step.ids,)
    elif isinstance(step, m.Show | m.Make) and step.value is not None:
        nodes = () if isinstance(step, m.Show) and step.form == "report" else (step.value,)
    return set[int]().union(*map(m.references, nodes))


def refuse(span: Span, why: str = "ankish does this itself, between requests") -> NoReturn:
    """Raise the `AnkishError` for what stands there; in a macro, for the call of it."""
    raise kinds.NOT_CURL.error(span.call if isinstance(span, m.Inside) else span, why=why)


def quoted(text: str) -> str:
    """A text as one word of the shell, whatever is in it."""
    if text.isascii() and text.isalnum():
        return text
    return "'" + text.replace("'", "'\\''") + "'"
