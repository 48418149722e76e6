"""What can be offered at a place: commands, names of things, columns, variables, keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ankish.analysis import core
from ankish.analysis.candidates import Doc, Offers
from ankish.analysis.convert import conversion
from ankish.analysis.days import due_days, today
from ankish.analysis.fit import named
from ankish.analysis.flows import columns, entity_of, fields_of
from ankish.analysis.places import Place
from ankish.analysis.search_words import about_decks
from ankish.analysis.wanted import ADDED, is_switch
from ankish.catalog.actions import ACTIONS
from ankish.catalog.builtins import ADDING, ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.model import Command, Param
from ankish.catalog.types import Type
from ankish.syntax import writing

EVERYDAY = (
    "find where sort select first count suspend unsuspend changeDeck addTags removeTags "
    "set derive group each addNote deckNames modelNames getTags notes cards print call open save"
).split()
"""What is used most; it is offered first."""

_ENDS = re.compile(r"[\w\"'\])}`]")
"""What a name, a text or a bracket ends in."""

STATEMENTS = {
    "LET": "Name a value: let due = find is:due | count",
    "IF": "Do something if a condition holds: if $due > 200 { … } else { … }",
    "FOR": "Do something with each item: for deck in (deckNames) { … }",
    "MACRO": "Name some statements: macro graduate(deck: deck) { … }",
    "PARAM": "Declare a parameter of a script: param days: int = 7",
    "USE": 'Bring in the macros of another file: use "other.ank"',
    "TRY": "Do something else if it fails: try { … } catch e { … }",
    "ATOMIC": "Take back what was done in it if it fails: atomic { … }",
    "FAIL": 'Stop with a message: fail "…"',
    "ASSERT": "Stop unless it holds: assert $count == 3",
    "TEST": 'Test this file on a scratch collection, with `ankish test`: test "name" { … }',
    "ELSE": "Otherwise",
    "CATCH": "If it fails",
}
WORDS = {
    "AND": "both hold",
    "OR": "one of both holds",
    "NOT": "it does not hold",
    "IN": "one is in the other: tag in tags",
    "HAS": "one holds the other: tags has leech",
    "TRUE": "",
    "FALSE": "",
    "NULL": "nothing",
}


def offer_commands(place: Place, offers: Offers) -> None:
    """Commands and row verbs; after a pipe those that can take what flows in come first."""
    flow = place.flow
    rows = flow is None or entity_of(flow) is not None or flow.type.name in ("list", "any")
    names = [*EVERYDAY, *sorted((place.commands.keys() | ROW_VERBS.keys()) - set(EVERYDAY))]
    for name in names:
        if name in ROW_VERBS:
            if "WHERE" in place.cursor.accepts:
                late = int(flow is None or not rows)
                offers.add(name, "verb", ROW_VERBS[name][0], late=late)
        elif (command := place.commands.get(name)) is not None:
            trouble = _trouble(command, flow)
            offers.add(name, "command", trouble or command.doc, late=int(trouble is not None))


def _trouble(command: Command, flow: core.Flow | None) -> str | None:
    """Why a command can't take what flows in; None if it can."""
    if flow is None:
        return None
    param = command.subject_param
    if param is None:
        return "takes no input"
    return None if conversion(flow, param.type) is not None else f"needs {named(param.type)}"


def offer_keywords(place: Place, offers: Offers) -> None:
    """The words of the language that can stand here: not glued to what stands before."""
    cursor = place.cursor
    if cursor.start and not offers.typed and _ENDS.match(cursor.text[cursor.start - 1]):
        return
    for kind, doc in {**STATEMENTS, **WORDS}.items():
        if kind in place.cursor.accepts:
            offers.add(kind.lower(), "keyword", doc, late=1)


def offer_parameters(place: Place, offers: Offers) -> None:
    """The parameters that can still be given by name, in the order of the signature."""
    for param in place.wanted.left:
        if is_switch(param) or offers.typed.startswith("--"):
            text, kind = f"--{param.name}", "switch"
        else:
            text, kind = f"{param.name}=", "parameter"
        name = text if offers.typed.startswith("-") else param.name
        late = int(not param.required)
        blank = " " if text.startswith("--") and not is_switch(param) else ""
        offers.add(text + blank, kind, param.doc, name=name, display=text, late=late)


def offer_keywords_of(place: Place, offers: Offers) -> None:
    """The parameters of a function that have a default."""
    function = FUNCTIONS.get(place.inner.opener[:-1])
    for param in function.params if function is not None else ():
        if not param.required and param.name not in place.inner.pairs:
            offers.add(f"{param.name}=", "parameter", param.doc, name=param.name)


