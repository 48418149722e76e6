"""The shapes of JSON are those that `docs/programs.md` promises."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.sample import build
from tests.test_cli import ankish

PAGE = Path(__file__).parents[2] / "docs" / "programs.md"

TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "int": (int,),
    "float": (float,),
    "bool": (bool,),
    "list": (list,),
    "record": (dict,),
    "null": (type(None),),
}

Shape = dict[str, tuple[tuple[type, ...], bool]]
"""The types of each key, and whether it may be missing."""


def shapes() -> Iterator[tuple[str, Shape]]:
    """The tables of the page by their headings."""
    for section in PAGE.read_text(encoding="utf-8").split("\n### ")[1:]:
        title, _, text = section.partition("\n")
        rows = re.findall(r"^\| `([^`]+)` \| ([\w ]+) \| (.*) \|$", text, re.M)
        if rows:
            yield title, {key: _types(words, about) for key, words, about in rows}


def _types(words: str, about: str) -> tuple[tuple[type, ...], bool]:
    optional = re.search(r"missing where|alone$|not in `fix`", about) is not None
    return tuple(each for word in words.split(" or ") for each in TYPES[word]), optional


SHAPES = dict(shapes())


def fits(value: Any, title: str, *others: str) -> None:
    """Assert that a value has the shape that the page promises, but for `others`."""
    shape = SHAPES[title]
    assert set(value) <= {*shape, *others}, f"{title}: keys that the page lacks"
    for key, (types, optional) in shape.items():
        if key in value:
            assert type(value[key]) in types, f"{title}: {key} is {value[key]!r}"
        else:
            assert optional or key in others, f"{title}: {key} is missing"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Any]]:
    """Runs ankish on one collection; the lines that it prints on a stream, as JSON."""
    folder = tmp_path_factory.mktemp("collection")
    path = build(folder)
    home = str(tmp_path_factory.mktemp("home"))

    def lines(*words: str, stream: str = "stdout", on: bool = True) -> list[Any]:
        given = [*words[:1], "--collection", str(path), *words[1:]] if on else [*words]
        if on and words[0].startswith("-"):
            given = ["--collection", str(path), *words]
        done = ankish(*given, env={"ANKISH_HOME": home})
        return [json.loads(line) for line in getattr(done, stream).splitlines()]

    return lines


Run = Callable[..., list[Any]]


def test_a_change_a_plan_a_run_and_its_undo(run: Run) -> None:
    program = "find deck:Inbox | addTags seen"
    [plan] = run("plan", "--json", "-c", program)
    fits(plan, "A plan")
    fits(plan["writes"][0], "A write of a plan")
    assert set(plan["writes"][0]["changes"][0]) == {"item", "what", "before", "after"}
    assert run("--dry-run", "--json", "-c", program) == [plan]
    [change] = run("--json", "-c", program)
    fits(change, "A change")
    [log] = run("log", "--json")
    fits(log[0], "A run of the log")
    [writes] = run("log", "--json", log[0]["run"])
    fits(writes[0], "A write of the log")
    [undone] = run("undo", "--json")
    fits(undone, "An undo")
    [again] = run("redo", "--json")
    again["undo"] = again.pop("redo")
    fits(again, "An undo")


def test_results(run: Run) -> None:
    rows = '[{Front: "q", Back: "a"}] | '
    given = 'deck = "Inbox", model = "Basic", Front = Front, Back = Back'
    [[added]] = run("--json", "-c", f"{rows}add {given}")
    fits(added, "A verdict", "Front", "Back")
    [[kept]] = run("--json", "-c", f"{rows}upsert {given}")
    fits(kept, "A verdict", "Front", "Back")
    assert kept["verdict"] == "same"
    [chart] = run("--json", "-c", "find deck:Spanish | group deck | chart count deck")
    fits(chart, "A chart")
    assert set(chart["points"][0]) == {"label", "value"}
    [found, count] = run("--json", "-c", "find deck:Inbox; find deck:Inbox | count")
    assert len(found) == count and all(isinstance(each, int) for each in found)


def test_messages(run: Run) -> None:
    problems = run("--json", "-c", "find deck:Spnish | suspnd; 1 +", stream="stderr")
    assert len(problems) == 2
    for problem in problems:
        fits(problem, "A message")
        for label in problem["labels"]:
            fits(label, "A place")
    fix = next(problem["fix"] for problem in problems if problem["fix"])
    fits(fix, "A place")
    [stats] = run("--json", "--stats", "-c", "deckNames | count", stream="stderr")
    fits(stats["stats"], "The cost")


def test_explain() -> None:
    done = ankish("--demo", "--explain", "--json", "-c", "find is:due | suspend; version")
    requests = json.loads(done.stdout)
    assert len(requests) > 1
    for request in requests:
        fits(request, "A request of explain")


def test_scripts_help_macros_and_tests(run: Run, tmp_path: Path) -> None:
    scripts = run("scripts", "--json", on=False)
    for script in scripts:
        fits(script, "A script")
    params = next(each["params"] for each in scripts if each["name"] == "leeches")
    assert set(params[0]) == {"name", "type", "doc", "required", "default"}
    everything = run("help", "--json", on=False)
    assert {"suspend", "leeches", "move", "where", "trim"} <= {each["name"] for each in everything}
    for about in everything:
        few = {"params", "gives", "hands_on", "effect", "undo", "undo_embedded"}
        others = few if about["family"] in ("verbs", "functions") else set()
        fits(about, "A command of help", *others)
    [suspend] = run("help", "suspend", "--json", on=False)
    keys = {"name", "type", "doc", "required", "default", "subject", "switch"}
    assert all(set(param) == keys for param in suspend["params"])
    file = tmp_path / "two.ank"
    file.write_text("## Two.\nmacro two(items: cards) { $items | first 2 }\n", encoding="utf-8")
    assert (
        ankish("macros", "import", str(file), env={"ANKISH_HOME": str(tmp_path)}).stdout == "two\n"
    )
    told = ankish("macros", "--json", env={"ANKISH_HOME": str(tmp_path)}).stdout
    fits(json.loads(told), "A command of help", "file")
    for test in run("test", "retire", "--json", on=False):
        fits(test, "A test")


def test_settings(run: Run) -> None:
    found = run("config", "--json", on=False)
    assert len(found) > 10
    for each in found:
        fits(each, "A setting")


def test_doctor(run: Run) -> None:
    found = run("doctor", "--json")
    assert len(found) > 5
    for each in found:
        fits(each, "A line of the doctor")


def test_every_shape_is_looked_at() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert len(SHAPES) > 14
    assert [title for title in SHAPES if f'"{title}"' not in text] == []
