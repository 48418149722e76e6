"""The one thread that talks to Anki, and how a program in it is stopped.

AnkiConnect answers one request after the other, and a collection file is used from one
thread only. So whatever the shell asks of either waits its turn here, while the prompt
goes on taking keys.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from queue import Empty, Queue, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from ankish.diagnostics.kinds.shell import LEFT, STOPPED

if TYPE_CHECKING:
    from ankish.anki.client import Client
    from ankish.anki.protocol import Reply, Request
    from ankish.plan.model import Show
    from ankish.runtime.protocols import Output
    from ankish.runtime.waiting import Waiting

Result = TypeVar("Result")
Answer = TypeVar("Answer")

POLL = 0.2
"""How many seconds are waited at a time."""
LEAVING = 5.0
"""How many seconds leaving may take."""


class Gate:
    """What every request and every result passes: the place where a program stops."""

    def __init__(self) -> None:
        self._closed = Event()
        self._requests = 0

    def open(self) -> None:
        """Let everything pass, and begin to count."""
        self._closed.clear()
        self._requests = 0

    def close(self) -> None:
        """Let nothing pass any more."""
        self._closed.set()

    @property
    def closed(self) -> bool:
        """Whether nothing passes."""
        return self._closed.is_set()

    @property
    def requests(self) -> int:
        """How many requests have passed since it was opened."""
        return self._requests

    def check(self) -> None:
        """Raise `AnkishError` (`shell::stopped`) if it is closed, once.

        What an `atomic` has to take back then passes.
        """
        if self._closed.is_set():
            self._closed.clear()
            raise STOPPED.error(requests=self._requests)

    def request(self) -> None:
        """Let a request pass, unless it is closed."""
        self.check()
        self._requests += 1


class Worker:
    """Does jobs one after the other in a thread of its own, which ends with the program."""

    def __init__(self) -> None:
        self.gate = Gate()
        self._jobs: SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = SimpleQueue()
        self.waiting: Waiting | None = None
        """Shows how long the job at hand has waited for an answer."""
        self.asking = 0.0
        """How many seconds jobs have waited for their user."""
        self._calls: Queue[Callable[[], None] | None] = Queue()
        """What the thread that waits is to do meanwhile; None when the job is done."""
        Thread(target=self._work, name="anki", daemon=True).start()

    def _work(self) -> None:
        while True:
            job, future = self._jobs.get()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(job())
                except BaseException as error:
                    future.set_exception(error)

    def begin(self, job: Callable[[], Result]) -> Future[Result]:
        """Have a job done when its turn comes."""
        future: Future[Result] = Future()
        self._jobs.put((job, future))
        return future

    def sent(self) -> None:
        """Tell whoever waits that a request goes out."""
        if self.waiting is not None:
            self.waiting.sent()

    def answered(self) -> None:
        """Tell whoever waits that its answer is there."""
        if self.waiting is not None:
            self.waiting.answered()

    def do(self, job: Callable[[], Result], waiting: Waiting | None = None) -> Result:
        """Have a job done and wait for it. Ctrl-C stops it at its next request.

        `waiting` shows how long that takes: until the job's turn comes, then request by request.

        A second Ctrl-C no longer waits for the request that is under way. Raises what the job
        raises, `AnkishError` (`shell::stopped`, `shell::left`) when it was stopped.
        """

        def whole() -> Result:
            self.gate.open()
            self.answered()
            try:
                return job()
            finally:
                self.gate.open()  # what is asked in the background is not stopped

        calls: Queue[Callable[[], None] | None] = Queue()
        self._calls = calls
        self.waiting = waiting
        self.sent()
        future = self.begin(whole)
        future.add_done_callback(lambda _: calls.put(None))
        try:
            return self._waited(future)
        finally:
            self.answered()
            self.waiting = None

    def _waited(self, future: Future[Result]) -> Result:
        """What `do` does once the job stands in the queue."""
        while True:
            try:
                while not future.done():
                    if (call := self._next_call()) is not None:
                        call()
                return future.result()
            except KeyboardInterrupt:
                if future.done():  # there is nothing left to stop
                    raise
                if future.cancel():  # its turn has not come yet
                    raise STOPPED.error(requests=0) from None
                if self.gate.closed:
                    raise LEFT.error(requests=self.gate.requests) from None
                self.gate.close()

    def _next_call(self) -> Callable[[], None] | None:
        while True:
            try:  # without an end to waiting, Ctrl-C would not come through on Windows
                return self._calls.get(timeout=POLL)
            except Empty:
                if self.waiting is not None:
                    self.waiting.tick()

    def ask(self, question: Callable[[], Answer], none: Answer) -> Answer:
        """Have the thread that waits for the job at hand ask its user; the answer.

        Ctrl-C is `none`. So is whatever comes after Ctrl-C.
        """
        answer: Future[Answer] = Future()

        def call() -> None:
            try:
                answer.set_result(question())
            except (KeyboardInterrupt, EOFError):
                answer.set_result(none)
            except BaseException as error:
                answer.set_exception(error)

        if self.gate.closed:
            return none
        begin = time.perf_counter()
        self._calls.put(call)
        try:
            return answer.result()
        finally:
            self.asking += time.perf_counter() - begin

    def end(self, last: Callable[[], None]) -> None:
        """Drop the jobs that wait, and do a last one after the one at hand.

        A job that does not come to its end, since nobody answers it, is not waited for.
        """
        self.gate.close()
        while not self._jobs.empty():
            self._jobs.get()[1].cancel()
        with suppress(TimeoutError):
            self.begin(last).result(LEAVING)


class AskedThere:
    """Questions of a program, asked in the thread that waits for it."""

    def __init__(self, worker: Worker) -> None:
        from ankish.runtime.terminal import Terminal

        self._worker = worker
        self._terminal = Terminal()

    def ask(self, question: str, default: str | None) -> str | None:
        """See `User.ask`."""
        return self._asked(lambda: self._terminal.ask(question, default))

    def confirm(self, question: str, default: bool | None) -> bool | None:
        """See `User.confirm`."""
        return self._asked(lambda: self._terminal.confirm(question, default))

    def _asked(self, question: Callable[[], Answer | None]) -> Answer | None:
        """The answer. Ctrl-C stops the program: it is not the default."""

        def stoppable() -> Answer | None:
            try:
                return question()
            except KeyboardInterrupt:
                self._worker.gate.close()
                raise

        answer = self._worker.ask(stoppable, None)
        self._worker.gate.check()
        return answer


def stoppable(client: Client, gate: Gate) -> Client:
    """The same client, but that it sends nothing while the gate is closed."""
    from ankish.anki.client import Client

    class Stoppable(Client):
        def __init__(self) -> None:
            vars(self).update(vars(client))

        def ask(self, request: Request) -> Reply:
            gate.request()
            return super().ask(request)

    return Stoppable()


class StoppableOutput:
    """Hands results on while the gate is open."""

    def __init__(self, output: Output, gate: Gate) -> None:
        self._output = output
        self._gate = gate

    def show(self, step: Show, value: Any, of: Any) -> None:
        """See `Output.show`."""
        self._gate.check()
        self._output.show(step, value, of)
