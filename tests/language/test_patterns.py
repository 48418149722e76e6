"""Regular expressions mean what they mean in Python, and each comes to an end."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish.diagnostics.model import AnkishError
from ankish.runtime import patterns
from ankish.runtime.patterns import Pattern, for_regex, is_quick
from tests.support.lab import Lab
from tests.support.terminal import Terminal
from tests.test_cli import ankish

ENDLESS = "(a|aa)+$"
TEXT = "a" * 60 + "b"
PROGRAMS = {
    f"[{{a: '{TEXT}'}}] | where a =~ '{ENDLESS}'": ENDLESS,
    f"[{{a: '{TEXT}'}}] | where a !~ '{ENDLESS}'": ENDLESS,
    f"print (match('{TEXT}', '{ENDLESS}'))": ENDLESS,
    f"print (scan('{TEXT}', '{ENDLESS}'))": ENDLESS,
    f"print (replace('{TEXT}', '{ENDLESS}', '', regex=true))": ENDLESS,
    f"let p = '(a|aa)' + '+$'; print ('{TEXT}' =~ $p)": "$p",
}
"""Programs whose pattern would be tried for hours, and what is marked."""


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little time."""
    monkeypatch.setattr(patterns, "LIMIT", 0.1)
    patterns.compiled.cache_clear()


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.usefixtures("short")
def test_a_pattern_without_end_is_stopped(reading: Lab, program: str) -> None:
    with pytest.raises(AnkishError) as raised:
        reading.results(program)
    [problem] = raised.value.diagnostics
    assert (problem.code, problem.message) == (
        "value::slow-regex",
        f"the regular expression takes too long on a text of {len(TEXT)} characters",
    )
    assert problem.span is not None
    assert program[problem.span.start : problem.span.end].strip("'") == PROGRAMS[program]


@pytest.mark.usefixtures("short")
def test_the_time_is_that_of_all_rows_together(reading: Lab) -> None:
    rows = ", ".join(f"{{a: '{'a' * length}b'}}" for length in range(5, 400))
    assert reading.codes(f"[{rows}] | where a =~ '{ENDLESS}'") == ["value::slow-regex"]


def test_a_shell_goes_on_after_ctrl_c(tmp_path: Path) -> None:
    with Terminal("--demo", home=tmp_path, lines=40) as shell:
        shell.wait("ankish>")
        shell.enter(f"print (match('{TEXT}', '{ENDLESS}'))")
        shell.press("ctrl-c")
        # On a busy machine the limit may come first, and Ctrl-C meets a prompt of its own.
        shell.wait(lambda screen: screen.count("ankish>") >= 2)
        shell.enter("print (6 * 7)")
        shell.wait("\n42\n")


SAME = {
    "{e}": ["{e}", "e", "x{e}"],
    "(?:ab){e}c+d+": ["ab{e}cd", "abcd"],
    r"[\[:alpha:]+x+": ["ax", ":x", "[]x"],
    "a{,2}b{1,}": ["aab", "b", "aaab"],
    "a{}b*c*": ["a{}bc", "abc"],
    r"(?P<n>a|b)+(?P=n)c*": ["aac", "abbc", "abc"],
    r"\bel (\w+)\s+.*$": ["el gato negro", "del gato negro"],
    "(?i)straße+|x+": ["STRASSE", "STRAßE", "xx"],
    "(?s)a.*b.*": ["a\nb\n"],
    r"(?<=\[)\d+|[^\]]+": ["[12]", "]"],
    "(a*)*": ["", "aab"],
    r"\w+é+": ["cafés", "caféé"],
    "^$|^ *x*$": ["", " x", "y"],
    "(?x) a + # {comment}\n b*": ["aab"],
    r"(&nbsp;|\s)+": ["a&nbsp; b"],
    r"[\[\]]+|(x)*": ["[]x"],
}
"""Patterns that the library runs, with texts."""


@pytest.mark.parametrize("pattern", SAME)
def test_the_library_reads_a_pattern_as_python_does(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = Pattern(pattern), re.compile(pattern)
    monkeypatch.setattr(ours, "_quick", False)
    for text in SAME[pattern]:
        spans = [found.span() for found in theirs.finditer(text)]
        assert [found.span() for found in ours.all(text)] == spans, text
        sought, found = ours.search(text), theirs.search(text)
        assert (sought and sought.groups()) == (found and found.groups())
        assert ours.sub(r"<\g<0>>", text) == theirs.sub(r"<\g<0>>", text)


@given(
    st.text("ab{}[]()|*+?:^$.\\1,-e", max_size=12),
    st.text("ab{}[]:1,e", max_size=12),
)
def test_any_pattern_is_read_as_python_does(pattern: str, text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `[[` may mean something else one day
            theirs = re.compile(pattern)
    except (re.error, OverflowError):
        return
    ours = Pattern(pattern)
    ours._quick = False
    found, sought = theirs.search(text), ours.search(text)
    assert (sought and sought.span()) == (found and found.span())


def test_what_is_quick() -> None:
    assert all(map(is_quick, ["^el ", "(&nbsp;)+", "[a+*]+b", r"\+\*x*", "a|b", "{e}x+"]))
    assert not any(map(is_quick, [ENDLESS, "(a|aa)+$", ".*a.*", "(a*)*", r"(a?)b?", "a?a?"]))
    assert for_regex("a+{e}[[x]{2}") == r"a+\{e}[\[x]{2}"


def test_templates_of_a_replacement_are_checked_as_before(reading: Lab) -> None:
    for pattern in ("(a)+b+", "a"):
        assert reading.codes(f"print (replace('ab', '{pattern}', '\\7', regex=true))") == [
            "value::regex"
        ]
    assert reading.results(r"print (replace('aab', '(a+)(b+)', '\2\g<1>', regex=true))") == ["baa"]


def test_a_text_is_split_into_its_characters(reading: Lab) -> None:
    assert reading.results("print (split('añ字', ''))") == [["a", "ñ", "字"]]


UNREADABLE = {
    "a{99999999999999999999}": "a number of repetitions is too large",
    "(" * 9000 + ")" * 9000: "it is nested too deep",
}
"""Patterns that Python gives up on, and why."""

SET_IN_A_SET = ("'[a' =~ '[[a]'", "match('[a', '[[a]')", "'[b' !~ '[[b' + ']'")
"""Conditions with a pattern that Python warns of."""


@pytest.mark.parametrize("condition", SET_IN_A_SET)
def test_nothing_is_said_of_a_set_in_a_set(tmp_path: Path, condition: str) -> None:
    done = ankish("-c", f"print ({condition})", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_set_in_a_set_finds_what_it_says(reading: Lab) -> None:
    assert reading.results("[{a: '[x'}, {a: 'bx'}] | where a =~ '[[a]x' | count") == [1]
    assert reading.results("find deck:Inbox | where Front =~ '[[a]' | count") != []


@pytest.mark.parametrize("pattern", UNREADABLE)
@pytest.mark.parametrize("program", ["'a' =~ '{}'", "match('a', '{}')", "'a' =~ '{}' + ''"])
def test_what_python_gives_up_on_is_not_sound(reading: Lab, program: str, pattern: str) -> None:
    with pytest.raises(AnkishError) as raised:
        reading.results(f"print ({program.format(pattern)})")
    [problem] = raised.value.diagnostics
    assert problem.message == f"the regular expression is not sound: {UNREADABLE[pattern]}"
