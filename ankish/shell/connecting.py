"""`connect`: where actions go, told or changed.

A shell that goes elsewhere becomes another one: snapshot, completion, history and journal are those
of the new side, and nothing of the old one is left in them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ankish.data import dataclass
from ankish.diagnostics.kinds import shell as kinds
from ankish.settings import Settings
from ankish.shell.state import State
from ankish.shell.telling import say

if TYPE_CHECKING:
    from ankish.runtime.session import Session


@dataclass(frozen=True, slots=True)
class Side:
    """Where actions go.

    * **open_session** - opens a session there; called in the thread that then uses it.
    * **place** - what it is called; each place has a history of its own.
    * **settings** - those in force there.
    """

    open_session: Callable[[], Session]
    place: str
    settings: Settings


Elsewhere = Callable[[str], Side]
"""The side that the words behind `connect` name. Raises `AnkishError` for what names none."""


def connect(state: State, rest: str) -> None:
    """Tell where actions go; with a place in `rest`, have a shell there take over.

    Raises `AnkishError` if nothing answers there; all is as it was then.
    """
    if not rest:
        say(f"connected to {state.place}" + (f": {state.trouble}" if state.trouble else ""))
        return
    if state.recording:
        raise kinds.CONNECT_RECORDING.error(name=state.recording)
    assert state.elsewhere is not None
    side = state.elsewhere(rest)
    other = State(side.open_session, side.place, side.settings, state.confirm)
    other.elsewhere = state.elsewhere
    try:
        other.worker.do(lambda: other.session.client.invoke("deckNames", {}))
    except BaseException:
        other.close()
        raise
    state.successor = other
    say(f"connected to {other.place}")
