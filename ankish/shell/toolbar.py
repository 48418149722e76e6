"""The bar under the prompt: where actions go, the signature at the cursor, the first mistake."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.utils import get_cwidth

from ankish.shell.state import State

if TYPE_CHECKING:
    from ankish.analysis.hints import Hint
    from ankish.diagnostics.model import Diagnostic

LONGEST = 5_000
"""Of a longer text nothing is said: it is read when it is run."""

PLACE = 30
"""How many columns of the bar the place may take."""


class Toolbar:
    """What the bar says about the line that is being written.

    It is worked out beside the prompt, one line at a time; when it is there and the line has
    changed meanwhile, it is worked out for the new one.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="toolbar")
        self._busy = False
        self._about: tuple[object, ...] = ()
        self._hint: Hint | None = None
        self._problem: Diagnostic | None = None

    def __call__(self) -> StyleAndTextTuples:
        """The bar as it is to be shown now."""
        app = get_app()
        buffer = app.current_buffer
        about = (buffer.text, buffer.cursor_position, self._state.world, self._state.bindings)
        if not self._busy and about != self._about and self._state.ready:
            self._busy = True
            self._thread.submit(self._work_out, *about)
        return self._shown(app.output.get_size().columns)

    def close(self) -> None:
        """End its thread."""
        self._thread.shutdown(cancel_futures=True)

    def _work_out(self, text: str, at: int, world: object, bindings: object) -> None:
        self._hint = self._problem = None
        try:
            if len(text) <= LONGEST:
                self._hint, self._problem = self._said_of(text, at)
        finally:
            self._about = (text, at, world, bindings)
            self._busy = False
            self._state.changed()

    def _said_of(self, text: str, at: int) -> tuple[Hint | None, Diagnostic | None]:
        from ankish.analysis.hints import hint_at, problem_at
        from ankish.analysis.world import Unknown
        from ankish.catalog.shellwords import SHELL_WORDS

        known = self._state.world or Unknown()
        hint = hint_at(text, at, known, self._state.commands)
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        if word in SHELL_WORDS and word != "explain":
            return hint, None
        state = self._state
        return hint, problem_at(text, at, known, state.bindings, state.known)

    def _shown(self, width: int) -> StyleAndTextTuples:
        state, name = self._state, _tail(self._state.place, PLACE)
        if state.trouble and self._hint is None and self._problem is None:
            trouble = _cut(state.trouble, width - get_cwidth(name) - 4)
            return [("class:trouble", f" {name}: {trouble} ")]
        dots = "" if state.world or state.trouble else "… "
        style = "class:trouble" if state.trouble else "class:place"
        place: StyleAndTextTuples = [(style, f" {name} {dots}")]
        room = width - sum(get_cwidth(piece[1]) for piece in place) - 1
        if self._problem is not None:
            return [*place, ("", " "), ("class:mistake", _cut(self._problem.message, room))]
        if self._hint is None:
            return place
        shown: StyleAndTextTuples = [*place, ("", " ")]
        for text, current in self._hint.parts:
            shown.append(("class:current" if current else "class:signature", _cut(text, room)))
            room -= get_cwidth(text)
        shown.append(("class:doc", _cut(f" — {self._hint.doc}", room)))
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
