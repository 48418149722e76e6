"""Other programs with a prompt, beside which the shell has to stand."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.machine import environment, installed, scratch
from bench.measure import Run
from bench.terminal import prompt


def ipython() -> Run | None:
    """IPython's prompt; None if it can't be installed."""
    programs = installed("ipython", "pgcli")
    if programs is None:
        return None
    options = ("--no-banner", "--no-confirm-exit", "--colors=Linux")
    return prompt([programs / "ipython", *options], environment(), r"In \[1\]: ")


@contextmanager
def pgcli() -> Iterator[Run | None]:
    """pgcli's prompt; None if it can't be installed or there is no PostgreSQL to connect to."""
    programs = installed("ipython", "pgcli")
    folder = _postgres()
    if programs is None or folder is None:
        yield None
        return
    user = "postgres" if os.geteuid() == 0 else None
    place = scratch() / "postgres"
    place.mkdir()
    if user:
        shutil.chown(place, user)
        scratch().chmod(0o755)
    data = str(place / "data")
    quiet = {"user": user, "cwd": place, "stdout": subprocess.DEVNULL, "check": True}
    subprocess.run([folder / "initdb", "-D", data, "-A", "trust", "-U", "bench"], **quiet)
    options = f"-k {place} -c listen_addresses="
    subprocess.run([folder / "pg_ctl", "-D", data, "-w", "-o", options, "start"], **quiet)
    try:
        command = [programs / "pgcli", "-h", place, "-U", "bench", "--prompt", "pg> ", "postgres"]
        yield prompt(command, environment(), "pg> ")
    finally:
        subprocess.run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


def _postgres() -> Path | None:
    """The folder of PostgreSQL's programs."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None
