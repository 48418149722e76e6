"""Uses py-ankiconnect as a program would, and prints a line for each thing that must hold.

Arguments: host, port. Run by a Python that has the package, and need not have ankish.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from py_ankiconnect import PyAnkiconnect

DECK = "Made::By py"
HOST, PORT = sys.argv[1], int(sys.argv[2])
client = PyAnkiconnect(default_host=HOST, default_port=PORT, force_async_mode=False)
calls = 0
ids: list[int] = []


def ask(action: str, **params: Any) -> Any:
    """An action's result."""
    global calls
    calls += 1
    return client(action, **params)


def note(front: str, **more: Any) -> dict[str, Any]:
    fields = {"Front": front, "Back": f"back of {front}"}
    return {"deckName": DECK, "modelName": "Basic", "fields": fields, "tags": ["py"], **more}


def refused(text: str, action: str, **params: Any) -> bool:
    """Whether an action fails with an error that says `text`."""
    try:
        ask(action, **params)
    except Exception as error:
        return text in str(error)
    return False


def greeting() -> bool:
    return bool(ask("version") == 6 and ask("requestPermission")["permission"] == "granted")


def decks() -> bool:
    made = ask("createDeck", deck=DECK)
    return bool(ask("deckNamesAndIds")[DECK] == made)


def added() -> bool:
    picture = [{"data": "aGVsbG8=", "fields": ["Back"], "filename": "py.png"}]
    ids.append(ask("addNote", note=note("élan 日本", picture=picture)))
    ids.extend(ask("addNotes", notes=[note("second"), note("third")]))
    (info,) = ask("notesInfo", notes=ids[:1])
    return (
        sorted(ask("findNotes", query="tag:py")) == sorted(ids)
        and info["fields"]["Front"]["value"] == "élan 日本"
        and ask("retrieveMediaFile", filename="py.png") == "aGVsbG8="
    )


def duplicate() -> bool:
    return refused("it is a duplicate", "addNote", note=note("second"))


def unknown() -> bool:
    return refused("unsupported action", "noSuchAction")


def changed() -> bool:
    ask("updateNoteFields", note={"id": ids[1], "fields": {"Back": "changed"}})
    ask("addTags", notes=ids, tags="later")
    (info,) = ask("notesInfo", notes=ids[1:2])
    return info["fields"]["Back"]["value"] == "changed" and "later" in info["tags"]


def cards() -> bool:
    found = ask("findCards", query=f'deck:"{DECK}"')
    ask("suspend", cards=found)
    suspended = ask("areSuspended", cards=found)
    ask("changeDeck", cards=found, deck="Made::Elsewhere")
    return suspended == [True] * 3 and list(ask("getDecks", cards=found)) == ["Made::Elsewhere"]


def models() -> bool:
    templates = ask("modelTemplates", modelName="Basic")
    return ask("modelFieldNames", modelName="Basic") == ["Front", "Back"] and bool(templates)


def large() -> bool:
    data = "QUJD" * 1_000_000
    ask("storeMediaFile", filename="large.txt", data=data)
    return bool(ask("retrieveMediaFile", filename="large.txt") == data)


def at_once() -> bool:
    global calls
    crowd = PyAnkiconnect(default_host=HOST, default_port=PORT, force_async_mode=True)

    async def all_of_them() -> list[int]:
        new = [note(f"at once {number}", tags=["crowd"]) for number in range(200)]
        return await asyncio.gather(*(crowd("addNote", note=each) for each in new))

    answers = asyncio.run(all_of_them())
    calls += len(answers)
    return sorted(answers) == sorted(ask("findNotes", query="tag:crowd"))


def taken_away() -> bool:
    ask("deleteDecks", decks=["Made"], cardsToo=True)
    return bool(ask("findNotes", query="tag:py or tag:crowd") == [])


CHECKS: tuple[Callable[[], bool], ...] = (
    greeting,
    decks,
    added,
    duplicate,
    unknown,
    changed,
    cards,
    models,
    large,
    at_once,
    taken_away,
)


def main() -> None:
    global calls
    print(version("py-ankiconnect"))
    for check in CHECKS:
        calls = 0
        try:
            ok, problem = check(), None
        except Exception as error:
            ok, problem = False, repr(error)
        print(json.dumps({"name": check.__name__, "ok": ok, "calls": calls, "problem": problem}))


main()
