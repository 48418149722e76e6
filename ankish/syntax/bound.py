"""What stands for more than a value, where a value is bound into a search."""

from __future__ import annotations


class SubSearch(str):
    """A search that is a part of another one: it goes into brackets."""

    __slots__ = ()


class _Absent:
    """There is no value, and none is needed: the whole term is left out."""


ABSENT = _Absent()
