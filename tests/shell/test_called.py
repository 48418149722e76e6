"""Scripts of the library in the shell: offered, explained, run and taken back like any command."""

from __future__ import annotations

from tests.support.terminal import Terminal


def test_a_script_by_its_name(shell: Terminal) -> None:
    shell.type("leec")
    shell.wait("Suspend leeches and tag their notes")
    shell.type("hes --deck Jap")
    shell.wait("Japanese::N3")
    shell.wait("Only in this deck and its s")
    shell.press("ctrl-c")
    shell.enter("leeches --deck Spanish")
    shell.wait("5 leeches are suspended, their notes tagged difficult")
    shell.wait("suspend: 5 cards")
    shell.enter("undo")
    shell.wait("undo r1: leeches --deck Spanish")
    shell.press("ctrl-l")
    shell.enter("find deck:Spanish tag:leech -is:suspended | count")
    shell.wait("\n5\n")


def test_help_on_a_script_shows_what_is_meant_unless_given(shell: Terminal) -> None:
    shell.enter("help leeches")
    shell.wait('"difficult"')
    assert "leeches --deck Spanish --to" in shell.text
    shell.press("ctrl-l")
    shell.enter("leches")
    shell.wait("similar name exists: leeches")


def test_a_chart_in_the_shell(shell: Terminal) -> None:
    shell.enter("find deck:Geography | intervals")
    screen = shell.wait("cards with an interval")
    assert "2 to 7 days" in screen and "██" in screen
    shell.press("ctrl-l")
    shell.enter("forecast deck:Spanish days=3")
    screen = shell.wait("overdue")
    assert "today" in screen and "in 2 days" in screen
