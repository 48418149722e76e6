"""Notes to measure with in the collection of a real AnkiConnect, which go again afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

TAG = "ankish-bench"
QUERY_OF_URL = f"tag:{TAG}"
DECKS_OF_URL = ("Ankish bench", "Ankish bench::other")
BATCH = 100


def ask(url: str, action: str, **params: Any) -> Any:
    """What an action gives; `RuntimeError` if it is refused."""
    body = json.dumps({"action": action, "version": 6, "params": params}).encode()
    with urlopen(Request(url, body, {"Content-Type": "application/json"})) as answer:
        said = json.load(answer)
    if said["error"] is not None:
        raise RuntimeError(f"{action}: {said['error']}")
    return said["result"]


@contextmanager
def notes_of_url(url: str, size: int) -> Iterator[None]:
    """So many notes in a deck of their own. Notes, decks and files of the benchmarks go again."""
    for deck in DECKS_OF_URL:
        ask(url, "createDeck", deck=deck)
    try:
        for start in range(0, size, BATCH):
            notes = [
                {
                    "deckName": DECKS_OF_URL[0],
                    "modelName": "Basic",
                    "fields": {"Front": f"{TAG} {n} lorem ipsum", "Back": f"back {n} <b>dolor</b>"},
                    "tags": [TAG],
                }
                for n in range(start, min(start + BATCH, size))
            ]
            ask(url, "addNotes", notes=notes)
        yield
    finally:
        ask(url, "deleteDecks", decks=[DECKS_OF_URL[0]], cardsToo=True)
        for name in ask(url, "getMediaFilesNames", pattern=f"{TAG}-*"):
            ask(url, "deleteMediaFile", filename=name)
