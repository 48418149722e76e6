"""What the documentation's examples of note types, notes and reviews should answer.

By action, in order of appearance.
"""

from __future__ import annotations

from typing import Any

from tests.serve.seed import Ask, Case

MALFORMED = "not JSON: a bracket is missing, or a placeholder stands in it"


def fields_of(ask: Ask, model: str = "Basic") -> list[str]:
    names: list[str] = ask("modelFieldNames", modelName=model)
    return names


def templates(ask: Ask) -> list[str]:
    return list(ask("modelTemplates", modelName="Basic"))


def a_second_template(ask: Ask) -> None:
    template = {"Name": "Card 2", "Front": "2 {{Front}}", "Back": "{{Back}}"}
    ask("modelTemplateAdd", modelName="Basic", template=template)


def the_fields_of_the_example(ask: Ask) -> None:
    for name in ("Field1", "Field2"):
        ask("modelFieldAdd", modelName="Basic", fieldName=name)


def a_note_type(name: str, *fields: str) -> Any:
    front, back = ("{{" + field + "}}" for field in fields)
    sides = {"Name": "Card 1", "Front": front, "Back": back}
    return lambda ask: ask(
        "createModel", modelName=name, inOrderFields=list(fields), cardTemplates=[sides]
    )


def decks(*names: str) -> Any:
    return lambda ask: [ask("createDeck", deck=name) for name in names]


def values(ask: Ask, sent: Any) -> dict[str, str]:
    """The fields of the note that was changed."""
    (info,) = ask("notesInfo", notes=[sent["note"]["id"]])
    return {name: field["value"] for name, field in info["fields"].items()}


def tags(ask: Ask, sent: Any) -> list[set[str]]:
    ids = sent["notes"] if "notes" in sent else [sent["note"]]
    return [set(info["tags"]) for info in ask("notesInfo", notes=ids)]


NOTE = {
    "noteId": int,
    "profile": str,
    "modelName": str,
    "tags": list,
    "fields": {str: {"value": str, "order": int}},
    "mod": int,
    "cards": [int],
}
MODEL = {"id": int, "name": str, "flds": [{"name": str}], "tmpls": [{"name": str}], "css": str}

