"""The records that actions take and give, with the keys that the recorded exchanges show."""

from __future__ import annotations

from ankish.catalog.actions.table import has, may
from ankish.catalog.types import (
    ACTION,
    ANY,
    BOOL,
    CARD,
    CARDS,
    DECK,
    FIELD,
    FLOAT,
    INT,
    MEDIA,
    MODEL,
    NOTE,
    NOTES,
    PATH,
    PROFILE,
    RECORD,
    TAG,
    TEMPLATE,
    TEXT,
    Type,
    int_from,
    list_of,
    map_of,
    one_of,
    record_of,
)

# Notes, as they are given to Anki.

FIELDS = map_of(TEXT, "field")
"""Field names with their contents."""

MEDIA_OBJECT = record_of(
    has("filename", TEXT, "the name to store it under"),
    may("data", TEXT, "the contents in base64"),
    may("path", PATH, "a file on the machine that Anki runs on"),
    may("url", TEXT, "where Anki downloads it from"),
    may("fields", list_of(FIELD), "the fields it is appended to"),
    may("skipHash", TEXT, "MD5 of contents that are not to be stored"),
    may("deleteExisting", BOOL, "whether it replaces a file of that name (true if left out)"),
)
"""A file to store and to append to fields; one of `data`, `path` and `url` says what is in it."""

MEDIA_KEYS = (
    may("audio", list_of(MEDIA_OBJECT), "sound files; a single record will do"),
    may("video", list_of(MEDIA_OBJECT), "video files; a single record will do"),
    may("picture", list_of(MEDIA_OBJECT), "images; a single record will do"),
)

DUPLICATE_SCOPE = record_of(
    may("deckName", DECK, "the deck to look for duplicates in, instead of the note's own"),
    may("checkChildren", BOOL, "whether its subdecks count too (false if left out)"),
    may("checkAllModels", BOOL, "whether other note types count too (false if left out)"),
)

NOTE_OPTIONS = record_of(
    may("allowDuplicate", BOOL, "add it even if there is one like it (false if left out)"),
    may("duplicateScope", one_of("deck", "collection"), "where to look for duplicates"),
    may("duplicateScopeOptions", DUPLICATE_SCOPE, "more about where to look for duplicates"),
)

NOTE_OBJECT = record_of(
    has("deckName", DECK, "the deck that its cards go to"),
    has("modelName", MODEL, "its note type"),
    has("fields", FIELDS, "its fields; those left out stay empty"),
    may("tags", list_of(TAG), "its tags"),
    may("options", NOTE_OPTIONS, "what counts as a duplicate"),
    *MEDIA_KEYS,
)
"""A note to add. Texts only: a number in a field is refused."""

NOTE_DRAFT = record_of(
    may("deckName", DECK, "the deck to choose"),
    may("modelName", MODEL, "the note type to choose"),
    may("fields", FIELDS, "texts for its fields"),
    may("tags", list_of(TAG), "its tags"),
)
"""What the Add dialog is filled with, as far as it is given."""

NOTE_FIELDS = record_of(
    has("id", NOTE, "the note"),
    has("fields", FIELDS, "the fields to change; the others stay"),
    *MEDIA_KEYS,
)
NOTE_CHANGE = record_of(
    has("id", NOTE, "the note"),
    may("fields", FIELDS, "the fields to change; the others stay"),
    may("tags", list_of(TAG), "all the tags it is to have"),
    *MEDIA_KEYS,
)
NOTE_REMODEL = record_of(
    has("id", NOTE, "the note"),
    has("modelName", MODEL, "the note type it is to have"),
    has("fields", FIELDS, "its fields in that note type; those left out become empty"),
    has("tags", list_of(TAG), "all the tags it is to have"),
)

# Notes and cards, as they are reported.

FIELD_VALUE = record_of(
    has("value", TEXT, "its contents, as HTML"),
    has("order", INT, "its place in the note type, from 0"),
)
FIELD_VALUES = map_of(FIELD_VALUE, "field")

CAN_ADD = record_of(
    has("canAdd", BOOL, "whether it could be added"),
    may("error", TEXT, "why it could not"),
)

NOTE_INFO = record_of(
    has("noteId", NOTE, "the note"),
    may("profile", PROFILE, "the profile it was read from"),
    has("tags", list_of(TAG), "its tags"),
    has("fields", FIELD_VALUES, "its fields"),
    has("modelName", MODEL, "its note type"),
    may("mod", INT, "when it was last changed, in Unix seconds"),
    has("cards", CARDS, "its cards, in the order of the templates"),
)
NOTE_MOD = record_of(
    has("noteId", NOTE, "the note"),
    has("mod", INT, "when it was last changed, in Unix seconds"),
)

