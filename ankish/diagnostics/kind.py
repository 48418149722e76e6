"""A kind of message: declared once, with its wording, and raised by name elsewhere."""

from __future__ import annotations

import string
from typing import Any

from ankish.data import dataclass
from ankish.diagnostics.model import AnkishError, Diagnostic, Fix, Label, Severity, Span

REGISTRY: dict[str, Kind] = {}
"""Every declared kind by its code; filled as the modules of `kinds` are imported."""


@dataclass(frozen=True)
class Kind:
    """A message's wording, with `{holes}` for what differs from case to case.

    Parameters
    * **code** - `family::name`, stable for ever; `help CODE` explains it.
    * **message** - the problem in the user's words; lower case, no full stop, no fix.
    * **label** - what stands under the carets.
    * **help**, **note** - what would be right; context. Each is one template or several;
      one whose holes are not all filled (left out, or None) is left out itself.
    * **explain** - a paragraph for `help CODE`.
    """

    code: str
    message: str
    label: str = ""
    help: str | tuple[str, ...] = ()
    note: str | tuple[str, ...] = ()
    explain: str = ""
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if self.code in REGISTRY:
            raise ValueError(f"kind {self.code} is declared twice")
        REGISTRY[self.code] = self

    def __call__(
        self,
        span: Span | None = None,
        *,
        also: tuple[Label, ...] = (),
        fix: Fix | None = None,
        **values: Any,
    ) -> Diagnostic:
        """The diagnostic for one case.

        `span` is the place, `also` further labels; `values` fill the holes.
        """
        label = _filled(self.label, values) or ""
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            message=self.message.format(**values),
            labels=(() if span is None else (Label(span, label),)) + also,
            helps=_all_filled(self.help, values),
            notes=_all_filled(self.note, values),
            fix=fix,
        )

    def error(self, span: Span | None = None, **values: Any) -> AnkishError:
        """The diagnostic as an exception, for the places where nothing can go on."""
        return AnkishError(self(span, **values))


def _filled(template: str, values: dict[str, Any]) -> str | None:
    holes = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    if any(values.get(hole) is None for hole in holes):
        return None
    return template.format(**values)


def _all_filled(templates: str | tuple[str, ...], values: dict[str, Any]) -> tuple[str, ...]:
    if isinstance(templates, str):
        templates = (templates,)
    return tuple(text for t in templates if (text := _filled(t, values)) is not None)
