"""A written argument met with the type that its parameter asks for."""

from __future__ import annotations

import json

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.analysis.convert import AS_IS, How, converted
from ankish.analysis.expressions import expression, value
from ankish.analysis.fit import NAMES, TEXTS, certain, formed, limits, named, within
from ankish.analysis.names import check_fields, check_name, fix, some
from ankish.catalog.model import Command, Param, Side
from ankish.catalog.types import TAG, Type
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import call as call_kinds
from ankish.diagnostics.kinds import name as name_kinds
from ankish.diagnostics.kinds import type as kinds
from ankish.diagnostics.model import Span
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import listed
from ankish.syntax import tree as t

CREATE = "to make it: --create"
MAKE = "createDeck makes it: createDeck {name}"


@dataclass(frozen=True, slots=True)
class Place:
    """What an argument is for: whose, and which; for the messages."""

    command: Command
    param: Param
    create: bool = False


def argument(context: Context, place: Place, node: t.Expression) -> core.Expression:
    """The checked form of an argument; what does not fit is reported."""
    return _fit(context, place, place.param.type, node)


def default(context: Context, place: Place, node: t.Expression) -> core.Expression:
    """The default of a parameter; null says that it may be left out, whatever its type is."""
    if isinstance(node, t.Constant) and node.value is None:
        return core.Literal(None, place.param.type, node.span)
    return argument(context, place, node)


def rest(context: Context, place: Place, nodes: list[t.Expression], span: Span) -> core.Expression:
    """All that is left of the positional arguments, as one list."""
    want = place.param.type
    of = want.of if want.name == "list" and want.of is not None else want
    single = (t.Word, t.Name, t.Number, t.String, t.Record)
    if len(nodes) == 1 and not isinstance(nodes[0], single):
        return _fit(context, place, want, nodes[0])
    if want.name == "tags":
        of = TAG
    made = core.ListOf(tuple(_fit(context, place, of, node) for node in nodes), want, span)
    return core.Convert(made, (How.SPACED,), want, span) if want.name == "tags" else made


def _fit(context: Context, place: Place, want: Type, node: t.Expression) -> core.Expression:
    if want.name == "query":
        from ankish.analysis.searches import search  # 5 ms, and many programs search nothing

        return search(context, [node])
    if want.choices:
        return _choice(context, place, want, node)
    if want.name == "any":
        return _anything(context, node)
    if want.name in TEXTS and isinstance(node, (t.Word, t.Name, t.Number)):
        return _text(context, place, want, node.text, node.span)
    if want.name in ("int", "float", "card", "note") and isinstance(node, t.Word):
        return _wrong(context, place, want, f'"{node.text}"', node.span)
    if want.name == "bool" and isinstance(node, t.Word):
        return _bool(context, place, want, node)
    if want.name == "null" and isinstance(node, t.Word) and node.text == "null":
        return core.Literal(None, want, node.span)
    if want.name in ("cards", "notes") and isinstance(node, t.Word):
        return _wrong(context, place, want, f'"{node.text}"', node.span)
    if want.name in ("list", "tags") and isinstance(node, t.List):
        return _list(context, place, want, node)
    if (
        want.name == "list"
        and want.of is not None
        and isinstance(node, (t.Word, t.Number, t.String, t.Record))
    ):
        item = _fit(context, place, want.of, node)
        return core.ListOf((item,), want, node.span)
    if want.name == "record" and isinstance(node, t.Record):
        return _record(context, place, want, node)
    return _computed(context, place, want, node)


def _text(context: Context, place: Place, want: Type, text: str, span: Span) -> core.Expression:
    if not text and want.name in NAMES and place.param.empty is None:
        return _wrong(context, place, want, "an empty text", span)
    if place.param.creates or place.create:
        context.created.add((want.name, text))
    else:
        create = CREATE if place.command.creates_decks else None
        if create is None and place.command.family == "macro" and want.name == "deck":
            create = MAKE.format(name=json.dumps(text, ensure_ascii=False))
        check_name(context, want, text, span, create)
    if want.form is not None and not formed(text, want):
        name = place.param.name
        context.report(kinds.FORM(span, name=name, given=text, form=want.form.words))
    return core.Literal(text, want, span)


def _bool(context: Context, place: Place, want: Type, node: t.Word) -> core.Expression:
    if node.text in ("true", "false"):
        return core.Literal(node.text == "true", want, node.span)
    return _wrong(context, place, want, f'"{node.text}"', node.span)


def _choice(context: Context, place: Place, want: Type, node: t.Expression) -> core.Expression:
    plain = node.text if isinstance(node, (t.Word, t.Name)) else None
    if isinstance(node, t.String):
        plain = node.plain
    if plain is None:
        return _computed(context, place, want, node)
    if plain not in want.choices:
        choices = listed([f'"{choice}"' for choice in want.choices], "or")
        context.report(
            kinds.NAMED_VALUE(
                node.span,
                name=place.param.name,
                given=plain,
                choices=choices,
                fix=fix(node.span, near(plain, want.choices)),
            )
        )
    return core.Literal(plain, want, node.span)


