"""Messages about the server that `ankish serve` is."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind
from ankish.diagnostics.model import Severity

NOT_INSTALLED = Kind(
    "serve::not-installed",
    "the server's library uvicorn is not installed",
    help="install it with `pip install 'ankish[embedded]'`",
    explain="`ankish serve` needs uvicorn, which comes with the extra `embedded`.",
)
PORT_IN_USE = Kind(
    "serve::port-in-use",
    "port {port} of {host} is in use",
    help="choose another one with --port; --port 0 takes one that is free",
    note="Anki with AnkiConnect listens on port 8765 while it runs, as another server may",
    explain="""\
One program at a time can listen on a port. 8765 is the port of AnkiConnect, so it is taken while
Anki runs with that add-on.""",
)
ADDRESS = Kind(
    "serve::address",
    "port {port} of {host} can't be listened on: {reason}",
    help="--host takes an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them",
    explain="""\
The system did not hand out the address or the port. The address has to be one of this machine's
own; ports below 1024 are often kept for the system.""",
)
WHICH = Kind(
    "serve::which",
    "there are several profiles in {base}",
    help="choose one with --profile: {names}",
    explain="""\
Without --profile, --collection or --demo the only profile is served. Here there are several, and
guessing which one programs shall change is not safe.""",
)
OPEN = Kind(
    "serve::open",
    "other machines can reach {url}, and no key is wanted",
    help="have programs send a key: put it into ANKISH_KEY, or give --key",
    explain="""\
With --host the server can be reached by other machines. Whoever reaches it can read, change and
delete everything in the collection, so it should want a key.""",
    severity=Severity.WARNING,
)
