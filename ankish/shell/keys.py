"""What keys do beyond what prompt_toolkit has them do."""

from __future__ import annotations

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import completion_is_selected, has_focus
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.key_processor import KeyPressEvent

from ankish.shell.state import State

INDENT = "    "

in_prompt = has_focus(DEFAULT_BUFFER)


def bindings(state: State) -> KeyBindings:
    """The keys of the shell."""
    keys = KeyBindings()

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

    @keys.add("escape", "enter", filter=in_prompt)
    def _(event: KeyPressEvent) -> None:
        """A new line, whatever stands before it."""
        state.wait_ready()
        new_line(event.current_buffer)

    @keys.add("}", filter=in_prompt)
    def _(event: KeyPressEvent) -> None:
        """A closing bracket stands one step further out than what it closes."""
        buffer = event.current_buffer
        before = buffer.document.current_line_before_cursor
        if before and not before.strip() and before.endswith(INDENT):
            buffer.delete_before_cursor(len(INDENT))
        buffer.insert_text("}")

    return keys


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
    from ankish.syntax.tokens import Reader

    frames = frames_of(text, Reader(text).seen)[1:]
    return len({text.count("\n", 0, frame.start) for frame in frames if frame.kind != "string"})
