"""The bar under the prompt: where actions go, the signature at the cursor, what would be done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.utils import get_cwidth

from ankish.data import dataclass
from ankish.shell.preview import Counter
from ankish.shell.state import State
from ankish.shell.words import leaves, word_of

if TYPE_CHECKING:
    from ankish.analysis.hints import Hint
    from ankish.diagnostics.model import Diagnostic
    from ankish.shell.preview import Preview

LONGEST = 5_000
"""Of a longer text nothing is said: it is read when it is run."""

PLACE = 30
"""How many columns of the bar the place may take."""

RECORDED = 20
"""How many columns the name of a macro that is being recorded may take."""

WIDE = 100
"""From how many columns on the cards that are due are told beside a line."""

BEFORE_A_LINE = ("explain", "plan", "watch", "play")
"""Words behind which a whole line follows. That line is looked at, but not done."""

SIGNATURE = 24
"""How many columns a signature keeps beside a preview."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a line: the first that there is."""

    problem: Diagnostic | None = None
    preview: Preview | None = None
    hint: Hint | None = None


class Toolbar:
    """What the bar says about the line that is being written.

    It is worked out beside the prompt, one line at a time; when it is there and the line has
    changed meanwhile, it is worked out for the new one.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="toolbar")
        self._counter = Counter(state)
        self._busy = False
        self._about: tuple[object, ...] = ()
        self._said = Said()
        state.look_again = self._look_again

    def __call__(self) -> StyleAndTextTuples:
        """The bar as it is to be shown now."""
        app, state = get_app(), self._state
        buffer = app.current_buffer
        line = (buffer.text, buffer.cursor_position)
        about = (*line, state.world, state.bindings, state.settings)
        if not self._busy and about != self._about and state.ready:
            self._busy = True
            self._thread.submit(self._work_out, about, *line)
        return self._shown(app.output.get_size().columns)

    def close(self) -> None:
        """End its thread."""
        self._thread.shutdown(cancel_futures=True)

    def _look_again(self) -> None:
        """Say it anew: something was counted."""
        self._about = ()
        self._state.changed()

    def _work_out(self, about: tuple[object, ...], text: str, at: int) -> None:
        said = Said()
        self._about = about
        try:
            if len(text) <= LONGEST:
                said = self._said_of(text, at)
        except Exception as error:
            self._state.fail("the bar", error)
        finally:
            self._said = said
            self._busy = False
            self._state.changed()

    def _said_of(self, text: str, at: int) -> Said:
        from ankish.analysis.hints import hint_at, problem_at
        from ankish.analysis.world import Unknown
        from ankish.catalog.shellwords import SHELL_WORDS

        state = self._state
        known = state.world or Unknown()
        hint = hint_at(text, at, known, state.commands)
        word = word_of(text)[0] or text.split(maxsplit=1)[0] if text.strip() else ""
        if leaves(text) or (word in SHELL_WORDS and word not in BEFORE_A_LINE):
            self._counter.drop()
            return Said(hint=hint)
        problem = problem_at(text, at, known, state.bindings, state.called_by(text))
        preview = None
        if problem is None and word not in BEFORE_A_LINE and not text[at:].strip():
            preview = self._counter.preview(text)
        else:
            self._counter.drop()
        return Said(problem, preview, hint)

    def _shown(self, width: int) -> StyleAndTextTuples:
        state, said = self._state, self._said
        name = _tail(state.place, PLACE)
        if state.trouble and said == Said():
            trouble = _cut(state.trouble, width - get_cwidth(name) - 4)
            return [("class:trouble", f" {name}: {trouble} ")]
        dots = "" if state.world or state.trouble else "… "
        style = "class:trouble" if state.trouble else "class:place"
        due = _due(state) if said == Said() or width >= WIDE else ""
        undo = f"· undo {state.undoable} " if state.undoable and said == Said() else ""
        place: StyleAndTextTuples = [(style, f" {name} {due}{undo}{dots}")]
        if state.recording:
            place.append(("class:recording", f" ● {_cut(state.recording, RECORDED)} "))
        room = width - sum(get_cwidth(piece[1]) for piece in place) - 1
        if said.problem is not None:
            return [*place, ("", " "), ("class:mistake", _cut(said.problem.message, room))]
        if said.preview is None:
            return [*place, ("", " "), *_hinted(said.hint, room)] if said.hint else place
        preview = _cut(said.preview.text, room)
        left = room - get_cwidth(preview) - 2
        hint = _hinted(said.hint, left, doc=False) if said.hint and left >= SIGNATURE else []
        gap = "  " if hint else ""
        return [*place, ("", " "), *hint, ("", gap), (said.preview.style, preview)]


def _due(state: State) -> str:
    """How many cards are due, if that is known."""
    due = state.world.due if state.world is not None else None
    return "" if due is None else f"· {due:,} due "


def _hinted(hint: Hint, room: int, doc: bool = True) -> StyleAndTextTuples:
    """A signature, the current parameter marked, and a line about it, in so many columns."""
    shown: StyleAndTextTuples = []
    for text, current in hint.parts:
        shown.append(("class:current" if current else "class:signature", _cut(text, room)))
        room = max(room - get_cwidth(text), 0)
    if doc and hint.doc:
        shown.append(("class:doc", _cut(f" — {hint.doc}", room)))
    return shown


def _tail(text: str, room: int) -> str:
    """The end of a text that is at most `room` columns wide: of a path, the file."""
    if get_cwidth(text) <= room:
        return text
    while get_cwidth(text) > room - 1:
        text = text[1:]
    return f"…{text}"


def _cut(text: str, room: int) -> str:
    """A text that is at most `room` columns wide."""
    if get_cwidth(text) <= room:
        return text
    while text and get_cwidth(text) > room - 1:
        text = text[:-1]
    return f"{text}…" if room > 0 else ""
