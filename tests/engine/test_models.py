"""Note types: a change that can't be made leaves no trace, neither stored nor in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ankish.anki.engine.session import Session
from tests.engine.support import is_sound, note

Ask = Callable[..., Any]
Fail = Callable[..., str]


def state(ask: Ask) -> list[dict[str, Any]]:
    """Every note type, whole."""
    found: list[dict[str, Any]] = ask("findModelsByName", modelNames=ask("modelNames"))
    return found


def unstamped(model: dict[str, Any]) -> dict[str, Any]:
    """A note type without what tells when it was last saved."""
    return {**model, "mod": 0, "usn": 0}


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("modelFieldReposition", {"fieldName": "Front", "index": "1"}),
        ("modelFieldReposition", {"fieldName": "Front", "index": None}),
        ("modelFieldReposition", {"fieldName": "Front", "index": 0.5}),
        ("modelFieldAdd", {"fieldName": "New", "index": "0"}),
        ("modelFieldAdd", {"fieldName": 5}),
        ("modelFieldAdd", {"fieldName": ""}),
        ("modelFieldRename", {"oldFieldName": "Front", "newFieldName": ""}),
        ("modelFieldRename", {"oldFieldName": "Front", "newFieldName": None}),
        ("modelFieldSetFontSize", {"fieldName": "Front", "fontSize": 70_000}),
        ("modelFieldSetDescription", {"fieldName": "Front", "description": ["x"]}),
        ("modelTemplateReposition", {"templateName": "Card 1", "index": "0"}),
        ("modelTemplateRename", {"oldTemplateName": "Card 1", "newTemplateName": ""}),
        ("modelTemplateRemove", {"templateName": "Card 1"}),
        ("modelTemplateAdd", {"template": {"Name": "Card 1", "Front": "{{No}}", "Back": ""}}),
        ("modelTemplateAdd", {"template": {"Name": "New", "Front": "text", "Back": ""}}),
        ("findAndReplaceInModels", {"findText": "", "replaceText": "x"}),
        ("findAndReplaceInModels", {"findText": "{{Front}}", "replaceText": "{{No}}"}),
        ("findAndReplaceInModels", {"findText": "{{Front}}", "replaceText": None}),
    ],
)
def test_a_refused_change_leaves_the_note_type_and_its_notes(
    ask: Ask, error: Fail, session: Session, action: str, params: dict[str, Any]
) -> None:
    added = ask("addNote", note=note("front", "back"))
    before, info = state(ask), ask("notesInfo", notes=[added])
    assert error(action, modelName="Basic", **params)
    assert state(ask) == before
    # The next change that is saved does not bring it along.
    ask("updateModelStyling", model={"name": "Basic", "css": "p {}"})
    session.reopen()
    changed = next(model for model in before if model["name"] == "Basic")
    changed["css"] = "p {}"
    (stored,) = ask("findModelsByName", modelNames=["Basic"])
    assert unstamped(stored) == unstamped(changed)
    assert ask("notesInfo", notes=[added]) == info
    assert is_sound(session)


def test_a_replacement_in_every_type_is_all_or_nothing(ask: Ask, error: Fail) -> None:
    before = state(ask)
    # Basic is saved first; then two fronts of the reversed type would be the same.
    failed = error("findAndReplaceInModels", modelName="", findText="Back}}", replaceText="Front}}")
    assert "has a problem" in failed
    assert [unstamped(model) for model in state(ask)] == [unstamped(model) for model in before]


def test_a_template_set_again_by_modelTemplateAdd_is_stored(ask: Ask, session: Session) -> None:
    template = {"Name": "Card 1", "Front": "Q: {{Front}}", "Back": "A: {{Back}}"}
    ask("modelTemplateAdd", modelName="Basic", template=template)
    session.reopen()
    stored = ask("modelTemplates", modelName="Basic")
    assert stored == {"Card 1": {"Front": "Q: {{Front}}", "Back": "A: {{Back}}"}}


def test_the_last_field_stays(ask: Ask, error: Fail) -> None:
    ask("modelFieldRemove", modelName="Basic", fieldName="Back")
    assert error("modelFieldRemove", modelName="Basic", fieldName="Front") == "1 field required"
    assert ask("modelFieldNames", modelName="Basic") == ["Front"]


def test_fields_on_templates_are_told_from_filters_and_conditions(ask: Ask) -> None:
    ask(
        "createModel",
        modelName="T",
        inOrderFields=["A", "B", "C"],
        cardTemplates=[
            {
                "Front": "{{#C}}{{ hint:text:A }}{{/C}}{{^B}}{{Tags}}{{/B}}",
                "Back": "{{FrontSide}}{{A}}{{tts en_US:B}}",
            }
        ],
    )
    assert ask("modelFieldsOnTemplates", modelName="T") == {"Card 1": [["A"], ["B"]]}


def test_without_notes_one_note_type_stays(ask: Ask, session: Session) -> None:
    ask("removeEmptyNotes")
    assert len(ask("modelNames")) == 1
    assert is_sound(session)


def test_a_cloze_note_type_takes_no_second_template(ask: Ask, session: Session) -> None:
    """Its cards are numbered by clozes: a second template that is removed takes the second ones."""
    before = state(ask)
    template = {"Name": "Second", "Front": "{{cloze:Text}}", "Back": "b"}
    with pytest.raises(Exception, match="one template"):
        ask("modelTemplateAdd", modelName="Cloze", template=template)
    assert state(ask) == before


def test_the_inverse_of_a_template_of_a_cloze_note_type_removes_nothing() -> None:
    from ankish.runtime.inverse.models import Template

    one = {"Cloze": {"Front": "{{cloze:Text}}", "Back": "b"}}
    two = {**one, "Second": {"Front": "{{cloze:Text}}", "Back": "b"}}
    params = {"modelName": "Cloze", "template": {"Name": "Second", "Front": "f", "Back": "b"}}
    assert Template().undo(params, [one], [two], None) == []
    plain = {"Card 1": {"Front": "{{Front}}", "Back": "b"}}
    calls = Template().undo(params, [plain], [{**plain, "Second": two["Second"]}], None)
    assert [call.action for call in calls] == ["modelTemplateRemove"]
