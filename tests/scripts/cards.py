"""Scripts that change cards: where they are, whether and when they are shown."""

from __future__ import annotations

from pathlib import Path

from ankish.anki.engine.sample.learner import TODAY
from tests.scripts.case import Case
from tests.scripts.state import BURIED, CardState, Done, NoteState, State


def tagged(note: NoteState, *tags: str) -> bool:
    """Whether a note has one of these tags or one below it."""
    own = {tag.casefold() for tag in note.tags}
    return any(f"{each}::".startswith(f"{tag}::") for each in own for tag in tags)


def leeches(done: Done) -> None:
    """Suspended, moved and tagged: those of the deck."""
    wanted = done.before.cards_of(
        lambda card, note: tagged(note, "leech") and not card.suspended and card.within("Spanish")
    )
    assert wanted and done.changed_cards() == wanted
    for key in wanted:
        card = done.after.cards[key]
        assert card.suspended and card.deck == "Hard::Ones"
        assert "hard" in done.after.notes[card.note].tags
    assert done.changed_notes() == done.before.notes_of(wanted)


def fresh_start(done: Done) -> None:
    """All leeches are new cards in a deck of their own, and no leeches any more."""
    wanted = done.before.cards_of(lambda _, note: tagged(note, "leech"))
    assert wanted and done.changed_cards() == wanted
    for key in wanted:
        card = done.after.cards[key]
        assert card.new and not card.suspended and card.deck == "Difficult"
    assert not done.after.cards_of(lambda _, note: tagged(note, "leech"))


def retire(done: Done) -> None:
    """What is known for long is elsewhere, as it was."""
    wanted = done.before.cards_of(lambda card, _: card["ivl"] >= 60 and not card.suspended)
    done.only_cards(wanted)
    for key in wanted:
        assert done.after.cards[key].deck == "Known"
        assert done.after.cards[key].schedule == done.before.cards[key].schedule


def by_tags(done: Done) -> None:
    """The cards of the tags in the file are suspended."""
    wanted = done.before.cards_of(
        lambda card, note: tagged(note, "lesson::01", "noun") and not card.suspended
    )
    done.only_cards(wanted)
    assert all(done.after.cards[key].suspended for key in wanted)


def unlock(done: Done) -> None:
    """Second cards come back where the first one is mature, and nowhere else."""
    before = done.before
    mature = {card.note for card in before.cards.values() if card.ord == 0 and card["ivl"] >= 21}
    wanted = before.cards_of(
        lambda card, _: card.ord == 1 and card.suspended and card.note in mature
    )
    done.only_cards(wanted)
    assert not any(done.after.cards[key].suspended for key in wanted)


def gather(done: Done) -> None:
    """All cards of the search are in the deck."""
    wanted = done.before.cards_of(lambda _, note: tagged(note, "verb"))
    done.only_cards(wanted)
    assert all(done.after.cards[key].deck == "New::Verbs" for key in wanted)


def word_list(folder: Path, state: State) -> None:
    """The words of new Japanese cards, the latest first, and one that is nowhere."""
    words = dict.fromkeys(note.fields["Word"] for note in _new_words(state).values())
    (folder / "words.txt").write_text("\n".join(["nothing", *reversed(words)]), encoding="utf-8")


def _new_words(state: State) -> dict[int, NoteState]:
    """The notes by card: new cards in Japanese with a word."""
    return {
        key: state.notes[card.note]
        for key, card in state.cards.items()
        if card.new and card.within("Japanese") and "Word" in state.notes[card.note].fields
    }


def order_new(done: Done) -> None:
    """New cards come in the order of the list."""
    lines = (done.folder / "words.txt").read_text(encoding="utf-8").splitlines()
    rank = {word: at for at, word in enumerate(lines)}
    cards = _new_words(done.before)
    assert len(cards) > 1
    order = sorted(cards, key=lambda key: done.after.cards[key]["due"])
    ranks = [rank[cards[key].fields["Word"]] for key in order]
    assert ranks == sorted(ranks)
    assert done.changed_cards() <= set(cards)


