"""A script's interface: its `param` lines, what they are given, and its help."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from ankish.analysis import core
from ankish.analysis.arguments import Place, argument, default
from ankish.analysis.context import Context
from ankish.analysis.macros import flow_of, type_of
from ankish.catalog.model import Command, Param
from ankish.catalog.types import BOOL
from ankish.diagnostics.kinds import script as kinds
from ankish.diagnostics.model import Source, Span
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

Given = dict[str, str | bool]
"""What a script is given, by name; true for a switch."""


def declared(program: t.Program) -> list[t.Parameter]:
    """The parameters of a script, in order."""
    return [node.parameter for node in program.statements if isinstance(node, t.Param)]


def read_arguments(program: t.Program, script: str, words: Sequence[str]) -> Given:
    """What stands on the command line after the script's name.

    `--name value`, `--name=value`, and `--name` alone for a bool. Raises `AnkishError` for
    names that the script does not have.
    """
    params = {param.name: param for param in declared(program)}
    shown = listed([f"--{name}" for name in params], "and") if params else None
    given: Given = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            left = (each for each in params if each not in given)
            raise kinds.STRAY.error(script=script, given=word, name=next(left, None), all=shown)
        name, equals, value = word[2:].partition("=")
        param = params.get(name) or params.get(name.replace("-", "_"))
        if param is None:
            place = f"options of ankish stand before the file: ankish --{name} {script}"
            similar = near(name, params)
            raise kinds.UNKNOWN.error(
                script=script,
                name=name,
                near=similar,
                place=None if similar else place,
                all=shown,
            )
        if equals:
            given[param.name] = value
        elif param.type.name == "bool":
            given[param.name] = True
        elif rest:
            given[param.name] = rest.pop(0)
        else:
            raise kinds.NO_VALUE.error(name=name)
    return given


def check_param(context: Context, node: t.Param) -> core.Let:
    """A `param` line as the `let` that it comes to."""
    written = node.parameter
    type_ = type_of(context, written.type)
    name = PurePath(context.source.name).name
    command = Command(name, "script", "a script", (Param(written.name, type_, written.doc),))
    place = Place(command, command.params[0])
    given = context.given.get(written.name)
    if isinstance(given, str):
        whole = _from_json(given, written.span) if type_.name in ("record", "list") else None
        value = argument(context, place, whole or _written(given, written.span))
    elif given is not None:
        value = core.Literal(True, BOOL, written.span)
    elif written.default is not None:
        value = default(context, place, written.default)
    else:
        if not context.open_script:
            context.report(kinds.MISSING(written.span, script=name, name=written.name))
        value = core.Literal(None, type_, written.span)
    flow = flow_of(type_)
    stage: core.Stage = core.Given(value, flow, written.span)
    if isinstance(value, core.SearchOf):
        stage = core.Find(value, flow, written.span)
    pipeline = core.Pipeline((stage,), flow, written.span)
    binding = context.define(written.name, flow, written.name_span)
    binding.known = core.known_text(pipeline)
    binding.open = context.open_script and written.default is None
    return core.Let(binding, pipeline, node.span)


def _from_json(text: str, span: Span) -> t.Expression | None:
    """A record or a list in JSON as it would stand in a program; None if the text is neither."""
    try:
        given = json.loads(text)
    except ValueError:
        return None
    return _node(given, span) if isinstance(given, (dict, list)) else None


def _node(given: Any, span: Span) -> t.Expression:
    """A value of JSON as it would stand in a program."""
    if isinstance(given, dict):
        pairs = (t.Pair(key, span, _node(value, span)) for key, value in given.items())
        return t.Record(tuple(pairs), span)
    if isinstance(given, list):
        return t.List(tuple(_node(item, span) for item in given), span)
    if given is None or isinstance(given, bool):
        return t.Constant(given, span)
    if isinstance(given, str):
        return t.String((t.Piece(given, span),), span)
    return t.Number(given, str(given), span)


def _written(text: str, span: Span) -> t.Expression:
    """A word of the command line as it would stand in a program."""
    if re.fullmatch(r"-?\d+", text):
        return t.Number(int(text), text, span)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return t.Number(float(text), text, span)
    return t.Word(text, span)


def script_doc(program: t.Program, source: Source) -> str:
    """The script's own documentation: the first `##` lines, if they stand apart."""
    lines: list[str] = []
    end = None
    for comment in program.comments:
        if end is not None and source.text[end : comment.span.start].strip(" \t") != "\n":
            break
        if comment.text.startswith("##"):
            lines.append(comment.text[2:].removeprefix(" ").rstrip())
            end = comment.span.end
        elif lines:
            break
    after = source.text[end or 0 :].lstrip(" \t")
    apart = not after.strip() or after.startswith("\n\n")
    return "\n".join(lines) if apart else ""


def script_help(program: t.Program, source: Source) -> str:
    """What `ankish FILE --help` prints."""
    lines = [f"usage: ankish {source.name} [--name value …]"]
    if doc := script_doc(program, source):
        lines += ["", doc]
    params = declared(program)
    if params:
        lines += ["", "parameters:"]
        shown = [(_option(p), _about(p, source)) for p in params]
        room = max(len(head) for head, _ in shown)
        lines += [f"  {head:{room}}  {about}".rstrip() for head, about in shown]
    return "\n".join(lines)


def _option(param: t.Parameter) -> str:
    """How a parameter is given; a switch alone."""
    is_switch = param.type.name == "bool"
    return f"--{param.name}" if is_switch else f"--{param.name} {param.type.name}"


def as_written(param: t.Parameter, source: Source) -> str:
    """The default of a parameter, as the script has it; empty for none."""
    span = param.default.span if param.default is not None else Span(0, 0)
    return source.text[span.start : span.end]


def _about(param: t.Parameter, source: Source) -> str:
    """What a parameter is for, and what it is unless it is given."""
    doc = param.doc.replace("\n", " ").rstrip(".")
    if param.default is None:
        return f"{doc} (required)".strip()
    written = as_written(param, source)
    return doc if written in ("null", "false", '""') else f"{doc} (unless given: {written})".strip()