def offer_names(place: Place, offers: Offers) -> None:
    """The values that can be named, by the type that is wanted."""
    type_ = place.type
    if type_ is None:
        return
    for choice in type_.choices:
        text = place.write(choice)
        if text is not None:
            offers.add(text, "value", _doc(place.wanted.param), name=choice)
    if type_.name == "bool" and place.cursor.string is None:
        offers.add("true", "value")
        offers.add("false", "value")
    if type_.name == "topic":
        for name, doc in topics(place.commands).items():
            offers.add(name, "topic", doc)
    if (param := place.wanted.param) is not None and (param.name, type_.name) == ("days", "text"):
        offer_due_days(place, offers)
    if type_.name == "path" and place.files is not None:
        for path, doc in place.files(offers.typed):
            if (text := place.write(path)) is not None:
                offers.add(text, "file", doc, name=path)
    names, about = _names(place, type_)
    offers.add_names(names, type_.name, about, place.write)


def offer_due_days(place: Place, offers: Offers) -> None:
    """The days on which cards can be made due, each with its date."""
    for days, doc in due_days(offers.typed, today()):
        if (text := place.write(days)) is not None:
            offers.add(text, "value", doc, name=days, typed=days)


def topics(commands: Mapping[str, Command]) -> dict[str, str]:
    """What `help` can tell about by name, with a line on each."""
    families = {command.family: "these commands" for command in commands.values()}
    families |= {"commands": "all commands by their names", "searches": "what a search is made of"}
    verbs = {name: doc for name, (doc, _) in ROW_VERBS.items()}
    functions = {name: function.doc for name, function in FUNCTIONS.items()}
    known = {name: command.doc for name, command in commands.items()}
    return dict(sorted({**families, **functions, **verbs, **known}.items()))


def _names(place: Place, type_: Type) -> tuple[Iterable[str] | None, Doc]:
    world, name = place.world, type_.name
    if name == "deck":
        return world.decks(), about_decks(world)
    if name == "media":
        return world.media(), "media file"
    if name == "model":
        return world.models(), "note type"
    if name == "tag":
        return world.tags(), "tag"
    if name == "profile":
        return world.profiles(), "profile"
    if name == "field":
        return fields_of(world, place.models), "field"
    if name == "template":
        models = place.models or world.models() or ()
        return dict.fromkeys(t for m in models for t in world.templates(m) or ()), "template"
    if name == "action":
        return sorted(ACTIONS.keys() | (world.actions() or set())), "action"
    return (), ""


def _doc(param: Param | None) -> str:
    return "" if param is None else param.doc


def offer_keys(place: Place, offers: Offers) -> None:
    """The keys of the record at hand."""
    type_ = place.wanted.type
    if type_ is None:
        return
    if type_.name == "list" and type_.of is not None:
        type_ = type_.of
    keys = [(key.name, key.doc) for key in type_.keys]
    if type_.names:
        names, said = _names(place, Type(type_.names))
        keys += [(name, said if isinstance(said, str) else said(name)) for name in names or ()]
    for name, doc in keys:
        text = _key(place, name)
        if text is not None and name not in place.inner.pairs:
            offers.add(text, "key", doc, name=name)


def _key(place: Place, name: str) -> str | None:
    """A key as it is written, with its colon, unless there is one."""
    string = place.cursor.string
    if string is None:
        written = writing.name(name)
        return None if written is None else f"{written}: "
    inside = writing.inside(name, string.opener)
    if inside is None:
        return None
    return inside if place.after.startswith(string.opener) else f"{inside}{string.opener}: "


def offer_columns(place: Place, offers: Offers) -> None:
    """The columns of the row at hand, or what a row verb can set."""
    verb = place.cursor.stage.verb
    flow = place.flow or core.Flow(Type("any"))
    keys = [(key.name, key.doc) for key in columns(flow, place.world, place.models)]
    kind = "column"
    if place.is_target:
        keys = [(name, "field") for name in fields_of(place.world, place.models)]
        kind = "field"
        if verb in ADDING:
            keys = [(name, f"the note's {name}") for name in ADDED[verb]] + keys
    for name, doc in keys:
        text = writing.name(name)
        if text is not None:
            offers.add(text, kind, doc, name=name, typed=offers.typed.strip("`"))


def offer_functions(offers: Offers) -> None:
    """The functions of expressions."""
    for function in FUNCTIONS.values():
        doc = f"{function.signature}: {function.doc}"
        offers.add(f"{function.name}(", "function", doc, name=function.name, late=2)


def offer_variables(place: Place, offers: Offers, sign: str) -> None:
    """The variables, the innermost first; `sign` is `$`, or empty inside `${…}`."""
    for binding in {b.name: b for b in reversed(place.bindings)}.values():
        doc = named(binding.flow.type)
        offers.add(f"{sign}{binding.name}", "variable", doc, late=1)
