"""Decks as files: .apkg packages out and in."""

from __future__ import annotations

from pathlib import Path

from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session


@action
def exportPackage(session: Session, deck: str, path: str, includeSched: bool = False) -> bool:
    """Write a deck, its subdecks and media to a package; false if there is no such deck.

    With `includeSched` the reviews, due dates and presets go along. A file that is there
    is replaced.
    """
    from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

    session.need_files()
    found = session.col.decks.by_name(deck)
    if found is None:
        return False
    session.col.export_anki_package(
        out_path=writable(session, path),
        options=ExportAnkiPackageOptions(
            with_scheduling=includeSched,
            with_deck_configs=includeSched,
            with_media=True,
            legacy=True,
        ),
        limit=DeckIdLimit(found["id"]),
    )
    return True


@action
def importPackage(session: Session, path: str) -> bool:
    """Bring in a package with its scheduling; notes that are there already are updated."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    session.need_files()
    session.col.import_anki_package(
        ImportAnkiPackageRequest(
            package_path=path,
            options=ImportAnkiPackageOptions(
                merge_notetypes=True, with_scheduling=True, with_deck_configs=True
            ),
        )
    )
    session.col.models._clear_cache()  # the library's Python half does not hear of it
    return True


def writable(session: Session, path: str) -> str:
    """`path`, unless a file written there would replace one of the collection (`ActionError`).

    These are the collection itself, SQLite's files beside it, and Anki's table of the media.
    """
    if isinstance(path, str):
        collection, target = session.path.resolve(), Path(path).resolve()
        own = (collection.name, f"{collection.stem}.media")
        if target.parent == collection.parent and target.name.startswith(own):
            raise ActionError(f"that is a file of the collection: {path}")
    return path
