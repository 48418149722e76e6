"""Each line of `docs/actions.md` sends what the curl line beside it sends."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
sys.path.insert(0, str(DOCS))
import actions  # noqa: E402

BODIES = list(actions.bodies())


@pytest.mark.parametrize("body", BODIES, ids=lambda body: json.loads(body)["action"])
def test_the_line_sends_what_the_curl_line_sends(body: str) -> None:
    wanted = json.loads(body)
    sent = actions.sent(actions.line(body))
    assert sent == [(wanted["action"], wanted.get("params", {}))]


def test_all_examples_are_there() -> None:
    assert len(BODIES) > 100
    documented = set(re.findall(r'"action": "(\w+)"', actions.EXAMPLES.read_text(encoding="utf-8")))
    assert documented - {json.loads(body)["action"] for body in BODIES} == {"ACTION_NAME"}
    assert sum(actions.line(body).startswith("call ") for body in BODIES) < 10
    text = (DOCS / actions.PAGE).read_text(encoding="utf-8")
    for body in BODIES:
        assert actions.cell(actions.curl(body)) in text
