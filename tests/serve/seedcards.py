"""What the documentation's examples of cards, decks, windows and media should answer.

By action, in order of appearance.
"""

from __future__ import annotations

from typing import Any

from tests.serve.seed import Ask, Case

WINDOW = "an action of Anki's windows: the answer says what to use instead"
MALFORMED = "not JSON: a bracket is missing, or a placeholder stands in it"


def window() -> list[Case]:
    """The case of an action that only a window can do."""
    return [Case(error="ACTION needs Anki's window, and Anki is not running; ", reason=WINDOW)]


def decks(*names: str) -> Any:
    return lambda ask: [ask("createDeck", deck=name) for name in names]


def review(ask: Any) -> None:
    """Start to review a deck that has cards to review."""
    ask("guiDeckReview", name="Inbox")


def file(name: str) -> Any:
    return lambda ask: ask("storeMediaFile", filename=name, data="SGVsbG8sIHdvcmxkIQ==")


def a_package(ask: Ask) -> None:
    """The package that the example before it has written."""
    ask("exportPackage", deck="Geography", path="${tmp}/Deck.apkg")


CARD = {
    "cardId": int,
    "fields": {str: {"value": str, "order": int}},
    "question": str,
    "answer": str,
    "css": str,
    "modelName": str,
    "deckName": str,
    "factor": int,
    "interval": int,
    "note": int,
}
STATS = {"deck_id": int, "name": str, "new_count": int, "total_in_deck": int}
PERMISSION = {"permission": "granted", "requireApikey": False, "version": 6}
DECKS = ("Japanese::JLPT N5", "Easy Spanish")


