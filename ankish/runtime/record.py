"""Recording: lines that were done in, the text of a macro out. Nothing is read or sent here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ankish.analysis.changing import changes, nodes
from ankish.catalog.model import Command
from ankish.data import dataclass, field
from ankish.diagnostics.kinds import record as kinds
from ankish.diagnostics.model import Source
from ankish.runtime.parametrise import Edit, Parameter, Parameters
from ankish.syntax import tree as t
from ankish.syntax.format import format_program
from ankish.syntax.parser import parse

LAST = 100
"""So many lines can be made a macro afterwards."""


@dataclass
class Done:
    """A line that was done without a mistake.

    * **found** - the ids that it showed, if it was a search to look at.
    * **undone** - whether it was taken back.
    """

    text: str
    found: frozenset[int] = frozenset()
    undone: bool = False
    program: t.Program = field(init=False)

    def __post_init__(self) -> None:
        self.program = parse(Source("line", self.text)).program

    @property
    def title(self) -> str:
        """What the log calls it."""
        return self.text.strip()


@dataclass
class Recorder:
    """Notes what is done. **name** is the macro that is being recorded, None if none is."""

    name: str | None = None
    _done: list[Done] = field(default_factory=list)
    _begun: int = 0

    def begin(self, name: str) -> None:
        """Begin a macro. Raises `AnkishError` while another one is being recorded."""
        if self.name is not None:
            raise kinds.UNDER_WAY.error(name=self.name)
        self.name, self._begun = name, len(self._done)

    def note(self, text: str, found: frozenset[int] = frozenset()) -> None:
        """Note a line that was done. Only the last ones are kept while nothing is recorded."""
        self._done.append(Done(text, found))
        if self.name is None:
            del self._done[:-LAST]

    def undo(self, count: int, commands: Mapping[str, Command], title: str | None = None) -> None:
        """Take back the latest changes, or the latest one of this title."""
        for each in reversed(self._done):
            hit = not each.undone and changes(each.program, commands)
            if hit and count and title in (None, each.title):
                each.undone = True
                count -= 1

    def redo(self, count: int) -> None:
        """Have again what was taken back last."""
        taken = [each for each in self._done if each.undone]
        for each in taken[:count]:
            each.undone = False

    def end(self) -> list[Done]:
        """The lines since the beginning. Raises `AnkishError` if nothing is recorded."""
        if self.name is None:
            raise kinds.NOT_RECORDING.error()
        self.name = None
        return self._done[self._begun :]

    def last(self, count: int) -> list[Done]:
        """The last lines that were done."""
        return self._done[-count:]


def as_macro(
    name: str, done: Sequence[Done], commands: Mapping[str, Command], *, doc: str, params: bool
) -> str:
    """The text of the macro that does what was done; with `params` its literals are parameters.

    Raises `AnkishError` (`record::nothing`) if nothing was changed.
    """
    kept = kept_lines(done, commands)
    if not any(changes(each.program, commands) for each in kept):
        raise kinds.NOTHING.error()
    searches = {each.found: each for each in done if each.found}
    parameters = Parameters(commands)

    def body(line: Done) -> str:
        edits = [*_searched(line.program, searches, body)]
        if params:
            edits += parameters.of(line.program, line.text)
        return _edited(line.text, edits).strip()

    bodies = [*map(body, kept)]
    taken = ", ".join(map(_declared, parameters.ordered))
    lines = [f"## {line}" for line in doc.splitlines() if line.strip()]
    text = "\n".join([*lines, f"macro {name}({taken}) {{", *bodies, "}", ""])
    return format_program(Source(f"{name}.ank", text))


def kept_lines(done: Sequence[Done], commands: Mapping[str, Command]) -> list[Done]:
    """The lines that a macro is made of: those that changed something and were not taken back,
    and those that name what these use.
    """
    wanted: set[str] = set()
    kept: list[Done] = []
    for each in reversed(done):
        if each.undone:
            continue
        named = {node.name for node in each.program.statements if isinstance(node, t.Let | t.Macro)}
        if changes(each.program, commands) or named & wanted:
            kept.append(each)
            wanted |= set(filter(None, map(_named, nodes(each.program))))
    return kept[::-1]


def _named(node: Any) -> str | None:
    """The variable or the macro that a node may name."""
    if isinstance(node, t.Variable | t.Command):
        return node.name
    return node.text if isinstance(node, t.Name) else None


def _searched(
    program: t.Program, searches: Mapping[frozenset[int], Done], body: Callable[[Done], str]
) -> Iterator[Edit]:
    """Lists of ids that a search has shown, as that search; `body` is what is kept of a line."""
    for node in nodes(program):
        if isinstance(node, t.List) and node.items:
            ids = [each.value for each in node.items if isinstance(each, t.Number)]
            search = searches.get(frozenset(map(int, ids)))
            if search is not None and len(ids) == len(node.items):
                yield Edit(node.span, f"({body(search)})")


def _edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with parts of it replaced; of parts in one another the outer one."""
    end = len(text)
    for edit in sorted(edits, key=lambda each: (each.span.end, -each.span.start), reverse=True):
        if edit.span.end <= end:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
            end = edit.span.start
    return text


def _declared(param: Parameter) -> str:
    return f"{param.name}: {param.type} = {param.default}"
