"""Expressions: names resolved, types inferred, operators and functions checked."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.convert import as_plain, is_item
from ankish.analysis.fit import NUMBERS, TEXTS, element, fits, joined, named
from ankish.analysis.functions import check_call
from ankish.analysis.idle import check_constant
from ankish.analysis.names import fix
from ankish.analysis.regex import sound
from ankish.catalog.types import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NULL,
    TEXT,
    Key,
    Type,
    list_of,
    record_of,
)
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as type_kinds
from ankish.diagnostics.model import Label, Span
from ankish.diagnostics.nearest import near
from ankish.syntax import tree as t

COMPARISONS = frozenset({"<", "<=", ">", ">="})


def expression(context: Context, node: t.Expression) -> core.Expression:
    """The checked form of an expression, whatever is wanted of it."""
    return _CHECKS[type(node)](context, node)  # type: ignore[operator,no-any-return]


def literal_type(value: object) -> Type:
    """The type of a value that stands in a program."""
    if isinstance(value, bool):
        return BOOL
    if value is None:
        return NULL
    return INT if isinstance(value, int) else FLOAT if isinstance(value, float) else TEXT


def condition(context: Context, node: t.Expression, example: str) -> core.Expression:
    """An expression that has to be true or false."""
    checked = expression(context, node)
    if checked.type.name not in ("bool", "any"):
        context.report(type_kinds.CONDITION(node.span, given=named(checked.type), example=example))
    return checked


def decision(context: Context, node: t.Expression, example: str) -> core.Expression:
    """The condition of an `if` or a `where`: one that is always the same decides nothing."""
    checked = condition(context, node, example)
    check_constant(context, checked)
    return checked


def _word(context: Context, node: t.Word) -> core.Expression:
    return core.Literal(node.text, TEXT, node.span)


def _number(context: Context, node: t.Number) -> core.Expression:
    return core.Literal(node.value, literal_type(node.value), node.span)


def _constant(context: Context, node: t.Constant) -> core.Expression:
    return core.Literal(node.value, literal_type(node.value), node.span)


def _string(context: Context, node: t.String) -> core.Expression:
    check_dollars(context, node)
    if node.plain is not None:
        return core.Literal(node.plain, TEXT, node.span)
    parts: list[str | core.Expression] = []
    for part in node.parts:
        if isinstance(part, t.Piece):
            parts.append(part.text)
            continue
        parts.append(hole(context, part))
    return core.TextOf(tuple(parts), TEXT, node.span)


DOLLAR = re.compile(r"\$([^\W\d]\w*)")


def check_dollars(context: Context, node: t.String) -> None:
    r"""Warn of `$name` in a text where a variable has that name: only `${name}` is filled in.

    A raw text and `\$name` say that the sign itself is meant. Of a macro from elsewhere nothing is
    said where its text is not at hand, as while a line is typed.
    """
    text = context.source.text
    if text[node.span.start : node.span.start + 1] != '"':
        return
    for part in (part for part in node.parts if isinstance(part, t.Piece)):
        for found in DOLLAR.finditer(part.text):
            at = part.place(found.start())
            binding = context.scope.find(found[1])
            if binding is not None and text[at : at + 1] == "$":
                binding.used = True  # it was meant, so it is not called unused as well
                span = Span(at, at + len(found[0]))
                context.report(name_kinds.NOT_FILLED_IN(span, name=found[1]))


def hole(context: Context, node: t.Expression) -> core.Expression:
    """What stands in `${…}`: a bare name is a variable, or in a row verb a column."""
    with context.within(names="variable"):
        checked = expression(context, node)
    if checked.type.name in ("record", "cards", "notes", "query"):
        context.report(type_kinds.HOLE(node.span, given=named(checked.type)))
    return checked


def _name(context: Context, node: t.Name) -> core.Expression:
    scope = context.scope
    if scope.columns is not None:
        return scope.columns.column(context, node)
    if scope.names == "variable":
        return _use(context, node.text, node)
    if scope.names == "text":
        return core.Literal(node.text, TEXT, node.span)
    known = scope.find(node.text)
    if known is not None:
        known.used = True  # it was meant, so it is not called unused as well
    context.report(
        name_kinds.BARE(
            node.span,
            name=node.text if known else None,
            text=None if known else node.text,
            fix=fix(node.span, f"${node.text}" if known else None),
        )
    )
    return core.Literal(None, ANY, node.span)


def _variable(context: Context, node: t.Variable) -> core.Expression:
    return _use(context, node.name, node)


def _use(context: Context, name: str, node: t.Name | t.Variable) -> core.Expression:
    binding = context.scope.find(name)
    if binding is None:
        names = [b.name for b in context.scope.bindings]
        similar = near(name, names)
        sign = "$" if isinstance(node, t.Variable) else ""
        context.report(
            name_kinds.VARIABLE(
                node.span,
                name=name,
                near=similar,
                fix=fix(node.span, sign + similar if similar else None),
            )
        )
        return core.Literal(None, ANY, node.span)
    binding.used = True
    return core.Use(binding, binding.flow.type, node.span)


def value(context: Context, checked: core.Expression) -> core.Expression:
    """An expression as a plain value: a search becomes the ids of its cards."""
    if not isinstance(checked, core.Use) or is_item(checked.binding.flow):
        return checked
    if checked.binding.flow.selection is not None or checked.binding.flow.rows is not None:
        how, type_ = as_plain(checked.binding.flow)
        return core.Convert(checked, how, type_, checked.span)
    return checked


def _get(context: Context, node: t.Get) -> core.Expression:
    if context.scope.columns is not None:
        field = context.scope.columns.field(context, node)
        if field is not None:
            return field
    target = value(context, expression(context, node.target))
    if isinstance(target, core.Use) and is_item(target.binding.flow):
        found = context.column_of(context, target.binding.flow, t.Name(node.key, node.key_span))
        return core.Get(target, node.key, node.optional, found.type, node.span)
    type_ = target.type
    found_type = ANY
    if type_.name == "record" and type_.keys:
        key = type_.key(node.key)
        if key is None and not node.optional:
            names = [each.name for each in type_.keys]
            context.report(
                type_kinds.NO_KEY(
                    node.key_span, given="the record", key=node.key, near=near(node.key, names)
                )
            )
        found_type = key.type if key else ANY
    elif type_.name == "record":
        found_type = type_.of or ANY
    elif type_.name in ("list", "cards", "notes"):
        if node.key.isdecimal():
            found_type = element(type_)
        else:
            context.report(type_kinds.NO_KEY(node.key_span, given="a list", key=node.key))
    elif type_.name != "any" and not (node.optional and type_ == NULL):
        context.report(type_kinds.NO_KEY(node.key_span, given=named(type_), key=node.key))
    return core.Get(target, node.key, node.optional, found_type, node.span)


def _list(context: Context, node: t.List) -> core.Expression:
    with _texts(context):
        items = tuple(value(context, expression(context, item)) for item in node.items)
    of = ANY
    if items:
        of = items[0].type
        for item in items[1:]:
            of = joined(of, item.type)
    return core.ListOf(items, list_of(of), node.span)


def _record(context: Context, node: t.Record) -> core.Expression:
    items: list[tuple[str, core.Expression]] = []
    with _texts(context):
        for pair in node.pairs:
            items.append((pair.key, value(context, expression(context, pair.value))))
    keys = tuple(Key(name, item.type) for name, item in items)
    return core.RecordOf(tuple(items), record_of(*keys), node.span)


def _texts(context: Context) -> AbstractContextManager[None]:
    """Inside a list or a record bare names are texts, unless they mean something already."""
    names = context.scope.names
    return context.within(names="text" if names == "none" else names)


def _sub(context: Context, node: t.Sub) -> core.Expression:
    with context.outside_rows():
        pipeline = context.check_pipeline(context, node.pipeline)
    how, type_ = as_plain(pipeline.flow)
    return core.Sub(pipeline, how, type_, node.span)


def _binary(context: Context, node: t.Binary) -> core.Expression:
    operator = node.operator
    if operator in ("and", "or"):
        example = "lapses > 4"
        operands = tuple(condition(context, side, example) for side in (node.left, node.right))
        return core.Operation(operator, operands, BOOL, node.span)
    left = value(context, expression(context, node.left))
    right = value(context, expression(context, node.right))
    result = _result(operator, left.type, right.type)
    if result is None:
        context.report(
            type_kinds.OPERANDS(
                node.operator_span,
                operator=operator,
                left=named(left.type),
                right=named(right.type),
                needs=_needs(operator),
                help=_operand_help(context, node, left.type, right.type),
                also=(
                    Label(node.left.span, f"this is {named(left.type)}", primary=False),
                    Label(node.right.span, f"this is {named(right.type)}", primary=False),
                ),
            )
        )
        result = ANY
    if operator in ("=~", "!~") and isinstance(right, core.Literal):
        check_regex(context, right)
    return core.Operation(operator, (left, right), result, node.span)


def check_regex(context: Context, pattern: core.Literal) -> None:
    """Report a regular expression that Python can't read."""
    try:
        sound(str(pattern.value))
    except re.error as error:
        context.report(type_kinds.REGEX(pattern.span, reason=error.msg))


