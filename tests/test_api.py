"""ankish from Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pandas
import polars
import pytest

import ankish
from tests.support.engine import sample_engine
from tests.support.manners import Manners


@pytest.fixture(scope="module")
def anki() -> Iterator[ankish.Connection]:
    with ankish.connect(demo=True) as connection:
        yield connection


def test_values_are_plain(anki: ankish.Connection) -> None:
    count = anki.run("find deck:Spanish | count")
    ids = anki.run("find deck:Spanish")
    assert count == len(ids) > 100
    assert all(isinstance(each, int) for each in ids)
    assert anki.run("{a: [1, null, true]}") == {"a": [1, None, True]}
    assert anki.run("let x = 1; print $x") is None
    assert anki.results("1 + 1; 'a'") == [2, "a"]


def test_rows(anki: ankish.Connection) -> None:
    rows = anki.rows("find deck:Spanish | select Front, lapses | first 3")
    assert [set(row) for row in rows] == [{"Front", "lapses"}] * 3
    with pytest.raises(TypeError, match="no table, but int"):
        anki.rows("1")


def test_a_frame_of_pandas(anki: ankish.Connection) -> None:
    frame = anki.frame("find deck:Spanish | select deck, lapses, interval")
    assert isinstance(frame, pandas.DataFrame)
    assert [*frame.columns] == ["deck", "lapses", "interval"]
    worst = anki.run("find deck:Spanish | max lapses")
    assert int(frame.groupby("deck")["lapses"].max().max()) == worst
    with pytest.raises(ValueError, match="no frames of 'duckdb'"):
        anki.frame("find deck:Spanish | rows", library="duckdb")
    with pytest.raises(TypeError, match="no table"):
        anki.frame("1")


def test_a_frame_of_polars(anki: ankish.Connection) -> None:
    frame = anki.frame("find deck:Spanish | select deck, lapses, tags", library="polars")
    assert isinstance(frame, polars.DataFrame)
    assert frame.columns == ["deck", "lapses", "tags"]
    assert frame["lapses"].max() == anki.run("find deck:Spanish | max lapses")
    assert frame.schema["tags"] == polars.List(polars.String)


def test_rows_that_polars_would_not_look_at_count_as_well(anki: ankish.Connection) -> None:
    rows = [{"ease": 2, "due": None}] * 150 + [{"ease": 2.5, "due": "tomorrow"}]
    frame = anki.frame("$rows | select ease, due", library="polars", rows=rows)
    assert frame.row(-1) == (2.5, "tomorrow")


def test_variables_are_values_and_never_text(anki: ankish.Connection) -> None:
    found = anki.run('find "deck:${deck}" | count', deck="Spanish")
    assert found == anki.run("find deck:Spanish | count")
    assert anki.run('find "deck:${deck}" | count', deck="Spanish or deck:*") == 0
    ids = anki.run("find deck:Spanish | notes | first 2")
    assert anki.run("$ids | notes | addTags from-python", ids=ids) == {
        "done": "addTags",
        "count": 2,
    }
    assert anki.run("find tag:from-python | count") >= 2
    assert anki.run("$words | each { upper($it) }", words=["a", "b"]) == ["A", "B"]
    with pytest.raises(ankish.ProgramError, match="deck"):
        anki.run("$deck", other=1)


@pytest.mark.parametrize("value", [date(2026, 1, 1), object(), float("nan"), {1, 2}])
def test_a_value_that_json_lacks_is_refused(anki: ankish.Connection, value: object) -> None:
    with pytest.raises(ankish.AnkishError, match="can't hold what"):
        anki.run("print $x", x=value)


def test_mistakes_are_exceptions_with_places(anki: ankish.Connection) -> None:
    with pytest.raises(ankish.ProgramError) as raised:
        anki.run("find deck:Spanish | suspendd")
    [problem] = raised.value.diagnostics
    assert problem.code == "name::command"
    assert problem.span is not None and problem.span.start == 20
    assert [each.code for each in anki.check("let unused = 1")] == ["name::unused"]
    with pytest.warns(ankish.AnkishWarning, match="never used"):
        anki.run("let unused = 1")


def test_print_prints(anki: ankish.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    anki.run('print "a" 1')
    assert capsys.readouterr().out == "a 1\n"


def test_explain_sends_nothing(anki: ankish.Connection) -> None:
    before = anki.run("find is:suspended | count")
    assert "suspend cards=" in anki.explain("find deck:Spanish | suspend")
    assert anki.run("find is:suspended | count") == before


def test_what_cannot_be_taken_back_needs_yes(anki: ankish.Connection) -> None:
    with pytest.raises(ankish.ProgramError, match="deleteNotes"):
        anki.run("find deck:Spanish | notes | first 1 | deleteNotes")


def test_what_was_done_is_taken_back() -> None:
    with ankish.connect(demo=True) as anki:
        tagged = "find deck:Geography tag:verb | count"
        assert anki.run(tagged) == 0
        anki.run("find deck:Geography | addTags verb")
        assert anki.run(tagged) > 0
        anki.run("undo")
        assert anki.run(tagged) == 0


def test_over_http() -> None:
    with Manners(sample_engine()) as server, ankish.connect(server.url) as anki:
        assert anki.run("find deck:Spanish | count") > 100


def test_only_one_place() -> None:
    with pytest.raises(ValueError, match="only one"):
        ankish.connect(demo=True, profile="User 1")


def test_importing_the_package_imports_next_to_nothing() -> None:
    code = "import sys; import ankish; print([m for m in sys.modules if m.startswith('ankish')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['ankish']\n"
