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
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


def machine() -> str:
    """A line on what the figures come from."""
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}."
    )


@lru_cache(maxsize=1)
def scratch() -> Path:
    """A folder for everything that the benchmarks make; it goes with the process."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="ankish-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@lru_cache(maxsize=1)
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


@lru_cache(maxsize=None)
def installed(*requirements: str) -> Path | None:
    """The programs of a new virtual environment with these packages; None if pip can't get them."""
    folder = scratch() / f"venv{len(list(scratch().glob('venv*')))}"
    pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    done = subprocess.run([*pip, *requirements], capture_output=True, encoding="utf-8")
    return folder / "bin" if done.returncode == 0 else None


@lru_cache(maxsize=1)
def ankish() -> Path | None:
    """The programs of an environment in which this checkout is installed as a user would.

    None if pip can't get what it needs. The checkout is copied first: setuptools would leave
    a folder in it, and take from it what is no longer there.
    """
    copy = scratch() / "checkout"
    names = ("pyproject.toml", "README.md", "LICENSE", "ankish", "grammar", "scripts")
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    return installed(f"{copy}[embedded]")


@contextmanager
def server(tick: float) -> Iterator[str]:
    """AnkiConnect's manners on an empty collection, in a process of its own; its URL."""
    command = [sys.executable, "-m", "tests.support.manners", "--tick", str(tick)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)  # it puts its collection away
