"""What becomes of a text that was entered: a word of the shell is done, a program is run."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from ankish.diagnostics.model import AnkishError, Source
from ankish.diagnostics.text import counted
from ankish.shell.output import Screen
from ankish.shell.progress import Progress, duration
from ankish.shell.state import State
from ankish.shell.telling import coloured, note, say, tell, tell_own
from ankish.shell.words import WORDS, word_of

if TYPE_CHECKING:
    from ankish.runtime.consent import Question

FELT = 0.1
"""From how many seconds on the time of a line that sent nothing is told."""


def handle(state: State, text: str) -> bool:
    """Do what a text asks for, and show what is wrong with it; whether nothing was."""
    word, rest = word_of(text)
    try:
        if word:
            WORDS[word](state, rest)
        elif text.split(maxsplit=1)[:1] == ["play"]:
            from ankish.shell.playing import played

            _timed(state, played(state, text.strip().removeprefix("play").lstrip()))
        else:
            _timed(state, Source("shell", text))
        return True
    except AnkishError as error:
        tell(error.diagnostics)
    except KeyboardInterrupt:
        say("")
    except BrokenPipeError:
        raise
    except Exception as error:
        tell_own(error)
    return False


def _timed(state: State, source: Source) -> None:
    """Run a program, and tell how much it gave and what it took."""
    begin, waited = time.perf_counter(), state.worker.asking
    many, sent = once(state, source)
    seconds = time.perf_counter() - begin - (state.worker.asking - waited)
    told = [many] if many else []
    if sent:
        told.append(counted(sent, "request"))
    if sent or seconds >= FELT:
        told.append(duration(max(seconds, 0)))
    if state.settings.timing and told:
        note(" · ".join(told))


def once(state: State, source: Source) -> tuple[str, int]:
    """Run a program, or show its plan; how much it gave, in words, and how many requests it took.

    Nothing is said of how much where the result says it.
    """
    progress = Progress()
    return state.worker.do(lambda: _run(state, source, progress), progress)


def _run(state: State, source: Source, progress: Progress) -> tuple[str, int]:
    """What `once` does, in the worker's thread."""
    from ankish.runtime.present import Presenter, look_of
    from ankish.shell.recording import Noting, noted

    plan = state.explain(source)
    if plan is not None:
        Screen(state).write(f"{plan}\n")
        sys.stdout.flush()
        return "", 0
    form = "table" if sys.stdout.isatty() else "plain"
    settings = state.settings
    look = look_of(settings, coloured(), state.session) if form == "table" else None
    output = Noting(Presenter(Screen(state), sys.stderr, form, look=look))
    try:
        state.run(source, output, tell, progress)
    finally:
        progress.end()
        sys.stdout.flush()
    noted(state, source.text, output.found, output.taken_back)
    if output.nothing and state.world is not None:
        from ankish.analysis.meant import meant

        if search := meant(source.text, state.world):
            note(f"words are looked for in texts; names have a key: {search}")
    sent = state.worker.gate.requests
    state.refresh(changed=output.changes)
    return output.many, sent


def confirm(question: Question) -> bool:
    """Whether something is to be sent that may not be wanted."""
    say(f"{question.action}: {question.about}" if question.about else question.action)
    if question.sample:
        say(f"  {' · '.join(question.sample)}")
    for reason in question.reasons:
        say(f"  it {reason.does}: {reason.why}")
    return input("Send it? [y/N] ").strip().lower() in ("y", "yes")
