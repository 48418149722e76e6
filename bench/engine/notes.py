"""Changes of notes, their tags and files."""

from __future__ import annotations

import base64
from functools import partial
from itertools import count
from typing import Any

from bench.engine.pairs import Bench, Pair

_number = count()

OBJECT = (
    "a note object has more to it than by hand: fields in any case, options for duplicates, files"
)


def pairs(bench: Bench) -> list[Pair]:
    """All of them."""
    return [*_adding(bench), *_changing(bench), *_tags(bench), *_media(bench)]


def _object(front: str) -> dict[str, Any]:
    """A note object, as requests have it."""
    fields = {"Front": front, "Back": f"back of {front}"}
    return {"deckName": "Deck 0", "modelName": "Basic", "fields": fields, "tags": ["t1", "new"]}


def _fresh(howmany: int) -> list[dict[str, Any]]:
    return [_object(f"added {next(_number)}") for _ in range(howmany)]


def _made(col: Any, given: dict[str, Any]) -> tuple[Any, Any]:
    """The note of a note object and its deck; an error if it is a duplicate or empty."""
    from anki.notes import NoteFieldsCheckResult

    deck = col.decks.id_for_name(given["deckName"])
    note = col.new_note(col.models.by_name(given["modelName"]))
    for name, value in given["fields"].items():
        note[name] = value
    note.tags = given["tags"]
    if deck is None or note.fields_check() != NoteFieldsCheckResult.NORMAL:
        raise ValueError("not a note to add")
    return note, deck


def _adding(bench: Bench) -> list[Pair]:
    ask = bench.ask

    def add(given: list[dict[str, Any]]) -> list[int]:
        from anki.collection import AddNoteRequest

        col: Any = bench.col
        made = [_made(col, each) for each in given]
        col.add_notes([AddNoteRequest(note, deck) for note, deck in made])
        return [note.id for note, _ in made]

    def add_one(given: dict[str, Any]) -> int:
        col: Any = bench.col
        note, deck = _made(col, given)
        col.add_note(note, deck)
        return int(note.id)

    def can_add(given: list[dict[str, Any]]) -> list[bool]:
        found = []
        for each in given:
            try:
                _made(bench.col, each)
            except ValueError:
                found.append(False)
            else:
                found.append(True)
        return found

    def added(size: int) -> None:
        ask("addNotes", notes=_fresh(size))

    def add_fresh(size: int) -> None:
        add(_fresh(size))

    some_new = [*_fresh(50), *(_object(f"front {n} lorem ipsum") for n in range(1, 51) if n % 4)]
    doomed: list[int] = []

    def to_delete() -> None:
        doomed[:] = add(_fresh(100))

    return [
        Pair(
            "addNote",
            lambda: ask("addNote", note=_fresh(1)[0]),
            lambda: add_one(_fresh(1)[0]),
            reads=False,
        ),
        *(
            Pair(
                f"addNotes {size}",
                partial(added, size),
                partial(add_fresh, size),
                reads=False,
                why=OBJECT,
            )
            for size in (100, 1000)
        ),
        Pair(
            f"canAddNotes {len(some_new)}",
            lambda: ask("canAddNotes", notes=some_new),
            lambda: can_add(some_new),
            why=OBJECT,
        ),
        Pair(
            f"canAddNotesWithErrorDetail {len(some_new)}",
            lambda: [one["canAdd"] for one in ask("canAddNotesWithErrorDetail", notes=some_new)],
            lambda: can_add(some_new),
            why=OBJECT,
        ),
        Pair(
            "deleteNotes 100",
            lambda: ask("deleteNotes", notes=doomed),
            lambda: bench.col.remove_notes(doomed),  # type: ignore[arg-type]
            before=to_delete,
            reads=False,
        ),
    ]


