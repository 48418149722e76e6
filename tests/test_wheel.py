"""The wheel, installed into an empty environment far from the sources, has all it needs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]
SHIPPED = ("ankish", "grammar", "scripts", "pyproject.toml", "README.md", "LICENSE")

GENERATED = frozenset({"actions.md", "cookbook.md", "reference.md", "undo.md"})
"""Pages of which each line is tried by tests of their own."""

Run = Callable[..., subprocess.CompletedProcess[str]]


def done(*command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command that runs to its end, away from this environment's own modules."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    return subprocess.run(
        command,
        cwd=cwd,
        env={**clean, **env},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=1200,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a program of an environment in which only the wheel is installed.

    It is made once for all processes that run tests: that takes longer than the tests.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "wheel"
    place, programs = (
        folder / "elsewhere",
        folder / "venv" / ("Scripts" if os.name == "nt" else "bin"),
    )
    home = tmp_path_factory.mktemp("home")
    with FileLock(shared / "wheel.lock"):
        if not place.exists():
            install(folder, programs)
            place.mkdir()

    def run(program: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return done(str(programs / program), *arguments, cwd=place, ANKISH_HOME=str(home), **env)

    return run


def install(folder: Path, programs: Path) -> None:
    """Build the wheel, make an environment and install the wheel there."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for name in SHIPPED:  # a copy, since building leaves its traces
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, sources / name)
    pip = [sys.executable, "-m", "pip"]
    built = done(*pip, "wheel", "--no-deps", "-w", str(folder), ".", cwd=sources)
    assert built.returncode == 0, built.stderr
    shutil.rmtree(sources)
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    got = done(str(programs / "pip"), "install", f"{wheel}[embedded]", cwd=folder)
    assert got.returncode == 0, got.stderr


def test_the_wheel_has_grammar_library_help_and_sample(installed: Run) -> None:
    assert installed("ankish", "--version").stdout.startswith("ankish ")
    assert installed("ankish", "--demo", "-c", "find deck:Spanish is:due | count").stdout == "47\n"
    run = installed("ankish", "--demo", "leeches", "--deck", "Spanish")
    assert (run.returncode, run.stderr) == (0, "suspend: 5 cards\n")
    assert run.stdout.startswith("5 leeches are suspended, their notes tagged difficult\n")
    assert "usage: ankish leeches" in installed("ankish", "leeches", "--help").stdout
    assert "suspended" in installed("ankish", "help", "suspend").stdout
    assert installed("ankish", "skill").stdout.startswith("---\nname: ankish\n")
    listed = installed("ankish", "scripts").stdout.splitlines()
    assert len(listed) >= 29 and "prelude" not in listed


def test_scripts_macros_and_help_without_the_sources(installed: Run, tmp_path: Path) -> None:
    scripts = [
        json.loads(line) for line in installed("ankish", "scripts", "--json").stdout.splitlines()
    ]
    assert {"leeches", "backup"} < {script["name"] for script in scripts}
    run = installed("ankish", "test", "retire")
    assert (run.returncode, run.stderr) == (0, ""), run.stdout
    assert "usage: ankish retire" in installed("ankish", "retire", "--help").stdout
    assert "Suspend leeches" in installed("ankish", "help", "leeches").stdout
    file = tmp_path / "park.ank"
    file.write_text("## Park.\nmacro park(items: cards) { $items | suspend }\n", encoding="utf-8")
    assert installed("ankish", "macros", "import", str(file)).stdout == "park\n"
    run = installed("ankish", "--demo", "-c", "find deck:Inbox | park | count")
    assert (run.returncode, run.stdout) == (0, "22\n"), run.stderr


EVERY_EXAMPLE = """
import json, subprocess, sys
from pathlib import Path
import ankish

Path("words.csv").write_text("word,meaning\\nel prado,meadow\\n")
told = subprocess.run([sys.executable, "-m", "ankish", "help", "--json"], capture_output=True, check=True)
lines = [line for each in told.stdout.splitlines() for line in json.loads(each)["examples"]]
anki = ankish.connect(demo=True)
wrong = [(line, m.code) for line in lines for m in anki.check(line) if m.severity.value == "error"]
print(len(lines) > 150, [each for each in wrong if each[1] not in ("name::missing-action", "call::alone")])
"""


def test_every_example_of_the_help_is_right(installed: Run) -> None:
    run = installed("python", "-c", EVERY_EXAMPLE)
    assert run.stdout == "True []\n", run.stdout + run.stderr


EVERY_PAGE = """
import os, sys, tempfile
from pathlib import Path
import ankish
from tests.support.guide import Reader, examples, tidy
from tests.support.lab import embedded_lab

assert Path(sys.prefix) in Path(ankish.__file__).parents, ankish.__file__
tried = 0
for page in sys.argv[1:]:
    for example in examples(Path(page).read_text(encoding="utf-8")):
        with embedded_lab() as lab, tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            reader = Reader(lab, Path(folder))
            for block in example:
                tried += 1
                shown = reader.tries(block)
                right = shown.fine if block.expected is None else shown.text == tidy(block.expected)
                if not right:
                    print(Path(page).name, "line", block.line, shown.text)
            os.chdir("/")
print(tried)
"""
"""Reads pages as the tests of the documentation do. Of this checkout it has only what reads them."""


def test_the_examples_of_the_documentation_work(installed: Run, tmp_path: Path) -> None:
    reading = ("tests/support", "tests/engine/support.py")
    for name in reading:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, tmp_path / name)
    pages = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        if page.name not in GENERATED:
            pages.append(shutil.copy(page, tmp_path / page.name))
    run = installed("python", "-c", EVERY_PAGE, *map(str, pages), PYTHONPATH=str(tmp_path))
    assert run.returncode == 0, run.stderr
    *wrong, tried = run.stdout.splitlines()
    assert wrong == []
    assert int(tried) > 100


def test_from_python_it_is_typed_and_works(installed: Run) -> None:
    code = "import ankish; print(ankish.connect(demo=True).run('find is:due | count'))"
    assert installed("python", "-c", code).stdout == "121\n"
    where = (
        "import ankish, pathlib; print((pathlib.Path(ankish.__file__).parent/'py.typed').exists())"
    )
    assert installed("python", "-c", where).stdout == "True\n"


@pytest.mark.parametrize("word", ["mcp", "lsp"])
def test_an_extra_that_is_not_installed_is_named(installed: Run, word: str) -> None:
    run = installed("ankish", word, "--demo")
    assert run.returncode == 2
    assert f"pip install 'ankish[{word}]'" in run.stderr
