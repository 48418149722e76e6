"""Taking back through AnkiConnect: media files, those of notes too."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ankish.runtime.inverse.calls import call, first
from ankish.runtime.inverse.model import (
    DONE,
    NOT_DONE,
    UNSURE,
    Answers,
    Call,
    Inverse,
    Verdict,
)

Params = dict[str, Any]

KEYS = ("audio", "video", "picture")
"""Where a note object has its files."""

_HASHED = re.compile(r"-[0-9a-f]{40}$")
"""What Anki puts into the name of a file if one of its name has other contents."""
_PLAIN = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9_][a-z0-9_-]{0,79}\.[a-z0-9]{1,8}"
)
"""Names that Anki never changes."""

NAMES = "getMediaFilesNames"
NOT_STORED = "the reason stands in the field that the file was for"
STEM = 40
"""So many letters of a name are compared with another that Anki may have made of it."""


def items(note: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The files in a note object."""
    for key in KEYS:
        given = note.get(key)
        if not given:
            continue
        for item in given if isinstance(given, list) else [given]:
            if isinstance(item, dict) and item.get("filename"):
                yield item


def reads(files: Iterable[dict[str, Any]]) -> list[Call]:
    """What files hold; false for one that is not there. `files` have a `filename`.

    Where one may get another name than asked for, the last read is of all names that there are.
    """
    files = list(files)
    if not files:
        return []
    names = dict.fromkeys(str(each["filename"]) for each in files)
    other = any(
        not _PLAIN.fullmatch(str(each["filename"])) or each.get("deleteExisting") is False
        for each in files
    )
    held = [call("retrieveMediaFile", filename=name) for name in names]
    return [*held, call(NAMES)] if other else held


def restored(reads: Iterable[Call], target: Answers, now: Answers) -> list[Call]:
    """Files as they were, where they are otherwise now; answers to `reads`."""
    calls: list[Call] = []
    asked: list[str] = []
    for read, was, held in zip(reads, target, now, strict=False):
        if read.action == NAMES:
            gone = {each.params["filename"] for each in calls}
            calls += [
                call("deleteMediaFile", filename=name)
                for name in _new_names(was, held, asked)
                if name not in gone
            ]
            continue
        name = read.params["filename"]
        asked.append(name)
        if was == held or was is None:
            continue
        if was is False:
            calls.append(call("deleteMediaFile", filename=name))
        else:
            calls.append(call("storeMediaFile", filename=name, data=was))
    return calls


def _new_names(was: Any, now: Any, asked: Iterable[str]) -> list[str]:
    """Names that were not there before, and that Anki may have made of those asked for."""
    stems = {_stem(name) for name in asked}
    new = sorted(set(now or ()) - set(was or ())) if was is not None else []
    return [name for name in new if _stem(name) in stems]


def _stem(name: str) -> str:
    """What stays of a name, whatever Anki makes of it."""
    stem = _HASHED.sub("", unicodedata.normalize("NFC", name).rpartition(".")[0] or name)
    return re.sub(r"[\W_]", "", stem.casefold())[:STEM]


def not_stored(files: Iterable[dict[str, Any]], reads: Sequence[Call], after: Answers) -> list[str]:
    """Files that came with a note and are not there, so that Anki had something against them."""
    absent = {
        read.params["filename"]
        for read, held in zip(reads, after, strict=False)
        if read.action == "retrieveMediaFile" and held is False
    }
    names = [str(each["filename"]) for each in files if not each.get("skipHash")]
    return [name for name in names if name in absent and _PLAIN.fullmatch(name)]


class Storing(Inverse):
    """Of `storeMediaFile` and `deleteMediaFile`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return reads([params])

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        return restored(self.image(params), before, [None, None] if after is None else after)


class Storage(Storing):
    """Of `storeMediaFile`."""

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if isinstance(result, str) or first(after):
            # With another name than asked for it has been stored all the same.
            return Verdict(DONE, noun="file")
        if params.get("skipHash"):
            return Verdict(DONE, noun="file")
        return Verdict(UNSURE if first(after) is None else NOT_DONE, 1, 0, "file")


class Removal(Storing):
    """Of `deleteMediaFile`."""

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(before) is False:
            return Verdict(NOT_DONE, 1, 0, "file", (params["filename"],))
        if first(after) is None:
            return Verdict(UNSURE, noun="file")
        gone = first(after) is False
        return Verdict(DONE if gone else NOT_DONE, 1, int(gone), "file")


INVERSES: dict[str, Inverse] = {"storeMediaFile": Storage(), "deleteMediaFile": Removal()}
