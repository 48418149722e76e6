"""Tags of notes."""

from __future__ import annotations

from ankish.catalog.actions.table import DESTRUCTIVE, READ, WRITE, Family, opt, req
from ankish.catalog.model import Command
from ankish.catalog.types import BOOL, NOTE, NOTES, TAG, TAGS, list_of

tag = Family("tags")
THE_NOTES = req("notes", NOTES, "the notes")

ACTIONS: tuple[Command, ...] = (
    tag(
        "getTags",
        READ,
        "List the tags",
        result=list_of(TAG),
        quirk="tags that no note has any more are listed until clearUnusedTags",
        examples=("getTags",),
    ),
    tag(
        "getNoteTags",
        READ,
        "List the tags of a note",
        req("note", NOTE, "the note"),
        subject="note",
        result=list_of(TAG),
        examples=("findNotes tag:leech | first | getNoteTags",),
    ),
    tag(
        "addTags",
        WRITE,
        "Add tags to notes",
        THE_NOTES,
        req("tags", TAGS, "the tags", rest=True),
        opt("add", BOOL, "false removes them", True),
        subject="notes",
        hands_on=True,
        undo="removeTags from the notes that did not have them",
        differs="a tag that is new stays on the list of tags",
        quirk="notes that do not exist are ignored; the same note twice fails; a tag that is known "
        "in another case is taken in that case",
        examples=("find deck:Inbox | addTags sorted", "find is:due | addTags today source::book"),
    ),
    tag(
        "removeTags",
        WRITE,
        "Remove tags from notes",
        THE_NOTES,
        req("tags", TAGS, "the tags", rest=True),
        subject="notes",
        hands_on=True,
        undo="addTags to the notes that had them",
        differs="a tag that was spelled otherwise than in the list of tags is spelled as there",
        quirk="notes that do not exist are ignored; the tags below a tag stay, and * is no "
        "placeholder",
        examples=("find tag:marked | removeTags marked",),
    ),
    tag(
        "updateNoteTags",
        WRITE,
        "Give a note these tags and no others",
        req("note", NOTE, "the note"),
        req("tags", list_of(TAG), "all the tags it is to have"),
        subject="note",
        hands_on=True,
        undo="updateNoteTags with the earlier tags",
        differs="a tag that is new stays on the list of tags",
        quirk="slow, since it takes each tag away and adds each by itself; for many notes use "
        "addTags and removeTags",
        examples=("findNotes tag:marked | first | updateNoteTags [verb, source::book]",),
    ),
    tag(
        "replaceTags",
        WRITE,
        "Put a tag in the place of another one, in the notes that have it",
        THE_NOTES,
        req("tag_to_replace", TAG, "the tag that goes; its case does not matter"),
        req("replace_with_tag", TAGS, "the tag that comes; a space makes two"),
        subject="notes",
        hands_on=True,
        undo="addTags and removeTags for the notes that had it",
        differs="a tag that is new stays on the list of tags, and a tag that was spelled "
        "otherwise than in the list of tags is spelled as there",
        quirk="notes that do not exist are ignored",
        examples=("find deck:Spanish | replaceTags verb grammar::verb",),
    ),
    tag(
        "replaceTagsInAllNotes",
        WRITE,
        "Put a tag in the place of another one, in every note",
        req("tag_to_replace", TAG, "the tag that goes"),
        req("replace_with_tag", TAGS, "the tag that comes; a space makes two"),
        undo="addTags and removeTags for the notes that had it",
        differs="a tag that is new stays on the list of tags, and a tag that was spelled "
        "otherwise than in the list of tags is spelled as there",
        quirk="reads every note: a second for 100,000",
        examples=("replaceTagsInAllNotes verb grammar::verb",),
    ),
    tag(
        "clearUnusedTags",
        DESTRUCTIVE,
        "Forget the tags that no note has",
        undo="addTags to no note, which lists them again",
        differs="a tag that was unfolded is folded in",
        examples=("clearUnusedTags",),
    ),
)
