"""`review`: a deck in the order of Anki's own queue, or the cards of a search."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ankish.anki.engine.sample import build
from ankish.anki.engine.session import Session
from tests.support.engine import sample_engine
from tests.support.manners import Manners
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


def press(shell: Terminal, key: str) -> None:
    """Press a key once the shell waits for one."""
    shell.settle(0.3)
    shell.type(key)


def count(shell: Terminal, search: str) -> int:
    """How many cards a search finds."""
    shell.press("ctrl-l")
    shell.wait(lambda screen: screen.startswith("ankish>") and "| count" not in screen)
    shell.enter(f"find {search} | count")
    shell.wait(lambda screen: re.search(r"\n\d+\n", screen) is not None)
    return int(re.findall(r"\n(\d+)\n", shell.text)[0])


def queue(folder: Path, deck: str, count: int) -> list[str]:
    """What the cards ask that are on top of Anki's queue, as its library gives them."""
    with Session.open(build(folder)) as session:
        col = session.col
        number = col.decks.id_for_name(deck)
        assert number is not None
        col.decks.set_current(number)
        cards: Any = col.sched.get_queued_cards(fetch_limit=count).cards
        top = [col.get_card(each.card.id) for each in cards]
        return [card.note().fields[card.ord] for card in top]


def test_the_cards_of_a_search(start: Start) -> None:
    shell = start(lines=40)
    shell.loaded()
    assert count(shell, "deck:Spanish is:due") == 47
    shell.press("ctrl-l")
    shell.enter("review deck:Spanish is:due")
    screen = shell.wait("── 47 left")
    assert "1 to 4 answers" in screen and "1 again" not in screen
    press(shell, " ")
    assert "3 good" in shell.wait("1 again")
    shell.type("3")
    shell.wait("── 46 left")
    press(shell, "u")
    shell.wait(lambda screen: screen.count("── 47 left") == 2)
    press(shell, "s")
    shell.wait("suspended")
    shell.wait(lambda screen: screen.count("── 46 left") == 2)
    press(shell, " ")
    shell.wait(lambda screen: screen.count("1 again") == 2)
    shell.type("4")
    shell.wait("── 45 left")
    press(shell, "q")
    shell.wait("1 answered in")
    assert "(1 easy), 45 left" in shell.text
    assert count(shell, "deck:Spanish is:due") == 45  # one answered and one suspended
    shell.press("ctrl-l")
    shell.enter("log")
    shell.wait("answerCards")
    assert "taken back" in shell.text


def test_nothing_to_review(shell: Terminal) -> None:
    shell.enter("review deck:Nowhere")
    shell.wait("nothing to review")


def test_a_deck_in_the_order_of_the_queue(start: Start, tmp_path: Path) -> None:
    first, second = queue(tmp_path, "Spanish", 2)
    shell = start(lines=50, columns=100)
    shell.loaded()
    before = count(shell, "is:buried-manually")
    shell.press("ctrl-l")
    shell.enter("review Spanish")
    screen = shell.wait(lambda screen: "to review · Spanish" in screen and first in screen)
    assert "new ·" in screen and "learning ·" in screen
    press(shell, "b")
    shell.wait("buried until tomorrow")
    shell.wait(second)
    press(shell, "u")
    shell.wait(lambda screen: screen.count("── ") == 3 and first in screen.split("── ")[3])
    press(shell, "f")
    shell.wait("flag: 0 no flag · 1 red")
    press(shell, "3")
    shell.wait("flag green")
    press(shell, " ")
    shell.wait("1 again")
    press(shell, " ")  # good, as in Anki
    shell.wait(lambda screen: second in screen.split("── ")[-1])
    press(shell, "q")
    shell.wait("1 answered in")
    assert "(1 good)" in shell.text
    assert count(shell, "deck:Spanish flag:3 rated:1:3") == 1
    assert count(shell, "is:buried-manually") == before


def test_a_note_is_edited_while_its_card_is_studied(start: Start, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i \'s/^Back: .*/Back: "mended: here"/\' "$1"\n')
    editor.chmod(0o755)
    shell = start(lines=50, env={"EDITOR": str(editor), "VISUAL": ""})
    shell.loaded()
    shell.enter("review deck:Inbox is:new")
    shell.wait("── 20 left")
    press(shell, "e")
    shell.wait("changed: Back")
    shell.wait(lambda screen: screen.count("── 20 left") == 2)
    press(shell, " ")
    shell.wait("mended: here")
    press(shell, "q")
    shell.wait("0 answered")
    assert count(shell, "Back:mended*") == 1
    shell.enter("undo")
    shell.wait("undo r")
    assert count(shell, "Back:mended*") == 0


def test_through_ankiconnect_anki_s_reviewer_answers(start: Start) -> None:
    """The server has AnkiConnect's manners and none of the engine's own actions."""
    with Manners(sample_engine(), tick=0) as server:
        shell = start("--url", server.url, lines=60)
        shell.loaded()
        before = count(shell, "deck:Geography rated:1:3")
        purple = count(shell, "deck:Geography flag:7")
        shell.press("ctrl-l")
        shell.enter("review Geography")
        shell.wait("· Geography")
        press(shell, "b")
        shell.wait("has no action that buries")
        press(shell, " ")
        shell.wait("1 again")
        press(shell, "3")
        shell.wait(lambda screen: screen.count("── ") == 3)
        press(shell, "u")
        shell.wait(lambda screen: screen.count("── ") == 4)
        press(shell, "s")
        shell.wait("suspended")
        shell.wait(lambda screen: screen.count("── ") == 5)
        press(shell, "f")
        shell.wait("flag: 0 no flag")
        press(shell, "7")
        shell.wait("flag purple")
        press(shell, "q")
        shell.wait("0 answered")
        assert count(shell, "deck:Geography rated:1:3") == before
        assert count(shell, "deck:Geography flag:7") == purple + 1
        sent = b" ".join(server.bodies)
        for action in (b"guiDeckReview", b"guiShowAnswer", b"guiAnswerCard", b"guiUndo"):
            assert action in sent
        assert b"answerCards" not in sent and b"putState" not in sent
