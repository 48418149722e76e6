"""What is never sent, whoever asks for it: requests that AnkiConnect takes for something else.

A program that is checked, `call` and what is known only when a program runs all pass here. What
is dangerous and can only be told by looking at the collection, the inverses say (`objections`).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ankish.analysis import core
from ankish.analysis.fit import named
from ankish.catalog.actions import ACTIONS
from ankish.catalog.kinds_of import kind_of
from ankish.catalog.types import Type
from ankish.data import dataclass
from ankish.diagnostics.kind import Kind
from ankish.diagnostics.kinds import guard as kinds
from ankish.diagnostics.model import Diagnostic, Span

Params = dict[str, Any]
Path = tuple[str | int, ...]

UNKNOWN: Any = object()
"""Stands for a value that is known only when the program runs."""

MEDIA = frozenset({"deleteMediaFile", "storeMediaFile"})
"""Actions that do something to the file of a name."""
ATTACHED = ("audio", "video", "picture")
"""Where a note object has its files."""
CONTENTS = ("data", "path", "url")
"""What says what is in a file."""
MADE = {
    "createDeck": "deck",
    "changeDeck": "deck",
    "renameDeck": "newName",
    "createFilteredDeck": "deck",
}
"""Actions that make a deck, and the parameter with its name."""
NEW_FIELDS = {
    "modelFieldAdd": "fieldName",
    "modelFieldRename": "newFieldName",
    "createModel": "inOrderFields",
}
"""Actions that give fields their names, and the parameter with the name or the names."""
SINGLE = frozenset({"addTags", "removeTags"})
"""Actions that are refused when the same note stands in them twice."""
WANTS_DECKS = {"getDeckStats": "decks", "cardReviews": "deck", "getLatestReviewID": "deck"}
"""Reads that make every deck they are asked about."""
REVIEW_LENGTH = 9
_DIGITS = re.compile(r"-?\d{1,18}", re.ASCII)
"""A number as a text, as AnkiConnect's own documentation has some."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a request: the way to it from the parameters, and the message."""

    path: Path
    kind: Kind
    values: dict[str, Any]

    def told(self, span: Span) -> Diagnostic:
        """The message, at a place of the program."""
        return self.kind(span, **self.values)


def faults(action: str, params: Params, raw: bool = False) -> Iterator[Fault]:
    """What is wrong with a request. `UNKNOWN` in the parameters is passed over.

    `raw`: nothing has been held against the types of its parameters yet.
    """
    command = ACTIONS.get(action)
    if raw and command is not None:
        for param in command.params:
            if param.name in params and param.name != "reviews":  # more is said of these
                yield from _types(action, params[param.name], param.type, (param.name,))
    yield from _names(action, params)
    for note, path in notes_in(params):
        for key, at, item in attachments(note):
            yield from _attachment(action, item, (*path, key, *at))
    if raw and action == "updateNoteModel":
        remodelled = params.get("note")
        if isinstance(remodelled, dict) and "tags" not in remodelled:
            yield Fault(("note",), kinds.TAGS_LOST, {"action": action})
    if raw and action in SINGLE:
        yield from _repeated(action, params.get("notes"))
    if action == "setEaseFactors":
        cards, eases = params.get("cards"), params.get("easeFactors")
        if isinstance(cards, list) and isinstance(eases, list) and len(eases) < len(cards):
            said = {"cards": len(cards), "eases": len(eases)}
            yield Fault(("easeFactors",), kinds.TOO_FEW_EASES, said)
    if action == "insertReviews":
        yield from _reviews(action, params.get("reviews"))
    if action == "multi" and isinstance(actions := params.get("actions"), list):
        for number, each in enumerate(actions):
            if isinstance(each, dict) and isinstance(each.get("action"), str):
                inner = each.get("params") or {}
                if isinstance(inner, dict):
                    for fault in faults(each["action"], inner, raw=True):
                        way = ("actions", number, "params", *fault.path)
                        yield Fault(way, fault.kind, fault.values)


def written_faults(
    action: str, arguments: Mapping[str, core.Expression], span: Span, raw: bool = False
) -> Iterator[Diagnostic]:
    """What is wrong with a request as far as it is written in the program, at its place there."""
    params = {name: constant(each) for name, each in arguments.items()}
    for fault in faults(action, params, raw):
        node = arguments.get(str(fault.path[0]))
        yield fault.told(span if node is None else place_of(node, fault.path[1:]))


def decks_wanted(action: str, params: Params) -> list[str]:
    """The decks that have to exist, since a read would make them."""
    given = params.get(WANTS_DECKS.get(action, ""))
    found = given if isinstance(given, list) else [given]
    return [deck for deck in found if isinstance(deck, str)]


def constant(node: Any) -> Any:
    """The value of an expression as far as it is written in the program; the rest is `UNKNOWN`."""
    return core.written(node, lambda _: UNKNOWN)


def place_of(node: Any, path: Sequence[str | int]) -> Span:
    """The place of what a path leads to, as far as it is written there."""
    for step in path:
        inner = None
        if isinstance(node, core.RecordOf):
            inner = dict(node.items).get(str(step))
        elif isinstance(node, core.ListOf) and isinstance(step, int) and step < len(node.items):
            inner = node.items[step]
        if inner is None:
            break
        node = inner
    return node.span  # type: ignore[no-any-return]


