"""Which web pages may use the server: AnkiConnect's rules (measured on Anki 26.09.3).

A browser puts the page's origin into every request; other programs send none. The rules keep
a page on the web from reaching the collection of whoever looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ankish.data import dataclass

LOCALHOST = "http://localhost"
"""The one origin that AnkiConnect's default settings list."""
ANY = "*"

_LOCAL = re.compile(r"https?://127\.0\.0\.1|http://127\.0\.0\.1:[0-9]+")
"""Pages of this machine that need not be listed. With a port only http."""
_EXTENSION = re.compile(r"(chrome|moz|safari-web)-extension://.*")


@dataclass(frozen=True)
class Origins:
    """The rules, with the origins that are `listed` beyond those always allowed."""

    listed: tuple[str, ...] = ()

    def allow(self, given: Sequence[str]) -> bool:
        """Whether a request with these `Origin` headers is let in; one without any is."""
        return ANY in self.listed or all(self._allowed(origin) for origin in given)

    def header(self, given: Sequence[str]) -> str:
        """The value of `Access-Control-Allow-Origin` in the answer."""
        if ANY in self.listed:
            return ANY
        return given[0] if given else LOCALHOST

    def _allowed(self, origin: str) -> bool:
        if origin == LOCALHOST or origin in self.listed:
            return True
        return bool(_LOCAL.fullmatch(origin) or _EXTENSION.fullmatch(origin))
