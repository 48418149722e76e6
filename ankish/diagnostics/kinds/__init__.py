"""Every message ankish can give, one module per family; the code's first part is the module.

`from ankish.diagnostics.kinds import FAMILY` imports a family when its first message is wanted.
Most programs have no mistakes, and a start would spend 2 ms on messages that nobody sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


class _Later:
    """A family that is not imported yet."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, kind: str) -> Any:
        from importlib import import_module

        found = getattr(import_module(f"{__name__}.{self._name}"), kind)
        setattr(self, kind, found)
        return found


if not TYPE_CHECKING:  # to a type checker they are the modules

    def __getattr__(family: str) -> _Later:
        """The family of this name."""
        if family.startswith("_"):
            raise AttributeError(family)
        return _Later(family)
