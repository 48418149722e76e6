"""Profiles: which there are, which is open, opening another one."""

from __future__ import annotations

from ankish.anki.engine.folders import COLLECTION, profile_names
from ankish.anki.engine.registry import action
from ankish.anki.engine.session import Session


@action
def getProfiles(session: Session) -> list[str]:
    """The names of all profiles; none for a collection outside of Anki's base folder."""
    return profile_names(session.base) if session.base else []


@action
def getActiveProfile(session: Session) -> str | None:
    """The name of the open profile; null for a collection outside of Anki's base folder."""
    return session.profile


@action
def loadProfile(session: Session, name: str) -> bool:
    """Close the collection and open that of another profile; false if there is none."""
    if session.base is None or name not in profile_names(session.base):
        return False
    if name != session.profile:
        session.switch(session.base / name / COLLECTION, name)
    return True
