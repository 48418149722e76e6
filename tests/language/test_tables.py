"""The builtins that make tables, take them apart, put them together and show them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.lab import Lab


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with a table in it."""
    monkeypatch.chdir(tmp_path)
    Path("ranks.csv").write_text("word,rank,Back\n勉強,3,x\n図書館,1,y\n,9,z\n", encoding="utf-8")
    return tmp_path


# rows


def test_rows_have_every_column_and_field(lab: Lab) -> None:
    rows = lab.result("find deck:Japanese | notes | rows")
    infos = {info["noteId"]: info for info in lab.ask("notesInfo", query="deck:Japanese")}
    assert len(rows) == len(infos)
    fields = {name for info in infos.values() for name in info["fields"]}
    for row in rows:
        info = infos[row["noteId"]]
        assert set(row) == {"noteId", "model", "tags", "mod", "cards", *fields}
        assert (row["model"], row["tags"], row["cards"]) == (
            info["modelName"],
            info["tags"],
            info["cards"],
        )
        own = info["fields"]
        assert all(row[name] == (own[name]["value"] if name in own else None) for name in fields)


def test_rows_of_cards_lead_back_and_go_to_csv(lab: Lab) -> None:
    lab.results("find deck:Inbox | rows | save all.csv")
    header = Path("all.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header[:4] == ["cardId", "noteId", "deck", "model"] and "Front" in header
    assert "question" not in header
    rows = lab.result("find deck:Inbox | rows | where Front != '' and interval == 0")
    assert {row["cardId"] for row in rows} <= lab.ids("deck:Inbox")
    lab.results("find deck:Inbox | rows | where length(Front) > 0 | suspend")
    assert lab.ids("deck:Inbox is:suspended") == {row["cardId"] for row in rows}


def test_a_field_called_like_a_column_has_a_longer_name(lab: Lab) -> None:
    templates = [{"Front": "{{Front}}", "Back": "{{tags}}"}]
    lab.ask(
        "createModel", modelName="Odd", inOrderFields=["Front", "tags"], cardTemplates=templates
    )
    fields = {"Front": "a", "tags": "mine"}
    lab.ask(
        "addNote", note={"deckName": "Inbox", "modelName": "Odd", "fields": fields, "tags": ["t"]}
    )
    (row,) = lab.result("find note:Odd | notes | rows")
    assert (row["tags"], row["fields.tags"]) == (["t"], "mine")


# join


def test_a_join_brings_columns_to_notes(lab: Lab) -> None:
    program = "find deck:Inbox | notes | join (open ranks.csv) Front word"
    rows = lab.result(f"{program} | select Front, rank, Back_")
    assert rows == [
        {"Front": "勉強", "rank": "3", "Back_": "x"},
        {"Front": "図書館", "rank": "1", "Back_": "y"},
    ]
    assert lab.result(f'{program} | set Back = "${{Back}} ${{rank}}"')["count"] == 2
    (info,) = lab.ask("notesInfo", query="deck:Inbox Front:勉強")
    assert info["fields"]["Back"]["value"].endswith(" 3")
    assert lab.result(f"{program} | where int(rank) < 2 | addTags frequent")["count"] == 1


def test_left_keeps_rows_without_a_partner(lab: Lab) -> None:
    notes = lab.ask("findNotes", query="deck:Inbox")
    rows = lab.result(
        "find deck:Inbox | notes | join (open ranks.csv) Front word --left | select rank"
    )
    assert len(rows) == len(notes)
    assert sorted((row["rank"] for row in rows), key=str)[:2] == ["1", "3"]
    assert sum(row["rank"] is None for row in rows) == len(notes) - 2


JOINS = {
    "[{a: 1, b: 2}] | join [{a: '1', b: 3, c: 4}] a": [{"a": 1, "b": 2, "b_": 3, "c": 4}],
    "[{k: x}] | join [{k: x, n: 1}, {k: x, n: 2}] k": [{"k": "x", "n": 1}, {"k": "x", "n": 2}],
    "[{k: null}] | join [{k: null, n: 1}] k": [],
    "[{k: '<b>el</b>&nbsp;mar'}] | join [{w: 'el mar', n: 1}] k w | select n": [{"n": 1}],
    "[{k: a}] | join [{k: A, n: 1}] k": [],
    "[{k: a}] | join [{k: b, n: 1}] k --left": [{"k": "a", "n": None}],
    "[{k: a}] | join [] k": [],
}


@pytest.mark.parametrize("program", JOINS)
def test_joins_of_tables(reading: Lab, program: str) -> None:
    assert reading.result(program) == JOINS[program]


# columns


def test_uniq_by_a_column_keeps_the_first_row(lab: Lab) -> None:
    rows = lab.result(
        "find deck:Spanish | notes | sort Front | uniq model | select noteId, model, Front"
    )
    infos = sorted(
        lab.ask("notesInfo", query="deck:Spanish"),
        key=lambda i: i["fields"]["Front"]["value"].casefold(),
    )
    assert len(rows) == len({info["modelName"] for info in infos}) > 1
    for row in rows:
        assert row["noteId"] == next(i["noteId"] for i in infos if i["modelName"] == row["model"])
    assert lab.result("[{a: 1, b: 1}, {a: 1, b: 2}] | uniq by=a") == [{"a": 1, "b": 1}]
    suspended = lab.result("find deck:Inbox | uniq noteId | suspend")["count"]
    assert suspended == len(lab.ask("findNotes", query="deck:Inbox"))


COLUMNS = {
    "[{a: 1, b: 2, c: 3}] | reject a, c": [{"b": 2}],
    "[{a: 1, b: 2}] | rename a z": [{"z": 1, "b": 2}],
    "[{a: 1, b: 2}] | rename a b": [{"b": 1}],
    "open ranks.csv | reject Back | rename word Front | first 1": [{"Front": "勉強", "rank": "3"}],
    "open ranks.csv | first 1 | join [{word: 勉強, n: 1}] word | reject n Back": [
        {"word": "勉強", "rank": "3"}
    ],
}


@pytest.mark.parametrize("program", COLUMNS)
def test_columns_of_tables(reading: Lab, program: str) -> None:
    assert reading.result(program.replace("a, c", "a c")) == COLUMNS[program]


# shown


def test_table_shows_all_rows(lab: Lab) -> None:
    shown = lab.text("find deck:Spanish | table Front deck", "plain")
    assert len(shown.splitlines()) == 2 + len(lab.ids("deck:Spanish"))
    assert shown.splitlines()[0].split() == ["Front", "deck"]
    assert lab.text("[3, 1] | table", "plain").split() == ["value", "-----", "3", "1"]
    assert lab.text("find deck:Spanish | table", "table").endswith(
        f"{len(lab.ids('deck:Spanish'))} cards\n"
    )
    assert len(lab.result("find deck:Spanish | table Front")) == len(lab.ids("deck:Spanish"))


def test_charts_hold_what_they_show(lab: Lab) -> None:
    chart = lab.result("find deck:Spanish | group deck | sort -count | chart count deck")
    groups = lab.result("find deck:Spanish | group deck | sort -count")
    assert chart["points"] == [{"label": row["deck"], "value": row["count"]} for row in groups]
    lines = lab.text(
        "find deck:Spanish | group deck | sort -count | chart count deck", "plain"
    ).splitlines()
    assert [line.split()[0] for line in lines] == [row["deck"] for row in groups]
    assert [int(line.split()[-1]) for line in lines] == [row["count"] for row in groups]
    lengths = [line.count("█") for line in lines]
    assert lengths == sorted(lengths, reverse=True) and lengths[0] > lengths[-1] > 0
    assert all(len(line) <= 80 and "\x1b" not in line for line in lines)


@pytest.mark.parametrize(
    "program",
    [
        "[1, 2, 2, 9] | chart",
        "[{d: a, n: 1}, {d: b, n: 4}] | chart n d as=lines",
        "[{d: '日本語', n: 1}, {d: '\\u001b[31mred', n: -4.5}] | chart n d",
        "find deck:Spanish is:review | chart interval bins=5",
    ],
)
def test_any_numbers_can_be_drawn(reading: Lab, program: str) -> None:
    shown = reading.text(program, "table")
    assert ("█" in shown or "▄" in shown or "▖" in shown) and "\x1b" not in shown


def test_a_long_chart_is_cut(reading: Lab) -> None:
    reading.text('let rows = "${"1\\n"}"')
    many = ", ".join(f"{{n: {number}, d: d{number}}}" for number in range(60))
    lines = reading.text(f"[{many}] | chart n d").splitlines()
    assert len(lines) == 41 and lines[-1] == "and 20 more"
    assert reading.text("[] | chart").strip() == "nothing to draw"


# files


def test_glob_lists_files_in_order(reading: Lab, folder: Path) -> None:
    for name in ("b.mp3", "a.mp3", ".hidden.mp3", "c.txt", "deep/er/d.mp3"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"xyz")
    rows = reading.result('glob "**/*.mp3"')
    assert [row["path"] for row in rows] == ["a.mp3", "b.mp3", "deep/er/d.mp3"]
    assert [(row["name"], row["stem"], row["size"]) for row in rows][0] == ("a.mp3", "a", 3)
    assert reading.result('glob "nothing*"') == []
    assert reading.result('glob "*" | where stem == "c" | select name') == [{"name": "c.txt"}]
    assert reading.codes('glob "*" | where stm == "c"') == ["name::column"]


# what is wrong


MISTAKES = {
    "find deck:Inbox | reject Front": ["type::plain-table"],
    "find deck:Inbox | rename Front a": ["type::plain-table"],
    "[{a: 1}] | reject b": ["name::column"],
    "[{a: 1}] | rename b c": ["name::column"],
    "[{a: 1}] | rename a": ["call::missing"],
    "[{a: 1}] | join [{b: 1}] a": ["name::column"],
    "[{a: 1}] | join [{a: 1}] b": ["name::column"],
    "[{a: 1}] | join [{a: 1}]": ["call::missing"],
    "[{a: 1}] | join (find deck:Inbox) a": ["type::plain-table"],
    "[{a: 1}] | join deckNames a": ["type::plain-table"],
    "find deck:Inbox | join (open ranks.csv) Frnt word": ["name::column"],
    "find deck:Inbox | join (open ranks.csv) Front wrd": ["value::no-column"],
    "find deck:Spanish | chart Front": ["type::chart"],
    "[1] | chart as=pie": ["type::choice"],
    "[1] | chart bins=0": ["type::range"],
    "find deck:Spanish | uniq Frnt": ["name::column"],
    "find deck:Spanish | table Frnt": ["name::column"],
    "rows": ["call::needs-input"],
    'version | chart "a b"': ["type::rows"],
}


@pytest.mark.parametrize("program", MISTAKES)
def test_mistakes(reading: Lab, program: str) -> None:
    assert reading.codes(program) == MISTAKES[program]


def test_json_holds_charts_as_values(reading: Lab) -> None:
    shown = json.loads(reading.text("[1, 2] | chart", "json"))
    assert shown == {
        "chart": "histogram",
        "bins": 10,
        "points": [{"label": "1", "value": 1}, {"label": "2", "value": 2}],
    }
