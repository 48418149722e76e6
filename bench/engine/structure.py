"""Changes of decks, presets and note types, and what goes over the whole collection."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from bench.engine.pairs import Bench, Pair
from bench.machine import scratch

_number = count()


def pairs(bench: Bench) -> list[Pair]:
    """All of them."""
    return [*_decks(bench), *_models(bench), *_fields(bench), *_whole(bench)]


def _name() -> str:
    return f"Made {next(_number)}"


def _decks(bench: Bench) -> list[Pair]:
    ask = bench.ask

    def decks() -> Any:
        return bench.col.decks

    def doomed() -> None:
        decks().id("Doomed")

    def rename(old: str, new: str) -> str:
        found = decks().id_for_name(old)
        decks().rename(found, new)
        return str(decks().name(found))

    preset = decks().get_config(1)

    def changed() -> dict[str, Any]:
        return {**preset, "rev": {**preset["rev"], "perDay": next(_number) % 500}}

    def assign() -> None:
        deck = decks().by_name("Deck 0")
        deck["conf"] = 1
        decks().save(deck)

    def no_made() -> None:
        made = [deck.id for deck in decks().all_names_and_ids() if deck.name.startswith("Made")]
        decks().remove(made)

    def no_cloned() -> None:
        for preset in decks().all_config():
            if preset["name"].startswith("Made"):
                decks().remove_config(preset["id"])

    return [
        Pair(
            "createDeck",
            lambda: ask("createDeck", deck=_name()),
            lambda: decks().id(_name()),
            before=no_made,
            reads=False,
        ),
        Pair(
            "deleteDecks 1",
            lambda: ask("deleteDecks", decks=["Doomed"], cardsToo=True),
            lambda: decks().remove([decks().id_for_name("Doomed")]),
            before=doomed,
            reads=False,
            why="names are taken as they are written, which the list of all decks tells; the"
            " library's own question takes another case for the same",
        ),
        Pair(
            "renameDeck",
            lambda: ask("renameDeck", deck="Small", newName="Smaller"),
            lambda: rename("Small", "Smaller"),
            before=lambda: decks().rename(
                decks().id_for_name("Small") or decks().id_for_name("Smaller"), "Small"
            ),
            reads=False,
            why="the new name is looked up first, for the library would take one that another deck"
            " has with a + behind it; it is slow to say that it found none",
        ),
        Pair(
            "cloneDeckConfigId",
            lambda: ask("cloneDeckConfigId", name=_name()),
            lambda: decks().add_config_returning_id(_name(), decks().get_config(1)),
            before=no_cloned,
            reads=False,
        ),
        Pair(
            "saveDeckConfig",
            lambda: ask("saveDeckConfig", config=changed()),
            lambda: decks().update_config(changed()),
            reads=False,
            why="the preset is looked for first, for the library would make a new one",
        ),
        Pair(
            "setDeckConfigId",
            lambda: ask("setDeckConfigId", decks=["Deck 0"], configId=1),
            assign,
            reads=False,
            why="by hand it takes hardly longer than a request takes to be read and checked",
        ),
    ]


def _models(bench: Bench) -> list[Pair]:
    ask = bench.ask
    sides = [{"Name": "Card 1", "Front": "{{A}}", "Back": "{{B}}"}]

    def models() -> Any:
        return bench.col.models

    def create() -> dict[str, Any]:
        made = models().new(_name())
        for field in ("A", "B"):
            models().add_field(made, models().new_field(field))
        template = {**models().new_template("Card 1"), "qfmt": "{{A}}", "afmt": "{{B}}"}
        models().add_template(made, template)
        return dict(models().get(models().add_dict(made).id))

    def style(css: str) -> None:
        small = models().by_name("Small")
        small["css"] = css
        models().update_dict(small)

    def template(front: str) -> None:
        small = models().by_name("Small")
        small["tmpls"][0]["qfmt"] = front
        models().update_dict(small)

    def css() -> str:
        return f".card {{ margin: {next(_number)}px }}"

    def front() -> str:
        return f"{{{{Front}}}} {next(_number)}"

    def replace(old: str, new: str) -> None:
        small = models().by_name("Small")
        small["css"] = small["css"].replace(old, new)
        models().update_dict(small)

    def margin() -> None:
        style(".card { margin: 0 }")

    def spare() -> None:
        small = models().by_name("Small")
        if len(small["tmpls"]) == 2:
            extra = {**models().new_template("Spare"), "qfmt": "spare {{Back}}"}
            models().add_template(small, extra)
            models().update_dict(small)

    def no_spare() -> None:
        small = models().by_name("Small")
        if len(small["tmpls"]) == 3:
            models().remove_template(small, small["tmpls"][2])
            models().update_dict(small)

    def rename(name: str) -> None:
        small = models().by_name("Small")
        small["tmpls"][1]["name"] = name
        models().update_dict(small)

    added = {"Name": "Spare", "Front": "spare {{Back}}", "Back": ""}
    return [
        Pair(
            "findAndReplaceInModels",
            lambda: ask(
                "findAndReplaceInModels", modelName="Small", findText="margin", replaceText="x"
            ),
            lambda: replace("margin", "x"),
            before=margin,
            reads=False,
            why="every text is looked at in a copy, so that what can't be saved leaves no trace",
        ),
        Pair(
            "modelTemplateAdd, 1000 notes",
            lambda: ask("modelTemplateAdd", modelName="Small", template=added),
            spare,
            before=no_spare,
            reads=False,
        ),
        Pair(
            "modelTemplateRemove, 1000 notes",
            lambda: ask("modelTemplateRemove", modelName="Small", templateName="Spare"),
            no_spare,
            before=spare,
            reads=False,
        ),
        Pair(
            "modelTemplateRename",
            lambda: ask(
                "modelTemplateRename",
                modelName="Small",
                oldTemplateName="Other",
                newTemplateName="Another",
            ),
            lambda: rename("Another"),
            before=lambda: rename("Other"),
            reads=False,
        ),
        Pair(
            "createModel",
            lambda: ask(
                "createModel", modelName=_name(), inOrderFields=["A", "B"], cardTemplates=sides
            ),
            create,
            reads=False,
        ),
        Pair(
            "updateModelStyling",
            lambda: ask("updateModelStyling", model={"name": "Small", "css": css()}),
            lambda: style(css()),
            reads=False,
        ),
        Pair(
            "updateModelTemplates",
            lambda: ask(
                "updateModelTemplates",
                model={"name": "Small", "templates": {"Card 1": {"Front": front()}}},
            ),
            lambda: template(front()),
            reads=False,
        ),
    ]


def _fields(bench: Bench) -> list[Pair]:
    """On a note type with 1000 notes: all of them are written anew."""
    ask = bench.ask

    def models() -> Any:
        return bench.col.models

    def small() -> Any:
        return models().by_name("Small")

    def add() -> None:
        changed = small()
        models().add_field(changed, models().new_field("Extra"))
        models().update_dict(changed)

    def remove() -> None:
        changed = small()
        models().remove_field(changed, changed["flds"][2])
        models().update_dict(changed)

    def with_extra() -> None:
        if len(small()["flds"]) == 2:
            add()

    def without_extra() -> None:
        if len(small()["flds"]) == 3:
            remove()

    def rename(name: str) -> None:
        changed = small()
        changed["flds"][1]["name"] = name
        models().update_dict(changed)

    return [
        Pair(
            "modelFieldAdd, 1000 notes",
            lambda: ask("modelFieldAdd", modelName="Small", fieldName="Extra"),
            add,
            before=without_extra,
            reads=False,
        ),
        Pair(
            "modelFieldRemove, 1000 notes",
            lambda: ask("modelFieldRemove", modelName="Small", fieldName="Extra"),
            remove,
            before=with_extra,
            reads=False,
        ),
        Pair(
            "modelFieldRename, 1000 notes",
            lambda: ask(
                "modelFieldRename", modelName="Small", oldFieldName="Back", newFieldName="Rear"
            ),
            lambda: rename("Rear"),
            before=lambda: rename("Back"),
            reads=False,
        ),
    ]


def _whole(bench: Bench) -> list[Pair]:
    ask, session = bench.ask, bench.session
    folder = scratch()
    package = str(folder / "small.apkg")

    def deck() -> Any:
        return bench.col.decks.id_for_name("Small") or bench.col.decks.id_for_name("Smaller")

    def export() -> bool:
        from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

        options = ExportAnkiPackageOptions(with_media=True, legacy=True)
        limit = DeckIdLimit(deck())
        bench.col.export_anki_package(out_path=package, options=options, limit=limit)
        return True

    def bring_in() -> bool:
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        options = ImportAnkiPackageOptions(
            merge_notetypes=True, with_scheduling=True, with_deck_configs=True
        )
        request = ImportAnkiPackageRequest(package_path=package, options=options)
        bench.col.import_anki_package(request)
        return True

    def backup() -> None:
        try:
            bench.col.export_collection_package(_file(folder), False, legacy=False)
        finally:
            session.reopen()

    def check() -> None:
        bench.col.fix_integrity()
        session.reopen()

    def forget() -> None:
        bench.col.models._clear_cache()

    def name(deck: Any) -> str:
        return bench.col.decks.name(deck)

    return [
        Pair(
            "exportPackage, 1000 notes",
            lambda: ask("exportPackage", deck=name(deck()), path=package),
            export,
            reads=False,
        ),
        Pair(
            "importPackage, 1000 notes",
            lambda: ask("importPackage", path=package),
            bring_in,
            reads=False,
        ),
        Pair("createBackup", lambda: ask("createBackup", path=_file(folder)), backup, reads=False),
        Pair("checkDatabase", lambda: ask("checkDatabase"), check, reads=False),
        Pair("reloadCollection", lambda: ask("reloadCollection"), forget, reads=False),
    ]


def _file(folder: Path) -> str:
    return str(folder / f"{_name()}.colpkg")
