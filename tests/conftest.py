"""What all tests share: their own home folder, golden files, Hypothesis' settings."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest

GOLDEN = Path(__file__).parent / "golden"

hypothesis.settings.register_profile("dev", deadline=None)
hypothesis.settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, print_blob=True, max_examples=60
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="renew the golden files")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_GOLDENS] = Goldens(update=config.getoption("--update"))
    config.stash[_OUTSIDE] = os.environ.copy()
    config.stash[_HOME] = tempfile.mkdtemp(prefix="ankish-tests-")
    # The second two say how large the terminal is in which the tests were started.
    for name in [name for name in os.environ if name.startswith(("ANKISH_", "COLUMNS", "LINES"))]:
        del os.environ[name]
    os.environ["ANKISH_HOME"] = config.stash[_HOME]
    # What runs in the background of a shell does not hear Ctrl-C; the tests press it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)
    outside = config.stash[_OUTSIDE]
    os.environ.clear()
    os.environ.update(outside)


@dataclass
class Goldens:
    """Compares texts that users see with the files that hold how they should be.

    `golden(name, text)` fails unless `tests/golden/NAME.txt` holds `text` and a line end.
    With `--update` it writes the file instead.
    """

    update: bool
    used: set[Path] = field(default_factory=set)
    deselected: bool = False

    def __call__(self, name: str, text: str) -> None:
        """Compare `text` with the golden file `name` (folders parted by `/`)."""
        __tracebackhide__ = True
        path = GOLDEN / f"{name}.txt"
        self.used.add(path)
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(f"{text}\n".encode())
        elif not path.exists():
            pytest.fail(f"there is no golden file {name}.txt; --update writes it:\n{text}")
        else:
            assert f"{text}\n" == path.read_bytes().decode(), f"differs from golden file {name}.txt"

    def stale(self) -> list[Path]:
        """The golden files that no test has asked for."""
        return sorted(set(GOLDEN.rglob("*.txt")) - self.used)


_GOLDENS = pytest.StashKey[Goldens]()
_OUTSIDE = pytest.StashKey[dict[str, str]]()
_HOME = pytest.StashKey[str]()
_STALE = pytest.StashKey[list[Path]]()


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Goldens:
    """See `Goldens`."""
    return pytestconfig.stash[_GOLDENS]


def pytest_collection_finish() -> None:
    """Tell the garbage collector to leave what all tests stand on alone.

    Ten thousand tests are a million objects, and a test that makes many of its own has them
    all looked at over and over.
    """
    gc.collect()
    gc.freeze()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    for item in items:
        item.config.stash[_GOLDENS].deselected = True


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over what a worker process has used."""
    told = getattr(node, "workeroutput", {})
    goldens = node.config.stash[_GOLDENS]
    goldens.used |= {GOLDEN / name for name in told.get("goldens", [])}
    goldens.deselected |= told.get("deselected", False)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a whole and otherwise good run that leaves golden files; `--update` deletes them.

    The tests run in several processes: the workers tell what they used, the first one judges.
    """
    goldens = session.config.stash[_GOLDENS]
    if (told := getattr(session.config, "workeroutput", None)) is not None:
        told["goldens"] = [path.relative_to(GOLDEN).as_posix() for path in goldens.used]
        told["deselected"] = goldens.deselected
        return
    whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if exitstatus != pytest.ExitCode.OK or not whole or goldens.deselected:
        return
    session.config.stash[_STALE] = stale = goldens.stale()
    if goldens.update:
        for path in stale:
            path.unlink()
    elif stale:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    done = (
        "deleted" if config.stash[_GOLDENS].update else "no test asks for it; --update deletes it"
    )
    for path in config.stash.get(_STALE, []):
        terminalreporter.write_line(f"stale golden file {path.relative_to(GOLDEN)}: {done}")