CARD_INFO = record_of(
    has("cardId", CARD, "the card"),
    has("fields", FIELD_VALUES, "the fields of its note"),
    has("fieldOrder", INT, "its template's place, from 0"),
    has("question", TEXT, "its front as HTML, styling first"),
    has("answer", TEXT, "its back as HTML, styling first"),
    has("modelName", MODEL, "the type of its note"),
    has("ord", INT, "its template's place, from 0"),
    has("deckName", DECK, "its deck"),
    has("css", TEXT, "the styling of its note type"),
    has("factor", INT, "ease in permille (2500 is 250%), 0 if it is new"),
    has("interval", INT, "days from one review to the next"),
    has("note", NOTE, "its note"),
    has("type", INT, "0 new, 1 learning, 2 review, 3 relearning"),
    has("queue", INT, "0 new, 1 learning, 2 review, 3 day learning, -1 suspended, -2 -3 buried"),
    has("due", INT, "position if new, Unix seconds if learning, else day of the collection"),
    has("reps", INT, "how often it was reviewed"),
    has("lapses", INT, "how often it was forgotten"),
    has("left", INT, "learning steps left, as Anki counts them"),
    has("mod", INT, "when it was last changed, in Unix seconds"),
    may("nextReviews", list_of(TEXT), "when each answer would show it again, as Anki words it"),
    may("flags", INT, "the number of its flag, 0 for none"),
)
CARD_MOD = record_of(
    has("cardId", CARD, "the card"),
    has("mod", INT, "when it was last changed, in Unix seconds"),
)
CURRENT_CARD = record_of(
    has("cardId", CARD, "the card"),
    has("fields", FIELD_VALUES, "the fields of its note"),
    has("fieldOrder", INT, "its template's place, from 0"),
    has("question", TEXT, "its front as HTML, styling first"),
    has("answer", TEXT, "its back as HTML, styling first"),
    has("buttons", list_of(INT), "the answers that can be given"),
    has("nextReviews", list_of(TEXT), "when each answer would show it again, as Anki words it"),
    has("modelName", MODEL, "the type of its note"),
    has("deckName", DECK, "its deck"),
    has("css", TEXT, "the styling of its note type"),
    has("template", TEMPLATE, "its template"),
)

# Scheduling and reviews.

ANSWER = record_of(
    has("cardId", CARD, "the card"),
    has("ease", int_from(1, 4), "1 again, 2 hard, 3 good, 4 easy"),
)
COLUMNS = (
    "did",
    "due",
    "factor",
    "flags",
    "id",
    "ivl",
    "lapses",
    "left",
    "mod",
    "nid",
    "odid",
    "odue",
    "ord",
    "queue",
    "reps",
    "type",
    "usn",
)
"""The columns that setSpecificValueOfCard can store. AnkiConnect takes `data` too, and says
true, but a card of Anki's library has no such value to save (Anki 26.09.3)."""

REVIEW = record_of(
    has("id", INT, "when it was answered, in Unix milliseconds"),
    has("usn", INT, "Anki's number for syncing, -1 if not synced yet"),
    has("ease", INT, "the answer: 1 again, 2 hard, 3 good, 4 easy"),
    has("ivl", INT, "the interval it got: days, or seconds if negative"),
    has("lastIvl", INT, "the interval before: days, or seconds if negative"),
    has("factor", INT, "the ease it got, in permille"),
    has("time", INT, "how long the answer took, in milliseconds"),
    has("type", INT, "0 learning, 1 review, 2 relearning, 3 filtered, 4 set by hand"),
)
REVIEW_ROW = list_of(INT)
"""A review as nine integers: time in ms, card, usn, answer, interval, interval before,
ease, duration in ms, type."""

DECK_STATS = record_of(
    has("deck_id", INT, "the deck's id"),
    has("name", TEXT, "its name"),
    has("new_count", INT, "new cards today, with its subdecks and within the daily limit"),
    has("learn_count", INT, "cards in learning today, with its subdecks"),
    has("review_count", INT, "reviews today, with its subdecks and within the daily limit"),
    has("total_in_deck", INT, "cards in the deck itself"),
)
DECK_CONFIG = Type(
    "record",
    of=ANY,
    keys=(
        has("id", INT, "the preset's id"),
        may("name", TEXT, "its name"),
        may("mod", INT, "when it was last changed, in Unix seconds"),
        may("usn", INT, "Anki's number for syncing"),
        may("new", RECORD, "new cards: perDay, delays, ints, initialFactor …"),
        may("rev", RECORD, "reviews: perDay, maxIvl, ease4, ivlFct …"),
        may("lapse", RECORD, "lapses: leechFails, leechAction, delays, minInt, mult"),
        may("maxTaken", INT, "seconds after which an answer's clock stops"),
        may("timer", INT, "1 shows the clock"),
        may("autoplay", BOOL, "plays sounds by itself"),
        may("replayq", BOOL, "plays the question's sounds with the answer's"),
        may("dyn", BOOL, "whether it belongs to a filtered deck"),
        may("desiredRetention", FLOAT, "what FSRS aims at, 0 to 1"),
    ),
)
"""A preset of deck options. Which other keys there are depends on Anki's version."""

