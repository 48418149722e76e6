"""Layout: documents that can stand on one line or on several, and how they are printed.

The algebra of P. Wadler, "A prettier printer": a group is printed on one line if that
fits, else each of its own lines is broken. Beyond it: a group can be broken from the
start, and a comment breaks the line after it wherever it stands.
"""

from __future__ import annotations

from typing import Union

from ankish.data import dataclass

WIDTH = 88
"""How many columns a line may have, where it can be broken at all."""

NARROW = 16
"""A group of so many columns is not broken: that would win too little."""

STEP = 4
"""How many columns each level is indented."""


@dataclass(frozen=True, slots=True)
class Line:
    """A place where a line can end; `flat` is what stands there if it doesn't.

    `hard` always ends the line; `blank` leaves a line empty before the next one.
    """

    flat: str = " "
    hard: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A comment: `trailing` what stands before it, or in a line of its own."""

    text: str
    trailing: bool


@dataclass(frozen=True, slots=True)
class Indent:
    """A document whose lines are indented by one step more.

    If it only `continues` a line, then not where the lines of its group stay whole.
    """

    doc: Doc
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A document on one line, or broken at each of its own lines."""

    doc: Doc
    broken: bool = False


Doc = Union[str, Line, Note, Indent, Group, list["Doc"]]  # noqa: UP007 (it refers to itself)

HARD = Line(hard=True)

_Item = tuple[int, bool, Doc]
"""An indentation in columns, whether lines are broken, and what is to be printed so."""


class Printer:
    """Prints a document."""

    def __init__(self, newline: str = "\n") -> None:
        self.newline = newline
        self.out: list[str] = []
        self.column = 0
        self.fresh = True
        """Nothing but its indentation is in the line yet."""
        self.noted = False
        """A comment is in the line, so that nothing more can follow in it."""

    def print(self, doc: Doc) -> str:
        """The document's text; every line ends with a new line."""
        todo: list[_Item] = [(0, True, doc)]
        while todo:
            indent, broken, item = todo.pop()
            if isinstance(item, str):
                self.text(item, indent)
            elif isinstance(item, Line):
                self.line(item, indent, broken)
            elif isinstance(item, Note):
                self.note(item, indent)
            elif isinstance(item, Indent):
                step = 0 if item.continues and not broken else STEP
                todo.append((indent + step, broken, item.doc))
            elif isinstance(item, Group):
                whole = not broken or fits(item, todo, WIDTH - self.column)
                whole = whole or fits(item, [], NARROW)
                todo.append((indent, item.broken or not whole, item.doc))
            else:
                todo.extend((indent, broken, part) for part in reversed(item))
        if not self.fresh:
            self.out.append(self.newline)
        return "".join(self.out)

    def text(self, text: str, indent: int) -> None:
        """Write text; strings over several lines are the only ones that hold new lines."""
        if not text:
            return
        if self.noted:
            self.new_line(indent)
        self.out.append(text)
        self.fresh = False
        last = text.rfind("\n")
        self.column = self.column + len(text) if last < 0 else len(text) - last - 1

    def line(self, line: Line, indent: int, broken: bool) -> None:
        """End the line, or write what stands there if it goes on."""
        if broken or line.hard or self.noted:
            self.new_line(indent, line.blank)
        else:
            self.text(line.flat, indent)

    def note(self, note: Note, indent: int) -> None:
        """Write a comment."""
        if note.trailing and not self.noted and not self.fresh:
            self.out.append("  ")
        elif not self.fresh:
            self.new_line(indent)
        self.out.append(note.text)
        self.fresh, self.noted = False, True

    def new_line(self, indent: int, blank: bool = False) -> None:
        """End the line, and begin the next one; before the first there is none to end."""
        if not self.out:
            return
        self.out.append(self.newline * (2 if blank else 1) + " " * indent)
        self.column = indent
        self.fresh, self.noted = True, False


def fits(group: Group, rest: list[_Item], left: int) -> bool:
    """Whether a group fits in the columns that are left, with what follows up to a line end."""
    todo: list[_Item] = [(0, False, group.doc)]
    following = len(rest)
    while left >= 0:
        if not todo:
            if following == 0:
                return True
            following -= 1
            todo.append(rest[following])
        _, broken, item = todo.pop()
        if isinstance(item, str):
            end = item.find("\n")
            left -= len(item) if end < 0 else end
            if end >= 0:
                return left >= 0
        elif isinstance(item, Line):
            if broken or item.hard:
                return True
            left -= len(item.flat)
        elif isinstance(item, Note):
            return True
        elif isinstance(item, Indent):
            todo.append((0, broken, item.doc))
        elif isinstance(item, Group):
            todo.append((0, broken or item.broken, item.doc))
        else:
            todo.extend((0, broken, part) for part in reversed(item))
    return False
