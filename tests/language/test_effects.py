"""Programs change the collection as they say: the end state is looked at past the language."""

from __future__ import annotations

import pytest

from tests.support.lab import Lab


def test_suspend_and_count_in_one_script(lab: Lab) -> None:
    leeches = lab.ids("tag:leech")
    before = lab.ids("tag:leech is:suspended")
    assert before and before != leeches
    program = 'find "tag:leech -is:suspended" | suspend\nfind "tag:leech is:suspended" | count'
    assert lab.results(program) == [
        {"done": "suspend", "count": len(leeches - before)},
        len(leeches),
    ]
    assert lab.ids("tag:leech is:suspended") == leeches


def test_a_verb_hands_on_what_it_was_given_not_the_search_asked_again(lab: Lab) -> None:
    inbox = lab.ids("deck:Inbox added:7")
    assert inbox
    lab.results('find "deck:Inbox added:7" | changeDeck "Japanese::N3" | addTags sorted')
    assert lab.ids("deck:Inbox added:7") == set()
    assert lab.ids("deck:Japanese::N3 tag:sorted") == inbox


def test_handing_on_does_not_widen(lab: Lab) -> None:
    recall = lab.ids("card:Recall deck:Japanese::N3 -is:suspended")
    siblings = lab.ids("card:Recognition deck:Japanese::N3 is:suspended")
    assert recall
    lab.results("find card:Recall deck:Japanese::N3 | addTags drilled | suspend")
    assert recall <= lab.ids("is:suspended")
    assert lab.ids("card:Recognition deck:Japanese::N3 is:suspended") == siblings
    assert lab.ids("tag:drilled card:Recall") >= recall


def test_let_keeps_what_was_found(lab: Lab) -> None:
    old = lab.ids("tag:old")
    assert old
    lab.results("let old = find tag:old\n$old | removeTags old\n$old | addTags archive")
    assert lab.ids("tag:old") == set()
    assert lab.ids("tag:archive") == old


def test_a_filtered_table_still_leads_to_its_cards(lab: Lab) -> None:
    hard = lab.ids("deck:Spanish prop:lapses>4 prop:ivl<21")
    assert hard
    program = "find deck:Spanish | where lapses > 4 and interval < 21 | addTags hard"
    assert lab.result(program)["done"] == "addTags"
    notes = lab.ask("findNotes", query="tag:hard")
    assert set(notes) == set(lab.ask("cardsToNotes", cards=sorted(hard)))


def test_set_sends_only_the_notes_that_change(lab: Lab) -> None:
    untidy = lab.ask("findNotes", query='deck:Spanish "Front:re:(&nbsp;|^ | $|  )"')
    before = lab.ask("notesModTime", notes=lab.ask("findNotes", query="deck:Spanish"))
    program = "find deck:Spanish | set Front = trim(replace(Front, '(&nbsp;)+', ' ', regex=true))"
    changed = lab.result(program)["count"]
    assert 0 < changed <= len(untidy)
    assert lab.ids("deck:Spanish Front:*&nbsp;*") == set()
    after = lab.ask("notesModTime", notes=lab.ask("findNotes", query="deck:Spanish"))
    assert sum(a != b for a, b in zip(before, after, strict=True)) <= changed


def test_a_condition_takes_one_side(lab: Lab) -> None:
    due = len(lab.ids("is:due"))
    program = (
        "let due = find is:due | count\n"
        'if $due > {} {{ print "Busy day: ${{due}} cards" }} else {{ print "Easy day" }}'
    )
    assert lab.results(program.format(due - 1)) == [f"Busy day: {due} cards"]
    assert lab.results(program.format(due)) == ["Easy day"]


def test_a_macro_is_called_like_a_command(lab: Lab) -> None:
    mature = lab.ids("deck:Spanish prop:ivl>=60")
    assert mature
    lab.results(
        "## Move mature cards to the deck's Mature subdeck.\n"
        "macro graduate(deck: deck, days: int = 90) {\n"
        '    find "deck:${deck} prop:ivl>=${days}" | changeDeck "${deck}::Mature" --create\n'
        "}\n"
        "graduate Spanish days=60"
    )
    assert lab.ids("deck:Spanish::Mature") == mature


