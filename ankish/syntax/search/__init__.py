"""Anki's search language: text to tree, checks, values bound into it, tree to text."""

from ankish.syntax.search.bind import render
from ankish.syntax.search.check import check_search
from ankish.syntax.search.format import format_search, render_template
from ankish.syntax.search.names import World
from ankish.syntax.search.parse import parse_search
from ankish.syntax.search.tree import Bound, Search
from ankish.syntax.search.written import Hole, Piece

__all__ = [
    "Bound",
    "Hole",
    "Piece",
    "Search",
    "World",
    "check_search",
    "format_search",
    "parse_search",
    "render",
    "render_template",
]
