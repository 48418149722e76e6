"""A file that a process holds for as long as it lives: the system lets go of it, however it ends.

`filelock` does it everywhere, but takes 8 ms to import, which every program that writes would
wait for. Where the system has `flock`, that is all there is to it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Held(Protocol):
    """A file that is held."""

    def release(self) -> None:
        """Let go of it."""


class _Flock:
    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """See `Held`."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __del__(self) -> None:
        self.release()


def hold(file: Path) -> Held | None:
    """Hold a file, which is made if need be; None if another process has it."""
    try:
        import fcntl
    except ImportError:
        return _hold_elsewhere(file)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:  # a file system without locks: then nobody can tell who lives
        return _Flock(descriptor)
    return _Flock(descriptor)


def _hold_elsewhere(file: Path) -> Held | None:
    from filelock import FileLock, Timeout

    lock = FileLock(file, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock
