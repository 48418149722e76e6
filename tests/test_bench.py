"""The frame of the benchmarks: figures are reported as they were measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bench import __main__ as bench
from bench.measure import Timing, alternate, process, rows
from bench.table import Table


def test_competitors_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def competitor(name: str, first: float) -> list[float]:
        return [first, 2.0, 3.0]

    left = {"a": competitor("a", 90.0), "b": competitor("b", 80.0)}

    def run(name: str) -> float:
        order.append(name)
        return left[name].pop(0)

    timings = alternate({"a": lambda: run("a"), "b": lambda: run("b")}, 2)
    assert order == ["a", "b"] * 3
    assert timings == [Timing("a", (2.0, 3.0)), Timing("b", (2.0, 3.0))]


def test_rows_compare_with_the_fastest_baseline() -> None:
    timings = [
        Timing("slow", (0.4, 0.4, 0.4)),
        Timing("quick", (0.1, 0.2, 0.6)),
        Timing("ours", (0.2, 0.25, 0.3)),
        Timing("over", (0.26, 0.26, 0.26)),
    ]
    limits = {"ours": 1.25, "over": 1.25}
    assert rows(timings, limits, ["slow", "quick"]) == [
        ("slow", "400.0", "400.0", "400.0 to 400.0", "2.00", ""),
        ("quick", "100.0", "200.0", "150.0 to 400.0", "1", ""),
        ("ours", "200.0", "250.0", "225.0 to 275.0", "1.25", "1.25 ✓"),
        ("over", "260.0", "260.0", "260.0 to 260.0", "1.30", "1.25 ✗"),
    ]


@pytest.mark.parametrize("program", ["print(7)", "raise SystemExit(3)"])
def test_a_process_that_does_something_else_is_no_measurement(program: str) -> None:
    assert process([sys.executable, "-c", "print(6)"], {}, "6")() > 0
    with pytest.raises(RuntimeError, match="printed"):
        process([sys.executable, "-c", program], {}, "6")()


def test_one_benchmark_leaves_what_is_said_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(cell: str) -> Table:
        return Table(("", "ms"), (("x", cell),), ("a note",))

    figures = {"one": "1", "two": "2"}
    for name in figures:
        module = ModuleType(f"bench.{name}")
        module.run = lambda name=name: found(figures[name])  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"bench.{name}", module)
        (tmp_path / f"{name}.py").touch()
    monkeypatch.setattr(bench, "HERE", tmp_path)
    monkeypatch.setattr(bench, "RESULTS", tmp_path / "RESULTS.md")
    assert bench.main([]) == 0
    figures["two"] = "22"
    assert bench.main(["two"]) == 0
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert text.count("## ") == 2
    assert "| x | 1 |" in text and "| x | 22 |" in text and "| x | 2 |" not in text
    assert text.count("* a note") == 2


def test_an_unknown_name_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "nothing"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 2
    assert "startup" in done.stderr and "nothing" in done.stderr
