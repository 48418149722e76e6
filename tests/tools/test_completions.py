"""Completions of the command line: what is offered, and that bash takes the script."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from ankish.tools.completions import SCRIPTS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("ANKISH")}
    return {**outside, "ANKISH_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}


def offered(home: dict[str, str], *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "ankish", "complete", *words],
        env=home,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "some"),
    [
        (("",), "doctor"),
        (("--co",), "--collection"),
        (("lee",), "leeches"),
        (("help", "susp"), "suspend"),
        (("config", "the"), "theme"),
        (("completions", "fi"), "fish"),
        (("--demo", "leeches", "--"), "--deck"),
        (("--demo", "leeches", "--deck", "Span"), "Spanish::Nouns"),
        (("--demo", "-c", "'find deck:Jap"), "'find deck:Japanese::N3"),
        (("-c", "unt"), "untag"),
        (("--url", "http://127.0.0.1:9", "-c", "find is:su"), "find\\ is:suspended"),
    ],
)
def test_what_a_word_can_become(home: dict[str, str], words: tuple[str, ...], some: str) -> None:
    assert some in offered(home, *words)


def test_a_script_of_the_user(home: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "mine.ank"
    script.write_text("param where: deck\nparam many: int = 3\nfind deck:$where | first $many\n")
    assert offered(home, str(script), "--") == ["--where", "--many"]
    assert "Spanish" in offered(home, "--demo", str(script), "--where", "Sp")


def test_what_is_nowhere_offers_nothing(home: dict[str, str]) -> None:
    for words in (["nosuch.ank", "--"], ["--url", "x"], ["--collection", ""], ["-c", "'"]):
        offered(home, *words)


def test_bash_takes_them(home: dict[str, str], tmp_path: Path) -> None:
    ankish = tmp_path / "ankish"
    ankish.write_text(f'#!/bin/sh\nexec {sys.executable} -m ankish "$@"\n')
    ankish.chmod(0o755)
    program = """
source <(ankish completions bash)
try() { COMP_WORDS=(ankish "$@"); COMP_CWORD=$#; COMPREPLY=(); _ankish; printf '%s|' "${COMPREPLY[@]}"; echo; }
try doc
try --demo -c "'find deck:Spanish::V"
"""
    env = {**home, "PATH": f"{tmp_path}:{home['PATH']}"}
    done = subprocess.run(
        ["bash", "--norc", "-c", program], env=env, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.splitlines() == ["doctor|", "'find deck:Spanish::Verbs|"], done.stderr


@pytest.fixture
def at_hand(home: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """An environment in which `ankish` is a command."""
    ankish = tmp_path / "ankish"
    ankish.write_text(f'#!/bin/sh\nexec {sys.executable} -m ankish "$@"\n')
    ankish.chmod(0o755)
    return {**home, "PATH": f"{tmp_path}:{home['PATH']}", "HOME": str(tmp_path)}


@pytest.mark.skipif(shutil.which("fish") is None, reason="this machine has no fish")
def test_fish_takes_them(at_hand: dict[str, str]) -> None:
    program = """
ankish completions fish | source
complete -C "ankish doct"
complete -C "ankish --demo -c 'find deck:Spanish::V"
"""
    done = subprocess.run(
        ["fish", "--no-config", "-c", program], env=at_hand, capture_output=True, encoding="utf-8"
    )
    doctor, verbs = done.stdout.splitlines()
    assert doctor == "doctor" and "find deck:Spanish::Verbs" in verbs


@pytest.mark.skipif(shutil.which("zsh") is None, reason="this machine has no zsh")
def test_zsh_takes_them(at_hand: dict[str, str]) -> None:
    env = {**at_hand, "TERM": "dumb", "PS1": "ready> "}
    zsh = pexpect.spawn("zsh", ["-f", "-i"], env=env, encoding="utf-8", timeout=90)
    try:
        zsh.expect_exact("ready> ")
        zsh.sendline("autoload -Uz compinit; compinit -u -D; source <(ankish completions zsh)")
        zsh.sendline("echo load$((1 + 1))ed")
        zsh.expect_exact("load2ed")
        zsh.expect_exact("ready> ")
        zsh.send("ankish doct\t --no-such-option\r")
        zsh.expect_exact("usage: ankish doctor")
        zsh.expect_exact("ready> ")
        zsh.send("ankish --demo -c 'find deck:Spanish::V\t | count'\r")
        zsh.expect_exact("130")
    finally:
        zsh.close(force=True)


def test_each_script_asks_ankish() -> None:
    assert set(SCRIPTS) == {"bash", "zsh", "fish"}
    for script in SCRIPTS.values():
        assert "ankish complete" in script
