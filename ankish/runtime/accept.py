"""What a parameter is given, held against its type before anything is sent.

Where types are known before the program runs, this finds nothing. What comes out of files and
answers is only known here: it is made into what is wanted where nothing is lost by that (a
number into a text, texts into tags, one item into a list), else it is an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ankish.analysis import core
from ankish.analysis.fit import NAMES, TEXTS, formed, limits, named, within
from ankish.catalog.kinds_of import kind_of
from ankish.catalog.model import Param
from ankish.catalog.types import TAG, Type
from ankish.data import dataclass
from ankish.diagnostics.kinds import value as kinds
from ankish.diagnostics.model import AnkishError, Span
from ankish.diagnostics.nearest import near
from ankish.runtime.ids import id_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is wanted: the command, the way to it from the parameter, and its span."""

    command: str
    path: str
    written: Any

    @property
    def span(self) -> Span:
        """The place in the program."""
        return self.written.span  # type: ignore[no-any-return]

    def at(self, key: str) -> Place:
        """A key of a record."""
        pairs = self.written.items if isinstance(self.written, core.RecordOf) else ()
        inner = next((value for name, value in pairs if name == key), self.written)
        return Place(self.command, f"{self.path}.{key}", inner)

    def item(self, index: int) -> Place:
        """An item of a list."""
        known = isinstance(self.written, core.ListOf) and index < len(self.written.items)
        inner = self.written.items[index] if known else self.written
        return Place(self.command, f"{self.path}.{index}", inner)


def accepted(value: Any, param: Param, command: str, written: Any) -> Any:
    """The value for a parameter, as it is sent.

    `written` is the expression that gave it. Raises `AnkishError` where the value is not what
    the parameter wants, with the parameter, the part of it that is wrong, and the place.
    """
    made = _of(value, param.type, Place(command, param.name, written))
    if made == "" and param.type.name in NAMES and param.empty is None:
        raise kinds.EMPTY_NAME.error(written.span, action=command, name=param.name)
    return made


def _of(value: Any, want: Type, place: Place) -> Any:
    return _TYPES.get(want.name, _anything)(value, want, place)


def _anything(value: Any, want: Type, place: Place) -> Any:
    return value


def _wrong(value: Any, want: Type, place: Place) -> AnkishError:
    return kinds.PARAMETER.error(
        place.span,
        command=place.command,
        name=place.path,
        wanted=named(want),
        given=kind_of(value),
    )


def _null(value: Any, want: Type, place: Place) -> None:
    if value is not None:
        raise _wrong(value, want, place)


def _bool(value: Any, want: Type, place: Place) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, want, place)
    return value


def _int(value: Any, want: Type, place: Place) -> int:
    number = _whole(value, want, place)
    if not within(number, want):
        raise kinds.RANGE.error(
            place.span, command=place.command, name=place.path, given=number, limits=limits(want)
        )
    return number


def _whole(value: Any, want: Type, place: Place) -> int:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(value, want, place)
    return value


def _float(value: Any, want: Type, place: Place) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(value, want, place)
    return value


def _text(value: Any, want: Type, place: Place) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong(value, want, place)
    if want.choices and value not in want.choices:
        raise kinds.CHOICE.error(
            place.span, command=place.command, name=place.path, given=value, choices=named(want)
        )
    if want.form is not None and not formed(value, want):
        raise kinds.FORM.error(
            place.span, command=place.command, name=place.path, given=value, form=want.form.words
        )
    return value


def _tags(value: Any, want: Type, place: Place) -> str:
    if isinstance(value, list):
        return " ".join(_text(item, TAG, place.item(at)) for at, item in enumerate(value))
    return _text(value, want, place)


def _list(value: Any, want: Type, place: Place) -> list[Any]:
    of = want.of
    if not isinstance(value, list):
        return [value if of is None else _of(value, of, place)]
    if of is None or of.name == "any":
        return value
    return [_of(item, of, place.item(at)) for at, item in enumerate(value)]


def _record(value: Any, want: Type, place: Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, want, place)
    known = [key.name for key in want.keys]
    for key in want.keys:
        if key.required and key.name not in value:
            raise kinds.KEY_MISSING.error(
                place.span, command=place.command, name=place.path, key=key.name
            )
    made = {}
    for name, item in value.items():
        declared = want.key(name)
        of = declared.type if declared is not None else want.of
        if of is None and want.keys:
            similar = near(name, known)
            raise kinds.KEY.error(
                place.span, command=place.command, name=place.path, key=name, near=similar
            )
        made[name] = item if of is None else _of(item, of, place.at(name))
    return made


def _id(value: Any, want: Type, place: Place) -> int:
    found = id_of(value)
    if found is None:
        raise _wrong(value, want, place)
    return found


def _ids(value: Any, want: Type, place: Place) -> list[int]:
    items = value if isinstance(value, list) else [value]
    if {*map(type, items)} <= {int}:
        return items  # the most common of all, and there may be many
    single = Type(want.name.removesuffix("s"))
    return [_id(item, single, place.item(at)) for at, item in enumerate(items)]


_TYPES: dict[str, Callable[[Any, Type, Place], Any]] = {
    "null": _null,
    "bool": _bool,
    "int": _int,
    "float": _float,
    **dict.fromkeys((*TEXTS, "query"), _text),
    "tags": _tags,
    "list": _list,
    "record": _record,
    "cards": _ids,
    "notes": _ids,
    "card": _id,
    "note": _id,
}
