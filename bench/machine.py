"""The machine, and places on it where something runs as it does for a user."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

URL: str | None = None
"""A real AnkiConnect that is measured instead of the engine with its manners; from `--url`."""


def machine() -> str:
    """A line on what the figures come from."""
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}."
    )


@cache
def scratch() -> Path:
    """A folder for everything that the benchmarks make; it goes with the process."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="ankish-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def environment() -> dict[str, str]:
    """The environment of a user who has just come: an empty home, and no settings of ours."""
    home = scratch() / "home"
    home.mkdir()
    return {
        "HOME": str(home),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }


@cache
def installed(*requirements: str) -> Path | None:
    """The programs of a new virtual environment with these packages.

    None if pip can't get them; what it says is printed.
    """
    folder = scratch() / f"venv{len(list(scratch().glob('venv*')))}"
    pip: list[str | Path] = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    done = subprocess.run([*pip, *requirements], capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
        return None
    return folder / "bin"


@dataclass(frozen=True)
class Installed:
    """A Python that has ankish, the command that starts it, and the environment for both.

    * **fresh** - whether it is as a user would install it; else it is what runs this.
    """

    python: Path
    ankish: tuple[str | Path, ...]
    env: dict[str, str]
    fresh: bool


@cache
def ankish(extra: str = "") -> Installed:
    """The checkout, installed as a user would where pip can get what it needs.

    Libraries that come with an `extra` can slow others: httpx takes 10 ms more to import
    where there is click. The checkout is copied first: setuptools would leave a folder in
    it, and take from that what is no longer there.
    """
    copy = scratch() / f"checkout{extra}"
    kept = shutil.ignore_patterns(".*", "__pycache__", "build", "*.egg-info", "tests", "bench")
    shutil.copytree(ROOT, copy, ignore=kept)
    programs = installed(f"{copy}[{extra}]" if extra else str(copy))
    if programs is not None:
        return Installed(programs / "python", (programs / "ankish",), environment(), True)
    compiled = str(scratch() / "compiled")
    env = {**environment(), "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled}
    python = Path(sys.executable)
    return Installed(python, (python, "-m", "ankish"), env, False)


@contextmanager
def server(tick: float, collection: Path | None = None) -> Iterator[str]:
    """AnkiConnect's manners on a collection, an empty one if none is given; its URL."""
    command = [sys.executable, "-m", "tests.support.manners", "--tick", str(tick)]
    command += [] if collection is None else ["--collection", str(collection)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)  # it puts its collection away
