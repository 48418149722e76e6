"""A real Anki with the AnkiConnect add-on, whose collection is replaced for each proof.

It is named by its URL in the environment variable `REAL_ANKI`, which `python -m tests.real`
sets; no test of the suite needs one. Anki reads a collection when a profile is opened: another
profile is opened, the files are exchanged, and the first profile is opened again.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ALLOWED = "may-be-overwritten"
"""The file in Anki's base folder that says that its profiles are worth nothing."""
COLLECTION = "collection.anki2"


@dataclass(frozen=True)
class RealAnki:
    """An Anki that runs on this machine, by the URL of its AnkiConnect."""

    url: str

    def send(self, request: object) -> Any:
        """The answer to a request, as it came."""
        body = json.dumps(request).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url, body), timeout=60) as answer:
            return json.load(answer)

    def ask(self, action: str, **params: Any) -> Any:
        """The result of an action that must succeed."""
        answer = self.send({"action": action, "version": 6, "params": params})
        assert answer["error"] is None, f"{action}: {answer['error']}"
        return answer["result"]

    @property
    def profile(self) -> Path:
        """The folder of the profile that is open."""
        return Path(self.ask("getMediaDirPath")).parent

    def put(self, source: Path) -> Path:
        """Open a copy of the collection in a folder, with its media; the profile's folder."""
        return self.replace(lambda place: shutil.copytree(source, place, dirs_exist_ok=True))

    def replace(self, fill: Callable[[Path], object]) -> Path:
        """Open a profile whose empty folder was filled; the folder."""
        place = self.profile
        allowed = place.parent / ALLOWED
        assert allowed.is_file(), f"without the file {allowed} nothing there is overwritten"
        aside = next(name for name in self.ask("getProfiles") if name != place.name)
        self._open(place.parent / aside)
        shutil.rmtree(place)
        place.mkdir()
        fill(place)
        self._open(place)
        return place

    def copied(self, into: Path) -> Path:
        """Copy the collection as it is on the disk, with its media; the file's path."""
        into.mkdir(parents=True, exist_ok=True)
        place = self.profile
        for name in (COLLECTION, f"{COLLECTION}-wal"):
            if (place / name).exists():
                shutil.copy(place / name, into / name)
        shutil.copytree(place / "collection.media", into / "collection.media")
        return into / COLLECTION

    def _open(self, place: Path) -> None:
        """Open a profile, and wait until it is the one that answers."""
        assert self.ask("loadProfile", name=place.name), f"there is no profile {place.name}"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            answer = self.send({"action": "deckNames", "version": 6})
            if answer["error"] is None and self.profile == place:
                return
            time.sleep(0.05)
        raise AssertionError(f"{place} does not open")


def real_anki() -> RealAnki | None:
    """The Anki that the environment names."""
    url = os.environ.get("REAL_ANKI")
    return RealAnki(url) if url else None


@contextmanager
def looked_at(anki: RealAnki) -> Iterator[Any]:
    """A copy of its collection, opened by the engine."""
    from ankish.anki.engine.session import Session

    with tempfile.TemporaryDirectory() as folder:
        path = anki.copied(Path(folder, "base", "User 1"))
        with Session.open(path, base=path.parents[1]) as session:
            yield session
