"""Formats: csv, tsv, json, jsonl, yaml, Markdown, text; texts to values and back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any

from ankish.catalog.builtins import TABLE_FORMATS
from ankish.catalog.kinds_of import kind_of
from ankish.diagnostics.kinds import file as kinds
from ankish.diagnostics.model import Span
from ankish.runtime import separated


def parsed(
    text: str, name: str, what: str, span: Span, separator: str | None = None, headers: bool = True
) -> Any:
    """The value that a text in a format stands for. `what` names the text in messages.

    `separator` and `headers` are for csv and tsv. Raises `AnkishError`.
    """
    try:
        if name in ("csv", "tsv"):
            known = separator or ("\t" if name == "tsv" else None)
            return separated.read(text, known, headers)
        return _READ[name](text)
    except Exception as error:  # each library has its own; all say what is wrong
        reason = str(error).splitlines()[0] if str(error) else "it ends too early"
        raise kinds.BROKEN.error(span, what=what, format=name, reason=reason) from None


def rendered(value: Any, name: str, span: Span, guarded: bool = False) -> str:
    """A value as a text in a format; `guarded` as `separated.write` has it."""
    if name in TABLE_FORMATS and not is_table(value):
        raise kinds.NO_TABLE.error(
            span,
            format=name,
            given=kind_of(value),
            row="{name: $it}" if isinstance(value, list) else None,
            table=None if isinstance(value, list) else "[{name: …}]",
        )
    if name in ("csv", "tsv"):
        return separated.write(value, "\t" if name == "tsv" else ",", guarded)
    return _WRITE[name](value)


def is_table(value: Any) -> bool:
    """Whether it is a list of records."""
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _read_json(text: str) -> Any:
    return json.loads(text, parse_float=_finite, parse_constant=_finite)


def _finite(text: str) -> float:
    """A number; what only Python takes for one in JSON, and what is too big, is none."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no number that can be counted with")
    return number


def _read_lines(text: str) -> list[Any]:
    return [_read_json(line) for line in text.split("\n") if line.strip()]


def _read_yaml(text: str) -> Any:
    import yaml

    # Dates and the like become texts: only what JSON knows is a value.
    return _read_json(json.dumps(yaml.safe_load(text), default=str))


_READ: dict[str, Callable[[str], Any]] = {
    "json": _read_json,
    "jsonl": _read_lines,
    "yaml": _read_yaml,
    "md": separated.read_markdown,
    "text": lambda text: text,
}


def _write_yaml(value: Any) -> str:
    import yaml

    # PyYAML writes these line ends as they are, and reads them as blanks.
    odd = any(sign in json.dumps(value, ensure_ascii=False) for sign in "\x85\u2028\u2029")
    return str(yaml.safe_dump(value, allow_unicode=not odd, sort_keys=False))


def _write_text(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return "".join(f"{separated.cell(item)}\n" for item in items)


_WRITE: dict[str, Callable[[Any], str]] = {
    "json": lambda value: json.dumps(value, ensure_ascii=False, indent=2) + "\n",
    "jsonl": lambda value: "".join(
        json.dumps(item, ensure_ascii=False) + "\n"
        for item in (value if isinstance(value, list) else [value])
    ),
    "yaml": _write_yaml,
    "md": separated.write_markdown,
    "text": _write_text,
}
