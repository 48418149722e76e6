"""Messages about names that nothing has."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

COMMAND = Kind(
    "name::command",
    "there is no command `{name}`",
    label="not an action, a builtin or a macro",
    help=(
        "a command with a similar name exists: {near}",
        "`{variable}` is a variable: write ${variable}",
        "{elsewhere}",
    ),
    explain="""\
The first word of a stage names a command: an action of AnkiConnect under its own name, a
builtin of ankish, or a macro. `help` lists them all.""",
)
VARIABLE = Kind(
    "name::variable",
    "there is no variable `{name}`",
    label="not defined here",
    help=("a variable with a similar name exists: {near}", "`let {name} = …` defines one"),
    explain="""\
A variable exists from its `let` to the end of the block it stands in. `$it` exists in
the block of `each` and `chunk`, and in row verbs over a list of plain values.""",
)
BARE = Kind(
    "name::bare",
    "a bare word where a value is wanted",
    label="neither a text in quotes nor a variable",
    help=("the variable is ${name}", 'a text stands in quotes: "{text}"'),
    explain="""\
Bare words are texts only as arguments of a command and as items of a list. In a
condition write `$name` for a variable and `"…"` for a text, so that a mistyped
variable is never taken for a text.""",
)
COLUMN = Kind(
    "name::column",
    "there is no column `{name}`",
    label="neither a column of {rows} nor a field",
    help=(
        "a column with a similar name exists: {near}",
        "the variable is ${variable}",
        'a text stands in quotes: "{text}"',
        "{minus}",
    ),
    note="the columns are {columns}",
    explain="""\
In row verbs a bare name is a column of the row or a field of the note. Fields with spaces
stand in back-ticks: `Sentence Audio`.""",
)
AMBIGUOUS = Kind(
    "name::ambiguous",
    "`{name}` is a column and also a field",
    label="the column: {doc}",
    help="the field: fields.{name}",
    explain="""\
A note type has a field of the same name as a column. A bare name is then the column;
`fields.NAME` is always the field. What `set` changes is always a field.""",
    severity=Severity.WARNING,
)
ID_COLUMN = Kind(
    "name::id-column",
    "`{name}` says which card or note a row is",
    label="can't be another value",
    help="take another name",
    explain="""\
