"""The fields of a note in the user's editor, as YAML: a name, and below it what the field holds."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from ankish.configure import open_file
from ankish.diagnostics.kinds import shell as kinds


def edited(fields: Mapping[str, str]) -> dict[str, str]:
    """Those fields that were changed; none if the editor was left without a change.

    Raises `AnkishError`: there is no editor, or what it left is not the note's fields.
    """
    import yaml

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "note.yaml"
        text = yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(text, encoding="utf-8")
        open_file(file)
        try:
            found = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise kinds.NOT_FIELDS.error(why=str(error).splitlines()[0]) from None
    if not isinstance(found, dict) or found.keys() - fields.keys():
        raise kinds.NOT_FIELDS.error(why="it has other names than the note's fields")
    texts = {name: "" if value is None else str(value) for name, value in found.items()}
    return {name: value for name, value in texts.items() if value != fields[name]}