def _changing(bench: Bench) -> list[Pair]:
    ask, note_id = bench.ask, bench.notes[7]
    thousand = bench.some(bench.notes, 1000)

    def changed_text() -> str:
        return f"changed {next(_number)}"

    def set_fields(tags: list[str] | None = None) -> None:
        col: Any = bench.col
        note = col.get_note(note_id)
        note["Back"] = changed_text()
        if tags is not None:
            note.tags = tags
        col.update_note(note, skip_undo_entry=tags is None)

    def set_tags() -> None:
        col: Any = bench.col
        note = col.get_note(note_id)
        note.tags = ["a", changed_text().replace(" ", "")]
        col.update_note(note)

    def replace() -> int:
        return bench.col.find_and_replace(
            note_ids=thousand,  # type: ignore[arg-type]
            search="dolor",
            replacement=f"{changed_text()} dolor",
        ).count

    def to_other_type() -> None:
        col: Any = bench.col
        note = col.get_note(note_id)
        changed = col.new_note(col.models.by_name("Basic"))
        changed["Front"], changed["Back"] = note.fields[0], changed_text()
        changed.id, changed.guid = note.id, note.guid
        col.update_note(changed, skip_undo_entry=True)

    return [
        Pair(
            "updateNoteModel",
            lambda: ask(
                "updateNoteModel",
                note={
                    "id": note_id,
                    "modelName": "Basic",
                    "fields": {"Front": "front 7 lorem ipsum", "Back": changed_text()},
                },
            ),
            to_other_type,
            reads=False,
            why="cards without a template go too, in one transaction with the change",
        ),
        Pair(
            "updateNoteFields",
            lambda: ask(
                "updateNoteFields", note={"id": note_id, "fields": {"Back": changed_text()}}
            ),
            set_fields,
            reads=False,
        ),
        Pair(
            "updateNote",
            lambda: ask(
                "updateNote",
                note={"id": note_id, "fields": {"Back": changed_text()}, "tags": ["a"]},
            ),
            lambda: set_fields(["a"]),
            reads=False,
        ),
        Pair(
            "updateNoteTags",
            lambda: ask(
                "updateNoteTags", note=note_id, tags=["a", changed_text().replace(" ", "")]
            ),
            set_tags,
            reads=False,
        ),
        Pair(
            "findAndReplaceInNotes 1000",
            lambda: ask(
                "findAndReplaceInNotes",
                notes=thousand,
                search="dolor",
                replacement=f"{changed_text()} dolor",
            ),
            replace,
            reads=False,
        ),
    ]


def _tags(bench: Bench) -> list[Pair]:
    ask = bench.ask
    thousand: Any = bench.some(bench.notes, 1000)

    def retag(notes: Any) -> None:
        col: Any = bench.col
        changed = []
        for note_id in notes:
            note = col.get_note(note_id)
            if note.has_tag("old"):
                note.remove_tag("old")
                note.add_tag("new")
                changed.append(note)
        col.update_notes(changed, skip_undo_entry=True)

    def old() -> None:
        bench.col.tags.bulk_remove(thousand, "new fresh")
        bench.col.tags.bulk_add(thousand, "old")

    def without() -> None:
        bench.col.tags.bulk_remove(thousand, "fresh")

    def unused() -> None:
        bench.col.tags.bulk_add(thousand, "unused")
        bench.col.tags.bulk_remove(thousand, "unused")

    return [
        Pair(
            "addTags 1000",
            lambda: ask("addTags", notes=thousand, tags="fresh"),
            lambda: bench.col.tags.bulk_add(thousand, "fresh"),
            before=without,
            reads=False,
        ),
        Pair(
            "removeTags 1000",
            lambda: ask("removeTags", notes=thousand, tags="old"),
            lambda: bench.col.tags.bulk_remove(thousand, "old"),
            before=old,
            reads=False,
        ),
        Pair(
            "replaceTags 1000",
            lambda: ask(
                "replaceTags", notes=thousand, tag_to_replace="old", replace_with_tag="new"
            ),
            lambda: retag(thousand),
            before=old,
            reads=False,
        ),
        Pair(
            "replaceTagsInAllNotes, 1000 have it",
            lambda: ask("replaceTagsInAllNotes", tag_to_replace="old", replace_with_tag="new"),
            lambda: retag(bench.col.find_notes("tag:old")),
            before=old,
            reads=False,
        ),
        Pair(
            "clearUnusedTags",
            lambda: ask("clearUnusedTags"),
            lambda: bench.col.tags.clear_unused_tags(),
            before=unused,
            reads=False,
        ),
    ]


def _media(bench: Bench) -> list[Pair]:
    ask = bench.ask
    contents = b"x" * 100_000
    encoded = base64.b64encode(contents).decode()

    def name() -> str:
        return f"new-{next(_number)}.txt"

    def store(filename: str) -> str:
        return bench.col.media.write_data(filename, base64.b64decode(encoded))

    def read() -> str:
        path = bench.session.media_dir / "file-1.txt"
        return base64.b64encode(path.read_bytes()).decode()

    return [
        Pair(
            "storeMediaFile 100 kB",
            lambda: ask("storeMediaFile", filename=name(), data=encoded),
            lambda: store(name()),
            reads=False,
            why="the file that a new one might replace is looked for, and put into the trash",
        ),
        Pair(
            "retrieveMediaFile 1 kB", lambda: ask("retrieveMediaFile", filename="file-1.txt"), read
        ),
        Pair(
            "getMediaFilesNames",
            lambda: sorted(ask("getMediaFilesNames")),
            lambda: sorted(path.name for path in bench.session.media_dir.glob("*")),
        ),
        Pair(
            "deleteMediaFile",
            lambda: ask("deleteMediaFile", filename="doomed.txt"),
            lambda: bench.col.media.trash_files(["doomed.txt"]),
            before=lambda: bench.col.media.write_data("doomed.txt", b"x"),
            reads=False,
        ),
    ]
