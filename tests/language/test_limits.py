"""Programs of others, kept from files and from the network: no way is left open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ankish.analysis.guards import ATTACHED
from ankish.analysis.reach import ALWAYS, BUILTINS, FILES, GIVEN, NETWORK, SOURCES, reaches
from ankish.catalog.actions import ACTIONS
from ankish.catalog.builtins import BUILTINS as COMMANDS
from ankish.catalog.model import Command, Effect, Param
from ankish.catalog.types import Type
from ankish.diagnostics.model import AnkishError, Source
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from ankish.runtime.target import ClientTarget
from tests.support.lab import Lab

NO_FILES, NO_NETWORK = frozenset({FILES}), frozenset({NETWORK})
BOTH = NO_FILES | NO_NETWORK

BEYOND = {"path", "url", "endpoint"}
"""What parameters and keys are called that lead out of the collection."""

NOTE = 'deckName: "Default", modelName: "Basic", fields: {Front: "limits"}'


def leading_out(type_: Type, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The ways inside a type to what leads out of the collection."""
    if type_.name == "path" or (path and path[-1] in BEYOND):
        yield path
    if type_.of is not None:
        yield from leading_out(type_.of, (*path, "*"))
    for key in type_.keys:
        yield from leading_out(key.type, (*path, key.name))


def filled(path: tuple[str, ...]) -> Any:
    """A value in which there is something at the end of a way."""
    if not path:
        return "x"
    if path[0] == "*":
        return [filled(path[1:])]
    return {path[0]: filled(path[1:]), "filename": "a"}


@pytest.mark.parametrize("command", ACTIONS.values(), ids=lambda command: command.name)
def test_every_way_out_of_an_action_is_known(command: Command) -> None:
    """A new action with a path or a URL somewhere in its parameters is found here."""
    ways: list[tuple[Param, tuple[str, ...]]] = [
        (param, way)
        for param in command.params
        for way in leading_out(param.type, (param.name,) if param.name in BEYOND else ())
    ]
    for param, way in ways:
        inner = way[1:] if way[:1] == (param.name,) else way
        params = {param.name: filled(inner)}
        assert list(reaches(command.name, params)), (command.name, param.name, way)
    if command.effect is Effect.EXTERNAL:
        assert command.name in {*ALWAYS, *GIVEN}


def test_what_is_declared_is_there() -> None:
    assert {*ALWAYS, *GIVEN} <= ACTIONS.keys()
    for action, params in GIVEN.items():
        assert params.keys() <= {param.name for param in ACTIONS[action].params}
    paths = {name for name, c in COMMANDS.items() for p in c.params if p.type.name == "path"}
    assert paths | {"glob"} <= BUILTINS | {"glob"}, "a builtin that takes a path touches files"
    assert set(SOURCES) < BEYOND and ATTACHED


FORBIDDEN = {
    'open "/nowhere/file" | count': FILES,
    'let p = "/nowhere/" + "file"; open $p as=text': FILES,
    '[1] | save "x.json"': FILES,
    'glob "/nowhere/*"': FILES,
    'rm "no-such-file"': FILES,
    'glob "no-such-*" | each { rm $it.path }': FILES,
    'use "/nowhere/file"': FILES,
    'storeMediaFile "a.txt" path="/nowhere/file"': FILES,
    'storeMediaFile "a.txt" url="http://127.0.0.1:1/"': NETWORK,
    f'addNote {{{NOTE}, audio: {{filename: "a.mp3", path: "/nowhere/file", fields: ["Front"]}}}}': FILES,
    f'addNote {{{NOTE}, picture: [{{filename: "a.jpg", url: "http://127.0.0.1:1/"}}]}}': NETWORK,
    'updateNoteFields {id: 1, fields: {}, audio: {filename: "a.mp3", path: "/nowhere/file"}}': FILES,
    'exportPackage Default "x.apkg"': FILES,
    'importPackage "x.apkg"': FILES,
    "createBackup": FILES,
    "sync": NETWORK,
    'syncLogin "a" "b"': NETWORK,
    'getMediaFilesNames "../*"': FILES,
    'deckNames | each { exportPackage $it "${it}.apkg" }': FILES,
    'macro m(p: text) { open $p }; m "/nowhere/file"': FILES,
    'try { open "/nowhere/file" as=text } catch e { print $e.message }': FILES,
    'call importPackage {path: "x.apkg"}': FILES,
    'call getMediaFilesNames {pattern: "../*"}': FILES,
    'multi [{action: "exportPackage", params: {deck: "Default", path: "x"}}]': FILES,
    'multi [{action: "multi", params: {actions: [{action: "sync"}]}}]': NETWORK,
    "call guiImportFile {}": FILES,
}  # fmt: skip
"""What is written in a program, and what it reaches."""

COMPUTED = {
    'let r = {filename: "a.txt", path: "/nowhere/file"}; call storeMediaFile $r': FILES,
    'let r = {pattern: "../*"}; call getMediaFilesNames $r': FILES,
    'let r = [{action: "sync"}]; multi $r': NETWORK,
    f'let a = {{filename: "a.mp3", path: "/nowhere/file"}}; addNote {{{NOTE}, audio: $a}}': FILES,
    f'[{{n: {{{NOTE}, audio: {{filename: "a.mp3", url: "http://127.0.0.1:1/"}}}}}}] '
    "| each { addNote $it.n }": NETWORK,
    'let a = [{action: "guiFuture", params: {}}]; multi $a': FILES,
}
"""What is known when the program runs."""


def problems(lab: Lab, program: str, limits: frozenset[str]) -> list[str]:
    """The codes of what is said against a program where something is forbidden."""
    session = Session(lambda: lab.client, yes=True, limits=limits)
    try:
        session.run(Source("theirs.ank", program), Silent(), lambda _: None)
    except AnkishError as error:
        return [problem.code for problem in error.diagnostics]
    return []


class Silent(Presenter):
    """Shows nothing."""

    def __init__(self) -> None:
        pass

    def show(self, step: object, value: Any, of: Any) -> None:
        """See `Output.show`."""


@pytest.mark.parametrize("program", FORBIDDEN)
def test_what_is_written_is_refused_before_anything_is_sent(
    reading: Lab, program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    sent: list[Any] = []
    monkeypatch.setattr(ClientTarget, "exchange", lambda self, *given: sent.append(given))
    own = {"name::missing-action"}  # for the window, or for the engine alone
    found = set(problems(reading, program, frozenset({FORBIDDEN[program]})))
    assert found and found <= {"run::forbidden", *own}
    assert sent == [] and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("program", COMPUTED)
def test_what_is_computed_is_refused_before_it_is_sent(
    reading: Lab, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    send = ClientTarget.exchange

    def exchange(self: ClientTarget, actions: Any, spans: Any = ()) -> Any:
        sent.extend(action.action for action in actions)
        return send(self, actions, spans)

    monkeypatch.setattr(ClientTarget, "exchange", exchange)
    assert problems(reading, program, frozenset({COMPUTED[program]})) == ["run::forbidden"]
    assert sent == []


def test_all_else_is_allowed(reading: Lab) -> None:
    assert problems(reading, "find deck:Inbox | count; getMediaFilesNames '*.mp3'", BOTH) == []
    assert problems(reading, "deckNames | to json | print", BOTH) == []
    assert problems(reading, "find deck:Inbox | where lapses > 1 | select Front", BOTH) == []
    assert problems(reading, "open '/nowhere/file' as=text | count", NO_NETWORK) != [
        "run::forbidden"
    ]
