"""A pager of its own, for systems without one."""

from __future__ import annotations

import re

from prompt_toolkit.application import Application
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.bindings import scroll
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.widgets import SearchToolbar, TextArea

COLOURS = re.compile("\x1b\\[[0-9;]*m")
KEYS = " q leaves · space, b: pages · arrows · / searches, n: the next "


def show(text: str) -> None:
    """Show a text until the user leaves, without its colours."""
    text = COLOURS.sub("", text)
    search = SearchToolbar()
    area = TextArea(
        read_only=True, wrap_lines=False, search_field=search, scrollbar=True, focus_on_click=True
    )
    area.buffer.set_document(Document(text.rstrip("\n"), 0), bypass_readonly=True)
    bar = Window(FormattedTextControl(KEYS), height=1, style="reverse")
    Application[None](
        Layout(HSplit([area, search, bar]), area), key_bindings=_keys(), full_screen=True
    ).run()


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("q")
    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit()

    keys.add(" ")(scroll.scroll_page_down)
    keys.add("pagedown")(scroll.scroll_page_down)
    keys.add("b")(scroll.scroll_page_up)
    keys.add("pageup")(scroll.scroll_page_up)

    @keys.add("g")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cursor_position = 0

    @keys.add("G")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cursor_position = len(event.current_buffer.text)

    return keys
