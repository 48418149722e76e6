"""The rest: settings of note types, single answers, what is seldom asked."""

from __future__ import annotations

import copy
from itertools import count
from typing import Any

from bench.engine.pairs import Bench, Pair

_number = count()


def pairs(bench: Bench) -> list[Pair]:
    """All of them."""
    return [*_answers(bench), *_settings(bench), *_cleaning(bench)]


def _answers(bench: Bench) -> list[Pair]:
    ask = bench.ask

    def models() -> Any:
        return bench.col.models

    def can_add(given: dict[str, Any]) -> bool:
        from anki.notes import NoteFieldsCheckResult

        col: Any = bench.col
        deck = col.decks.id_for_name(given["deckName"])
        note = col.new_note(models().by_name(given["modelName"]))
        for name, value in given["fields"].items():
            note[name] = value
        return deck is not None and bool(note.fields_check() == NoteFieldsCheckResult.NORMAL)

    def fsrs() -> dict[str, Any]:
        decks: Any = bench.col.decks
        preset = decks.config_dict_for_deck_id(decks.id_for_name("Deck 0"))
        return {
            "enabled": bool(bench.col.get_config("fsrs", False)),
            "preset": preset["name"],
            "parameters": preset["fsrsParams6"] or preset["fsrsParams5"] or preset["fsrsWeights"],
            "desiredRetention": preset["desiredRetention"],
        }

    def shown() -> dict[str, list[list[str]]]:
        basic = models().by_name("Basic")
        names = [field["name"] for field in basic["flds"]]
        found = {}
        for side in basic["tmpls"]:
            front = [name for name in names if "{{" + name + "}}" in side["qfmt"]]
            back = [name for name in names if "{{" + name + "}}" in side["afmt"]]
            found[side["name"]] = [front, [name for name in back if name not in front]]
        return found

    new = {"deckName": "Deck 0", "modelName": "Basic", "fields": {"Front": "unheard of"}}
    basic_id = models().id_for_name("Basic")
    return [
        Pair("canAddNote", lambda: ask("canAddNote", note=new), lambda: can_add(new)),
        Pair(
            "canAddNoteWithErrorDetail",
            lambda: ask("canAddNoteWithErrorDetail", note=new)["canAdd"],
            lambda: can_add(new),
        ),
        Pair("getFsrsParameters", lambda: ask("getFsrsParameters", deck="Deck 0"), fsrs),
        Pair(
            "findModelsById 1",
            lambda: ask("findModelsById", modelIds=[basic_id]),
            lambda: [copy.deepcopy(models().get(basic_id))],
        ),
        Pair(
            "modelNameFromId",
            lambda: ask("modelNameFromId", modelId=basic_id),
            lambda: models().get(basic_id)["name"],
        ),
        Pair(
            "modelFieldDescriptions",
            lambda: ask("modelFieldDescriptions", modelName="Basic"),
            lambda: [field["description"] for field in models().by_name("Basic")["flds"]],
        ),
        Pair(
            "modelFieldsOnTemplates",
            lambda: ask("modelFieldsOnTemplates", modelName="Basic"),
            shown,
        ),
        Pair("getMediaDirPath", lambda: ask("getMediaDirPath"), lambda: bench.col.media.dir()),
    ]


def _settings(bench: Bench) -> list[Pair]:
    """On the note type of 1000 notes; none of them has to be written for this."""
    ask = bench.ask

    def models() -> Any:
        return bench.col.models

    def set_field(name: str, value: object) -> None:
        small = models().by_name("Small")
        small["flds"][0][name] = value
        models().update_dict(small)

    def move(key: str) -> None:
        small = models().by_name("Small")
        small[key].insert(1, small[key].pop(0))
        models().update_dict(small)

    def order(key: str, first: str) -> None:
        if models().by_name("Small")[key][0]["name"] != first:
            move(key)

    found = [
        Pair(
            f"modelFieldSet{what}",
            lambda what=what, param=param, make=make: ask(  # type: ignore[misc]
                f"modelFieldSet{what}", modelName="Small", fieldName="Front", **{param: make()}
            ),
            lambda key=key, make=make: set_field(key, make()),  # type: ignore[misc]
            reads=False,
        )
        for what, param, key, make in (
            ("Font", "font", "font", lambda: f"Font {next(_number)}"),
            ("FontSize", "fontSize", "size", lambda: 10 + next(_number) % 40),
            ("Description", "description", "description", lambda: f"field {next(_number)}"),
        )
    ]
    return [
        *found,
        Pair(
            "modelFieldReposition, 1000 notes",
            lambda: ask("modelFieldReposition", modelName="Small", fieldName="Front", index=1),
            lambda: move("flds"),
            before=lambda: order("flds", "Front"),
            reads=False,
        ),
        Pair(
            "modelTemplateReposition, 1000 notes",
            lambda: ask(
                "modelTemplateReposition", modelName="Small", templateName="Card 1", index=1
            ),
            lambda: move("tmpls"),
            before=lambda: order("tmpls", "Card 1"),
            reads=False,
        ),
    ]


def _cleaning(bench: Bench) -> list[Pair]:
    ask = bench.ask

    def spare_preset() -> int:
        decks: Any = bench.col.decks
        for preset in decks.all_config():
            if preset["name"] == "Spare":
                return int(preset["id"])
        return int(decks.add_config_returning_id("Spare", decks.get_config(1)))

    def spare_type() -> None:
        models: Any = bench.col.models
        if models.id_for_name("Spare") is None:
            made = models.copy(models.by_name("Basic"), add=False)
            made["name"] = "Spare"
            models.add(made)

    def remove_unused() -> None:
        models: Any = bench.col.models
        for found in models.all_use_counts():
            if not found.use_count:
                models.remove(found.id)

    def remove_empty() -> int:
        col: Any = bench.col
        notes = col.get_empty_cards().notes
        doomed = [card for note in notes for card in note.card_ids[note.will_delete_note :]]
        return int(col.remove_cards_and_orphaned_notes(doomed).count)

    def remove_preset(preset: int) -> None:
        decks: Any = bench.col.decks
        decks.remove_config(preset)

    return [
        Pair(
            "removeDeckConfigId",
            lambda: ask("removeDeckConfigId", configId=spare_preset()),
            lambda: remove_preset(spare_preset()),
            before=spare_preset,
            reads=False,
        ),
        Pair(
            "removeEmptyNotes",
            lambda: ask("removeEmptyNotes"),
            remove_unused,
            before=spare_type,
            reads=False,
        ),
        Pair("deleteEmptyCards", lambda: ask("deleteEmptyCards"), remove_empty, reads=False),
    ]
