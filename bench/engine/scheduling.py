"""Changes of cards: when they are shown, where they are, what is logged of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from bench.engine.pairs import Bench, Pair

_number = count(1)


def pairs(bench: Bench) -> list[Pair]:
    """All of them."""
    return [*_queues(bench), *_dates(bench), *_values(bench), *_filtered(bench)]


def _existing(bench: Bench, cards: list[int]) -> Any:
    """The ids; an error if one does not exist."""
    listed = ",".join(map(str, cards))
    known = set(bench.db.list(f"select id from cards where id in ({listed})"))
    if not known.issuperset(cards):
        raise ValueError("a card does not exist")
    return cards


def _shorten(bench: Bench) -> Callable[[], object]:
    """Takes away what the log has got by measuring: no card has a thousand reviews."""
    last_line = bench.db.scalar("select max(id) from revlog")
    return lambda: bench.db.execute("delete from revlog where id > ?", last_line)


def _due(bench: Bench, cards: Any) -> Callable[[], None]:
    """Makes cards due today."""
    shorten = _shorten(bench)

    def due() -> None:
        shorten()
        bench.col.sched.set_due_date(cards, "0")

    return due


def _queues(bench: Bench) -> list[Pair]:
    ask, cards = bench.ask, bench.some(bench.cards, 1000)
    all_cards = bench.cards

    def sched() -> Any:
        return bench.col.sched

    def siblings() -> int:
        listed = ",".join(map(str, _existing(bench, cards)))
        others = bench.db.list(
            "select id from cards where nid in"
            f" (select nid from cards where id in ({listed})) and id not in ({listed})"
        )
        return int(sched().bury_cards(others).count)

    def suspend(ids: Any) -> None:
        sched().suspend_cards(_existing(bench, ids))

    def unsuspend(ids: Any) -> None:
        sched().unsuspend_cards(_existing(bench, ids))

    def some_deck() -> str:
        return f"Deck {next(_number) % 4}"

    def move(ids: Any) -> None:
        bench.col.set_deck(ids, bench.col.decks.id(some_deck()))  # type: ignore[arg-type]

    def moved(ids: Any) -> None:
        ask("changeDeck", cards=ids, deck=some_deck())

    def flag(ids: Any) -> None:
        bench.col.set_user_flag_for_cards(next(_number) % 7 + 1, _existing(bench, ids))

    def flagged(ids: Any) -> None:
        ask("setFlag", cards=ids, flag=next(_number) % 7 + 1)

    found = []
    for size, ids in (("1000", cards), ("all", all_cards)):
        for name, engine, hand, before in (
            ("suspend", partial(ask, "suspend", cards=ids), suspend, unsuspend),
            ("unsuspend", partial(ask, "unsuspend", cards=ids), unsuspend, suspend),
            ("changeDeck", partial(moved, ids), move, len),
            ("setFlag", partial(flagged, ids), flag, len),
        ):
            pair = Pair(f"{name} {size}", engine, partial(hand, ids), partial(before, ids), False)
            found.append(pair)
    return [
        *found,
        Pair(
            "buryCards 1000",
            lambda: ask("buryCards", cards=cards),
            lambda: sched().bury_cards(_existing(bench, cards)).count,
            before=lambda: sched().unbury_cards(cards),
            reads=False,
        ),
        Pair(
            "unburyCards 1000",
            lambda: ask("unburyCards", cards=cards),
            lambda: sched().unbury_cards(_existing(bench, cards)),
            before=lambda: sched().bury_cards(cards),
            reads=False,
        ),
        Pair(
            "burySiblings 1000",
            lambda: ask("burySiblings", cards=cards),
            siblings,
            before=lambda: sched().unbury_cards(all_cards),
            reads=False,
        ),
    ]


def _dates(bench: Bench) -> list[Pair]:
    ask, cards = bench.ask, bench.some(bench.cards, 1000)
    twenty = cards[:20]
    shorten, due = _shorten(bench), _due(bench, cards)

    def relearn() -> None:
        col: Any = bench.col
        changed = [col.get_card(card) for card in _existing(bench, cards)]
        for card in changed:
            card.type, card.queue = 3, 1
        col.update_cards(changed)

    def answer() -> list[bool]:
        col: Any = bench.col
        for card_id in twenty:
            card = col.get_card(card_id)
            card.start_timer()
            col.sched.answerCard(card, 3)
        return [True] * len(twenty)

    return [
        Pair(
            "setDueDate 1000",
            lambda: ask("setDueDate", cards=cards, days=str(next(_number) % 9)),
            lambda: bench.col.sched.set_due_date(cards, str(next(_number) % 9)),  # type: ignore[arg-type]
            before=shorten,
            reads=False,
        ),
        Pair(
            "answerCards 20",
            lambda: ask("answerCards", answers=[{"cardId": card, "ease": 3} for card in twenty]),
            answer,
            before=due,
            reads=False,
            why="each answer is given a millisecond of its own, so that card and log agree on it",
        ),
        Pair(
            "relearnCards 1000",
            lambda: ask("relearnCards", cards=cards),
            relearn,
            before=due,
            reads=False,
        ),
        Pair(
            "forgetCards 1000",
            lambda: ask("forgetCards", cards=cards),
            lambda: bench.col.sched.schedule_cards_as_new(cards, restore_position=True),  # type: ignore[arg-type]
            before=due,
            reads=False,
        ),
        Pair(
            "repositionNewCards 1000",
            lambda: ask("repositionNewCards", cards=cards, start=next(_number)),
            lambda: (
                bench.col.sched.reposition_new_cards(
                    _existing(bench, cards), next(_number), 1, False, False
                ).count
            ),
            reads=False,
        ),
    ]


def _values(bench: Bench) -> list[Pair]:
    ask, cards = bench.ask, bench.some(bench.cards, 1000)

    def eases(value: int) -> list[bool]:
        col: Any = bench.col
        changed = [col.get_card(card) for card in _existing(bench, cards)]
        for card in changed:
            card.factor = value
        col.update_cards(changed)
        return [True] * len(cards)

    def flag(value: int) -> None:
        col: Any = bench.col
        card = col.get_card(cards[0])
        card.flags = value
        col.update_card(card)

    def rows() -> list[list[int]]:
        first = int(time.time() * 1000) - 10_000_000 + next(_number) * 5000
        return [[first + n, card, -1, 3, 4, -60, 2500, 6157, 0] for n, card in enumerate(cards)]

    def insert(new: list[list[int]]) -> None:
        """With what the cards tell of their last review, or the database check finds fault."""
        col: Any = bench.col
        places = ",".join(["(?,?,?,?,?,?,?,?,?)"] * len(new))
        values = [value for row in new for value in row]
        changed = [col.get_card(row[1]) for row in new]
        for card, row in zip(changed, new, strict=True):
            card.last_review_time = row[0] // 1000

        def execute() -> None:
            bench.db.execute(f"insert into revlog values {places}", *values)
            col.update_cards(changed)

        bench.db.transact(execute)

    def copy() -> None:
        col: Any = bench.col
        source, target = col.get_card(cards[0]), col.get_card(cards[1])
        for name in "type queue due ivl factor reps lapses left original_position".split():
            setattr(target, name, getattr(source, name))
        for name in "custom_data memory_state desired_retention decay last_review_time".split():
            setattr(target, name, getattr(source, name))
        col.update_card(target)

    return [
        Pair(
            "setEaseFactors 1000",
            lambda: ask(
                "setEaseFactors", cards=cards, easeFactors=[2000 + next(_number)] * len(cards)
            ),
            lambda: eases(2000 + next(_number)),
            reads=False,
        ),
        Pair(
            "setSpecificValueOfCard flags",
            lambda: ask(
                "setSpecificValueOfCard",
                card=cards[0],
                keys=["flags"],
                newValues=[next(_number) % 7],
                warning_check=True,
            ),
            lambda: flag(next(_number) % 7),
            reads=False,
        ),
        Pair(
            "insertReviews 1000",
            lambda: ask("insertReviews", reviews=rows()),
            lambda: insert(rows()),
            before=_due(bench, cards),
            reads=False,
            why="the cards are compared with all of their log: reviews may come in any order",
        ),
        Pair(
            "copyScheduling",
            lambda: ask("copyScheduling", source=cards[0], target=cards[1]),
            copy,
            reads=False,
            why="the card is compared with its log, for it must tell when it was reviewed itself",
        ),
    ]


def _filtered(bench: Bench) -> list[Pair]:
    ask, name, query = bench.ask, "Filtered", "tag:t1"

    def sched() -> Any:
        return bench.col.sched

    def make() -> int:
        draft = sched().get_or_create_filtered_deck(0)
        draft.name = name
        del draft.config.search_terms[:]
        draft.config.search_terms.add(search=query, limit=1000, order=1)
        return int(sched().add_or_update_filtered_deck(draft).id)

    def remove() -> None:
        found = bench.col.decks.id_for_name(name)
        if found:
            bench.col.decks.remove([found])

    def deck() -> Any:
        return bench.col.decks.id_for_name(name)

    def filled() -> None:
        remove()
        make()

    return [
        Pair(
            "createFilteredDeck 1000",
            lambda: ask("createFilteredDeck", deck=name, query=query, limit=1000),
            make,
            before=remove,
            reads=False,
        ),
        Pair(
            "rebuildFilteredDeck 1000",
            lambda: ask("rebuildFilteredDeck", deck=name),
            lambda: sched().rebuild_filtered_deck(deck()).count,
            before=filled,
            reads=False,
        ),
        Pair(
            "emptyFilteredDeck 1000",
            lambda: ask("emptyFilteredDeck", deck=name),
            lambda: sched().empty_filtered_deck(deck()),
            before=filled,
            reads=False,
        ),
    ]
