"""Messages about how a program is written."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

UNEXPECTED = Kind(
    "syntax::unexpected",
    "{found} can't stand here",
    label="expected {expected}",
    explain="""\
The text up to this place makes sense, and what follows can't go on from it. The label says
what could. A missing `|` between two commands, a missing comma in a list and a bracket too
many are the usual reasons.""",
)
UNFINISHED = Kind(
    "syntax::unfinished",
    "the program ends too early",
    label="expected {expected}",
    explain="""\
The last statement isn't complete: a `|` wants a command after it, an operator wants its
right side, `let` wants a value. In the shell such a line goes on on the next one.""",
)
OPEN_STRING = Kind(
    "syntax::open-string",
    "a string is never closed",
    label="it begins here",
    help='close it with {quote} on the same line; """…""" may span lines',
    explain="""\
A string in "…" or '…' ends on the line where it begins. Over several lines write it between
three quotes, \"\"\"…\"\"\" or '''…'''.""",
)
OPEN_BRACKET = Kind(
    "syntax::open-bracket",
    "`{bracket}` is never closed",
    label="it is opened here",
    help="close it with `{closing}`",
    explain="Every `(`, `[`, `{` and `${` needs its counterpart.",
)
STRAY_BRACKET = Kind(
    "syntax::stray-bracket",
    "`{bracket}` closes nothing",
    label="nothing is open here",
    explain="There is a closing bracket with no opening one before it.",
)
STRAY_PIPE = Kind(
    "syntax::stray-pipe",
    "a pipe with nothing {side} it",
    label="{side} this there should be a command",
    help="`|` hands what is on its left to the command on its right",
    explain="A pipe joins two commands: `find deck:Spanish | suspend`.",
)
DOUBLE_PIPE = Kind(
    "syntax::double-pipe",
    "`||` does not join commands",
    label="not an operator of ankish",
    help="one `|` hands the result on; in a condition write `or`",
    explain="`||` comes from other shells and languages. ankish has `|` for pipes and `or`.",
)
DOUBLE_AMPERSAND = Kind(
    "syntax::double-ampersand",
    "`&&` does not join anything",
    label="not an operator of ankish",
    help="a new line or `;` starts the next statement; in a condition write `and`",
    explain="""\
`&&` comes from other shells and languages. A statement that fails stops a script anyway, so
`;` does what `&&` does in a shell.""",
)
SINGLE_EQUALS = Kind(
    "syntax::single-equals",
    "`=` does not compare",
    label="this gives a name to a value",
    help="write `==` to compare",
    explain="`=` stands in `let`, in row verbs such as `set`, and in `name=value` arguments.",
)
DOUBLE_EQUALS = Kind(
    "syntax::double-equals",
    "`==` does not give a name to a value",
    label="this compares",
    help="write one `=`",
    explain="`let x = …` gives a name; `==` asks whether two values are equal.",
)
TRIPLE_EQUALS = Kind(
    "syntax::triple-equals",
    "`{found}` is not an operator of ankish",
    label="not an operator of ankish",
    help="write `{right}`",
    explain="The comparisons are `== != < <= > >= =~ !~ in has`.",
)
SPACED_ARGUMENT = Kind(
    "syntax::spaced-argument",
    "an argument's name and its value are apart",
    label="a space before or after `=`",
    help="write {name}={value}, with no space around `=`",
    explain="""\
A command's arguments are separated by spaces, so `deck = "X"` would be three of them. Only the
row verbs (`set`, `derive`, `add` …) have assignments with spaces.""",
)
SMART_QUOTE = Kind(
    "syntax::smart-quote",
    "{quote} is not a quote for ankish",
    label="a typographic quote",
    help='write a plain " or \'',
    explain="Typographic quotes come from word processors and web pages. Strings need \" or '.",
)
JOINED = Kind(
    "syntax::joined",
    "two arguments run together",
    label="this begins where the one before it ends",
    help=(
        "put a space between them",
        "{quoting}",
    ),
    explain="""\
Arguments are separated by spaces. In a '…' string nothing is special, so a quote in it can't be
doubled; put such a text between \"…\" or '''…'''.""",
)
BRACKET_IN_SEARCH = Kind(
    "syntax::bracket-in-search",
    "a bracket in a search that is not quoted",
    label="in brackets this is an argument of a command",
    help="put the whole search between quotes: find \"…\"",
    explain="""\
Search terms need no quotes until one holds a space or a bracket. `( … )` in a command's
arguments is a pipeline whose result is the argument.""",
)
HOLE_IN_WORD = Kind(
    "syntax::hole-in-word",
    "`${{` in a word that is not quoted",
    label="not filled in here",
    help='put it between quotes: "{word}${{…}}"',
    explain='Only "…" and \"\"\"…\"\"\" fill in `${…}`; in a bare word it stays as it is.',
)
FOR_BRACKETS = Kind(
    "syntax::for-brackets",
    "`for` needs brackets around what it goes through",
    label="a command here would take the block as its argument",
    help="write for {name} in (…) {{ … }}",
    explain="`for deck in (deckNames) { … }`. A variable or a list needs no brackets.",
)
DOLLAR_NAME = Kind(
    "syntax::dollar-name",
    "a name is given without `$`",
    label="not a name",
    help="write {right}; `$` is for using it",
    explain="`let x = …`, `for x in …`, `catch e`: the `$` comes when the variable is used.",
)
BAD_CODE_POINT = Kind(
    "syntax::code-point",
    "`{digits}` is not the number of a character",
    label="no such character",
    help=r"write one to six hexadecimal digits: \u{{1F600}}",
    explain=r"`\u{…}` gives a character by its Unicode number, in hexadecimal.",
)
HOLE_IN_KEY = Kind(
    "syntax::hole-in-key",
    "a record's key can't be filled in",
    label="a key has to be known before the program runs",
    explain="The keys of a record are written out; its values may be anything.",
)
TOO_DEEP = Kind(
    "syntax::too-deep",
    "brackets are nested more than {depth} deep",
    label="too deep",
    help="give a part a name with `let`",
    explain="No program needs that; it is refused so that nothing that is typed can exhaust memory.",
)
BAD_CHARACTER = Kind(
    "syntax::character",
    "{found} can't stand here",
    label="expected {expected}",
    explain="The character has no meaning at this place.",
)
