"""The best script for each job of `bench bulk` that an expert would write: the right actions,
in `multi`s of a size that measured well. python expert.py URL JOB QUERY ARGUMENTS

With KEEP=FILE in the environment it is an expert who wants to be able to take it all back, and to
know that it was done: what was there before goes into the file, and that to the disk, before
anything is changed, and the change is looked at in the same request.
"""

import base64
import csv
import json
import os
import re
import sys

import httpx

WRITES = 250
IDS = 5000

client = httpx.Client(
    verify=False,
    trust_env=False,
    timeout=600,
    limits=httpx.Limits(max_keepalive_connections=0),
    headers={"Connection": "close"},
)
URL, JOB, QUERY = sys.argv[1:4]
KEEP = os.environ.get("KEEP")


def ask(action, **params):
    body = {"action": action, "version": 6, "params": params}
    answer = client.post(URL, json=body).json()
    if answer["error"] is not None:
        sys.exit(answer["error"])
    return answer["result"]


def together(*actions):
    found = []
    for answer in ask("multi", actions=[{"version": 6, **each} for each in actions]):
        found.append(answer["result"] if answer["error"] is None else answer["error"])
    return found


def action(name, **params):
    return {"action": name, "params": params}


def multi(actions, size=WRITES):
    return [
        result
        for start in range(0, len(actions), size)
        for result in together(*actions[start : start + size])
    ]


def infos(name, key, ids, size):
    return [
        info
        for start in range(0, len(ids), size)
        for info in ask(name, **{key: ids[start : start + size]})
    ]


def keep(**what):
    with open(KEEP, "a", encoding="utf-8") as file:
        json.dump(what, file)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def sure(done):
    if not done:
        sys.exit("it was not done")


def edit(word):
    notes = infos("notesInfo", "notes", ask("findNotes", query=QUERY), IDS)
    for start in range(0, len(notes), WRITES):
        part = notes[start : start + WRITES]
        texts = [f"{word} {note['fields']['Back']['value']}" for note in part]
        changes = [
            action("updateNoteFields", note={"id": note["noteId"], "fields": {"Back": text}})
            for note, text in zip(part, texts)
        ]
        if not KEEP:
            together(*changes)
            continue
        keep(edited={note["noteId"]: note["fields"]["Back"]["value"] for note in part})
        ids = [note["noteId"] for note in part]
        *_, after = together(*changes, action("notesInfo", notes=ids))
        sure([note["fields"]["Back"]["value"] for note in after] == texts)


def tag(word):
    if not KEEP:
        ask("addTags", notes=ask("findNotes", query=QUERY), tags=word)
        return
    notes, had = together(
        action("findNotes", query=QUERY), action("findNotes", query=f'"tag:{word}" {QUERY}')
    )
    keep(tagged=word, notes=notes, had=had)
    _, has = together(
        action("addTags", notes=notes, tags=word), action("findNotes", query=f'"tag:{word}"')
    )
    sure(set(notes) <= set(has))


def move(deck):
    cards = ask("findCards", query=QUERY)
    if not KEEP:
        ask("changeDeck", cards=cards, deck=deck)
        return
    keep(moved=ask("getDecks", cards=cards))
    _, after = together(
        action("changeDeck", cards=cards, deck=deck), action("getDecks", cards=cards)
    )
    sure(after.keys() == {deck})


def add(path, deck):
    with open(path, encoding="utf-8", newline="") as file:
        notes = [
            {
                "deckName": deck,
                "modelName": "Basic",
                "fields": {"Front": row["word"], "Back": row["meaning"]},
                "tags": [],
            }
            for row in csv.DictReader(file)
        ]
    for start in range(0, len(notes), WRITES):
        part = [action("addNote", note=note) for note in notes[start : start + WRITES]]
        if KEEP:
            keep(adding=notes[start : start + WRITES])
        made = together(*part)
        sure(all(isinstance(each, int) for each in made))
        if KEEP:
            keep(added=made)


def due():
    decks = ask("deckNames")
    found = multi([action("findCards", query=f'"deck:{d}" is:due') for d in decks], 500)
    for deck, cards in zip(decks, found):
        print(deck, len(cards), sep="\t")


def where(pattern):
    literal = max(re.findall(r"[\w ]+", pattern), key=len)
    cards = ask("findCards", query=f'prop:lapses>4 "Front:*{literal}*"')
    found = [
        (info["fields"]["Front"]["value"], info["lapses"])
        for info in infos("cardsInfo", "cards", cards, 1000)
        if re.search(pattern, info["fields"]["Front"]["value"])
    ]
    for front, lapses in found:
        print(front, lapses, sep="\t")


def media(*paths):
    for start in range(0, len(paths), WRITES):
        part = paths[start : start + WRITES]
        names = [path.rpartition("/")[2] for path in part]
        stores = [action("storeMediaFile", filename=n, path=p) for n, p in zip(names, part)]
        if not KEEP:
            together(*stores)
            continue
        looks = [action("retrieveMediaFile", filename=name) for name in names]
        keep(stored=dict(zip(names, together(*looks))))
        after = together(*stores, *looks)[len(stores) :]
        for path, data in zip(part, after):
            with open(path, "rb") as file:
                sure(base64.b64decode(data) == file.read())


def nothing():
    ask("version")


{f.__name__: f for f in (edit, tag, move, add, due, where, media, nothing)}[JOB](*sys.argv[4:])
