"""The shell: a prompt, and each text run when it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory, ConditionalAutoSuggest
from prompt_toolkit.buffer import CompletionState
from prompt_toolkit.completion import CompleteEvent, Completion
from prompt_toolkit.cursor_shapes import (
    DynamicCursorShapeConfig,
    ModalCursorShapeConfig,
    SimpleCursorShapeConfig,
)
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History as BaseHistory
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.output.base import Output
from prompt_toolkit.styles import DynamicStyle

from ankish import __version__
from ankish.shell.adapters import Masked, ShellCompleter, ShellLexer
from ankish.shell.connecting import Elsewhere, Side
from ankish.shell.history import History, history_file
from ankish.shell.keys import bindings
from ankish.shell.plain import is_dumb, read_plainly
from ankish.shell.running import confirm, handle
from ankish.shell.state import State
from ankish.shell.style import CONTINUATION, PROMPT, style
from ankish.shell.telling import note, say
from ankish.shell.toolbar import Toolbar
from ankish.shell.words import leaves

MENU = 8
"""How many lines are kept free under the prompt for the menu of candidates."""

CURSORS = {
    "emacs": SimpleCursorShapeConfig(),
    "vi": ModalCursorShapeConfig(),
}
"""The shape of the cursor: in vi it tells the mode, else it stays as the terminal has it."""

SWITCH = 0.001
"""After how many seconds Python looks whether another thread waits. What is worked out beside the
prompt holds up a key that much; the usual 0.005 are felt when several threads are at it."""
AGAIN = 0.2
"""After how many seconds it is tried again to show a menu."""
TRIES = 10
"""How often."""


def run(side: Side, elsewhere: Elsewhere) -> int:
    """Run the shell until the user leaves; the exit code.

    The session is opened, in another thread, once the prompt is shown. `elsewhere` is for
    `connect`.
    """
    sys.setswitchinterval(SWITCH)
    state: State | None = State(side.open_session, side.place, side.settings, confirm)
    greets = sys.stdout.isatty()
    while state is not None:
        state.elsewhere = elsewhere
        state, greets = _run(state, greets), False
    return 0


def _run(state: State, greets: bool) -> State | None:
    """Run the shell on one side. What takes over is given; None if the user leaves."""
    toolbar = Toolbar(state)
    history = History(history_file(state.place), [state.settings.key or ""])
    state.recall = lambda: reversed(history.stored())
    state.lines = lambda: history.get_strings()[:-1] or [*state.recall()]
    try:
        read = _reader(state, toolbar, history)
        if greets:
            _greet(state)
        while state.successor is None and (text := read()) is not None:
            if leaves(text):
                break
            if text.strip():
                if handle(state, text):
                    state.habits.learn(text)
                state.after(text)
            state.refresh_if_old()
    finally:
        toolbar.close()
        state.close()
    return state.successor


def _greet(state: State) -> None:
    from ankish.shell.tips import tip

    say(f"ankish {__version__}: {state.place}\nTab completes, `help` helps, Ctrl-D leaves")
    if state.settings.tips:
        note(tip())


def _reader(state: State, toolbar: Toolbar, history: History) -> Callable[[], str | None]:
    """What reads the next text; it gives None when the user leaves."""
    if is_dumb():
        return lambda: read_plainly(state)
    prompt = reader(state, toolbar, history, _output())
    return lambda: _read(prompt, state)


def reader(
    state: State, toolbar: Toolbar, history: BaseHistory, output: Output | None = None
) -> PromptSession[str]:
    """The line editor with all that it shows. `output` is where; None for the usual."""
    prompt: PromptSession[str] = PromptSession(
        [("class:prompt", PROMPT)],
        output=output,
        color_depth=_depth(),
        style=DynamicStyle(lambda: style(state.settings.theme)),
        include_default_pygments_style=False,
        history=history,
        auto_suggest=ConditionalAutoSuggest(
            AutoSuggestFromHistory(), Condition(lambda: state.settings.suggestions)
        ),
        completer=ShellCompleter(state),
        complete_in_thread=True,
        lexer=ShellLexer(state),
        input_processors=[HighlightMatchingBracketProcessor(), Masked()],
        bottom_toolbar=toolbar,
        key_bindings=bindings(state),
        multiline=True,
        prompt_continuation=[("class:continuation", CONTINUATION)],
        search_ignore_case=True,
        enable_suspend=True,
        cursor=DynamicCursorShapeConfig(lambda: CURSORS[state.settings.keys]),
        enable_open_in_editor=True,
        tempfile_suffix=".ank",
        reserve_space_for_menu=MENU,
    )
    state.changed = prompt.app.invalidate
    state.learned = _complete_anew(prompt)
    prompt.app.after_render += lambda _: state.prepare()
    return prompt


def _complete_anew(prompt: PromptSession[str]) -> Callable[[], None]:
    """Shows what fits by now what was typed before more could be completed, when told of that.

    It is looked for in the thread that tells, and put in the place of the menu as a whole: to
    begin anew would drop a Tab that comes just then.
    """
    buffer = prompt.default_buffer

    def put(document: Document, found: list[Completion], left: int) -> None:
        loop, menu = prompt.app.loop, buffer.complete_state
        if not prompt.app.is_running or loop is None or buffer.document != document:
            return
        if menu is not None and menu.complete_index is not None:
            return
        if menu is not None and not menu.completions:  # candidates are being looked for
            if left:
                loop.call_later(AGAIN, put, document, found, left - 1)
            return
        buffer.complete_state = CompletionState(document, found) if found else None
        prompt.app.invalidate()

    def learned() -> None:
        loop, document = prompt.app.loop, buffer.document
        completer = prompt.completer
        if loop is None or completer is None or not document.text:
            return
        event = CompleteEvent(text_inserted=True)
        found = list(completer.get_completions(document, event))
        with suppress(RuntimeError):  # the prompt has just ended
            loop.call_soon_threadsafe(put, document, found, TRIES)

    def tell() -> None:
        learned()
        prompt.app.invalidate()

    return tell


def _output() -> Output | None:
    """Where the prompt is shown: a terminal, also when results go to a file; None for the usual."""
    return None if sys.stdout.isatty() else create_output(always_prefer_tty=True)


def _depth() -> ColorDepth | None:
    """How many colours there are, where the terminal tells of more than the usual 256."""
    asked = ColorDepth.from_env()  # NO_COLOR is one way to ask
    all_there = os.environ.get("COLORTERM") in ("truecolor", "24bit")
    return ColorDepth.TRUE_COLOR if asked is None and all_there else asked


def _read(prompt: PromptSession[str], state: State) -> str | None:
    """The next text. Ctrl-C begins anew."""
    prompt.app.editing_mode = EditingMode(state.settings.keys.upper())
    while True:
        try:
            return prompt.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return None
