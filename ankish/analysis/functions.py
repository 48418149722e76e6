"""Calls of functions: arguments met with parameters, types checked."""

from __future__ import annotations

import re
from collections.abc import Callable

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.fit import NUMBERS, fits, joined, named
from ankish.analysis.names import fix
from ankish.analysis.regex import sound
from ankish.catalog.functions import FUNCTIONS, Function
from ankish.catalog.model import Param
from ankish.catalog.types import ANY, NULL, Type
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import counted, listed
from ankish.syntax import tree as t

OTHER_NAMES = {
    "startswith": "starts",
    "endswith": "ends",
    "includes": "contains",
    "len": "length",
    "concat": "join",
    "strip": "trim",
    "strftime": "format",
    "date_format": "format",
    "datediff": "days",
    "substring": "slice",
    "substr": "slice",
    "test": "match",
    "sub": "replace",
    "gsub": "replace",
    "findall": "scan",
    "matches": "scan",
    "tolower": "lower",
    "toupper": "upper",
    "ascii_downcase": "lower",
    "ascii_upcase": "upper",
    "lowercase": "lower",
    "uppercase": "upper",
    "number": "float",
    "tonumber": "float",
    "greatest": "max",
    "least": "min",
    "ceiling": "ceil",
    "mktime": "epoch",
    "nfc": "normalize",
    "image": "img",
    "audio": "sound",
    "markdown": "md",
    "striptags": "text",
}
"""Functions that users know by another name, from Python, SQL, jq and spreadsheets."""

Check = Callable[[t.Expression], core.Expression]


def check_call(context: Context, node: t.Call, check: Check) -> core.Expression:
    """The checked form of `name(…)`. `check` checks an argument."""
    function = FUNCTIONS.get(node.name)
    if function is None:
        return _unknown(context, node, check)
    arguments = [check(argument) for argument in node.args]
    if function.name == "case":
        return _case(context, function, node, arguments)
    if function.rest:
        return _extreme(context, function, node, arguments)
    by_name = dict(zip((param.name for param in function.params), arguments, strict=False))
    if len(arguments) > len(function.params):
        most = counted(len(function.params), "argument")
        extra = node.args[len(function.params)].span
        context.report(
            call_kinds.FUNCTION_TOO_MANY(extra, function=function.name, most=most, **function.about)
        )
    for pair in node.named:
        names = [param.name for param in function.params]
        if pair.key not in names:
            context.report(
                name_kinds.PARAMETER(
                    pair.key_span,
                    command=function.name,
                    name=pair.key,
                    near=near(pair.key, names),
                    **function.about,
                )
            )
            continue
        if pair.key in by_name:
            context.report(
                call_kinds.TWICE(
                    pair.key_span, command=function.name, name=pair.key, **function.about
                )
            )
        by_name[pair.key] = check(pair.value)
    missing = [p.name for p in function.params if p.required and p.name not in by_name]
    if missing:
        context.report(
            call_kinds.FUNCTION_MISSING(
                node.name_span,
                function=function.name,
                names=listed(missing, "and"),
                **function.about,
            )
        )
    filled = tuple(
        _fitted(context, function, param, by_name.get(param.name), node)
        for param in function.params
    )
    return core.Apply(function.name, filled, _result(function, filled), node.span)


def _fitted(
    context: Context, function: Function, param: Param, given: core.Expression | None, node: t.Call
) -> core.Expression:
    if given is None:
        return core.Literal(None if param.required else param.default, param.type, node.span)
    if not fits(given.type, param.type) and given.type.name != "null":
        number = given.type.name in NUMBERS and param.type.name == "text"
        text = f'a text of it: "${{{context.text(given.span)}}}"' if number else None
        context.report(
            type_kinds.FUNCTION(
                given.span,
                function=function.name,
                wanted=named(param.type),
                name=param.name,
                given=named(given.type),
                help=text,
                **function.about,
            )
        )
    if param.name == "pattern" and isinstance(given, core.Literal) and _is_regex(function, node):
        try:
            sound(str(given.value))
        except re.error as error:
            context.report(type_kinds.REGEX(given.span, reason=error.msg))
    return given


def _is_regex(function: Function, node: t.Call) -> bool:
    """Whether the pattern is read as a regular expression."""
    if function.name in ("match", "scan"):
        return True
    return any(
        pair.key == "regex" and isinstance(pair.value, t.Constant) and pair.value.value is True
        for pair in node.named
    )


def _result(function: Function, arguments: tuple[core.Expression, ...]) -> Type:
    if function.name in ("round", "abs") and arguments[0].type.name == "int":
        return arguments[0].type
    return function.result


def _case(
    context: Context, function: Function, node: t.Call, arguments: list[core.Expression]
) -> core.Expression:
    """`case`: conditions and values in turn; the type is what all values have in common."""
    for test in arguments[: len(arguments) // 2 * 2 : 2]:
        if test.type.name not in ("bool", "any"):
            given = named(test.type)
            context.report(type_kinds.CONDITION(test.span, given=given, example="interval >= 90"))
    values = arguments[1::2] + (arguments[-1:] if len(arguments) % 2 else [])
    type_ = values[0].type if values else ANY
    for value in values[1:]:
        type_ = joined(type_, value.type)
    return core.Apply(function.name, tuple(arguments), type_, node.span)


def _extreme(
    context: Context, function: Function, node: t.Call, arguments: list[core.Expression]
) -> core.Expression:
    """`max`, `min`: numbers or texts, but not some of both."""
    type_ = NULL
    for given in arguments:
        both = joined(type_, given.type)
        if both == ANY and "any" not in (type_.name, given.type.name):
            context.report(
                type_kinds.OPERANDS(
                    given.span,
                    operator=function.name,
                    left=named(type_),
                    right=named(given.type),
                    needs="needs numbers or texts",
                )
            )
        type_ = both
    return core.Apply(function.name, tuple(arguments), type_, node.span)


def _unknown(context: Context, node: t.Call, check: Check) -> core.Expression:
    for argument in node.args:
        check(argument)
    similar = OTHER_NAMES.get(node.name.lower()) or near(node.name, FUNCTIONS)
    context.report(
        name_kinds.FUNCTION(
            node.name_span,
            name=node.name,
            near=similar,
            command=node.name if node.name in context.commands else None,
            fix=fix(node.name_span, similar),
        )
    )
    return core.Literal(None, ANY, node.span)
