"""Rendering never fails and never lets through what a terminal would obey."""

from __future__ import annotations

import json
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ankish.diagnostics.model import Diagnostic, Fix, Label, Severity, Source, Span
from ankish.diagnostics.render import FORMS, Form, render

SGR = re.compile(r"\x1b\[[0-9;]*m")
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

odd = st.sampled_from(
    [*"\n\t\r\x1b\x07\x9b\0 \u2028\u202e\u2066\ud800日é가👩👧🇩🇪ก็", "\u0301", "\u200d"]
)
characters = st.characters(codec=None, exclude_categories=()) | odd
texts = st.text(characters, max_size=200)
offsets = st.integers(-5, 250)
spans = st.builds(Span, offsets, offsets)
labels = st.builds(Label, spans, texts, st.booleans())
several = st.lists(texts, max_size=3).map(tuple)
diagnostics = st.builds(
    Diagnostic,
    st.sampled_from(["name::deck", "a::b"]),
    st.sampled_from(Severity),
    texts,
    st.lists(labels, max_size=5).map(tuple),
    several,
    several,
    st.none() | st.builds(Fix, spans, texts),
    st.none() | st.builds(Source, texts, texts),
)


def assert_harmless(text: str) -> None:
    text.encode()
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")}
    assert bad <= {"\n"}
    assert not BIDI & set(text)


@given(st.lists(diagnostics, max_size=3), st.sampled_from(FORMS), st.integers(0, 150))
def test_any_diagnostic_in_any_form(found: list[Diagnostic], form: Form, width: int) -> None:
    text = render(found, form, width=width)
    assert_harmless(text)
    coloured = render(found, form, width=width, colour=True)
    assert SGR.sub("", coloured) == text
    if form == "json":
        assert [json.loads(line)["code"] for line in text.splitlines()] == [d.code for d in found]
    else:
        for diagnostic in found:
            assert f"{diagnostic.severity.value}[{diagnostic.code}]" in text


@given(texts, st.lists(st.tuples(spans, st.booleans()), min_size=1, max_size=6))
def test_no_label_is_lost(text: str, places: list[tuple[Span, bool]]) -> None:
    found = tuple(Label(span, f"<{i}>", primary) for i, (span, primary) in enumerate(places))
    rendered = render(
        [Diagnostic("a::b", Severity.ERROR, "m", found, source=Source("x", f"{text}"))]
    )
    rows = [row for row in rendered.splitlines()[3:] if not re.match(r"\d+ +\|", row)]
    for label in found:
        assert sum(row.count(label.text) for row in rows) == 1


narrow = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=400)


@given(narrow, narrow, narrow)
def test_carets_stand_under_the_span(before: str, word: str, after: str) -> None:
    source = Source("x", f"{before}{word}{after}")
    label = Label(Span(len(before), len(before) + len(word)))
    rows = render([Diagnostic("a::b", Severity.ERROR, "m", (label,), source=source)]).splitlines()
    line, carets = rows[3:]
    start = carets.index("^")
    assert set(carets[start:]) == {"^"}
    head, _, tail = line[start : len(carets)].partition("…")
    assert word == head if not tail else word.startswith(head) and word.endswith(tail)
    assert len(line) <= 100


@given(narrow, st.data())
def test_every_marked_character_has_its_mark(text: str, data: st.DataObject) -> None:
    """Against the simplest drawing there is, for labels of one short line."""
    text = text[:90]
    ends = st.integers(0, len(text) - 1)
    found = data.draw(st.lists(st.tuples(ends, ends, st.booleans()), min_size=1, max_size=5))
    expected = [" "] * len(text)
    for start, last, primary in sorted(found, key=lambda each: each[2]):
        expected[start : max(start, last) + 1] = "^-"[not primary] * (max(start, last) + 1 - start)
    labels = tuple(
        Label(Span(start, max(start, last) + 1), "", primary) for start, last, primary in found
    )
    rows = render(
        [Diagnostic("a::b", Severity.ERROR, "m", labels, source=Source("x", text))]
    ).splitlines()
    assert rows[3] == f"1 | {text}"
    assert rows[4] == f"  | {''.join(expected)}".rstrip()
