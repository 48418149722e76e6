"""Real clients of AnkiConnect against `ankish serve`: whether each of their calls does its work.

yanki-connect comes from npm, py-ankiconnect from PyPI; both are installed into a folder that
goes with the process. The server has the sample collection and wants an API key where the
client can send one. `python -m bench clients` fails if a client can't be installed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.machine import installed, scratch
from bench.table import Table
from tests.support.serving import Serving, serving

HERE = Path(__file__).parent
KEY = "a-key-for-the-bench"


def run() -> Table:
    """Run both; takes about a minute. Raises `RuntimeError` where a client does not work."""
    with serving("--demo", "--key", KEY) as server:
        yanki = _row("yanki-connect (npm)", server, _yanki(server))
    with serving("--demo") as server:
        python = _row("py-ankiconnect (PyPI)", server, _py_ankiconnect(server))
    return Table(("", "version", "calls", "as expected"), (yanki, python))


def _yanki(server: Serving) -> Sequence[str | Path]:
    """The command that runs the script for yanki-connect, which has been installed for it."""
    folder = scratch() / "npm"
    folder.mkdir()
    (folder / "package.json").write_text('{"type": "module", "private": true}')
    _succeed(["npm", "install", "--no-audit", "--no-fund", "yanki-connect"], folder)
    script = folder / "yanki.mjs"
    script.write_bytes((HERE / "yanki.mjs").read_bytes())
    host, port = server.address
    return ["node", script, f"http://{host}", str(port), KEY]


def _py_ankiconnect(server: Serving) -> Sequence[str | Path]:
    programs = installed("py-ankiconnect")
    if programs is None:
        raise RuntimeError("pip can't get py-ankiconnect")
    host, port = server.address
    return [programs / "python", HERE / "py_ankiconnect_script.py", f"http://{host}", str(port)]


def _row(name: str, server: Serving, command: Sequence[str | Path]) -> tuple[str, ...]:
    """Run a script that prints its client's version and then a truth for each check."""
    lines = _succeed(command).splitlines()
    version, checks = lines[0], [json.loads(line) for line in lines[1:]]
    failed = [check for check in checks if not check["ok"]]
    if failed or not checks:
        raise RuntimeError(f"{name}: {failed}")
    problems = server.stop()[2]
    if problems:
        raise RuntimeError(f"{name}: the server says {problems}")
    return name, version, str(sum(check["calls"] for check in checks)), f"all {len(checks)} checks"


def _succeed(command: Sequence[str | Path], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


if __name__ == "__main__":
    sys.stdout.write(f"{run().text()}\n")
