"""`review`: cards studied in the terminal, through whatever the shell is connected to."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Collection

from ankish.diagnostics.text import one_line
from ankish.runtime.faces import sides
from ankish.runtime.layout import GREY, painted, width
from ankish.runtime.present import look_of
from ankish.shell.desk import ANSWER, Card, Desk
from ankish.shell.desks import desk
from ankish.shell.progress import duration
from ankish.shell.state import State
from ankish.shell.telling import coloured, grey, reading_width, say

EASES = {"1": "again", "2": "hard", "3": "good", "4": "easy"}
AWAY = {"s": ("suspended", Desk.suspend), "b": ("buried until tomorrow", Desk.bury)}
FLAGS = ("no flag", "red", "orange", "green", "blue", "pink", "turquoise", "purple")
LOOKS = {"new": "34", "learning": "31", "to review": "32"}
"""The colours of what is left, as in Anki."""
LEFT = re.compile(rf"\d+ ({'|'.join(LOOKS)})")
TURN = (" ", "\r")
KEYS = "space turns, 1 to 4 answers · u undoes, e edits, f flags, s suspends, b buries, q leaves"
HELP = ("?", "h")
GOOD = "3"
"""What space and Enter mean once the answer is shown, as in Anki."""


def review(state: State, search: str) -> None:
    """Study the cards of a search until none is left or the user leaves."""
    studied = desk(state, search)
    card = studied.next()
    if card is None:
        say("nothing to review: no card of this search is due or new")
        return
    say(grey(KEYS))
    begin = time.monotonic()
    answers: list[str] = []
    while card is not None and (key := _one(studied, card, begin)) != "q":
        if key == "u":
            _undo(studied, answers)
        elif key in EASES:
            answers.append(key)
        card = studied.next()
    counts = Counter(answers)
    each = ", ".join(f"{counts[key]} {name}" for key, name in EASES.items() if counts[key])
    about = f" ({each})" if each else ""
    said = f"{counts.total()} answered in {duration(time.monotonic() - begin)}{about}"
    say(grey(f"{said}, {studied.left()}" if card is not None else f"{said}; that was all"))
    state.refresh()


def _undo(studied: Desk, answers: list[str]) -> None:
    """Take back what was done last, and what is counted of it."""
    undone = studied.last
    if not studied.take_back():
        return
    if undone == ANSWER:
        undone = f"{undone} {EASES[answers.pop()]}"
    say(grey(f"taken back: {undone}"))


def _one(studied: Desk, card: Card, begin: float) -> str:
    """Show a card and do what the user wants with it; the key, empty if nothing became of it."""
    state = studied.state
    colour, room = coloured(), reading_width()
    draw = look_of(state.settings, colour, state.session).draw if sys.stdout.isatty() else None
    front, back = state.worker.do(lambda: sides(card, colour, room, draw))
    say("\n" + _head(studied, card, time.monotonic() - begin, room))
    say("\n".join(front))
    key = _key({*TURN, *AWAY, *HELP, "u", "e", "f", "q"})
    if key in TURN:
        say(painted("─" * min(room, 40), GREY, colour))
        say("\n".join(back))
        nexts = card.get("nextReviews") or [""] * len(EASES)
        choices = zip(EASES.items(), nexts, strict=False)
        say(grey(" · ".join(f"{k} {name} {_plain(days)}".rstrip() for (k, name), days in choices)))
        key = _key({*TURN, *EASES, *AWAY, *HELP, "u", "e", "f", "q"})
        key = GOOD if key in TURN else key
    number = card["cardId"]
    if key in EASES:
        if not studied.answer(card, int(key)):
            key = ""
        studied.past(number)
    elif key in AWAY:
        word, put_away = AWAY[key]
        if put_away(studied, number):
            say(grey(word))
            studied.past(number)
    elif key in HELP:
        say(grey(KEYS))
        studied.again = number
    elif key == "f":
        _flag(studied, number)
    elif key == "e":
        _edit(studied, card)
    return key


def _head(studied: Desk, card: Card, seconds: float, room: int) -> str:
    """The line above a card: how many are left, where it is from, how long it has been so far."""
    flag = card.get("flags", 0) % len(FLAGS)
    flagged = f" · flag {FLAGS[flag]}" if flag else ""
    minutes, rest = divmod(int(seconds), 60)
    left = studied.left()
    behind = f" · {one_line(card['deckName'])}{flagged} · {minutes}:{rest:02d} "
    rule = "─" * (room - width(f"── {left}{behind}"))
    told = LEFT.sub(lambda found: painted(found[0], LOOKS[found[1]], coloured()), left)
    return f"{grey('── ')}{told}{grey(behind + rule)}"


def _flag(studied: Desk, card: int) -> None:
    """Ask for a flag, and have it set; the card is shown again."""
    names = " · ".join(f"{number} {name}" for number, name in enumerate(FLAGS))
    say(grey(f"flag: {names}"))
    key = _key({*map(str, range(len(FLAGS))), "q"})
    if key != "q" and studied.flag(card, int(key)):
        say(grey(f"flag: {FLAGS[int(key)]}"))
    studied.again = card


def _edit(studied: Desk, card: Card) -> None:
    """Have the note's fields edited in the user's editor; the card is shown again."""
    from ankish.shell.noteedit import edited

    fields = {name: field["value"] for name, field in card["fields"].items()}
    changed = edited(fields)
    if changed and studied.write(card, changed):
        say(grey(f"changed: {', '.join(changed)}"))
    studied.again = card["cardId"]


def _plain(days: str) -> str:
    """An interval as Anki words it, without the marks that keep its parts in order."""
    return "".join(char for char in days if char.isprintable())


def _key(wanted: Collection[str]) -> str:
    """The next key that is one of these. Ctrl-C and Ctrl-D are `q`."""
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent
    from prompt_toolkit.layout import Layout, Window

    keys = KeyBindings()

    @keys.add("<any>")
    @keys.add("enter")
    @keys.add("c-c")
    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        pressed = event.key_sequence[0].key
        data = {"c-c": "q", "c-d": "q", "c-m": "\r"}.get(
            str(getattr(pressed, "value", "")), event.data
        )
        if data in wanted:
            event.app.exit(result=data)

    app: Application[str] = Application(
        Layout(Window(height=1)), key_bindings=keys, erase_when_done=True
    )
    return app.run()