FSRS = record_of(
    has("enabled", BOOL, "whether FSRS is on, for the whole collection"),
    has("preset", TEXT, "the name of the deck's preset"),
    has("parameters", list_of(FLOAT), "empty if they are Anki's defaults"),
    has("desiredRetention", FLOAT, "what FSRS aims at, 0 to 1"),
)

# Checks of the collection, by the engine's own actions.

DUPLICATES = record_of(
    has("value", TEXT, "the text that they share, without HTML"),
    has("notes", NOTES, "the notes that have it"),
)
EMPTY_CARDS = record_of(
    has("note", NOTE, "the note"),
    has("cards", CARDS, "its cards with nothing on the front"),
    has("allEmpty", BOOL, "whether it has no others"),
)
MEDIA_CHECK = record_of(
    has("unused", list_of(MEDIA), "files that no note uses"),
    has("missing", list_of(TEXT), "files that notes use and that are not there"),
    has("missingIn", NOTES, "the notes that use the missing ones"),
)

# States, as the engine reads them and puts them back.

STATE_WANTED = record_of(
    may("notes", NOTES, "notes with all their cards"),
    may("notesOf", CARDS, "the notes of these cards, with all their cards"),
    may("noteIds", NOTES, "notes without their cards"),
    may("cards", CARDS, "cards"),
    may("cardsOf", list_of(list_of(TEXT)), "the cards of templates, each a note type and a name"),
    may("inDecks", list_of(DECK), "the cards in decks and below them, with their notes"),
    may("logs", CARDS, "where the review logs of cards end"),
    may("reviews", list_of(INT), "reviews, by their times in milliseconds"),
    may("reviewsOf", CARDS, "all reviews of cards"),
    may("decks", list_of(DECK), "decks, with those above and below them"),
    may("decksOf", CARDS, "the decks that cards are in, with those above them"),
    may("deckIds", list_of(INT), "decks"),
    may("presets", list_of(INT), "presets, with the decks that use them"),
    may("models", list_of(MODEL), "note types"),
    may("modelIds", list_of(INT), "note types"),
    may(
        "contents",
        list_of(list_of(ANY)),
        "what is in fields, each a note type (or its id) and a name",
    ),
    may(
        "lostWith",
        list_of(list_of(ANY)),
        "what a note type loses that keeps some of its fields and templates: its id, the names "
        "of these fields, and of these templates",
    ),
    may("decomposed", list_of(MODEL), "notes with accents that are letters of their own"),
    may("tags", list_of(TAG), "tags"),
    may("media", list_of(TEXT), "media files"),
    may(
        "changedBy",
        list_of(list_of(ANY)),
        "what importPackage or checkMedia would change, each with its parameters; it is tried on "
        "a copy",
    ),
    may("foreseen", list_of(RECORD), "what was told under this name before"),
    may(
        "everything",
        list_of(one_of("notes", "decks", "presets", "models", "tags", "media")),
        "all of these",
    ),
)
STATE = record_of(
    may("notes", map_of(RECORD, "note"), "type, tags and fields, by note"),
    may("cards", map_of(RECORD, "card"), "all columns, by card"),
    may("logs", map_of(INT, "card"), "the last review of each card, 0 for none"),
    may("reviews", map_of(RECORD, "review"), "lines of the review log, by their times"),
    may("decks", map_of(RECORD, "deck"), "name, settings and counts of today, by id"),
    may("presets", map_of(RECORD, "preset"), "name and options, by id"),
    may("models", map_of(RECORD, "model"), "name, fields, templates and styling, by id"),
    may("contents", map_of(map_of(TEXT, "note"), "field"), "what is in fields, by note"),
    may("tags", map_of(BOOL, "tag"), "whether a tag is folded in, by name"),
    may("media", map_of(TEXT, "file"), "a digest of what a file holds, by its name"),
    may("foreseen", RECORD, "what `changedBy` has found, as lists of ids"),
)
"""Tables of records by id. Times of change are no part of a state."""
STATE_GONE = record_of(
    may("notes", NOTES, "notes, with all their cards"),
    may("cards", CARDS, "cards"),
    may("reviews", list_of(INT), "lines of the review log"),
    may("decks", list_of(INT), "decks that hold nothing"),
    may("presets", list_of(INT), "presets that no deck uses"),
    may("models", list_of(INT), "note types without notes"),
    may("tags", list_of(TAG), "tags that no note has"),
    may("media", list_of(TEXT), "media files, which go to Anki's trash"),
)

