"""A collection of hostile names and texts: nothing of it reaches a terminal raw, in any output."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.anki.client import Client
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.session import Session as Collection
from ankish.anki.engine.transport import EmbeddedTransport
from ankish.diagnostics.model import AnkishError, Diagnostic, Source
from ankish.diagnostics.render import render
from ankish.diagnostics.text import harmless
from ankish.runtime.explain import explain_request, explanation
from ankish.runtime.journal.journals import Journals
from ankish.runtime.present import Look, Presenter
from ankish.runtime.session import Session
from tests.engine.support import fresh_profile

EVIL = "\x1b]0;owned\x07\x1b[31m\x9b2J\x7f\u202erev\u2066\x08\x85end"
"""What sets the title, colours, clears the screen, deletes and reorders."""

NAMES = f"deck{EVIL}", f"Model{EVIL}", f"Field{EVIL}", f"tag{EVIL.replace(' ', '')}"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Every kind of name and text, past what Anki would make of it when it is asked politely."""
    with Collection.open(fresh_profile(tmp_path_factory.mktemp("hostile"))) as session:
        client = Client(EmbeddedTransport(Engine(session)))
        note = {"deckName": "Plain", "modelName": "Basic", "tags": ["plain"]}
        client.invoke("createDeck", {"deck": "Plain"})
        for at in range(3):
            fields = {"Front": f"front {at}{EVIL}\r\nnext", "Back": f"<b>{EVIL}</b>"}
            client.invoke("addNote", {"note": {**note, "fields": fields}})
        db = session.col.db
        assert db is not None
        deck, model, field, tag = NAMES
        session.col.models.get(1)
        db.execute("update decks set name = ? where name = 'Plain'", deck)
        db.execute("update notetypes set name = ? where name = 'Basic'", model)
        db.execute("update fields set name = ? where name = 'Front'", field)
        db.execute("update templates set name = name || ?", EVIL)
        db.execute("update deck_config set name = ?", f"Options{EVIL}")
        db.execute("update notes set tags = ?", f" {tag} ")
        db.execute("update tags set tag = ?", tag)
        db.execute("update col set mod = mod + 1")
        (session.media_dir / f"file{EVIL}.png").write_bytes(b"x")
        session.reopen()
        yield client


PROGRAMS = (
    "find deck:*",
    "find deck:* | cards",
    "find deck:* | notes",
    "find deck:* | rows",
    "find deck:* | show",
    "find deck:* | table",
    "notesInfo (findNotes deck:*)",
    "cardsInfo (findCards deck:*)",
    "notesInfo (findNotes deck:*) | first",
    "deckNames",
    "deckNamesAndIds",
    "deckNamesAndIds | table",
    "getTags",
    "modelNames",
    "modelNamesAndIds",
    "getMediaFilesNames",
    "modelNames | each { modelFieldNames $it }",
    "modelNames | each { modelTemplates $it }",
    "getDeckStats (deckNames)",
    "getDeckConfig Default",
    "deckNames | each { print $it }",
    'print "the deck ${deckNames | join}"',
    "deckNames | each { {deck: $it, cards: 3} } | chart",
    "deckNames | to json",
    "notesInfo (findNotes deck:*) | to csv",
    "notesInfo (findNotes deck:*) | to yaml",
    "findNotes deck:* | each { notesInfo [$it] | first } | to md",
    "notesInfo (findNotes deck:*) | each { text $it.modelName }",
    "deckNames | each { md $it }",
    'fail "no ${deckNames | join}"',
    "deckNames | each { deckNameFromId $it }",
    'let d = deckNames; changeDeck [1] "${$d.1}x"',
    'addTags (findNotes deck:*) "more"',
    "getTags | each { replaceTags (findNotes deck:*) $it new }",
    'call addNote {note: {deckName: "none", modelName: (modelNames | first), fields: {}}}',
    "find deck:deckk",
    "find tag:tagg",
    "find note:Modell",
    'changeDeck [1] "deckk"',
    "assert (deckNames) == []",
    "plan find deck:* | addTags more",
    "plan find deck:* | deleteNotes",
    "plan getTags | each { replaceTags (findNotes deck:*) $it other }",
    "log",
    "undo",
    "redo",
    "log --diff",
    "log --all",
    "explain find deck:* | addTags x",
    "explain --json find deck:* | addTags x",
    "explain --curl find deck:* | addTags x",
    f'explain find deck:* | addTags "{"x" + EVIL.replace(chr(13), "")}"',
    f'find "deck:{EVIL}"',
    f"addTagz {EVIL}",
    f"{EVIL}",
    "help",
)


def shown(client: Client, journal: Path, program: str, form: str) -> str:
    """All that a program shows and is told, as it would reach a terminal."""
    out, told = io.StringIO(), list[Diagnostic]()
    source, journals = Source(f"file{EVIL}.ank", program), Journals(journal)
    session = Session(lambda: client, yes=True, journals=journals, preview=form == "table")
    look = Look(expand=True) if form == "table" else None
    try:
        asked = explain_request(source, False, "json" if form == "json" else None)
        if asked is not None:
            out.write(explanation(session, asked, ()))
        else:
            presenter = Presenter(out, out, form, columns=100, look=look)
            session.run(source, presenter, told.extend, ())
    except AnkishError as error:
        told += error.diagnostics
    finally:
        journals.close()
    kind = "json" if form == "json" else "fancy"
    errors = [render(told, kind), render(told, "plain")] if told else []
    return "\n".join([out.getvalue(), *errors])


def raw(text: str) -> set[str]:
    """The characters that a terminal would obey, or that reorder what is shown.

    The colours of a dry run are ankish's own; what is hostile holds more than these.
    """
    text = re.sub("\x1b\\[(31|32|0)m", "", text)
    return {repr(c) for c in text if c not in "\n\t" and harmless(c) != c}


@pytest.mark.parametrize("form", ["table", "plain", "json"])
def test_nothing_hostile_comes_out(base: Client, tmp_path: Path, form: str) -> None:
    wrong, saw = {}, 0
    for program in PROGRAMS:
        text = shown(base, tmp_path, program, form)
        saw += "owned" in text
        if found := raw(text):
            wrong[program] = found
    assert not wrong
    assert saw > len(PROGRAMS) / 2, "most of them had something hostile to show"
    base.invoke("removeTags", {"notes": base.invoke("findNotes", {"query": ""}), "tags": "more"})


def test_json_loses_nothing_of_it(base: Client, tmp_path: Path) -> None:
    text = shown(base, tmp_path, "deckNames", "json")
    assert NAMES[0] in json.loads(text)
