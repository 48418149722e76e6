"""`ankish lsp`: a language server over standard streams, on pygls.

It says what the shell says: messages, completion, help, layout come from the same functions.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ankish import __version__
from ankish.analysis.complete import complete
from ankish.analysis.help import help_text
from ankish.analysis.hints import topic_at
from ankish.analysis.places import macro_commands
from ankish.analysis.world import Unknown, World
from ankish.catalog.commands import COMMANDS
from ankish.cli import add_target, session_for
from ankish.diagnostics.kinds import program as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source, Span
from ankish.editor.names import names_of
from ankish.syntax import tree as t
from ankish.syntax.format import format_program
from ankish.syntax.parser import parse
from ankish.tools.check import problems_of
from ankish.tools.files import tell

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from ankish.runtime.session import Session

MISSING = 2
WIDTH = 80
PARTS = ("actions", "decks", "models", "details", "tags")
"""What of the collection is completed."""


def main(argv: Sequence[str]) -> int:
    """Serve an editor until it closes the streams; the exit status."""
    parser = ArgumentParser(prog="ankish lsp", description="A language server for editors.")
    add_target(parser)
    options = parser.parse_args(argv)
    options.json = True
    session = session_for(options)
    try:
        server(session).start_io()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        tell((kinds.EXTRA(word="lsp", extra="lsp"),))
        return MISSING
    finally:
        session.close()
    return 0


class Text:
    """A document: offsets of ankish as positions of the editor, and back."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.text: str = document.source
        self.source = Source(document.path or document.uri, self.text)

    def offset(self, position: Any) -> int:
        """The offset of a position."""
        found: int = self.document.offset_at_position(position)
        return found

    def range(self, span: Span) -> Any:
        """A span as a range."""
        from lsprotocol import types as lsp

        codec = self.document.position_codec
        lines = self.document.lines
        return codec.range_to_client_units(
            lines, lsp.Range(self._position(span.start), self._position(span.end))
        )

    def _position(self, offset: int) -> Any:
        from lsprotocol import types as lsp

        line = self.text.count("\n", 0, offset)
        return lsp.Position(line, offset - (self.text.rfind("\n", 0, offset) + 1))


def server(session: Session) -> LanguageServer:
    """The server with all that it answers. Raises `ModuleNotFoundError` without pygls."""
    from lsprotocol import types as lsp
    from pygls.lsp.server import LanguageServer

    made = LanguageServer("ankish", __version__)

    def text_of(uri: str) -> Text:
        return Text(made.workspace.get_text_document(uri))

    def publish(uri: str) -> None:
        text = text_of(uri)
        found = _problems(session, text.source)
        diagnostics = [_diagnostic(text, each) for each in found if each.span is not None]
        made.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics))

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        publish(params.text_document.uri)

    @made.feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=[" ", ":", "$", "|", '"', "-", "."]),
    )
    def completion(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        text = text_of(params.text_document.uri)
        at = text.offset(params.position)
        found = complete(text.text, at, _world(session), (), COMMANDS)
        place = text.range(Span(found.start, at))
        return [
            lsp.CompletionItem(
                label=each.display or each.text,
                detail=each.doc,
                sort_text=f"{number:04}",
                filter_text=text.text[found.start : at] + each.text,
                text_edit=lsp.TextEdit(place, each.text),
            )
            for number, each in enumerate(found.candidates)
        ]

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        text = text_of(params.text_document.uri)
        program = parse(text.source).program
        commands = {**COMMANDS, **macro_commands((program,), text.text)}
        topic = topic_at(text.text, text.offset(params.position), commands)
        if topic is None:
            return None
        try:
            told = help_text(topic, commands, WIDTH)
        except AnkishError:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, f"```text\n{told}\n```"))

    @made.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        uri = params.text_document.uri
        text = text_of(uri)
        found = names_of(parse(text.source).program).at(text.offset(params.position))
        return lsp.Location(uri, text.range(found[0].declared)) if found else None

    @made.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        uri = params.text_document.uri
        text = text_of(uri)
        found = names_of(parse(text.source).program).at(text.offset(params.position))
        return [lsp.Location(uri, text.range(each.span)) for each in found]

    @made.feature(lsp.TEXT_DOCUMENT_RENAME)
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        uri = params.text_document.uri
        text = text_of(uri)
        found = names_of(parse(text.source).program).at(text.offset(params.position))
        edits = [lsp.TextEdit(text.range(each.span), params.new_name) for each in found]
        return lsp.WorkspaceEdit(changes={uri: edits}) if edits else None

    @made.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        text = text_of(params.text_document.uri)
        try:
            formatted = format_program(text.source)
        except AnkishError:  # its mistakes are shown already
            return []
        whole = text.range(Span(0, len(text.text)))
        return [lsp.TextEdit(whole, formatted)] if formatted != text.text else []

    @made.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        text = text_of(params.text_document.uri)
        program = parse(text.source).program
        return [
            lsp.DocumentSymbol(name, kind, text.range(whole), text.range(place))
            for node in program.statements
            for name, kind, whole, place in _symbol(node, text.text)
        ]

    return made


def _symbol(node: t.Statement, text: str) -> list[tuple[str, Any, Span, Span]]:
    """What a statement declares: name, kind, its place and that of the name."""
    from lsprotocol.types import SymbolKind

    match node:
        case t.Macro():
            return [(node.name, SymbolKind.Function, node.span, node.name_span)]
        case t.Let():
            return [(node.name, SymbolKind.Variable, node.span, node.name_span)]
        case t.Param():
            param = node.parameter
            return [(param.name, SymbolKind.Property, node.span, param.name_span)]
        case t.Test():
            name = text[node.name.span.start : node.name.span.end]
            return [(f"test {name}", SymbolKind.Event, node.span, node.name.span)]
    return []


def _problems(session: Session, source: Source) -> Sequence[Diagnostic]:
    """All that is wrong with a text, as far as that can be told."""
    try:
        return problems_of(session, source, None)
    except AnkishError as error:
        return error.diagnostics


def _world(session: Session) -> World:
    """What the collection holds; without one nothing of it is completed."""
    try:
        return session.world.prefetch(PARTS)
    except AnkishError:
        return Unknown()


def _diagnostic(text: Text, problem: Diagnostic) -> Any:
    from lsprotocol import types as lsp

    assert problem.span is not None
    helps = [f"help: {each}" for each in problem.helps] + [f"note: {n}" for n in problem.notes]
    severity = {
        Severity.ERROR: lsp.DiagnosticSeverity.Error,
        Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    }.get(problem.severity, lsp.DiagnosticSeverity.Hint)
    return lsp.Diagnostic(
        range=text.range(problem.span),
        message="\n".join([problem.message, *helps]),
        severity=severity,
        code=problem.code,
        source="ankish",
    )