def test_each_gives_a_row_for_every_deck(lab: Lab) -> None:
    rows = lab.result(
        'deckNames | each { {deck: $it, due: (find "deck:${it} is:due" | count)} } | sort -due'
    )
    decks = lab.ask("deckNames")
    assert {row["deck"]: row["due"] for row in rows} == {
        deck: len(lab.ids(f'"deck:{deck}" is:due')) for deck in decks
    }
    assert [row["due"] for row in rows] == sorted((row["due"] for row in rows), reverse=True)


def test_each_asks_one_question_for_all(lab: Lab) -> None:
    sent = lab.client.stats.requests
    lab.results('deckNames | each { {deck: $it, due: (find "deck:${it} is:due" | count)} }')
    over_http = lab.client.stats.sent > 0  # here a request costs nothing, so none is saved
    assert lab.client.stats.requests - sent == (2 if over_http else 3)


def test_a_failed_action_is_caught(lab: Lab) -> None:
    program = 'try { importPackage "deck.apkg" } catch e { print "not imported: ${e.message}" }'
    (said,) = lab.results(program)
    assert said.startswith("not imported: Anki refused `importPackage`")


def test_an_action_by_its_own_name_with_json(lab: Lab) -> None:
    program = (
        'addNote {"deckName": "Default", "modelName": "Basic", '
        '"fields": {"Front": "Q \\u00e9", "Back": "A"}, "tags": ["t"]}'
    )
    note = lab.result(program)
    (info,) = lab.ask("notesInfo", notes=[note])
    assert info["fields"]["Front"]["value"] == "Q é"
    assert info["tags"] == ["t"]


def test_call_gives_the_raw_result(lab: Lab) -> None:
    cards = sorted(lab.ids("deck:Spanish is:review"))[:3]
    listed = ", ".join(map(str, cards))
    raw = lab.result(f"call getIntervals {{cards: [{listed}], complete: true}}")
    assert raw == lab.ask("getIntervals", cards=cards, complete=True)


def test_what_a_program_made_may_be_named_after_it(lab: Lab) -> None:
    lab.results("createDeck Fresh::One\nfind deck:Inbox | changeDeck Fresh::One")
    assert lab.ids("deck:Fresh::One") and not lab.ids("deck:Inbox")


def test_a_computed_deck_has_to_exist(lab: Lab) -> None:
    decks = lab.ask("deckNames")
    program = 'let d = "Spanish::" + "Vrbs"\nfind deck:Inbox | changeDeck $d'
    assert lab.codes(program) == ["value::no-deck"]
    assert lab.ask("deckNames") == decks


def test_a_program_with_an_error_on_its_last_line_sends_nothing(lab: Lab) -> None:
    program = "find deck:Spanish | suspend\nfind deck:Spanish | where lapses >"
    assert lab.codes(program) == ["syntax::unfinished"]
    assert lab.codes("find deck:Spanish | suspend\nsuspnd") == ["name::command"]
    assert lab.client.stats.requests == 0
    program = "find deck:Spanish | suspend\nfind deck:Spanish | where lapss > 3"
    assert lab.codes(program) == ["name::column"]
    assert lab.ids("is:suspended deck:Spanish") != lab.ids("deck:Spanish")


def test_a_failing_action_stops_the_program_and_keeps_what_was_done(lab: Lab) -> None:
    program = 'find deck:Inbox | addTags one\nexportPackage Nowhere "x.apkg"\nprint "after"'
    assert lab.codes(program) == ["name::deck"]
    program = 'find deck:Inbox | addTags one\nfail "enough"\nfind deck:Inbox | addTags two'
    assert lab.codes(program) == ["value::fail"]
    assert lab.ids("tag:one") == lab.ids("deck:Inbox")
    assert lab.ids("tag:two") == set()


