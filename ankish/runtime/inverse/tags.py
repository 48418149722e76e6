"""Taking back through AnkiConnect: tags, looked at as the notes that have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ankish.runtime.inverse.calls import (
    call,
    first,
    judged,
    tag_names,
    with_ids,
    with_tag,
    within,
)
from ankish.runtime.inverse.model import (
    DONE,
    UNSURE,
    Answers,
    Call,
    Done,
    Inverse,
    Verdict,
)

Params = dict[str, Any]

MANY = 500
"""Of how many notes the ids are rather not in a search."""

NO_NOTE = 0
"""No note has it. Tags added to it are put on the list of tags, and nowhere else."""


class TagSets(Inverse):
    """Of actions that add or remove tags of many notes.

    The image is, for each tag, the notes that have it: 15 bytes each, where notesInfo is 300.

    * **lost** - the tags that notes lose, from the parameters; **got** - those that they get.
    """

    repeatable = True

    def __init__(
        self, lost: Callable[[Params], list[str]], got: Callable[[Params], list[str]]
    ) -> None:
        self.lost = lost
        self.got = got

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`: first the notes that exist, then those that have each tag."""
        scope = with_ids("nid", params["notes"]) if "notes" in params else ""
        there = [call("findNotes", query=scope)] if scope else []
        return [
            *there,
            *(
                call("findNotes", query=f"{with_tag(t)} {scope}".strip())
                for t in self._tags(params)
            ),
        ]

    def sought(self, params: Params, search: str, decks: Sequence[str]) -> list[Call] | None:
        """See `Inverse`."""
        return [
            call("findNotes", query=within(with_tag(tag), search)) for tag in self._tags(params)
        ]

    def seen(self, params: Params, found: Sequence[int], done: Done) -> list[Any] | None:
        """See `Inverse`."""
        notes = set(params["notes"])
        return [
            [each for each in some if each in notes]
            for some in (found, *(answer for _, answer in done))
        ]

    def brief(self, params: Params, before: Answers) -> list[Call] | None:
        """See `Inverse`: a note that has a tag is there. Many ids take Anki long to read and to
        look for; then all notes with the tag are asked for.
        """
        if "notes" not in params:
            return None
        scope = with_ids("nid", params["notes"])
        among = scope if len(params["notes"]) <= MANY else ""
        there = [] if self._only_adds(params) else [scope]
        having = (f"{with_tag(tag)} {among}".strip() for tag in self._tags(params))
        return [call("findNotes", query=query) for query in (*there, *having)]

    def told(self, params: Params, before: Answers, answers: Answers) -> list[Any] | None:
        """See `Inverse`."""
        if None in answers:
            return None
        asked = set(params["notes"])
        found = [asked.intersection(some) for some in answers]
        if self._only_adds(params):
            if not found or any(some != asked for some in found):
                return None
            found.insert(0, asked)
        return [sorted(some) for some in found]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        if None in before:
            return None
        there, having = self._parted(params, before)
        lost = {tag.casefold() for tag in self.lost(params)}
        meant = [n for n in having if n.casefold() in lost and self._replaces(params)]
        notes = having[meant[0]] if meant else set(there or ())
        got = {tag.casefold() for tag in self.got(params)}
        after = [
            sorted(had | notes if tag.casefold() in got else had - notes)
            for tag, had in having.items()
        ]
        return [*([there] if there is not None else []), *after]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        _, target = self._parted(params, before)
        _, now = self._parted(params, after or [])
        calls = []
        for tag, had in target.items():
            has = now.get(tag, set())
            if has - had:
                calls.append(call("removeTags", notes=sorted(has - had), tags=tag))
            if had - has:
                calls.append(call("addTags", notes=sorted(had - has), tags=tag))
        return calls

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if None in before or not after or None in after:
            return Verdict(UNSURE)
        there, had = self._parted(params, before)
        _, has = self._parted(params, after)
        got = {tag.casefold() for tag in self.got(params)}
        lost = {tag.casefold() for tag in self.lost(params)} - got
        meant: set[int] | None = None
        if self._replaces(params):  # only those that had the old tag were to get the new ones
            old = params["tag_to_replace"].casefold()
            meant = next((notes for tag, notes in had.items() if tag.casefold() == old), set())

        asked = params["notes"] if "notes" in params else sorted(meant or ())
        right = set(asked)
        for tag, notes in has.items():
            if tag.casefold() in got:
                right &= notes
            elif tag.casefold() in lost:
                right -= notes
        if meant is not None:
            right.update(note for note in asked if note not in meant)
        exists = set(asked) if there is None else set(there)
        return judged("note", asked, exists.__contains__, right.__contains__)

    def _only_adds(self, params: Params) -> bool:
        return not self.lost(params)

    def _replaces(self, params: Params) -> bool:
        return "tag_to_replace" in params

    def _tags(self, params: Params) -> list[str]:
        tags = [*self.lost(params), *self.got(params)]
        return list({tag.casefold(): tag for tag in reversed(tags)}.values())

    def _parted(
        self, params: Params, answers: Answers
    ) -> tuple[list[int] | None, dict[str, set[int]]]:
        """The notes that exist, None where all are meant; and by tag those that have it."""
        having = list(answers)
        there = having.pop(0) if "notes" in params and having else None
        sets = zip(self._tags(params), having, strict=False)
        return there, {tag: set(notes) for tag, notes in sets if notes is not None}


