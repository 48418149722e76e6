"""The scripts that draw charts, held against what the collection says."""

from __future__ import annotations

from typing import Any

from tests.scripts.test_library import run
from tests.support.lab import Lab


def bars(shown: Any) -> dict[str, float]:
    """The bars of a chart."""
    return {point["label"]: point["value"] for point in shown["points"]}


def test_forecast(lab: Lab) -> None:
    chart, said = run(lab, "forecast", "--search", "deck:Spanish", "--days", "3")
    due = [len(lab.ids(f"deck:Spanish prop:due={day} -is:suspended")) for day in range(3)]
    assert bars(chart) == dict(zip(("today", "tomorrow", "in 2 days"), due, strict=True))
    overdue = len(lab.ids("deck:Spanish prop:due<0 -is:suspended"))
    assert said[0] == sum(due) > 0 and said[2] == overdue > 0


def test_intervals(lab: Lab) -> None:
    chart, said = run(lab, "intervals", "--search", "deck:Spanish")
    assert bars(chart)["1 day"] == len(lab.ids("deck:Spanish prop:ivl=1")) > 0
    weeks = len(lab.ids("deck:Spanish prop:ivl>=8 prop:ivl<=20"))
    assert bars(chart)["8 to 20 days"] == weeks > 0
    assert sum(bars(chart).values()) == said[0] == len(lab.ids("deck:Spanish prop:ivl>0"))


def test_ease(lab: Lab) -> None:
    chart, said = run(lab, "ease", "--search", "deck:Spanish")
    assert bars(chart)["250 %"] == len(lab.ids("deck:Spanish prop:ease>=2.5 prop:ease<2.6")) > 0
    assert sum(bars(chart).values()) == said[0]
    assert run(lab, "ease", "--search", "is:new")[-1][0] == 0


def test_reviews(lab: Lab) -> None:
    by_day = dict(lab.ask("getNumCardsReviewedByDay"))
    (chart,) = run(lab, "reviews", "--days", "20")
    assert len(bars(chart)) == 20
    drawn = {day: number for day, number in bars(chart).items() if number}
    assert drawn == {day: by_day[day] for day in drawn}
    assert len(drawn) > 10
    (of_deck,) = run(lab, "reviews", "--days", "20", "--deck", "Spanish")
    assert 0 < sum(bars(of_deck).values()) < sum(drawn.values())
