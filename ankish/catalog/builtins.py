"""The commands that ankish itself has. What they do is in `runtime/verbs.py`."""

from __future__ import annotations

from ankish.catalog.model import Command, Effect, Example, Param, Side
from ankish.catalog.types import (
    ACTION,
    ANY,
    BOOL,
    CARDS,
    FLOAT,
    INT,
    NOTES,
    NULL,
    PATH,
    QUERY,
    RECORD,
    TABLE,
    TEXT,
    Key,
    Type,
    int_from,
    list_of,
    one_of,
    record_of,
)


def _builtin(
    name: str,
    doc: str,
    *params: Param,
    subject: str | None = None,
    result: Type = ANY,
    effect: Effect = Effect.READ,
    example: str,
) -> Command:
    return Command(
        name=name,
        family="builtin",
        doc=doc,
        params=params,
        subject=subject,
        result=result,
        effect=effect,
        side=Side.HERE,
        examples=(Example(example),),
    )


_rows = Param("items", ANY, "a list, a table, cards or notes")
_column = Param("column", ANY, "the column, of rows", default=None)
_formats = one_of("csv", "tsv", "json", "jsonl", "yaml", "md", "text")
_separator = Param(
    "separator", TEXT, "what stands between cells of csv; found out unless given", default=None
)
_noheaders = Param(
    "noheaders", BOOL, "csv without names of columns: they are column1, column2, …", default=False
)
_format = Param("as", _formats, "the format, if the file's name does not tell", default=None)
_count = Param("count", int_from(0), "how many", default=1)

FILES = list_of(
    record_of(
        Key("path", PATH, doc="the path, as it can be opened"),
        Key("name", TEXT, doc="the name without its folder"),
        Key("stem", TEXT, doc="the name without its ending"),
        Key("size", INT, doc="how many bytes"),
        Key("modified", TEXT, doc="when it was changed last"),
    )
)
"""What `glob` gives."""

