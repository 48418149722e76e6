"""The shell: a prompt, and each text run when it is complete."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.layout.processors import HighlightMatchingBracketProcessor
from prompt_toolkit.output import create_output
from prompt_toolkit.output.base import Output

from ankish import __version__
from ankish.diagnostics.model import AnkishError, Source
from ankish.shell.adapters import ShellCompleter, ShellLexer
from ankish.shell.history import History, history_file
from ankish.shell.keys import bindings
from ankish.shell.plain import is_dumb, read_plainly
from ankish.shell.state import State
from ankish.shell.style import CONTINUATION, PROMPT, STYLE
from ankish.shell.toolbar import Toolbar

if TYPE_CHECKING:
    from ankish.diagnostics.model import Diagnostic
    from ankish.plan.model import Ask
    from ankish.runtime.session import Session

LEAVE = frozenset({"exit", "quit"})
MENU = 8
"""How many lines are kept free under the prompt for the menu of candidates."""


def run(open_session: Callable[[], Session], place: str, secrets: Iterable[str]) -> int:
    """Run the shell until the user leaves; the exit code.

    `open_session` is called, in another thread, once the prompt is shown. `place` says where
    actions go, and each place has a history of its own; `secrets` are not to be written in it.
    """
    state = State(open_session, place, _confirm)
    toolbar = Toolbar(state)
    try:
        read = _reader(state, toolbar, History(history_file(place), secrets))
        if sys.stdout.isatty():
            _say(f"ankish {__version__}: {place}\nTab completes, `help` helps, Ctrl-D leaves")
        while (text := read()) is not None:
            if text.strip() in LEAVE:
                break
            if text.strip():
                _handle(state, text)
            state.refresh_if_old()
    finally:
        toolbar.close()
        state.close()
    return 0


def _reader(state: State, toolbar: Toolbar, history: History) -> Callable[[], str | None]:
    """What reads the next text; it gives None when the user leaves."""
    if is_dumb():
        return lambda: read_plainly(state)
    prompt: PromptSession[str] = PromptSession(
        [("class:prompt", PROMPT)],
        output=_output(),
        style=STYLE,
        include_default_pygments_style=False,
        history=history,
        auto_suggest=AutoSuggestFromHistory(),
        completer=ShellCompleter(state),
        complete_in_thread=True,
        lexer=ShellLexer(state),
        input_processors=[HighlightMatchingBracketProcessor()],
        bottom_toolbar=toolbar,
        key_bindings=bindings(state),
        multiline=True,
        prompt_continuation=[("class:continuation", CONTINUATION)],
        search_ignore_case=True,
        enable_suspend=True,
        enable_open_in_editor=True,
        tempfile_suffix=".ank",
        reserve_space_for_menu=MENU,
    )
    state.changed = prompt.app.invalidate
    state.learned = lambda: _complete_anew(prompt)
    prompt.app.after_render += lambda _: state.prepare()
    return lambda: _read(prompt)


def _complete_anew(prompt: PromptSession[str]) -> None:
    """Show the menu for what was typed before anything could be completed."""

    def begin() -> None:
        buffer = prompt.default_buffer
        if prompt.app.is_running and buffer.complete_state is None:
            buffer.start_completion(complete_event=CompleteEvent(text_inserted=True))
        prompt.app.invalidate()

    loop = prompt.app.loop
    with suppress(RuntimeError):  # the prompt has just ended
        if loop is not None:
            loop.call_soon_threadsafe(begin)


def _output() -> Output | None:
    """Where the prompt is shown: a terminal, also when results go to a file; None for the usual."""
    return None if sys.stdout.isatty() else create_output(always_prefer_tty=True)


def _read(prompt: PromptSession[str]) -> str | None:
    """The next text. Ctrl-C begins anew."""
    while True:
        try:
            return prompt.prompt()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return None


def _handle(state: State, text: str) -> None:
    """Do what a text asks for, and show what is wrong with it."""
    source = Source("shell", text)
    try:
        word, _, rest = text.strip().partition(" ")
        if word == "help":
            _help(state, rest)
        else:
            state.worker.do(lambda: _run(state, source))
    except AnkishError as error:
        _tell(error.diagnostics)
    except KeyboardInterrupt:
        _say("")
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("ANKISH_TRACEBACK"):
            raise
        _tell((_mistake_of_ours(error),))


def _run(state: State, source: Source) -> None:
    """Run a program, or show its plan. In the worker's thread."""
    from ankish.runtime.present import Presenter

    plan = state.explain(source)
    if plan is not None:
        _say(plan)
        return
    form = "table" if sys.stdout.isatty() else "plain"
    state.run(source, Presenter(sys.stdout, sys.stderr, form), _tell)
    sys.stdout.flush()
    state.refresh()


def _confirm(asks: Sequence[Ask]) -> bool:
    """Whether actions that can't be taken back are to be sent."""
    for ask in asks:
        why = ask.command.why if ask.command is not None else None
        _say(f"{ask.action} can't be taken back{f': {why}' if why else ''}")
    return input("Send it? [y/N] ").strip().lower() in ("y", "yes")


def _help(state: State, topic: str) -> None:
    from ankish.analysis.help import help_text

    state.wait_ready()
    width = min(shutil.get_terminal_size().columns, 100)
    _say(help_text(topic.strip().strip("\"'"), state.commands, width))


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def _tell(problems: Sequence[Diagnostic]) -> None:
    """Show diagnostics."""
    from ankish.diagnostics.render import render, wants_colour

    width = shutil.get_terminal_size().columns
    text = render(problems, colour=wants_colour(sys.stderr), width=width)
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def _mistake_of_ours(error: Exception) -> Diagnostic:
    """The message for an unforeseen error. Its text may hold anything, so it is left out."""
    from ankish.diagnostics.kinds.program import BUG

    where, trace = "ankish", error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] == "ankish":
            where = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return BUG(error=type(error).__name__, where=where)
