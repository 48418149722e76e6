"""What is imported, and when: start-up is felt at every call.

The list of imported modules proves more than a clock does, and is the same on any machine.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.engine import fresh_engine
from tests.support.manners import Manners

ROOT = Path(__file__).parent.parent

HEAVY = {
    "httpx",
    "httpcore",
    "h11",
    "httptools",
    "socket",
    "lark",
    "prompt_toolkit",
    "platformdirs",
    "asyncio",
    "anki",
    "ssl",
    "wcwidth",
}


def run(*command: str, status: int = 0) -> tuple[str, set[str]]:
    """What a Python command prints, and the modules it imports."""
    whole = [sys.executable, "-X", "importtime", *command]
    done = subprocess.run(
        whole, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, cwd=ROOT
    )
    lines = done.stderr.splitlines()
    imports = [line for line in lines if line.startswith("import time:")]
    assert done.returncode == status, "\n".join(line for line in lines if line not in imports)
    return done.stdout, {line.rpartition("|")[2].strip() for line in imports}


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version_imports_nothing(flag: str) -> None:
    printed, modules = run("-m", "ankish", flag)
    assert printed.startswith("ankish 0.")
    assert HEAVY & modules == set()
    ours = {name for name in modules if name.partition(".")[0] == "ankish"}
    assert ours == {"ankish"}, "and nothing of ankish but itself"
    _, bare = run("-c", "pass")
    assert {"dataclasses", "inspect", "re", "typing", "argparse"} & (modules - bare) == set()


def test_help_imports_nothing_heavy() -> None:
    printed, modules = run("-m", "ankish", "--help")
    assert printed.startswith("usage: ankish")
    assert (HEAVY | {"dataclasses", "inspect", "json"}) & modules == set()


def test_one_command_needs_no_terminal_library() -> None:
    printed, modules = run("-m", "ankish", "--demo", "-c", "version")
    assert printed.strip() == "6"
    assert "ankish.cli" in modules
    assert {"prompt_toolkit", "httpx", "httptools"} & modules == set()


def test_one_request_needs_no_other_than_its_client() -> None:
    with Manners(fresh_engine(), tick=0) as server:
        command = ("-m", "ankish", "--url", server.url, "-c", "version")
        run(*command)  # which keeps the tables that lark makes of the grammar
        printed, modules = run(*command)
    assert printed.strip() == "6"
    assert {"httptools", "ankish.syntax.tables"} <= modules, "otherwise the names below are wrong"
    heavy = HEAVY - {"httptools", "socket"} | {"lark", "regex", "hashlib"}
    assert heavy & modules == set()
    unused = {
        "ankish.syntax.search",
        "ankish.plan.explain",
        "ankish.diagnostics.render",
        "ankish.diagnostics.kinds.name",
        "ankish.syntax.recovery",
        "ankish.shell",
    }
    assert unused & modules == set()


WATCHED = """
import sys
from ankish.__main__ import main
from ankish.anki.http import HttpTransport
send, answered = HttpTransport.send, []

def watched(*given):
    answer = send(*given)
    answered.append({*sys.modules})
    return answer

HttpTransport.send = watched
main(sys.argv[1:])
print(*answered[0])
print(*{*sys.modules} - answered[0])
"""


CONNECTED = """
import sys
from ankish.__main__ import main
asked = []
sys.addaudithook(lambda event, _: event == "socket.connect" and asked.append({*sys.modules}))
main(sys.argv[1:])
print(*asked[0])
"""


def test_answers_are_read_with_what_is_imported_while_the_first_is_waited_for() -> None:
    with Manners(fresh_engine(), tick=0) as server:
        printed, modules = run("-c", CONNECTED, "--url", server.url, "-c", "version")
    assert "httptools" in modules
    assert {"httptools", "dataclasses", "inspect"} & {*printed.split()} == set()


def test_what_the_journal_needs_is_imported_while_the_first_answer_is_waited_for() -> None:
    with Manners(fresh_engine(), tick=0) as server:
        command = ("-c", WATCHED, "--url", server.url, "-c", "find deck:Default | addTags x")
        run(*command)  # which keeps the names
        *_, early, late = run(*command)[0].split("\n")[:-1]
    assert {"sqlite3", "ankish.runtime.journal.store", "ankish.runtime.inverse.tags"} <= {
        *early.split()
    }
    assert [name for name in late.split() if "journal" in name or "inverse" in name] == []


@pytest.mark.parametrize("program", ["find deck:x |", "addTags tgas:x", "no-such-command"])
def test_a_mistake_is_told_without_anything_to_talk_to(program: str) -> None:
    for target in ([], ["--demo"]):
        printed, modules = run("-m", "ankish", *target, "-c", program, status=2)
        assert printed == ""
        assert "ankish.syntax.reading" in modules, "otherwise the names below are wrong"
        assert {
            "httpx",
            "httptools",
            "ssl",
            "socket",
            "anki",
            "prompt_toolkit",
            "asyncio",
        } & modules == set()


def test_an_ascii_message_needs_no_library() -> None:
    program = """
from ankish.diagnostics.model import Diagnostic, Label, Severity, Source, Span
from ankish.diagnostics.render import render
label = Label(Span(0, 4))
print(render([Diagnostic("a::b", Severity.ERROR, "m", (label,), source=Source("x", "find"))]))
"""
    printed, modules = run("-c", program)
    assert "^^^^" in printed
    assert (HEAVY | {"json", "difflib", "textwrap", "pkgutil"}) & modules == set()