Verbs that change cards or notes go by the ids in `cardId` and `noteId`; another value there would
change other cards. In a table of one's own (after `select`) these are columns like any other.""",
)
FUNCTION = Kind(
    "name::function",
    "there is no function `{name}`",
    label="not a function",
    help=(
        "a function with a similar name exists: {near}",
        "`{command}` is a command: write ({command} …)",
    ),
    explain="Functions are called as `name(…)`. `help functions` lists them.",
)
PARAMETER = Kind(
    "name::parameter",
    '{command} has no parameter "{name}"',
    help=(
        "a parameter with a similar name exists: {near}",
        "a term of a search has a colon: {search}",
        "{about}",
    ),
    note="{signature}: {doc}",
    explain="`help COMMAND` shows a command's parameters with their types.",
)
KEY = Kind(
    "name::key",
    '{what} has no key "{name}"',
    help="a key with a similar name exists: {near}",
    note="its keys are {keys}",
    explain="The record that an action wants has certain keys; others would be ignored by Anki.",
)
DECK = Kind(
    "name::deck",
    'no deck is named "{name}"',
    help=("a deck with a similar name exists: {near}", "{create}"),
    explain="""\
Anki makes a deck of any name it is given, so a typing error would put cards where nobody looks
for them. A deck has to exist, or `--create` has to be given.""",
)
MODEL = Kind(
    "name::model",
    'no note type is named "{name}"',
    help="a note type with a similar name exists: {near}",
    note="the note types are {all}",
    explain="Note types are listed by `modelNames`.",
)
FIELD = Kind(
    "name::field",
    'the note type {model} has no field "{name}"',
    help="a field with a similar name exists: {near}",
    note="its fields are {all}",
    explain="""\
AnkiConnect ignores fields that it does not know, so a typing error would lose the text without
a word. Names of fields are case-sensitive.""",
)
FIRST_FIELD = Kind(
    "name::first-field",
    "the first field of {model} is not set",
    label="sets no {name}",
    help="set it: {name} = …",
    explain="Anki refuses a note whose first field is empty.",
)
KEY_NOT_SET = Kind(
    "name::key-not-set",
    "the key `{name}` is not set",
    label="no value to look for",
    help=("a field with a similar name is set: {near}", "set it: {unset} = …"),
    explain="""\
`upsert` looks for the note whose key field holds what the row sets it to. The key is the field
that `key = …` names, else the note type's first field.""",
)
NO_FIELD = Kind(
    "name::no-field",
    'no note type has a field "{name}"',
    help=("a field with a similar name exists: {near}", "{instead}"),
    explain="""\
AnkiConnect ignores fields that it does not know, so a typing error would lose the text without
a word. Names of fields are case-sensitive.""",
)
MACRO = Kind(
    "name::macro",
    "there is a command `{name}` already",
    label="a second one of that name",
    help="take another name",
    explain="A macro can't take the name of an action, a builtin or another macro of the file.",
)
NOT_FILLED_IN = Kind(
    "name::not-filled-in",
    "`${name}` stays as it is in this text",
    label="not filled in",
    help=("the value of the variable: ${{{name}}}", "the sign itself: \\${name}"),
    explain="""\
Only `${…}` is filled in, so that prices and LaTeX stay as they are. Where a variable of that name
exists, it may have been meant.""",
    severity=Severity.WARNING,
)
NOT_YET = Kind(
    "name::not-yet",
    "the macro `{name}` is not there yet",
    label="called before its declaration ends",
    help="a macro calls those above it; move what it needs up, and loop with `for` or `each`",
    explain="""\
A macro can call the macros above it, but neither itself nor one that comes later. So no program
goes round in circles, and every program ends.""",
)
RESERVED = Kind(
    "name::reserved",
    "`{name}` can't be the name of a {what}",
    label="{why}",
    help="take another name",
    explain="""\
The words that statements begin with can't be called, and `$it` is always the item of the block or
the row verb that is nearest.""",
)
TYPE = Kind(
    "name::type",
    "there is no type `{name}`",
    label="not a type",
    help="a type with a similar name exists: {near}",
    note="the types are {all}",
    explain="A parameter of a macro or a script has one of ankish's types.",
)
PROFILE = Kind(
    "name::profile",
    'no profile is named "{name}"',
    help="a profile with a similar name exists: {near}",
    explain="Profiles are listed by `getProfiles`.",
)
TEMPLATE = Kind(
    "name::template",
    'the note type {model} has no card template "{name}"',
    help="a template with a similar name exists: {near}",
    explain="The templates of a note type are listed by `modelTemplates`.",
)
ACTION_MISSING = Kind(
    "name::missing-action",
    "this AnkiConnect has no {name}",
    label="not answered by the other side",
    help="{help}",
    explain="""\
The action exists, but the AnkiConnect that was asked does not have it. Newer versions of the
add-on have more actions (Tools > Add-ons > Check for Updates). Some actions belong to the
embedded engine and need `--collection`.""",
)
NEEDS_NAMES = Kind(
    "name::unknown-action",
    "ankish does not know the parameters of {name}",
    label="only the other side knows this action",
    help="give its parameters by name: {name} name=value",
    explain="""\
An action that the server has and the catalog lacks can be called, with named parameters or with
`call NAME {…}`.""",
)
SHADOWED = Kind(
    "name::shadowed",
    "`{name}` is defined a second time",
    label="this hides the first one",
    help="take another name; a variable never changes",
    explain="Variables don't change. A second `let` of the same name in one block is a mistake.",
)
NOT_KNOWN = Kind(
    "name::not-known",
    "which column ${name} names is not known before the program runs",
    label="its value comes only then",
    help="give it by a `param`, or by a `let` with a text",
    explain="""\
`set $field = …` sets the field that the variable names. Which one that is has to be known when
the program is checked: then a field that does not exist is found before anything is sent. So the
variable is a parameter of a script or a macro, or a `let` with a text as it stands.""",
)
UNUSED = Kind(
    "name::unused",
    "the variable `{name}` is never used",
    label="defined here",
    explain="Nothing refers to the variable. It may be a typing error.",
    severity=Severity.WARNING,
)
