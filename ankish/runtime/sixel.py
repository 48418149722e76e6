"""A picture in sixels: bands of six lines, each colour of a band written over the one before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 128
BAND = 6
OPAQUE = 128
"""From which alpha on a pixel is drawn."""
SHORT = 3
"""Up to how many equal sixels are shorter written out than with their number."""


def sixel(image: Image) -> str:
    """The sequence for a picture with an alpha channel; what is transparent stays as it was."""
    width, height = image.size
    indexed = image.convert("RGB").quantize(COLOURS)
    palette = indexed.getpalette() or []
    pixels, alpha = indexed.tobytes(), image.getchannel("A").tobytes()
    used = sorted({number for number, solid in zip(pixels, alpha, strict=True) if solid >= OPAQUE})
    colours = "".join(f"#{number};2;{_percent(palette, number)}" for number in used)
    bands = "-".join(
        _band(pixels, alpha, width, start, min(start + BAND, height))
        for start in range(0, height, BAND)
    )
    return f'\x1bP0;1q"1;1;{width};{height}{colours}{bands}\x1b\\'


def _percent(palette: list[int], number: int) -> str:
    red, green, blue = palette[3 * number : 3 * number + 3]
    return ";".join(str(round(part * 100 / 255)) for part in (red, green, blue))


def _band(pixels: bytes, alpha: bytes, width: int, start: int, end: int) -> str:
    """Up to six lines: for each colour, which of them it has in each column."""
    rows: dict[int, bytearray] = {}
    for bit, line in enumerate(range(start, end)):
        for column in range(width):
            at = line * width + column
            if alpha[at] >= OPAQUE:
                rows.setdefault(pixels[at], bytearray(width))[column] |= 1 << bit
    return "$".join(f"#{number}{''.join(_runs(row))}" for number, row in sorted(rows.items()))


def _runs(row: bytearray) -> Iterator[str]:
    for bits, same in groupby(row):
        count, char = len(list(same)), chr(63 + bits)
        yield char * count if count <= SHORT else f"!{count}{char}"
