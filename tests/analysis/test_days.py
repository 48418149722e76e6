"""Days in words, for those who pick one."""

from __future__ import annotations

from datetime import date

import pytest

from ankish.analysis.days import due_days, last_days, on

SUNDAY = date(2026, 11, 29)


def test_a_number_may_mean_days_weeks_months_and_years() -> None:
    assert list(last_days("3", SUNDAY)) == [
        ("3", "the last 3 days, since Fri 2026-11-27"),
        ("21", "3 weeks: since Mon 2026-11-09"),
        ("90", "3 months: since Tue 2026-09-01"),
        ("1095", "3 years: since Fri 2023-12-01"),
    ]
    assert next(last_days("1", SUNDAY)) == ("1", "today, Sun 2026-11-29")
    assert ("7", "1 week: since Mon 2026-11-23") in list(last_days("1", SUNDAY))


def test_what_is_often_asked_for_comes_without_a_number() -> None:
    numbers = [number for number, _ in last_days("", SUNDAY)]
    assert numbers == ["1", "2", "3", "7", "14", "30", "90", "365"]


@pytest.mark.parametrize("typed", ["0", "x", "-1", "²", "99999999999999999999"])
def test_what_is_no_number_of_days_has_no_date(typed: str) -> None:
    assert list(last_days(typed, SUNDAY)) == []
    if typed != "0":
        assert list(due_days(typed, SUNDAY)) == []


def test_when_cards_can_be_due() -> None:
    assert list(due_days("3", SUNDAY)) == [
        ("3", "in 3 days, Wed 2026-12-02"),
        ("3-10", "a day between Wed 2026-12-02 and Wed 2026-12-09"),
        ("3!", "in 3 days, Wed 2026-12-02; the interval too"),
    ]
    assert list(due_days("0!", SUNDAY)) == [("0!", "today, Sun 2026-11-29; the interval too")]
    assert next(due_days("", SUNDAY)) == ("0", "today, Sun 2026-11-29")


def test_the_day_of_a_property() -> None:
    assert on(-1, SUNDAY) == "Sat 2026-11-28"
    assert on(99_999, SUNDAY) == ""
