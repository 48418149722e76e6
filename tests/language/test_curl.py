"""curl lines as people paste them: the action is found wherever the URL, the method and headers are."""

from __future__ import annotations

import pytest

from tests.support.lab import Lab

REQUEST = '{"action": "version", "version": 6}'
ESCAPED = REQUEST.replace('"', '\\"')

LINES = (
    f"curl localhost:8765 -X POST -d '{REQUEST}'",
    f"curl -X POST -d '{REQUEST}' http://127.0.0.1:8765",
    f"curl -XPOST localhost:8765 --data '{REQUEST}'",
    f"curl -d '{REQUEST}' localhost:8765",
    f"curl localhost:8765 --data-raw '{REQUEST}'",
    f"curl localhost:8765 --data-binary '{REQUEST}' -X POST",
    f"curl --json '{REQUEST}' localhost:8765",
    f"curl -s -H 'Content-Type: application/json' localhost:8765 -d '{REQUEST}'",
    f"curl -H \"Content-Type: application/json\" localhost:8765 -d '{REQUEST}'",
    f"curl --request POST --url http://localhost:8765 --header 'a: b' --data '{REQUEST}'",
    f'curl localhost:8765 -X POST -d "{ESCAPED}"',
    f'curl -X POST -d "{ESCAPED}" localhost:8765',
)


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_understood(reading: Lab, line: str) -> None:
    assert reading.results(line) == [6]


WRONG = {
    "curl localhost:8765": "curl::no-data",
    "curl localhost:8765 -d @request.json": "curl::no-data",
    "curl localhost:8765 -d '{\"action\": '": "curl::not-json",
    "curl localhost:8765 -d '[]'": "curl::no-action",
    'curl localhost:8765 -d \'{"action": "suspnd", "version": 6}\'': "name::command",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_line_that_carries_no_action_is_told_and_not_sent(reading: Lab, line: str) -> None:
    assert reading.codes(line) == [WRONG[line]]