def test_false_in_place_of_an_error_is_a_failure(lab: Lab) -> None:
    assert lab.codes("retrieveMediaFile nowhere.mp3") == ["anki::not-done"]
    assert lab.result('call retrieveMediaFile {filename: "nowhere.mp3"}') is False


def test_chunk_gives_sets_of_cards(lab: Lab) -> None:
    new = lab.ids("deck:Spanish is:new")
    assert len(new) > 10
    lab.results("find deck:Spanish is:new | chunk 10 { $it | addTags chunked | setDueDate 1 }")
    assert lab.ids("deck:Spanish is:new") == set()
    assert new <= lab.ids("tag:chunked prop:due=1")


def test_each_knows_the_row_it_is_at(lab: Lab) -> None:
    fronts = lab.result("find deck:Inbox | notes | each { $it.Front }")
    infos = lab.ask("notesInfo", query="deck:Inbox")
    assert fronts == [info["fields"]["Front"]["value"] for info in infos]
    lab.results('find deck:Inbox | notes | each { $it | addTags "len-${length(it.Front)}" }')
    for info in lab.ask("notesInfo", query="deck:Inbox"):
        assert f"len-{len(info['fields']['Front']['value'])}" in info["tags"]
    lab.results("find deck:Inbox | each { $it | suspend }")
    assert lab.ids("deck:Inbox is:suspended") == lab.ids("deck:Inbox")


def test_what_a_branch_asked_is_asked_again_after_it(lab: Lab) -> None:
    program = (
        'for d in ["Inbox", "Geography"] { let c = find "deck:${d}" | cards; '
        'if $d == "Inbox" { $c | addTags one }; $c | addTags two }'
    )
    lab.results(program)
    assert lab.ids("tag:one") == lab.ids("deck:Inbox")
    assert lab.ids("tag:two") == lab.ids("deck:Inbox or deck:Geography")
    lab.results("let c = find deck:Inbox | cards; if 1 == 2 { $c | addTags a }; $c | addTags b")
    assert lab.ids("tag:b") == lab.ids("deck:Inbox") and not lab.ids("tag:a")


def test_a_verb_that_is_given_nothing_does_nothing(lab: Lab) -> None:
    before = lab.ask("notesInfo", query="")
    for verb in ("addTags x", "suspend", "changeDeck Spanish", "setDueDate 1", "forgetCards"):
        lab.results(f"find tag:nowhere | {verb}")
    assert lab.ask("notesInfo", query="") == before


CARDS_AS_NOTES = (
    "(find {}) | addTags z",
    "let x = (find {})\n$x | addTags z",
    '[1] | each {{ find "{}" }} | flatten | addTags z',
    "find {} | each {{ $it.cardId }} | addTags z",
    "for c in (find {} | cards) {{ $c | addTags z }}",
    "find {} | select cardId | addTags z",
)


@pytest.mark.parametrize("program", CARDS_AS_NOTES)
def test_the_ids_of_cards_are_never_taken_for_those_of_notes(lab: Lab, program: str) -> None:
    query = "card:2 deck:Japanese::N3"
    notes = set(lab.ask("findNotes", query=query))
    assert notes and notes.isdisjoint(lab.ids(query))
    lab.results(program.format(query))
    assert set(lab.ask("findNotes", query="tag:z")) == notes


def test_set_after_a_condition_on_cards(lab: Lab) -> None:
    many = lab.ask("findNotes", query="deck:Spanish prop:lapses>4")
    lab.results('find deck:Spanish | where lapses > 4 | set Front = "x${upper(Front)}"')
    assert set(lab.ask("findNotes", query="deck:Spanish Front:x*")) == set(many)


