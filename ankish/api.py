"""ankish from Python: programs in, plain Python values out.

import ankish

with ankish.connect(demo=True) as anki:
    anki.run("find deck:Spanish is:due | count")
    anki.run('find "deck:${deck}" | addTags seen', deck="Spanish")
    anki.rows("find deck:Spanish | select Front, lapses")
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from contextlib import AbstractContextManager
from os import PathLike, fspath
from types import TracebackType
from typing import Any

from ankish.analysis import core
from ankish.analysis.expressions import literal_type
from ankish.catalog.types import ANY, RECORD, Type, list_of
from ankish.diagnostics.kinds import program as kinds
from ankish.diagnostics.model import AnkishError, Diagnostic, Severity, Source, Span
from ankish.diagnostics.render import render
from ankish.plan.model import Show
from ankish.runtime.journal.journals import open_journals
from ankish.runtime.present import Presenter
from ankish.runtime.session import ProgramError, Session
from ankish.settings import load_settings
from ankish.targets import Where, open_client

NAME = "Python"
"""What the messages call a program that came from Python."""


class AnkishWarning(UserWarning):
    """A message about a program that runs all the same."""


class Connection:
    """A connection to a collection, over which programs run. `connect` makes one.

    It is a context manager: at the end the connection, or the collection file, is closed.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def run(self, program: str, **variables: Any) -> Any:
        """Run a program; the result of its last statement that has one, else None.

        * cards and notes are lists of ids, a table is a list of dicts;
        * an action that only changes something gives `{"done": NAME}`, with a `count` where
          it was done to several;
        * `print` prints.

        `variables` are there in the program as `$name`: values that JSON has. In a search
        they are terms, whatever they hold. Raises `ProgramError` if the program has mistakes
        (then nothing was sent), `AnkishError` if an action fails. Warnings are
        `AnkishWarning`s.
        """
        results = self.results(program, **variables)
        return results[-1] if results else None

    def results(self, program: str, **variables: Any) -> list[Any]:
        """Run a program; the results of all its statements that have one, in order.

        Raises as `run` does.
        """
        kept = _Kept()
        with self._given(variables):
            self._session.run(Source(NAME, program), kept, _warn)
        return kept.results

    def rows(self, program: str, **variables: Any) -> list[dict[str, Any]]:
        """Run a program whose last result is a table; its rows.

        Raises `TypeError` if the result is no table, and as `run` does.
        """
        found = self.run(program, **variables)
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise TypeError(f"the program gives no table, but {type(found).__name__}")
        return found

    def frame(self, program: str, library: str = "pandas", **variables: Any) -> Any:
        """Run a program whose last result is a table; a data frame of `pandas` or `polars`.

        Raises `ImportError` if the library is not installed, and as `rows` does.
        """
        if library not in ("pandas", "polars"):
            raise ValueError(f"no frames of {library!r}: pandas or polars")
        from importlib import import_module

        # polars takes the first 100 rows for all: what is rare would be cut, or a mistake
        whole = {"infer_schema_length": None} if library == "polars" else {}
        return import_module(library).DataFrame(self.rows(program, **variables), **whole)

    def check(self, program: str, **variables: Any) -> list[Diagnostic]:
        """All that is wrong or doubtful about a program; nothing of it is done."""
        with self._given(variables):
            try:
                return list(self._session.check(Source(NAME, program)).diagnostics)
            except ProgramError as error:
                return list(error.diagnostics)

    def explain(self, program: str, **variables: Any) -> str:
        """The plan of a program, as `explain` shows it; no action of it is sent."""
        from ankish.runtime.explain import Asked, explanation

        with self._given(variables):
            return explanation(self._session, Asked(Source(NAME, program)))

    def _given(self, variables: Mapping[str, Any]) -> AbstractContextManager[None]:
        """Programs that are run inside have these variables."""
        return self._session.given({name: _literal(name, each) for name, each in variables.items()})

    def close(self) -> None:
        """Let go of the connection, or close the collection file."""
        self._session.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def connect(
    url: str | None = None,
    *,
    key: str | None = None,
    collection: str | PathLike[str] | None = None,
    profile: str | None = None,
    base: str | PathLike[str] | None = None,
    demo: bool = False,
    yes: bool = False,
    journal: bool = True,
) -> Connection:
    """A connection to a running Anki, or to a collection without Anki.

    * **url**, **key** - AnkiConnect's address and API key; what is left out is taken from the
      environment and the configuration file, as on the command line.
    * **collection** - a collection file; **profile** - a profile of Anki's folder `base`;
      **demo** - a fresh copy of the sample collection. At most one of them. They need
      `pip install 'ankish[embedded]'`, and Anki must not have the collection open.
    * **yes** - programs may do what can't be taken back.
    * **journal** - what is written is kept with what takes it back, so that `run("undo")` does so.

    Nothing is sent or opened before the first program. Raises `ValueError` for more than one
    place, `AnkishError` when the configuration can't be read.
    """
    if sum((collection is not None, profile is not None, demo)) > 1:
        raise ValueError("only one of collection, profile and demo")
    where = Where(fspath(collection) if collection is not None else None, profile, demo)
    folder = fspath(base) if base is not None else None
    settings = load_settings({"url": url, "key": key, "base": folder})
    journals = open_journals(demo) if journal else None
    session = Session(lambda: open_client(where, settings), yes=yes, journals=journals)
    session.set_up(settings)
    return Connection(session)


class _Kept:
    """Takes the results of a program, and prints what it prints."""

    def __init__(self) -> None:
        self.results: list[Any] = []

    def show(self, step: Show, value: Any, of: Any) -> None:
        """Keep a result."""
        if step.form == "print":
            Presenter(sys.stdout, sys.stdout, "plain").show(step, value, of)
        elif step.form == "report":
            count = {"count": len(value)} if isinstance(value, list) else {}
            self.results.append({"done": step.label, **count})
        else:
            self.results.append(of if of is not None else value)


def _warn(problems: tuple[Diagnostic, ...]) -> None:
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            warnings.warn(render((problem,)), AnkishWarning, stacklevel=5)


def _type(value: Any) -> Type:
    if isinstance(value, list):
        inner = {_type(item) for item in value}
        return list_of(inner.pop() if len(inner) == 1 else ANY) if inner else ANY
    return RECORD if isinstance(value, dict) else literal_type(value)


def _literal(name: str, value: Any) -> core.Literal:
    """A Python value as one of the language.

    Raises `AnkishError` for one that JSON does not have.
    """
    import json

    try:
        plain = json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise kinds.VARIABLE.error(name=name, given=type(value).__name__) from error
    return core.Literal(plain, _type(plain), Span(0, 0))


__all__ = ["AnkishError", "AnkishWarning", "Connection", "ProgramError", "connect"]
