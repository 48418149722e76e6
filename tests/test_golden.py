"""The golden files' fixture fails where it should, and so does a run with stale files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ASKS = 'def test_it(golden):\n    golden("folder/it", "a\\nb")\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one golden test and this suite's conftest."""
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "conftest.py").write_bytes((Path(__file__).parent / "conftest.py").read_bytes())
    (tests / "test_it.py").write_text(ASKS)
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    return tmp_path


def run(project: Path, *args: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def put(project: Path, name: str, text: str) -> Path:
    path = project / "tests" / "golden" / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_missing_file_fails(project: Path) -> None:
    code, output = run(project)
    assert code == 1
    assert "there is no golden file folder/it.txt" in output
    assert not (project / "tests" / "golden").exists()


def test_update_writes_what_then_passes(project: Path) -> None:
    assert run(project, "--update")[0] == 0
    assert (project / "tests" / "golden" / "folder" / "it.txt").read_bytes() == b"a\nb\n"
    assert run(project)[0] == 0


def test_difference_fails_and_stays(project: Path) -> None:
    path = put(project, "folder/it", "a\nc\n")
    code, output = run(project)
    assert code == 1
    assert "differs from golden file folder/it.txt" in output
    assert path.read_text() == "a\nc\n"


def test_stale_file_fails_a_whole_run_only(project: Path) -> None:
    put(project, "folder/it", "a\nb\n")
    stale = put(project, "old", "x\n")
    code, output = run(project)
    assert code == 1
    assert "stale golden file old.txt" in output
    assert run(project, "tests/test_it.py")[0] == 0
    assert run(project, "--update")[0] == 0
    assert not stale.exists()


def test_home_is_a_folder_of_its_own(project: Path) -> None:
    (project / "tests" / "test_it.py").write_text(
        "import os\n\ndef test_it():\n"
        "    assert os.listdir(os.environ['ANKISH_HOME']) == []\n"
        "    assert [n for n in os.environ if n.startswith('ANKISH_')] == ['ANKISH_HOME']\n"
    )
    assert run(project)[0] == 0