def _result(operator: str, left: Type, right: Type) -> Type | None:
    """The type of `left operator right`; None if they don't go together."""
    unknown = "any" in (left.name, right.name)
    numbers = left.name in NUMBERS and right.name in NUMBERS
    texts = left.name in TEXTS and right.name in TEXTS
    if operator == "??":
        return joined(right, left) if left == NULL else joined(left, right)
    if operator in ("==", "!="):
        alike = unknown or numbers or fits(left, right) or fits(right, left)
        return BOOL if alike or NULL in (left, right) else None
    if operator in COMPARISONS:
        return BOOL if unknown or numbers or texts or NULL in (left, right) else None
    if operator in ("=~", "!~"):
        fine = all(side.name in TEXTS or side.name in ("any", "null") for side in (left, right))
        return BOOL if fine else None
    if operator in ("in", "has"):
        item, whole = (left, right) if operator == "in" else (right, left)
        return BOOL if _holds(whole, item) else None
    if operator == "+" and (texts or (left.name == right.name == "list")):
        return TEXT if texts else joined(left, right)
    if unknown:
        return ANY
    if not numbers:
        return None
    return INT if left == right == INT and operator != "/" else FLOAT


def _holds(whole: Type, item: Type) -> bool:
    """Whether something of one type can hold something of another."""
    if whole.name == "any":
        return True
    if whole.name in TEXTS:
        return item.name in TEXTS or item.name == "any"
    if whole.name in ("list", "cards", "notes"):
        of = element(whole)
        return "any" in (of.name, item.name) or fits(item, of) or fits(of, item)
    return whole.name == "record" and (item.name in TEXTS or item.name == "any")


