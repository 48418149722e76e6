"""Messages about requests that AnkiConnect would take for something else than was meant."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

_NOTHING = "the request was not sent"

FOLDER = Kind(
    "guard::folder",
    '{action} wants the name of a file for {name}, and "{given}" is a folder',
    label="no file is called that",
    note=_NOTHING,
    explain="""\
AnkiConnect takes what stands behind the last slash for the name of a media file. If nothing does,
that is the media folder itself: it moves the whole folder into the trash, with every sound and
image of the collection.""",
)
NO_CONTENTS = Kind(
    "guard::no-contents",
    "{action} is not told what is in the file {file}",
    label="none of data, path and url",
    help="`data` is its contents in base64, `path` a file on Anki's machine, `url` a web address",
    note=_NOTHING,
    explain="""\
A file that comes with a note needs one of `data`, `path` and `url`. AnkiConnect adds the note
without it all the same, and writes the words of its error into the field.""",
)
NOT_BASE64 = Kind(
    "guard::not-base64",
    "{action} is given a text for the contents of {file} that is no base64",
    label="contents in base64",
    note=_NOTHING,
    explain="""\
`data` is what a file holds, in base64. With anything else AnkiConnect stores no file, or part of
one, and writes the words of its error into the field of a note.""",
)
NO_FILE = Kind(
    "guard::no-file",
    "there is no file {path} to be stored as {file}",
    label="not there",
    note=_NOTHING,
    explain="""\
`path` is a file on the machine that Anki runs on. Where it can't be read, AnkiConnect adds the note
all the same, and writes the words of its error into the field. ankish looks first if Anki runs on
this machine.""",
)
WRONG_TYPE = Kind(
    "guard::type",
    "{action} wants {wanted} for {name}, but it was given {given}",
    label="not {wanted}",
    note=_NOTHING,
    explain="""\
`call` sends what it is given, but for what is known to do harm. AnkiConnect writes ids into SQL as
they come, so that a text in their place may mean every note there is; it makes a deck of each
letter of a text that stands where a list of decks should, and loses a field when its new place is
a text.""",
)
TWICE = Kind(
    "guard::twice",
    "{action} is given {item} twice in {name}",
    label="one of them is too many",
    note=_NOTHING,
    explain="Anki refuses the whole request when the same note stands in it twice.",
)
TAGS_LOST = Kind(
    "guard::tags",
    "{action} without `tags` would take all tags off the note",
    label="no tags here",
    help="give `tags`; an empty list says that the note is to have none",
    note=_NOTHING,
    explain="""\
AnkiConnect's updateNoteModel takes tags that are left out for none, and removes those that the note
has.""",
)
DECK_NAME = Kind(
    "guard::deck-name",
    '"{given}" is no name that a deck can have',
    label='Anki would call it "{made}"',
    note=_NOTHING,
    explain="""\
Anki takes blanks off both ends of each part of a deck's name, drops control characters, and calls a
part that is empty then `blank`. The deck would have another name than the one it is asked for by,
and could not be found by it.""",
)
FIELD_NAME = Kind(
    "guard::field-name",
    "{given!r} is no name that a field can have",
    label='Anki would call it "{made}"',
    help="a field's name holds none of : {{ }} \", and does not begin with # ^ or /",
    note=_NOTHING,
    explain="""\
Anki takes colons, braces and quotes out of the name of a field, since templates are written with
them, the signs # ^ / off its beginning, and blanks off both ends. The field would have another name
than the one it is asked for by.""",
)
FIELD_THERE = Kind(
    "guard::field-there",
    "the note type {model} has a field {name} already",
    label="taken",
    note=_NOTHING,
    explain="""\
Upper and lower case don't tell fields apart. Of a name that is taken Anki makes another one, with
a + behind it, without a word.""",
)
TOO_FEW_EASES = Kind(
    "guard::eases",
    "setEaseFactors is given {eases} of {cards} eases: each card needs its own",
    label="too few",
    help="in permille, one for each card in its order: [2500, 2500]",
    note=_NOTHING,
    explain="""\
AnkiConnect takes the first ease for the first card and so on, and fails half way where there are
fewer eases than cards.""",
)
REVIEW = Kind(
    "guard::review",
    "{name} of {action} is not nine whole numbers",
    label="not a line of the review log",
    help="time in ms, card, -1, answer, interval, interval before, ease, duration in ms, type",
    note=_NOTHING,
    explain="""\
A line of the review log is nine whole numbers, which AnkiConnect writes into SQL as they come.""",
)
FILTERED = Kind(
    "guard::filtered",
    "{deck} is a filtered deck, and cards can't be moved into it",
    label="no card stays there",
    help="a filtered deck takes its cards by its own search: rebuildFilteredDeck, or Anki's window",
    note=_NOTHING,
    explain="""\
AnkiConnect moves cards into a filtered deck without a word, and then they belong to no other deck:
when the filtered deck is deleted, they are in none.""",
)
TEMPLATE_THERE = Kind(
    "guard::template",
    "the note type {model} has a template {name} already",
    label="it would not be changed",
    help="updateModelTemplates changes it",
    note=_NOTHING,
    explain="""\
AnkiConnect's modelTemplateAdd says that all is well when a template of that name is there, shows
the new text for a while, and saves nothing.""",
)
FIELD = Kind(
    "guard::field",
    "note {note} has no field `{name}`",
    label="Anki would pass over it",
    help="a field with a similar name exists: {near}",
    note=_NOTHING,
    explain="""\
AnkiConnect passes over fields that a note does not have without a word. Upper and lower case count
when fields are changed.""",
)
