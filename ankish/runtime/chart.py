"""Charts of characters, drawn by plotext."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ankish.diagnostics.text import one_line

Points = Sequence[tuple[str, float]]

HEIGHT = 15
"""How many lines a chart of lines or a histogram has, its axes included."""
MOST = 40
"""How many bars are drawn; a longer chart is no picture any more."""
TICKS = 6
"""How many labels stand under a line."""


def drawn(kind: str, points: Points, bins: int, width: int) -> list[str]:
    """The lines of a chart: `bars`, `lines` or `histogram`."""
    if not points:
        return ["nothing to draw"]
    if kind == "bars":
        return _bars(points, width)
    plot = _plot(width, HEIGHT)
    values = [value for _, value in points]
    if kind == "histogram":
        plot.hist(values, bins=bins)
    else:
        at = list(range(len(values)))
        plot.plot(at, values)
        shown = at[:: max(-(-len(at) // TICKS), 1)]
        plot.xticks(shown, [points[index][0] for index in shown])
    return _lines(plot)


def _bars(points: Points, width: int) -> list[str]:
    """A line for each bar: label, bar, value. Labels of any script are lined up here."""
    from ankish.runtime.layout import cut
    from ankish.runtime.layout import width as width_of

    shown = points[:MOST]
    room = max(width // 3, 8)
    labels = [cut(one_line(label), room) for label, _ in shown]
    left = max(map(width_of, labels))
    values = [_number(value) for _, value in shown]
    right = max(map(len, values))
    long = max(width - left - right - 2, 10)
    plot = _plot(long, len(shown))
    plot.frame(False)
    at = list(range(len(shown), 0, -1))
    plot.bar(at, [value for _, value in shown], orientation="h", width=0.5)
    plot.yticks([], [])
    plot.xticks([], [])
    made = [
        f"{label}{' ' * (left - width_of(label))} {bar:<{long}} {value:>{right}}"
        for label, bar, value in zip(labels, _lines(plot), values, strict=True)
    ]
    more = len(points) - len(shown)
    return [*made, f"and {more} more"] if more else made


def _number(value: float) -> str:
    return f"{value:.10g}"


def _plot(width: int, height: int) -> Any:
    import plotext  # type: ignore[import-untyped]

    plotext.clear_figure()
    plotext.theme("clear")  # no colours: they would be for a terminal only
    plotext.limit_size(False, False)
    plotext.plotsize(width, height)
    return plotext


def _lines(plot: Any) -> list[str]:
    return [line.rstrip() for line in plot.uncolorize(plot.build()).rstrip("\n").split("\n")]