CASES: dict[str, list[Case]] = {
    "requestPermission": [Case(PERMISSION)] * 2,
    "ACTION_NAME": [Case(error="Expecting property name", reason=MALFORMED)],
    "getEaseFactors": [Case([int])],
    "setEaseFactors": [
        Case(
            [True, True],
            reason="a list, one truth for each card, not one for all",
            after=lambda ask, sent: ask("getEaseFactors", cards=sent["cards"]) == [4100, 3900],
        )
    ],
    "setSpecificValueOfCard": [
        Case(False, reason="odue needs warning_check, and the values must be numbers")
    ],
    "suspend": [Case(True, after=lambda ask, sent: all(ask("areSuspended", cards=sent["cards"])))]
    * 2,
    "unsuspend": [
        Case(
            None,
            reason="null, never a truth value",
            before=lambda ask: ask("suspend", cards=ask("findCards", query="note:Basic")),
            after=lambda ask, sent: ask("areSuspended", cards=sent["cards"]) == [False, False],
        )
    ],
    "suspended": [Case(False)],
    "areSuspended": [Case(lambda value: value == [False, False, None])],
    "areDue": [Case([bool])],
    "getIntervals": [Case([int]), Case([[int]])],
    "findCards": [Case([int], before=lambda ask: ask("createDeck", deck="Default"))],
    "cardsToNotes": [Case([int])],
    "cardsModTime": [Case([{"cardId": int, "mod": int}])],
    "cardsInfo": [Case([CARD])],
    "forgetCards": [
        Case(
            None,
            after=lambda ask, sent: all(
                info["type"] == 0 for info in ask("cardsInfo", cards=sent["cards"])
            ),
        )
    ],
    "relearnCards": [
        Case(
            None,
            after=lambda ask, sent: all(
                info["type"] == 3 for info in ask("cardsInfo", cards=sent["cards"])
            ),
        )
    ],
    "answerCards": [Case([True, True], reason="a list, one truth for each card")],
    "setDueDate": [Case(True)],
    "deckNames": [Case([str])],
    "deckNamesAndIds": [Case({str: int})],
    "getDecks": [Case({str: [int]})],
    "createDeck": [
        Case(int, after=lambda ask, sent: sent["deck"] in ask("deckNames")),
    ]
    * 2,
    "changeDeck": [
        Case(
            None,
            after=lambda ask, sent: (
                set(ask("getDecks", cards=sent["cards"])) == {"Japanese::JLPT N3"}
            ),
        )
    ],
    "deleteDecks": [
        Case(
            None,
            before=decks(*DECKS),
            after=lambda ask, sent: not set(DECKS) & set(ask("deckNames")),
        )
    ],
    "getDeckConfig": [Case({"id": 1, "name": "Default", "new": dict, "rev": dict, "lapse": dict})],
    "saveDeckConfig": [
        Case(
            True,
            after=lambda ask, sent: ask("getDeckConfig", deck="Default")["rev"]["perDay"] == 100,
        )
    ],
    "setDeckConfigId": [Case(True)],
    "cloneDeckConfigId": [Case(int)],
    "removeDeckConfigId": [
        Case(True, before=lambda ask: ask("cloneDeckConfigId", name="Extra")),
    ],
    "getDeckStats": [Case({str: STATS}, before=decks(*DECKS, "MyDeck"))] * 2,
    "guiBrowse": [Case([int])] * 2,
    "guiSelectCard": window(),
    "guiSelectedNotes": window(),
    "guiAddCards": window(),
    "guiEditNote": window(),
    "guiAddNoteSetData": [
        Case(error="unsupported action", reason="not in the recorded AnkiConnect")
    ]
    * 2,
    "guiCurrentCard": [
        Case({"cardId": int, "question": str, "answer": str, "buttons": [int]}, before=review)
    ],
    "guiStartCardTimer": [Case(True, before=review)],
    "guiShowQuestion": [Case(True, before=review)],
    "guiShowAnswer": [Case(True, before=review)],
    "guiAnswerCard": [
        Case(
            True,
            before=lambda ask: (review(ask), ask("guiShowAnswer")),
            after=lambda ask, sent: ask("getNumCardsReviewedToday") > 0,
        )
    ],
    "guiUndo": [
        Case(
            True,
            before=lambda ask: ask("createDeck", deck="Undone"),
            after=lambda ask, sent: "Undone" not in ask("deckNames"),
        )
    ],
    "guiDeckOverview": [Case(True)],
    "guiDeckBrowser": [Case(None)],
    "guiDeckReview": [Case(True)],
    "guiImportFile": window(),
    "guiExitAnki": window(),
    "guiCheckDatabase": [Case(True)],
    "guiPlayAudio": window(),
    "storeMediaFile": [
        Case(
            sent_name,
            after=lambda ask, sent: (
                ask("retrieveMediaFile", filename=sent["filename"]) == "SGVsbG8sIHdvcmxkIQ=="
            ),
        )
        for sent_name in ("_hello.txt", "image.png", "_config.txt")
    ],
    "retrieveMediaFile": [Case("SGVsbG8sIHdvcmxkIQ==", before=file("_hello.txt"))],
    "getMediaFilesNames": [Case(["_hello.txt"], before=file("_hello.txt"))],
    "getMediaDirPath": [Case(lambda value: value.endswith("collection.media"))],
    "deleteMediaFile": [
        Case(
            None,
            before=file("image.png"),
            after=lambda ask, sent: ask("retrieveMediaFile", filename="image.png") is False,
        )
    ],
    "version": [Case(6)],
    "apiReflect": [
        Case({"scopes": ["actions"], "actions": [str]}),
        Case({"scopes": ["actions"], "actions": ["deckNames", "addNote"]}),
    ],
    "sync": [Case(error="sync: auth not configured", reason="nobody has logged in to a server")],
    "getProfiles": [Case([str])],
    "getActiveProfile": [Case(str)],
    "loadProfile": [Case(True, after=lambda ask, sent: ask("getActiveProfile") == "user1")],
    "multi": [
        Case(
            lambda value: [[type(x) for x in part[:1]] for part in value] == [[str], [str], [str]],
            reason="without a version inside, the results come as they are",
        )
    ],
    "exportPackage": [Case(True), Case(True, before=decks("MyDeck"))],
    "importPackage": [
        Case(True, before=a_package, reason="the path is not relative to the media folder")
    ],
    "reloadCollection": [Case(None)],
}
