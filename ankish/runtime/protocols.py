"""Whom a run deals with: who carries actions out, who takes results, who can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from ankish.diagnostics.model import AnkishError, Span
from ankish.plan import model as m
from ankish.runtime.chunks import Outgoing

if TYPE_CHECKING:
    from ankish.runtime.coming import Coming


class Answer(Protocol):
    """What comes back for one action."""

    @property
    def result(self) -> Any:
        """The result, if there is no error."""

    @property
    def error(self) -> str | None:
        """What Anki says against it."""


class Target(Protocol):
    """Whoever carries actions out: a running Anki or the embedded engine, or a journal before it.

    * **replaying** - whether all of this was done before, and only its results are wanted.
    * **rehearsing** - whether nothing is to be written, and no file either.
    * **waited** - how many seconds of the latest exchange Anki was not at work on its actions.
    * **foresees** - whether it wants to know before an exchange what is written next.
    """

    @property
    def foresees(self) -> bool: ...

    @property
    def rehearsing(self) -> bool: ...

    @property
    def waited(self) -> float: ...

    @property
    def replaying(self) -> bool: ...

    def exchange(self, actions: Sequence[Outgoing], spans: Sequence[Span] = ()) -> Sequence[Answer]:
        """Send actions in one request; `spans` are their places in the program."""

    def foresee(self, coming: Sequence[Coming], least: int) -> int:
        """What is probably written right after the next exchange: so many at the `least`, perhaps
        all of these. How many are looked at beforehand, and can go in one request.
        """

    def missing(self, noun: str) -> set[object]:
        """The ids of notes (`note`) or cards that writes were for and that do not exist."""

    def file(self, path: str, gone: bool = False) -> None:
        """Note a file that would be written, when rehearsing."""

    def whole(self) -> AbstractContextManager[None]:
        """What is sent in this context is taken back when it fails."""

    def refused(self, action: str, said: str) -> AnkishError:
        """The error for an action that was refused."""

    def decks(self) -> tuple[str, ...] | None:
        """The decks there are, to look up names that are computed."""

    def likely_decks(self) -> tuple[str, ...]:
        """The decks there are, as far as anybody knows without asking; perhaps not any more."""


class Output(Protocol):
    """Where results go."""

    def show(self, step: m.Show, value: Any, of: Any) -> None:
        """Show a result."""


class User(Protocol):
    """Whoever can be asked while a program runs. Null for an answer is none."""

    def ask(self, question: str, default: str | None) -> str | None:
        """A text."""

    def confirm(self, question: str, default: bool | None) -> bool | None:
        """Yes or no."""
