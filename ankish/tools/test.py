"""`ankish test`: the `test` blocks of files, each on a scratch collection of its own."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from ankish.data import dataclass
from ankish.diagnostics.kinds import test as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source
from ankish.diagnostics.text import counted, listed, safe_json
from ankish.runtime.libraries import load
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from ankish.syntax import tree as t
from ankish.tools.files import sources, tell

FAILED, MISTAKES = 1, 2


@dataclass(frozen=True)
class Outcome:
    """What became of a test: what was wrong, what it had printed by then, how long it took."""

    file: str
    name: str
    problems: tuple[Diagnostic, ...]
    printed: str
    seconds: float


def main(argv: Sequence[str]) -> int:
    """Run the tests of files and folders; 0 if all passed, 1 if one failed, 2 for mistakes."""
    parser = ArgumentParser(
        prog="ankish test",
        description="Run the `test` blocks of files, each on a scratch collection of its own.",
    )
    parser.add_argument("files", nargs="+", help="files or folders; a script's name; - for stdin")
    parser.add_argument("-k", metavar="TEXT", dest="only", help="only tests with this in the name")
    parser.add_argument("--collection", metavar="FILE", help="copies of it, not the sample")
    parser.add_argument("--json", action="store_true", help="an object for each test, as JSON")
    options = parser.parse_args(argv)
    status, count, began = 0, 0, perf_counter()

    def refuse(error: AnkishError) -> None:
        nonlocal status
        status = MISTAKES
        tell(error.diagnostics, options.json)

    try:
        with tempfile.TemporaryDirectory(prefix="ankish-test-") as folder:
            template = copied(options.collection, Path(folder))
            for source in sources([_file(name) for name in options.files], refuse):
                try:
                    for outcome in outcomes(source, options.only or "", template):
                        count += 1
                        status = max(status, FAILED if outcome.problems else 0)
                        _tell(outcome, options)
                except AnkishError as error:
                    refuse(error)
    except AnkishError as error:  # the collection can't be opened
        refuse(error)
    if status == MISTAKES:
        return MISTAKES
    if not count:
        tell((kinds.NO_TESTS(files=listed(options.files, "and")),), options.json)
        return MISTAKES
    if not options.json:
        print(f"{counted(count, 'test')} in {perf_counter() - began:.1f} s")  # noqa: T201
    return status


def _file(name: str) -> str:
    """The file that a name stands for: a script of the library too."""
    from ankish.runtime.shipped import script

    return name if Path(name).exists() else str(script(name) or name)


def copied(collection: str | None, folder: Path) -> Path:
    """A collection to copy, in a folder of its own: the sample, or a copy of the user's.

    Raises `AnkishError` if that can't be opened.
    """
    from ankish.anki.engine.sample import build
    from ankish.anki.engine.session import Session as Collection

    place = folder / "original"
    place.mkdir()
    if collection is None:
        return build(place)
    path = Path(collection).expanduser()
    Collection.open(path).close()  # so that it is whole, and not open in Anki
    shutil.copy(path, place / "collection.anki2")
    media = path.with_suffix(".media")
    if media.is_dir():
        shutil.copytree(media, place / "collection.media")
    return place / "collection.anki2"


def outcomes(source: Source, only: str, template: Path) -> Iterator[Outcome]:
    """Run the tests of a file with `only` in their names, each on a copy of the template.

    Raises `AnkishError` for the file's mistakes.
    """
    loaded = load(source)
    problems = loaded.program.diagnostics + loaded.problems
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise AnkishError(*problems)
    for test in loaded.tests:
        name = test.name.plain if isinstance(test.name, t.String) else None
        name = name or source.text[test.name.span.start : test.name.span.end].strip("'\"")
        if only in name:
            yield _run(source, test, name, template)


def _run(source: Source, test: t.Test, name: str, original: Path) -> Outcome:
    out = io.StringIO()
    began = perf_counter()
    problems: tuple[Diagnostic, ...] = ()
    with _scratch(original) as session:
        try:
            presenter = Presenter(out, out, "table", columns=80)
            session.run_test(source, test, presenter, lambda _: None)
        except AnkishError as error:
            problems = error.diagnostics
    return Outcome(source.name, name, problems, out.getvalue(), perf_counter() - began)


@contextmanager
def _scratch(original: Path) -> Iterator[Session]:
    """A session on a copy of a collection, in an empty folder that is the current one."""
    from ankish.anki.client import Client
    from ankish.anki.engine.dispatch import Engine
    from ankish.anki.engine.session import Session as Collection
    from ankish.anki.engine.transport import EmbeddedTransport

    with tempfile.TemporaryDirectory(prefix="ankish-test-") as folder:
        place = Path(folder, "collection")
        files = Path(folder, "files")
        shutil.copytree(original.parent, place)
        files.mkdir()
        transport = EmbeddedTransport(Engine(Collection.open(place / original.name)))
        session = Session(lambda: Client(transport), yes=True)
        before = Path.cwd()
        os.chdir(files)
        try:
            yield session
        finally:
            os.chdir(before)
            session.close()


def _tell(outcome: Outcome, options: Namespace) -> None:
    """A line for each test, and for one that failed what was wrong."""
    if options.json:
        from ankish.diagnostics.record import as_record

        told = {
            "file": outcome.file,
            "test": outcome.name,
            "ok": not outcome.problems,
            "seconds": round(outcome.seconds, 3),
            "problems": [as_record(problem) for problem in outcome.problems],
        }
        print(safe_json(told))  # noqa: T201
        return
    verdict = "FAILED" if outcome.problems else "ok    "
    print(f"{verdict} {outcome.file}: {outcome.name}")  # noqa: T201
    if outcome.problems:
        print(outcome.printed, end="")  # noqa: T201
        tell(outcome.problems)