def spread(done: Done) -> None:
    """What was overdue is due on the next days, as many on each."""
    wanted = done.before.cards_of(lambda card, _: card["queue"] in (2, 3) and card["due"] < TODAY)
    done.only_cards(wanted)
    days = [done.after.cards[key]["due"] - TODAY for key in wanted]
    counts = [days.count(day) for day in range(4)]
    assert sum(counts) == len(wanted)
    assert max(counts) - min(counts) <= 4


def set_due(done: Done) -> None:
    """Due within the range, all of them."""
    wanted = done.before.cards_of(lambda card, _: card.within("Geography"))
    assert wanted and done.changed_cards() <= wanted
    assert {done.after.cards[key]["due"] - TODAY for key in wanted} <= {2, 3, 4}


def start_over(done: Done) -> None:
    """New again, and their number told."""
    wanted = done.before.cards_of(lambda card, _: card.within("Spanish") and not card.new)
    done.only_cards(wanted)
    assert all(done.after.cards[key].new for key in wanted)
    assert done.shown[0] == [len(wanted), "cards become new again"]


def bury_siblings(done: Done) -> None:
    """The other cards of the notes are buried, those of the search are not."""
    before = done.before
    found = before.cards_of(lambda card, _: card.ord == 0 and card.within("Spanish") and _due(card))
    notes = before.notes_of(found)
    wanted = before.cards_of(
        lambda card, _: card.note in notes and card.ord != 0 and card["queue"] >= 0
    )
    done.only_cards(wanted)
    assert all(done.after.cards[key]["queue"] in BURIED for key in wanted)


def _due(card: CardState) -> bool:
    return card["queue"] == 1 or (card["queue"] in (2, 3) and card["due"] <= TODAY)


def copy_schedule(done: Done) -> None:
    """The new second card is as far as the first one."""
    before = done.before
    known = {card.note: card for card in before.cards.values() if card.ord == 0 and not card.new}
    wanted = before.cards_of(
        lambda card, _: card.ord == 1 and card.new and card.note in known and card.within("Spanish")
    )
    done.only_cards(wanted)
    for key in wanted:
        assert done.after.cards[key]["ivl"] == known[done.after.cards[key].note]["ivl"]


def cram(done: Done) -> None:
    """As many due cards of the deck as it may hold, and no others, are in the filtered deck."""
    due = done.before.cards_of(lambda card, _: card.within("Spanish") and _due(card))
    moved = {key for key, card in done.after.cards.items() if card.deck == "Exam"}
    assert moved <= due
    assert len(moved) == min(len(due), 40)
    assert done.changed_cards() == moved


def tag_list(folder: Path, _: State) -> None:
    """Tags, one on each line, and one that does not exist."""
    (folder / "tags.txt").write_text("lesson::01\n\nno:such*tag\nnoun\n", encoding="utf-8")


CASES = {
    "leeches": Case(("--deck", "Spanish", "--to", "Hard::Ones", "--tag", "hard"), leeches),
    "fresh-start": Case((), fresh_start),
    "retire": Case(("--days", "60", "--to", "Known"), retire),
    "by-tags": Case(("--file", "{folder}/tags.txt", "--suspend"), by_tags, tag_list),
    "unlock": Case((), unlock, before='find "card:2 -is:suspended" | suspend'),
    "gather": Case(("--search", "tag:verb", "--to", "New::Verbs", "--create"), gather),
    "order-new": Case(
        ("--deck", "Japanese", "--field", "Word", "--list", "{folder}/words.txt"),
        order_new,
        word_list,
        own=True,
    ),
    "spread": Case(("--days", "4"), spread),
    "set-due": Case(("--search", "deck:Geography", "--days", "2-4"), set_due),
    "start-over": Case(("--search", "deck:Spanish"), start_over),
    "bury-siblings": Case(
        ("--search", "card:1 deck:Spanish is:due"),
        bury_siblings,
        before='find "card:2 is:suspended" | unsuspend',
        own=True,
    ),
    "copy-schedule": Case(
        ("--deck", "Spanish"),
        copy_schedule,
        before='find "deck:Spanish card:2 -is:new" | forgetCards',
        own=True,
    ),
    "cram": Case(
        ("--search", "is:due deck:Spanish", "--deck", "Exam", "--limit", "40"), cram, own=True
    ),
}
