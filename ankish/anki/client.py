"""The client: actions go out, results or errors come back, whoever answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import Any

from ankish.anki import timeouts
from ankish.anki.protocol import (
    VERSION,
    Reply,
    Request,
    Server,
    Stats,
    Transport,
    Watcher,
    actions_of,
)
from ankish.anki.refusal import KEY_REFUSED, UNSUPPORTED, refusal, without
from ankish.anki.wire import excerpt
from ankish.data import replace
from ankish.diagnostics.kinds import anki as kinds
from ankish.diagnostics.model import AnkishError

VERSION_OF = Request("version")
"""Asks for the version of the protocol."""


class Client:
    """Speaks AnkiConnect's protocol, version 6, over a transport.

    The connection is made with the first action, or by `connect`. Questions that are the first
    of all need no greeting before them, so that one request is saved. `key` is sent only to a
    server that wants one: the others refuse a request that carries a key.

    `overdue`, if there is one, is called while an answer does not come for long: with where it
    was asked, an action, and after how many seconds.
    """

    overdue: Callable[[str, str, float], object] | None = None

    def __init__(self, transport: Transport, key: str | None = None) -> None:
        self._transport = transport
        self._key = key or None
        self._server: Server | None = None
        self._requests = 0
        self._actions = 0
        self._waited = 0.0
        self.watcher: Watcher | None = None
        """Is told of each request and its answer."""

    @property
    def where(self) -> str:
        """Where the actions go, for messages."""
        return self._transport.where

    @property
    def embedded(self) -> bool:
        """Whether the engine in this process answers."""
        return self._transport.embedded

    @property
    def engine(self) -> bool:
        """Whether ankish's engine answers, here or at the other end: it has actions of its own.

        Connects; raises `AnkishError` as `connect` does.
        """
        self.connect()
        return self._transport.engine

    @property
    def machine(self) -> str:
        """Where paths that are answered are meant: empty for this machine."""
        return "" if self._transport.local else f"{self.where} "

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be written down."""
        return (self._key,) if self._key else ()

    @property
    def stats(self) -> Stats:
        """What has been sent so far, connecting included."""
        sent, received = self._transport.sent, self._transport.received
        return Stats(self._requests, self._actions, sent, received, self._waited)

    def connect(self) -> Server:
        """Ask for permission, unless that is done. One request, two where a key is wanted.

        Raises `AnkishError`: nothing answers there, or something else than AnkiConnect;
        permission is denied; the key is missing or wrong; the version is too old.
        """
        if self._server is None:
            server = self._new_enough(self._greet())
            if server.needs_key and self._key is None:
                raise kinds.KEY_MISSING.error(where=self.where)
            self._server = server
            if server.needs_key:
                self.invoke("version")  # it is refused when the key is wrong
        return self._server

    def invoke(self, action: str, params: Mapping[str, Any] | None = None) -> Any:
        """Have one action carried out; its result, a JSON value.

        Raises `AnkishError`: `anki::refused` or `anki::unsupported` when Anki refuses,
        others of this family when no answer comes.
        """
        reply = self.ask(Request(action, params or {}))
        if reply.error is not None:
            raise self.refusal(action, reply.error)
        return reply.result

    def multi(self, requests: Sequence[Request]) -> list[Reply]:
        """Have several actions carried out in order, in one request; a reply for each.

        One that is refused does not stop those after it, and nothing is taken back.
        Raises `AnkishError` when the request as a whole has no answer.
        """
        if not requests:
            return []
        if self._server is None and (replies := self._unasked(requests)) is not None:
            return replies
        if len(requests) == 1:
            return [self.ask(requests[0])]
        return self._replies(requests, self.invoke("multi", _together(requests)))

    def ask(self, request: Request) -> Reply:
        """Have one action carried out; its reply, also when it is refused."""
        server = self.connect()
        key = self._key if server.needs_key else None
        return self._reply(self._send(_envelope(request.action, dict(request.params), key)))

    def _unasked(self, requests: Sequence[Request]) -> list[Reply] | None:
        """Replies to the first questions of all, with no greeting first; None if it takes one.

        What only reads does no harm, whoever it is sent to. So it goes at once, with a question
        for the version in the same request. Not where a key is set: that is sent to nobody who
        does not ask for it.
        """
        asked = [VERSION_OF, *(each for each in requests if each != VERSION_OF)]
        if self._key or self.embedded or not all(each.action in timeouts.READS for each in asked):
            return None
        one = len(asked) == 1
        said = self._send(
            _envelope("version", {}, None) if one else _envelope("multi", _together(asked), None)
        )
        if isinstance(said, dict) and said.get("error") in (KEY_REFUSED, UNSUPPORTED):
            return None  # the greeting finds out what it wants
        answer = self._reply(said).result
        replies = [Reply(answer)] if one else self._replies(asked, answer)
        version = replies[0].result
        if not isinstance(version, int):
            raise self._not_ankiconnect(said)
        self._server = self._new_enough(Server(version, needs_key=False))
        others = iter(replies[1:])
        return [replies[0] if each == VERSION_OF else next(others) for each in requests]

    def _replies(self, requests: Sequence[Request], results: object) -> list[Reply]:
        """The replies in the result of a multi."""
        if not isinstance(results, list) or len(results) != len(requests):
            raise self._not_ankiconnect(results)
        return [self._reply(result) for result in results]

    def refusal(self, action: str, said: str) -> AnkishError:
        """The error for an action whose reply carries an error: `said`."""
        return refusal(action, said, self.where)

    def while_waiting(self, work: Callable[[], object]) -> None:
        """See `Transport.while_waiting`."""
        self._transport.while_waiting(work)

    def copied(self) -> Client | None:
        """A client of a copy of the collection, which goes when it is closed.

        None if the collection is not in this process.
        """
        copy = self._transport.copied()
        return None if copy is None else Client(copy, self._key)

    def close(self) -> None:
        """Let go of what the transport holds open."""
        self._server = None
        self._transport.close()

    def _new_enough(self, server: Server) -> Server:
        if server.version < VERSION:
            raise kinds.OLD.error(where=self.where, version=server.version)
        return server

    def _greet(self) -> Server:
        reply = self._reply(self._send(_envelope("requestPermission", {}, None)))
        if reply.error == UNSUPPORTED:  # older than the action itself
            version = self._reply(self._send(_envelope("version", {}, None))).result
            return Server(version if isinstance(version, int) else 0, self._key is not None)
        answer = reply.result
        if not isinstance(answer, dict) or "permission" not in answer:
            raise self._not_ankiconnect(answer)
        if answer["permission"] != "granted":
            raise kinds.DENIED.error(where=self.where)
        version = answer.get("version")
        if not isinstance(version, int):
            raise self._not_ankiconnect(answer)
        return Server(version, bool(answer.get("requireApikey")))

    def _send(self, request: dict[str, Any]) -> object:
        """The answer to a request. A read whose answer was lost is sent again, a few times."""
        self._actions += sum(1 for _ in actions_of(request))
        patience = timeouts.seconds(request)
        again = iter(timeouts.PAUSES if timeouts.only_reads(request) else ())
        broken = False
        while True:
            self._requests += 1
            begun = time.perf_counter()
            if self.watcher is not None:
                self.watcher.sent()
            try:
                with self._watched(request):
                    return self._transport.send(request, patience)
            except AnkishError as error:
                # Nobody answers at all: only after an answer was lost may that pass again.
                code = error.diagnostics[0].code
                broken = broken or code in (kinds.LOST.code, kinds.NOT_JSON.code)
                pause = next(again, None) if broken and code != kinds.TIMEOUT.code else None
                if pause is None:
                    raise self._keyless(error) from error.__cause__
                time.sleep(pause)
            finally:
                self._waited += time.perf_counter() - begun
                if self.watcher is not None:
                    self.watcher.answered()

    def _keyless(self, error: AnkishError) -> AnkishError:
        """An error without the key, which whoever answers may have said again."""
        return AnkishError(
            *(
                replace(
                    each,
                    message=without(self._key, each.message),
                    notes=tuple(without(self._key, note) for note in each.notes),
                )
                for each in error.diagnostics
            )
        )

    @contextmanager
    def _watched(self, request: Mapping[str, Any]) -> Iterator[None]:
        """Have it told if no answer comes for long, while it is still waited for."""
        if self.overdue is None:
            yield
            return
        seconds = timeouts.OVERDUE
        names = [*actions_of(request)]
        name = next((each for each in names if each not in timeouts.READS), "".join(names[:1]))
        timer = Timer(seconds, self.overdue, (self.where, name, seconds))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _reply(self, answer: object) -> Reply:
        """The reply that an answer, or a part of one, is."""
        if not isinstance(answer, dict) or not answer.keys() >= {"result", "error"}:
            raise self._not_ankiconnect(answer)
        error = answer["error"]
        if error is None:
            return Reply(answer["result"])
        if error == KEY_REFUSED:
            self._server = None  # the settings have changed: ask again what is wanted
            missing = self._key is None
            raise (kinds.KEY_MISSING if missing else kinds.KEY_WRONG).error(where=self.where)
        return Reply(error=without(self._key, str(error)))

    def _not_ankiconnect(self, answer: object) -> AnkishError:
        said = excerpt(without(self._key, json.dumps(answer, ensure_ascii=False)))
        return kinds.NOT_ANKICONNECT.error(where=self.where, answer=said)


def _together(requests: Sequence[Request]) -> dict[str, Any]:
    """The parameters of a multi."""
    return {"actions": [{"action": e.action, "params": dict(e.params)} for e in requests]}


def _envelope(action: str, params: Any, key: str | None) -> dict[str, Any]:
    """The request object of an action."""
    return _complete({"action": action, "params": params}, key)


def _complete(request: Mapping[str, Any], key: str | None) -> dict[str, Any]:
    """A request with version and key, unless it has its own; each part of a multi needs them too.

    A part that is no request goes as it is: the answer says what is wrong with it.
    """
    whole = {"version": VERSION, **({} if key is None else {"key": key}), **request}
    params = whole.get("params")
    if whole.get("action") == "multi" and isinstance(params, Mapping):
        inner = params.get("actions")
        if isinstance(inner, (list, tuple)):
            parts = [_complete(p, key) if isinstance(p, Mapping) else p for p in inner]
            whole["params"] = {**params, "actions": parts}
    return whole
