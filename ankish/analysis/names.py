"""Names of things in the collection, checked against the world where it is known."""

from __future__ import annotations

from collections.abc import Iterable

from ankish.analysis import core
from ankish.analysis.context import Context
from ankish.catalog.model import Command
from ankish.catalog.types import Type
from ankish.diagnostics.kinds import name as kinds
from ankish.diagnostics.model import Fix, Span
from ankish.diagnostics.nearest import near
from ankish.diagnostics.text import listed

EVERYTHING = frozenset({"deck", "model", "tag", "profile"})

MAKES: dict[str, frozenset[str]] = {
    "call": EVERYTHING,
    "importPackage": EVERYTHING,
    "loadProfile": EVERYTHING,
    "multi": EVERYTHING,
    "reloadCollection": EVERYTHING,
    "renameDeck": frozenset({"deck"}),
    "sync": EVERYTHING,
    **dict.fromkeys(("modelFieldAdd", "modelFieldRename"), frozenset({"model"})),
}
"""Commands after which other things may exist than before, and of which types."""

MANY = 12
"""How many names a message lists at the most."""


def fix(span: Span, text: str | None) -> Fix | None:
    """A fix that puts a similar name in place of the mistyped one."""
    return None if text is None else Fix(span, text)


def some(names: Iterable[str]) -> str | None:
    """A list of names for a note, unless there are too many to read."""
    names = list(names)
    return listed(names, "and") if 0 < len(names) <= MANY else None


def note_made(context: Context, command: Command, arguments: dict[str, core.Expression]) -> None:
    """Remember what a command makes, so that the statements after it may name it."""
    context.unsettled |= MAKES.get(command.name, frozenset())
    if command.effect.changes and command.family in ("notes", "tags"):
        context.unsettled.add("tag")
    for param in command.params:
        computed = not isinstance(arguments.get(param.name), core.Literal)
        if param.creates and param.name in arguments and computed:
            context.unsettled.add(param.type.name)


def check_name(
    context: Context, want: Type, text: str, span: Span, create: str | None = None
) -> None:
    """Report a name of a deck, a note type or a profile that does not exist.

    Upper and lower case count, since some actions of AnkiConnect tell them apart (measured:
    getDeckConfig, deleteDecks). `create` says how a deck can be made on the way.
    """
    world = context.world
    if context.may_have_made(want.name, text):
        return
    if want.name == "deck":
        decks = world.decks()
        if decks is not None and text not in decks:
            similar = near(text, decks)
            context.report(
                kinds.DECK(span, name=text, near=similar, create=create, fix=fix(span, similar))
            )
    elif want.name == "model":
        models = world.models()
        if models is not None and text not in models:
            similar = near(text, models)
            context.report(
                kinds.MODEL(span, name=text, near=similar, all=some(models), fix=fix(span, similar))
            )
    elif want.name == "profile":
        profiles = world.profiles()
        if profiles is not None and text not in profiles:
            context.report(kinds.PROFILE(span, name=text, near=near(text, profiles)))


def looked_up(
    context: Context, command: Command, arguments: dict[str, core.Expression], create: bool
) -> tuple[str, ...]:
    """The parameters of a command whose decks are looked up before it is sent.

    Some commands would make a deck that is not there: if nothing says before the program runs
    that it will be, it is seen to then.
    """
    decks = {p.name for p in command.params if p.type.name == "deck" and not p.creates}
    if create:
        return ()
    return tuple(n for n in arguments if n in decks and not _exists(context, arguments[n]))


def _exists(context: Context, deck: core.Expression) -> bool:
    if not isinstance(deck, core.Literal):
        return False
    known = context.world.decks() or ()
    return ("deck", deck.value) in context.created or deck.value in known


def check_fields(context: Context, model: str, names: Iterable[tuple[str, Span]]) -> None:
    """Report fields that a note type does not have."""
    if context.may_have_made("model", model):
        return
    models = context.world.models()
    fields = context.world.fields(model)
    if models is None or fields is None or model not in models:
        return
    for name, span in names:
        if name not in fields:
            similar = near(name, fields)
            context.report(
                kinds.FIELD(
                    span,
                    name=name,
                    model=model,
                    near=similar,
                    all=some(fields),
                    fix=fix(span, similar),
                )
            )
