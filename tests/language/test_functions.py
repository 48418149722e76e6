"""What functions give, and what they say to values that they can't read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.runtime import markup
from tests.support.lab import Lab

GIVES: dict[str, Any] = {
    'text("<b>el</b>&nbsp;mar<br>sea")': "el mar\nsea",
    'text("a < b &amp; c")': "a < b & c",
    'text("<div>one</div><div>two</div><script>x()</script>")': "one\ntwo",
    'text("a<!-- not seen -->b  c")': "ab c",
    'md("**el** mar")': "<strong>el</strong> mar",
    'md("one\\ntwo")': "one<br>\ntwo",
    'md("one\\n\\ntwo")': "<p>one</p>\n<p>two</p>",
    "md('_a_ \\(x_1 < x_2 * y_1\\) [sound:_a_b_.mp3]')": "<em>a</em> \\(x_1 &lt; x_2 * y_1\\) [sound:_a_b_.mp3]",
    'md("{{c1::Paris}} <u>b</u>")': "{{c1::Paris}} <u>b</u>",
    'html("<b>el</b> <i>mar</i>")': "**el** *mar*",
    "html('\\(a_1&lt;b_1\\) and <b>c_d</b> [sound:a_b.mp3]')": "\\(a_1<b_1\\) and **c\\_d** [sound:a_b.mp3]",
    'html("<ul><li>a</li><li>b</li></ul>")': "- a\n- b",
    'cloze("Paris is in France; Parisians", "Paris")': "{{c1::Paris}} is in France; Parisians",
    'cloze("毎朝六時に起きます", "六時", number=2)': "毎朝{{c2::六時}}に起きます",
    'cloze("Paris")': "{{c1::Paris}}",
    'cloze("a b", "b", hint="letter")': "a {{c1::b::letter}}",
    'cloze("{{c1::a b}} b", "b", number=2)': "{{c1::a b}} {{c2::b}}",
    'cloze("nothing here", "Paris")': "nothing here",
    'sound("a b.mp3")': "[sound:a b.mp3]",
    "img('a\"b.png')": '<img src="a&quot;b.png">',
    'date("2026-02-27", 2)': "2026-03-01",
    'date("2026-03-01", days=-1)': "2026-02-28",
    'date("2026-11-24T23:30:00")': "2026-11-24",
    "datetime(1502298033753)": "2017-08-09T19:00:33",
    "datetime(1502298033)": "2017-08-09T19:00:33",
    'datetime("2026-07-01T10:00Z")': "2026-07-01T12:00:00",
    'datetime("2026-07-01 10:00:05.25+0530")': "2026-07-01T06:30:05",
    'days("2026-11-24", "2026-12-24")': 30,
    'days("2026-03-28", "2026-03-30")': 2,
    'epoch("1980-01-01")': 315529200,
    'format("2026-11-24", "%d.%m.%Y %H:%M")': "24.11.2026 00:00",
    "max(3, 7, null)": 7,
    "min(2.5, 3)": 2.5,
    'max("a", "B")': "B",
    "max(null)": None,
    "floor(-2.1)": -3,
    "ceil(2.1)": 3,
    'contains("a b", " ")': True,
    'starts("el mar", "el ")': True,
    'ends("a.mp3", ".wav")': False,
    'slice("abcdef", 1, 3)': "bc",
    "slice([1, 2, 3], -2)": [2, 3],
    'join(["a", 1, null], "-")': "a-1-",
    "join([])": "",
    'get({a: {b: 1}}, "a")': {"b": 1},
    'get({a: 1}, "c") ?? "none"': "none",
    "scan(\"[sound:a.mp3]x[sound:b.mp3]\", '\\[sound:(.*?)\\]')": ["a.mp3", "b.mp3"],
    "scan(\"a1b22\", '\\d+')": ["1", "22"],
    'scan("a", "b")': [],
    'slug("El Niño (1997)_x")': "el-niño-1997-x",
    'length(normalize("e\\u{301}"))': 1,
    "text(null)": None,
}
"""Calls with what they give, in Berlin."""


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A time zone with summer time."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("call", GIVES)
def test_gives(reading: Lab, call: str) -> None:
    assert reading.result(f"let made = {call}\n$made") == GIVES[call]


REFUSED = {
    'date("24.11.2026")': "value::not-a-time",
    'date("2026-02-30")': "value::not-a-time",
    "date(739)": "value::not-a-time",
    "date(true)": "value::not-a-time",
    'date("2026-01-01", 9999999)': "value::not-a-time",
    "datetime(99999999999999999999)": "value::not-a-time",
    'max(1, "a")': "type::operands",
    "join(3)": "type::function",
    'join([{a: 1}], ",")': "value::unreadable",
    'cloze("a", "a", number=0)': "value::unreadable",
    "slice(3, 1)": "value::unreadable",
    'startswith("a", "b")': "name::function",
    'scan("a", "(")': "type::regex",
    "round(1.5, (call deckNames))": "value::argument",
    "round(2.5, null)": "value::argument",
    'get((call deckNames), "a")': "value::argument",
}


@pytest.mark.parametrize("call", REFUSED)
def test_refuses(reading: Lab, call: str) -> None:
    assert reading.codes(f"let made = {call}\n$made") == [REFUSED[call]]


def test_names_from_other_languages_lead_to_ours(reading: Lab) -> None:
    assert "similar name exists: starts" in reading.complaint('print (startswith("a", "b"))')
    assert "similar name exists: format" in reading.complaint('print (strftime("a", "b"))')


def test_what_time_it_is(reading: Lab) -> None:
    today = date.today()
    shown = reading.result("{today: today(), now: now(), week: date(today(), 7)}")
    assert shown["today"] in (today.isoformat(), (today + timedelta(1)).isoformat())
    assert shown["now"][:10] in (today.isoformat(), (today + timedelta(1)).isoformat())
    assert date.fromisoformat(shown["week"]) - date.fromisoformat(shown["today"]) == timedelta(7)


def test_an_id_is_a_time(lab: Lab) -> None:
    rows = lab.result("find deck:Inbox | notes | derive made = date(noteId) | select noteId, made")
    assert rows
    for row in rows:
        assert row["made"] == date.fromtimestamp(row["noteId"] / 1000).isoformat()
    since = sorted(row["made"] for row in rows)[len(rows) // 2]
    found = lab.result(f'find deck:Inbox | notes | where date(noteId) >= "{since}" | select noteId')
    assert len(found) == sum(row["made"] >= since for row in rows)


def test_a_field_is_made_a_cloze_of_two(lab: Lab) -> None:
    program = (
        "find deck:Geography tag:europe Back:_* | notes | first 3 | "
        'set Back = cloze("${Back} is the capital of ${Front}", Back)'
    )
    assert lab.result(program)["count"] == 3
    changed = lab.ask("notesInfo", query="deck:Geography Back:{{c1*capital*")
    assert len(changed) == 3
    for note in changed:
        front = note["fields"]["Front"]["value"]
        assert note["fields"]["Back"]["value"].endswith(f"}}}} is the capital of {front}")


# Texts of all kinds.

FIELDS = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<br>", "<div>", "</div>", "&nbsp;", "&lt;", "a", " ", "\n", "*", "_", "`"]
        + [
            "\\(x_1\\)",
            "[sound:a_b.mp3]",
            "{{c1::",
            "}}",
            "<img src=a>",
            "<!--",
            "<",
            "\ufdd0",
            "é",
        ]
    ),
    max_size=12,
).map("".join)


@given(FIELDS)
def test_any_text_can_be_read(text: str) -> None:
    plain = markup.plain(text)
    assert plain == "\n".join(" ".join(line.split()) for line in plain.split("\n"))
    assert markup.plain(plain.replace("&", "&amp;").replace("<", "&lt;")) == plain
    markup.to_markdown(text)
    markup.from_markdown(text)


OWN = ["\\(x_1*y_1\\)", "[sound:a_b_.mp3]", "\\[a*b*\\]", "[latex]_a_[/latex]", "[$]a_b_[/$]"]


@given(st.lists(st.sampled_from([*OWN, "*", "_", " a ", "**", "1. ", "\n", "&amp;"]), max_size=12))
def test_what_is_ankis_own_stays(parts: list[str]) -> None:
    text = "".join(parts)
    for made in (markup.to_markdown(text), markup.from_markdown(text)):
        assert [made.count(own) for own in OWN] == [text.count(own) for own in OWN]


WORDS = st.lists(
    st.sampled_from(["el", "**mar**", "*sea*", "\\(x_1\\)", "{{c1::a}}", "a_b"]), min_size=1
)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=3).map("\n\n".join))
def test_markdown_comes_back(text: str) -> None:
    once = markup.from_markdown(text)
    assert markup.from_markdown(markup.to_markdown(once)) == once
