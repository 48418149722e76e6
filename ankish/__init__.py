"""A shell and a language for Anki. From Python: see `ankish.connect`."""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes 3 ms to import; type checkers know the name
if TYPE_CHECKING:
    from ankish.api import AnkishError, AnkishWarning, Connection, ProgramError, connect

__version__ = "0.1.0"

__all__ = [
    "AnkishError",
    "AnkishWarning",
    "Connection",
    "ProgramError",
    "__version__",
    "connect",
]


def __getattr__(name: str) -> object:
    """What `ankish.api` has, imported when it is first used: the command line does without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ankish import api

    found: object = getattr(api, name)
    return found
