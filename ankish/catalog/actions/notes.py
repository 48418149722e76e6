"""Notes: finding, reading, adding, changing and deleting them."""

from __future__ import annotations

from ankish.catalog.actions.shapes import (
    CAN_ADD,
    NOTE_CHANGE,
    NOTE_FIELDS,
    NOTE_INFO,
    NOTE_MOD,
    NOTE_OBJECT,
    NOTE_REMODEL,
)
from ankish.catalog.actions.table import DESTRUCTIVE, READ, WRITE, Family, opt, req
from ankish.catalog.model import Command
from ankish.catalog.types import BOOL, NOTE, NOTES, QUERY, list_of

note = Family("notes")
THE_NOTES = req("notes", NOTES, "the notes")
NEW_NOTE = req("note", NOTE_OBJECT, "the note to add")
NEW_NOTES = req("notes", list_of(NOTE_OBJECT), "the notes to add")

ACTIONS: tuple[Command, ...] = (
    note(
        "findNotes",
        READ,
        "Find the notes that match a search",
        opt("query", QUERY, "what to look for; everything if it is empty"),
        subject="query",
        result=NOTES,
        quirk="without a query it finds nothing",
        examples=("findNotes tag:verb", 'findNotes "deck:Spanish added:30" | count'),
    ),
    note(
        "notesInfo",
        READ,
        "Show the fields, tags, type and cards of notes",
        opt("notes", NOTES, "the notes"),
        opt("query", QUERY, "a search instead of the notes; not in older add-ons"),
        subject="notes",
        result=list_of(NOTE_INFO),
        quirk="one of the two is needed, and the query wins; a note that does not exist gives an "
        "empty record, and a note without cards fails the whole request",
        examples=(
            "find tag:verb | notesInfo | select noteId, modelName, tags",
            "notesInfo query=deck:Inbox",
        ),
    ),
    note(
        "notesModTime",
        READ,
        "Tell when notes were last changed",
        THE_NOTES,
        subject="notes",
        result=list_of(NOTE_MOD),
        quirk="a note that does not exist gives an empty record",
        newer=True,
        examples=("find deck:Inbox | notesModTime",),
    ),
    note(
        "addNote",
        WRITE,
        "Add a note",
        NEW_NOTE,
        subject="note",
        result=NOTE,
        undo="deleteNotes",
        differs="a tag that is new stays on the list of tags",
        quirk="fields that the note type lacks are ignored, and what is wrong with a media file "
        "is written into the field; a refused note has stored its media all the same",
        examples=(
            'addNote {"deckName": "Default", "modelName": "Basic", '
            '"fields": {"Front": "Q", "Back": "A"}, "tags": ["t"]}',
        ),
    ),
    note(
        "addNotes",
        WRITE,
        "Add notes, all of them or none",
        NEW_NOTES,
        subject="notes",
        result=NOTES,
        undo="deleteNotes",
        differs="a tag that is new stays on the list of tags",
        quirk="one note that can't be added keeps all of them out, and the error does not say "
        "which; the 2023 add-on adds the others and gives null for it",
        examples=(
            'addNotes [{"deckName": "Spanish", "modelName": "Basic", '
            '"fields": {"Front": "cuatro", "Back": "four"}}, '
            '{"deckName": "Spanish", "modelName": "Basic", '
            '"fields": {"Front": "cinco", "Back": "five"}}]',
        ),
    ),
    note(
        "canAddNote",
        READ,
        "Tell whether a note could be added",
        NEW_NOTE,
        subject="note",
        result=BOOL,
        quirk="stores the media of the note",
        examples=(
            'canAddNote {"deckName": "Spanish", "modelName": "Basic", '
            '"fields": {"Front": "seis", "Back": "six"}}',
        ),
    ),
    note(
        "canAddNotes",
        READ,
        "Tell of each note whether it could be added",
        NEW_NOTES,
        subject="notes",
        result=list_of(BOOL),
        quirk="stores the media of the notes, and does not see duplicates among them",
        examples=(
            'canAddNotes [{"deckName": "Spanish", "modelName": "Basic", '
            '"fields": {"Front": "seis", "Back": "six"}}]',
        ),
    ),
    note(
        "canAddNoteWithErrorDetail",
        READ,
        "Tell whether a note could be added, and if not, why",
        NEW_NOTE,
        subject="note",
        result=CAN_ADD,
        quirk="stores the media of the note",
        newer=True,
        examples=(
            'canAddNoteWithErrorDetail {"deckName": "Spanish", "modelName": "Basic", '
            '"fields": {"Front": "", "Back": "empty"}}',
        ),
    ),
    note(
        "canAddNotesWithErrorDetail",
        READ,
        "Tell of each note whether it could be added, and if not, why",
        NEW_NOTES,
        subject="notes",
        result=list_of(CAN_ADD),
        quirk="stores the media of the notes, and does not see duplicates among them",
        newer=True,
        examples=(
            'canAddNotesWithErrorDetail [{"deckName": "Spanish", "modelName": "Basic", '
            '"fields": {"Front": "", "Back": "empty"}}]',
        ),
    ),
    note(
        "updateNoteFields",
        WRITE,
        "Change fields of a note",
        req("note", NOTE_FIELDS, "the note's id and the fields to change"),
        undo="updateNoteFields with the earlier contents",
        differs="cards that the new contents have made stay, blank",
        quirk="a field name in another case is ignored; an empty first field and a duplicate are "
        "allowed; a note that is being edited in the browser may keep its old contents",
        examples=('updateNoteFields {id: (findNotes note:Basic | first), fields: {Back: "new"}}',),
    ),
    note(
        "updateNote",
        WRITE,
        "Change fields of a note, its tags, or both",
        req("note", NOTE_CHANGE, "the note's id, and the fields or tags it is to have"),
        undo="updateNote with the earlier contents and tags",
        differs="cards that the new contents have made stay, blank, and a tag that is new stays "
        "on the list of tags",
        quirk="the fields are changed first and stay changed if the tags then fail; an empty list "
        "of tags takes all of them away",
        examples=(
            'updateNote {id: (findNotes note:Basic | first), fields: {Back: "new"}, tags: ["t"]}',
        ),
    ),
    note(
        "updateNoteModel",
        WRITE,
        "Change the type of a note, with its fields and tags",
        req("note", NOTE_REMODEL, "the note's id, its new type, all its fields and tags"),
        undo="updateNoteModel with the earlier type, fields and tags",
        differs="cards that were added stay, blank; those that were deleted have other ids, and "
        "of them is lost what deleteNotes loses; a tag that is new stays on the list of tags",
        quirk="without tags it loses all of them, and fields that are not given become empty; "
        "cards that the new type has no template for stay, blank",
        newer=True,
        examples=(
            "updateNoteModel {id: (findNotes note:Basic | first), modelName: "
            '"Basic (and reversed card)", fields: {Front: "sol", Back: "sun"}, tags: ["noun"]}',
        ),
    ),
    note(
        "deleteNotes",
        DESTRUCTIVE,
        "Delete notes with all their cards",
        THE_NOTES,
        subject="notes",
        undo="addNote, and then changeDeck, setSpecificValueOfCard and insertReviews for the cards",
        differs="notes and cards have other ids, blank cards don't come back, "
        "what the cards note of FSRS is lost, cards of "
        "filtered decks come back in Default, due at once, and the reviews are in the log a "
        "second time, under later milliseconds",
        quirk="notes that do not exist are ignored",
        examples=("find tag:old | deleteNotes",),
    ),
    note(
        "removeEmptyNotes",
        DESTRUCTIVE,
        "Delete every note type that has no notes",
        undo="createModel for each of them",
        differs="the note types have other ids, and what AnkiConnect can't set is as in a new "
        "one: LaTeX, the browser's looks, settings of the fields; with the add-on of 2023 nothing "
        "comes back",
        quirk="in spite of its name it deletes no note, but Cloze, say, if it is not used yet",
        source="recorded exchanges 747 and 748",
        full_sync=True,
        examples=("removeEmptyNotes",),
    ),
)
