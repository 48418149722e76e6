"""`play`: macros and scripts by their names, with the word that people look for."""

from __future__ import annotations

from tests.support.terminal import Terminal


def test_a_macro_and_a_script_are_played(shell: Terminal) -> None:
    shell.enter('macro greet(name: text = "you") { print "hello ${name}" }')
    shell.wait(lambda screen: screen.count("ankish>") > 1)
    shell.enter("play greet name=Ada")
    shell.wait("\nhello Ada\n")
    shell.enter("play greet")
    shell.wait("\nhello you\n")
    shell.enter("play leeches --deck Spanish")
    shell.wait("suspend: 5 cards")
    shell.press("ctrl-l")
    shell.enter("undo")
    shell.wait("undo r1: leeches --deck Spanish")


def test_what_is_played_is_completed_and_checked(shell: Terminal) -> None:
    shell.type("play lee")
    shell.wait("Suspend leeches and tag their notes")
    shell.type("ches --deck Jap")
    shell.wait("Japanese::N3")
    shell.press("ctrl-c")
    shell.type("play f")
    screen = shell.wait("forget")
    assert "findCards" not in screen
    shell.press("ctrl-c")
    shell.enter("play leeches --deckk Spanish")
    shell.wait("error[name::parameter]")


def test_what_can_not_be_played_is_said(shell: Terminal) -> None:
    shell.enter("play leechs")
    screen = shell.wait("error[shell::not-played]")
    assert "a similar name exists: leeches" in screen
    shell.press("ctrl-l")
    shell.enter("play suspend")
    shell.wait("it is a command, and is called without `play`: suspend")
    shell.enter("play")
    shell.wait("play is not told what to call")
    shell.enter("print alive")
    shell.wait("\nalive\n")


def test_what_is_played_while_recording_is_recorded_as_the_call(shell: Terminal) -> None:
    shell.enter("record both")
    shell.wait("both")
    shell.enter("play leeches --deck Spanish")
    shell.wait("suspend: 5 cards")
    shell.enter("stop")
    shell.wait("What does it do?")
    shell.press("enter")
    screen = shell.wait("macro both(")
    assert "    leeches --deck Spanish\n" in screen
