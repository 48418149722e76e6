"""Other programs with a prompt, beside which the shell has to stand."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.machine import environment, installed, scratch
from bench.measure import Command, Run
from bench.terminal import prompt


def ipython() -> Run | None:
    """The prompt of IPython; None if it can't be installed."""
    programs = installed("ipython", "pgcli")
    if programs is None:
        return None
    options = ("--no-banner", "--no-confirm-exit", "--colors=Linux")
    return prompt([programs / "ipython", *options], environment(), r"In \[1\]: ")


@contextmanager
def pgcli() -> Iterator[Run | None]:
    """The prompt of pgcli; None without PostgreSQL, or if it can't be installed."""
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
    data = place / "data"

    def postgres(program: str, *arguments: str) -> None:
        command: Command = [folder / program, "-D", data, *arguments]
        subprocess.run(command, user=user, cwd=place, stdout=subprocess.DEVNULL, check=True)

    postgres("initdb", "-A", "trust", "-U", "bench")
    postgres("pg_ctl", "-w", "-o", f"-k {place} -c listen_addresses=", "start")
    try:
        command: Command = [
            programs / "pgcli",
            "-h",
            place,
            "-U",
            "bench",
            "--prompt",
            "pg> ",
            "postgres",
        ]
        yield prompt(command, environment(), "pg> ")
    finally:
        postgres("pg_ctl", "-m", "immediate", "stop")


def _postgres() -> Path | None:
    """The folder of PostgreSQL's programs."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None
