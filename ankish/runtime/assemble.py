"""Puts rows of cards or notes together from the answers of several actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ankish.catalog.columns import Column
from ankish.plan.model import Assemble
from ankish.runtime.evaluate import evaluate

CardValue = Callable[[Mapping[str, Any]], Any]

FROM_CARDS_INFO: dict[str, CardValue] = {
    "deck": lambda info: info["deckName"],
    "ease": lambda info: info["factor"] / 1000,
    "suspended": lambda info: info["queue"] == -1,
    "cardMod": lambda info: info["mod"],
    "noteId": lambda info: info["note"],
    "model": lambda info: info["modelName"],
}
"""Columns that cardsInfo has under another name or in another form."""


def assemble(step: Assemble, slots: Mapping[int, Any]) -> list[dict[str, Any]]:
    """The rows, in the order of the ids. Ids that name nothing give no row."""
    ids: list[int] = evaluate(step.ids, slots)
    answers = {action: slots[slot] for action, slot in step.sources.items()}
    if step.entity == "note":
        return _note_rows(step, ids, answers)
    rows = [{"cardId": each} for each in ids]
    known = [True] * len(ids)
    notes = _notes_by_card(answers["notesInfo"]) if "notesInfo" in answers else {}
    infos = answers.get("cardsInfo")
    decks = _decks_by_card(answers["getDecks"]) if "getDecks" in answers else {}
    for index, row in enumerate(rows):
        info = infos[index] if infos is not None else None
        if info == {}:
            known[index] = False
            continue
        for column in step.columns:
            row[column.name] = _card_value(
                column, index, row["cardId"], info, notes, decks, answers
            )
    return [row for row, is_known in zip(rows, known, strict=True) if is_known]


def _card_value(
    column: Column,
    index: int,
    card: int,
    info: Mapping[str, Any] | None,
    notes: Mapping[int, Mapping[str, Any]],
    decks: Mapping[int, str],
    answers: Mapping[str, Any],
) -> Any:
    if column.name == "cardId":
        return card
    if info is not None and column.name in FROM_CARDS_INFO:
        return FROM_CARDS_INFO[column.name](info)
    if info is not None and (column.entity == "card" or column.key.startswith("fields")):
        return _value(info, column)
    if column.entity == "note":
        note = notes.get(card, {})
        return note.get("noteId") if column.name == "noteId" else _value(note, column)
    if column.action == "getDecks":
        return decks.get(card)
    answer = answers[column.action][index]
    if column.name == "ease":
        return None if answer is None else answer / 1000
    return answer.get(column.key) if column.key else answer


def _note_rows(step: Assemble, ids: list[int], answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    infos = answers.get("notesInfo")
    rows: list[dict[str, Any]] = []
    for index, note in enumerate(ids):
        info = infos[index] if infos is not None else None
        if info == {}:
            continue
        row: dict[str, Any] = {"noteId": note}
        for column in step.columns:
            row[column.name] = note if column.name == "noteId" else _value(info or {}, column)
        rows.append(row)
    return rows


def _value(info: Mapping[str, Any], column: Column) -> Any:
    """A column out of an answer; a field that the note type lacks is null."""
    if column.key == "fields":
        return {name: field["value"] for name, field in info.get("fields", {}).items()}
    if column.key.startswith("fields."):
        field = info.get("fields", {}).get(column.key.removeprefix("fields."))
        return None if field is None else field["value"]
    return info.get(column.key)


def _notes_by_card(infos: list[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    return {card: info for info in infos if info for card in info["cards"]}


def _decks_by_card(answer: Mapping[str, list[int]]) -> dict[int, str]:
    return {card: deck for deck, cards in answer.items() for card in cards}
