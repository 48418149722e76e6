"""Actions about the interface itself: version, permission, what there is, several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ankish.anki.engine.registry import ACTIONS, WINDOW, ActionError, action, engine_action
from ankish.anki.engine.session import Session

if TYPE_CHECKING:
    from ankish.anki.engine.dispatch import Engine

API_VERSION = 6
"""The newest version of the answer format."""


@action
def version(session: Session) -> int:
    """The version of the interface."""
    return API_VERSION


@engine_action
def requestPermission(engine: Engine, origin: str, allowed: bool) -> dict[str, Any]:
    """Whether a web page may send requests; `origin` and `allowed` are the server's word."""
    if not allowed:
        return {"permission": "denied"}
    return {"permission": "granted", "requireApikey": engine.wants_key, "version": API_VERSION}


@action
def apiReflect(session: Session, scopes: Any = None, actions: Any = None) -> dict[str, Any]:
    """The names of the actions there are, or of those in `actions` that exist.

    Those of Anki's windows are left out: a client that asks first won't call them.
    """
    if not isinstance(scopes, list):
        raise ActionError("scopes has invalid value")
    if not (actions is None or isinstance(actions, list)):
        raise ActionError("actions has invalid value")
    if "actions" not in scopes:
        return {"scopes": []}
    for name in actions or []:
        if not isinstance(name, str):
            raise ActionError(f"attribute name must be string, not '{type(name).__name__}'")
    offered = sorted(ACTIONS.keys() - WINDOW)
    names = offered if actions is None else [name for name in actions if name in offered]
    return {"scopes": ["actions"], "actions": names}


@engine_action
def multi(engine: Engine, actions: list[dict[str, Any]]) -> list[object]:
    """Answer several requests in order, each in the format of its own version.

    A request that fails does not stop the others. One that is no object fails the whole,
    but what ran before it stays.
    """
    return [engine.answer(request) for request in actions]


@action
def reloadCollection(session: Session) -> None:
    """Read anew what Anki's library keeps of the collection in memory."""
    session.col.models._clear_cache()
