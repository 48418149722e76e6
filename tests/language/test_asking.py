"""`ask` and `confirm`: in a terminal, without one, and with --yes."""

from __future__ import annotations

import subprocess
import sys

import pexpect
import pytest

from tests.support.lab import Lab

PROGRAM = """\
let name = ask "Which deck?" default="Spanish"
if (confirm "Suspend ${name}?") { find "deck:${name}" | suspend } else { print "left as it is" }
"""


def ankish(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ankish", "--demo", *arguments]
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False)


def in_terminal(program: str, *answers: str) -> str:
    """What a terminal shows when these lines are typed."""
    child = pexpect.spawn(
        sys.executable, ["-m", "ankish", "--demo", "-c", program], encoding="utf-8", timeout=30
    )
    for answer in answers:
        child.expect(r"\] |\? ")
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    return str(child.before).replace("\r\n", "\n")


def test_answers_in_a_terminal() -> None:
    assert "suspend: 22 cards" in in_terminal(PROGRAM, "Inbox", "yes")
    assert "left as it is" in in_terminal(PROGRAM, "Inbox", "")
    assert "suspend: 293 cards" in in_terminal(PROGRAM, "", "what?", "Y")
    assert "a[b]c" in in_terminal('let a = ask "x?"; print "a${a}c"', "[b]")


def test_nobody_is_asked_where_nobody_is() -> None:
    done = ankish("-c", 'find deck:Inbox | addTags a\nprint (ask "x?")')
    assert done.returncode == 2 and "run::nobody" in done.stderr and done.stdout == ""
    done = ankish("-c", PROGRAM)
    assert done.returncode == 2 and done.stderr.count("run::nobody") == 1
    done = ankish("--yes", "-c", PROGRAM)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "suspend: 293 cards\n"
    done = ankish("-c", 'if (confirm "x" --default) { print yes } else { print no }')
    assert done.stdout == "yes\n"
    done = ankish("-c", 'if (confirm "x" default=false) { print yes } else { print no }')
    assert done.stdout == "no\n"


def test_the_end_of_input_is_no_answer() -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "ankish", "--demo", "-c", 'print (ask "x?")'],
        encoding="utf-8",
        timeout=30,
    )
    child.expect(r"\? ")
    child.sendeof()
    child.expect("run::nobody")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1


def test_a_question_waits_for_what_comes_before_it(lab: Lab) -> None:
    """What is asked in between is no reason to send anything earlier or later."""
    plan = lab.explained(
        'explain find deck:Inbox | count\nlet a = ask "x?" default="y"\nfind tag:a | count\nprint $a'
    )
    first, question, second = plan.index("deck:Inbox"), plan.index('ask "x?"'), plan.index("tag:a")
    assert first < question < second


WORDS = {
    "exit": "call::shell-word",
    "find deck:Inbox | count; quit": "call::shell-word",
    "let a = (explain find deck:Inbox)": "call::alone",
    "connect x": "call::shell-word",
    "help suspnd": "shell::topic",
    "deckNames | help": "call::no-input",
    "ask": "call::missing",
    "ask 3 default=[1]": "type::argument",
}


@pytest.mark.parametrize("program", WORDS)
def test_words_of_the_shell(reading: Lab, program: str) -> None:
    assert reading.codes(program)[:1] == [WORDS[program]]


def test_help_in_a_program(reading: Lab) -> None:
    assert "Suspend cards" in reading.text("help suspend")
    assert "no deck is named" in reading.text("help value::no-deck")
    assert "builtin" in reading.text("help")
    [about] = reading.result("help suspend")
    assert (about["name"], about["family"], about["effect"]) == ("suspend", "cards", "write")
