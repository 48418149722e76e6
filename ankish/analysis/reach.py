"""What reaches beyond the collection: files and the network.

Whoever runs a program of somebody else's can forbid both (`--no-files`, `--no-network`). All that
is written in the program is told before anything is sent; what is computed, before that is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ankish.analysis import core
from ankish.analysis.guards import Params, attachments, constant, notes_in
from ankish.catalog.actions import ACTIONS
from ankish.diagnostics.kinds import run as kinds
from ankish.diagnostics.model import Diagnostic, Span

FILES, NETWORK = "files", "network"

OPTIONS = {FILES: "--no-files", NETWORK: "--no-network"}
"""What forbids each."""
DOES = {FILES: "reads or writes files", NETWORK: "uses the network"}

ALWAYS: dict[str, str] = {
    **dict.fromkeys(("exportPackage", "importPackage", "createBackup", "guiImportFile"), FILES),
    **dict.fromkeys(("sync", "syncLogin", "syncLogout"), NETWORK),
}
"""Actions that always reach beyond."""
GIVEN: dict[str, dict[str, str]] = {"storeMediaFile": {"path": FILES, "url": NETWORK}}
"""Actions that do so by a parameter."""
SOURCES = {"path": FILES, "url": NETWORK}
"""Files that come with notes do so by these keys."""
BUILTINS = frozenset({"open", "save", "glob", "rm", "use"})
"""What of ankish's own reads or writes files."""


def reaches(action: str, params: Params) -> Iterator[str]:
    """What a request reaches beyond the collection. An action that nobody knows may reach all."""
    if action not in ACTIONS:
        yield from (FILES, NETWORK)
        return
    if action in ALWAYS:
        yield ALWAYS[action]
    for name, what in GIVEN.get(action, {}).items():
        if params.get(name) is not None:
            yield what
    pattern = params.get("pattern") if action == "getMediaFilesNames" else None
    if isinstance(pattern, str) and any(sign in pattern for sign in ("/", "\\", "..")):
        yield FILES  # AnkiConnect lists other folders as well
    for note, _ in notes_in(params):
        for _, _, item in attachments(note):
            yield from (what for key, what in SOURCES.items() if item.get(key) is not None)
    inner = params.get("actions") if action == "multi" else None
    for each in inner if isinstance(inner, list) else ():
        if isinstance(each, dict):
            some = each.get("params")
            yield from reaches(str(each.get("action")), some if isinstance(some, dict) else {})


def forbidden(
    action: str, params: Params, limits: Iterable[str], span: Span
) -> Iterator[Diagnostic]:
    """What a request may not do. `limits` are what is forbidden."""
    found = set(reaches(action, params))
    for what in (FILES, NETWORK):
        if what in limits and what in found:
            yield not_allowed(action, what, span)


def written(params: dict[str, core.Expression]) -> Params:
    """Parameters as far as they are written in the program."""
    return {name: constant(each) for name, each in params.items()}


def not_allowed(name: str, what: str, span: Span) -> Diagnostic:
    """The message for something that reaches beyond where it may not."""
    return kinds.FORBIDDEN(span, name=name, does=DOES[what], option=OPTIONS[what])


def of_steps(name: str, limits: Iterable[str], span: Span) -> Iterator[Diagnostic]:
    """What a builtin may not do."""
    if name in BUILTINS and FILES in limits:
        yield not_allowed(name, FILES, span)


Limits = frozenset[str]
NONE: Limits = frozenset()


def limits_of(no_files: Any, no_network: Any) -> Limits:
    """What is forbidden, by the two options."""
    given = ((FILES, no_files), (NETWORK, no_network))
    return frozenset(what for what, is_forbidden in given if is_forbidden)
