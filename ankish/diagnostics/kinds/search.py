"""Messages about searches, which are written in Anki's own language."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

# ---- how it is written

OPEN_QUOTE = Kind(
    "search::open-quote",
    "a double quote in the search is never closed",
    label="it is opened here",
    help='a double quote that is looked for itself is written \\"',
    explain="""\
In a search a text with spaces or brackets stands in double quotes: `deck:"My deck"` or
`"deck:My deck"`. Each quote needs its counterpart; `\\"` is a quote that is part of the text.""",
)
EMPTY_QUOTES = Kind(
    "search::empty-quotes",
    "there is nothing between these quotes",
    label="nothing to search for",
    help=("{empty} finds what has nothing there", 'double quotes themselves are written \\"\\"'),
    explain="""\
Anki refuses an empty text. A field that is empty is found by its name and a colon alone:
`Front:`; one that isn't by `-Front:`.""",
)
OPEN_BRACKET = Kind(
    "search::open-bracket",
    "`(` in the search is never closed",
    label="it is opened here",
    help="a bracket that is looked for itself stands in double quotes, or is written \\(",
    explain="""\
Brackets in a search group terms: `deck:Spanish (is:due or is:new)`. A regular expression with
brackets stands in double quotes as a whole: `"re:(a|b)"`.""",
)
STRAY_BRACKET = Kind(
    "search::stray-bracket",
    "`)` in the search closes nothing",
    label="no `(` is open here",
    help="a bracket that is looked for itself stands in double quotes, or is written \\)",
    explain="""\
Brackets in a search group terms: `deck:Spanish (is:due or is:new)`. A text with brackets
stands in double quotes as a whole: `"deck:Verbs (irregular)"`.""",
)
EMPTY_BRACKETS = Kind(
    "search::empty-brackets",
    "there is nothing between these brackets",
    label="nothing to search for",
    help='brackets that are looked for themselves stand in double quotes: "()"',
    explain="Brackets in a search group terms, and Anki refuses a group of none.",
)
DANGLING = Kind(
    "search::dangling",
    "`{word}` joins nothing",
    label="{where}",
    help='the word itself, as a text to find, stands in double quotes: "{word}"',
    explain="""\
`or` and `and` stand between two terms of a search. `and` can be left out: `is:due deck:A`. The
words themselves are found when they stand in double quotes.""",
)
NO_KEYWORD = Kind(
    "search::no-keyword",
    "a colon with nothing before it",
    label="no keyword and no field",
    help=(
        "the quotes end before the colon: write {together}",
        "a colon that is looked for itself is written \\:",
    ),
    explain="""\
Before a colon stands a keyword (`deck:Spanish`) or the name of a field (`Front:hola`). A name
with spaces stands in quotes together with what follows: `"Sentence Audio:*mp3*"`.""",
)
ESCAPE = Kind(
    "search::escape",
    "`{escape}` means nothing in a search",
    label="not an escape",
    help=(
        "a backslash itself is written \\\\",
        "a regular expression stands after `re:` or `{field}:re:`",
    ),
    note='the escapes are \\\\ \\" \\* \\_ \\: \\( \\) \\-',
    explain="""\
A backslash in a search takes the meaning from the character after it: `\\*` and `\\_` are the
characters themselves and not wildcards. Only those that have a meaning can be written so. In
regular expressions, after `re:`, backslashes are the regular expression's.""",
)
TOO_DEEP = Kind(
    "search::too-deep",
    "brackets in the search are nested more than {depth} deep",
    label="one too many",
    explain="""\
Anki itself does not survive brackets that are nested some thousands deep, so ankish sends no
such search.""",
)
TOO_MANY = Kind(
    "search::too-many",
    "the search joins more than {most} terms in one row",
    help="a list of ids is one term: nid:1,2,3",
    note="brackets around a part of them make it one of the row",
    explain="""\
Anki takes about 990 terms in one row and refuses more. Terms in brackets count as one. Values
of a list, as in `tag:${tags}`, are put into brackets by themselves.""",
)

# ---- what stands after a keyword

