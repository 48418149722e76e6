"""The site of the documentation, built by Sphinx: `python -m sphinx -W docs site`.

Pages are Markdown, so that they read well in the repository too. Programs are coloured by ankish's
own grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pygments import token
from pygments.lexer import Lexer
from pygments.lexers.special import TextLexer

from ankish import __version__
from ankish.analysis.colouring import pieces
from ankish.runtime.callable import helpful

project = "ankish"
release = version = __version__
copyright = "the ankish authors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["site"]
html_theme = "furo"
html_title = "ankish"
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
myst_heading_anchors = 3
nitpicky = True

KINDS = {
    "command": token.Name.Function,
    "verb": token.Keyword,
    "keyword": token.Keyword,
    "function": token.Name.Builtin,
    "string": token.String,
    "variable": token.Name.Variable,
    "number": token.Number,
    "parameter": token.Name.Attribute,
    "constant": token.Keyword.Constant,
    "operator": token.Operator,
    "pipe": token.Operator,
    "comment": token.Comment,
}
"""What pieces of programs are to Pygments; the others are plain."""


class AnkishLexer(Lexer):
    """Colours a program as the shell does."""

    name = "ankish"
    aliases: ClassVar[list[str]] = ["ankish"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, Any, str]]:
        """The pieces of a program, and what is between them."""
        at = 0
        for start, end, kind in pieces(text, helpful(None)):
            if start > at:
                yield at, token.Text, text[at:start]
            yield start, KINDS.get(kind, token.Text), text[start:end]
            at = end
        yield at, token.Text, text[at:]


def setup(app: Any) -> None:
    """Have programs coloured."""
    app.add_lexer("ankish", AnkishLexer)
    app.add_lexer("csv", TextLexer)  # Pygments has none of its own
