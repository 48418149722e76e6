"""Random requests, sensible and not: only ever an answer, and a collection that stays sound."""

from __future__ import annotations

import json
import tempfile
from inspect import signature
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ankish.anki.engine import families
from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import ACTIONS
from ankish.anki.engine.session import Session
from tests.engine.support import fresh_profile, is_sound
from tests.engine.support import note as basic

families.load()

MODULES = ("find", "fields", "media", "models", "notes", "protocol", "tags", "templates")
NAMES = sorted(name for name in ACTIONS if ACTIONS[name].__module__.rpartition(".")[2] in MODULES)

MODEL = st.sampled_from(["Basic", "Basic (and reversed card)", "Cloze", "Made", "basic", "Nope"])
FIELD = st.sampled_from(["Front", "Back", "Text", "New"])
CLOZE = "{{c1::a}} {{c2::b}}"
TEXT = st.sampled_from(["a", "<b>a</b>", CLOZE, ""]) | st.text(max_size=5)
SIDE = st.sampled_from(
    ["{{Front}}", "{{Back}}", "{{Text}} {{Front}}", "{{cloze:Text}}", "no field"]
)
TAGS = st.sampled_from(["x", "x y", "x::y", "X", "", "*", ":: ::"])
NOTE_ID = st.sampled_from(["$0", "$1", "$2", "$2", 1234567890123])
NAME = st.sampled_from(["a.txt", "_b.PNG", "../c", "", "ü.mp3"])
MEDIA = st.fixed_dictionaries(
    {"filename": NAME, "data": st.just("aGk=")}, optional={"fields": st.lists(FIELD)}
)
FIELDS = st.fixed_dictionaries({"Front": TEXT, "Text": TEXT}, optional={"Back": TEXT, "new": TEXT})
CHANGE = {"tags": st.lists(TAGS), "picture": MEDIA}
NEW_NOTE = st.fixed_dictionaries(
    {"deckName": st.just("Default"), "modelName": MODEL, "fields": FIELDS},
    optional={
        **CHANGE,
        "options": st.sampled_from([{"allowDuplicate": True}, {"duplicateScope": "deck"}]),
    },
)
OLD_NOTE = st.fixed_dictionaries(
    {"id": NOTE_ID, "modelName": MODEL, "fields": FIELDS}, optional=CHANGE
)
TEMPLATE = st.fixed_dictionaries(
    {"Front": SIDE, "Back": SIDE}, optional={"Name": st.sampled_from(["Card 1", "Other"])}
)
TEMPLATE_NAME = st.sampled_from(["Card 1", "Card 2", "Cloze", "Other"])
SENSIBLE: dict[str, st.SearchStrategy[Any]] = {
    "tags": TAGS,
    "query": st.sampled_from(["", "a", "tag:x", "deck:Default", "(", "re:["]),
    "modelName": MODEL,
    "modelNames": st.lists(MODEL, max_size=2),
    "modelId": st.just("$model"),
    "modelIds": st.just(["$model"]),
    "inOrderFields": st.just(["Front", "Back", "Text"]),
    "cardTemplates": st.lists(TEMPLATE, min_size=1, max_size=3),
    "css": st.none() | TEXT,
    "isCloze": st.booleans(),
    "template": TEMPLATE,
    "model": st.fixed_dictionaries(
        {"name": MODEL, "css": TEXT, "templates": st.dictionaries(TEMPLATE_NAME, TEMPLATE)}
    ),
    "index": st.sampled_from([0, 1, -1, 99]),
    "fontSize": st.just(10),
    "filename": NAME,
    "data": st.just("aGk="),
    "path": st.just("/no/such/file"),
    "url": st.just("file:///no/such/file"),
    "scopes": st.just(["actions"]),
    "actions": st.none() | st.just([]),
    "pattern": st.just("*"),
    "note": NOTE_ID,
    "notes": st.lists(NOTE_ID, unique=True),
    **dict.fromkeys(("fieldName", "oldFieldName", "newFieldName"), FIELD),
    **dict.fromkeys(("templateName", "oldTemplateName", "newTemplateName"), TEMPLATE_NAME),
    **dict.fromkeys(("findText", "replaceText"), st.sampled_from(["Front", "Back", "{{", ""])),
    **dict.fromkeys(("font", "description"), TEXT),
    **dict.fromkeys(("tag_to_replace", "replace_with_tag"), TAGS),
    **dict.fromkeys(("add", "front", "back", "deleteExisting"), st.booleans()),
}
SPECIAL: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    **dict.fromkeys(("updateNote", "updateNoteFields", "updateNoteModel"), {"note": OLD_NOTE}),
    **dict.fromkeys(("addNote", "canAddNote", "canAddNoteWithErrorDetail"), {"note": NEW_NOTE}),
    **dict.fromkeys(
        ("addNotes", "canAddNotes", "canAddNotesWithErrorDetail"),
        {"notes": st.lists(NEW_NOTE, max_size=3)},
    ),
    "createModel": {"modelName": st.sampled_from(["Made", "Made 2"])},
}
"""Where a parameter means something else than in most actions."""

JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 5, -1.5, 2**70, "", "x", "\ud800", "\0", [], [None], {}, {"id": []}]
)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """A request for one of the actions: sensible, but now and then with junk or a gap."""
    name = draw(st.sampled_from(NAMES))
    sensible = SENSIBLE | SPECIAL.get(name, {})
    wanted = list(signature(ACTIONS[name]).parameters)[1:]
    params = {param: draw(sensible.get(param, JUNK)) for param in wanted}
    if wanted and draw(st.integers(0, 4)) == 0:
        odd = draw(st.sampled_from(wanted))
        params[odd] = draw(JUNK)
    if wanted and draw(st.integers(0, 9)) == 0:
        del params[draw(st.sampled_from(wanted))]
    return {"action": name, "version": draw(st.sampled_from([4, 6])), "params": params}


def with_ids(value: Any, ids: dict[str, int]) -> Any:
    """A request with real ids in place of `$0`, `$1`, … and `$model`."""
    if isinstance(value, dict):
        return {key: with_ids(item, ids) for key, item in value.items()}
    if isinstance(value, list):
        return [with_ids(item, ids) for item in value]
    return ids.get(value, value) if isinstance(value, str) else value


@settings(max_examples=100)
@given(st.lists(requests() | st.lists(requests(), max_size=3), min_size=5, max_size=30))
def test_random_requests_are_answered_and_leave_the_collection_sound(sequence: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        with Session.open(fresh_profile(base), base=base) as session:
            engine = Engine(session)
            notes = [
                basic("first", "1", tags=["x"]),
                {**basic("second", "2"), "modelName": "Basic (and reversed card)"},
                {"deckName": "Default", "modelName": "Cloze", "fields": {"Text": CLOZE}},
            ]
            added = engine.handle({"action": "addNotes", "params": {"notes": notes}})
            models = engine.handle({"action": "modelNamesAndIds"})
            assert isinstance(added, list)
            assert isinstance(models, dict)
            ids = {f"${number}": note for number, note in enumerate(added)}
            ids["$model"] = models["Basic"]
            for request in sequence:
                if isinstance(request, list):
                    request = {"action": "multi", "version": 6, "params": {"actions": request}}
                body = json.dumps(with_ids(request, ids)).encode()
                answer = json.loads(engine.handle_bytes(body))
                if request["version"] == 6:
                    assert answer.keys() == {"result", "error"}
                    assert answer["result"] is None or answer["error"] is None
            assert session.path.is_file()
            assert is_sound(session)
