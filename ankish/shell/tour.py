"""`tour`: the shell learnt by hand, on the sample collection, in a few steps."""

from __future__ import annotations

from ankish.data import dataclass
from ankish.shell.state import State
from ankish.shell.telling import note, say

SAMPLE = "the sample collection"


@dataclass(frozen=True, slots=True)
class Step:
    """What is told, the line to type, and what a line has to hold to be taken for it."""

    text: str
    line: str
    needs: tuple[str, ...]


STEPS = (
    Step("Searches are Anki's own. Find what is due:", "find is:due", ("find", "is:due")),
    Step(
        "A pipe hands the result on. Tab completes decks, tags, columns and commands:",
        "find deck:Spanish | where lapses > 4 | sort -lapses | select Front, lapses",
        ("where", "lapses"),
    ),
    Step("See a card as it looks:", "find tag:leech | first 1 | show", ("show",)),
    Step(
        "Change something. Look at the bar before you press Enter: it counts what would change:",
        "find tag:leech | addTags difficult",
        ("addTags",),
    ),
    Step("Everything can be taken back, tomorrow as well:", "undo", ("undo",)),
    Step(
        "Columns can be counted and drawn; `explain` shows what would be sent:",
        "explain find deck:Spanish | group model",
        ("explain",),
    ),
    Step("Help is everywhere: F1, or", "help where", ("help",)),
)


def tour(state: State, rest: str) -> None:
    """Begin the tour, or leave it with `tour stop`."""
    if rest == "stop":
        state.after = lambda text: None
        note("the tour is over")
        return
    if state.place != SAMPLE:
        say("the tour changes things: take it on the sample collection, `ankish --demo`")
        return
    state.after = _Tour(state)
    _tell(0)


class _Tour:
    """Looks at each line, and goes on when it is the one that was wanted."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._at = 0

    def __call__(self, text: str) -> None:
        if text.strip().startswith("tour"):
            return
        if all(need in text for need in STEPS[self._at].needs):
            self._at += 1
            if self._at == len(STEPS):
                self._state.after = lambda text: None
                note("\nThat was the tour. `keys` shows all keys, `help` all commands.")
                return
        _tell(self._at)


def _tell(at: int) -> None:
    step = STEPS[at]
    note(f"\n[{at + 1}/{len(STEPS)}] {step.text}\n    {step.line}\n(`tour stop` leaves)")