BUILTINS: dict[str, Command] = {
    command.name: command
    for command in (
        _builtin(
            "find",
            "Search the collection; gives cards or notes, as the next command needs",
            Param("query", QUERY, "a search in Anki's search language", rest=True),
            result=QUERY,
            example="find deck:Spanish is:due",
        ),
        _builtin(
            "cards",
            "Give the cards of a search, of notes, or of ids",
            Param("items", ANY, "a search, notes, rows or ids"),
            subject="items",
            result=CARDS,
            example="find tag:verb | notes | cards",
        ),
        _builtin(
            "notes",
            "Give the notes of a search, of cards, or of ids",
            Param("items", ANY, "a search, cards, rows or ids"),
            subject="items",
            result=NOTES,
            example="find is:due | notes",
        ),
        _builtin(
            "first",
            "Keep the first items",
            _rows,
            _count,
            subject="items",
            example="find deck:Spanish | sort -lapses | first 10",
        ),
        _builtin(
            "last",
            "Keep the last items",
            _rows,
            _count,
            subject="items",
            example="deckNames | last 3",
        ),
        _builtin(
            "skip",
            "Leave out the first items",
            _rows,
            _count,
            subject="items",
            example="deckNames | skip 1",
        ),
        _builtin(
            "reverse",
            "Turn the order round",
            _rows,
            subject="items",
            example="deckNames | reverse",
        ),
        _builtin(
            "uniq",
            "Keep each value once, or of a column each value's first row",
            _rows,
            Param("by", ANY, "the column that tells rows apart, else all of them", default=None),
            subject="items",
            example="find deck:Spanish | select model | uniq",
        ),
        _builtin(
            "count",
            "Count the items; of a search, its cards",
            _rows,
            subject="items",
            result=INT,
            example="find deck:Spanish is:due | count",
        ),
        *(
            _builtin(
                name,
                doc,
                _rows,
                _column,
                subject="items",
                result=result,
                example=f"find deck:Spanish is:review | {name} interval",
            )
            for name, doc, result in (
                ("sum", "Add up numbers, or a column", FLOAT),
                ("avg", "Give the mean of numbers, or of a column; null of nothing", FLOAT),
                ("min", "Give the smallest of the items, or of a column; null of nothing", ANY),
                ("max", "Give the greatest of the items, or of a column; null of nothing", ANY),
            )
        ),
        _builtin(
            "flatten",
            "Put the items of lists in a list into one list",
            _rows,
            subject="items",
            example="find deck:Spanish | each { $it.tags } | flatten | uniq",
        ),
        _builtin(
            "values",
            "Give the values of a record as a list; a table if they are records themselves",
            Param("record", RECORD, "the record"),
            subject="record",
            example="deckNames | getDeckStats | values | select name, new_count",
        ),
        _builtin(
            "rows",
            "Make a table of cards or notes, with all their columns and fields",
            _rows,
            subject="items",
            result=TABLE,
            example="find deck:Inbox | notes | rows | first 2",
        ),
        _builtin(
            "table",
            "Show all rows as a table, or some columns of them",
            _rows,
            Param("columns", ANY, "the columns; all unless given", default=None, rest=True),
            subject="items",
            result=NULL,
            example="find deck:Inbox | table Front tags",
        ),
        _builtin(
            "chart",
            "Draw numbers: bars with labels, a line, or how often which numbers occur",
            _rows,
            Param(
                "column",
                ANY,
                "the column of numbers; a list, or a table with one such column, needs none",
                default=None,
            ),
            Param("label", ANY, "the column of labels", default=None),
            Param(
                "as",
                one_of("bars", "lines", "histogram"),
                "what to draw: bars if there are labels, else a histogram",
                default=None,
            ),
            Param("bins", int_from(1, 100), "into how many parts a histogram is cut", default=10),
            subject="items",
            result=NULL,
            example="find deck:Spanish | group deck | chart count deck",
        ),
        _builtin(
            "join",
            "Put the rows of another table with the same key beside rows; `_` behind taken names",
            _rows,
            Param("other", ANY, "the other table"),
            Param("on", ANY, "the column with the key"),
            Param("with", ANY, "the other table's column, if it is not called so", default=None),
            Param("left", BOOL, "keep rows that have no partner, with null", default=False),
            subject="items",
            example="find deck:Inbox | notes | join (open words.csv) Front word --left",
        ),
        _builtin(
            "reject",
            "Leave out columns of a table",
            _rows,
            Param("columns", ANY, "the columns", rest=True),
            subject="items",
            result=TABLE,
            example="open words.csv | reject meaning",
        ),
        _builtin(
            "rename",
            "Give a column of a table another name",
            _rows,
            Param("from", ANY, "the column"),
            Param("to", TEXT, "its new name"),
            subject="items",
            result=TABLE,
            example="open words.csv | rename word Front",
        ),
        _builtin(
            "glob",
            "List the files that a pattern names, in order: path, name, stem, size, modified",
            Param("pattern", PATH, "the pattern: * within a name, ** for folders in folders"),
            result=FILES,
            example='glob "*.csv" | select name, size',
        ),
        _builtin(
            "ask",
            "Ask the user for a text",
            Param("question", TEXT, "what to ask"),
            Param(
                "default", TEXT, "the answer to an empty line, and where nobody is", default=None
            ),
            result=TEXT,
            example='ask "Which deck?" default="Spanish"',
        ),
        _builtin(
            "confirm",
            "Ask the user for yes or no; `ankish --yes` says yes",
            Param("question", TEXT, "what to ask"),
            Param(
                "default", BOOL, "the answer to an empty line, and where nobody is", default=None
            ),
            result=BOOL,
            example='if (confirm "Go on?" default=true) { print "yes" }',
        ),
        _builtin(
            "help",
            "Tell what there is, or all about a command, a function or a message's code",
            Param("topic", TEXT, "what about", default=None),
            result=NULL,
            example="help suspend",
        ),
        _builtin(
            "enumerate",
            "Number the items from 0, in a column `index`",
            _rows,
            subject="items",
            example="deckNames | enumerate",
        ),
        _builtin(
            "curl",
            "Do what a curl line from AnkiConnect's documentation does",
            Param("line", ANY, "curl's own arguments; the action is the JSON after -d", rest=True),
            effect=Effect.WRITE,
            example="""curl localhost:8765 -X POST -d '{"action": "deckNames", "version": 6}'""",
        ),
        _builtin(
            "lines",
            "Cut a text into its lines",
            Param("text", TEXT, "the text"),
            subject="text",
            result=list_of(TEXT),
            example='"a\\nb" | lines',
        ),
        _builtin(
            "print",
            "Show values, one line each call",
            Param("values", ANY, "what to show", rest=True),
            subject="values",
            result=NULL,
            example='print "hello"',
        ),
        _builtin(
            "show",
            "Show the question and the answer of cards, at most ten of them",
            Param("items", CARDS, "the cards"),
            subject="items",
            result=NULL,
            example="find tag:leech | first 1 | show",
        ),
        _builtin(
            "open",
            "Read a file: a table from csv, tsv, md or Anki's text export, any value from others",
            Param("path", PATH, "the file; relative to the folder ankish was started in"),
            _format,
            _separator,
            _noheaders,
            result=ANY,
            example="open words.csv | first 3",
        ),
        _builtin(
            "save",
            "Write what flows in to a file, whole or not at all",
            Param("items", ANY, "what to write"),
            Param("path", PATH, "the file"),
            _format,
            Param("force", BOOL, "write over a file that is there", default=False),
            Param("append", BOOL, "put it at the end of a file that is there", default=False),
            Param("spreadsheet", BOOL, "mark cells of csv that would be formulas", default=False),
            subject="items",
            result=NULL,
            effect=Effect.EXTERNAL,
            example="find deck:Spanish | select Front, Back | save spanish.csv",
        ),
        _builtin(
            "rm",
            "Remove a file for good; the shell asks first, a script needs `--yes`",
            Param("path", PATH, "the file; a folder is never removed"),
            result=NULL,
            effect=Effect.EXTERNAL,
            example='glob "old-*.csv" | each { rm $it.path }',
        ),
        _builtin(
            "from",
            "Read a text in a format",
            Param("text", TEXT, "the text"),
            Param("format", _formats, "csv, tsv, json, jsonl, yaml, md or text"),
            _separator,
            _noheaders,
            subject="text",
            example="""'[1, 2]' | from json""",
        ),
        _builtin(
            "to",
            "Give a value as a text in a format",
            Param("items", ANY, "the value"),
            Param("format", _formats, "csv, tsv, json, jsonl, yaml, md or text"),
            subject="items",
            result=TEXT,
            example="deckNames | to json",
        ),
        _builtin(
            "call",
            "Send an action as it is and give its raw result",
            Param("action", ACTION, "the action's name"),
            Param("params", RECORD, "its parameters", default=None),
            effect=Effect.WRITE,
            example="call deckNames",
        ),
    )
}

