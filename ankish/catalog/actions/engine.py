"""Actions that only the embedded engine answers; AnkiConnect has none of them.

Their names and defaults are those of the functions in `anki/engine/extra_*.py` and
`anki/engine/sync.py`.
"""

from __future__ import annotations

from ankish.catalog.actions.shapes import (
    DUPLICATES,
    EMPTY_CARDS,
    FSRS,
    MEDIA_CHECK,
    STATE,
    STATE_GONE,
    STATE_WANTED,
)
from ankish.catalog.actions.table import (
    DESTRUCTIVE,
    EXTERNAL,
    PUT_STATE,
    READ,
    WRITE,
    Family,
    opt,
    req,
)
from ankish.catalog.model import Command, Side
from ankish.catalog.types import (
    BOOL,
    CARD,
    CARDS,
    DECK,
    FIELD,
    INT,
    NOTES,
    PATH,
    QUERY,
    TEXT,
    int_from,
    list_of,
    one_of,
)

engine = Family("engine", Side.ENGINE)
THE_CARDS = req("cards", CARDS, "the cards")
THE_FILTERED_DECK = req("deck", DECK, "the filtered deck")
POSITION = int_from(0, 1_000_000)

UNKNOWN_CARD = "one card that does not exist fails the whole request"

FILTERED_ORDERS = (
    "oldestReviewedFirst",
    "random",
    "intervalsAscending",
    "intervalsDescending",
    "lapses",
    "added",
    "due",
    "reverseAdded",
    "retrievabilityAscending",
    "retrievabilityDescending",
    "relativeOverdueness",
)
"""Which cards come first into a filtered deck: Anki's own orders."""

