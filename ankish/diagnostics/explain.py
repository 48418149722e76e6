"""`help CODE`: what a message means."""

from __future__ import annotations

import string
from importlib import import_module

from ankish.diagnostics.kind import REGISTRY, Kind
from ankish.diagnostics.nearest import nearest
from ankish.diagnostics.text import harmless, listed


def every_kind() -> dict[str, Kind]:
    """All messages that ankish can give, by code; imports the modules that declare them."""
    from pkgutil import iter_modules

    from ankish.diagnostics import kinds

    for module in iter_modules(kinds.__path__, f"{kinds.__name__}."):
        import_module(module.name)
    return REGISTRY


def explain(code: str) -> str:
    """The text of `help CODE`; of `help FAMILY`, the family's codes with their messages.

    Takes a code with its brackets too, as it stands in a message (`error[name::deck]`).
    Raises `AnkishError` (`help::code`), with the nearest codes, if there is no such code.
    """
    known = every_kind()
    wanted = code.rpartition("[")[2].rstrip("]").strip()
    if wanted in known:
        return _explained(known[wanted])
    family = [known[code] for code in sorted(known) if code.startswith(f"{wanted}::")]
    if family:
        width = max(len(kind.code) for kind in family)
        return "\n".join(f"{kind.code:<{width}}  {_pattern(kind.message)}" for kind in family)

    from ankish.diagnostics.kinds.help import NO_CODE

    near = nearest(wanted, known) or [code for code in sorted(known) if wanted in code.split("::")]
    raise NO_CODE.error(code=harmless(wanted), near=listed(near, "and") if near else None)


def _explained(kind: Kind) -> str:
    head = f"{kind.severity.value}[{kind.code}]: {_pattern(kind.message)}"
    return f"{head}\n\n{kind.explain}" if kind.explain else head


def _pattern(template: str) -> str:
    """A template as a reader sees it: `…` for each hole."""
    parts = string.Formatter().parse(template)
    return "".join(text + ("" if hole is None else "…") for text, hole, _, _ in parts)