ENDINGS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "md",
    ".txt": "text",
}
"""The formats of files, by the endings of their names."""

TABLE_FORMATS = frozenset({"csv", "tsv", "md"})
"""The formats that hold nothing but tables."""

AGGREGATES = frozenset({"sum", "avg", "min", "max"})
"""The builtins that make one value of many; their argument is a column."""

ADD = 'open words.csv | add deck = "Spanish", model = "Basic", Front = word, Back = meaning'
"""The example of `add`."""

UPSERT = (
    'open words.csv | upsert deck = "Spanish", model = "Basic", key = Front, '
    "Front = word, Back = meaning"
)
"""The example of `upsert`."""

ADDING = ("add", "upsert")
"""The row verbs that make notes of rows."""

ROW_VERBS: dict[str, tuple[str, str]] = {
    "where": ("Keep the rows for which a condition holds", "find deck:Spanish | where lapses > 4"),
    "select": ("Keep some columns", "find deck:Spanish | select Front, lapses"),
    "sort": ("Put rows in order; `-` for the highest first", "find deck:Spanish | sort -lapses"),
    "derive": ("Add columns", "find deck:Spanish | derive word = trim(Front)"),
    "set": ("Change fields of notes", "find deck:Spanish | set Front = trim(Front)"),
    "group": ("Group rows by columns and count them", "find deck:Spanish | group model"),
    "add": ("Add a note for each row, with a verdict for each; one note if there are no rows", ADD),
    "upsert": ("Change the note with the same key, or add one, with a verdict for each", UPSERT),
    "each": ("Do something with every item", "deckNames | each { print $it }"),
    "chunk": (
        "Do something with every so many items",
        "find is:due | chunk 100 { $it | setDueDate 1 }",
    ),
}
"""The verbs that are words of the language: what they do, and an example."""
