"""The commands that ankish itself has. What they do is in `runtime/verbs.py`."""

from __future__ import annotations

from ankish.catalog.model import Command, Effect, Example, Param, Side
from ankish.catalog.types import (
    ACTION,
    ANY,
    CARDS,
    FLOAT,
    INT,
    NOTES,
    NULL,
    PATH,
    QUERY,
    RECORD,
    TEXT,
    Type,
    list_of,
    one_of,
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
_format = Param("as", _formats, "the format, if the file's name does not tell", default=None)
_count = Param("count", INT, "how many", default=1)

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
            "Keep each value once, in the order of first appearance",
            _rows,
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
            "open",
            "Read a file: a table from csv or tsv, any value from json, jsonl or yaml",
            Param("path", PATH, "the file; relative to the folder ankish was started in"),
            _format,
            result=ANY,
            example="open words.csv | first 3",
        ),
        _builtin(
            "save",
            "Write what flows in to a file, whole or not at all",
            Param("items", ANY, "what to write"),
            Param("path", PATH, "the file"),
            _format,
            subject="items",
            result=NULL,
            effect=Effect.EXTERNAL,
            example="find deck:Spanish | select Front, Back | save spanish.csv",
        ),
        _builtin(
            "from",
            "Read a text in a format",
            Param("text", TEXT, "the text"),
            Param("format", _formats, "csv, tsv, json, jsonl or yaml"),
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

AGGREGATES = frozenset({"sum", "avg", "min", "max"})
"""The builtins that make one value of many; their argument is a column."""

ADD = 'open words.csv | add deck = "Spanish", model = "Basic", Front = word, Back = meaning'
"""The example of `add`."""

ROW_VERBS: dict[str, tuple[str, str]] = {
    "where": ("Keep the rows for which a condition holds", "find deck:Spanish | where lapses > 4"),
    "select": ("Keep some columns", "find deck:Spanish | select Front, lapses"),
    "sort": ("Put rows in order; `-` for the highest first", "find deck:Spanish | sort -lapses"),
    "derive": ("Add columns", "find deck:Spanish | derive word = trim(Front)"),
    "set": ("Change fields of notes", "find deck:Spanish | set Front = trim(Front)"),
    "group": ("Group rows by columns and count them", "find deck:Spanish | group model"),
    "add": ("Add a note for each row, with a verdict for each", ADD),
    "upsert": (
        "Change the note with the same key, or add one",
        "open words.csv | upsert Front = word",
    ),
    "each": ("Do something with every item", "deckNames | each { print $it }"),
    "chunk": (
        "Do something with every so many items",
        "find is:due | chunk 100 { $it | setDueDate 1 }",
    ),
}
"""The verbs that are words of the language: what they do, and an example."""
