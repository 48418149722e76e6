"""The shell as a user has it: keys are typed into a terminal, and its screen is looked at."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session as Collection
from tests.support.serving import serving
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


def line_with(text: str, screen: str) -> str:
    """The last line of a screen that holds a text."""
    return next(line for line in reversed(screen.splitlines()) if text in line)


# ---- completion


def test_commands_are_completed(shell: Terminal) -> None:
    shell.type("fi")
    screen = shell.wait("Keep the first items")
    assert line_with("find  ", screen).split()[:2] == ["find", "Search"]
    shell.press("tab")
    shell.wait("ankish> find")
    shell.press("tab")
    shell.wait("ankish> first")


def test_enter_takes_a_candidate_and_does_not_run_yet(shell: Terminal) -> None:
    shell.type("versio")
    shell.wait("Give the version")
    shell.press("tab", "enter")
    shell.wait(lambda screen: screen.count("Give the version") == 1)  # in the bar, not in a menu
    assert shell.settle().count("ankish>") == 1
    shell.press("enter")
    shell.wait(lambda screen: "\n6\n" in screen)


def test_decks_are_completed(shell: Terminal) -> None:
    shell.type("find deck:Inbox | changeDeck Span")
    shell.wait("Spanish::Verbs  130 cards")
    shell.press("tab", "tab")
    shell.wait("changeDeck Spanish::Nouns")


def test_searches_are_completed(shell: Terminal) -> None:
    shell.type("find is:su")
    shell.wait("cards taken out of study")
    shell.press("tab")
    shell.wait("ankish> find is:suspended")


def test_searches_in_strings_are_completed(shell: Terminal) -> None:
    shell.type('find "tag:leech deck:Jap')
    shell.wait("Japanese::N3")
    shell.press("tab")
    shell.wait('find "tag:leech deck:Japanese')


def test_fields_are_completed(shell: Terminal) -> None:
    shell.type("find note:Sentence | where Tran")
    shell.wait("the field Translation")
    shell.press("tab")
    shell.wait("where Translation")


def test_what_a_line_makes_can_be_completed_in_the_next(shell: Terminal) -> None:
    shell.enter("createDeck Zoology")
    shell.wait("ankish> createDeck Zoology\n")
    shell.wait(lambda screen: screen.count("ankish>") == 2)
    shell.type("find x | changeDeck Zoo")
    shell.wait("Zoology  0 cards")


# ---- more than one line


def test_an_incomplete_text_goes_on_in_an_indented_line(shell: Terminal) -> None:
    shell.type("if 1 < 2 {")
    shell.press("enter")
    shell.wait("      |")
    shell.type('print "yes"')
    shell.wait('      |     print "yes"')
    shell.press("enter")
    shell.type("}")
    shell.wait("      | }")
    shell.press("enter")
    shell.wait("\nyes\n")


def test_a_line_that_ends_in_a_pipe_goes_on(shell: Terminal) -> None:
    shell.type("find tag:leech |")
    shell.press("enter")
    shell.wait("      |")
    shell.enter("count")
    shell.wait("\n25\n")


def test_pasted_lines_run_as_one(shell: Terminal) -> None:
    shell.paste('let a = 20\nlet b = 22\nprint "sum: ${a + b}"')
    screen = shell.wait("sum: ${a + b}")
    assert "sum: 42" not in screen
    shell.press("enter")
    shell.wait("sum: 42")
    shell.wait(lambda screen: screen.count("ankish>") == 2)


def test_alt_enter_begins_a_line(shell: Terminal) -> None:
    shell.type("print 1")
    shell.press("alt-enter")
    shell.wait("      |")
    shell.type("print 2")
    shell.press("enter")
    shell.wait("\n1\n2\n")


# ---- mistakes


def test_a_mistake_is_shown_with_its_place_and_the_shell_lives(shell: Terminal) -> None:
    shell.enter("find deck:Inbox | changeDek Spanish")
    screen = shell.wait("a command with a similar name exists: changeDeck")
    lines = screen.splitlines()
    code = next(i for i, line in enumerate(lines) if line.startswith("1 | find deck:Inbox"))
    at = lines[code].index("changeDek")
    assert lines[code + 1][at : at + 10] == "^^^^^^^^^ "
    assert "error[name::command]" in screen
    shell.enter("version")
    shell.wait("\n6\n")


def test_a_syntax_error_is_shown(shell: Terminal) -> None:
    shell.enter("find deck:Inbox || count")
    shell.wait("error[syntax::double-pipe]")
    shell.wait(lambda screen: screen.count("ankish>") == 2)


def test_a_failing_action_is_shown(shell: Terminal) -> None:
    shell.enter("suspend [1]")
    shell.wait("error[")
    shell.enter("version")
    shell.wait("\n6\n")


# ---- the bar


def test_the_bar_shows_the_signature_and_the_parameter(shell: Terminal) -> None:
    shell.type("find x | changeDeck ")
    shell.wait("cards | changeDeck deck [--create] — the deck that they")
    row = shell.screen.buffer[shell.screen.lines - 1]
    text = shell.screen.display[-1]
    assert row[text.index("changeDeck deck") + len("changeDeck ")].bold
    assert not row[text.index("cards |")].bold


def test_the_bar_shows_the_first_mistake(shell: Terminal) -> None:
    shell.type("find x | changeDeck Spansh | sus")
    shell.wait(lambda screen: 'no deck is named "Spansh"' in screen.splitlines()[-1])


def test_nothing_is_wrong_while_a_name_is_written(shell: Terminal) -> None:
    shell.type("find x | changeDeck Spa")
    shell.wait("Spanish::Verbs  130 cards")
    assert "no deck" not in shell.settle()


# ---- history


def test_history_lasts_and_leaves_out_what_is_private(start: Start, tmp_path: Path) -> None:
    first = start()
    first.enter("print one")
    first.wait("\none\n")
    first.enter(" print secret")
    first.wait("\nsecret\n")
    first.press("up")
    first.wait(
        lambda screen: screen.splitlines()[-2:][0] is not None and screen.count(" print secret") > 1
    )
    first.press("ctrl-c")
    first.wait(lambda screen: screen.count("ankish>") == 4)  # between prompts Ctrl-D is lost
    first.press("ctrl-d")
    assert first.ended() == 0

    second = start()
    second.press("up")
    second.wait("ankish> print one")
    (file,) = (tmp_path / "state" / "history").iterdir()
    assert "secret" not in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_api_key_is_not_kept(start: Start, tmp_path: Path) -> None:
    terminal = start(env={"ANKISH_KEY": "k3y-of-mine"})
    terminal.enter('print "k3y-of-mine"')
    terminal.wait("\nk3y-of-mine\n")
    terminal.enter("print kept")
    terminal.wait("\nkept\n")
    terminal.wait(lambda screen: screen.count("ankish>") == 3)
    terminal.press("ctrl-d")
    terminal.ended()
    (file,) = (tmp_path / "state" / "history").iterdir()
    text = file.read_text("utf-8")
    assert "print kept" in text
    assert "k3y" not in text


def test_each_place_has_its_own_history(start: Start, tmp_path: Path) -> None:
    demo = start()
    demo.enter("print here")
    demo.wait(lambda screen: screen.count("ankish>") == 2)
    demo.press("ctrl-d")
    demo.ended()
    elsewhere = start("--url", "http://127.0.0.1:9")
    elsewhere.press("up")
    assert "print here" not in elsewhere.settle()


# ---- leaving and stopping


def test_ctrl_c_clears_the_line(shell: Terminal) -> None:
    shell.type("print nonsense")
    shell.press("ctrl-c")
    shell.wait(lambda screen: screen.count("ankish>") == 2)
    shell.enter("print sense")
    shell.wait("\nsense\n")


@pytest.mark.parametrize("word", ["exit", "quit"])
def test_leaving_by_word(shell: Terminal, word: str) -> None:
    shell.enter(word)
    assert shell.ended() == 0


def test_ctrl_d_leaves_at_once(start: Start) -> None:
    terminal = start()
    terminal.press("ctrl-d")
    assert terminal.ended() == 0


LONG = "for a in (find '') { for b in (find '') { cardsModTime [$b.cardId] | first 0 } }"


def test_ctrl_c_stops_a_program_between_requests(shell: Terminal) -> None:
    shell.enter(LONG)
    shell.settle(0.6)
    shell.press("ctrl-c")
    screen = shell.wait("warning[shell::stopped]")
    assert "requests sent: " in screen
    shell.enter("version")
    shell.wait("\n6\n")


def test_what_loses_something_is_asked_about(shell: Terminal) -> None:
    shell.enter("find deck:Inbox | deleteNotes")
    shell.wait("Send it? [y/N]")
    shell.type("n\r")
    shell.wait("run::not-confirmed")
    shell.enter("find deck:Inbox | deleteNotes")
    shell.wait(lambda screen: screen.rstrip().endswith("Send it? [y/N]"))
    shell.type("y\r")
    shell.wait("deleteNotes: ")
    shell.enter("find deck:Inbox | count")
    shell.wait("\n0\n")


def test_a_program_asks_its_user(shell: Terminal) -> None:
    shell.enter('let deck = ask "Which deck?" default="Inbox"')
    shell.wait("Which deck? [Inbox]")
    shell.settle(0.5)  # a key that comes while the question is drawn is not yet its answer
    shell.type("Spanish\r")
    shell.enter('print "it is ${deck}"')
    shell.wait("it is Spanish")
    shell.enter('if (confirm "Really?") { print "yes" } else { print "no" }')
    shell.wait("Really? [y/N]")
    shell.settle(0.5)
    shell.press("ctrl-c")
    shell.wait("shell::stopped")


def test_ctrl_c_at_a_question_is_no(shell: Terminal) -> None:
    shell.enter("find deck:Inbox | deleteNotes")
    shell.wait("Send it? [y/N]")
    shell.settle(0.5)  # a key that comes while the question is drawn is not yet its answer
    shell.press("ctrl-c")
    shell.wait("run::not-confirmed")
    shell.enter("find deck:Inbox | count")
    shell.wait(lambda screen: "\n0\n" not in screen and screen.count("ankish>") >= 3)


# ---- the words of the shell


def test_help(shell: Terminal) -> None:
    shell.resize(80, 50)  # else the room for a menu may have moved the first lines out of sight
    shell.enter("help suspend")
    screen = shell.wait("unsuspend the cards that were not suspended before")
    for fact in ("cards | suspend", "Suspend cards", "effect", "quirk", "for example:"):
        assert fact in screen


def test_help_on_nothing(shell: Terminal) -> None:
    shell.enter("help suspnd")
    screen = shell.wait("error[shell::topic]")
    assert "nearest: `suspend`" in screen


def test_explain_sends_nothing(shell: Terminal) -> None:
    shell.enter("explain find tag:leech | suspend")
    shell.wait("2 requests")
    shell.enter("find 'tag:leech is:suspended' | count")
    shell.wait("\n13\n")


def test_variables_last(shell: Terminal) -> None:
    shell.enter("let leeches = find tag:leech")
    shell.wait(lambda screen: screen.count("ankish>") == 2)
    shell.type("$lee")
    shell.wait("$leeches  ")
    shell.enter("ches | count")
    shell.wait("\n25\n")


def test_macros_last(shell: Terminal) -> None:
    shell.enter('macro greet(who: text) { print "hello ${who}" }')
    shell.wait(lambda screen: screen.count("ankish>") == 2)
    shell.type("gree")
    shell.wait("greet  ")
    shell.enter("t you")
    shell.wait("\nhello you\n")


# ---- terminals


def test_colours(shell: Terminal) -> None:
    shell.type('suspend (find "is:due") ')
    shell.wait(lambda screen: shell.colour_of("suspend (") == "blue")
    assert shell.colour_of('"is:due"') == "green"
    shell.type("| nosuchthing ")
    shell.wait(lambda screen: shell.colour_of("nosuchthing") == "red")


def test_no_color(start: Start) -> None:
    terminal = start(env={"NO_COLOR": "1"})
    terminal.loaded()
    terminal.type('find "is:due" | nosuchthing ')
    terminal.wait("nosuchthing")
    terminal.settle()
    terminal.press("enter")
    terminal.wait("error[name::command]")
    assert terminal.colours() == set()


def test_dumb_terminal(start: Start) -> None:
    terminal = start(env={"TERM": "dumb"})
    terminal.type("find tag:leech | count\r")
    terminal.wait("25")
    terminal.type("nosuch\r")
    terminal.wait("error[name::command]")
    terminal.wait(lambda screen: screen.endswith("ankish>"))
    assert "\x1b" not in terminal.raw
    terminal.press("ctrl-d")
    assert terminal.ended() == 0


def test_resizing(shell: Terminal) -> None:
    shell.type("find deck:Spanish | where lapses > 1 | select Front, ")
    for columns, lines in ((40, 10), (20, 5), (120, 40), (80, 24)):
        shell.resize(columns, lines)
        shell.settle(0.2)
    shell.press("ctrl-c")
    shell.enter("print alive")
    shell.wait("\nalive\n")


def test_nothing_answers(start: Start) -> None:
    terminal = start("--url", "http://127.0.0.1:9")
    terminal.wait(lambda screen: "nothing answers" in screen.splitlines()[-1])
    terminal.enter("deckNames")
    terminal.wait("error[anki::no-answer]")
    terminal.enter("help deckNames")
    terminal.wait("List the decks")
    terminal.type("find is:su")
    terminal.wait("cards taken out of study")


def test_wide_and_combining_characters(shell: Terminal) -> None:
    shell.type('print "日本語 e\u0301 שלום 👩‍👩‍👧"')
    shell.wait("日")
    shell.press("enter")
    shell.wait(lambda screen: screen.count("日") >= 2)
    shell.enter("print alive")
    shell.wait("\nalive\n")


def test_anki_closes_and_comes_back(start: Start) -> None:
    with serving("--demo") as server:
        terminal = start("--url", server.url)
        terminal.loaded()
        terminal.type("find x | changeDeck Span")
        terminal.wait("Spanish::Verbs  130 cards")
        terminal.press("ctrl-c")
        port = str(server.address[1])
    terminal.enter("version")
    terminal.wait("error[anki::no-answer]")
    terminal.wait(lambda screen: "nothing answers" in screen.splitlines()[-1])
    with serving("--demo", "--port", port):
        terminal.enter("version")
        terminal.wait("\n6\n")
        terminal.wait(lambda screen: "nothing answers" not in screen.splitlines()[-1])


def test_a_collection_that_is_in_use(start: Start, tmp_path: Path) -> None:
    with Collection.open(build(tmp_path)) as collection:
        terminal = start("--collection", str(collection.path))
        terminal.wait(lambda screen: "collection.anki2: " in screen.splitlines()[-1])
        terminal.enter("deckNames")
        terminal.wait("error[engine::in-use]")
    terminal.enter("version")
    terminal.wait("\n6\n")
