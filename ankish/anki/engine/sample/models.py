"""The sample's own note types, beside those that every new collection has."""

from __future__ import annotations

from anki.collection import Collection

from ankish.anki.engine.sample.media import KEPT
from ankish.anki.engine.sample.notes import FIELDS

ANSWER = "{{FrontSide}}<hr id=answer>"

TEMPLATES = {
    "Vocabulary": {
        "Recognition": ("{{Word}}", ANSWER + "{{Meaning}}<br>{{Example}}{{Audio}}"),
        "Recall": ("{{Meaning}}", ANSWER + "{{Word}}{{Audio}}"),
    },
    "Sentence": {
        "Reading": ("{{Sentence}}", ANSWER + "{{Translation}}{{Sentence Audio}}"),
    },
}

STYLING = f"""
.card {{
    background: url("{KEPT}");
    font-size: 24px;
    text-align: center;
}}
"""


def add_models(col: Collection) -> None:
    """Add the note types Vocabulary and Sentence to a new collection."""
    for name, templates in TEMPLATES.items():
        model = col.models.new(name)
        model["css"] = STYLING
        for field in FIELDS[name]:
            col.models.add_field(model, col.models.new_field(field))
        for title, (front, back) in templates.items():
            template = col.models.new_template(title)
            template["qfmt"], template["afmt"] = front, back
            col.models.add_template(model, template)
        col.models.add_dict(model)
