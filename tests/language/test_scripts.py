"""Twelve realistic scripts: each stage of each is kept, and its output on both backends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.diagnostics.model import Source
from ankish.diagnostics.render import render
from ankish.syntax.format import format_program
from ankish.syntax.tokens import Reader
from tests.conftest import GOLDEN
from tests.support.lab import Lab
from tests.support.trees import of_place, program

SCRIPTS = sorted((Path(__file__).parents[1] / "scripts").glob("*.ank"))

EFFECTS = {
    "01-suspend-leeches": "deck:Japanese prop:lapses>=5 is:suspended",
    "02-move": "deck:Archive::Mature",
    "03-find-and-replace": 'deck:Spanish "Front:re:&nbsp;"',
    "04-import": "deck:Japanese::N5 tag:import tag:src:book",
    "06-backlog": "prop:due>=1 prop:due<=7 prop:ivl>20",
    "07-function": "deck:Japanese tag:hard is:suspended",
    "09-media": "deck:Spanish Back:*sound:es_*",
    "10-recorded": "deck:Default tag:triaged",
    "11-batches": "deck:Spanish is:review prop:due=1",
    "12-tag-hygiene": "tag:todo-now",
}
"""What each changes, as a search; scripts that change nothing are not among them."""

KEPT = ("tokens", "tree", "plan", "formatted", "output")
"""The stages, in order. Messages there are only of some."""

STAGE = re.compile(r"\n==== (\w+)\n")

ID = re.compile(r"\b1[0-9]{12}\b")
"""An id that is made of the time; the sample's times begin today."""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the scripts read."""
    monkeypatch.chdir(tmp_path)
    Path("words.csv").write_text("word,meaning\n犬,dog\n,nothing\n猫,cat\n犬,dog\n", "utf-8")
    Path("audio").mkdir()
    for name in ("la cuchara", "nobody"):
        Path("audio", f"{name}.mp3").write_bytes(b"ID3")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.stem))
@pytest.mark.usefixtures("files")
def test_script(lab: Lab, golden: Any, script: Path) -> None:
    text = script.read_text("utf-8")
    effect = EFFECTS.get(script.stem)
    before = lab.ids(effect) if effect else set()
    stages = {
        "tokens": "\n".join(f"{seen.kind:<12} {seen.text!r}" for seen in Reader(text).seen),
        "tree": "\n".join(drawn(program(text).statements)),
        "plan": lab.explained(f"explain\n{text}"),
        "formatted": format_program(Source(script.name, text)).rstrip("\n"),
        "output": lab.text(text).rstrip("\n"),
        "messages": render(lab.warnings),
    }
    shown = "\n\n".join(f"==== {name}\n{stage}" for name, stage in stages.items())
    golden(f"scripts/{script.stem}", ID.sub("<id>", shown).rstrip("\n"))
    if effect:
        assert lab.ids(effect) != before


def test_there_are_twelve() -> None:
    assert len(SCRIPTS) == 12 and EFFECTS.keys() <= {path.stem for path in SCRIPTS}


def test_each_stage_of_each_is_kept() -> None:
    for script in SCRIPTS:
        kept = (GOLDEN / "scripts" / f"{script.stem}.txt").read_text("utf-8")
        stages = STAGE.split(f"\n{kept}")
        said = dict(zip(stages[1::2], stages[2::2], strict=True))
        assert list(said) == [*KEPT, "messages"], script
        assert all(said[name].strip() for name in KEPT), script


def drawn(node: Any, depth: int = 0) -> Iterator[str]:
    """A tree as indented lines: what each node is and says."""
    if isinstance(node, tuple):
        for item in node:
            yield from drawn(item, depth)
        return
    names = [name for name in getattr(type(node), "__match_args__", ()) if not of_place(name)]
    values = {name: getattr(node, name) for name in names}
    if not names:
        yield f"{'  ' * depth}{node!r}"
        return
    inner = {n: v for n, v in values.items() if isinstance(v, tuple) or hasattr(v, "span")}
    plain = " ".join(f"{n}={v!r}" for n, v in values.items() if n not in inner and v is not None)
    yield f"{'  ' * depth}{type(node).__name__} {plain}".rstrip()
    for value in inner.values():
        yield from drawn(value, depth + 1)
