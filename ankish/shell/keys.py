"""What keys do beyond what prompt_toolkit has them do."""

from __future__ import annotations

from typing import Any

from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import completion_is_selected, emacs_mode, has_focus
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent

from ankish.data import replace
from ankish.shell.state import State
from ankish.shell.telling import reading_width, say

INDENT = "    "

SOON = 0.02
"""After how many seconds a Tab looks again whether there are candidates."""
PATIENCE = 200
"""How often."""

in_prompt = has_focus(DEFAULT_BUFFER)


def bindings(state: State) -> KeyBindings:
    """The keys of the shell."""
    keys = KeyBindings()

    @keys.add("tab", filter=in_prompt)
    def _(event: KeyPressEvent) -> None:
        """The next candidate; where they are still being looked for, as soon as they are there."""
        complete(event.current_buffer, event.app)

    @keys.add("enter", filter=in_prompt & completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        """Take the candidate that is selected, and stay in the line."""
        event.current_buffer.complete_state = None

    @keys.add("enter", filter=in_prompt & ~completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        """Run the text, or go on in a new line if it is not complete."""
        state.wait_ready()
        buffer = event.current_buffer
        if is_complete(buffer.text):
            buffer.validate_and_handle()
        else:
            new_line(buffer)

    @keys.add("escape", "enter", filter=in_prompt & emacs_mode)
    def _(event: KeyPressEvent) -> None:
        """A new line, whatever stands before it. In vi, Escape and then Enter runs the line."""
        state.wait_ready()
        new_line(event.current_buffer)

    for bracket in ")]}":
        keys.add(bracket, filter=in_prompt)(close)
    for char in "(:=\"'":
        keys.add(char, filter=in_prompt & completion_is_selected)(type_over)

    @keys.add("f1")
    def _(event: KeyPressEvent) -> None:
        """Help on what is under the cursor, above the prompt."""
        buffer = event.current_buffer
        text, at = buffer.text, buffer.cursor_position
        run_in_terminal(lambda: say(help_at(state, text, at)))

    @keys.add("f2")
    def _(event: KeyPressEvent) -> None:
        """The preview on or off, until the shell is left."""
        state.settings = replace(state.settings, preview=not state.settings.preview)

    @keys.add("f4")
    def _(event: KeyPressEvent) -> None:
        """The other kind of keys, until the shell is left."""
        other = "emacs" if state.settings.keys == "vi" else "vi"
        state.settings = replace(state.settings, keys=other)
        event.app.editing_mode = EditingMode(other.upper())

    @keys.add("escape", "up", filter=in_prompt)
    def _(event: KeyPressEvent) -> None:
        """The line before that begins as this one does up to the cursor."""
        recall(event.current_buffer, -1)

    @keys.add("escape", "down", filter=in_prompt)
    def _(event: KeyPressEvent) -> None:
        """The line after that begins as this one does up to the cursor."""
        recall(event.current_buffer, 1)

    return keys


def complete(buffer: Buffer, app: Application[Any], left: int = PATIENCE) -> None:
    """Take the next candidate, or look for some.

    While candidates are looked for, prompt_toolkit begins nothing else, and a Tab would be lost.
    """
    menu = buffer.complete_state
    if menu is None:
        buffer.start_completion(insert_common_part=True)
    elif menu.completions:
        buffer.complete_next()
    elif left and app.loop is not None:
        document = buffer.document

        def again() -> None:
            if app.is_running and buffer.document == document:
                complete(buffer, app, left - 1)

        app.loop.call_later(SOON, again)


def close(event: KeyPressEvent) -> None:
    """A closing bracket stands one step further out than what it closes."""
    buffer = event.current_buffer
    before = buffer.document.current_line_before_cursor
    if before and not before.strip() and before.endswith(INDENT):
        buffer.delete_before_cursor(len(INDENT))
    buffer.insert_text(event.data)


def type_over(event: KeyPressEvent) -> None:
    """A candidate brings its own bracket, colon or quote: who types it again wants one."""
    buffer = event.current_buffer
    state = buffer.complete_state
    taken = state.current_completion if state is not None else None
    if taken is not None and taken.text.endswith(event.data):
        buffer.complete_state = None
        buffer.start_completion()
    else:
        buffer.insert_text(event.data)


def recall(buffer: Buffer, step: int) -> None:
    """Go to the next line of the history that begins with what stands before the cursor.

    The cursor stays where it is, so that the next one can be gone to in the same way.
    """
    begins, at = buffer.document.text_before_cursor, buffer.cursor_position
    lines = [*buffer._working_lines]
    number = buffer.working_index + step
    while 0 <= number < len(lines):
        if lines[number].startswith(begins) and lines[number] != buffer.text:
            buffer.go_to_history(number)
            buffer.cursor_position = at
            return
        number += step


def help_at(state: State, text: str, at: int) -> str:
    """Help on the word at offset `at` of a text, else on the command whose argument it is."""
    from ankish.analysis.help import help_text
    from ankish.analysis.hints import topic_at

    state.wait_ready()
    return help_text(topic_at(text, at, state.commands), state.commands, reading_width())


def is_complete(text: str) -> bool:
    """Whether a text can be run; if not, more lines may complete it."""
    from ankish.diagnostics.model import Source
    from ankish.syntax.parser import parse

    return not parse(Source("", text)).incomplete


def new_line(buffer: Buffer) -> None:
    """Begin a line that is indented as the brackets want it."""
    buffer.insert_text("\n" + INDENT * depth(buffer.document.text_before_cursor))


def depth(text: str) -> int:
    """How many brackets are open at the end of a text; those opened in one line count once."""
    from ankish.syntax.frames import frames_of
    from ankish.syntax.tokens import tokens_of

    frames = frames_of(text, tokens_of(text).seen)[1:]
    return len({text.count("\n", 0, frame.start) for frame in frames if frame.kind != "string"})
