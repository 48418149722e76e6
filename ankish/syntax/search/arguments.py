"""Whether what stands after a keyword is what Anki takes there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ankish.diagnostics.kinds import search as kinds
from ankish.diagnostics.model import Diagnostic, Fix
from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import listed
from ankish.syntax.search import keywords as words
from ankish.syntax.search.keywords import Number, Takes
from ankish.syntax.search.numbers import I64, U8, U32, fits, whole
from ankish.syntax.search.spelled import Spelled
from ankish.syntax.search.written import HOLE

Problems = Iterator[Diagnostic]

NAME = re.compile(r"cd[ns]:[A-Za-z0-9]+|[a-z]+", re.A)
UNTIL_OPERATOR = re.compile(r"[^=!<>~≤≥ ]*")
FOREIGN_OPERATORS = {
    "==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "≥": ">=", "≤": "<=", "≠": "!=", "~": "="
}  # fmt: skip
OTHER_STATES = {
    "learning": "is:learn",
    "marked": "tag:marked",
    "leech": "tag:leech",
    "flagged": "-flag:0",
    "filtered": "deck:filtered",
    "young": "prop:ivl<21",
    "mature": "prop:ivl>=21",
    "buried-user": "is:buried-manually",
}
OTHER_PROPERTIES = {
    **{name: to for name, to in words.OTHER_NAMES.items() if to.startswith("prop:")},
    "position": "prop:pos",
    "factor": "prop:ease",
    "reviews": "prop:reps",
    "flag": "flag:",
}


def check_argument(keyword: str, value: Spelled) -> Problems:
    """What is wrong with the value of a keyword. Bound values in it are taken to be right.

    Names (`deck:`, `tag:`), texts and regular expressions may be anything.
    """
    declared = words.KEYWORDS[keyword]
    check = _CHECKS.get(declared.takes)
    if check is None:
        return
    if not value.text:
        example = _EXAMPLES.get(keyword, f"{keyword}:7")
        wanted = _MISSING[declared.takes]
        yield kinds.NOTHING(value.whole, before=f"{keyword}:", wanted=wanted, example=example)
        return
    yield from check(keyword, value)


_MISSING = {
    Takes.STATE: "the state",
    Takes.PROPERTY: "the property",
    Takes.FLAG: "the number of the flag",
    Takes.DAYS: "the number of days",
    Takes.DAYS_BUTTON: "the number of days",
    Takes.IDS: "the list of ids",
    Takes.ID: "the id",
    Takes.DUPLICATE: "the id of the note type",
}

_EXAMPLES = {
    "is": "is:due",
    "prop": "prop:ivl>=21",
    "flag": "flag:1",
    "nid": "nid:1502298033753",
    "cid": "cid:1502298033753",
    "did": "did:1502298033753",
    "mid": "mid:1502298033753",
    "dupe": "dupe:1502298033753,text",
}


def _state(keyword: str, value: Spelled) -> Problems:
    given = value.text
    if HOLE in given or given in words.STATES:
        return
    near = nearest(given, words.STATES)
    instead = OTHER_STATES.get(given.casefold())
    yield kinds.STATE(
        value.span(0),
        given=given,
        near=listed(near) if near and not instead else None,
        instead=instead and f"{instead} finds these",
        states=", ".join(words.STATES),
        fix=Fix(value.span(0), near[0]) if near and not instead else None,
    )


def _flag(keyword: str, value: Spelled) -> Problems:
    given = value.text
    number = whole(given, U8)
    if HOLE in given or (number is not None and number <= 7):
        return
    digit = next((d for d, colour in words.FLAGS.items() if colour == given.casefold()), None)
    yield kinds.FLAG(
        value.span(0),
        given=given,
        instead=digit and f"{given} is flag:{digit}",
        flags=", ".join(f"{digit} {colour}" for digit, colour in words.FLAGS.items()),
        fix=Fix(value.span(0), digit) if digit else None,
    )


def _days(keyword: str, value: Spelled) -> Problems:
    if HOLE not in value.text and whole(value.text, U32) is None:
        yield _no_number(f"{keyword}:", value, 0, Number.COUNT.value, f"{keyword}:7")


def _days_button(keyword: str, value: Spelled) -> Problems:
    days, colon, button = value.text.partition(":")
    if HOLE not in days and whole(days, U32) is None:
        place = value.first(len(days))
        yield _no_number(f"{keyword}:", place, 0, Number.COUNT.value, f"{keyword}:7")
    if colon:
        yield from _button(button, value, len(days) + 1, f"{keyword}:7:1")


def _button(button: str, value: Spelled, start: int, example: str) -> Problems:
    number = whole(button, U8)
    if HOLE not in button and (number is None or not 1 <= number <= 4):
        yield kinds.BUTTON(value.span(start), given=button, example=example)


def _ids(keyword: str, value: Spelled) -> Problems:
    if not re.fullmatch(rf"(?:[0-9]+|{HOLE})(?:,(?:[0-9]+|{HOLE}))*", value.text, re.A):
        by_name = keyword == "did" and re.search("[^0-9, +-]", value.text)
        instead = "a deck is found by its name with deck:" if by_name else None
        yield kinds.IDS(value.span(0), keyword=keyword, given=_shown(value.text), instead=instead)


def _id(keyword: str, value: Spelled) -> Problems:
    if HOLE not in value.text and whole(value.text, I64) is None:
        yield _no_number(f"{keyword}:", value, 0, "an id in digits", _EXAMPLES[keyword])


def _duplicate(keyword: str, value: Spelled) -> Problems:
    note_type, comma, _ = value.text.partition(",")
    if not comma or (HOLE not in note_type and whole(note_type, I64) is None):
        yield kinds.DUPLICATE(value.span(0))


def _property(keyword: str, value: Spelled) -> Problems:
    given = value.text
    if given.startswith(HOLE):
        return
    match = NAME.match(given)
    name = match[0] if match else ""
    rest = given[len(name) :]
    declared = words.PROPERTIES.get(name[:4] if ":" in name else name)
    if rest.startswith(HOLE):
        return
    if not UNTIL_OPERATOR.match(given)[0]:  # type: ignore[index]
        yield kinds.NOTHING(
            value.whole, before="prop:", wanted=_MISSING[Takes.PROPERTY], example=_EXAMPLES["prop"]
        )
        return
    if declared is None or re.match("[A-Za-z0-9]", rest):
        yield _no_property(value)
        return
    operator = next((each for each in words.OPERATORS if rest.startswith(each)), None)
    foreign = next((each for each in FOREIGN_OPERATORS if rest.startswith(each)), None)
    if foreign and not (operator and declared.number is Number.WORDS):
        span = value.span(len(name), len(name) + len(foreign))
        near = FOREIGN_OPERATORS[foreign]
        example = f"prop:{name}{near}{_shown(rest[len(foreign) :])}"
        yield kinds.FOREIGN_OPERATOR(span, given=foreign, example=example, fix=Fix(span, near))
    elif operator is None:
        example = f"prop:{name}>={'21' if declared.number is Number.COUNT else '0'}"
        yield kinds.OPERATOR(value.span(0), name=name, example=example)
    else:
        yield from _compared(declared, name + operator, value)


def _compared(declared: words.Property, before: str, value: Spelled) -> Problems:
    """Check the number of a comparison; that of `rated` may have a button behind it."""
    number = value.text[len(before) :]
    if declared.name == "rated":
        number, colon, button = number.partition(":")
        if colon:
            start = len(before) + len(number) + 1
            yield from _button(button, value, start, "prop:rated=-1:1")
    if (
        HOLE in number
        or declared.number is Number.WORDS
        or fits(number, declared.number, declared.factor)
    ):
        return
    example = f"prop:{before}" + {
        Number.COUNT: "21",
        Number.PAST: "-1",
        Number.REAL: "0.5",
        Number.EASE: "2.5",
    }.get(declared.number, "2")
    end = len(before) + len(number)
    place = value.first(end)
    yield _no_number(f"prop:{before}", place, len(before), declared.number.value, example)


def _no_property(value: Spelled) -> Diagnostic:
    match = UNTIL_OPERATOR.match(value.text)
    given = match[0] if match else ""
    near = nearest(given, [name.rstrip(":") for name in words.PROPERTIES if len(name) > 1])
    instead = OTHER_PROPERTIES.get(given.casefold())
    span = value.span(0, len(given) or 1)
    return kinds.PROPERTY(
        span,
        given=_shown(given),
        near=listed(near) if near and not instead else None,
        instead=instead and f"{instead} is what Anki has",
        properties=", ".join(name.rstrip(":") for name in words.PROPERTIES),
        fix=Fix(span, near[0]) if near and not instead else None,
    )


def _no_number(before: str, value: Spelled, start: int, wanted: str, example: str) -> Diagnostic:
    given = value.text[start:]
    if not given:
        return kinds.NOTHING(value.whole, before=before, wanted=wanted, example=example)
    return kinds.NUMBER(
        value.span(start), before=before, given=_shown(given), wanted=wanted, example=example
    )


def _shown(text: str) -> str:
    return text.replace(HOLE, "${…}")


_CHECKS: dict[Takes, Callable[[str, Spelled], Problems]] = {
    Takes.STATE: _state,
    Takes.PROPERTY: _property,
    Takes.FLAG: _flag,
    Takes.DAYS: _days,
    Takes.DAYS_BUTTON: _days_button,
    Takes.IDS: _ids,
    Takes.ID: _id,
    Takes.DUPLICATE: _duplicate,
}
"""What has a form; the rest may be any text."""
