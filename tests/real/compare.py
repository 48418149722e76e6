"""Random sequences of actions: the engine answers as a real Anki does, and leaves the same behind.

    python -m tests.real.compare --url http://127.0.0.1:8765 300      # so many sequences
    python -m tests.real.compare --url http://127.0.0.1:8765 300 7    # of another seed
    python -m tests.real.compare --url http://127.0.0.1:8765 300 --windows   # reviewing, too

Both begin with the same collection, so that ids are equal but for those of what is made on the
way. These and times are masked, and lists of ids sorted. The real collection is overwritten
(see `tests.support.realanki`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from ankish.anki.engine.dispatch import Engine
from ankish.anki.engine.registry import ACTIONS, OWN, WINDOW
from ankish.anki.engine.session import Session
from tests.engine import test_random_actions as random_actions
from tests.engine.test_random_requests import JUNK, with_ids
from tests.inverse.snapshot import Snapshot, differences, snapshot
from tests.support.realanki import RealAnki, looked_at

REVIEWING = set(
    "guiDeckReview guiShowAnswer guiShowQuestion guiAnswerCard guiCurrentCard guiReviewActive".split()
)
LEFT_OUT = {
    "loadProfile": "the collection that is compared is closed by it",
    "getActiveProfile": "the folder has another name",
    "getProfiles": "there are others",
    "multi": "the sequences have their own",
    "apiReflect": "the engine has more actions",
    "requestPermission": "it asks whoever sits there",
    "sync": "there is no account",
    "removeEmptyNotes": "its name says otherwise than it does: it is held by recorded exchanges",
    "getCollectionStatsHTML": "a picture of the time",
}
NAMES = sorted(set(ACTIONS) - OWN - WINDOW - LEFT_OUT.keys())
PATHS = st.sampled_from(["$tmp/a.apkg", "$tmp/b.colpkg", "$tmp/none/x"])
ON_PURPOSE = {
    r"needs a name|must not be empty|folder": "what would move or read a whole folder is refused",
    r"an id must be a whole number": "ids that are no numbers are refused; there they run as SQL",
    r"Value out of range": "what another Anki could not read back is refused",
    r"filtered deck": "cards would be stranded in a filtered deck, or lose their own",
}
"""What the engine refuses and AnkiConnect does, by the words of the refusal."""

CARD = random_actions.CARD.filter(lambda card: card != 0)
"""In place of a card 0, or null, Anki takes an empty one that is not in the collection."""

ID = 10**12
"""From here on a number is an id: milliseconds since 1970."""
SETTINGS = ("config", "common")
"""Columns with random ids, the deck of the latest note, and how long a deck was learnt today."""

MISSING = {f"$card{number}": ID + number for number in range(8)}
"""What stands for cards that are not there."""
TIMES = (1_500_000_000, 2_000_000_000)


@st.composite
def requests(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """A request for one of some actions: sensible, but now and then with junk or a gap."""
    name = draw(st.sampled_from(names))
    sensible = {
        **random_actions.OF_ALL,
        "path": PATHS,
        "cards": st.lists(CARD, max_size=5),
        "card": CARD,
        **random_actions.SPECIAL_OF_ALL.get(name, {}),
    }
    wanted = list(signature(ACTIONS[name]).parameters)[1:]
    params = {param: draw(sensible.get(param, JUNK)) for param in wanted}
    if wanted and draw(st.integers(0, 9)) == 0:
        odd = draw(st.sampled_from(wanted))
        if odd not in ("path", "filename", "url"):
            params[odd] = draw(JUNK.filter(lambda junk: junk not in ([None], "\ud800")))
    return {"action": name, "version": 6, "params": params}


class Masked:
    """Brings values of both sides into one shape."""

    def __init__(self, known: set[int], places: dict[str, str]) -> None:
        self.known = known
        self.places = places

    def __call__(self, value: Any) -> Any:
        """A value with its new ids, times and folders masked."""
        if isinstance(value, dict):
            return {self._text(key): self(item) for key, item in value.items()}
        if isinstance(value, list):
            shaped = [self(item) for item in value]
            ids = any(isinstance(each, int) and each >= ID for each in value)
            return sorted(shaped, key=str) if ids else shaped
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return value
        if isinstance(value, str):
            return self._text(value)
        if abs(value) >= ID and value not in self.known:
            return "<id>"
        return "<time>" if TIMES[0] <= value < TIMES[1] else value

    def _text(self, text: str) -> str:
        for place, name in self.places.items():
            text = text.replace(place, name)
        text = re.sub(r"\.tmp\w{6}", ".tmp", text)
        return re.sub(r"\b\d{13}\b", lambda m: m[0] if int(m[0]) in self.known else "<id>", text)


def play(
    sequence: list[Any],
    session: Session,
    send: Callable[[Any], Any],
    folder: Path,
    profile: Path,
) -> tuple[list[Any], list[Any]]:
    """What was asked, with its ids, and what was answered, masked."""
    symbols = {**MISSING, **random_actions.places(session, folder)}
    known = {value for value in symbols.values() if isinstance(value, int)}
    mask = Masked(known, {str(profile): "<profile>", str(folder): "<tmp>"})
    asked, answers = [], []
    for request in sequence:
        if isinstance(request, list):
            request = {"action": "multi", "version": 6, "params": {"actions": request}}
        asked.append(with_ids(request, symbols))
        answers.append(mask(send(asked[-1])))
    return asked, answers


def compared(sequence: list[Any], anki: RealAnki) -> list[tuple[Any, Any, Any]]:
    """What was answered differently first, or is different afterwards.

    The request, the answers of Anki and of the engine. What follows on a refusal that is meant
    is not compared: the collections are no longer the same.
    """
    template = random_actions.template()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        base = Path(one, "base")
        shutil.copytree(template, base)
        place = anki.put(template / "User 1")
        with Session.open(base / "User 1" / "collection.anki2", base=base) as session:
            engine = Engine(session)
            _, theirs = play(sequence, session, lambda each: _sent(anki, each), Path(two), place)
            asked, ours = play(
                sequence,
                session,
                lambda each: json.loads(engine.handle_bytes(json.dumps(each).encode())),
                Path(one),
                base / "User 1",
            )
            singles = [
                each for three in zip(asked, theirs, ours, strict=True) for each in _single(*three)
            ]
            for each in singles:
                if each[1] != each[2]:
                    return [] if _on_purpose(each[2]) else [each]
            with looked_at(anki) as other:
                left = differences(_steady(snapshot(other)), _steady(snapshot(session)))
    return [(asked, "left behind", line) for line in left if not _made(line)]


def _single(request: Any, theirs: Any, ours: Any) -> list[tuple[Any, Any, Any]]:
    """The requests of a `multi` with their answers, or the one that there is."""
    inner = request["params"].get("actions") if request["action"] == "multi" else None
    results = [each.get("result") for each in (theirs, ours) if isinstance(each, dict)]
    if inner is None or len(results) < 2 or not all(isinstance(each, list) for each in results):
        return [(request, theirs, ours)]
    return list(zip(inner, *results, strict=True))


def _on_purpose(answer: Any) -> bool:
    """Whether an answer is one of the engine's refusals with a reason."""
    error = answer.get("error") if isinstance(answer, dict) else None
    return isinstance(error, str) and any(re.search(words, error) for words in ON_PURPOSE)