# Note types.

TEMPLATE_OBJECT = record_of(
    has("Name", TEXT, "the template's name"),
    has("Front", TEXT, "the front, as HTML"),
    has("Back", TEXT, "the back, as HTML"),
)
NEW_TEMPLATE = record_of(
    may("Name", TEXT, 'the template\'s name ("Card 1", "Card 2" … if left out)'),
    has("Front", TEXT, "the front, as HTML"),
    has("Back", TEXT, "the back, as HTML"),
)
SIDES = record_of(
    has("Front", TEXT, "the front, as HTML"),
    has("Back", TEXT, "the back, as HTML"),
)
SOME_SIDES = record_of(
    may("Front", TEXT, "the new front; an empty one is ignored"),
    may("Back", TEXT, "the new back; an empty one is ignored"),
)
MODEL_TEMPLATES = record_of(
    has("name", MODEL, "the note type"),
    has("templates", map_of(SOME_SIDES, "template"), "the templates to change, by name"),
)
MODEL_STYLING = record_of(
    has("name", MODEL, "the note type"),
    has("css", TEXT, "all of its styling"),
)
FONT = record_of(
    has("font", TEXT, "the font's name"),
    has("size", INT, "its size"),
)
STYLING = record_of(has("css", TEXT, "the styling"))

MODEL_TEMPLATE = record_of(
    has("name", TEMPLATE, "the template"),
    has("ord", INT, "its place, from 0"),
    has("qfmt", TEXT, "the front, as HTML"),
    has("afmt", TEXT, "the back, as HTML"),
    has("bqfmt", TEXT, "the front as the browser shows it, if otherwise"),
    has("bafmt", TEXT, "the back as the browser shows it, if otherwise"),
    has("did", INT, "the deck that its cards go to, or null"),
    has("bfont", TEXT, "the browser's font"),
    has("bsize", INT, "the browser's font size"),
    may("id", INT, "the template's id"),
)
MODEL_FIELD = record_of(
    has("name", FIELD, "the field"),
    has("ord", INT, "its place, from 0"),
    has("sticky", BOOL, "kept when the next note is added"),
    has("rtl", BOOL, "written from right to left"),
    has("font", TEXT, "the editor's font"),
    has("size", INT, "the editor's font size"),
    may("description", TEXT, "what the editor shows while it is empty"),
    may("plainText", BOOL, "edited as HTML source"),
    may("collapsed", BOOL, "folded in the editor"),
    may("excludeFromSearch", BOOL, "left out of searches that name no field"),
    may("id", INT, "the field's id"),
    may("tag", INT, "what the field is for, in note types that Anki ships with, or null"),
    may("preventDeletion", BOOL, "can't be deleted"),
)
MODEL_OBJECT = record_of(
    has("id", INT, "the note type's id"),
    has("name", MODEL, "its name"),
    has("type", INT, "0 standard, 1 cloze"),
    has("mod", INT, "when it was last changed, in Unix seconds"),
    has("usn", INT, "Anki's number for syncing"),
    has("sortf", INT, "the place of the field that the browser sorts by"),
    has("did", INT, "the deck its notes were last added to, or null"),
    has("tmpls", list_of(MODEL_TEMPLATE), "its templates"),
    has("flds", list_of(MODEL_FIELD), "its fields"),
    has("css", TEXT, "its styling"),
    has("latexPre", TEXT, "LaTeX before a field's own"),
    has("latexPost", TEXT, "LaTeX after a field's own"),
    may("latexsvg", BOOL, "LaTeX as SVG"),
    may("req", list_of(ANY), "which fields each template needs for a card"),
    may("originalStockKind", INT, "which of Anki's own note types it comes from"),
)

# The API itself, and Anki's window.

REQUEST = record_of(
    has("action", ACTION, "the action"),
    may("version", INT, "how it answers; 6 unless there is a reason"),
    may("params", RECORD, "its parameters"),
    may("key", TEXT, "the API key, if there is one"),
)
PERMISSION = record_of(
    has("permission", one_of("granted", "denied"), "whether AnkiConnect may be used"),
    may("requireApikey", BOOL, "whether it asks for a key"),
    may("version", INT, "the version of the API"),
)
REFLECTION = record_of(
    has("scopes", list_of(TEXT), "the scopes that were asked for and are known"),
    may("actions", list_of(ACTION), "the actions"),
)
REORDER = record_of(
    has("order", one_of("ascending", "descending"), "which way"),
    has("columnId", TEXT, "a column that the browser shows, by Anki's name for it: noteFld …"),
)
