"""What only reads: cards, notes, decks, note types, reviews."""

from __future__ import annotations

import time
from collections import defaultdict
from functools import partial
from typing import Any

from bench.engine.pairs import Bench, Pair

LOG = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")


def pairs(bench: Bench) -> list[Pair]:
    """All of them."""
    return [*_searches(bench), *_notes(bench), *_cards(bench), *_reviews(bench), *_lists(bench)]


def _searches(bench: Bench) -> list[Pair]:
    ask, col = bench.ask, bench.col
    queries = ("", "deck:Part*", "tag:t7", "front:*9999*", "is:due")
    return [
        Pair(
            f'{action} "{query}"',
            partial(ask, action, query=query),
            partial(_found, find, query),
        )
        for action, find in (("findNotes", col.find_notes), ("findCards", col.find_cards))
        for query in queries
    ]


def _found(find: Any, query: str) -> list[int]:
    return list(find(query))


def _notes(bench: Bench) -> list[Pair]:
    ask, db = bench.ask, bench.db
    thousand, many = bench.some(bench.notes, 1000), bench.notes

    def mod_times(ids: list[int]) -> list[dict[str, int]]:
        rows: Any = db.all(f"select id, mod from notes where id in {_listed(ids)}")
        times = dict(rows)
        return [{"noteId": note, "mod": times[note]} if note in times else {} for note in ids]

    return [
        Pair(
            "notesInfo 1000",
            lambda: ask("notesInfo", notes=thousand),
            lambda: _notes_info(bench, thousand),
        ),
        Pair(
            "notesInfo all", lambda: ask("notesInfo", notes=many), lambda: _notes_info(bench, many)
        ),
        Pair(
            "notesModTime 1000",
            lambda: ask("notesModTime", notes=thousand),
            lambda: mod_times(thousand),
        ),
        Pair("notesModTime all", lambda: ask("notesModTime", notes=many), lambda: mod_times(many)),
        Pair(
            "getNoteTags 1",
            lambda: ask("getNoteTags", note=many[0]),
            lambda: bench.col.get_note(many[0]).tags,  # type: ignore[arg-type]
        ),
        Pair(
            "findDuplicateNotes all",
            lambda: ask("findDuplicateNotes", field="Front"),
            lambda: [
                {"value": value, "notes": ids} for value, ids in bench.col.find_dupes("Front", "")
            ],
        ),
    ]


def _notes_info(bench: Bench, ids: list[int]) -> list[dict[str, Any]]:
    col, db, listed = bench.col, bench.db, _listed(ids)
    cards = defaultdict(list)
    for note, card in db.all(f"select nid, id from cards where nid in {listed} order by ord"):
        cards[note].append(card)
    found: dict[int, dict[str, Any]] = {}
    for note, mid, mod, tags, fields in db.all(
        f"select id, mid, mod, tags, flds from notes where id in {listed}"
    ):
        model: Any = col.models.get(mid)
        values = fields.split("\x1f")
        found[note] = {
            "noteId": note,
            "profile": "",
            "tags": col.tags.split(tags),
            "fields": {
                field["name"]: {"value": value, "order": order}
                for order, (field, value) in enumerate(zip(model["flds"], values, strict=True))
            },
            "modelName": model["name"],
            "mod": mod,
            "cards": cards[note],
        }
    return [found.get(note, {}) for note in ids]