def _steady(seen: Snapshot) -> Snapshot:
    """What was seen, but no times inside of texts, and no `SETTINGS`."""

    def steady(value: Any) -> Any:
        return re.sub(r"\b\d{10}\b", "<time>", value) if isinstance(value, str) else value

    return {
        table: {
            key: {name: steady(value) for name, value in row.items() if name not in SETTINGS}
            for key, row in rows.items()
        }
        for table, rows in seen.items()
    }


def _made(line: str) -> bool:
    """Whether a difference is of what was made on the way, with an id of its own on each side."""
    return bool(re.search(r"\(\d{13}.*: (made|gone)$", line))


def _sent(anki: RealAnki, request: Any) -> Any:
    try:
        return anki.send(request)
    except OSError as error:
        return f"no answer: {error}"


def main(arguments: list[str]) -> int:
    """A line for each kind of difference; 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.real.compare")
    parser.add_argument("--url", default=os.environ.get("REAL_ANKI"))
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("seed", type=int, nargs="?", default=0)
    parser.add_argument("--windows", action="store_true", help="the reviewer's actions, too")
    parser.add_argument("--only", nargs="*", help="these actions")
    options = parser.parse_args(arguments)
    if options.url is None:
        parser.error("--url is needed")
    anki = RealAnki(options.url)
    names = options.only or NAMES + (sorted(REVIEWING) * 4 if options.windows else [])
    one = requests(names)
    sequences = st.lists(one | st.lists(one, max_size=3), min_size=5, max_size=20)
    kinds: Counter[str] = Counter()
    asked = 0

    @seed(options.seed)
    @settings(
        max_examples=options.count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(sequences)
    def run(sequence: list[Any]) -> None:
        nonlocal asked
        asked += len(sequence)
        for request, theirs, ours in compared(sequence, anki):
            action = request["action"] if isinstance(request, dict) else "afterwards"
            kinds[action] += 1
            if kinds[action] <= 5:
                sys.stdout.write(f"{json.dumps(request)}\n  Anki   {theirs}\n  engine {ours}\n")
                sys.stdout.flush()

    run()
    sys.stdout.write(f"{options.count} sequences, {asked} requests, different: {dict(kinds)}\n")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
