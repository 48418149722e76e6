"""Every program ends: macros that call macros, texts and lists that grow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.lab import Lab


def calling(body: str, levels: int) -> str:
    """Macros that call the one before them as the body says."""
    macros = ["macro m0(a: list) { $a | count }"]
    macros += (
        f"macro m{i}(a: list) {{ {body.replace('m?', f'm{i - 1}')} }}" for i in range(1, levels)
    )
    return "\n".join([*macros, f"[1] | m{levels - 1}"])


def codes(reading: Lab, program: str) -> Iterator[str]:
    return (problem.code for problem in reading.checked(program))


@pytest.mark.parametrize("levels", [12, 30, 300])
def test_macros_that_call_the_one_before_twice(reading: Lab, levels: int) -> None:
    program = calling("if length($a) > 0 { $a | m? } else { $a | m? }", levels)
    assert set(codes(reading, program)) == {"call::too-many-calls"}


@pytest.mark.parametrize(
    "body",
    [
        "$a | m?",
        "for x in $a { for y in [$x] { for z in [$y] { [$z] | m? } } }",
        "$a | each { $a | each { $a | m? } }",
        "atomic { try { atomic { $a | m? } } catch e { print $e.message } }",
        'print "${upper("${($a | m?)}")}"',
    ],
)
@pytest.mark.parametrize("levels", [8, 31, 300])
def test_macros_in_a_chain_run_or_are_refused(reading: Lab, levels: int, body: str) -> None:
    said = set(codes(reading, calling(body, levels)))
    assert said <= {"call::too-many-calls", "flow::constant"}
    if levels > 31:
        assert "call::too-many-calls" in said
    elif levels < 8:
        reading.results(calling(body, levels))


def test_the_program_itself_may_call_as_often_as_it_likes(reading: Lab) -> None:
    program = "macro m() { n }\n".replace("n }", "print a }") + "m\n" * 3_000
    assert list(codes(reading, program)) == []


def test_a_macro_calls_neither_itself_nor_a_later_one(reading: Lab) -> None:
    assert reading.codes("macro m() { m }") == ["name::not-yet"]
    assert reading.codes("macro a() { b }\nmacro b() { print a }") == ["name::not-yet"]


@pytest.mark.parametrize(
    "grown",
    [
        '"${a}${a}${a}${a}${a}${a}${a}${a}"',
        "$a + $a + $a + $a + $a + $a + $a + $a",
        "replace($a, 'x', 'xxxxxxxx')",
        'join([$a, $a, $a, $a, $a, $a, $a, $a], "")',
    ],
)
def test_a_text_does_not_grow_beyond_a_limit(reading: Lab, grown: str) -> None:
    lines = ['let a0 = "${version}x"'.replace("${version}", "")]
    for i in range(1, 25):
        lines.append(
            f"let a{i} = " + grown.replace("$a", f"$a{i - 1}").replace("{a}", f"{{a{i - 1}}}")
        )
    assert reading.codes("\n".join([*lines, "length($a24)"])) == ["value::too-long"]


def test_a_list_does_not_grow_beyond_a_limit(reading: Lab) -> None:
    lines = ["let a0 = [1]"]
    lines += (f"let a{i} = $a{i - 1} + $a{i - 1} + $a{i - 1} + $a{i - 1}" for i in range(1, 25))
    assert reading.codes("\n".join([*lines, "$a24 | count"])) == ["value::too-long"]
    assert reading.codes("range(0, 90000) | each { range(0, 90000) } | count") == [
        "value::too-long"
    ]


def test_a_size_of_nothing_is_an_error(reading: Lab) -> None:
    assert reading.codes("[1, 2] | chunk 0 { $it }") == ["type::range"]
    assert reading.codes("let n = length('a') - 1\n[1, 2] | chunk $n { $it }") == ["value::range"]
    assert reading.codes("[1, 2] | chunk $nope { $it }") == ["name::variable"]
    assert reading.codes("[1, 2] | first -1") == ["type::range"]
    assert reading.codes("let n = length('a') - 2\n[1, 2] | last $n") == ["value::range"]