def _types(action: str, value: Any, want: Type, path: Path) -> Iterator[Fault]:
    """Ids, numbers and lists that are none."""
    if value is None or value is UNKNOWN:
        return
    name = want.name
    if name in ("cards", "notes"):
        if not isinstance(value, list):
            yield _type(action, value, want, path)
        elif not all(type(each) is int for each in value):
            single = Type(name.removesuffix("s"))
            for at, each in enumerate(value):
                yield from _types(action, each, single, (*path, at))
    elif name in ("card", "note", "int"):
        harmless = len(path) > 1 or name != "int"  # in SQL, and where Anki looks at it itself
        digits = harmless and isinstance(value, str) and _DIGITS.fullmatch(value)
        if isinstance(value, bool) or not (isinstance(value, int) or digits):
            yield _type(action, value, want, path)
    elif name == "list":
        if not isinstance(value, list):
            if not _may_be_single(path):
                yield _type(action, value, want, path)
            elif want.of is not None:
                yield from _types(action, value, want.of, path)
        elif want.of is not None:
            for at, each in enumerate(value):
                yield from _types(action, each, want.of, (*path, at))
    elif name == "record" and isinstance(value, dict):
        for key in want.keys:
            if key.name in value:
                yield from _types(action, value[key.name], key.type, (*path, key.name))


def _may_be_single(path: Path) -> bool:
    """Whether AnkiConnect takes one thing for a list of one: the files of a note."""
    return path[-1] in ATTACHED


def _type(action: str, value: Any, want: Type, path: Path) -> Fault:
    given = repr(value) if isinstance(value, str | int | float) else kind_of(value)
    name = ".".join(map(str, path))
    said = {"action": action, "wanted": named(want), "name": name, "given": given}
    return Fault(path, kinds.WRONG_TYPE, said)


def _names(action: str, params: Params) -> Iterator[Fault]:
    """Names of media files, decks and fields that mean something else."""
    if action in MEDIA and isinstance(name := params.get("filename"), str):
        yield from _folder(action, name, ("filename",))
    made = MADE.get(action)
    name = params.get(made) if made is not None else None
    if made is not None and isinstance(name, str) and (other := deck_name(name)) != name:
        yield Fault((made,), kinds.DECK_NAME, {"given": name, "made": other})
    key = NEW_FIELDS.get(action, "")
    named_so = params.get(key)
    for at, each in enumerate(named_so if isinstance(named_so, list) else [named_so]):
        if isinstance(each, str) and each and (other := field_name(each)) != each:
            way = (key, at) if isinstance(named_so, list) else (key,)
            yield Fault(way, kinds.FIELD_NAME, {"given": each, "made": other})


def field_name(name: str) -> str:
    """The name that Anki makes of one for a field."""
    return re.sub('[:{}"]', "", name).strip().lstrip("#^/").strip()


def deck_name(name: str) -> str:
    """The name that Anki makes of one for a deck."""
    parts = (re.sub(r"[\x00-\x1f\x7f]", "", part).strip() for part in name.split("::"))
    return "::".join(part or "blank" for part in parts)


def _folder(action: str, name: str, path: Path) -> Iterator[Fault]:
    if re.split(r"[/\\]", name)[-1].strip() in ("", ".", ".."):
        said = {"action": action, "name": ".".join(map(str, path)), "given": name}
        yield Fault(path, kinds.FOLDER, said)


def notes_in(params: Params) -> Iterator[tuple[Params, Path]]:
    """The note objects in parameters."""
    if isinstance(note := params.get("note"), dict):
        yield note, ("note",)
    if isinstance(notes := params.get("notes"), list):
        for at, each in enumerate(notes):
            if isinstance(each, dict):
                yield each, ("notes", at)


def attachments(note: Params) -> Iterator[tuple[str, Path, Params]]:
    """The files that come with a note: under which key, and at which place of a list."""
    for key in ATTACHED:
        given = note.get(key)
        for at, item in enumerate(given if isinstance(given, list) else [given]):
            if isinstance(item, dict):
                yield key, (at,) if isinstance(given, list) else (), item


def _attachment(action: str, item: Params, path: Path) -> Iterator[Fault]:
    name = item.get("filename")
    if isinstance(name, str):
        yield from _folder(action, name, (*path, "filename"))
    about = {"action": action, "file": name if isinstance(name, str) else "computed"}
    if not any(item.get(each) for each in CONTENTS):
        yield Fault(path, kinds.NO_CONTENTS, about)
    data = item.get("data")
    if isinstance(data, str) and not _is_base64(data):
        yield Fault((*path, "data"), kinds.NOT_BASE64, about)


def _is_base64(text: str) -> bool:
    try:
        binascii.a2b_base64(text)
    except ValueError:
        return False
    return True


def _repeated(action: str, notes: Any) -> Iterator[Fault]:
    if not isinstance(notes, list):
        return
    numbers = [each for each in notes if isinstance(each, int)]
    if len(set(numbers)) == len(numbers):
        return
    seen: set[int] = set()
    for at, each in enumerate(notes):
        if isinstance(each, int) and each in seen:
            said = {"action": action, "item": each, "name": "notes"}
            yield Fault(("notes", at), kinds.TWICE, said)
            return
        seen |= {each} if isinstance(each, int) else set()


def _reviews(action: str, rows: Any) -> Iterator[Fault]:
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        numbers = isinstance(row, list) and all(
            type(each) is int or each is UNKNOWN for each in row
        )
        if row is not UNKNOWN and not (numbers and len(row) == REVIEW_LENGTH):
            yield Fault(("reviews", at), kinds.REVIEW, {"action": action, "name": f"line {at + 1}"})
            return