def _cards(bench: Bench) -> list[Pair]:
    ask, col, db = bench.ask, bench.col, bench.db
    hundred, many = bench.some(bench.cards, 100), bench.cards
    thousand = bench.some(bench.cards, 1000)

    def column(name: str, ids: list[int]) -> dict[int, Any]:
        rows: Any = db.all(f"select id, {name} from cards where id in {_listed(ids)}")
        return dict(rows)

    def mod_times(ids: list[int]) -> list[dict[str, int]]:
        times = column("mod", ids)
        return [{"cardId": card, "mod": times[card]} if card in times else {} for card in ids]

    def suspended(ids: list[int]) -> list[bool | None]:
        queues = column("queue", ids)
        return [queues[card] == -1 if card in queues else None for card in ids]

    def eases(ids: list[int]) -> list[int | None]:
        return list(map(column("factor", ids).get, ids))

    def decks(ids: list[int]) -> dict[str, list[int]]:
        names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
        homes, found = column("did", ids), defaultdict(list)
        for card in ids:
            found[names[homes.get(card, 1)]].append(card)
        return found

    def last_reviews(ids: list[int]) -> dict[int, int]:
        sql = f"select cid, max(id), ivl from revlog where cid in {_listed(ids)} group by cid"
        return {card: ivl for card, _, ivl in db.all(sql)}

    def new(ids: list[int]) -> set[int]:
        return set(db.list(f"select id from cards where type = 0 and id in {_listed(ids)}"))

    def intervals(ids: list[int]) -> list[int]:
        fresh, last = new(ids), last_reviews(ids)
        return [0 if card in fresh else last[card] for card in ids]

    def due(ids: list[int]) -> list[bool]:
        now, fresh = time.time(), new(ids)
        sql = f"select cid, max(id), ivl from revlog where cid in {_listed(ids)} group by cid"
        waiting = {card for card, at, ivl in db.all(sql) if ivl < -1200 and at / 1000 - ivl > now}
        found = set(col.find_cards("is:due")) - waiting
        return [card in fresh or card in found for card in ids]

    pairs = []
    for count, ids in (("1000", thousand), ("all", many)):
        pairs += [
            Pair(
                f"{action} {count}",
                partial(ask, action, cards=ids),
                partial(by_hand, ids),
            )
            for action, by_hand in (
                ("cardsModTime", mod_times),
                ("cardsToNotes", lambda ids: list(set(column("nid", ids).values()))),
                ("areSuspended", suspended),
                ("getEaseFactors", eases),
                ("getDecks", decks),
                ("getIntervals", intervals),
                ("areDue", due),
            )
        ]
    return [
        *pairs,
        Pair("suspended 1", lambda: ask("suspended", card=many[0]), lambda: _suspended(col, many)),
        Pair(
            "cardsInfo 100",
            lambda: ask("cardsInfo", cards=hundred),
            lambda: [_card_info(bench, card) for card in hundred],
        ),
    ]


def _suspended(col: Any, cards: list[int]) -> bool:
    return bool(col.get_card(cards[0]).queue == -1)


def _card_info(bench: Bench, card_id: int) -> dict[str, Any]:
    col: Any = bench.col
    card = col.get_card(card_id)
    note, model, rendered = card.note(), card.note_type(), card.render_output()
    states = col._backend.get_scheduling_states(card_id)
    return {
        "cardId": card.id,
        "fields": {
            name: {"value": value, "order": order}
            for order, (name, value) in enumerate(note.items())
        },
        "fieldOrder": card.ord,
        "question": rendered.question_and_style(),
        "answer": rendered.answer_and_style(),
        "modelName": model["name"],
        "ord": card.ord,
        "deckName": col.decks.name(card.did),
        "css": model["css"],
        "factor": card.factor,
        "interval": card.ivl,
        "note": card.nid,
        "type": card.type,
        "queue": card.queue,
        "due": card.due,
        "reps": card.reps,
        "lapses": card.lapses,
        "left": card.left,
        "mod": card.mod,
        "nextReviews": list(col.sched.describe_next_states(states)),
        "flags": card.flags,
    }


def _reviews(bench: Bench) -> list[Pair]:
    ask, col, db = bench.ask, bench.col, bench.db
    thousand = bench.some(bench.cards, 1000)
    deck = "Deck 0::Part 0"

    def of_cards(ids: list[int]) -> dict[str, list[dict[str, int]]]:
        found: dict[str, list[dict[str, int]]] = {str(card): [] for card in ids}
        sql = f"select cid, {', '.join(LOG)} from revlog where cid in {_listed(ids)} order by id"
        for card, *values in db.all(sql):
            found[str(card)].append(dict(zip(LOG, values, strict=True)))
        return found

    def of_deck() -> list[Any]:
        return db.all(
            "select id, cid, usn, ease, ivl, lastIvl, factor, time, type from revlog"
            " where cid in (select id from cards where did = ?) order by cid, id",
            col.decks.id(deck),
        )

    def latest() -> int:
        sql = "select max(id) from revlog where cid in (select id from cards where did = ?)"
        return int(db.scalar(sql, col.decks.id(deck)) or 0)

    def by_day() -> list[Any]:
        sql = (
            "select strftime('%Y-%m-%d', id / 1000 - ?, 'unixepoch', 'localtime') as day, count()"
            " from revlog group by day order by day desc"
        )
        return db.all(sql, col.get_preferences().scheduling.rollover * 3600)

    return [
        Pair(
            "getReviewsOfCards 1000",
            lambda: ask("getReviewsOfCards", cards=thousand),
            lambda: of_cards(thousand),
        ),
        Pair(
            "getReviewsOfCards all",
            lambda: ask("getReviewsOfCards", cards=bench.cards),
            lambda: of_cards(bench.cards),
        ),
        Pair(
            "cardReviews a deck",
            lambda: ask("cardReviews", deck=deck, startID=0),
            of_deck,
        ),
        Pair("getLatestReviewID a deck", lambda: ask("getLatestReviewID", deck=deck), latest),
        Pair("getNumCardsReviewedByDay", lambda: ask("getNumCardsReviewedByDay"), by_day),
        Pair(
            "getNumCardsReviewedToday",
            lambda: ask("getNumCardsReviewedToday"),
            lambda: db.scalar(
                "select count() from revlog where id > ?", (col.sched.day_cutoff - 86400) * 1000
            ),
        ),
        Pair(
            "getCollectionStatsHTML",
            lambda: len(ask("getCollectionStatsHTML")),
            lambda: _stats(col),
        ),
    ]


