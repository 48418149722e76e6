"""Tables whose rows have different columns."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.lab import Lab

UNEVEN = "[{a: 1}, {a: 2, b: 5}]"
READ = """('[{"a": 1}, {"a": 2, "b": 5}]' | from json)"""


@pytest.mark.parametrize("table", [UNEVEN, READ])
@pytest.mark.parametrize(
    ("verb", "result"),
    [
        ("select a, b", [{"a": 1, "b": None}, {"a": 2, "b": 5}]),
        ("where b == 5", [{"a": 2, "b": 5}]),
        ("where a == 1", [{"a": 1}]),
        ("sort -b", [{"a": 2, "b": 5}, {"a": 1}]),
        ("max b", 5),
        ("derive c = b ?? 0 | select c", [{"c": 0}, {"c": 5}]),
        ("group b", [{"b": None, "count": 1}, {"b": 5, "count": 1}]),
    ],
)
def test_a_column_that_only_some_rows_have_is_null_in_the_others(
    reading: Lab, table: str, verb: str, result: Any
) -> None:
    assert reading.result(f"{table} | {verb}") == result


def test_a_column_that_no_row_has_is_an_error(reading: Lab) -> None:
    assert reading.codes(f"{UNEVEN} | where c == 1") == ["name::column"]
    assert reading.codes(f"{READ} | where c == 1") == ["value::no-column"]


def test_an_item_of_any_type_may_have_any_column(reading: Lab) -> None:
    assert reading.codes("[{a: 1}, 3] | where a == 1") == ["value::no-columns"]
