"""The examples of AnkiConnect's documentation as lines of ankish: the page `actions.md`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from marks import table

from ankish.catalog.commands import COMMANDS
from ankish.diagnostics.model import Source
from ankish.plan.explain import requests
from ankish.runtime.libraries import prelude_file
from ankish.runtime.session import ProgramError, Session
from ankish.syntax import tree as t
from ankish.syntax.parser import parse

PAGE = "actions.md"

EXAMPLES = Path(__file__).parents[1] / "tests" / "data" / "seed.txt"

EXAMPLE = re.compile(r"curl (?:-s )?localhost:8765 -X POST -d '([^']*)'")

HEAD = """\
# AnkiConnect's examples

The examples of AnkiConnect's documentation, one for each action and set of parameters, as lines of
ankish. Each sends the same request. The curl line itself works too, as it stands. Where every
program has a short verb for it, that is told as well.

This file is written by `python docs/generate.py`; the tests hold each line against the request of
its curl line. Ids, paths and names are those of the documentation.
"""


def page() -> str:
    """The whole text, family by family."""
    verbs = short_verbs()
    families: dict[str, list[tuple[str, ...]]] = {}
    for body in bodies():
        action = str(json.loads(body)["action"])
        family = COMMANDS[action].family
        row = (f"`{cell(curl(body))}`", f"`{cell(line(body))}`", verbs.get(action, ""))
        families.setdefault(family, []).append(row)
    parts = [HEAD]
    for family, rows in families.items():
        parts += [f"## {family}", table(("curl", "ankish", "short verb"), rows)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def bodies() -> Iterator[str]:
    """The requests of the examples, one for each action and set of parameters.

    One that lacks its last brace gets it. Patterns that hold `...` or `NOTE_ID` are left out.
    """
    known = set()
    for body in EXAMPLE.findall(EXAMPLES.read_text(encoding="utf-8")):
        with suppress(ValueError):
            body += "}" * (body.count("{") - body.count("}"))
            request = json.loads(body)
            kind = (request["action"], *(request.get("params") or {}))
            if kind not in known:
                known.add(kind)
                yield body


def curl(body: str) -> str:
    """The example as it is documented."""
    return f"curl localhost:8765 -X POST -d '{body}'"


def line(body: str) -> str:
    """The same request as a line of ankish: the action with its parameters by name.

    What the documentation gives in another type than ankish wants is sent by `call`, as it is.
    """
    request = json.loads(body)
    action, given = request["action"], request.get("params") or {}
    named = " ".join([action, *(f"{name}={literal(value)}" for name, value in given.items())])
    if sent(named) == [(action, given)]:
        return named
    return f"call {action} {json.dumps(given, ensure_ascii=False)}"


def sent(text: str) -> list[tuple[str, Any]]:
    """The actions of a line with their parameters; none if ankish refuses it."""

    def nobody() -> NoReturn:
        raise AssertionError("nothing is to be asked")

    session = Session(nobody)
    try:
        plan = session.plan(session.check(Source("line", text), offline=True))
    except ProgramError:
        return []
    return [(each["action"], resolved(each.get("params", {}))) for each in requests(plan)]


def resolved(value: Any) -> Any:
    """A value of a plan, with what is known of its references filled in."""
    if isinstance(value, dict):
        if set(value) == {"$ref"}:
            with suppress(ValueError):
                return json.loads(value["$ref"])
        return {key: resolved(each) for key, each in value.items()}
    return [resolved(each) for each in value] if isinstance(value, list) else value


def literal(value: Any) -> str:
    """A value of JSON as ankish writes it; a simple text needs no quotes."""
    if isinstance(value, str) and re.fullmatch(r"[^\W\d][\w:.-]*", value):
        return value if value not in ("true", "false", "null") else json.dumps(value)
    return json.dumps(value, ensure_ascii=False).replace("${", r"\${")


def short_verbs() -> dict[str, str]:
    """The short verb for an action, with what it takes."""
    found = {}
    text = prelude_file().read_text(encoding="utf-8")
    for node in parse(Source("prelude.ank", text)).program.statements:
        if isinstance(node, t.Macro):
            last = node.body.statements[-1]
            if not isinstance(last, t.Pipeline) or not isinstance(last.stages[-1], t.Command):
                continue  # it does more than the action
            subject, *rest = [param.name for param in node.parameters]
            found[last.stages[-1].name] = f"`{' '.join([subject, cell('|'), node.name, *rest])}`"
    return found


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|")
