"""Anki's search language: text to tree, checks, values bound into it, tree to text."""

from ankish.syntax.search.parse import parse_search
from ankish.syntax.search.written import Hole, Piece

__all__ = ["Hole", "Piece", "parse_search"]
