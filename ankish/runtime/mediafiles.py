"""How files get into Anki's media folder: not at all if they are there, by path, or as data.

A path costs next to nothing, but only an Anki on this machine can read it. Data takes a third more
than the file, and Anki reads a request in time that grows with the square of its size: so the files
of one request become several. What Anki has under the same name with the same contents is not sent
again; the answer is the one that it would give.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ankish.anki.client import Client
from ankish.anki.protocol import Reply, Request
from ankish.anki.timeouts import READS
from ankish.catalog.traffic import MOST_FILES
from ankish.runtime.chunks import BYTES, Outgoing, stored

Placed = tuple[int, Request]
"""A request, and which one it is."""

STORES = "storeMediaFile"
ENOUGH = 10
"""From how many files in a request on it is worth a look whether they are there."""
ANSWER = 5_000_000
"""How many bytes of files are asked for at once; Anki answers 10 MB in a tenth of a second."""
PLAIN = frozenset({"filename", "path", "data", "deleteExisting"})
"""Parameters that say no more than what is stored under which name."""


class MediaFiles:
    """Sends requests that store files.

    It finds out once whether Anki's media folder is one of this machine, or is `told`.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked = False
        self._folder: Path | None = None
        """Anki's media folder, if it is on this machine."""
        self._elsewhere = bool(client.machine)
        """Whether Anki can't read the files of this machine."""

    def sent(self, requests: Sequence[Request]) -> list[Reply]:
        """The replies to requests, in their order, as `Client.multi` gives them."""
        there = self._there(requests)
        left = [(at, self._fit(each)) for at, each in enumerate(requests) if at not in there]
        replies = {at: Reply(requests[at].params["filename"]) for at in there}
        for group in _cut(left, _size, BYTES):
            heard = self._client.multi([each for _, each in group])
            replies.update(zip((at for at, _ in group), heard, strict=True))
        return [replies[at] for at in range(len(requests))]

    def _there(self, requests: Sequence[Request]) -> set[int]:
        """The places of those that store what Anki has already."""
        if any(each.action != STORES and each.action not in READS for each in requests):
            return set()  # they may change what is there
        names = Counter(
            str(each.params.get("filename")) for each in requests if each.action == STORES
        )
        stores = [
            (at, each)
            for at, each in enumerate(requests)
            if _is_plain(each) and names[each.params["filename"]] == 1
        ]
        if len(stores) < ENOUGH:
            return set()
        self._ask()
        if self._folder is not None:
            folder = self._folder
            return {at for at, each in stores if _holds(folder / each.params["filename"], each)}
        if not self._elsewhere:
            return set()
        found = set()
        for group in _cut(stores, _stored, ANSWER):
            names_of = [{"filename": each.params["filename"]} for _, each in group]
            asked = [Request("retrieveMediaFile", name) for name in names_of]
            for (at, each), reply in zip(group, self._client.multi(asked), strict=True):
                if reply.result and _decoded(reply.result) == _contents(each):
                    found.add(at)
        return found

    def _ask(self) -> None:
        """Learn where Anki keeps its media."""
        if self._asked or self._elsewhere:
            return
        [reply] = self._client.multi([Request("getMediaDirPath")])
        self.told(reply.result)

    def told(self, answer: object) -> None:
        """Take in what `getMediaDirPath` has answered."""
        self._asked = True
        if isinstance(answer, str) and not self._elsewhere:
            folder = Path(answer)
            self._folder = folder if folder.is_dir() else None
            self._elsewhere = self._folder is None  # in a container, or behind a tunnel

    def _fit(self, request: Request) -> Request:
        """A request that Anki can carry out where it is."""
        path = request.params.get("path")
        if request.action != STORES or not isinstance(path, str) or "data" in request.params:
            return request
        rest = {name: value for name, value in request.params.items() if name != "path"}
        if self._elsewhere:
            contents = _read(Path(path))
            if contents is None:  # then it may mean a file of that machine
                return request
            return Request(STORES, {**rest, "data": b64encode(contents).decode("ascii")})
        if Path(path).is_absolute() or not Path(path).is_file():
            return request
        return Request(STORES, {**rest, "path": str(Path(path).absolute())})


def _cut(
    requests: Sequence[Placed], size: Callable[[Request], int], most: int
) -> Iterator[list[Placed]]:
    """Requests in groups that are not too large."""
    group: list[Placed] = []
    whole = 0
    for each in requests:
        own = size(each[1])
        if group and (whole + own > most or len(group) >= MOST_FILES):
            yield group
            group, whole = [], 0
        group.append(each)
        whole += own
    if group:
        yield group


def _outgoing(request: Request) -> Outgoing:
    return Outgoing(request.action, dict(request.params))


def _size(request: Request) -> int:
    return _outgoing(request).size


def _stored(request: Request) -> int:
    """About how large what is stored is."""
    data = request.params.get("data")
    return len(data) if isinstance(data, str) else stored(_outgoing(request))


def _is_plain(request: Request) -> bool:
    """Whether a request stores something under a name, and there is no more to it."""
    params = request.params
    name = params.get("filename")
    return (
        request.action == STORES
        and params.keys() <= PLAIN
        and params.get("deleteExisting", True) is True
        and isinstance(name, str)
        and name not in ("", ".", "..")
        and not {"/", "\\", "\0"} & set(name)
    )


def _holds(file: Path, request: Request) -> bool:
    """Whether a file holds what a request stores."""
    try:
        size = file.stat().st_size
    except OSError:
        return False
    if "data" not in request.params and size != _stored(request):
        return False
    held = _read(file)
    return held is not None and held == _contents(request)


def _contents(request: Request) -> bytes | None:
    """What a request stores; None if that can't be told here."""
    if "data" in request.params:
        return _decoded(request.params["data"])
    path = request.params.get("path")
    return _read(Path(path)) if isinstance(path, str) else None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except (OSError, ValueError):
        return None


def _decoded(data: object) -> bytes | None:
    try:
        return b64decode(data, validate=True) if isinstance(data, str) else None
    except (NoBase64, ValueError):
        return None