def _needs(operator: str) -> str:
    if operator in COMPARISONS:
        return "needs two numbers or two texts"
    if operator in ("=~", "!~"):
        return "needs a text and a regular expression"
    if operator in ("in", "has"):
        return "needs a list or a text to look in"
    if operator == "+":
        return "needs two numbers, two texts or two lists"
    if operator in ("==", "!="):
        return "these can never be equal"
    return "needs two numbers"


def _operand_help(context: Context, node: t.Binary, left: Type, right: Type) -> str | None:
    for side, type_, other in ((node.left, left, right), (node.right, right, left)):
        if type_.name in TEXTS and other.name in NUMBERS:
            return f"a number in a text is read by int({context.text(side.span)})"
    return None


def _unary(context: Context, node: t.Unary) -> core.Expression:
    if node.operator == "not":
        operand = condition(context, node.operand, "not suspended")
        return core.Operation("not", (operand,), BOOL, node.span)
    operand = value(context, expression(context, node.operand))
    if node.operator == "?":  # in a text, what is not there is no text
        nothing = core.Literal("", TEXT, node.span)
        return core.Operation("??", (operand, nothing), operand.type, node.span)
    if operand.type.name not in (*NUMBERS, "any"):
        context.report(
            type_kinds.OPERANDS(
                node.span,
                operator="-",
                left="nothing",
                right=named(operand.type),
                needs="needs a number",
            )
        )
    return core.Operation("negative", (operand,), operand.type, node.span)


def _call(context: Context, node: t.Call) -> core.Expression:
    return check_call(context, node, lambda each: value(context, expression(context, each)))


_CHECKS = {
    t.Word: _word,
    t.Number: _number,
    t.Constant: _constant,
    t.String: _string,
    t.Name: _name,
    t.Variable: _variable,
    t.Get: _get,
    t.List: _list,
    t.Record: _record,
    t.Sub: _sub,
    t.Call: _call,
    t.Binary: _binary,
    t.Unary: _unary,
}
