"""What is wanted at the cursor: for which parameter, and of which type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ankish.analysis.commands import parameters
from ankish.catalog.builtins import ADDING
from ankish.catalog.columns import COLUMNS
from ankish.catalog.functions import FUNCTIONS, Function
from ankish.catalog.model import Command, Param
from ankish.catalog.types import (
    ANY,
    DECK,
    FIELD,
    MODEL,
    NOTE,
    TAG,
    TAGS,
    TEXT,
    Key,
    Type,
    record_of,
)
from ankish.data import dataclass
from ankish.syntax.cursor import Cursor
from ankish.syntax.frames import Argument, Frame, plain
from ankish.syntax.tokens import Seen

ADDED = {
    "add": {"deck": DECK, "model": MODEL, "tags": TAGS},
    "upsert": {"deck": DECK, "model": MODEL, "key": FIELD, "tags": TAGS, "noteId": NOTE},
}
"""What `add` and `upsert` set besides fields."""

MODEL_KEYS = ("modelName", "model", "name")
"""Keys and parameters that name the note type whose fields are meant."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an argument is for.

    * **command** - the command it is given to, if there is one.
    * **param** - the parameter that it fills.
    * **type** - the type of what is to be written; None if nothing is known of it.
    * **left** - the parameters that can still be given by name.
    * **model** - the note type in question, as far as the text names it.
    """

    command: Command | None
    param: Param | None
    type: Type | None
    left: tuple[Param, ...] = ()
    model: str | None = None


def wanted_at(cursor: Cursor, commands: Mapping[str, Command]) -> Wanted:
    """What is wanted at the cursor."""
    stage, inner = _path(cursor)
    model = _model(cursor, commands)
    command = commands.get(stage.command) if stage.command else None
    if command is not None:
        param = param_at(command, stage)
        type_ = _type(param, stage.arguments) if param is not None else None
        taken = {param.name for param, _ in given(command, stage)} | {
            command.subject if stage.pipe is not None else None
        }
        left = tuple(p for p in parameters(command) if p.name not in taken and not p.rest)
        if _last_wanting(command, stage) is not None:
            left = ()
        return Wanted(command, param, _within(type_, inner), left, model)
    return Wanted(None, None, _within(_row_type(stage), inner), (), model)


def param_at(command: Command, stage: Frame) -> Param | None:
    """The parameter that the next argument of a command fills; None if it takes no more."""
    if stage.named is not None:
        return next((p for p in parameters(command) if p.name == stage.named), None)
    free, _ = _filled(command, stage)
    return _last_wanting(command, stage) or (free[0] if free else None)


def _last_wanting(command: Command, stage: Frame) -> Param | None:
    """The parameter whose name stands just before, as `--name`."""
    return _wanting(command, stage.arguments[-1]) if stage.arguments else None


def _wanting(command: Command, argument: Argument) -> Param | None:
    """The parameter of a `--name` that still wants its value; None for a switch or no name."""
    if not argument.name or argument.text:
        return None
    param = command.param(argument.name)
    return param if param is not None and param.type.name not in ("bool", "any") else None


def given(command: Command, stage: Frame) -> list[tuple[Param, str]]:
    """The parameters that have been given so far, with what is written for each."""
    return _filled(command, stage)[1]


def _filled(command: Command, stage: Frame) -> tuple[list[Param], list[tuple[Param, str]]]:
    """The parameters that positional arguments can still fill, and those that are given."""
    subject = command.subject if stage.pipe is not None else None
    named = {argument.name for argument in stage.arguments}
    free = [p for p in command.params if (p.name != subject or p.rest) and p.name not in named]
    found: list[tuple[Param, str]] = []
    wanting: Param | None = None
    for argument in stage.arguments:
        if wanting is not None and argument.name is None:
            found[-1] = (wanting, argument.text)
            wanting = None
            continue
        wanting = _wanting(command, argument)
        if argument.name is not None:
            params = parameters(command)
            found += [(p, argument.text) for p in params if p.name == argument.name]
        elif free:
            found.append((free[0] if free[0].rest else free.pop(0), argument.text))
    return free, found


def _path(cursor: Cursor) -> tuple[Frame, Sequence[Frame]]:
    """The stage at hand, and the brackets inside of it that are open."""
    number = max(at for at, frame in enumerate(cursor.frames) if frame.is_stage)
    return cursor.frames[number], cursor.frames[number + 1 :]


def _type(param: Param, arguments: Sequence[Argument]) -> Type:
    """The type of a parameter; the `params` of `call` are those of the action it calls."""
    if param.name == "params" and arguments:
        from ankish.catalog.actions import ACTIONS

        action = ACTIONS.get(plain(arguments[0].text) or "")
        if action is not None:
            return record_of(*(Key(p.name, p.type, p.required, p.doc) for p in action.params))
    return param.type


def _within(type_: Type | None, frames: Sequence[Frame]) -> Type | None:
    """The type of what stands in brackets within a value of some type."""
    for frame in frames:
        if frame.kind == "list" and type_ is not None:
            type_ = TAG if type_.name == "tags" else type_.of
        elif frame.kind == "record" and type_ is not None:
            if type_.name == "list" and type_.of is not None:
                type_ = type_.of  # a single record will do
            if frame.named is not None:
                key = type_.key(frame.named)
                type_ = key.type if key is not None else type_.of
        elif frame.kind == "call":
            type_ = _function_type(frame)
        elif frame.kind == "hole":
            type_ = None
        if frame.kind in ("group", "call", "list") and frame.recent:
            type_ = _compared(frame.recent) or type_
    return type_


def _function_type(frame: Frame) -> Type | None:
    """The type of the argument of a function; None where any will do."""
    function = FUNCTIONS.get(frame.opener[:-1])
    param = function_param(function, frame) if function is not None else None
    return None if param is None or param.type in (ANY, TEXT) else param.type


def function_param(function: Function, frame: Frame) -> Param | None:
    """The parameter of a function that is being written."""
    if frame.named is not None:
        return next((p for p in function.params if p.name == frame.named), None)
    number = min(frame.index, len(function.params) - 1) if function.rest else frame.index
    return function.params[number] if number < len(function.params) else None


def _row_type(stage: Frame) -> Type | None:
    """What a row verb, or a comparison in a condition, wants next."""
    if stage.recent:
        return _compared(stage.recent)
    if stage.verb in ADDING and stage.named is not None:
        return ADDED[stage.verb].get(stage.named)
    return None


def _compared(recent: Sequence[Seen]) -> Type | None:
    """The type of the column that a comparison is with: `deck == `, `tags has `."""
    if len(recent) < 2 or recent[-1].kind not in ("COMPARE", "HAS"):
        return None
    column = COLUMNS.get(recent[-2].text)
    if column is None:
        return None
    return TAG if column.name == "tags" else column.type


def _model(cursor: Cursor, commands: Mapping[str, Command]) -> str | None:
    """The note type that the record or the command at the cursor names."""
    for frame in reversed(cursor.frames):
        if frame.kind == "record" or frame.verb in ADDING:
            for key in MODEL_KEYS:
                if key in frame.pairs and (name := plain(frame.pairs[key])):
                    return name
        command = commands.get(frame.command) if frame.command else None
        if command is not None:
            for param, text in given(command, frame):
                if param.type == MODEL and (name := plain(text)):
                    return name
        if frame.is_stage:
            return None
    return None


def is_switch(param: Param) -> bool:
    """Whether a parameter is written as `--name`: one that is false unless it is given."""
    return param.type.name == "bool" and param.default is not True


def takes_names(type_: Type | None) -> Type | None:
    """The type whose names can be written for a parameter: one item stands for a list."""
    if type_ is None:
        return None
    if type_.name == "list" and type_.of is not None:
        return type_.of
    return TAG if type_.name == "tags" else type_