ACTIONS: tuple[Command, ...] = (
    # Cards. Those that hand on give up the number of cards that were not so already.
    engine(
        "buryCards",
        WRITE,
        "Bury cards: they are not shown until tomorrow",
        THE_CARDS,
        subject="cards",
        result=INT,
        hands_on=True,
        undo=PUT_STATE,
        quirk=f"suspended cards stay suspended; {UNKNOWN_CARD}",
        examples=("find deck:Spanish tag:verb is:due | buryCards",),
    ),
    engine(
        "burySiblings",
        WRITE,
        "Bury the other cards of the notes of cards, and give their number",
        THE_CARDS,
        subject="cards",
        result=INT,
        undo=PUT_STATE,
        quirk=f"siblings that are among the cards themselves stay; {UNKNOWN_CARD}",
        examples=("find deck:Japanese is:due card:1 | burySiblings",),
    ),
    engine(
        "unburyCards",
        WRITE,
        "Unbury cards: they are shown again today",
        THE_CARDS,
        subject="cards",
        result=INT,
        hands_on=True,
        undo=PUT_STATE,
        quirk=f"cards that are not buried are left as they are; {UNKNOWN_CARD}",
        examples=("find is:buried | unburyCards",),
    ),
    engine(
        "setFlag",
        WRITE,
        "Give cards a flag, or take it away",
        THE_CARDS,
        req(
            "flag",
            int_from(0, 7),
            "0 none, 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple",
        ),
        subject="cards",
        result=INT,
        hands_on=True,
        undo=PUT_STATE,
        quirk=UNKNOWN_CARD,
        examples=("find tag:leech | setFlag 1 | addTags seen",),
    ),
    engine(
        "repositionNewCards",
        WRITE,
        "Put new cards into the order in which they are given, or into a random one",
        THE_CARDS,
        opt("start", POSITION, "the position of the first note's cards", 1),
        opt("step", POSITION, "how far the next note's cards come behind them", 1),
        opt("shuffle", BOOL, "put the notes into a random order", False),
        opt("shift", BOOL, "move the new cards that are there now further back", False),
        subject="cards",
        result=INT,
        hands_on=True,
        undo=PUT_STATE,
        quirk=f"cards that are not new are passed over; {UNKNOWN_CARD}",
        examples=(
            "find deck:Geography is:new | repositionNewCards --shuffle",
            "find deck:Spanish is:new | sort Front | repositionNewCards start=100 --shift",
        ),
    ),
    engine(
        "copyScheduling",
        DESTRUCTIVE,
        "Give a card the due date, interval, ease, counts and FSRS state of another",
        req("source", CARD, "the card that they are taken from"),
        req("target", CARD, "the card that gets them"),
        opt("reviews", BOOL, "copy the reviews too, which then count twice", False),
        subject="target",
        hands_on=True,
        undo=PUT_STATE,
        quirk="a card in a filtered deck is refused",
        examples=("findCards is:new | first | copyScheduling (findCards is:review | first)",),
    ),
    # Decks.
    engine(
        "getFsrsParameters",
        READ,
        "Show what FSRS uses for a deck",
        req("deck", DECK, "the deck"),
        subject="deck",
        result=FSRS,
        quirk="a filtered deck is refused",
        examples=("getFsrsParameters Spanish",),
    ),
    engine(
        "renameDeck",
        WRITE,
        "Rename a deck, its subdecks along with it, or move it below another",
        req("deck", DECK, "the deck"),
        req("newName", DECK, "its new full name, with :: between the parts", creates=True),
        subject="deck",
        result=DECK,
        undo=PUT_STATE,
        quirk="the name of another deck is refused; parents that are missing are made",
        examples=("renameDeck Geography World::Geography",),
    ),
    engine(
        "createFilteredDeck",
        WRITE,
        "Make a filtered deck of the cards that a search finds",
        req("deck", DECK, "its full name, with :: between the parts", creates=True),
        req("query", QUERY, "what to look for"),
        opt("limit", int_from(1, 99_999), "how many cards it holds at the most", 100),
        opt("order", one_of(*FILTERED_ORDERS), "which cards come first", "random"),
        opt("reschedule", BOOL, "whether answers there change when cards are due", True),
        subject="query",
        result=INT,
        undo="deleteDecks, which sends its cards back to their own decks",
        quirk="refused if nothing is found or the deck exists; suspended and buried cards, and "
        "those of other filtered decks, are not taken",
        examples=(
            "createFilteredDeck Cram is:due",
            "find deck:Spanish prop:lapses>2 | createFilteredDeck Cram limit=20 order=lapses",
        ),
    ),
    engine(
        "rebuildFilteredDeck",
        WRITE,
        "Fill a filtered deck anew, and give the number of its cards",
        THE_FILTERED_DECK,
        subject="deck",
        result=INT,
        undo="emptyFilteredDeck, and putState for the cards that were in it",
        examples=("createFilteredDeck Cram is:due; rebuildFilteredDeck Cram",),
    ),
    engine(
        "emptyFilteredDeck",
        WRITE,
        "Send the cards of a filtered deck back to their own decks, and give their number",
        THE_FILTERED_DECK,
        subject="deck",
        result=INT,
        undo=PUT_STATE,
        examples=("createFilteredDeck Cram is:due; emptyFilteredDeck Cram",),
    ),
    # Notes.
    engine(
        "findAndReplaceInNotes",
        WRITE,
        "Replace a text in fields of notes, and give the number of notes that have changed",
        req("notes", NOTES, "the notes"),
        req("search", TEXT, "the text that goes"),
        req("replacement", TEXT, "the text that comes"),
        opt("field", FIELD, "the only field to look in; all of them if left out"),
        opt("regex", BOOL, "a regular expression of Rust's kind; $1 is its first group", False),
        opt("matchCase", BOOL, "tell upper and lower case apart", True),
        subject="notes",
        result=INT,
        undo=PUT_STATE,
        quirk="a note that does not exist, or a field that none of the notes has, fails the whole "
        "request",
        examples=(
            'find deck:Spanish | findAndReplaceInNotes "&nbsp;" " " field=Front',
            "find deck:Inbox | findAndReplaceInNotes '^(\\w+) +' '$1 ' --regex",
        ),
    ),
    engine(
        "findDuplicateNotes",
        READ,
        "Find notes that have the same text in a field",
        req("field", FIELD, "the field"),
        opt("query", QUERY, "which notes to compare; all of them if it is empty", ""),
        subject="query",
        result=list_of(DUPLICATES),
        quirk="HTML and empty fields do not count; notes of all types that have the field are "
        "compared",
        examples=(
            "findDuplicateNotes Front",
            "find deck:Spanish | findDuplicateNotes Front",
        ),
    ),
    # The collection.
    engine(
        "createBackup",
        EXTERNAL,
        "Write the whole collection to a file (.colpkg), and give its path",
        opt("path", PATH, "the file; a new one in the folder backups if left out", creates=True),
        opt("includeMedia", BOOL, "with the media", False),
        result=PATH,
        why="the file that it writes is outside the collection",
        quirk="a file that exists is refused; what Anki's own undo knew is forgotten",
        examples=("createBackup", 'createBackup "anki.colpkg" --includeMedia'),
    ),
    engine(
        "checkDatabase",
        WRITE,
        "Check the collection, mend what is wrong, and list what that was",
        result=list_of(TEXT),
        why="what it mends are cards and notes that Anki could not use: they are not broken again; "
        "createBackup before it keeps a copy",
        quirk="without a word it also drops tags that no note has, writes a tag the same way in "
        "all notes, and makes accents one letter; what Anki's own undo knew is forgotten",
        source="measured on Anki 26.09.3",
        examples=("checkDatabase",),
    ),
    engine(
        "checkMedia",
        WRITE,
        "List media files that no note uses, and those that notes use and that are missing",
        result=MEDIA_CHECK,
        undo=PUT_STATE,
        quirk="Anki's check also renames files whose names would not do on other systems, and "
        "makes files of pictures that are written into fields",
        source="measured on Anki 26.09.3",
        examples=("checkMedia",),
    ),
    engine(
        "getEmptyCards",
        READ,
        "List cards that have nothing on the front",
        result=list_of(EMPTY_CARDS),
        examples=("getEmptyCards",),
    ),
    engine(
        "deleteEmptyCards",
        DESTRUCTIVE,
        "Delete cards that have nothing on the front, and give their number",
        opt("keepNotes", BOOL, "keep the first card of a note that has only such cards", True),
        result=INT,
        undo=PUT_STATE,
        quirk="without keepNotes, notes that are left without cards go too",
        examples=("deleteEmptyCards",),
    ),
    # States, with which all that was changed can be taken back.
    engine(
        "getState",
        READ,
        "Give all that is kept of notes, cards, decks and more, as putState takes it back",
        req("what", STATE_WANTED, "lists of what is wanted"),
        subject="what",
        result=STATE,
        quirk="what does not exist is left out",
        examples=("getState {notes: (findNotes tag:leech)}", "getState {decks: [Spanish]}"),
    ),
    engine(
        "putState",
        DESTRUCTIVE,
        "Put back what getState has given, under the same ids, and name what had to be left",
        req("state", STATE, "what is to be as it was"),
        opt("gone", STATE_GONE, "what is not to be there"),
        opt("now", STATE, "how it was when it was looked at; an error if it is otherwise by now"),
        subject="state",
        result=list_of(TEXT),
        undo="putState with the state as it was before",
        quirk="all of it is done or nothing; a card whose deck is gone goes to Default; what is "
        "in use is left, such as a deck with cards",
        examples=("getState {notes: (findNotes tag:leech)} | putState",),
    ),
    # Syncing.
    engine(
        "syncLogin",
        EXTERNAL,
        "Log in to AnkiWeb or another sync server, for sync",
        req("username", TEXT, "the user's name there, an email address on AnkiWeb"),
        req("password", TEXT, "the password, which is sent and not kept", secret=True),
        opt("endpoint", TEXT, "the URL of a sync server; AnkiWeb if left out"),
        undo="syncLogout",
        quirk="the login is kept in a file beside the collection that only its owner can read",
        examples=('syncLogin "me@example.com" "password" endpoint="http://127.0.0.1:8080/"',),
    ),
    engine(
        "syncLogout",
        EXTERNAL,
        "Forget the login of syncLogin, and tell whether there was one",
        result=BOOL,
        why="the password was not kept, so that syncLogin has to be given it again",
        quirk="a login of Anki's own is not touched, and is used from then on",
        examples=("syncLogout",),
    ),
)