STATE = Kind(
    "search::is",
    "there is no card state `{given}`",
    label="not a state",
    help=("a state with a similar name exists: {near}", "{instead}"),
    note="the states are {states}",
    explain="""\
`is:` takes one of new, learn, review, due, suspended, buried, buried-manually and
buried-sibling, in lower case.""",
)
PROPERTY = Kind(
    "search::property",
    "there is no property `{given}`",
    label="not a property",
    help=("a property with a similar name exists: {near}", "{instead}"),
    note="the properties are {properties}",
    explain="""\
`prop:` compares a property of the cards with a number: `prop:ivl>=21`. The properties are ivl,
due, reps, lapses, ease, pos, rated, resched, and s, d and r of FSRS; `cdn:key` and `cds:key` are
a number and a text in the custom data of a card.""",
)
OPERATOR = Kind(
    "search::operator",
    "`prop:{name}` is followed by no comparison",
    label="a comparison is missing",
    help="write {example}",
    note="the comparisons are = != < > <= >=, and stand without spaces",
    explain="`prop:` takes a property, a comparison and a number, without spaces: `prop:ivl>=21`.",
)
FOREIGN_OPERATOR = Kind(
    "search::foreign-operator",
    "`{given}` is no comparison of a search",
    label="not a comparison",
    help="write {example}",
    note="the comparisons are = != < > <= >=",
    explain="""\
In a search `=` compares; `==`, `<>` and `=>` come from other languages. Write `=`, `!=`, `>=`.""",
)
NUMBER = Kind(
    "search::number",
    "`{before}` is followed by `{given}`, which is not {wanted}",
    label="expected {wanted}",
    help="write {example}",
    explain="""\
Days (`added:7`), properties (`prop:ivl>=21`) and ids (`mid:1`) are numbers in digits. A number
of days or reviews is whole and not negative; days of `prop:due` may be, days of `prop:rated` and
`prop:resched` must be 0 or negative.""",
)
NOTHING = Kind(
    "search::nothing",
    "after `{before}` {wanted} is missing",
    label="nothing to look for",
    help="write {example}",
    explain="""\
What is looked for stands directly behind the colon or the comparison, without a space: `is:due`,
`added:7`, `prop:ivl>=21`.""",
)
BUTTON = Kind(
    "search::button",
    "`{given}` is no answer button",
    label="not a button",
    help="the buttons are 1 Again, 2 Hard, 3 Good and 4 Easy: {example}",
    explain="""\
`rated:N` finds cards answered in the last N days, `rated:N:B` those answered with button B: 1
Again, 2 Hard, 3 Good, 4 Easy. The same stands after `prop:rated=-N`.""",
)
FLAG = Kind(
    "search::flag",
    "there is no flag `{given}`",
    label="not a flag",
    help="{instead}",
    note="the flags are {flags}",
    explain="""\
`flag:` takes a digit: 0 none, 1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple.""",
)
IDS = Kind(
    "search::ids",
    "`{keyword}:` is followed by `{given}`, which is not a list of ids",
    label="not digits and commas",
    help=(
        "ids are digits with commas between them: {keyword}:1502298033753,1502298036657",
        "{instead}",
    ),
    explain="""\
`nid:`, `cid:` and `did:` take ids of notes, cards and decks: digits, with commas and no spaces
between them. Decks are found by name with `deck:`.""",
)
DUPLICATE = Kind(
    "search::dupe",
    "`dupe:` is not followed by a note type's id and a text",
    label="expected digits, a comma and a text",
    help="write dupe:1502298033753,text",
    explain="""\
`dupe:ID,text` finds the notes of a note type whose first field is the text. The note type is
given by its id.""",
)

# ---- values

