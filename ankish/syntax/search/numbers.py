"""Numbers as Anki reads them in a search (measured on Anki 26.09.3).

An integer has a sign if it likes and digits of ASCII; what it may be is the range of the
machine type that Anki keeps it in. A float is read to 32 bits.
"""

from __future__ import annotations

import re
import struct

from ankish.syntax.search.keywords import Number

U8 = (0, 2**8 - 1)
U32 = (0, 2**32 - 1)
I32 = (-(2**31), 2**31 - 1)
I64 = (-(2**63), 2**63 - 1)

FLOAT = re.compile(
    r"[+-]?(?:inf|infinity|nan|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)", re.I | re.A
)

BEYOND_F32 = 2**128 - 2**103
"""From here on a number becomes infinite when it is rounded to 32 bits."""


def whole(text: str, limits: tuple[int, int]) -> int | None:
    """The integer, or None if the text is none or it is out of its limits."""
    low, high = limits
    if not re.fullmatch(r"[+-]?[0-9]+" if low else r"\+?[0-9]+", text, re.A):
        return None
    digits = text.lstrip("+-0")
    if len(digits) > 20:
        return None
    number = int(digits or "0") * (-1 if text[0] == "-" else 1)
    return number if low <= number <= high else None


def fits(text: str, number: Number, factor: int) -> bool:
    """Whether Anki takes the text for a number of this kind, to be multiplied by a factor."""
    if number is Number.COUNT:
        return whole(text, U32) is not None
    if number is Number.WHOLE:
        return whole(text, I32) is not None
    if number is Number.PAST:
        days = whole(text, I32)
        return days is not None and days <= 0
    if not FLOAT.fullmatch(text):
        return False
    return number is Number.EASE or _finite(text, factor)


def _finite(text: str, factor: int) -> bool:
    """Whether a number is one in 32 bits; Anki's own query fails for what isn't."""
    value = abs(float(text))
    if value < 1e37:
        return True
    if not value < 1e39:
        return False
    from decimal import Decimal

    return abs(Decimal(text)) < BEYOND_F32 and _rounded(value) * factor < BEYOND_F32


def _rounded(value: float) -> float:
    """A number rounded to 32 bits."""
    return float(struct.unpack("f", struct.pack("f", value))[0])
