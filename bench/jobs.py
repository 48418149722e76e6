"""How many requests the everyday jobs take, beside the least that there can be.

The least is what the dependencies leave, worked out here for each job. A question that needs the
answer of another one goes after it: a search, then what is to be known of what it found. Writes
follow what says which cards they are for. All that can be asked at one time shares a request, and
so do writes, but behind one that could be refused there is none (suspend, unsuspend, those of
note types): an error must stop the program with nothing behind it done. Rows whose number goes
beyond one request (5,000 notes, 10,000 cards, 40 changes of notes, whose duration says how many
go in the next) are not here; see `bulk`. Nor are jobs that AnkiConnect can't do: 7, 19, 23, 27.

Not counted, for they are the same whatever a program does: one request for the names in the
program that are looked up (two for the names of fields). Over HTTP the first search of a program
goes with it, so that it costs nothing there; here the collection is in this process.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench.table import Table
from tests.support.lab import Lab, embedded_lab

COLUMNS = ("job", "requests", "least", "")

JOBS: tuple[tuple[str, str, int, str], ...] = (
    # the search in two forms at once; tagging is never refused, so suspending can go behind it
    ("1 suspend and tag leeches", "find tag:leech | addTags hard | suspend", 2, ""),
    # the search in two forms; three writes that are never refused
    ("2 give leeches a fresh start", "find tag:leech | forgetCards | removeTags leech | changeDeck Spanish", 2, ""),
    # a search and a write
    ("3 retire mature cards", 'find "prop:ivl>=21 -is:suspended" | suspend', 2, ""),
    # all searches, then one suspend for all cards
    ("4 suspend by tags in a file", 'open tags.txt | lines | each { find "tag:${it}" | suspend }', 2, ""),
    # the notes, their cards that are suspended, the write
    ("5 unsuspend cards of notes that have a mature one",
     'find "prop:ivl>=21" | notes | cards | where suspended | unsuspend', 3,
     "whether cards of notes are suspended is asked of the cards, not in the search for them"),
    # a search and a write
    ("6 move cards", "find deck:Geography | changeDeck Spanish", 2, ""),
    # a search and a write
    ("8 rename a tag", "find tag:verb | replaceTags verb action", 2, ""),
    # one question
    ("9 tags that differ only in case", "getTags | each { lower($it) } | uniq | count", 1, ""),
    # the notes, what is in them, one action for each tag
    ("10 a field into a tag", "find deck:Geography | notes | each { addTags [$it] x }", 2, ""),
    # the notes, what is in them, the changes
    ("11 find and replace",
     'find deck:Spanish | first 40 | set Front = replace(Front, "e+", "E", regex=true)', 3, ""),
    ("12 fill a field", 'find deck:Spanish | first 20 | set Front = "${Front} (es)"', 3, ""),
    ("13 strip formatting",
     "find deck:Spanish | first 40 | set Front = upper(trim(text(Front)))", 3, ""),
    # the notes, what is in them, the changes
    ("14 fill a field from a table",
     'let table = open words.csv\n'
     'find deck:Spanish | first 40 | derive word = Front | join $table word'
     ' | upsert noteId = noteId, Back = meaning', 3, ""),
    # the files
    ("15 attach sounds", 'glob "*.mp3" | each { storeMediaFile filename=$it.name path=$it.path }', 1, ""),
    # which there are, and what is in them; then the note that is changed and the one that is added
    ("16 import with update by key",
     'open words.csv | upsert deck="Spanish", model="Basic", key=Front, Front=word, Back=meaning', 3, ""),
    # a search and what is in the notes
    ("17 export", "find deck:Spanish | select Front, Back, tags | save out.csv", 2, ""),
    ("18 find duplicates", "find deck:Spanish | group Front | where count > 1", 2, ""),
    # the notes, what is in them, the changes
    ("20 change the note type",
     'find "deck:Spanish note:Basic" | notes | first 20 | each { updateNoteModel {id: $it.noteId,'
     ' modelName: "Cloze", fields: {Text: $it.Front, "Back Extra": $it.Back}, tags: $it.tags} }', 3, ""),
    # the cards, in what order they are due, one action for each day
    ("21 spread a backlog",
     'let parts = find is:due | sort interval | chunk 20 { $it | cards } | enumerate\n'
     '$parts | each { $it.value | setDueDate "${$it.index}" }', 3, ""),
    # a search and a write
    ("22 set due dates", 'find is:due | setDueDate "3-7"', 2, ""),
    # the decks, then all of them
    ("24 every deck to a package of its own",
     'deckNames | each { exportPackage deck=$it path="${it}.apkg" }', 2, ""),
    # one question
    ("25 media files", "getMediaFilesNames | count", 1, ""),
    # two questions at once
    ("26 reviews per day, and leeches", "getNumCardsReviewedByDay | first 7\nfind tag:leech | count", 1, ""),
    # the notes without an answer, and what is in them
    ("28 lint a deck", 'find deck:Spanish | where Back == "" | select Front', 2, ""),
    # one write after the other: the second could be refused because of the first
    ("29 add two fields to a note type",
     'modelFieldAdd Basic Source\nmodelFieldAdd Basic Remark', 2, ""),
)  # fmt: skip


def run() -> Table:
    """Count them all, on the sample collection; takes a minute."""
    rows = []
    before = Path.cwd()
    for title, program, least, why in JOBS:
        with embedded_lab() as lab, tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                Path("tags.txt").write_text("verb\nnoun\n", encoding="utf-8")
                Path("words.csv").write_text("word,meaning\nel gato,cat\nnuevo,new\n", "utf-8")
                for number in range(5):
                    Path(f"{number}.mp3").write_bytes(b"sound")
                count = requests(lab, program)
            finally:
                os.chdir(before)
        verdict = "✓" if count <= least else why
        rows.append((title, str(count), str(least), verdict))
    return Table(COLUMNS, tuple(rows))


def requests(lab: Lab, program: str) -> int:
    """How many requests a program takes, besides the greeting and the names that are looked up."""
    lab.ask("version")
    begin = lab.client.stats.requests
    lab.explained(f"explain {program}")
    middle = lab.client.stats.requests
    lab.results(program)
    return (lab.client.stats.requests - middle) - (middle - begin)
