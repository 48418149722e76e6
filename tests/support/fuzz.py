"""Looks for texts that break what looks at programs: reading, layout, checking, planning, completion.

    python -m tests.support.fuzz --count 1000000 --seed 1

Every text must get a tree or errors, soon, and never an exception; so must what is checked,
planned, explained, coloured and completed. What has no errors must keep its tree and its comments
in its new layout, which laid out again stays as it is. A text that breaks this is cut down and
printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from random import Random

from ankish.analysis.colouring import pieces
from ankish.analysis.complete import complete
from ankish.analysis.hints import hint_at, problem_at
from ankish.analysis.world import Unknown
from ankish.anki.client import Client
from ankish.catalog.columns import COLUMNS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.functions import FUNCTIONS
from ankish.catalog.prelude import PRELUDE
from ankish.catalog.shellwords import SHELL_WORDS
from ankish.data import replace
from ankish.diagnostics.model import AnkishError, Source
from ankish.diagnostics.render import FORMS, render
from ankish.plan.explain import explained, requests
from ankish.runtime.session import Session
from ankish.syntax.cursor import REACH
from ankish.syntax.format import format_program
from ankish.syntax.parser import parse
from tests.support.collection import snapshot
from tests.support.examples import all_programs
from tests.support.extremes import deep_texts, long_texts, wrong_texts
from tests.support.mistakes import wrong_programs
from tests.support.programs import COMMENTS, INFIX, KEYS, NUMBERS, RAW, TEXTS, WORDS, Programs
from tests.support.trees import saying

WORLD = replace(snapshot(), action_names=frozenset(COMMANDS) - {"newestAction"})
UNKNOWN = Unknown()

SECONDS = 20
"""How much processor time a check of a text may take; other programs may be at work."""

ALPHABETS = [
    "".join(map(chr, range(32, 127))) + "\n",
    "ab \n|(){}[]\"'$=.,:;#-<>!&?`\\",
    "\"'\\${}\n a",
    "(){}[] a\n|",
    "".join(map(chr, range(0x250))) + "“”‘’«»日本हि🦊\u200b\u2028\ufeff\ud800",
]
TOKENS = [
    *"let if else for in macro param use try catch atomic fail assert test each chunk where set derive".split(),
    *"add upsert select group sort not and or has true false null find $x | || & && ; \n".split(" "),
    *"join rows table chart ask confirm glob open save call curl".split(),
    *"( ) [ ] { } ${ , : = == === + += - -- * / // % < > <= => ?? ? ! !~ =~ . .a .. ?}".split(),
    *"\" ' \"\"\" ''' ` \\ # ## #! “ ” — while end then elif return deck:a deck= f( $( 1e999".split(),
    *["${x?}", "${$it.a?}", "$field =", "set $it = ", "select $x", "find $x", ": query", "= null"],
    *INFIX, *KEYS, *NUMBERS, *WORDS, *COMMENTS, *TEXTS, *RAW,
]  # fmt: skip
NAMES = [
    *COMMANDS, *sorted(PRELUDE), *(name + "(" for name in FUNCTIONS), *COLUMNS, *SHELL_WORDS,
    *"int text bool query cards notes deck model field tag path list<int> list<deck> record table".split(),
    *"Spanish Basic Vocabulary Word Meaning Front leech Default key ok rejects.csv words.json".split(),
    *"$it $x $e $rows $deck $field true false null 0 1 -1 1.5 count mature due".split(),
]  # fmt: skip
"""What stands where a word stood: words that mean something."""
WORD = re.compile(r"\$?[^\W\d][\w-]*\(?|\d+")


class Slow(Exception):
    """A text takes too long."""


def check_reading(text: str) -> None:
    """Read a text; its errors must have places in it and can be shown."""
    source = Source("fuzz.ank", text)
    parsed = parse(source)
    for each in parsed.diagnostics:
        assert each.span is not None and each.source is source
        assert 0 <= each.span.start <= each.span.end <= len(text)
    if parsed.diagnostics:
        for form in FORMS:
            assert render(parsed.diagnostics, form)
    assert not parsed.incomplete or len(parsed.diagnostics) == 1


def check_layout(text: str) -> None:
    """Lay out a text that has no mistakes: it says the same, and the layout stays."""
    parsed = parse(Source("fuzz.ank", text))
    if parsed.diagnostics:
        return
    once = format_program(Source("fuzz.ank", text))
    again = parse(Source("fuzz.ank", once))
    assert not again.diagnostics
    assert saying(again.program.statements) == saying(parsed.program.statements)
    comments = [comment.text for comment in parsed.program.comments]
    assert [comment.text for comment in again.program.comments] == comments
    assert format_program(Source("fuzz.ank", once)) == once


def check_meaning(text: str) -> None:
    """Check what a text means, with a collection's names or without; plan it if that is clear."""
    source = Source("fuzz.ank", text)
    if parse(source).diagnostics:
        return
    try:
        plan = Session(_nobody).foreseen(source, WORLD if len(text) % 3 else UNKNOWN)
        assert explained(plan) or not plan.steps
        json.dumps(requests(plan))
    except AnkishError as error:
        assert render(error.diagnostics[:100])  # one on a long line may take milliseconds


def _nobody() -> Client:
    raise AssertionError("a program was checked and planned; nothing is to be sent")


def check_completion(text: str) -> None:
    """Colour a text; complete it and say what is wrong at its end, or else in its middle.

    Not what is longer than what completion looks at.
    """
    if len(text) > REACH:
        return
    for start, end, kind in pieces(text, COMMANDS):
        assert 0 <= start < end <= len(text) and kind
    at = len(text) // (1 + len(text) % 2)
    found = complete(text, at, WORLD)
    assert 0 <= found.start <= found.end <= len(text)
    hint_at(text, at, WORLD)
    problem_at(text, at, WORLD)