def _anything(context: Context, node: t.Expression) -> core.Expression:
    if isinstance(node, t.Word) and node.text in ("true", "false", "null"):
        known = {"true": True, "false": False, "null": None}[node.text]
        return expression(context, t.Constant(known, node.span))
    return value(context, expression(context, node))


def _list(context: Context, place: Place, want: Type, node: t.List) -> core.Expression:
    of = want.of if want.of is not None else Type("tag" if want.name == "tags" else "any")
    items = tuple(_fit(context, place, of, item) for item in node.items)
    made = core.ListOf(items, want, node.span)
    return core.Convert(made, (How.SPACED,), want, node.span) if want.name == "tags" else made


def _record(context: Context, place: Place, want: Type, node: t.Record) -> core.Expression:
    items: list[tuple[str, core.Expression]] = []
    known = [key.name for key in want.keys]
    for pair in node.pairs:
        key = want.key(pair.key)
        if want.keys and want.of is None and key is None:
            similar = near(pair.key, known)
            context.report(
                name_kinds.KEY(
                    pair.key_span,
                    what=place.param.name,
                    name=pair.key,
                    near=similar,
                    keys=some(known),
                )
            )
        of = key.type if key is not None else (want.of or Type("any"))
        items.append((pair.key, _fit(context, place, of, pair.value)))
    given = {pair.key for pair in node.pairs}
    missing = [key.name for key in want.keys if key.required and key.name not in given]
    misspelt = want.of is None and any(key not in known for key in given)
    if missing and not misspelt:
        context.report(
            call_kinds.MISSING(
                node.span,
                command=place.command.name,
                names=listed(missing, "and"),
                what=f"{missing[0]} is" if len(missing) == 1 else "these are",
                **place.command.about,
            )
        )
    _check_note(context, want, node)
    return core.RecordOf(tuple(items), want, node.span)


def _check_note(context: Context, want: Type, node: t.Record) -> None:
    """The fields of a note object have to be fields of its note type."""
    if want.key("modelName") is None or want.key("fields") is None:
        return
    parts = {pair.key: pair.value for pair in node.pairs}
    model, fields = parts.get("modelName"), parts.get("fields")
    name = model.plain if isinstance(model, t.String) else getattr(model, "text", None)
    if name is not None and isinstance(fields, t.Record):
        check_fields(context, name, [(pair.key, pair.key_span) for pair in fields.pairs])


def _computed(context: Context, place: Place, want: Type, node: t.Expression) -> core.Expression:
    """A value that is known only when the program runs, or a literal of another form."""
    if isinstance(node, t.Sub):
        with context.outside_rows():
            pipeline = context.check_pipeline(context, node.pipeline)
        how = converted(pipeline.flow, want)
        if how is not None:
            have = pipeline.flow.type
            return _held(place, have, want, core.Sub(pipeline, how, want, node.span))
        return _wrong(context, place, want, named(pipeline.flow.type), node.span)
    checked = expression(context, node)
    flow = checked.binding.flow if isinstance(checked, core.Use) else core.Flow(checked.type)
    if isinstance(checked, core.Literal) and isinstance(checked.value, str) and want.name in TEXTS:
        return _text(context, place, want, checked.value, node.span)
    if isinstance(checked, core.Literal) and isinstance(node, t.Number) and want.name in TEXTS:
        return core.Literal(node.text, want, node.span)
    how = converted(flow, want)
    if how is None:
        return _wrong(context, place, want, named(checked.type), node.span)
    if isinstance(checked, core.Literal):
        _check_range(context, place, want, checked)
    made = checked if how == AS_IS else core.Convert(checked, how, want, node.span)
    return _held(place, flow.type, want, made)


def _held(place: Place, have: Type, want: Type, made: core.Expression) -> core.Expression:
    """What is done here is given a value of the right type, or the program stops.

    What actions are given is held against their parameters just before it is sent.
    """
    known = certain(have, want) or isinstance(made, core.Literal)
    if place.command.side is not Side.HERE or known:
        return made
    param = replace(place.param, type=want)
    return core.Held(made, place.command.name, param, want, made.span)


def _check_range(context: Context, place: Place, want: Type, given: core.Literal) -> None:
    """Report a number beyond what the parameter takes."""
    number = given.value
    if isinstance(number, int) and not within(number, want):
        name = place.param.name
        context.report(kinds.RANGE(given.span, name=name, given=number, limits=limits(want)))


def _wrong(context: Context, place: Place, want: Type, given: str, span: Span) -> core.Expression:
    helping = None
    if want.name in ("cards", "notes", "card", "note"):
        helping = "a search in brackets gives them: (find …)"
    context.report(
        kinds.ARGUMENT(
            span,
            command=place.command.name,
            wanted=named(want),
            name=place.param.name,
            given=given,
            help=helping,
            **place.command.about,
        )
    )
    return core.Literal(None, want, span)