def test_columns_are_fetched_again_after_a_change(lab: Lab) -> None:
    lab.results('find deck:Inbox | set Back = "a" | set Back = "b${Back}"')
    assert lab.ids("deck:Inbox Back:ba") == lab.ids("deck:Inbox")
    rows = lab.result("find deck:Inbox | sort Front | changeDeck Geography | select deck")
    assert {row["deck"] for row in rows} == {"Geography"}


def test_a_switch_that_is_off_makes_no_deck(lab: Lab) -> None:
    decks = lab.ask("deckNames")
    assert lab.codes("find deck:Inbox | changeDeck Foo create=false") == ["name::deck"]
    assert lab.codes('let e = ""; find deck:Inbox | changeDeck $e --create') == [
        "value::empty-name"
    ]
    assert lab.ask("deckNames") == decks


def test_a_subject_in_brackets_is_asked_once(lab: Lab) -> None:
    many = len(lab.ids("deck:Inbox"))
    program = "changeDeck (find deck:Inbox) Geography"
    assert lab.result(program) == {"done": "changeDeck", "count": many}


def test_what_each_changes_is_reported_once(lab: Lab) -> None:
    many = len(lab.ids("deck:Inbox"))
    reports = lab.results("find deck:Inbox | chunk 5 { $it | suspend }")
    assert reports == [{"done": "suspend", "count": many}]


def test_a_search_in_a_variable_can_be_found_again(lab: Lab) -> None:
    assert lab.results("let s = find deck:Inbox\nfind $s | count") == [len(lab.ids("deck:Inbox"))]


def test_names_that_the_program_makes_are_no_misspellings(lab: Lab) -> None:
    lab.results("find deck:Inbox | addTags zork\nfind tag:zork | count")
    lab.results("createDeck Zork\nfind deck:Zork | count")
    assert lab.warnings == []


def test_what_a_terminal_can_do_as_well_needs_no_window(lab: Lab) -> None:
    assert set(lab.result("guiBrowse deck:Inbox")) == lab.ids("deck:Inbox")
    lab.results("find deck:Inbox | suspend")
    lab.results("guiUndo")
    assert lab.ids("deck:Inbox is:suspended") == set()
    assert lab.codes("guiSelectedNotes") == ["name::missing-action"]


def test_a_review_at_the_terminal(lab: Lab) -> None:
    lab.results("guiDeckReview Inbox")
    card = lab.result("guiCurrentCard")["cardId"]
    (before,) = lab.ask("cardsInfo", cards=[card])
    assert lab.results("guiShowAnswer\nguiAnswerCard 3\nguiReviewActive") == [True, True, True]
    (after,) = lab.ask("cardsInfo", cards=[card])
    assert after["reps"] == before["reps"] + 1
    assert lab.result("guiCurrentCard")["cardId"] != card


@pytest.mark.parametrize(
    "maker",
    [
        "if 1 == 2 { createDeck Bar }",
        "for deck in [] { createDeck Bar }",
        "macro make() { createDeck Bar }",
        "try { fail 'no'; createDeck Bar } catch e { print $e.message }",
    ],
)
def test_a_deck_that_was_perhaps_made_has_to_be_there(lab: Lab, maker: str) -> None:
    inbox = lab.ids("deck:Inbox")
    (code,) = lab.codes(f"{maker}\nfind deck:Inbox | changeDeck Bar")
    assert code == ("name::deck" if "macro" in maker else "value::no-deck")
    assert "Bar" not in lab.ask("deckNames")
    assert lab.ids("deck:Inbox") == inbox


def test_a_deck_that_is_made_where_it_is_missing(lab: Lab) -> None:
    inbox = lab.ids("deck:Inbox")
    program = 'if not ("Bar" in (deckNames)) { createDeck Bar }\nfind deck:Inbox | changeDeck Bar'
    lab.results(program)
    assert lab.ids("deck:Bar") == inbox


def test_what_is_deleted_is_counted(lab: Lab) -> None:
    notes = len(lab.ask("findNotes", query="tag:leech"))
    assert lab.results("find tag:leech | delete") == [{"done": "delete", "count": notes}]