CASES: dict[str, list[Case]] = {
    "modelNames": [Case([str])],
    "modelNamesAndIds": [Case({str: int})],
    "findModelsById": [Case([MODEL])],
    "findModelsByName": [Case([MODEL])],
    "modelFieldNames": [Case([str])],
    "modelFieldDescriptions": [Case([str])],
    "modelFieldFonts": [Case({str: {"font": str, "size": int}})],
    "modelFieldsOnTemplates": [Case({str: [[str]]})],
    "createModel": [Case(MODEL, after=lambda ask, sent: sent["modelName"] in ask("modelNames"))]
    * 2,
    "modelTemplates": [Case({str: {"Front": str, "Back": str}})],
    "modelStyling": [Case({"css": str})],
    "updateModelTemplates": [Case(error="Expecting ',' delimiter", reason=MALFORMED)],
    "updateModelStyling": [
        Case(
            None,
            before=a_note_type("Custom", "Question", "Answer"),
            after=lambda ask, sent: (
                ask("modelStyling", modelName="Custom")["css"] == "p { color: blue; }"
            ),
        )
    ],
    "findAndReplaceInModels": [
        Case(
            error="AnkiConnect.findAndReplaceInModels() got an unexpected keyword",
            reason='the parameters stand at the top, not in a "model"',
        )
    ],
    "modelTemplateRename": [
        Case(None, after=lambda ask, sent: templates(ask) == ["Card 1 renamed"])
    ],
    "modelTemplateReposition": [
        Case(
            None,
            before=a_second_template,
            after=lambda ask, sent: templates(ask) == ["Card 2", "Card 1"],
        )
    ],
    "modelTemplateAdd": [
        Case(
            None,
            before=the_fields_of_the_example,
            after=lambda ask, sent: templates(ask) == ["Card 1", "Card 3"],
        )
    ],
    "modelTemplateRemove": [
        Case(
            None,
            before=a_second_template,
            after=lambda ask, sent: templates(ask) == ["Card 2"],
        )
    ],
    "modelFieldRename": [
        Case(None, after=lambda ask, sent: fields_of(ask) == ["FrontRenamed", "Back"])
    ],
    "modelFieldReposition": [
        Case(None, after=lambda ask, sent: fields_of(ask) == ["Back", "Front"])
    ],
    "modelFieldAdd": [
        Case(None, after=lambda ask, sent: fields_of(ask) == ["NewField", "Front", "Back"])
    ],
    "modelFieldRemove": [Case(None, after=lambda ask, sent: fields_of(ask) == ["Back"])],
    "modelFieldSetFont": [
        Case(
            None,
            after=lambda ask, sent: (
                ask("modelFieldFonts", modelName="Basic")["Front"]["font"] == "Courier"
            ),
        )
    ],
    "modelFieldSetFontSize": [
        Case(
            None,
            after=lambda ask, sent: (
                ask("modelFieldFonts", modelName="Basic")["Front"]["size"] == 10
            ),
        )
    ],
    "modelFieldSetDescription": [
        Case(
            True,
            after=lambda ask, sent: (
                ask("modelFieldDescriptions", modelName="Basic")[0] == "example field description"
            ),
        )
    ],
    "addNote": [
        Case(int, after=lambda ask, sent: len(ask("findNotes", query="front:Question")) == 1),
        Case(
            int,
            after=lambda ask, sent: (
                len(ask("findNotes", query="front:*audio.mp3*")) == 1
                and ask("getMediaFilesNames", pattern="audio.mp3") == ["audio.mp3"]
            ),
        ),
    ],
    "addNotes": [
        Case([int], after=lambda ask, sent: len(ask("findNotes", query="tag:batch")) == 2),
        Case(
            [int],
            before=decks("Study"),
            after=lambda ask, sent: len(ask("findNotes", query="deck:Study back:Adiós")) == 1,
        ),
    ],
    "canAddNotes": [Case([True])],
    "canAddNotesWithErrorDetail": [Case([{"canAdd": True}])],
    "updateNoteFields": [
        Case(
            None,
            after=lambda ask, sent: (
                [text.lower() for text in values(ask, sent).values()]
                == ["new question", "new answer"]
            ),
        )
    ]
    * 2,
    "updateNote": [
        Case(
            None,
            after=lambda ask, sent: (
                values(ask, sent)["Front"] == "New question"
                and set(ask("getNoteTags", note=sent["note"]["id"])) == {"new", "tags"}
            ),
        )
    ],
    "updateNoteModel": [
        Case(
            None,
            before=a_note_type("NewModel", "NewField1", "NewField2"),
            after=lambda ask, sent: (
                values(ask, sent) == {"NewField1": "content1", "NewField2": "content2"}
            ),
        )
    ],
    "updateNoteTags": [
        Case(None, after=lambda ask, sent: tags(ask, sent) == [{"european-languages"}])
    ],
    "getNoteTags": [Case([str])],
    "addTags": [
        Case(
            None,
            after=lambda ask, sent: all("european-languages" in each for each in tags(ask, sent)),
        )
    ],
    "removeTags": [
        Case(
            None,
            before=lambda ask: ask(
                "addTags", notes=ask("findNotes", query="note:Basic"), tags="european-languages"
            ),
            after=lambda ask, sent: (
                not any("european-languages" in each for each in tags(ask, sent))
            ),
        )
    ],
    "replaceTags": [
        Case(
            None,
            before=lambda ask: ask(
                "addTags", notes=ask("findNotes", query="note:Basic"), tags="european-languages"
            ),
            after=lambda ask, sent: all(
                "french-languages" in each and "european-languages" not in each
                for each in tags(ask, sent)
            ),
        )
    ],
    "getTags": [Case([str])] * 2,
    "replaceTagsInAllNotes": [
        Case(
            None,
            before=lambda ask: ask("addTags", notes=ask("findNotes", query=""), tags="old"),
            after=lambda ask, sent: (
                ask("findNotes", query="tag:old") == [] and ask("findNotes", query="-tag:new") == []
            ),
        )
    ],
    "clearUnusedTags": [Case(None)],
    "findNotes": [
        Case(
            [int],
            before=lambda ask: ask(
                "addTags", notes=ask("findNotes", query="deck:Default"), tags="important"
            ),
        ),
        Case(
            [int],
            before=lambda ask: ask(
                "addNote",
                note={
                    "deckName": "Default",
                    "modelName": "Basic",
                    "fields": {"Front": "What is photosynthesis", "Back": "…"},
                },
            ),
        ),
    ],
    "notesInfo": [Case([NOTE])] * 2,
    "notesModTime": [Case([{"noteId": int, "mod": int}])],
    "deleteNotes": [
        Case(None, after=lambda ask, sent: ask("notesInfo", notes=sent["notes"]) == [{}])
    ],
    "removeEmptyNotes": [
        Case(
            None,
            reason="it removes note types without notes",
            after=lambda ask, sent: "Image Occlusion" not in ask("modelNames"),
        )
    ],
    "getNumCardsReviewedToday": [Case(int)],
    "getNumCardsReviewedByDay": [
        Case(lambda value: all([type(x) for x in day] == [str, int] for day in value) and value)
    ],
    "getCollectionStatsHTML": [Case(lambda value: "<" in value)],
    "cardReviews": [Case([[int]], reason="it takes the deck's name in any case")],
    "getReviewsOfCards": [
        Case({str: list}, reason="ids that are texts find no reviews: the lists are empty")
    ],
    "getLatestReviewID": [Case(lambda value: type(value) is int and value > 0)],
    "insertReviews": [
        Case(
            None,
            after=lambda ask, sent: all(
                any(review["id"] == sent_review[0] for review in found)
                for sent_review, found in zip(
                    sent["reviews"],
                    ask(
                        "getReviewsOfCards", cards=[review[1] for review in sent["reviews"]]
                    ).values(),
                    strict=True,
                )
            ),
        )
    ],
}
