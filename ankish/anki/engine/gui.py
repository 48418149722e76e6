"""The actions of Anki's windows: what can be done without one is done, the rest says why not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, NoReturn

from ankish.anki.engine.extra_collection import checkDatabase
from ankish.anki.engine.registry import ActionError, window_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.cards import CardId
    from anki.collection import BrowserColumns, Collection

WINDOW_ONLY = {
    "guiAddCards": ("note=", "add the note with addNote"),
    "guiEditNote": ("note", "change the note with updateNote"),
    "guiExitAnki": ("", "end the program that has the collection open"),
    "guiImportFile": ("path=", "import a package with importPackage"),
    "guiPlayAudio": ("", "get the file with retrieveMediaFile"),
    "guiSelectCard": ("card", "read the card with cardsInfo"),
    "guiSelectNote": ("note", "read the card with cardsInfo"),
    "guiSelectedNotes": ("", "find notes with findNotes"),
}
"""Actions that only a window can do: their parameters, and what to do instead.

`guiSelectNote` takes a card's id, for all its name (recorded exchange 784).
"""


@window_action
def guiBrowse(
    session: Session, query: str | None = None, reorderCards: dict[str, str] | None = None
) -> list[CardId]:
    """The cards that a search finds, in the order of a column of Anki's browser; none without one.

    `reorderCards` has an `order`, "ascending" or "descending", and a `columnId`.
    """
    col = session.col
    column, backwards = _order(col, reorderCards) if reorderCards is not None else (False, False)
    if query is None:
        return []
    return list(col.find_cards(query, order=column, reverse=backwards))


@window_action
def guiUndo(session: Session) -> bool:
    """Undo the last change, if there is one; true in any case (recorded exchange 811)."""
    from anki.errors import UndoEmpty

    with suppress(UndoEmpty):
        session.col.undo()
    return True


@window_action
def guiCheckDatabase(session: Session) -> bool:
    """Check the collection and mend it; `checkDatabase` tells what was found."""
    checkDatabase(session)
    return True


def _refusal(name: str, params: str, instead: str) -> Callable[..., NoReturn]:
    """An action of that name and those parameters, `=` behind one that may be left out."""

    def refuse(session: Session, **_: object) -> NoReturn:
        raise ActionError(f"{name} needs Anki's window, and Anki is not running; {instead} instead")

    refuse.__name__ = name
    refuse.__doc__ = f"Refused without Anki's window: {instead} instead."
    refuse.__signature__ = Signature(  # type: ignore[attr-defined]
        [_parameter(param) for param in ["session", *params.split()]]
    )
    return refuse


def _parameter(text: str) -> Parameter:
    default = None if text.endswith("=") else Parameter.empty
    return Parameter(text.rstrip("="), Parameter.POSITIONAL_OR_KEYWORD, default=default)


for _name, (_params, _instead) in WINDOW_ONLY.items():
    window_action(_refusal(_name, _params, _instead))


def _order(col: Collection, reorder: object) -> tuple[BrowserColumns.Column, bool]:
    """The column to sort by and whether backwards; wrong ones as in recorded exchanges 789-792."""
    from anki.collection import BrowserColumns

    if not isinstance(reorder, dict):
        raise ActionError(f"reorderCards should be a dict: {reorder}")
    if not ("columnId" in reorder and "order" in reorder):
        raise ActionError('Must provide a "columnId" and a "order" property"')
    if reorder["order"] not in ("ascending", "descending"):
        raise ActionError(f"invalid card order: {reorder['order']}")
    column = col.get_browser_column(reorder["columnId"])
    if column is None or column.sorting_cards == BrowserColumns.SORTING_NONE:
        raise ActionError(f"invalid columnId: {reorder['columnId']}")
    return column, reorder["order"] == "descending"
