"""Messages about values that turn out wrong when a program runs."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

NO_COLUMN = Kind(
    "value::no-column",
    "a row has no column `{name}`",
    label="not in this row",
    help=(
        "a column with a similar name exists: {near}",
        "the columns are {columns}",
        'as a text it stands in quotes: "{text}"',
    ),
    explain="""\
What the rows hold was only known when the program ran. A bare name in a row verb is a column; a
text stands in quotes: `add deck = "Spanish"`.""",
)
NO_COLUMNS = Kind(
    "value::no-columns",
    "{given} has no column `{name}`",
    label="not a row",
    explain="A bare name in a row verb is a column, but what flows in are not rows.",
)
NO_KEY = Kind(
    "value::no-key",
    "{given} has no `{key}`",
    label="not there",
    help="`.{key}?` gives null when it is not there",
    explain="The value has no such key, or the list is shorter.",
)
OPERANDS = Kind(
    "value::operands",
    "`{operator}` can't take {left} and {right}",
    label="when the program ran",
    explain="The types were only known when the program ran, and they don't go together.",
)
BY_ZERO = Kind(
    "value::by-zero",
    "a number is divided by zero",
    label="zero on the right side",
    explain="There is no such number.",
)
TOO_BIG = Kind(
    "value::too-big",
    "a number is too big",
    label="beyond what a number can hold",
    explain="The result can't be represented.",
)
CONDITION = Kind(
    "value::condition",
    "a condition is true or false, but this is {given}",
    label="neither true nor false",
    explain="The type was only known when the program ran.",
)
NOT_A_NUMBER = Kind(
    "value::not-a-number",
    "a number is wanted, but this is {given}",
    label="not a number",
    explain="The type was only known when the program ran.",
)
NOT_A_TEXT = Kind(
    "value::not-a-text",
    "{given} can't be filled into a text",
    label="not a text",
    explain="`${…}` in a text takes texts, numbers, true and false, and lists of these.",
)
NOT_AN_ID = Kind(
    "value::not-an-id",
    "{given} is not the id of a card or a note",
    label="ids are whole numbers",
    explain="Ids are whole numbers. Anything else is never sent to Anki.",
)
NOT_ONE = Kind(
    "value::not-one",
    "one card or note is wanted, but there are {count}",
    label="{count} of them",
    explain="The parameter takes one id, so a search has to find exactly one.",
)
ARGUMENT = Kind(
    "value::argument",
    "{function} wants {wanted} for {name}",
    label="when the program ran",
    explain="The type was only known when the program ran.",
)
PARAMETER = Kind(
    "value::parameter",
    "{command} wants {wanted} for {name}, but it was given {given}",
    label="when the program ran",
    note="{command} did nothing",
    explain="""\
What files and answers hold is only known when the program runs. It is held against what the
parameter takes before anything is sent.""",
)
KEY_MISSING = Kind(
    "value::key-missing",
    "{command} wants `{key}` in {name}",
    label="not in this record",
    note="{command} did nothing",
    explain="A record lacks a key that it has to have. `help COMMAND` lists the keys.",
)
KEY = Kind(
    "value::key",
    "{command} knows no `{key}` in {name}",
    label="in this record",
    help="a key with a similar name exists: {near}",
    note="{command} did nothing",
    explain="AnkiConnect ignores a key that it does not know, so what it says would be lost.",
)
CHOICE = Kind(
    "value::choice",
    '{name} can\'t be "{given}"',
    label="when the program ran",
    help="it is {choices}",
    note="{command} did nothing",
    explain="The parameter takes one of a few words.",
)
FORM = Kind(
    "value::form",
    '{name} can\'t be "{given}"',
    label="it is {form}",
    note="{command} did nothing",
    explain="The parameter takes texts of one form; `help COMMAND` shows it.",
)
RANGE = Kind(
    "value::range",
    "{name} can't be {given}",
    label="it is {limits}",
    note="{command} did nothing",
    explain="The parameter takes numbers within limits; `help COMMAND` shows them.",
)
REGEX = Kind(
    "value::regex",
    "the regular expression is not sound: {reason}",
    label="{reason}",
    explain="Regular expressions are Python's.",
)
SLOW = Kind(
    "value::slow-regex",
    "the regular expression takes too long on a text of {length:,} characters",
    label="stopped here",
    help="a repetition in a repetition, such as (a+)+, reads a text in too many ways: write a+",
    explain="""\
Some regular expressions try more ways to read a text than can be counted, though the text is
short. ankish stops them after a few seconds. Most often something that is repeated is in something
that is repeated, or two alternatives can read the same.""",
)
UNREADABLE = Kind(
    "value::unreadable",
    "{function} can't read {given}",
    label="when the program ran",
    explain="The text is not a number, or the value has no length.",
)
NOT_A_TIME = Kind(
    "value::not-a-time",
    "{given} is neither a day nor a moment",
    label="when the program ran",
    help='a time is written "2026-11-24" or "2026-11-24T09:30"; ids of notes are times as well',
    explain="""\
A time is a text in ISO 8601, or a number of seconds or milliseconds since 1970, such as the id
of a note or of a review. `due` of a review card is no time: it counts days from the first day
of the collection.""",
)
NOT_A_LIST = Kind(
    "value::not-a-list",
    "{verb} works on several items, but it was given {given}",
    label="not a list",
    help="{values}",
    explain="The type was only known when the program ran.",
)
NO_RECORD = Kind(
    "value::no-record",
    "values takes a record apart, but it was given {given}",
    label="not a record",
    explain="The type was only known when the program ran.",
)
UNORDERED = Kind(
    "value::unordered",
    "{left} and {right} have no order",
    label="sorted by this",
    explain="`sort` puts numbers or texts in order, not a mixture of both.",
)
EMPTY_NAME = Kind(
    "value::empty-name",
    "{action} was given an empty text for {name}",
    label="computed here",
    note="nothing was sent",
    explain="""\
A name is never empty. AnkiConnect takes an empty one for something else: a new deck called
`blank`, or the whole media folder.""",
)
NOT_A_RECORD = Kind(
    "value::not-a-record",
    "parameters are a record, but this is {given}",
    label="not a record",
    explain="`call NAME params` wants a record with the action's parameters.",
)
NO_FIELD = Kind(
    "value::no-field",
    "note {note} has no field `{name}`",
    label="set for every note that was found",
    help='find only notes that have it: "{name}:*"',
    note="nothing was changed",
    explain="""\
`set` changes a field of every note that flows in. AnkiConnect would ignore a field that a note
type lacks, so such notes are refused before anything is sent.""",
)
NO_DECK = Kind(
    "value::no-deck",
    'no deck is named "{name}"',
    label="computed here",
    help=("a deck with a similar name exists: {near}", "to make it: {create}"),
    explain="Anki makes a deck of any name it is given; ankish makes sure that it exists.",
)
FAILED = Kind(
    "value::fail",
    "{message}",
    label="the program stops here",
    explain="The program itself says `fail`.",
)
TOO_LONG = Kind(
    "value::too-long",
    "{what} is too long",
    label="when the program ran",
    note=("{size:,} {unit}", "at most {most:,} {unit}"),
    explain="""\
Texts have 50 million characters at the most, lists 5 million items, and `each` does its block for
a million items: what is longer is more likely a mistake than a wish, and would fill the memory.""",
)
TOO_MANY = Kind(
    "value::many",
    "{function} would give {count:,} numbers",
    help="at most 100,000 are given",
    explain="A longer list of numbers is more likely a mistake than a wish, and would fill the "
    "memory.",
)
