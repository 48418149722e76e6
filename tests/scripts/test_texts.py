"""What holds for the text of every script that ships: documented, formatted, sound, tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankish.analysis.script import declared, script_doc
from ankish.diagnostics.model import Source
from ankish.diagnostics.render import render
from ankish.runtime.callable import EXAMPLE
from ankish.runtime.shipped import folder, scripts
from ankish.syntax.format import format_program
from ankish.syntax.parser import parse
from ankish.tools.test import copied, outcomes
from tests.support.lab import embedded_lab


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample collection that tests inside of scripts run on copies of."""
    return copied(None, tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize("name", scripts())
def test_a_script_is_documented_formatted_and_sound(name: str) -> None:
    file = scripts()[name]
    source = Source(name, file.read_text(encoding="utf-8"))
    program = parse(source).program
    assert script_doc(program, source), "it says what it does"
    assert all(param.doc for param in declared(program)), "and what its parameters are"
    assert format_program(source) == source.text, "ankish fmt changes nothing"
    assert len(source.text.splitlines()) <= 60
    with embedded_lab() as lab:
        assert lab.checked(source.text) == []


@pytest.mark.parametrize("name", scripts())
def test_a_script_begins_with_one_line_of_what_it_does(name: str) -> None:
    source = Source(name, scripts()[name].read_text(encoding="utf-8"))
    first, _, rest = script_doc(parse(source).program, source).partition("\n")
    assert first.endswith(".") and len(first) <= 90
    assert rest.startswith("\n"), "the summary stands apart"
    assert EXAMPLE.search(rest), "and a call to copy"


@pytest.mark.parametrize("name", scripts())
def test_a_script_tests_itself(name: str, template: Path) -> None:
    source = Source(name, scripts()[name].read_text(encoding="utf-8"))
    found = list(outcomes(source, "", template))
    assert found
    assert [(each.name, render(each.problems)) for each in found if each.problems] == []


def test_none_is_without_a_test() -> None:
    files = map(Path(__file__).with_name, ("test_library.py", "test_charts.py"))
    tested = "".join(file.read_text(encoding="utf-8") for file in files)
    assert [name for name in scripts() if f'"{name}"' not in tested] == []
    assert all(file.parent == folder() for file in scripts().values())
