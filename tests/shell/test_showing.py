"""What results look like: tables, expanded rows, pages, times, progress."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.catalog.types import TABLE
from ankish.diagnostics.model import Span
from ankish.plan.model import Show
from ankish.runtime.fieldtext import as_line
from ankish.runtime.layout import cut, expanded, fits, table, width, wrapped
from ankish.runtime.present import Look, Presenter
from ankish.shell.progress import told
from tests.support.terminal import Terminal
from tests.support.work import work

Start = Callable[..., Terminal]


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("plain", "plain"),
        ("a < b & c", "a < b & c"),
        ("<b>bo</b>ld<br>next&nbsp;&amp; <div>block</div>", "bold next & block"),
        ('<img alt="x" src="paste-1.jpg">', "[image: paste-1.jpg]"),
        ("say [sound:a b.mp3]", "say [sound:a b.mp3]"),
        ("{{c1::Paris}} is {{c2::big::how?}}", "[Paris] is [big]"),
        ("<ruby>日本<rt>にほん</rt></ruby>", "日本にほん"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_a_field_as_a_line(field: str, line: str) -> None:
    assert as_line(field) == line


@pytest.mark.parametrize(
    "text", ["日本語の単語です", "e\u0301e\u0301e\u0301e\u0301e\u0301", "שלום עולם", "abcdefgh"]
)
def test_what_is_cut_fits(text: str) -> None:
    for room in range(1, 12):
        shown = cut(text, room)
        assert width(shown) <= room
        assert shown == text or shown.endswith("…")


def test_lines_are_broken_at_blanks_and_nothing_is_lost() -> None:
    text = "one two 日本語の単語です three " + "x" * 30
    lines = list(wrapped(text, 12))
    assert all(width(line) <= 12 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_table_keeps_to_the_width() -> None:
    names, cells = ["front", "lapses"], [["日本語" * 20, 3], ["שלום", 12]]
    lines = table(names, cells, 40).splitlines()
    assert all(width(line) <= 40 for line in lines)
    assert lines[2].endswith("     3") and lines[3].endswith("    12")
    assert "…" in lines[2]


def test_rows_that_do_not_fit_are_expanded() -> None:
    names = [f"column{number}" for number in range(12)]
    cells = [[f"value {number} that is long" for number in range(12)]]
    assert not fits(names, cells, 80)
    lines = expanded(names, cells, 80).splitlines()
    assert len(lines) == 13 and lines[1].startswith("column0")


def shown(rows: list[dict[str, Any]], columns: int = 80, **look: str) -> str:
    stream = io.StringIO()
    presenter = Presenter(stream, stream, "table", columns, Look(**look))
    presenter.show(Show("value", None, TABLE, Span(0, 0)), rows, None)
    return stream.getvalue()


def test_fields_can_be_raw() -> None:
    rows = [{"Front": "<b>x</b>"}]
    assert "<b>" not in shown(rows)
    assert "<b>x</b>" in shown(rows, html="raw")


def test_two_hundred_thousand_rows_are_shown_with_steady_work() -> None:
    def rows(count: int) -> list[dict[str, Any]]:
        return [{"card": n, "front": f"word {n} 日", "lapses": n % 9} for n in range(count)]

    assert shown(rows(200_000)).count("\n") == 200_002
    few, many = work(lambda: shown(rows(2_000))), work(lambda: shown(rows(20_000)))
    assert many < 12 * few


def test_progress_in_words() -> None:
    assert told(500, 20_000, 2.0) == "500 of 20,000 · 250 a second · 1 min 18 s left"
    assert told(1, 10, 4.0) == "1 of 10 · 15 a minute · 36 s left"


def test_how_long_it_took(shell: Terminal) -> None:
    shell.enter("find tag:leech | count")
    shell.wait(lambda screen: "\n25\n1 request · 0." in screen)
    shell.enter("config timing off")
    shell.enter("deckNames | count")
    shell.wait(lambda screen: screen.count("ankish>") == 4)
    assert shell.text.count("1 request ·") == 1


def test_expanded_rows(shell: Terminal) -> None:
    shell.enter("config expand on")
    shell.enter("find tag:leech | select Front, lapses | first 2")
    screen = shell.wait("── 2 ───")
    assert "\nFront   " in screen and "\nlapses  " in screen


@pytest.mark.parametrize("pager", ["auto", "builtin"])
def test_long_results_page_by_page(start: Start, tmp_path: Path, pager: str) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text(f'pager = "{pager}"\n')
    shell = start()
    shell.loaded()
    shell.enter("find deck:Spanish | select interval, lapses")
    first = shell.wait(lambda screen: screen.startswith("interval") and "ankish>" not in screen)
    shell.type(" ")
    shell.wait(lambda screen: "ankish>" not in screen and not screen.startswith("interval"))
    assert "ankish>" not in first
    shell.type("q")
    shell.wait(lambda screen: "ankish>" in screen.splitlines()[-2] or "ankish>" in screen)
    shell.enter("print alive")
    shell.wait("\nalive\n")


def test_no_pager(start: Start, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('pager = "off"\n')
    shell = start()
    shell.loaded()
    shell.enter("find deck:Spanish | select interval, lapses")
    shell.wait(lambda screen: "2 requests ·" in screen and "ankish>" in screen)
