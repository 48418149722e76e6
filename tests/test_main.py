"""The program's outermost shell: exit codes, and no traceback whatever happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ankish
from ankish.cli import TOOLS
from ankish.diagnostics.kinds.help import NO_CODE

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def stand_in(tmp_path: Path, body: str) -> list[str]:
    """The command that runs `main` with `body` in place of the command line's own `main`."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, types\n"
        "from ankish.__main__ import main\n"
        "cli = types.ModuleType('ankish.cli')\n"
        f"def run(argv):\n    {body}\n    return 0\n"
        "cli.main = run\n"
        "sys.modules['ankish.cli'] = cli\n"
        "sys.exit(main())\n",
        encoding="utf-8",
    )
    return [sys.executable, str(program)]


def run(command: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**ENVIRONMENT, **env},
        check=False,
    )


def test_version() -> None:
    done = run([sys.executable, "-m", "ankish", "--version"])
    assert (done.returncode, done.stdout) == (0, f"ankish {ankish.__version__}\n")


def test_results_and_reports_in_one_file_are_in_order() -> None:
    env = {name: value for name, value in ENVIRONMENT.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [sys.executable, "-m", "ankish", "--demo", "-"],
        input='print "before"\nfind tag:leech | suspend\nprint "after"\nfail "oh"\n',
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=ROOT,
        env=env,
        check=False,
    )
    assert re.findall("^(?:before|after|suspend: .*|error.*)", done.stdout, re.M) == [
        "before",
        "suspend: 25 cards",
        "after",
        "error[value::fail]: oh",
    ]


def test_help_names_every_word() -> None:
    said = run([sys.executable, "-m", "ankish", "--help"]).stdout
    assert [word for word in TOOLS if word != "complete" and f" {word}" not in said] == []


@pytest.mark.parametrize(
    ("word", "help_"),
    [
        ("chek", "a similar name exists: check"),
        ("leech", "a similar name exists: leeches"),
        ("deckNames", "a command of the language: ankish -c 'deckNames'"),
        ("find", "a command of the language: ankish -c 'find'"),
    ],
)
def test_a_word_that_is_none_of_ours(word: str, help_: str) -> None:
    told = run([sys.executable, "-m", "ankish", word])
    assert told.returncode == 2
    assert help_ in told.stderr


def test_the_package_takes_its_version_from_the_same_place() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in settings
    assert '[tool.setuptools.dynamic]\nversion = { attr = "ankish.__version__" }' in settings


def test_arguments_and_exit_code_pass_through(tmp_path: Path) -> None:
    command = stand_in(tmp_path, "print(argv); return 7")
    done = run([*command, "-c", "ä"])
    assert (done.returncode, done.stdout) == (7, "['-c', 'ä']\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_output_is_utf8_whatever_the_locale(tmp_path: Path, encoding: str) -> None:
    done = run(stand_in(tmp_path, r"print('日本語 \ud800')"), PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout, done.stderr) == (0, "日本語 ?\n", "")


def test_interrupted(tmp_path: Path) -> None:
    done = run(stand_in(tmp_path, "print('half'); raise KeyboardInterrupt"))
    assert (done.returncode, done.stdout, done.stderr) == (130, "half\n", "")


@pytest.mark.parametrize("lines", [1, 100_000])
def test_output_that_nobody_reads(tmp_path: Path, lines: int) -> None:
    """The reader is gone before, so both a short output (at exit) and a long one meet it."""
    reading, writing = os.pipe()
    os.close(reading)
    command = stand_in(tmp_path, f"[print('x' * 50) for _ in range({lines})]")
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=ENVIRONMENT)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("lines", [1, 100_000])
def test_output_to_a_full_disk(tmp_path: Path, lines: int) -> None:
    command = stand_in(tmp_path, f"[print('x' * 50) for _ in range({lines})]")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error[program::output]: the output can't be written: No space")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams(tmp_path: Path, closed: str) -> None:
    command = " ".join(stand_in(tmp_path, "print(1); print(2, file=sys.stderr); return 3"))
    done = run(["sh", "-c", f"{command} {closed}"])
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_unforeseen_errors_tell_the_place_and_no_secret(tmp_path: Path) -> None:
    command = stand_in(tmp_path, "from ankish.diagnostics.model import Source; Source('x', 3)")
    done = run(command)
    assert done.returncode == 1
    head, *rest = done.stderr.splitlines()
    assert head.startswith("error[program::bug]: ankish has a mistake of its own: TypeError in ")
    assert "ankish.diagnostics.model:" in head
    assert "Traceback" not in done.stderr

    secret = run(stand_in(tmp_path, "raise ValueError('key=s3cret')"))
    assert secret.returncode == 1
    assert "s3cret" not in secret.stderr
    assert "ValueError" in secret.stderr


def test_traceback_on_demand(tmp_path: Path) -> None:
    done = run(stand_in(tmp_path, "1 / 0"), ANKISH_TRACEBACK="1")
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" in done.stderr


def test_messages_that_nobody_caught_are_shown(tmp_path: Path) -> None:
    body = "from ankish.diagnostics.kinds.help import NO_CODE; raise NO_CODE.error(code='x::y')"
    done = run(stand_in(tmp_path, body))
    assert done.returncode == 1
    assert done.stderr.startswith(f"error[help::code]: {NO_CODE(code='x::y').message}\n")


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LANG": "C"}


def test_a_locale_in_which_file_names_are_ascii(tmp_path: Path) -> None:
    """Anki's media have names like 猫.wav: they are found, shown and written all the same."""
    check = [sys.executable, "-c", "import sys; print(sys.getfilesystemencoding())"]
    assert run(check, **ASCII).stdout == "ascii\n", "otherwise this proves nothing"
    file = tmp_path / "été.txt"
    program = f"getMediaFilesNames '*.wav' | save '{file}'; find 'deck:Japanese::N3' | count"
    command = [sys.executable, "-m", "ankish", "--demo", "-c", program]
    done = run(command, **ASCII, ANKISH_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "猫.wav" in file.read_text(encoding="utf-8")


def test_python_in_such_a_locale_is_told(tmp_path: Path) -> None:
    body = "import ankish\ntry: ankish.connect(demo=True).run('version')"
    body += "\nexcept ankish.AnkishError as error: print(error)"
    done = run([sys.executable, "-c", body], **ASCII, ANKISH_HOME=str(tmp_path))
    assert done.stderr == ""
    assert "this Python has file names in ascii" in done.stdout
    assert "engine::encoding" in done.stdout