class TagList(Inverse):
    """Of `updateNoteTags`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("notesInfo", notes=[params["note"]])]

    def expected(self, params: Params, before: Answers) -> list[Any] | None:
        """See `Inverse`."""
        infos = first(before)
        return [[{**infos[0], "tags": sorted(tag_names(params["tags"]))}]] if infos else None

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        return retagged(params["note"], _info(before), _info(after))

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if not first(before) or not first(after):
            return Verdict(UNSURE)
        wanted = {tag.casefold() for tag in tag_names(params["tags"])}
        has = {tag.casefold() for tag in _info(after).get("tags", ())}
        return judged(
            "note", [params["note"]], lambda _: bool(_info(before)), lambda _: has == wanted
        )


def retagged(note: int, target: dict[str, Any], now: dict[str, Any]) -> list[Call]:
    """Gives a note the tags it had, if it has others; both as notesInfo shows it."""
    tags = target.get("tags")
    if tags is None or set(tags) == set(now.get("tags", ())):
        return []
    return [call("updateNoteTags", note=note, tags=tags)]


def _info(answers: Answers | None) -> dict[str, Any]:
    infos = first(answers)
    return dict(infos[0]) if infos else {}


class Clearing(Inverse):
    """Of `clearUnusedTags`."""

    repeatable = True

    def image(self, params: Params) -> list[Call]:
        """See `Inverse`."""
        return [call("getTags")]

    def undo(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> list[Call]:
        """See `Inverse`."""
        now = set(first(after) or ())
        forgotten = [tag for tag in first(before) or () if tag not in now]
        return [call("addTags", notes=[NO_NOTE], tags=" ".join(forgotten))] if forgotten else []

    def verdict(
        self, params: Params, before: Answers, after: Answers | None, result: Any
    ) -> Verdict:
        """See `Inverse`."""
        if first(before) is None or first(after) is None:
            return Verdict(UNSURE)
        cleared = len(first(before)) > len(first(after))
        return Verdict(DONE if cleared or result is not None else UNSURE, noun="list")


def _none(_: Params) -> list[str]:
    return []


def _lost(params: Params) -> list[str]:
    return [] if params.get("add", True) else tag_names(params["tags"])


def _got(params: Params) -> list[str]:
    return tag_names(params["tags"]) if params.get("add", True) else []


def _old(params: Params) -> list[str]:
    return [params["tag_to_replace"]]


def _new(params: Params) -> list[str]:
    return tag_names(params["replace_with_tag"])


INVERSES: dict[str, Inverse] = {
    "addTags": TagSets(_lost, _got),
    "removeTags": TagSets(lambda params: tag_names(params["tags"]), _none),
    "replaceTags": TagSets(_old, _new),
    "replaceTagsInAllNotes": TagSets(_old, _new),
    "updateNoteTags": TagList(),
    "clearUnusedTags": Clearing(),
}
