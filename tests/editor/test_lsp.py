"""`ankish lsp`, driven by a client of the protocol over standard streams."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from ankish.diagnostics.model import Source
from ankish.editor.names import names_of
from ankish.syntax.parser import parse

URI = "file:///tidy.ank"
ROOT = Path(__file__).parents[2]


class Editor:
    """An editor with one file open."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.version = 0
        self.told: asyncio.Queue[list[lsp.Diagnostic]] = asyncio.Queue()

    async def write(self, text: str) -> list[lsp.Diagnostic]:
        """Have the file hold a text; what is wrong with it."""
        self.version += 1
        self.text = text
        if self.version == 1:
            item = lsp.TextDocumentItem(URI, "ankish", 1, text)
            self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        else:
            whole = lsp.TextDocumentContentChangeWholeDocument(text)
            where = lsp.VersionedTextDocumentIdentifier(self.version, URI)
            self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(where, [whole]))
        return await asyncio.wait_for(self.told.get(), 60)

    def place(self, text: str, after: bool = False) -> lsp.Position:
        """The place of a text in the file."""
        at = self.text.index(text) + (len(text) if after else 0)
        before = self.text[:at].split("\n")
        return lsp.Position(len(before) - 1, len(before[-1].encode("utf-16-le")) // 2)


def edited(text: str, edits: list[lsp.TextEdit]) -> str:
    """A text of ASCII with edits applied."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]

    def offset(p: lsp.Position) -> int:
        return starts[p.line] + p.character

    for edit in sorted(edits, key=lambda each: offset(each.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


def with_editor(work: Callable[[Editor], Awaitable[None]]) -> None:
    """Have an editor do some work at a server on the sample collection."""

    async def run() -> None:
        client = LanguageClient("test", "1")
        editor = Editor(client)

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            editor.told.put_nowait(list(params.diagnostics))

        await client.start_io(sys.executable, "-m", "ankish", "lsp", "--demo", cwd=ROOT)
        await client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=None)
        )
        client.initialized(lsp.InitializedParams())
        await work(editor)
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()

    asyncio.run(run())


PROGRAM = """\
## Count what is due.
macro due_in(deck: deck) { find "deck:${deck} is:due" | count }

let n = due_in Spanish
for deck in ["Spanish"] { print "${deck} ${n}" }
print  $n
"""


def test_an_editor_types_completes_renames_and_formats() -> None:
    async def work(editor: Editor) -> None:
        client, document = editor.client, lsp.TextDocumentIdentifier(URI)
        assert await editor.write(PROGRAM) == []
        [problem] = await editor.write("# ö\U0001f419\nfind deck:Spanish | suspnd\n")
        assert problem.code == "name::command" and "suspend" in problem.message
        assert problem.range == lsp.Range(lsp.Position(1, 20), lsp.Position(1, 26))
        [problem] = await editor.write('print "\U0001f419" (find deck:Inbox | suspnd)\n')
        assert problem.range.start == lsp.Position(0, 30)

        await editor.write("find deck:Inbox | changeDeck Span")
        where = editor.place("Span", after=True)
        found = await client.text_document_completion_async(lsp.CompletionParams(document, where))
        assert isinstance(found, list)
        decks = [item.text_edit.new_text.strip() for item in found if item.text_edit]  # type: ignore[union-attr]
        assert "Spanish::Verbs" in decks

        await editor.write(PROGRAM)
        hover = await client.text_document_hover_async(
            lsp.HoverParams(document, editor.place("count }"))
        )
        assert hover is not None and "Count the items" in str(hover.contents)
        hover = await client.text_document_hover_async(
            lsp.HoverParams(document, editor.place("due_in Spanish"))
        )
        assert hover is not None and "Count what is due" in str(hover.contents)

        defined = await client.text_document_definition_async(
            lsp.DefinitionParams(document, editor.place("due_in Spanish"))
        )
        assert isinstance(defined, lsp.Location)
        assert defined.range.start == editor.place("due_in(")

        where = editor.place("n}")
        change = await client.text_document_rename_async(
            lsp.RenameParams(document, where, "count_of")
        )
        assert change is not None and change.changes is not None
        assert edited(PROGRAM, list(change.changes[URI])) == PROGRAM.replace(
            "let n", "let count_of"
        ).replace("${n}", "${count_of}").replace("$n", "$count_of")

        edits = await client.text_document_formatting_async(
            lsp.DocumentFormattingParams(document, lsp.FormattingOptions(4, True))
        )
        assert edits is not None
        assert edited(PROGRAM, list(edits)) == PROGRAM.replace("print  $n", "print $n")

        symbols = await client.text_document_document_symbol_async(
            lsp.DocumentSymbolParams(document)
        )
        assert [each.name for each in symbols or []] == ["due_in", "n"]

    with_editor(work)


def test_names_are_told_apart_by_where_they_are_declared() -> None:
    text = "param deck: deck\nfor deck in [1] { print $deck }\nfind x | where deck == $deck"
    names = names_of(parse(Source("x", text)).program)
    outer = [each.span.start for each in names.at(text.index("deck"))]
    assert outer == [text.index("deck"), text.rindex("$deck") + 1]
    inner = [each.span.start for each in names.at(text.index("$deck") + 2)]
    assert inner == [text.index("for deck") + 4, text.index("$deck") + 1]
    assert names.at(text.index("where deck") + 7) == []
