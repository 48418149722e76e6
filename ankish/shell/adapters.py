"""Completion and colours for prompt_toolkit, from `analysis`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.lexers import Lexer

from ankish.shell.paths import matching_files
from ankish.shell.state import State

SECRET = re.compile(r"\s*config\s+key\s+(?:=\s*)?")
"""What stands before a secret."""

COLOURED = 20_000
"""A longer text is shown without colours: they would be felt at every key."""


class ShellCompleter(Completer):
    """Candidates for the text before the cursor, from the latest snapshot."""

    def __init__(self, state: State) -> None:
        self._state = state

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """See `Completer`. Runs in a thread of its own.

        Unless the user asks for it, nothing pops up in an empty line, and nothing is waited for.
        """
        if complete_event.completion_requested:
            self._state.wait_ready()
        elif not self._state.ready or not document.current_line_before_cursor.strip():
            return
        try:
            yield from self._completions(document)
        except Exception as error:
            self._state.fail("completion", error)

    def _completions(self, document: Document) -> Iterable[Completion]:
        from ankish.analysis.complete import complete
        from ankish.analysis.world import Unknown

        state, at = self._state, document.cursor_position
        world = state.world or Unknown()
        habits = state.habits.used
        found = complete(
            document.text, at, world, state.bindings, state.commands, habits, matching_files
        )
        if "media" in found.unknown:
            state.want("media")
        for candidate in found.candidates:
            yield Completion(
                candidate.text,
                start_position=found.start - at,
                display=candidate.display,
                display_meta=candidate.doc,
                style=f"class:candidate.{candidate.kind}",
            )


class ShellLexer(Lexer):
    """Colours each piece of the text as the parser reads it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._last: tuple[str, bool, list[StyleAndTextTuples]] = ("", False, [])

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """See `Lexer`."""
        text, ready = document.text, self._state.ready
        if self._last[:2] != (text, ready):
            self._last = (text, ready, self._lines(self._pieces(text)))
        lines = self._last[2]
        return lambda number: lines[number] if number < len(lines) else []

    def _lines(self, pieces: Iterable[tuple[str, str]]) -> list[StyleAndTextTuples]:
        lines: list[StyleAndTextTuples] = [[]]
        for style, piece in pieces:
            first, *rest = piece.split("\n")
            lines[-1].append((style, first))
            lines += [[(style, line)] for line in rest]
        return lines

    def _pieces(self, text: str) -> Iterable[tuple[str, str]]:
        if not self._state.ready or len(text) > COLOURED:
            return [("", text)]
        try:
            return list(self._coloured(text))
        except Exception as error:
            self._state.fail("colouring", error)
            return [("", text)]

    def _coloured(self, text: str) -> Iterable[tuple[str, str]]:
        from ankish.analysis.colouring import pieces

        at = 0
        for start, end, kind in pieces(text, self._state.commands):
            yield "", text[at:start]
            yield f"class:{kind}", text[start:end]
            at = end
        yield "", text[at:]


class Masked(Processor):
    """Shows stars for the API key while it is typed behind `config key`."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """See `Processor`."""
        fragments = transformation_input.fragments
        begins = SECRET.match(transformation_input.document.text)
        if begins is None or transformation_input.lineno:
            return Transformation(fragments)
        shown: StyleAndTextTuples = []
        at = 0
        for style, text, *_ in fragments:
            clear = max(begins.end() - at, 0)
            shown.append((style, text[:clear] + "*" * len(text[clear:])))
            at += len(text)
        return Transformation(shown)
