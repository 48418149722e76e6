"""Messages about how a program is written."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

UNEXPECTED = Kind(
    "syntax::unexpected",
    "`{found}` can't stand here",
    label="expected {expected}",
    explain="""\
The text up to this place makes sense, and what follows can't go on from it. The label says
what could. A missing `|` between two commands, a missing comma in a list and a bracket too
many are the usual reasons.""",
)
UNFINISHED = Kind(
    "syntax::unfinished",
    "a statement is not complete",
    label="expected {expected} after this",
    explain="""\
A statement ends with its line: an operator wants its right side on it, `let` its value. A line
goes on after a `|`, before one that begins with `|`, and inside brackets.""",
)
OPEN_STRING = Kind(
    "syntax::open-string",
    "a string is never closed",
    label="it begins here",
    help=("close it with {quote}", "over several lines it stands between {three}"),
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
FOREIGN_OPERATOR = Kind(
    "syntax::foreign-operator",
    "`{found}` is not an operator of ankish",
    label="not an operator of ankish",
    help="write `{right}`",
    explain="""\
The comparisons are `== != < <= > >= =~ !~ in has`. `=~` takes a regular expression; `"a" in x`
and `x has "a"` ask whether a list holds an item or a text another one. `x == null` asks whether
something is missing.""",
)
POWER = Kind(
    "syntax::power",
    "there is no operator for powers",
    label="not an operator of ankish",
    help="multiply as often as it takes: 2 * 2 * 2",
    explain="The operators for numbers are `+ - * / %`.",
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
SWITCH_VALUE = Kind(
    "syntax::switch-value",
    "`--{name}` takes no value",
    label="a value given to a switch",
    help="write {name}={value}",
    explain="`--name` is short for `name=true`; any other value is given as `name=value`.",
)
COMMA_ARGUMENT = Kind(
    "syntax::comma-argument",
    "a comma between the arguments of a command",
    label="arguments are separated by spaces",
    help=("leave it out; a list stands in brackets: [a, b]",),
    explain="""\
`changeDeck "Japanese" --create`: a space stands between arguments. Commas separate the items of
a list, the fields of a record and what row verbs like `select` take.""",
)
MISSING_COMMA = Kind(
    "syntax::missing-comma",
    "a comma is missing",
    label="expected `,` before this",
    explain="""\
The items of a list, the fields of a record and what a function takes are separated by commas:
`[1, 2]`, `{a: 1, b: 2}`. The arguments of a command are not.""",
)
BLANK_IN_NAME = Kind(
    "syntax::blank-in-name",
    "a name with a space in it stands between back-ticks",
    label="written so, these are several names",
    help="write `{name}`, with the back-ticks",
    explain="""\
The fields of a note type may have spaces and other signs in their names. Wherever a name stands, in
conditions too, such a one is written between back-ticks.""",
)
WITHOUT_VALUE = Kind(
    "syntax::without-value",
    "{verb} gives values to names, and {name} has none",
    label="expected `=` and a value after this",
    help="{example}",
    explain="""\
`set`, `derive`, `add` and `upsert` take names with their values, with commas between them:
`set Front = "a", Back = "b"`. What stands right of `=` may use the columns of the row.""",
)
ASSIGNMENT = Kind(
    "syntax::assignment",
    "a name is given to a value without `let`",
    label="this alone does not define a variable",
    help="write let {name} = …; a variable keeps its value",
    explain="""\
`let name = …` defines a variable, once; nothing changes it afterwards. Its value is used as
`$name`.""",
)
OPERATOR_ARGUMENT = Kind(
    "syntax::operator-argument",
    "`{found}` is not an operator in the arguments of a command",
    label="this would be a text",
    help=(
        "put the command between brackets to use its result: (…) {result} …",
        "put a calculation that is one argument between brackets: (… {operator} …)",
        "`| save FILE` writes a result to a {file}",
        "in a search write {search}",
        'quote it if it is a text: "{found}"',
    ),
    explain="""\
What follows a command's name are its arguments, so `count > 5` would give `count` two of them.
`(find is:due | count) > 5` compares the result.""",
)
SMART_QUOTE = Kind(
    "syntax::smart-quote",
    "{quote} is not a quote for ankish",
    label="a typographic quote",
    help="write a plain \" or '",
    explain="Typographic quotes come from word processors and web pages. Strings need \" or '.",
)
RAW_QUOTE = Kind(
    "syntax::raw-quote",
    "a quote inside '…'",
    label="{shown} does not stand for a quote here",
    help="put the text between \"…\" or '''…'''",
    explain="""\
