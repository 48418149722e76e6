"""`ankish mcp`, driven by the client of the official SDK over standard streams."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from tests.support.engine import sample_engine
from tests.support.manners import Manners

ROOT = Path(__file__).parents[2]


class Agent:
    """An agent that calls tools."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def tools(self) -> list[str]:
        """The names of the tools."""
        return sorted(tool.name for tool in (await self.client.list_tools()).tools)

    async def call(self, tool: str, **given: Any) -> Any:
        """What a tool gives."""
        result = await self.client.call_tool(tool, given)
        assert not result.is_error, result.content
        return result.structured_content

    async def complaint(self, tool: str, **given: Any) -> str:
        """What a tool complains about."""
        result = await self.client.call_tool(tool, given)
        assert result.is_error, result.structured_content
        return str(result.content[0].text)  # type: ignore[union-attr]


def with_agent(work: Callable[[Agent], Awaitable[None]], *options: str) -> None:
    """Have an agent do some work at a server with these options."""

    async def run() -> None:
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "ankish", "mcp", *(options or ("--demo",))],
            env={"PYTHONPATH": str(ROOT), "ANKISH_HOME": os.environ["ANKISH_HOME"]},
        )
        async with Client(command, read_timeout_seconds=60) as client:
            await work(Agent(client))

    asyncio.run(run())


def test_look_plan_apply_undo() -> None:
    async def work(agent: Agent) -> None:
        assert await agent.tools() == "apply check help log plan read undo".split()
        leeches = 'find "tag:leech -is:suspended"'
        [before] = (await agent.call("read", program=f"{leeches} | count"))["results"]
        assert before == 12
        planned = await agent.call("plan", program=f"{leeches} | suspend")
        assert planned["count"] == 12 and len(planned["sample"]) == 10
        [change] = planned["changes"]
        assert change["action"] == "suspend" and change["effect"] == "write"
        assert "unsuspend" in change["undo"] and change["items"] == 12
        assert len(change["changes"]) == 10 and planned["exact"]
        assert change["changes"][0]["before"] != change["changes"][0]["after"]
        assert "can be undone" in planned["summary"]
        assert (await agent.call("read", program=f"{leeches} | count"))["results"] == [12]
        done = await agent.call("apply", token=planned["token"])
        assert done["results"] == [{"done": "suspend", "count": 12}]
        assert (await agent.call("read", program=f"{leeches} | count"))["results"] == [0]
        assert "agent::no-plan" in await agent.complaint("apply", token=planned["token"])
        [runs] = (await agent.call("log"))["results"]
        assert len(runs) == 1
        await agent.call("undo")
        assert (await agent.call("read", program=f"{leeches} | count"))["results"] == [12]

    with_agent(work)


def test_what_reads_may_not_write_and_mistakes_are_told() -> None:
    async def work(agent: Agent) -> None:
        assert "agent::no-read" in await agent.complaint("read", program="find tag:old | suspend")
        assert "agent::journal" in await agent.complaint("read", program="undo")
        mistake = await agent.complaint("read", program="find deck:Spanish | suspnd")
        assert "name::command" in mistake and "suspend" in mistake
        checked = await agent.call("check", program="find deck:Spnish | suspnd")
        assert not checked["ok"]
        assert "name::command" in {each["code"] for each in checked["problems"]}
        assert (await agent.call("check", program="find tag:old | suspend"))["effects"] == [
            "read",
            "write",
        ]
        told = await agent.call("help", topic="suspend")
        assert "cards | suspend" in json.dumps(told)
        rows = await agent.call("read", program="find deck:Spanish | select Front", limit=5)
        assert len(rows["results"][0]) == 5 and rows["left_out"] > 200

    with_agent(work)


def test_a_plan_is_not_applied_to_what_has_changed_since() -> None:
    async def work(agent: Agent) -> None:
        complaint = await agent.complaint("plan", program='find is:due | setDueDate "soon"')
        assert "soon" in complaint, "what would be refused is told by the plan"
        first = await agent.call("plan", program='find "tag:leech -is:suspended" | suspend')
        other = await agent.call("plan", program='find "tag:leech deck:Spanish" | suspend')
        await agent.call("apply", token=other["token"])
        assert "agent::changed" in await agent.complaint("apply", token=first["token"])

    with_agent(work)


@pytest.mark.parametrize(
    ("program", "what"),
    [
        ("find tag:old | deleteNotes", "loses something for good"),
        ('find tag:old | save "x.csv"', "reaches files"),
        ('open "/etc/hostname" as=text', "reaches files"),
        ('use "/etc/hostname"; print 1', "reaches files"),
        ("sync", "reaches files or the network"),
    ],
)
def test_effects_that_nobody_allowed(program: str, what: str) -> None:
    async def work(agent: Agent) -> None:
        for tool in ("plan", "read"):
            assert what in await agent.complaint(tool, program=program)

    with_agent(work)


def test_read_only_has_no_tool_that_changes() -> None:
    async def work(agent: Agent) -> None:
        assert await agent.tools() == ["check", "help", "log", "read"]
        assert "agent::not-allowed" in await agent.complaint("read", program="createDeck X")

    with_agent(work, "--demo", "--read-only")


def test_through_a_socket() -> None:
    with Manners(sample_engine(), tick=0) as server:

        async def work(agent: Agent) -> None:
            planned = await agent.call("plan", program="find deck:Inbox | addTags seen")
            await agent.call("apply", token=planned["token"])
            assert (await agent.call("read", program="find tag:seen | count"))["results"] == [22]
            await agent.call("undo")
            assert (await agent.call("read", program="find tag:seen | count"))["results"] == [0]

        with_agent(work, "--url", server.url)
