"""A place in a text that is to be completed: all that is known there, worked out when needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from ankish.analysis import core
from ankish.analysis.changing import effect_of
from ankish.analysis.fit import can_flow
from ankish.analysis.flows import Bindings, bound, flow_after
from ankish.analysis.macros import TYPES, first_sentence
from ankish.analysis.wanted import Wanted, takes_names, wanted_at
from ankish.analysis.world import World
from ankish.catalog.commands import COMMANDS
from ankish.catalog.model import REQUIRED, Command, Effect, Param, Side
from ankish.catalog.types import ANY, Type, list_of
from ankish.syntax import tree as t
from ankish.syntax import writing
from ankish.syntax.cursor import Cursor
from ankish.syntax.frames import Frame, MacroName

_NOTE = re.compile(r"""(?<![\w-])note:(?:\\?"([^"\\]+)\\?"|([^\s"')|]+))""")
"""A note type in a search, well enough to say whose fields are meant."""


Files = Callable[[str], "Iterable[tuple[str, str]]"]
"""The files whose paths begin with a text, each with a line about it."""


class Place:
    """A place in a text.

    * **cursor** - what stands around it.
    * **after** - the characters behind it, as far as they matter.
    * **world** - what exists in the collection.
    * **commands** - what can be called here, the macros of the text included.
    * **habits** - how often names were used of late.
    * **files** - lists the files that a path which is begun may mean.
    """

    def __init__(
        self,
        cursor: Cursor,
        after: str,
        world: World,
        bindings: Bindings,
        commands: Mapping[str, Command],
        habits: Mapping[str, int] | None = None,
        files: Files | None = None,
    ) -> None:
        self.cursor = cursor
        self.after = after
        self.world = world
        self.habits = habits or {}
        self.files = files
        self.commands = {**commands, **{m.name: _here(m) for m in cursor.macros()}}
        self._bindings = bindings

    @cached_property
    def bindings(self) -> Bindings:
        """The variables, those of the text included, the innermost last."""
        return bound(self.cursor.variables(), self._bindings)

    @cached_property
    def wanted(self) -> Wanted:
        """What is wanted here."""
        return wanted_at(self.cursor, self.commands)

    @property
    def type(self) -> Type | None:
        """The type of what can be written here; one item of it where several are wanted."""
        return takes_names(self.wanted.type)

    @cached_property
    def flow(self) -> core.Flow | None:
        """What flows into the stage at hand; None if nothing does."""
        before = self.cursor.before
        return None if before is None else flow_after(before, self.bindings)

    @cached_property
    def models(self) -> tuple[str, ...]:
        """The note types in question; none if it may be any."""
        if self.wanted.model is not None:
            return (self.wanted.model,)
        named = (a or b for a, b in _NOTE.findall(self.cursor.before or ""))
        known = {name.casefold(): name for name in self.world.models() or ()}
        return tuple(known[name.casefold()] for name in named if name.casefold() in known)

    @property
    def inner(self) -> Frame:
        """The innermost bracket, a string left out."""
        frames = self.cursor.frames
        return frames[-2] if frames[-1].kind == "string" else frames[-1]

    @property
    def is_key(self) -> bool:
        """Whether a key of a record is wanted here."""
        inner = self.inner
        return inner.kind == "record" and inner.named is None and not inner.recent

    @property
    def is_target(self) -> bool:
        """Whether a row verb is to be told here what it sets."""
        inner = self.inner
        sets = inner.verb in ("set", "derive", "add", "upsert")
        return sets and inner.named is None and not inner.recent

    @property
    def is_argument(self) -> bool:
        """Whether a bare word would be an argument of a command."""
        return "WORD" in self.cursor.accepts

    def write(self, text: str) -> str | None:
        """A text as it has to be written here to be a value; None if it can't be."""
        string = self.cursor.string
        if string is not None:
            inside = writing.inside(text, string.opener)
            closed = self.after.startswith(string.opener[0])
            return None if inside is None else inside + ("" if closed else string.opener)
        if self.is_argument:
            return text if writing.is_word(text) else writing.quoted(text)
        bare = self.cursor.stage.command is not None and self.inner.kind in ("list", "record")
        return text if bare and writing.is_name(text) else writing.quoted(text)

    def write_search(self, text: str) -> str | None:
        """A part of a search as it has to be written here; a string stays open."""
        string = self.cursor.string
        if string is not None and self.cursor.glued is None:
            return writing.inside(text, string.opener)
        if writing.is_word(text):
            return text
        whole = text.replace('\\"', "").count('"') % 2 == 0
        return f"'{text}'" if whole and "'" not in text and "\n" not in text else None


def macro_commands(
    programs: Iterable[t.Program], text: str, others: Mapping[str, Command] | None = None
) -> dict[str, Command]:
    """The macros that programs declare, as commands.

    `text` is what their spans are about, `others` are macros that theirs may call.
    """
    found: dict[str, Command] = {}
    for program in programs:
        for node in program.statements:
            if isinstance(node, t.Macro):
                params = [_param(each, text) for each in node.parameters]
                effect = effect_of(node.body, {**COMMANDS, **(others or {}), **found})
                found[node.name] = _command(node.name, node.doc, params, effect)
    return found


def _param(node: t.Parameter, text: str) -> Param:
    span = node.default.span if node.default is not None else None
    default = REQUIRED if span is None else text[span.start : span.end]
    doc = node.doc.rstrip(".")
    return Param(node.name, _type(node.type), doc, default)


def _type(node: t.TypeName) -> Type:
    """The type that a declaration names, as far as it is known."""
    if node.name == "list":
        return list_of(_type(node.of) if node.of else ANY)
    return TYPES.get(node.name, ANY)


def _here(macro: MacroName) -> Command:
    """A macro of the text as a command."""
    known = {**TYPES, "list": list_of(ANY)}
    params = [Param(p.name, known.get(p.text, ANY), "", REQUIRED) for p in macro.parameters]
    return _command(macro.name, "", params)


def _command(name: str, doc: str, given: Sequence[Param], effect: Effect = Effect.WRITE) -> Command:
    """A macro as a command."""
    params = tuple(given)
    subject = params[0].name if params and can_flow(params[0].type) else None
    first = first_sentence(doc) or "a macro"
    return Command(name, "macro", first, params, subject, ANY, effect, side=Side.HERE)
