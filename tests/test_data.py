"""Classes of plain data are like those of the standard library, whatever is done with them."""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

import ankish.data

LIBRARIES = pytest.mark.parametrize("data", [ankish.data, dataclasses], ids=["ankish", "standard"])


def classes(data: Any) -> SimpleNamespace:
    """The same classes, declared with one library or the other."""

    @data.dataclass(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 2

        @property
        def sum(self) -> int:
            return self.x + self.y

    @data.dataclass(frozen=True, slots=True)
    class Named(Point):
        name: str = "?"
        tags: list[str] = data.field(default_factory=list, compare=False)
        y: int = 5

        def more(self) -> int:
            return self.x + self.y

    @data.dataclass
    class Open:
        x: int
        secret: str = data.field(default="s3cret", repr=False)
        double: int = data.field(init=False)

        def __post_init__(self) -> None:
            self.double = 2 * self.x

    @data.dataclass(frozen=True, eq=False)
    class Self:
        x: int = 1

    @data.dataclass(frozen=True)
    class Odd:
        x: int = 1

        def __repr__(self) -> str:
            return "odd"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    @data.dataclass(slots=True)
    class Empty:
        pass

    return SimpleNamespace(
        Point=Point, Named=Named, Open=Open, Self=Self, Odd=Odd, Empty=Empty, replace=data.replace
    )


SHOWN: dict[str, Callable[[Any], object]] = {
    "by position": lambda c: c.Point(1, 3),
    "by name": lambda c: c.Point(y=3, x=1),
    "by default": lambda c: c.Point(1),
    "inherited, redeclared": lambda c: c.Named(1),
    "all of them": lambda c: c.Named(1, 2, "n", ["t"]),
    "hidden, computed": lambda c: (c.Open(4), c.Open(4).secret),
    "own repr": lambda c: c.Odd(),
    "none": lambda c: c.Empty(),
    "methods": lambda c: (c.Point(1).sum, c.Named(1).more(), c.Point.__doc__),
    "a list of its own each": lambda c: (
        [each.tags.append("t") for each in (c.Named(1),)] and c.Named(1).tags
    ),
    "replaced": lambda c: c.replace(c.Named(1, tags=["t"]), name="n"),
    "replaced, computed anew": lambda c: c.replace(c.Open(1), x=5).double,
    "equal": lambda c: c.Point(1, 2) == c.Point(1),
    "unequal": lambda c: c.Point(1, 2) == c.Point(2, 2),
    "another class": lambda c: c.Point(1, 5) == c.Named(1),
    "not compared": lambda c: c.Named(1, tags=["a"]) == c.Named(1, tags=["b"]),
    "own equality": lambda c: c.Odd(1) == c.Odd(2),
    "identity": lambda c: c.Self(1) == c.Self(1),
    "none to compare": lambda c: c.Empty() == c.Empty(),
    "hash": lambda c: len({c.Point(1), c.Point(1, 2), c.Point(2), c.Named(1), c.Named(1)}),
    "hash of identity": lambda c: len({c.Self(), c.Self()}),
    "own hash": lambda c: hash(c.Odd(1)),
    "changed": lambda c: setattr(opened := c.Open(1), "x", 9) or opened,
    "match": lambda c: [c.Point.__match_args__, c.Named.__match_args__, c.Open.__match_args__],
    "slots": lambda c: [hasattr(made, "__dict__") for made in (c.Point(1), c.Named(1), c.Open(1))],
}

REFUSED: dict[str, Callable[[Any], object]] = {
    "missing": lambda c: c.Point(),
    "missing behind a default": lambda c: c.Point(y=1),
    "too many": lambda c: c.Point(1, 2, 3),
    "twice": lambda c: c.Point(1, x=1),
    "twice, and all": lambda c: c.Point(1, 2, y=2),
    "unknown": lambda c: c.Point(1, z=1),
    "computed": lambda c: c.Open(1, "s", 2),
    "replace what is not there": lambda c: c.replace(c.Point(1), z=1),
    "assign": lambda c: setattr(c.Point(1), "x", 2),
    "assign, inherited": lambda c: setattr(c.Named(1), "x", 2),
    "assign without slots": lambda c: setattr(c.Self(), "x", 2),
    "delete": lambda c: delattr(c.Point(1), "x"),
    "something new": lambda c: setattr(c.Point(1), "z", 2),
    "something new in slots": lambda c: setattr(c.Empty(), "z", 2),
    "hash of what can change": lambda c: hash(c.Open(1)),
    "no order": lambda c: operator.lt(c.Point(1), c.Point(2)),
}


@pytest.mark.parametrize("case", SHOWN)
def test_same_as_the_standard_library(case: str) -> None:
    ours, theirs = (SHOWN[case](classes(data)) for data in (ankish.data, dataclasses))
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize("case", SHOWN)
def test_a_class_with_many_instances_is_the_same(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ankish.data, "MANY", 1)
    ours = classes(ankish.data)
    before = SHOWN[case](ours)
    made = [ours.Point(1), ours.Named(1), ours.Open(1), ours.Self(), ours.Odd(), ours.Empty()]
    assert all(type(each).__init__ is not ankish.data._init for each in made)
    assert repr(SHOWN[case](ours)) == repr(before)


@LIBRARIES
@pytest.mark.parametrize("case", REFUSED)
def test_refused_as_by_the_standard_library(
    data: Any, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ankish.data, "MANY", 1)
    declared = classes(data)
    for _ in range(2):  # ours by what all classes share, then by the class' own
        with pytest.raises((TypeError, AttributeError)):
            REFUSED[case](declared)
        declared.Point(1), declared.Named(1), declared.Open(1), declared.Self(), declared.Empty()


@LIBRARIES
def test_a_shared_list_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="default_factory"):

        @data.dataclass
        class Shared:
            items: list[int] = []
