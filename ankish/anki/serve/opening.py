"""Which collection is served."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from ankish.anki.engine.folders import find_base, find_profile, profile_names
from ankish.anki.engine.session import Session
from ankish.data import dataclass
from ankish.diagnostics.kinds import serve as kinds

FIRST_PROFILE = "User 1"
"""What Anki calls the profile that it makes when there is none."""


@dataclass(frozen=True)
class Choice:
    """What the user chose: a file, a profile, the sample collection, or nothing.

    `base` is Anki's base folder, None for the usual one.
    """

    collection: str | None = None
    profile: str | None = None
    demo: bool = False
    base: str | None = None

    def opener(self, stack: ExitStack) -> Callable[[], Session]:
        """What opens the collection; `stack` removes what has been made for it.

        Raises `AnkishError` where it is clear at once that there is none.
        """
        base = Path(self.base) if self.base else None
        if self.demo:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="ankish-demo-")))
            return lambda: _demo(folder)
        if self.collection is not None:
            path = Path(self.collection)
            return lambda: Session.open(path, base=base)
        folder = find_base(base)
        profile = _only(folder) if self.profile is None else self.profile
        path = find_profile(profile, folder)
        return lambda: Session.open(path, base=folder, profile=profile)


def _only(base: Path) -> str:
    """The profile to serve when none is named."""
    names = profile_names(base)
    if len(names) > 1:
        raise kinds.WHICH.error(base=base, names=", ".join(names))
    return names[0] if names else FIRST_PROFILE


def _demo(base: Path) -> Session:
    """The sample collection, as the profile of a new base folder."""
    from ankish.anki.engine.sample import build

    folder = base / FIRST_PROFILE
    folder.mkdir()
    return Session.open(build(folder), base=base)
