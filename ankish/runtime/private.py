"""Texts that must not be written down."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KEY = re.compile(r"""\bkey["']?\s*:""")
_SETTING = re.compile(r"\s*config\s+key\b")
_PASSWORD = re.compile(r"\s*connect\b.*//[^/\s]*@")
_REQUEST = re.compile(r"""\b(?:action|version)["']?\s*:""")


def is_private(text: str, secrets: Iterable[str]) -> bool:
    """Whether a line or a program must not be written down.

    That is one that begins with a blank, holds one of the `secrets` (the API key), calls an
    action with a secret parameter (a password), sets the key, connects with a password, or
    holds a request with a key.
    """
    from ankish.catalog.actions import ACTIONS

    if text.startswith(" ") or any(secret and secret in text for secret in secrets):
        return True
    if _SETTING.match(text) or _PASSWORD.match(text):
        return True
    guarded = {c.name for c in ACTIONS.values() if any(param.secret for param in c.params)}
    if guarded.intersection(re.findall(r"\w+", text)):
        return True
    return bool(_KEY.search(text) and _REQUEST.search(text))
