"""Messages about files that a program reads and writes."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

UNREADABLE = Kind(
    "file::unreadable",
    "{path} can't be read: {reason}",
    label="read here",
    note="paths are relative to {folder}",
    explain="The file does not exist, is a folder, or may not be read.",
)
UNWRITABLE = Kind(
    "file::unwritable",
    "{path} can't be written: {reason}",
    label="written here",
    note="the file is as it was",
    explain="""\
A file is written beside its place first and moved there when it is whole, so that a full
disk or a failure in the middle never leaves half a file.""",
)
NOT_REMOVED = Kind(
    "file::not-removed",
    "{path} can't be removed: {reason}",
    label="removed here",
    note="files that were removed before it are gone",
    explain="`rm` removes files. The file does not exist, is a folder, or may not be removed.",
)
NOT_UTF8 = Kind(
    "file::not-utf8",
    "{path} is not a text in UTF-8",
    label="read here",
    help="save it as UTF-8; spreadsheets call it `CSV UTF-8`",
    explain="Texts are read as UTF-8. Other encodings can't be told apart safely.",
)
FORMAT = Kind(
    "file::format",
    "nothing says what format {path} has",
    label="no ending that is known",
    help="say it: as=csv, or name the file .csv .tsv .json .jsonl .yaml .md or .txt",
    explain="The format of a file is taken from the ending of its name, unless `as` says it.",
)
BROKEN = Kind(
    "file::broken",
    "{what} is not sound {format}: {reason}",
    label="read here",
    explain="The text does not follow the rules of its format. Nothing of it was used.",
)
NO_TABLE = Kind(
    "file::no-table",
    "{format} holds tables, but this is {given}",
    label="not a table",
    help=(
        "a row of every item makes a table: | each {{ {row} }}",
        "in brackets it is a table of one row: {table}",
    ),
    explain="""\
A table is a list of records. CSV and Markdown can't hold anything else. Of cards and notes they
hold the ids; `select` before it says which columns.""",
)
EXISTS = Kind(
    "file::exists",
    "{path} is there already",
    label="written here",
    help="--force writes over it, --append puts it at its end",
    note="the file is as it was",
    explain="`save` writes over a file only if `--force` says so, since what it held is lost then.",
)
NO_APPEND = Kind(
    "file::no-append",
    "nothing can be put at the end of {path}: it is {format}",
    label="written here",
    help="csv, tsv, jsonl and text grow at their end",
    note="the file is as it was",
    explain="A file of json, yaml or Markdown is one whole; what is put behind it breaks it.",
)
OTHER_COLUMNS = Kind(
    "file::other-columns",
    "{path} has no column `{name}`",
    label="rows for its end",
    help="select takes the columns that the file has",
    note="the file is as it was",
    explain="Rows that are put at the end of a table have to have its columns, or some of them.",
)
