"""First evenings: what somebody tries who has read nothing, from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


def shown(screen: str) -> list[str]:
    """The lines of a screen that are not empty."""
    return [line for line in screen.splitlines() if line.strip()]


def clean(shell: Terminal) -> None:
    """Clear the screen."""
    shell.press("ctrl-l")
    shell.wait(lambda screen: screen.startswith("ankish>") and len(shown(screen)) <= 2)


def ask(shell: Terminal, line: str, *told: str) -> str:
    """Run a line on a clean screen; the screen when it is done and tells so."""
    clean(shell)
    shell.enter(line)
    return shell.wait(
        lambda screen: screen.count("ankish>") == 2 and all(text in screen for text in told)
    )


def heads(screen: str) -> list[str]:
    """The lines above the cards that a review has shown."""
    return [line for line in screen.splitlines() if line.startswith("── ")]


def bar(screen: str) -> str:
    """The last line of a screen."""
    return screen.splitlines()[-1] if screen else ""


# ---- leeches: found, looked at, mended, undone, made a macro of, mended elsewhere


def test_a_spelling_is_mended_in_all_leeches_of_a_deck_and_then_of_another(start: Start) -> None:
    shell = start(lines=50, columns=100)
    shell.loaded()
    screen = ask(shell, "help", "help searches", "tour")
    assert screen.startswith("ankish> help\nA line is a pipeline")  # all of it on one screen
    clean(shell)
    shell.type("find deck:Spanish lee")
    shell.wait("tag:leech")
    shell.press("tab")
    shell.wait("ankish> find deck:Spanish tag:leech")
    shell.press("enter")  # takes the candidate
    shell.wait(lambda screen: "17 cards · 2 requests · read" in bar(screen))
    shell.press("enter")
    shell.wait("\n17 cards\n")

    screen = ask(shell, "find deck:Spanish tag:leech | first 1 | show", "to be (essence)")
    assert "8 lapses" in screen

    clean(shell)
    shell.type("record")
    shell.wait("Record a macro")
    shell.press("enter")
    shell.wait("record NAME begins it, and stop ends it")
    ask(shell, "record mend", "recording mend")
    shell.wait(lambda screen: "● mend" in bar(screen))
    clean(shell)
    shell.type("find deck:Spanish tag:leech | set Back = repl")
    shell.wait("Replace every place")
    shell.press("tab")
    shell.wait("set Back = replace(")
    shell.type('(Back, "half", "1/2")')  # the bracket that the candidate brought is typed over
    shell.wait('replace(Back, "half", "1/2")')
    shell.press("enter")
    shell.wait("set: 1 note")
    ask(shell, "find deck:Spanish Back:*1/2* | count", "\n1\n")

    clean(shell)
    shell.enter("stop --params")
    shell.wait("What does it do?")
    shell.type("half is written 1/2\r")
    shell.wait("run it with mend")
    shell.wait(lambda screen: "● mend" not in bar(screen))
    clean(shell)
    assert "undo r" in ask(shell, "undo")
    ask(shell, "find deck:Spanish Back:*1/2* | count", "\n0\n")
    assert "half is written 1/2" in ask(shell, "help mend")
    screen = ask(shell, "macros show mend", 'deck: deck = "Spanish"')
    assert 'pattern: text = "half"' in screen and 'with: text = "1/2"' in screen

    clean(shell)
    shell.type("mend ")
    shell.wait("Japanese::N3")
    shell.type("Verbs")
    shell.wait("Spanish::Verbs  130 cards")
    shell.press("tab")
    shell.wait("ankish> mend Spanish::Verbs")
    shell.press("enter")
    shell.wait(lambda screen: "write, can be undone" in bar(screen))
    shell.press("enter")
    shell.wait("set: 0 notes")
    ask(shell, "mend", "set: 1 note")
    ask(shell, "find deck:Spanish Back:*1/2* | count", "\n1\n")


def test_a_search_in_words_that_finds_nothing_leads_to_names(shell: Terminal) -> None:
    shell.loaded()
    ask(shell, "find leeches in spanish", "0 cards", "find tag:leech deck:Spanish")
    ask(shell, "find nonsense", "0 cards")
    assert "names have a key" not in shell.text


def test_what_a_script_would_change_is_counted(shell: Terminal) -> None:
    shell.type("leeches")
    shell.wait(lambda screen: "9 notes · " in screen and "write, can be undone" in screen)


# ---- habits of other shells


@pytest.mark.parametrize("word", ["\\q", ":q", "quit()", "exit;", "logout"])
def test_leaving_as_elsewhere(shell: Terminal, word: str) -> None:
    shell.enter(word)
    assert shell.ended() == 0


def test_asking_for_help_as_elsewhere(start: Start) -> None:
    shell = start(lines=40)
    shell.loaded()
    for line in ("?", "\\?", ".help"):
        ask(shell, line, "A line is a pipeline")
    for line in ("?suspend", "man suspend", "\\h suspend"):
        ask(shell, line, "unsuspend the cards that were not suspended before")
    ask(shell, "help bury", "`bury` is no command; these are about it:", "buryCards")
    ask(shell, "help zebra", "error[shell::topic]")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ls", "deckNames lists the decks"),
        ("cat", "open reads a file"),
        ("cd Spanish", "a deck is part of a search"),
        ("import words.csv", "open reads a file"),
        ("SELECT * FROM notes", "exists: select"),
        ("ankish doctor", "leave the word out"),
    ],
)
def test_commands_of_elsewhere_are_told_apart(shell: Terminal, line: str, told: str) -> None:
    shell.enter(line)
    screen = shell.wait(lambda screen: "error[" in screen and told in screen)
    assert "not looked up" not in screen
    clean(shell)
    shell.press("tab")  # what failed is no habit
    screen = shell.wait(lambda screen: len(shown(screen)) > 9)
    assert shown(screen)[1].split()[0] == "find"


def test_keys_of_elsewhere(shell: Terminal) -> None:
    ask(shell, "print one two", "\none two\n")
    shell.type("print ")
    shell.type("\x1b.")  # Alt-. brings the last word of the line before
    shell.wait("ankish> print two")
    shell.press("ctrl-c")
    shell.type("find deck:Sp")
    shell.wait("Spanish::Verbs")
    shell.press("ctrl-c")
    shell.wait(lambda screen: bar(screen).startswith(" the sample collection"))
    shell.press("up")
    shell.wait("ankish> print one two")
    shell.press("ctrl-c")
    ask(shell, "history", "print one two")
    ask(shell, "history nothing-like-it", "no such line")
    shell.enter("clear")
    shell.wait(lambda screen: screen.startswith("ankish>") and screen.count("ankish>") == 1)


# ---- a table imported, and charts


def test_a_table_is_imported_and_drawn(start: Start, tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text(
        "word,meaning,lesson\nla oveja,sheep,1\nel lobo,wolf,1\nser,to be,2\n"
    )
    shell = start(lines=50, columns=100)
    shell.loaded()
    shell.type("open wor")
    shell.wait("words.csv  ")
    shell.press("tab")
    shell.wait("ankish> open words.csv")
    shell.press("enter", "enter")
    shell.wait("3 rows")
    screen = ask(
        shell,
        "open words.csv | add deck=Spanish, model=Basic, Front=word, Back=meaning",
        "error[value::no-column]",
    )
    assert 'as a text it stands in quotes: "Spanish"' in screen
    assert "the columns are `word`, `meaning` and `lesson`" in screen
    screen = ask(
        shell,
        'open words.csv | add deck="Spanish", model="Basic", Front=word, Back=meaning, '
        'tags=["lesson::" + lesson]',
        "add: 3 notes",
    )
    ask(shell, "find deck:Spanish tag:lesson::1 | count", "\n2\n")
    screen = ask(shell, "find deck:Spanish | group deck | chart", "Spanish::Verbs ██")
    assert screen.count("█ 130") == 2
    ask(shell, "forecast", "tomorrow   ██")
    clean(shell)
    shell.type("find added:")
    shell.wait("the last 7 days, since")
    shell.press("ctrl-c")
    ask(shell, "undo", "undo r")
    ask(shell, "find deck:Spanish tag:lesson::1 | count", "\n0\n")


# ---- studying


def test_studying_twenty_cards(start: Start, tmp_path: Path) -> None:
    """With undo, a flag, an edit, a card that is put away, and a window that changes its size."""
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nsed -i 's/^Back: /Back: so-called /' \"$1\"\n")
    editor.chmod(0o755)
    (tmp_path / "words.csv").write_text("word,meaning\nla oveja,sheep\nel lobo,wolf\n")
    shell = start(lines=200, columns=100, env={"EDITOR": str(editor), "VISUAL": ""})
    shell.loaded()
    ask(
        shell,
        'open words.csv | add deck="Spanish", model="Basic", Front=word, Back=meaning',
        "add: 2 notes",
    )
    reviewed = int(ask(shell, "getNumCardsReviewedToday").splitlines()[1])
    clean(shell)
    shell.enter("review deck:Spanish")
    shown = 1

    def key(typed: str, told: str = "── ") -> None:
        """Press a key, and wait for what it does: another head, unless something else is told."""
        nonlocal shown
        before = shell.text.count(told)
        shown += told == "── "
        shell.type(typed)
        shell.wait(lambda screen: screen.count(told) > before)

    shell.wait("── ")
    key(" ", "1 again")
    key("3")
    key("?")
    assert shell.text.count("space turns, 1 to 4 answers") == 2
    key(" ", "1 again")
    key("1")
    key("u")
    shell.wait("taken back: answer again")
    key("f", "flag: 0 no flag")
    key("1")
    assert "flag red" in heads(shell.text)[-1]
    key("b")
    assert shell.text.count("buried until tomorrow") == 1
    key("e")
    assert "changed: Back" in shell.text
    for answered in range(19):
        if answered == 7:
            shell.resize(62, 200)
        if answered == 12:
            shell.resize(100, 200)
        key(" ", "1 again")
        key("4" if answered % 4 else "2")
    assert re.search(r" · \d:\d\d ─", heads(shell.text)[-1])
    shell.type("q")
    shell.wait("20 answered in")
    assert "(5 hard, 1 good, 14 easy)" in shell.text
    assert len(heads(shell.text)) == shown
    assert ask(shell, "find deck:Spanish flag:1 is:buried | count").count("\n1\n") == 1
    assert ask(shell, "find Back:so-called* | notes | count").count("\n1\n") == 1
    assert f"\n{reviewed + 20}\n" in ask(shell, "getNumCardsReviewedToday")


# ---- from nushell: each habit leads to the line that does it


def test_somebody_from_nushell(start: Start) -> None:
    shell = start(lines=50, columns=100)
    shell.loaded()
    for line, told in (
        ("ls", "deckNames lists the decks"),
        ("find deck:Spanish tag:leech | length", "count counts items"),
        ("find deck:Spanish tag:leech | select Front lapses", "a comma is missing"),
        ("find deck:Spanish tag:leech | sort-by lapses", "sort -interval"),
        ("find deck:Spanish tag:leech | each {|it| print $it.Front }", "current item is `$it`"),
        ("find deck:Spanish tag:leech | str downcase", "functions work on texts"),
        ("find deck:Spanish tag:leech | into string", "make a value of another type"),
        ("find deck:Spanish tag:leech | math avg", "sum, avg, min and max"),
        ("def twice [x] { $x }", "macro name(a: text)"),
        ("deckNames | par-each", "does a block for every item"),
    ):
        ask(shell, line, "error[", told)
    ask(shell, "find deck:Spanish tag:leech | count", "17")
    ask(shell, "find deck:Spanish tag:leech | avg lapses", "request")
    ask(
        shell,
        "find deck:Spanish tag:leech | sort -lapses | first 1 | select Front, lapses",
        "Front",
    )
    ask(shell, "find deck:Spanish tag:leech Front:* | set Front = upper(Front)", "set: ")
    ask(shell, "undo", "undo r1")
