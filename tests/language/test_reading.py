"""Programs that change nothing: values, operators, row verbs, list verbs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.lab import Lab

EXPRESSIONS: dict[str, Any] = {
    "1 + 2 * 3": 7,
    "(1 + 2) * 3": 9,
    "7 / 2": 3.5,
    "7 % 3": 1,
    "-3 + 1": -2,
    '"a" + "b"': "ab",
    "[1, 2] + [3]": [1, 2, 3],
    '"abc" =~ "^a"': True,
    '"abc" !~ "^a"': False,
    "2 in [1, 2]": True,
    "[1, 2] has 3": False,
    '"b" in "abc"': True,
    "null ?? 3": 3,
    "not 1 == 2": True,
    "true and 1 < 2 or false": True,
    "1 == 1.0": True,
    "null < 1": False,
    "{a: {b: [1, 2]}}": {"a": {"b": [1, 2]}},
    '[a, "b", 3]': ["a", "b", 3],
    'trim("  a ")': "a",
    'upper("é")': "É",
    "replace(\"a  b\", ' +', ' ', regex=true)": "a b",
    "match(\"lesson 12\", '[0-9]+')": "12",
    'split("a,b", ",")': ["a", "b"],
    'length("añb")': 3,
    'int("12") + 1': 13,
    "round(2.345, 1)": 2.3,
    'case(2 > 1, "more", "less")': "more",
    'case(1 > 2, "more", "less")': "less",
    r'"tab\there"': "tab\there",
    r"'C:\new'": "C:\\new",
    r'"{{c1::Paris}} $5 <b> [sound:a.mp3]"': "{{c1::Paris}} $5 <b> [sound:a.mp3]",
    r'"\u{1F600}"': "\U0001f600",
}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(reading: Lab, expression: str) -> None:
    assert reading.result(f"let x = {expression}\n$x") == EXPRESSIONS[expression]
    assert reading.result(f'let x = {expression}\nprint "" $x')[1] == EXPRESSIONS[expression]


LISTS: dict[str, Any] = {
    "[3, 1, 2] | first 2": [3, 1],
    "[3, 1, 2] | last 2": [1, 2],
    "[3, 1, 2] | skip 1": [1, 2],
    "[3, 1, 2] | reverse": [2, 1, 3],
    "[3, 1, 3] | uniq": [3, 1],
    "[3, 1, 3] | count": 3,
    "[3, 1, 2] | where $it > 1": [3, 2],
    "[3, 1, 2] | sort -$it": [3, 2, 1],
    "[{a: 2}, {a: 1}] | sort a": [{"a": 1}, {"a": 2}],
    "[{a: 2, b: 1}] | select b": [{"b": 1}],
    "[{a: 2}] | derive b = a + 1": [{"a": 2, "b": 3}],
    "[{a: 1}, {a: 2}, {a: 1}] | group a": [{"a": 1, "count": 2}, {"a": 2, "count": 1}],
    "[1, 2] | each { $it * 2 }": [2, 4],
    '[1, 2] | each { "n${it}" }': ["n1", "n2"],
    '["a", "b"] | enumerate': [{"index": 0, "value": "a"}, {"index": 1, "value": "b"}],
    "[1, 2, 3] | chunk 2 { $it | sum }": [3, 3],
    """curl localhost:8765 -X POST -d '{"action": "version", "version": 6}'""": 6,
    """curl -s localhost:8765 -d '{"action": "findNotes", "params": {"query": "nid:1"}}'""": [],
    "[1, 2, 6] | sum": 9,
    "[1, 2, 6] | avg": 3.0,
    "[{a: 3}, {a: 1}] | max a": 3,
    '["b", "a"] | min': "a",
    "[[1, 2], [3]] | flatten": [1, 2, 3],
    '{a: 1, b: "x"} | values': [1, "x"],
    "getDeckStats [Geography, Default] | values | where name == 'Geography' | count": 1,
    "call getDeckStats {decks: [Geography]} | values | each { $it.name }": ["Geography"],
    '"a\\nb" | lines': ["a", "b"],
    "'[1, {\"a\": 2}]' | from json": [1, {"a": 2}],
    '[{a: 1, b: "x|y"}] | to md': "| a   | b    |\n| --- | ---- |\n| 1   | x\\|y |\n",
    '[{a: 1}, {b: "x,y"}] | to csv': 'a,b\n1,\n,"x,y"\n',
}


@pytest.mark.parametrize("program", LISTS)
def test_list_verb(reading: Lab, program: str) -> None:
    assert reading.result(program) == LISTS[program]


def test_rows_have_the_columns_of_cards_and_the_fields_of_notes(reading: Lab) -> None:
    rows = reading.result(
        "find deck:Spanish | where lapses > 4 and interval < 21 | sort -lapses | first 10"
        " | select Front, lapses, interval"
    )
    infos = reading.ask("cardsInfo", cards=sorted(reading.ids("deck:Spanish")))
    kept = [card for card in infos if card["lapses"] > 4 and card["interval"] < 21]
    assert 0 < len(rows) == min(len(kept), 10)
    assert [row["lapses"] for row in rows] == sorted(
        (card["lapses"] for card in kept), reverse=True
    )[:10]
    fronts = {(card["fields"]["Front"]["value"], card["lapses"]) for card in kept}
    assert all((row["Front"], row["lapses"]) in fronts for row in rows)


COLUMNS = {
    "deck": lambda card: card["deckName"],
    "interval": lambda card: card["interval"],
    "ease": lambda card: card["factor"] / 1000,
    "lapses": lambda card: card["lapses"],
    "reps": lambda card: card["reps"],
    "suspended": lambda card: card["queue"] == -1,
    "cardMod": lambda card: card["mod"],
    "noteId": lambda card: card["note"],
    "model": lambda card: card["modelName"],
    "flag": lambda card: card["flags"],
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_is_the_same_by_the_cheapest_action_and_by_cardsInfo(
    reading: Lab, column: str
) -> None:
    infos = reading.ask("cardsInfo", cards=sorted(reading.ids("deck:Japanese")))
    expected = {card["cardId"]: COLUMNS[column](card) for card in infos}
    alone = reading.result(f"find deck:Japanese | select cardId, {column}")
    assert {row["cardId"]: row[column] for row in alone} == expected
    beside = reading.result(f"find deck:Japanese | select cardId, {column}, question")
    assert {row["cardId"]: row[column] for row in beside} == expected


def test_the_note_s_columns_on_a_card(reading: Lab) -> None:
    rows = reading.result("find deck:Japanese | select cardId, tags, Word")
    by_card = {
        card: note
        for note in reading.ask("notesInfo", query="deck:Japanese")
        for card in note["cards"]
    }
    assert len(rows) == len(reading.ids("deck:Japanese"))
    for row in rows:
        note = by_card[row["cardId"]]
        assert row["tags"] == note["tags"]
        assert row["Word"] == note["fields"].get("Word", {}).get("value")


def test_a_search_is_counted_by_cards_and_notes_on_request(reading: Lab) -> None:
    assert reading.result("find deck:Japanese | count") == len(reading.ids("deck:Japanese"))
    notes = reading.ask("findNotes", query="deck:Japanese")
    assert reading.result("find deck:Japanese | notes | count") == len(notes)
    widened = reading.result("find deck:Japanese card:1 | notes | cards")
    assert set(widened) == {
        card for info in reading.ask("notesInfo", query="deck:Japanese card:1")
        for card in info["cards"]
    }  # fmt: skip


BOUND = ['My "best" deck (2)', "a:b", "C_1*", "or", "-x", "back\\slash", "日本 語", "{brace}"]


@pytest.mark.parametrize("name", BOUND)
def test_a_bound_value_finds_only_what_it_names(lab: Lab, name: str) -> None:
    lab.ask("createDeck", deck=name)
    lab.ask("createDeck", deck="C21z")  # `C_1*` as a pattern would find this one too
    card = min(lab.ids("deck:Inbox"))
    other = max(lab.ids("deck:Inbox"))
    lab.ask("changeDeck", cards=[card], deck=name)
    lab.ask("changeDeck", cards=[other], deck="C21z")
    raw = name.replace("'", "")
    assert lab.result(f"let d = '{raw}'\nfind \"deck:${{d}}\"") == [card]


def test_text_goes_through_print_as_it_is(reading: Lab) -> None:
    assert reading.text('print "a" 1 true null [1, 2]') == "a 1 true null 1, 2\n"
    assert reading.text('print "\\u{1b}[31mred"') == "␛[31mred\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('deck:Spanish "Back:to *"', 'deck:Spanish "Back:to *"'),
        ('"note:Basic (and reversed card)" is:due', '"note:Basic (and reversed card)" is:due'),
        ('deck:Spanish "is:due or is:new"', "deck:Spanish (is:due or is:new)"),
        ('deck:Spanish "is:due prop:ivl>3"', "deck:Spanish is:due prop:ivl>3"),
    ],
)
def test_a_text_in_quotes_among_words(reading: Lab, written: str, meant: str) -> None:
    found = reading.ids(meant)
    assert found
    assert reading.result(f"find {written} | count") == len(found)
