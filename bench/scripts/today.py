"""What a user would write today: one request for each item, for the first ones of them.

python today.py URL JOB COUNT QUERY ARGUMENTS; prints how many items there are in all. With
CLIENT=py-ankiconnect in the environment that package sends the requests, else httpx.
"""

import csv
import os
import sys

URL, JOB, COUNT, QUERY = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
REST = sys.argv[5:]

if os.environ.get("CLIENT") == "py-ankiconnect":
    from py_ankiconnect import PyAnkiconnect

    host, _, port = URL.rpartition(":")
    ask = PyAnkiconnect(default_host=host, default_port=int(port), timeout=600)
else:
    import httpx

    def ask(action, **params):
        body = {"action": action, "version": 6, "params": params}
        answer = httpx.post(URL, json=body, timeout=600, headers={"Connection": "close"}).json()
        return answer["result"]


if JOB == "add":
    with open(REST[0], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows[:COUNT]:
        fields = {"Front": "today " + row["word"], "Back": row["meaning"]}
        ask("addNote", note={"deckName": REST[1], "modelName": "Basic", "fields": fields})
    print(len(rows))
elif JOB == "due":
    decks = ask("deckNames")
    for deck in decks[:COUNT]:
        print(deck, len(ask("findCards", query=f'"deck:{deck}" is:due')), file=sys.stderr)
    print(len(decks))
elif JOB == "media":
    for path in REST[:COUNT]:
        ask("storeMediaFile", filename=path.rpartition("/")[2], path=path)
    print(len(REST))
elif JOB == "where":
    cards = ask("findCards", query="deck:*")
    for card in cards[:COUNT]:
        [info] = ask("cardsInfo", cards=[card])
        found = info["lapses"] > 4 and REST[0] in info["fields"]["Front"]["value"]
        print(found, file=sys.stderr)
    print(len(cards))
elif JOB == "move":
    cards = ask("findCards", query=QUERY)
    for card in cards[:COUNT]:
        ask("changeDeck", cards=[card], deck=REST[0])
    print(len(cards))
else:
    notes = ask("findNotes", query=QUERY)
    for note in notes[:COUNT]:
        if JOB == "tag":
            ask("addTags", notes=[note], tags=REST[0])
        else:
            [info] = ask("notesInfo", notes=[note])
            back = f"{REST[0]} {info['fields']['Back']['value']}"
            ask("updateNoteFields", note={"id": note, "fields": {"Back": back}})
    print(len(notes))