def _stats(col: Any) -> int:
    stats = col.stats()
    stats.wholeCollection = True
    return len(stats.report())


def _lists(bench: Bench) -> list[Pair]:
    ask, col = bench.ask, bench.col
    models: Any = col.models

    def tree(wanted: list[str]) -> dict[int, dict[str, Any]]:
        ids, found = {col.decks.id(name) for name in wanted}, {}
        nodes = list(col.sched.deck_due_tree().children)
        while nodes:
            node = nodes.pop()
            nodes += node.children
            if node.deck_id in ids:
                found[node.deck_id] = {
                    "deck_id": node.deck_id,
                    "name": node.name,
                    "new_count": node.new_count,
                    "learn_count": node.learn_count,
                    "review_count": node.review_count,
                    "total_in_deck": node.total_in_deck,
                }
        return found

    def named(kind: Any) -> Any:
        return [each.name for each in kind.all_names_and_ids()]

    def with_ids(kind: Any) -> Any:
        return {each.name: each.id for each in kind.all_names_and_ids()}

    wanted = ["Deck 0", "Deck 1::Part 7"]
    return [
        Pair("deckNames", lambda: ask("deckNames"), lambda: named(col.decks)),
        Pair("deckNamesAndIds", lambda: ask("deckNamesAndIds"), lambda: with_ids(col.decks)),
        Pair("getDeckStats 2", lambda: ask("getDeckStats", decks=wanted), lambda: tree(wanted)),
        Pair(
            "getDeckConfig",
            lambda: ask("getDeckConfig", deck="Deck 0"),
            lambda: col.decks.config_dict_for_deck_id(with_ids(col.decks)["Deck 0"]),
        ),
        Pair("modelNames", lambda: ask("modelNames"), lambda: named(models)),
        Pair("modelNamesAndIds", lambda: ask("modelNamesAndIds"), lambda: with_ids(models)),
        Pair(
            "modelFieldNames",
            lambda: ask("modelFieldNames", modelName="Basic"),
            lambda: [field["name"] for field in models.by_name("Basic")["flds"]],
        ),
        Pair(
            "findModelsByName 2",
            lambda: ask("findModelsByName", modelNames=["Basic", "Cloze"]),
            lambda: [models.by_name(name) for name in ("Basic", "Cloze")],
            why="by hand it is what the library has in use, which a caller must not change",
        ),
        Pair(
            "modelTemplates",
            lambda: ask("modelTemplates", modelName="Basic"),
            lambda: {
                side["name"]: {"Front": side["qfmt"], "Back": side["afmt"]}
                for side in models.by_name("Basic")["tmpls"]
            },
        ),
        Pair(
            "modelStyling",
            lambda: ask("modelStyling", modelName="Basic"),
            lambda: {"css": models.by_name("Basic")["css"]},
        ),
        Pair(
            "modelFieldFonts",
            lambda: ask("modelFieldFonts", modelName="Basic"),
            lambda: {
                field["name"]: {"font": field["font"], "size": field["size"]}
                for field in models.by_name("Basic")["flds"]
            },
        ),
        Pair(
            "deckNameFromId",
            lambda: ask("deckNameFromId", deckId=1),
            lambda: col.decks.get(1)["name"],  # type: ignore[index, arg-type]
        ),
        Pair("getTags", lambda: ask("getTags"), lambda: col.tags.all()),
        Pair("getEmptyCards", lambda: ask("getEmptyCards"), lambda: _empty(col)),
        Pair("checkMedia", lambda: ask("checkMedia"), lambda: _media(col)),
    ]


def _empty(col: Any) -> list[Any]:
    return list(col.get_empty_cards().notes)


def _media(col: Any) -> dict[str, Any]:
    found = col.media.check()
    return {
        "unused": list(found.unused),
        "missing": list(found.missing),
        "missingIn": list(found.missing_media_notes),
    }


def _listed(ids: list[int]) -> str:
    return f"({','.join(map(str, ids))})"
