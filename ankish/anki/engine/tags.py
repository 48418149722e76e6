"""Tags of notes, and the collection's list of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.notelookup import existing_notes, get_note
from ankish.anki.engine.registry import ActionError, action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from anki.notes import Note


@action
def getTags(session: Session) -> list[str]:
    """Every tag the collection knows, used or not."""
    return session.col.tags.all()


@action
def getNoteTags(session: Session, note: int) -> list[str]:
    """The tags of a note."""
    return get_note(session.col, note).tags


@action
def addTags(session: Session, notes: list[int], tags: str, add: bool = True) -> None:
    """Add tags, separated by spaces, to notes; or remove them. Unknown notes are passed over."""
    if add:
        session.col.tags.bulk_add(notes, tags)  # type: ignore[arg-type]
    else:
        removeTags(session, notes, tags)


@action
def removeTags(session: Session, notes: list[int], tags: str) -> None:
    """Remove tags, separated by spaces, from notes. Unknown notes are passed over."""
    session.col.tags.bulk_remove(notes, tags)  # type: ignore[arg-type]


@action
def updateNoteTags(session: Session, note: int, tags: list[str] | str) -> None:
    """Give a note these tags and no others."""
    found = get_note(session.col, note)
    found.tags = tag_list(tags)
    session.col.update_note(found)


@action
def clearUnusedTags(session: Session) -> None:
    """Forget the tags that no note has."""
    session.col.tags.clear_unused_tags()


@action
def replaceTags(
    session: Session, notes: list[int], tag_to_replace: str, replace_with_tag: str
) -> None:
    """Put one tag in place of another in those of the notes that have it, whatever its case."""
    _replace(session, existing_notes(session.col, notes), tag_to_replace, replace_with_tag)


@action
def replaceTagsInAllNotes(session: Session, tag_to_replace: str, replace_with_tag: str) -> None:
    """Put one tag in place of another in every note that has it, whatever its case."""
    from anki.collection import SearchNode

    col = session.col
    tagged = col.find_notes(col.build_search_string(SearchNode(tag=tag_to_replace)))
    _replace(session, existing_notes(col, tagged), tag_to_replace, replace_with_tag)


def tag_list(tags: Any) -> list[str]:
    """The tags of a request that sets them: a list of strings, or one string.

    A string holding spaces is several tags; Anki's library splits it.
    """
    tags = [tags] if isinstance(tags, str) else tags
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ActionError("Must provide tags as a list of strings")
    return tags


def _replace(session: Session, notes: list[Note], old: str, new: str) -> None:
    changed = [note for note in notes if note.has_tag(old)]
    for note in changed:
        note.remove_tag(old)
        note.add_tag(new)
    if changed:
        session.col.update_notes(changed, skip_undo_entry=True)
