"""`ankish mcp`: a Model Context Protocol server, on the official SDK, over standard streams."""

from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from ankish import __version__
from ankish.agent.desk import Desk
from ankish.agent.skill import skill_text
from ankish.catalog.model import Effect
from ankish.cli import add_target, session_for
from ankish.diagnostics.kinds import program as kinds
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.render import render
from ankish.tools.files import tell

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

MISSING = 2


def main(argv: Sequence[str]) -> int:
    """Serve until the other side closes the streams; the exit status."""
    parser = ArgumentParser(
        prog="ankish mcp",
        description="Offer ankish to an agent: a server of the Model Context Protocol.",
    )
    parser.add_argument("--read-only", action="store_true", help="nothing can be changed")
    parser.add_argument("--yes", action="store_true", help="allow what can't be taken back")
    parser.add_argument(
        "--external", action="store_true", help="allow files, the network and Anki's window"
    )
    add_target(parser)
    options = parser.parse_args(argv)
    options.json = True
    session = session_for(options)
    try:
        serve(Desk(session, allowed(options.read_only, options.yes, options.external)))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        tell((kinds.EXTRA(word="mcp", extra="mcp"),))
        return MISSING
    finally:
        session.close()
    return 0


def allowed(
    read_only: bool = False, yes: bool = False, external: bool = False
) -> frozenset[Effect]:
    """The effects that programs may have."""
    effects = {Effect.READ}
    if not read_only:
        effects.add(Effect.WRITE)
    if yes and not read_only:
        effects.add(Effect.DESTRUCTIVE)
    if external:
        effects |= {Effect.EXTERNAL, Effect.GUI}
    return frozenset(effects)


def serve(desk: Desk) -> None:
    """Answer on standard input and output. Raises `ModuleNotFoundError` without the SDK."""
    with ThreadPoolExecutor(1) as worker:  # a collection is used on one thread
        server(desk, worker).run("stdio")
        worker.submit(desk.session.close).result()


def server(desk: Desk, worker: ThreadPoolExecutor) -> MCPServer[Any]:
    """The server with its tools, which work on the thread of `worker`."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations

    made: MCPServer[Any] = MCPServer("ankish", version=__version__, instructions=skill_text())
    writes = Effect.WRITE in desk.allowed

    async def done(work: Callable[..., Any], *given: Any) -> Any:
        try:
            return await asyncio.get_running_loop().run_in_executor(worker, work, *given)
        except AnkishError as error:
            raise ToolError(render(error.diagnostics, "plain")) from None

    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @made.tool(annotations=reads)
    async def read(program: str, limit: int = 200) -> dict[str, Any]:
        """Run an ankish program that changes nothing, such as `find deck:Spanish is:due | count`
        or `find deck:Spanish | where lapses > 4 | select Front, lapses`. Gives its results as
        JSON; of lists at most `limit` items.
        """
        result: dict[str, Any] = await done(desk.read, program, limit)
        return result

    @made.tool(annotations=reads)
    async def check(program: str) -> dict[str, Any]:
        """Tell all that is wrong with an ankish program, with places and what would be right,
        and which effects it has. Nothing of it is run.
        """
        result: dict[str, Any] = await done(desk.check, program)
        return result

    @made.tool(annotations=reads)
    async def help(topic: str = "") -> str:
        """Tell about a command (`suspend`), a function (`replace`), a family (`decks`, `notes`,
        `functions`) or the code of a message (`name::deck`); without a topic what there is.
        """
        result: str = await done(desk.help, topic)
        return result

    @made.tool(annotations=reads)
    async def log(run: str = "") -> dict[str, Any]:
        """List what was changed, the latest run first; with a run (`r12`) what that one did."""
        result: dict[str, Any] = await done(desk.log, run)
        return result

    if not writes:
        return made

    @made.tool(annotations=reads)
    async def plan(program: str) -> dict[str, Any]:
        """Plan an ankish program that changes something, such as
        `find "tag:leech deck:Spanish" | suspend`. Nothing is changed. Tells how many cards or
        notes it is about, each write with a sample of what would be different, before and after,
        and how it is undone; `token` is what `apply` takes.
        """
        result: dict[str, Any] = await done(desk.plan, program)
        return result

    @made.tool(annotations=ToolAnnotations(read_only_hint=False, open_world_hint=False))
    async def apply(token: str) -> dict[str, Any]:
        """Run a program that `plan` was given, by its token. Each token works once, and only as
        long as what the program is about has not changed.
        """
        result: dict[str, Any] = await done(desk.apply, token)
        return result

    @made.tool(annotations=ToolAnnotations(read_only_hint=False, destructive_hint=False))
    async def undo(run: str = "") -> dict[str, Any]:
        """Take back the latest run that changed something, or a run by its name (`r12`)."""
        result: dict[str, Any] = await done(desk.undo, run)
        return result

    return made
