"""What surprises in AnkiConnect's answers, measured on the real one: the engine answers so too.

The recorded exchanges show most of it with one value each; here it is with others, by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]
Fail = Callable[..., str]

UNKNOWN = 1599999999999
OTHER = 1588888888888


@pytest.fixture
def notes(ask: Ask) -> list[int]:
    """Three notes with a card each."""
    made: list[int] = ask("addNotes", notes=[note("a", tags=["Ok"]), note("b"), note("c")])
    return made


@pytest.fixture
def cards(ask: Ask, notes: list[int]) -> list[int]:
    """Their cards, in the same order."""
    return [ask("notesInfo", notes=[each])[0]["cards"][0] for each in notes]


# Unknown ids


@pytest.mark.parametrize(
    ("action", "more", "result"),
    [
        ("forgetCards", {}, None),
        ("relearnCards", {}, None),
        ("setDueDate", {"days": "1"}, True),
        ("changeDeck", {"deck": "Default"}, None),
        ("cardsToNotes", {}, []),
        ("getDecks", {}, {"Default": [UNKNOWN, OTHER]}),
        ("areSuspended", {}, [None, None]),
        ("getEaseFactors", {}, [None, None]),
        ("setEaseFactors", {"easeFactors": [2000, 2100]}, [False, False]),
        ("cardsInfo", {}, [{}, {}]),
        ("cardsModTime", {}, [{}, {}]),
        ("getIntervals", {"complete": True}, [[], []]),
        ("getReviewsOfCards", {}, {str(UNKNOWN): [], str(OTHER): []}),
    ],
)
def test_unknown_cards(
    ask: Ask, cards: list[int], action: str, more: dict[str, Any], result: Any
) -> None:
    before = ask("cardsInfo", cards=cards)
    assert ask(action, cards=[UNKNOWN, OTHER], **more) == result
    assert ask("cardsInfo", cards=cards) == before


@pytest.mark.parametrize(
    ("action", "more", "result"),
    [
        ("addTags", {"tags": "x"}, None),
        ("removeTags", {"tags": "Ok"}, None),
        ("replaceTags", {"tag_to_replace": "Ok", "replace_with_tag": "x"}, None),
        ("deleteNotes", {}, None),
        ("notesInfo", {}, [{}, {}]),
        ("notesModTime", {}, [{}, {}]),
    ],
)
def test_unknown_notes(
    ask: Ask, notes: list[int], action: str, more: dict[str, Any], result: Any
) -> None:
    before = ask("notesInfo", query="")
    assert ask(action, notes=[UNKNOWN, OTHER], **more) == result
    assert ask("notesInfo", query="") == before


def test_unknown_ids_that_are_errors(error: Fail, ask: Ask, cards: list[int]) -> None:
    no_card, no_note = f"Card was not found: {UNKNOWN}", f"Note was not found: {UNKNOWN}"
    for action in ("suspend", "unsuspend"):
        assert error(action, cards=[UNKNOWN, *cards]) == no_card
    assert ask("areSuspended", cards=cards) == [False, False, False]
    assert error("suspended", card=UNKNOWN) == no_card
    assert error("getNoteTags", note=UNKNOWN) == no_note
    assert error("updateNoteTags", note=UNKNOWN, tags=["x"]) == no_note
    change = {"id": UNKNOWN, "fields": {"Front": "x"}, "tags": ["x"], "modelName": "Basic"}
    for action in ("updateNoteFields", "updateNote", "updateNoteModel"):
        assert error(action, note=change) == no_note
    for action in ("areDue", "getIntervals"):
        assert error(action, cards=[cards[0], UNKNOWN]) == "list index out of range"
    assert ask("answerCards", answers=[{"cardId": UNKNOWN, "ease": 2}]) == [False]
    assert ask("deckNameFromId", deckId=UNKNOWN) == "Default"
    assert error("modelNameFromId", modelId=UNKNOWN) == f"model was not found: {UNKNOWN}"


def test_a_card_neither_new_nor_reviewed_has_no_last_interval(
    ask: Ask, error: Fail, cards: list[int]
) -> None:
    ask("relearnCards", cards=cards[:1])
    for action in ("areDue", "getIntervals"):
        assert error(action, cards=cards) == "list index out of range"
    assert ask("getIntervals", cards=cards[:2], complete=True) == [[], 0]


# What an answer says


def test_suspend_tells_whether_anything_was_done_more_or_less(ask: Ask, cards: list[int]) -> None:
    assert ask("suspend", cards=[]) is False
    assert ask("suspend", cards=cards[:2]) is True
    assert ask("suspend", cards=cards[:1]) is False
    assert ask("suspend", cards=cards[:2]) is True
    assert ask("unsuspend", cards=cards[:2]) is None
    assert ask("unsuspend", cards=[]) is None


def test_false_stands_for_what_is_not_there(ask: Ask, tmp_path: Path) -> None:
    for answer in (
        ask("getDeckConfig", deck="Nowhere"),
        ask("getDeckConfig", deck="default"),
        ask("retrieveMediaFile", filename="nothing.png"),
        ask("exportPackage", deck="Nowhere", path=str(tmp_path / "x.apkg")),
        ask("guiDeckOverview", name="Nowhere"),
        ask("guiDeckReview", name="Nowhere"),
        ask("loadProfile", name="Nobody"),
        ask("cloneDeckConfigId", name="x", cloneFrom=77),
        ask("removeDeckConfigId", configId=77),
        ask("saveDeckConfig", config={"id": 77}),
        ask("setDeckConfigId", decks=["Default", "Nowhere"], configId=1),
    ):
        assert answer is False
    assert list(tmp_path.glob("*.apkg")) == []


def test_a_preset_that_is_not_there_is_the_default_one(ask: Ask, error: Fail) -> None:
    assert ask("setDeckConfigId", decks=["Default"], configId=77) is True
    assert ask("getDeckConfig", deck="Default")["id"] == 1
    assert error("removeDeckConfigId", configId=1) == "can't delete default conf"


def test_a_preset_is_removed_by_its_number_alone(ask: Ask, error: Fail) -> None:
    """A number in quotes is looked for, and then it is no number."""
    preset = str(ask("cloneDeckConfigId", name="x"))
    no_number = "'str' object cannot be interpreted as an integer"
    assert error("removeDeckConfigId", configId=preset) == no_number
    assert error("removeDeckConfigId", configId="1") == no_number
    assert ask("removeDeckConfigId", configId="77") is False
    assert ask("setDeckConfigId", decks=["Default"], configId=preset) is True


@pytest.mark.parametrize("gone", ["name", "maxTaken", "autoplay", "timer", "new", "rev", "lapse"])
def test_a_preset_without_what_anki_needs_is_not_saved(ask: Ask, gone: str) -> None:
    whole = ask("getDeckConfig", deck="Default")
    part = {key: value for key, value in whole.items() if key != gone}
    assert ask("saveDeckConfig", config={**part, "replayq": False}) is False
    assert ask("getDeckConfig", deck="Default") == whole
    assert ask("saveDeckConfig", config={k: v for k, v in whole.items() if k != "replayq"}) is True


def test_tags_and_fields_of_a_note_that_are_null_are_none(ask: Ask, error: Fail) -> None:
    """They are not as if they were left out."""
    number = ask("addNote", note=note("one", tags=["kept"]))
    for change, why in (
        ({"fields": None}, "'NoneType' object has no attribute 'items'"),
        ({"tags": None}, "Must provide tags as a list of strings"),
        ({"fields": None, "tags": ["x"]}, "'NoneType' object has no attribute 'items'"),
        ({}, 'Must provide a "fields" or "tags" property.'),
    ):
        assert error("updateNote", note={"id": number, **change}) == why
    assert ask("getNoteTags", note=number) == ["kept"]


def test_a_file_that_cannot_be_had_stops_a_note_that_names_no_fields_for_it(
    ask: Ask, error: Fail
) -> None:
    """With fields the reason would stand in them; a file that can be had needs none."""
    lost = {"path": "/no/such/file", "filename": "a.txt"}
    assert error("addNote", note=note("one", picture=lost)) == "'fields'"
    told = ask("canAddNotesWithErrorDetail", notes=[note("one", picture=lost)])
    assert told == [{"canAdd": False, "error": "'fields'"}]
    assert isinstance(ask("addNote", note=note("one", picture={**lost, "fields": []})), int)
    had = {"data": "aGk=", "filename": "a.txt"}
    assert isinstance(ask("addNote", note=note("two", picture=had)), int)


def test_values_of_a_card(ask: Ask, cards: list[int]) -> None:
    def put(keys: Any, values: Any, **more: Any) -> Any:
        return ask("setSpecificValueOfCard", card=cards[0], keys=keys, newValues=values, **more)

    assert put(["flags", "due"], [2, 30]) == [True]
    assert put(["flags"], ["2"]) == [[False, "'str' object cannot be interpreted as an integer"]]
    assert put(["reps"], [4]) is False
    assert put(["reps"], [4], warning_check=True) == [True]
    assert put(["no such column"], ["x"]) == [True]
    assert put(["flags"], [1, 2]) is False
    assert put("flags", [1]) is False
    assert ask("setSpecificValueOfCard", card=cards[:1], keys=["due"], newValues=[1]) is False
    (card,) = ask("cardsInfo", cards=cards[:1])
    assert (card["flags"], card["due"], card["reps"]) == (2, 30, 4)


def test_the_query_wins_over_the_ids(ask: Ask, notes: list[int]) -> None:
    assert [each["noteId"] for each in ask("notesInfo", notes=notes, query="front:b")] == notes[1:2]
    assert len(ask("notesInfo", notes=[], query="")) == 3


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("LOUD.MP3", "loud.mp3"),
        ("x/y:z*.txt", "yz.txt"),
        ("../../up.txt", "up.txt"),
        ("con.txt", "con_.txt"),
        ("nul", "nul_"),
        ("e\u0301.png", "\u00e9.png"),
        ("n" * 180 + ".png", "n" * 115 + ".png"),
    ],
)
def test_a_file_tells_the_name_it_got(ask: Ask, asked: str, stored: str) -> None:
    assert ask("storeMediaFile", filename=asked, data="aGk=") == stored
    assert ask("retrieveMediaFile", filename=stored) == "aGk="
    assert ask("getMediaFilesNames") == [stored]
    assert ask("deleteMediaFile", filename=stored) is None
    assert ask("deleteMediaFile", filename=stored) is None


# What reads make


def test_reads_that_make_decks(ask: Ask) -> None:
    ask("getDeckStats", decks=["One::Two"])
    ask("cardReviews", deck="Three", startID=0)
    ask("getLatestReviewID", deck="Four")
    ask("changeDeck", cards=[], deck="Five::Six")
    names = ["Default", "Five", "Five::Six", "Four", "One", "One::Two", "Three"]
    assert ask("deckNames") == names
    ask("getDeckStats", decks="no")
    assert ask("deckNames") == sorted([*names, "n", "o"], key=str.casefold)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("", ["blank"]),
        ("Bio::", ["Bio", "Bio::blank"]),
        ("::Bio", ["blank", "blank::Bio"]),
        ("  wide  ", ["wide"]),
        ("a\x07b", ["ab"]),
    ],
)
def test_names_of_decks_are_mended(ask: Ask, name: str, made: list[str]) -> None:
    ask("createDeck", deck=name)
    assert sorted({*ask("deckNames")} - {"Default"}) == made


def test_a_note_that_can_not_be_added_has_stored_its_files(ask: Ask) -> None:
    picture = {"filename": "kept.png", "data": "aGk=", "fields": ["Back"]}
    assert ask("canAddNote", note=note("", picture=picture)) is False
    assert ask("getMediaFilesNames") == ["kept.png"]


# Notes and tags


@pytest.mark.parametrize("front", ["", "  ", "<br>", "&nbsp;", "<div><br></div>", "<b> </b>"])
def test_a_blank_first_field_is_empty(error: Fail, front: str) -> None:
    assert error("addNote", note=note(front)) == "cannot create note because it is empty"


def test_characters_that_count_and_that_do_not(ask: Ask) -> None:
    added = ask("addNote", note=note("\u200b", "a\x00b"))
    fields = ask("notesInfo", notes=[added])[0]["fields"]
    assert (fields["Front"]["value"], fields["Back"]["value"]) == ("\u200b", "ab")


@pytest.mark.parametrize(
    ("given", "got"),
    [
        ("two", ["o", "t", "w"]),
        (["b a", "c"], ["a", "b", "c"]),
        (["a,b"], ["a,b"]),
        (["x::::y"], ["x::blank::y"]),
        (["OK", "ok", "New", "nEW"], ["New", "Ok"]),
        ([], []),
    ],
)
def test_tags_of_a_new_note(ask: Ask, notes: list[int], given: Any, got: list[str]) -> None:
    added = ask("addNote", note=note("with tags", tags=given))
    assert ask("getNoteTags", note=added) == got


def test_tags_are_known_until_they_are_cleared(ask: Ask, notes: list[int]) -> None:
    ask("addTags", notes=[UNKNOWN], tags="from::nowhere")
    ask("removeTags", notes=notes, tags="Ok")
    assert ask("getTags") == ["from::nowhere", "Ok"]
    ask("clearUnusedTags")
    assert ask("getTags") == []


def test_a_star_in_a_tag_to_remove_is_a_star(ask: Ask, notes: list[int]) -> None:
    ask("updateNoteTags", note=notes[0], tags="p pp x1")
    ask("removeTags", notes=notes, tags="x* P unheard")
    assert ask("getNoteTags", note=notes[0]) == ["pp", "x1"]


def test_one_note_twice_gets_no_tags(ask: Ask, error: Fail, notes: list[int]) -> None:
    twice = error("addTags", notes=[notes[1], notes[1]], tags="x")
    assert "UNIQUE constraint failed: search_nids.nid" in twice
    assert ask("getNoteTags", note=notes[1]) == []


def test_fields_by_names_in_another_case(ask: Ask, notes: list[int]) -> None:
    ask("updateNoteFields", note={"id": notes[0], "fields": {"front": "X", "BACK": "X"}})
    assert ask("notesInfo", notes=notes[:1])[0]["fields"]["Back"]["value"] == ""
    ask("updateNoteModel", note={"id": notes[0], "modelName": "basic", "fields": {"bAck": "X"}})
    fields = ask("notesInfo", notes=notes[:1])[0]["fields"]
    assert (fields["Front"]["value"], fields["Back"]["value"]) == ("", "X")
    assert ask("getNoteTags", note=notes[0]) == []


# Cards


def test_an_answer_unsuspends(ask: Ask, cards: list[int]) -> None:
    ask("suspend", cards=cards[:1])
    assert ask("answerCards", answers=[{"cardId": cards[0], "ease": 4}]) == [True]
    assert ask("suspended", card=cards[0]) is False


def test_answers_before_a_wrong_one_stay(ask: Ask, error: Fail, cards: list[int]) -> None:
    answers = [{"cardId": card, "ease": ease} for card, ease in zip(cards, (3, 7, 3), strict=True)]
    assert error("answerCards", answers=answers) == "invalid ease"
    assert [card["reps"] for card in ask("cardsInfo", cards=cards)] == [1, 0, 0]


@pytest.mark.parametrize("days", ["0", "2", "3-7", "7-3", "5!", "2-4!"])
def test_due_dates_that_are_taken(ask: Ask, cards: list[int], session: Session, days: str) -> None:
    assert ask("setDueDate", cards=cards, days=days) is True
    low, high = sorted(map(int, [*days.strip("!").split("-")] * 2))[:: 3 if "-" in days else 1]
    for card in ask("cardsInfo", cards=cards):
        assert low <= card["due"] - session.col.sched.today <= high
    assert [len(lines) for lines in ask("getReviewsOfCards", cards=cards).values()] == [1, 1, 1]


@pytest.mark.parametrize("days", ["soon", "-1", "1-", "", "1.5", " 3"])
def test_due_dates_that_are_refused_come_back(ask: Ask, error: Fail, days: str) -> None:
    assert error("setDueDate", cards=[UNKNOWN], days=days) == days


def test_a_forgotten_card_keeps_its_log_and_its_counts(ask: Ask, cards: list[int]) -> None:
    position = ask("cardsInfo", cards=cards[1:2])[0]["due"]
    ask("answerCards", answers=[{"cardId": cards[1], "ease": 4}])
    ask("forgetCards", cards=cards[1:2])
    (card,) = ask("cardsInfo", cards=cards[1:2])
    assert (card["type"], card["due"], card["reps"]) == (0, position, 1)
    assert len(ask("getReviewsOfCards", cards=cards[1:2])[str(cards[1])]) == 2


def test_new_cards_are_counted_up_to_the_limit_of_the_day(ask: Ask) -> None:
    ask("addNotes", notes=[note(str(number)) for number in range(25)])
    (stats,) = ask("getDeckStats", decks=["default"]).values()
    assert (stats["new_count"], stats["total_in_deck"]) == (20, 25)


def test_a_filtered_deck(ask: Ask, error: Fail, cards: list[int], session: Session) -> None:
    """AnkiConnect takes a card into it, from where it is lost; that much is refused here."""
    deck = ask("createFilteredDeck", deck="Cram", query="front:a")
    assert ask("getDeckConfig", deck="Cram")["id"] == deck
    assert ask("setDeckConfigId", decks=["Cram"], configId=1) is True
    assert error("changeDeck", cards=cards[1:], deck="Cram")
    ask("changeDeck", cards=cards[:1], deck="Default")
    assert ask("getDecks", cards=cards) == {"Default": cards}
    assert is_sound(session)


def test_deleting_the_default_deck_deletes_its_cards_only(ask: Ask, notes: list[int]) -> None:
    assert ask("deleteDecks", decks=["Default"], cardsToo=True) is None
    assert ask("deckNames") == ["Default"]
    assert ask("findNotes", query="") == []
