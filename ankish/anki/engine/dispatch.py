"""From a request to the answer that AnkiConnect would give.

A request is a JSON object: `action`, `version`, `params`, `key`. The rules are those of
AnkiConnect's wire format, measured on Anki 26.09.3.
"""

from __future__ import annotations

import hmac
import json
from threading import RLock
from typing import Any

from ankish.anki.engine import envelope, families
from ankish.anki.engine.plain import plain
from ankish.anki.engine.protocol import API_VERSION
from ankish.anki.engine.registry import ACTIONS, ENGINE, PLAIN, ActionError, bind
from ankish.anki.engine.session import Session
from ankish.diagnostics.model import AnkishError

LEFT_OUT_VERSION = 4
"""The version of a request that names none (recorded exchange 7)."""

BANNER = {"apiVersion": f"AnkiConnect v.{API_VERSION}"}
"""What an empty body is answered with."""


class Engine:
    """Answers requests on one session, one at a time, whoever asks.

    `key` is the API key that every request has to carry; None wants none.
    """

    def __init__(self, session: Session, key: str | None = None) -> None:
        families.load()
        self.session = session
        self._key = key
        self._lock = RLock()

    @property
    def wants_key(self) -> bool:
        """Whether requests need an API key."""
        return self._key is not None

    def handle_bytes(self, body: bytes, *, origin: str = "", allowed: bool = True) -> bytes:
        """The answer to the body of an HTTP request, both JSON, the answer in ASCII.

        See `handle` for the parameters. Nothing is ever raised.
        """
        if not body:
            return json.dumps(BANNER).encode("ascii")
        try:
            request = json.loads(body.decode("utf-8"))
            answer = self.handle(request, origin=origin, allowed=allowed)
            return json.dumps(answer).encode("ascii")
        except (ValueError, RecursionError) as error:
            return json.dumps(failure(error)).encode("ascii")

    def handle(self, request: object, *, origin: str = "", allowed: bool = True) -> object:
        """The answer to one request, in plain JSON types. Nothing is ever raised.

        `origin` is the web page the request comes from, and `allowed` whether the server
        lets it in; only `requestPermission` asks for them.
        """
        try:
            problem = envelope.problem(request)
        except RecursionError as error:
            return failure(error)
        if problem is not None or not isinstance(request, dict):
            return failure(ActionError(problem))
        if request["action"] == "requestPermission":
            request = self._permission_request(request, origin, allowed)
        with self._lock:
            return self.answer(request)

    def answer(self, request: dict[str, Any]) -> object:
        """The answer to a request whose outer form is sound, or to one inside `multi`.

        Raises `AttributeError` for what is not an object (recorded exchange 708).
        """
        key, name = request.get("key"), request.get("action", "")
        version, params = request.get("version", LEFT_OUT_VERSION), request.get("params", {})
        try:
            self._check_key(key)
            result = self._perform(name, version, params)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic in Anki's library is no Exception
            return failure(error)
        return result if version <= LEFT_OUT_VERSION else {"result": result, "error": None}

    def _perform(self, name: object, version: object, params: object) -> object:
        if not isinstance(name, str) or name not in ACTIONS:
            raise ActionError("unsupported action")
        if not isinstance(params, dict):
            raise ActionError(
                f"2055492159.AnkiConnect.{name}() argument after ** must be a mapping, "
                f"not {type(params).__name__}"
            )
        arguments = bind(name, params)
        if not isinstance(version, (int, float)):  # before the action: a failure did nothing
            kind = type(version).__name__
            raise ActionError(f"'<=' not supported between instances of '{kind}' and 'int'")
        if name in ENGINE:  # what these give is plain already, `multi` has it from here
            return ACTIONS[name](self, **arguments)
        result = ACTIONS[name](self.session, **arguments)
        return result if name in PLAIN else plain(result)

    def _check_key(self, given: object) -> None:
        """Refuse any key but the one wanted, and any key at all where none is.

        AnkiConnect refuses a key it does not want as well (recorded exchange 19).
        """
        if self._key is None or not isinstance(given, str):
            fits = self._key is None and given is None
        else:
            fits = hmac.compare_digest(_raw(given), _raw(self._key))
        if not fits:
            raise ActionError("valid api key must be provided")

    def _permission_request(
        self, request: dict[str, Any], origin: str, allowed: bool
    ) -> dict[str, Any]:
        """`requestPermission` as the server completes it: who asks is not the client's word.

        It needs no key, whatever key it carries (recorded exchanges 20 and 24).
        """
        params = {**request.get("params", {}), "origin": origin, "allowed": allowed}
        return {**request, "key": self._key, "params": params}


def failure(error: BaseException) -> dict[str, object]:
    """The answer that tells an error; the same in every version.

    The text is the exception's own, as in AnkiConnect: a missing key is the quoted key,
    what Anki's library refuses comes in its words.
    """
    if isinstance(error, AnkishError):
        text = error.diagnostics[0].message
    elif isinstance(error, RecursionError):
        text = "the request is nested too deeply"
    elif isinstance(error, AssertionError):
        text = str(error) or "a parameter has a value of the wrong kind"
    else:
        text = str(error)
    return {"result": None, "error": text}


def _raw(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