VALUE = Kind(
    "search::value",
    "{given} can't stand {where}",
    label="this is {given}",
    help=("what can: {wanted}", "{optional}"),
    explain="""\
What `${…}` puts into a search is a value, never a part of the search's text. Texts and numbers
can stand where a text is looked for, and so can lists, which find any of their items; ids and
lists of ids after `nid:`, `cid:`, `did:` and `mid:`; numbers after `prop:`, `added:` and such.
With a question mark, `${name?}`, the whole term is left out where the value is null.""",
)
SEARCH_IN_TERM = Kind(
    "search::in-term",
    "a search can't stand in a term",
    label="this is a search",
    help='let it stand alone between blanks: "${search} is:due"',
    explain="""\
A variable that holds a search is a part of the search it stands in, as if it were written there
in brackets. So it stands where a term can stand, and not behind `deck:` or inside a word. What
stands there is a value: a text, a number, ids.""",
)
EMPTY_VALUE = Kind(
    "search::empty-value",
    "an empty text would find everything",
    label="this is empty",
    help="leave the term out if everything is wanted",
    explain="""\
Every card holds the empty text, so a search for it alone is hardly what is meant. `Front:${x}`
with an empty text finds the notes whose Front is empty.""",
)
INEXPRESSIBLE = Kind(
    "search::inexpressible",
    "Anki's search has no way to say {what}",
    label="this is {shown}",
    help="{instead}",
    explain="""\
Nearly any text can stand in a search. After `preset:`, `has-cd:`, `dupe:` and `prop:cds:` Anki
knows no escapes for some characters; a template whose name is a number can't be told from the
template with that number; a field whose name is a keyword of the search can't be named.""",
)

# ---- what may be meant otherwise

CURLY_QUOTES = Kind(
    "search::curly-quotes",
    "typographic quotes are searched for like letters",
    label="not a quote to Anki",
    help='quotes of a search are straight: "…"',
    explain="""\
Word processors and web pages turn straight quotes into typographic ones. To Anki only the
straight double quote groups words; any other is part of the text.""",
    severity=Severity.WARNING,
)
SINGLE_QUOTES = Kind(
    "search::single-quotes",
    "single quotes are searched for like letters",
    label="not a quote to Anki",
    help='quotes of a search are double: "…"',
    explain="To Anki only the straight double quote groups words; a single one is text.",
    severity=Severity.WARNING,
)
FOREIGN = Kind(
    "search::foreign",
    "`{given}` is searched for as a text",
    label="{label}",
    help="{help}",
    explain="""\
Terms of a search side by side must all hold, `or` joins alternatives, a minus before a term
negates it, and a colon stands between a keyword and what it looks for: `deck:A -is:due or
tag:b`. `&&`, `||`, `NOT` and `deck=A` are texts like any other.""",
    severity=Severity.WARNING,
)
NEGATED_CLOZE = Kind(
    "search::negated-cloze",
    "Anki negates only a part of `sc:`",
    label="finds too few",
    help="brackets make it whole: -(sc:…)",
    explain="""\
Anki (26.09.3) looks for `sc:x` in two places and applies a minus to the first of them only, so
that `-sc:x` leaves out notes that it should find. `-(sc:x)` finds them.""",
    severity=Severity.WARNING,
)
NO_NAME = Kind(
    "search::no-name",
    "`{keyword}:` is followed by nothing",
    label="this finds nothing",
    help="the name stands directly behind the colon, without a space: {example}",
    explain="""\
A blank ends a term: `deck: Spanish` looks for a deck without a name and for the text "Spanish".
A name with blanks stands in double quotes: `deck:"My deck"`.""",
    severity=Severity.WARNING,
)
KEYWORD = Kind(
    "search::keyword",
    "`{given}:` searches a field of that name",
    label="not a keyword",
    help="a keyword with a similar name exists: {near}",
    note="{fields}",
    explain="""\
A word before a colon that is no keyword is the name of a field: `Front:hola`. If no note type
has such a field the search finds nothing. `help search` lists the keywords.""",
    severity=Severity.WARNING,
)
FIELD = Kind(
    "search::field",
    'no note type has a field "{name}"',
    label="this finds nothing",
    help=("a field with a similar name exists: {near}", "a keyword with that meaning: {keyword}:"),
    note="a colon that is looked for itself is written \\:",
    explain="""\
A word before a colon that is no keyword is the name of a field. A search that names a field
which no note type has finds nothing, and that may be what is wanted.""",
    severity=Severity.WARNING,
)
UNKNOWN = Kind(
    "search::unknown",
    'no {what} is named "{name}"',
    label="this finds nothing",
    help="a {what} with a similar name exists: {near}",
    explain="""\
The collection has no deck, tag or note type of this name. Such a search finds nothing, and that
may be what is wanted.""",
    severity=Severity.WARNING,
)
