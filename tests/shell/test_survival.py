"""What the shell lives through: large and odd input, lost output, suspension, resizing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.terminal import ROOT, Terminal

Start = Callable[..., Terminal]


def alive(shell: Terminal, word: str = "alive") -> None:
    shell.press("ctrl-c")
    shell.settle(0.2)
    shell.enter(f"print {word}")
    shell.wait(f"\n{word}\n")


def test_resizing_while_it_works(shell: Terminal) -> None:
    shell.enter("find deck:Spanish | first 40 | each { $it.Front } | count")
    for columns, lines in ((30, 8), (1, 1), (140, 50), (80, 24)):
        shell.resize(columns, lines)
        shell.read(0.05)
    alive(shell)


def test_two_hundred_thousand_rows(start: Start, tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text(
        "".join(f'{{"n": {n}, "word": "word {n} 日"}}\n' for n in range(200_000))
    )
    shell = start()
    shell.loaded()
    shell.enter("open many.jsonl")
    shell.wait(lambda screen: screen.startswith("     n  word") and "word 3 日" in screen, 60)
    shell.type("q")
    shell.wait("ankish>")
    alive(shell)


def test_a_megabyte_pasted(shell: Terminal) -> None:
    line = "print '" + "x" * 60 + "'\n"
    shell.paste(line * (1_000_000 // len(line)))
    shell.wait(lambda screen: screen.count("xxxx") > 3, 60)
    shell.press("ctrl-c")
    shell.wait(lambda screen: screen.rstrip().splitlines()[-2:] != [] and "ankish>" in screen, 60)
    alive(shell)


def test_right_to_left_and_combining_characters_in_results(shell: Terminal) -> None:
    families = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    shell.type(
        f'[{{word: "שלום עולם", n: 1}}, {{word: "e\u0301te\u0301", n: 2}}, {{word: "{families}", n: 3}}]'
    )
    shell.settle(0.5)
    shell.press("enter")
    shell.wait(lambda screen: screen.count("שלום") == 2)
    alive(shell)


def test_a_closed_output(tmp_path: Path) -> None:
    """`ankish … | head` and `ankish … >&-`: it ends, and says nothing."""
    env = {**os.environ, "ANKISH_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for redirect in ("| head -1", ">&-"):
        program = (
            f"{sys.executable} -m ankish --demo -c 'find deck:Spanish | select Front' {redirect}"
        )
        done = subprocess.run(["bash", "-c", program], env=env, capture_output=True, timeout=60)
        assert b"Traceback" not in done.stderr and b"mistake of its own" not in done.stderr


def test_suspended_and_continued(tmp_path: Path, parsers: Path) -> None:
    """Ctrl-Z in a shell with job control, then fg."""
    (tmp_path / "cache").symlink_to(parsers)
    with Terminal("--version", home=tmp_path) as outer:
        outer.ended()
    import pexpect

    env = {
        **os.environ,
        "ANKISH_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "PS1": "outer$ ",
    }
    bash = pexpect.spawn("bash", ["--norc", "-i"], env=env, encoding="utf-8", timeout=30)
    try:
        bash.expect_exact("outer$ ")
        bash.sendline(f"{sys.executable} -m ankish --demo")
        bash.expect("ankish> ")
        time.sleep(2)
        bash.send("\x1a")
        bash.expect("Stopped")
        bash.sendline("echo bet$((1 + 1))ween")
        bash.expect("bet2ween")
        bash.sendline("fg")
        bash.expect("ankish> ")
        bash.send("print 6\r")
        bash.expect("6\r\n")
        bash.send("\x04")
        bash.expect_exact("outer$ ")
    finally:
        bash.close(force=True)


def test_ctrl_c_when_nobody_answers(start: Start) -> None:
    """The other side takes a request and never answers it."""
    import socket
    from threading import Thread

    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                held.append(listener.accept()[0])
            except OSError:
                return

    thread = Thread(target=serve)
    thread.start()
    try:
        shell = start("--url", f"http://127.0.0.1:{listener.getsockname()[1]}")
        shell.wait(lambda screen: bool(held))
        shell.enter("deckNames")
        shell.settle(0.5)
        shell.press("ctrl-c")
        shell.wait("stopped between two requests")
        shell.wait(lambda screen: screen.count("ankish>") == 2)
        assert "Traceback" not in shell.raw
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for each in held:
            each.close()


def test_signals_between(shell: Terminal) -> None:
    os.kill(shell.process.pid, signal.SIGWINCH)
    os.kill(shell.process.pid, signal.SIGCONT)
    alive(shell)