CHECKS: list[Callable[[str], None]] = [
    check_reading,
    check_layout,
    check_meaning,
    check_completion,
]
"""What every text has to pass."""


# ---- texts


def known_texts() -> list[str]:
    """Every program of the project, and every wrong one."""
    return [*all_programs().values(), *(wrong.text for wrong in wrong_programs())]


def parts_of(text: str) -> Iterator[str]:
    """A text, if it is short, or its statements in pairs: what is short is tried sooner."""
    starts = [node.span.start for node in parse(Source("fuzz.ank", text)).program.statements]
    if len(text) < 200 or len(starts) < 3:
        yield text
    for start, end in zip(starts, [*starts[2:], len(text)], strict=False):
        yield text[start:end]


def fixed_texts() -> Iterator[str]:
    """Texts worth trying once: every prefix of every program, wrong programs, extremes."""
    for text in known_texts():
        yield from (text[:end] for end in range(len(text) + 1))
    for texts in (deep_texts(), wrong_texts(), long_texts(200_000)):
        yield from texts.values()


def random_texts(seed: int, count: int) -> Iterator[str]:
    """Random texts of all kinds; the same for the same seed."""
    random = Random(seed)
    known = [part for text in known_texts() for part in parts_of(text)]
    for _ in range(count):
        kind = random.random()
        if kind < 0.1:
            alphabet = random.choice(ALPHABETS)
            yield "".join(random.choices(alphabet, k=random.randint(0, 60)))
        elif kind < 0.25:
            tokens = random.choices([*TOKENS, *NAMES], k=random.randint(1, 25))
            yield "".join(token + random.choice(["", " ", " ", "\n"]) for token in tokens)
        elif kind < 0.55:
            yield mutated(random.choice(known), random)
        elif kind < 0.9:
            yield reworded(random.choice(known), random)
        else:
            program = Programs(random, depth=2).program()[:600]
            yield program if kind < 0.92 else mutated(program, random)


def reworded(text: str, random: Random) -> str:
    """A text with some of its words replaced by others, and perhaps stages left out or moved."""
    for _ in range(random.choice([1, 1, 2, 4])):
        if random.random() < 0.25 and "|" in text:
            stages = text.split("|")
            stage = stages.pop(random.randrange(len(stages)))
            stages.insert(random.randint(0, len(stages)), stage)
            text = "|".join(stages)
        elif words := list(WORD.finditer(text)):
            word = random.choice(words)
            text = text[: word.start()] + random.choice(NAMES) + text[word.end() :]
    return text


def mutated(text: str, random: Random) -> str:
    """A text with a few changes: parts cut, doubled, moved, things put in."""
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice([0, 1, 1, 2, 5, 20]))
        part = text[start:end]
        change = random.random()
        if change < 0.3:
            text = text[:start] + text[end:]
        elif change < 0.6:
            text = text[:start] + random.choice(TOKENS) + text[start:]
        elif change < 0.7:
            text = text[:start] + random.choice(TOKENS) + text[end:]
        elif change < 0.8:
            text = text[:end] + part + text[end:]
        elif change < 0.9:
            place = random.randint(0, len(text))
            text = text[:place] + part + text[place:]
        else:
            text = text[:start]
    return text


# ---- the search


def broken_by(text: str, checks: Iterable[Callable[[str], None]]) -> BaseException | None:
    """What is raised by the check that a text does not pass, or None."""
    for each in checks:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            each(text)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return error
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def cut_down(text: str, checks: Iterable[Callable[[str], None]]) -> str:
    """A shorter text that is broken by the same error at the same place of the code."""
    error = place_of(broken_by(text, checks))
    size = max(len(text) // 2, 1)
    while size:
        start = 0
        while start < len(text):
            shorter = text[:start] + text[start + size :]
            if place_of(broken_by(shorter, checks)) == error:
                text = shorter
            else:
                start += size
        size //= 2
    return text


def place_of(error: BaseException | None) -> tuple[type, str, int] | None:
    """What tells errors apart: what is raised, and where."""
    if error is None:
        return None
    last = traceback.extract_tb(error.__traceback__)[-1]
    return type(error), last.filename, last.lineno or 0


def search(texts: Iterable[str], report: Callable[[str], None], every: int = 50_000) -> int:
    """Try all texts; how many are broken. At most ten are cut down and reported."""
    signal.signal(signal.SIGPROF, _too_slow)
    start, slowest, broken, number = time.process_time(), 0.0, 0, 0
    for number, text in enumerate(texts, 1):
        began = time.process_time()
        error = broken_by(text, CHECKS)
        slowest = max(slowest, time.process_time() - began)
        if error is not None:
            broken += 1
            if broken <= 10:
                long = isinstance(error, Slow) or len(text) > 20_000
                shown = text[:200] if long else cut_down(text, CHECKS)
                report(f"broken: {shown!r}\n{''.join(traceback.format_exception(error))}")
        if number % every == 0:
            report(f"{number} texts, {time.process_time() - start:.0f} s, slowest {slowest:.2f} s")
    seconds = time.process_time() - start
    report(f"{number} texts in {seconds:.0f} s, {broken} broken, the slowest took {slowest:.2f} s")
    return broken


def _too_slow(signum: int, frame: object) -> None:
    raise Slow(f"more than {SECONDS} s")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many random texts")
    parser.add_argument("--seed", type=int, default=0, help="where randomness begins")
    parser.add_argument("--no-fixed", action="store_true", help="only random texts")
    given = parser.parse_args()

    def report(text: str) -> None:
        print(text, flush=True)  # noqa: T201

    broken = 0 if given.no_fixed else search(fixed_texts(), report)
    broken += search(random_texts(given.seed, given.count), report)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
