"""What the journal holds: plain data."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ankish.data import dataclass, field
from ankish.runtime.chunks import Outgoing
from ankish.runtime.inverse.model import Backend, Verdict

RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"
"""How far a run has come. One that is `RUNNING` and has no process any more was killed."""

SENT, ANSWERED, UNSENT, TAKEN = "sent", "answered", "unsent", "taken back"
"""How far a request has come. `SENT` is written before it is: whether it was is not known.
`UNSENT` means that it has failed, and that nothing was done; `TAKEN` that an `atomic` which
failed has taken it back."""


TYPED = ("-c", "shell", "standard input", "Python")
"""The names of programs that are no files: their text says more."""


@dataclass(slots=True)
class Run:
    """A program that has changed the collection, or something that takes one back.

    * **id** - its number; it is called `r12`.
    * **kind** - `run`, `undo` or `redo`; **of** - the run that is taken back or done again.
    * **name**, **text**, **arguments** - the program; `text` is None if it may not be kept.
    * **folder** - where it was started, which its paths are relative to.
    * **begun**, **ended** - seconds since 1970.
    * **session** - the shell or process that it belongs to.
    * **backend** - who carried it out: it decides what was noted, and what takes it back.
    * **undone** - the run that has taken it back.
    * **message** - why it failed.
    * **limits** - what it may not reach: files, the network.
    """

    id: int
    kind: str
    of: int | None
    state: str
    name: str
    text: str | None
    arguments: list[str]
    folder: str
    begun: float
    ended: float | None
    session: str
    backend: Backend
    undone: int | None = None
    message: str = ""
    limits: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the user did: what was typed, or a script of several lines by its name."""
        if self.text is None:
            return f"{self.name} (not kept)"
        text = self.text.strip()
        if self.name in TYPED or "\n" not in text:
            return text
        return " ".join([self.name, *self.arguments])

    @property
    def called(self) -> str:
        """Its name for the user."""
        return f"r{self.id}"


def new(
    kind: str, name: str, text: str | None, session: str, backend: Backend, of: int | None = None
) -> Run:
    """A run that begins now; it gets its number with its first write."""
    begun = time.time()
    folder = str(Path.cwd())
    return Run(0, kind, of, RUNNING, name, text, [], folder, begun, None, session, backend)


@dataclass(slots=True)
class Write:
    """A write: what was sent, what was there before and after.

    * **params** - without secrets.
    * **before**, **after** - the answers to the reads of its inverse; None if not known.
    * **reply** - result and error; None if there was no answer.
    * **span** - where it stands in the program.
    * **again** - the reads of afterwards, once they are worked out; not written down.
    """

    action: str
    params: dict[str, Any]
    span: tuple[int, int] = (0, 0)
    before: list[Any] | None = None
    after: list[Any] | None = None
    reply: tuple[Any, str | None] | None = None
    verdict: Verdict | None = None
    id: int = 0
    again: list[Outgoing] | None = None

    @property
    def happened(self) -> bool:
        """Whether it may have changed anything."""
        return happened(self.reply, self.verdict)


def happened(reply: Sequence[Any] | None, verdict: Verdict | None) -> bool:
    """Whether a write with this reply, and this verdict on it, may have changed anything."""
    if verdict is not None:
        return verdict.state != "not done"
    return reply is None or reply[1] is None


@dataclass(slots=True)
class Sent:
    """A request of a run: of reads, with their answers, or of writes.

    * **asked** - actions and parameters, all of them; **replies** - to a request of reads; of
      one that is `UNSENT`, the code and the text of the error.
    """

    state: str
    asked: list[tuple[str, dict[str, Any]]]
    replies: list[tuple[Any, str | None]] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    id: int = 0
    begun: float = 0.0