In a '…' string nothing is special: no backslash, no doubled quote. A text that holds a `'` goes
between \"…\" or '''…'''.""",
)
DOUBLED_QUOTE = Kind(
    "syntax::doubled-quote",
    'a doubled quote inside "…"',
    label='`""` does not stand for a quote',
    help=r"write \" within a string in quotes",
    explain=r"""In a string between quotes, \" is a quote. `""` comes from CSV files and SQL.""",
)
STRING_PREFIX = Kind(
    "syntax::string-prefix",
    "a letter before a string means nothing",
    label="the strings of ankish have no prefix",
    help="\"…\" fills in ${{…}}, '…' leaves everything as it is",
    explain='`f"…"`, `r"…"` and the like come from Python and other languages.',
)
JOINED = Kind(
    "syntax::joined",
    "two arguments run together",
    label="this begins where the one before it ends",
    help='put a space between them, or both into one "…"',
    explain="""\
Arguments are separated by spaces. A text that is made of parts is one string: "deck:${name}".""",
)
VARIABLE_IN_WORD = Kind(
    "syntax::variable-in-word",
    "`{variable}` in a word that is not quoted",
    label="not filled in here",
    help='put it between quotes: "{right}"',
    explain='Only "…" and """…""" fill in `${…}`; in a bare word it stays as it is.',
)
MISSING_DOLLAR = Kind(
    "syntax::missing-dollar",
    "`{found}` where a command should be",
    label="a command's name has no point in it",
    help="a variable has a `$` before it: ${found}",
    explain="`$card.deckName` takes a part of a variable; without the `$` it would be a command.",
)
LINE_CONTINUATION = Kind(
    "syntax::line-continuation",
    "a backslash at the end of a line",
    label="does not join it with the next one",
    help="leave it out: a line goes on before one that begins with |, and inside brackets",
    explain="""\
A statement goes on after a `|`, before a line that begins with `|`, and inside brackets. A
backslash at the end of a line comes from other shells.""",
)
SUBSTITUTION = Kind(
    "syntax::substitution",
    "`$(` does not run a command",
    label="`$` stands before a name",
    help=("write (…); within a string ${{(…)}}",),
    explain="""\
In brackets a pipeline's result is a value: `let due = (find is:due | count)`, or within a string
`"${(find is:due | count)} cards"`.""",
)
BRACKET_IN_SEARCH = Kind(
    "syntax::bracket-in-search",
    "a bracket in a search that is not quoted",
    label="in brackets this is an argument of a command",
    help='put the whole search between quotes: find "…"',
    explain="""\
Search terms need no quotes until one holds a space or a bracket. `( … )` in a command's
arguments is a pipeline whose result is the argument.""",
)
HOLE_IN_WORD = Kind(
    "syntax::hole-in-word",
    "`${{` in a word that is not quoted",
    label="not filled in here",
    help='put it between quotes: "{word}${{…}}"',
    explain='Only "…" and """…""" fill in `${…}`; in a bare word it stays as it is.',
)
FOR_BRACKETS = Kind(
    "syntax::for-brackets",
    "`for` needs brackets around what it goes through",
    label="they belong around what follows `in`",
    help="write for {name} in (…) {{ … }}",
    explain="""\
`for deck in (deckNames) { … }`: without brackets the command would take the block as its
argument. A variable or a list needs none.""",
)
DOLLAR_NAME = Kind(
    "syntax::dollar-name",
    "a name is given with a `$`",
    label="`$` stands before a name that is used",
    help="write {right}",
    explain="`let x = …`, `for x in …`, `catch e`: the `$` comes when the variable is used.",
)
BARE_SEARCH = Kind(
    "syntax::bare-search",
    "a search where a command should be",
    label="this is a search",
    help="write find {search}",
    explain="A stage begins with a command; `find` takes a search: `find deck:Spanish is:due`.",
)
FOREIGN_WORD = Kind(
    "syntax::foreign-word",
    "`{found}` is a word of other languages",
    label="means nothing to ankish",
    help="{right}",
    explain="""\
ankish has `let`, `if … else`, `for … in`, `macro`, `param`, `use`, `try … catch`, `atomic`,
`fail`, `assert` and `test`; blocks stand in `{ }`.""",
)
FOREIGN_COMMENT = Kind(
    "syntax::foreign-comment",
    "`{found}` does not begin a comment",
    label="means nothing here",
    help="a comment goes from # to the end of the line",
    explain="`#` is the only sign for comments; `##` documents the macro or parameter below it.",
)
OPTION = Kind(
    "syntax::option",
    "`{found}` is an option, and none stands here",
    label="nothing takes it",
    help=("{about}", "names with values have a `=`: {pairs}"),
    explain="""\
Options follow the name of a command, as in `changeDeck Inbox --create`. `add`, `upsert`, `set` and
`derive` take names with values, with commas between: `add deck = "Spanish", Front = "hola"`.""",
)
FOREIGN_CONSTANT = Kind(
    "syntax::foreign-constant",
    "`{found}` is not a constant of ankish",
    label="would be a name",
    help=("write {right}", "a field of that name stands in back-ticks: `{found}`"),
    explain="The constants are `true`, `false` and `null`, in lower case.",
)
BACK_TICKS = Kind(
    "syntax::back-ticks",
    "back-ticks where no name is wanted",
    label="a name of a column or field",
    help=("a text stands between quotes", "the result of a command is taken by brackets: (…)"),
    explain="""\
Back-ticks stand around the names of columns and fields that hold spaces, as in
select `Sentence Audio`. Only row verbs and records have such names.""",
)
NEGATION = Kind(
    "syntax::negation",
    "`!` does not negate",
    label="not an operator of ankish",
    help="write `not`",
    explain="`not` negates a condition: `where not ok`. In a search it is `-`: `-is:suspended`.",
)
TERNARY = Kind(
    "syntax::ternary",
    "`?` does not choose between values",
    label="not an operator of ankish",
    help="write case(condition, value, otherwise)",
    explain="""\
`case(a > 3, "many", a > 0, "some", "none")` gives the value after the first condition that is
true, or the last one. `??` gives its right side where the left one is null.""",
)
CHAINED_COMPARISON = Kind(
    "syntax::chained-comparison",
    "comparisons in a chain",
    label="this would compare true or false",
    help="join two comparisons with `and`: 1 < x and x < 9",
    explain="A comparison gives true or false, so `1 < x < 9` would compare that with 9.",
)
MISPLACED_STATEMENT = Kind(
    "syntax::misplaced-statement",
    "`{found}` in a pipeline",
    label="a statement of its own",
    help="begin a line with it, outside of pipes and brackets",
    explain="""\
`let`, `if`, `for`, `macro`, `param`, `use`, `try`, `atomic`, `fail`, `assert` and `test` are
statements: they stand by themselves, in a program or a block, not between `|` or in `( )`.""",
)
GLUED_BRACKET = Kind(
    "syntax::glued-bracket",
    "`{found}(` is read as a function",
    label="a bracket right after a name",
    help="a command has a space there: {found} (…)",
    explain="""\
`trim(a)` is a function in an expression. After a command's name comes a space: `print (1 + 2)`,
and its arguments need no brackets: `addTags leech`.""",
)
COLUMN_BRACKETS = Kind(
    "syntax::column-brackets",
    "brackets around several columns",
    label="not needed",
    help="write {verb} a, b",
    explain="`select Front, lapses`: commas separate what a row verb takes, without brackets.",
)
SORT_KEY = Kind(
    "syntax::sort-key",
    "`sort` is not told by what",
    label="no column follows",
    help=("a column: sort interval, the largest first: sort -interval", "of values: sort $it"),
    explain="`sort lapses` begins with the smallest, `sort -lapses` with the largest.",
)
TERM_IN_CONDITION = Kind(
    "syntax::term-in-condition",
    "a term of a search in a condition",
    label="this is a term of a search",
    help=("it stands behind find: find {term}", "a condition has columns: where lapses > 4"),
    explain="""\
`find` takes Anki's search language: `find prop:ease>2.5`. `where` takes an expression about the
columns of a row: `where ease > 250`. `help columns` lists them.""",
)
CALL_ARGUMENT = Kind(
    "syntax::call-argument",
    "a function among the arguments of a command",
    label="a function",
    help="put it in brackets: ({name}(…))",
    explain="""\
After a command's name a bare word is a text. What has to be worked out stands in brackets:
`print (upper("a"))`.""",
)
SORT_ORDER = Kind(
    "syntax::sort-order",
    "`{found}` does not say how to sort",
    label="a column alone sorts upwards",
    help="write {right}",
    explain="`sort lapses` begins with the smallest, `sort -lapses` with the largest.",
)
COLON_BLOCK = Kind(
    "syntax::colon-block",
    "`:` does not begin a block",
    label="expected `{{`",
    help="a block stands in {{ … }}",
    explain="`if … { }`, `for … { }`, `try { } catch e { }`: blocks stand in braces.",
)
BLOCK_PARAMETER = Kind(
    "syntax::block-parameter",
    "a block has no parameters",
    label="not needed",
    help="the current item is `$it`",
    explain="""\
`deckNames | each { print $it }`: in the block of `each` and `chunk` the current item is `$it`.""",
)
CATCH_NAME = Kind(
    "syntax::catch-name",
    "`catch` gives the failure no name",
    label="expected a name",
    help="write catch {name} {{ … }}",
    explain="`try { … } catch e { print $e.message }`: `e` is what went wrong.",
)
MISSING_TYPE = Kind(
    "syntax::missing-type",
    "a parameter has no type",
    label="expected `:` and a type after this",
    help="write {name}: text, or another type",
    explain="""\
`macro graduate(deck: deck, days: int = 90) { … }`: each parameter has a name and a type, so that
arguments can be checked and completed. Types are text, int, bool, deck, query and so on.""",
)
STRAY_ELSE = Kind(
    "syntax::stray-else",
    "`{found}` has nothing to belong to",
    label="no `{partner}` before this",
    help="it follows the block of `{partner}`, on the same line or the next",
    explain="`if c { } else { }`, `try { } catch e { }`.",
)
COLON_ARGUMENT = Kind(
    "syntax::colon-argument",
    "`:` does not name an argument",
    label="expected `=`",
    help="write {name}=…",
    explain="A function's argument is named as in `replace(a, 'b+', ' ', regex=true)`.",
)
EQUALS_PAIR = Kind(
    "syntax::equals-pair",
    "`=` in a record",
    label="expected `:`",
    help="write {name}: …",
    explain='A record\'s fields are `key: value`, as in JSON: `{deck: "X", days: 3}`.',
)
INDEX = Kind(
    "syntax::index",
    "`{found}` does not take a part of a value",
    label="a part follows a point",
    help="{right}",
    explain="""\
`$list.0` is the first item, `$record.key` the value of a key; a key with a space in it stands in
back-ticks: $record.`a key`. `| last` gives the end of a list, `slice(list, 1, 3)` some of it, and
`get(record, key)` the value of a key that is computed.""",
)
METHOD = Kind(
    "syntax::method",
    "`.{name}(` is no call of a function",
    label="values have no functions of their own",
    help="write {right}",
    explain="""\
A function takes the value between its brackets: `upper(Front)`, not `Front.upper()`.
`help functions` lists them.""",
)
BRACES = Kind(
    "syntax::braces",
    "braces around what {verb} takes",
    label="opened here",
    help="leave them out: {verb} {example}",
    explain="""\
Row verbs take expressions, in which bare names are columns: `where interval > 21`. Only `each` and
`chunk` take a block in `{ }`.""",
)
NEW_COLUMN = Kind(
    "syntax::new-column",
    "{verb} makes no column",
    label="this would give one a {what}",
    help="{right}",
    explain="""\
`derive level = …` makes a column, `rename Front word` gives a column of a table another name;
`select`, `group` and `sort` take the names of columns that are there.""",
)
ALL_COLUMNS = Kind(
    "syntax::all-columns",
    "`*` does not stand for all columns",
    label="no name of a column",
    help="rows gives all columns and fields: find deck:Spanish | rows",
    explain="""\
`select Front, lapses` names columns. `| rows` makes a table of all columns and fields of cards or
notes. What SQL says with `select … from … where` is a pipeline here:
`find deck:Spanish | where lapses > 4 | select Front, lapses`.""",
)
POINTED_NAME = Kind(
    "syntax::pointed-name",
    "a name with a point before it",
    label="a column needs none",
    help="write {name}",
    explain="`.name` comes from jq. In row verbs a bare name is a column of the row at hand.",
)
BARE_COMMAND = Kind(
    "syntax::bare-command",
    "a command in a condition, without brackets",
    label="a command, where a value is wanted",
    help="its result stands in brackets: if ({command} …) > 5 {{ … }}",
    explain="""\
`if (find is:due | count) > 200 { … }`: in round brackets a pipeline is the value that it gives.""",
)
COUNTING = Kind(
    "syntax::counting",
    "`for` goes through a list, and does not count",
    label="no list",
    help="write for {name} in (range({range})) {{ … }}",
    explain="""\
`for x in (…) { … }` does its block for each item of a list. `range(0, 10)` is a list of numbers,
from the first to the one before the last.""",
)
BAD_NUMBER = Kind(
    "syntax::number",
    "`{found}` is not a number",
    label="expected digits, a point and digits",
    help="write {right}",
    explain="Numbers are decimal: `3`, `0.5`, `1e6`. There are no other bases and no separators.",
)
HUGE_NUMBER = Kind(
    "syntax::huge-number",
    "a number that is too large",
    label="beyond what ankish can count with",
    help="put it between quotes if it is a text",
    explain="Whole numbers have 4000 digits at most, others go up to 1.79e308.",
)
TOO_MANY = Kind(
    "syntax::too-many",
    "reading stopped after {count} mistakes",
    label="not read from here on",
    explain="So many mistakes mean that the text isn't ankish at all, or one thing all over.",
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
    "a statement is nested too deep",
    label="{depth} levels of brackets, blocks and operators end here",
    help="give a part a name with `let`",
    explain="""\
No program needs that; it is refused so that nothing that is typed can exhaust memory. A chain
of `and` or `or` may have any length.""",
)
