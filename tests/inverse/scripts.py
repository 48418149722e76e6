"""Random scripts, run, undone, redone and undone: equal each time.

    python -m tests.inverse.scripts 500            # in the engine, all to the last column
    python -m tests.inverse.scripts 100 7          # a hundred from seed 7 on
    python -m tests.inverse.scripts 50 0 --http    # over HTTP, with `ankish serve`

Each script has 5 to 30 statements, most of them changes. The whole of the collection is
compared (`snapshot`), before, after, and after each step back and forth.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.inverse.ground import Opener, embedded, served
from tests.inverse.snapshot import differences

SEARCHES = (
    "tag:verb deck:Spanish",
    "deck:Inbox",
    "is:new deck:Geography",
    "tag:leech",
    "deck:Japanese::N5 is:review",
    "note:Cloze",
    "deck:Cram",
    "tag:no-such-tag",
)
TAGS = ("fresh", "verb", "a::b", "LEECH", "sorted")
DECKS = ("Inbox", "Spanish::Verbs", "Made::Here", "Made")

Statement = Callable[[Random], str]


def _find(random: Random) -> str:
    count = random.randint(1, 6)
    return f'findNotes "{random.choice(SEARCHES)}" | first {count}'


def _cards(random: Random) -> str:
    return f'findCards "{random.choice(SEARCHES)}" | first {random.randint(1, 6)}'


STATEMENTS: tuple[Statement, ...] = (
    lambda r: f"{_find(r)} | addTags {r.choice(TAGS)} {r.choice(TAGS)}",
    lambda r: f"{_find(r)} | removeTags {r.choice(TAGS)}",
    lambda r: f"{_find(r)} | replaceTags {r.choice(TAGS)} {r.choice(TAGS)}",
    lambda r: f"{_cards(r)} | suspend",
    lambda r: f"{_cards(r)} | unsuspend",
    lambda r: f"{_cards(r)} | setFlag {r.randint(0, 7)}",
    lambda r: f"{_cards(r)} | buryCards",
    lambda r: f'{_cards(r)} | setDueDate "{r.choice(["0", "3-7", "5!"])}"',
    lambda r: f"{_cards(r)} | forgetCards",
    lambda r: f"{_cards(r)} | changeDeck {r.choice(DECKS)} --create",
    lambda r: f"{_find(r)} | deleteNotes",
    lambda r: f"createDeck {r.choice(DECKS)}::{r.choice('xyz')}",
    lambda r: f"deleteDecks [{r.choice(['Geography', 'Made', 'Inbox'])}] --cardsToo",
    lambda r: f"{_find(r)} | findAndReplaceInNotes {r.choice('aeiou')} {r.choice('xyz')}",
    lambda r: (
        f"call replaceTagsInAllNotes {{tag_to_replace: {r.choice(TAGS)!r}, "
        f"replace_with_tag: {r.choice(TAGS)!r}}}"
    ),
    lambda r: "clearUnusedTags",
    lambda r: (
        f"let c{(n := r.randrange(10**6))} = {_cards(r)}; "
        f"for each{n} in $c{n} {{ answerCards [{{cardId: $each{n}, ease: {r.randint(1, 4)}}}] }}"
    ),
    lambda r: (
        f'addNote {{"deckName": "Inbox", "modelName": "Basic", "fields": {{"Front": '
        f'"new {r.randrange(10**9)}", "Back": "b"}}, "tags": ["{r.choice(TAGS)}"]}}'
    ),
    lambda r: f'updateModelStyling {{name: "Basic", css: ".x {{ top: {r.randint(0, 9)}px }}"}}',
    lambda r: f"call modelFieldAdd {{modelName: 'Basic', fieldName: 'F{r.randrange(99)}'}}",
    lambda r: (
        f"call modelTemplateAdd {{modelName: 'Basic', template: {{Name: 'T{r.randrange(99)}', "
        f"Front: 'x {{{{Front}}}}', Back: 'b'}}}}"
    ),
    lambda r: f'storeMediaFile "_f{r.randrange(3)}.txt" "{r.choice(["b25l", "dHdv"])}"',
    lambda r: f"find {r.choice(['tag:verb', 'is:due'])} | count",
)


def script(random: Random) -> str:
    """5 to 30 statements."""
    return "\n".join(random.choice(STATEMENTS)(random) for _ in range(random.randint(5, 30)))


@dataclass
class Journey:
    """What became of a script: what Anki refused, and what was not equal."""

    changed: bool = False
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def travel(program: str, ground: Opener = embedded) -> Journey:
    """Run a script, take it back, do it again, take it back."""
    journey = Journey()
    with ground() as place:

        def run(text: str) -> None:
            place.run(text)
            journey.refused += [f"{text[:30]!r}: {each.message}" for each in place.problems]

        before, _ = place.look()
        run(program)
        done, _ = place.look()
        if done == before:
            return journey
        journey.changed = True
        for step, wanted in (("undo", before), ("redo", done), ("undo", before)):
            run(step)
            now, gone = place.look()
            journey.wrong += [f"{step}: {line}" for line in differences(wanted, now)]
            journey.wrong += [f"{step}: {each} is there and buried" for each in gone]
            if journey.wrong:
                break
    return journey


def main() -> int:
    """How many were not equal; a line for each of them, and the most frequent refusals."""
    given = [each for each in sys.argv[1:] if each != "--http"]
    ground: Opener = served if len(given) < len(sys.argv) - 1 else embedded
    count, first = (int(each) for each in [*given, "0"][:2])
    failed, changed, refused, begun = 0, 0, Counter[str](), time.monotonic()
    for seed in range(first, first + count):
        program = script(Random(seed))
        journey = travel(program, ground)
        refused.update(journey.refused)
        changed += journey.changed
        if journey.wrong:
            failed += 1
            sys.stdout.write(f"seed {seed}: {len(journey.wrong)} values, {journey.wrong[0]}\n")
            sys.stdout.flush()
    took = time.monotonic() - begun
    sys.stdout.write(f"{count} scripts, {changed} with changes, {failed} not equal, {took:.0f} s\n")
    for said, times in refused.most_common(8):
        sys.stdout.write(f"  {times} times {said}\n")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
