"""Messages about values that don't fit where they stand."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

INPUT = Kind(
    "type::input",
    "{command} {doing}, but it was given {given}",
    label="needs {needs}",
    help=("{start}", "{widen}"),
    explain="""\
What flows through the pipe has to be what the next command works on. A search becomes cards or
notes as needed, cards become notes; notes become cards only by `| cards`, since that widens.""",
)
ARGUMENT = Kind(
    "type::argument",
    "{command} wants {wanted} for {name}, but it was given {given}",
    label="needs {wanted}",
    help="{help}",
    note="{signature}: {doc}",
    explain="Each parameter has a type; `help COMMAND` shows them.",
)
ITEM = Kind(
    "type::item",
    "{wanted} is wanted here, but this is {given}",
    label="this is {given}",
    explain="The items of a list and the values of a record have to be of the type that is wanted.",
)
OPERANDS = Kind(
    "type::operands",
    "`{operator}` can't take {left} and {right}",
    label="{needs}",
    help="{help}",
    explain="""\
Numbers go with numbers and texts with texts. Fields of notes are texts, whatever they hold:
`int(Field)` makes a number of one.""",
)
CONDITION = Kind(
    "type::condition",
    "a condition is true or false, but this is {given}",
    label="this is {given}",
    help="compare it with something: {example}",
    explain="`if` and `where`, `and`, `or` and `not` want something that is true or false.",
)
FUNCTION = Kind(
    "type::function",
    "{function} wants {wanted} for {name}, but it was given {given}",
    label="this is {given}",
    help="{help}",
    note="{signature}: {doc}",
    explain="Each parameter of a function has a type; `help functions` shows them.",
)
ROWS = Kind(
    "type::rows",
    "{verb} works on rows, but it was given {given}",
    label="needs cards, notes or a table",
    help=("{values}", "start from find, or from an action that gives a table"),
    explain="Row verbs look at columns, so what flows in has to have some.",
)
NOT_NOTES = Kind(
    "type::not-notes",
    "set changes fields of notes, but it was given {given}",
    label="needs notes",
    help="start from find, or put | notes before it",
    explain="Fields belong to notes. A search becomes notes by itself, cards by `| notes`.",
)
CHART = Kind(
    "type::chart",
    "chart draws numbers, but this is {given}",
    label="this is {given}",
    help="name a column of numbers: chart count deck",
    explain="""\
The first argument of `chart` is a column of numbers. A list of numbers needs none, and neither does
a table with a single column of numbers, as `group` makes it.""",
)
PLAIN_TABLE = Kind(
    "type::plain-table",
    "{command} works on tables, but it was given {given}",
    label="needs a table",
    help="select makes a table of cards or notes, and so does | rows",
    explain="""\
Cards and notes as rows have the columns that are used, so there is none to take away or to
rename. A table has the columns that it has.""",
)
KEY_NAME = Kind(
    "type::key-name",
    "the key is the name of a field",
    label="not a name",
    help="key = Front",
    explain="""\
`upsert key = Front` looks for the note whose field Front holds what the row sets it to. The
field is the same for all rows, so it is a name and not computed.""",
)
LIST = Kind(
    "type::list",
    "{command} works on several items, but it was given {given}",
    label="needs a list, a table, cards or notes",
    help="{values}",
    explain="The command goes through items one by one, so there have to be some.",
)
NO_KEY = Kind(
    "type::no-key",
    '{given} has no "{key}"',
    label="not there",
    help="a key with a similar name exists: {near}",
    explain="`.key` takes a value out of a record, or by number out of a list.",
)
AGGREGATE = Kind(
    "type::aggregate",
    "{command} adds up numbers, but this is {given}",
    label="this is {given}",
    help="name a column of numbers: {command} interval",
    explain="`sum` and `avg` work on a list of numbers, or on a column of numbers of rows.",
)
SELECT = Kind(
    "type::select",
    "select takes names of columns",
    label="not a name",
    help="derive makes a column of an expression: derive name = …",
    explain="`select Front, lapses` keeps columns; `derive` computes new ones.",
)
REGEX = Kind(
    "type::regex",
    "the regular expression is not sound: {reason}",
    label="{reason}",
    help="in '…' backslashes stay as they are",
    explain="Regular expressions are Python's.",
)
NAMED_VALUE = Kind(
    "type::choice",
    '{name} can\'t be "{given}"',
    label="not one of the choices",
    help="it is one of {choices}",
    explain="The parameter takes one of a few words.",
)
FORM = Kind(
    "type::form",
    '{name} can\'t be "{given}"',
    label="it is {form}",
    explain="The parameter takes texts of one form; `help COMMAND` shows it.",
)
RANGE = Kind(
    "type::range",
    "{name} can't be {given}",
    label="it is {limits}",
    explain="The parameter takes numbers within limits; `help COMMAND` shows them.",
)
SWITCH = Kind(
    "type::switch",
    "`--{name}` alone gives true, but {command} wants {wanted} there",
    label="a switch",
    help="write {name}=… or --{name} …",
    note="{signature}: {doc}",
    explain="`--name` alone is short for `name=true`. Other values are given as `name=value` or "
    "`--name value`.",
)
HOLE = Kind(
    "type::hole",
    "{given} can't be filled into a text",
    label="this is {given}",
    help="count it, or take one value out of it",
    explain="`${…}` in a text takes texts, numbers, true and false.",
)
