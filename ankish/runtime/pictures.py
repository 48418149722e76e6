"""Pictures in a terminal, by the terminal's own protocol where it has one.

A file of the collection is never handed on as it is: Pillow reads it, and what the terminal gets
are its pixels, written anew. What Pillow can't read, or reads as something huge, is told by name.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ankish.data import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

PROTOCOLS = ("kitty", "iterm2", "sixel")

PROGRAMS = {
    "ghostty": "kitty",
    "iTerm.app": "iterm2",
    "WezTerm": "iterm2",
    "mintty": "iterm2",
}
"""Terminals by what they set TERM_PROGRAM to."""

TERMS = {"xterm-kitty": "kitty", "xterm-ghostty": "kitty", "foot": "sixel", "mlterm": "sixel"}
"""Terminals by how TERM begins."""

KONSOLE = 220400
"""The first version of Konsole with pictures, as it writes it."""

CELL = (10, 20)
"""Width and height of a character in pixels, where the terminal does not tell."""
WIDEST, HIGHEST = 60, 16
"""How many columns and lines a picture takes at the most."""
LARGEST = 50_000_000
"""How many pixels a file may have, unpacked."""
CHUNK = 4096
"""How many bytes of a picture kitty takes in one sequence."""

BEGINS = ("\x1b_G", "\x1b]1337;", "\x1bP")
"""What a picture begins with, in any of the protocols."""

Fetch = Callable[[str], bytes | None]
"""Gives a media file by its name; None if there is none."""


def protocol(setting: str, environment: Mapping[str, str]) -> str | None:
    """The protocol for pictures: what the setting says, else what the terminal is known for.

    Nothing is asked of the terminal: an answer could be taken for keys. In tmux and screen there
    are none, since they would not hand them on.
    """
    if setting != "auto":
        return setting if setting in PROTOCOLS else None
    term = environment.get("TERM", "")
    inside = environment.get("TMUX") or environment.get("STY")
    if inside or term.startswith(("tmux", "screen", "dumb")):
        return None
    if environment.get("KITTY_WINDOW_ID"):
        return "kitty"
    konsole = environment.get("KONSOLE_VERSION", "")
    if environment.get("LC_TERMINAL") == "iTerm2" or (
        konsole.isdigit() and int(konsole) >= KONSOLE
    ):
        return "iterm2"
    by_term = next((found for name, found in TERMS.items() if term.startswith(name)), None)
    return PROGRAMS.get(environment.get("TERM_PROGRAM", "")) or by_term


@dataclass(frozen=True)
class Pictures:
    """Draws media files, each fetched once.

    * **by** - the protocol.
    * **fetch** - gives the files.
    """

    by: str
    fetch: Fetch

    def drawn(self, source: str, room: int) -> str | None:
        """The sequence that shows a picture in at most `room` columns; None if it can't be.

        `source` is what a card's `src` says: pictures from elsewhere are not fetched.
        """
        name = unquote(source)
        if not name or "/" in name or "\\" in name or ":" in name:
            return None
        data = self.fetch(name)
        return None if data is None else draw(data, self.by, min(room, WIDEST))


def draw(data: bytes, by: str, columns: int) -> str | None:
    """The sequence that shows a picture, no larger than it is; None if it is no picture."""
    cell = cell_size()
    image = _read(data, columns * cell[0], HIGHEST * cell[1])
    if image is None:
        return None
    wide, high = (max(-(-size // each), 1) for size, each in zip(image.size, cell, strict=True))
    if by == "sixel":
        from ankish.runtime.sixel import sixel

        return sixel(image)
    packed = base64.b64encode(_png(image)).decode()
    if by == "iterm2":
        size = f"width={wide};height={high};preserveAspectRatio=1"
        return f"\x1b]1337;File=inline=1;{size}:{packed}\x07"
    return "".join(_kitty(packed, wide, high))


def _kitty(packed: str, wide: int, high: int) -> Iterator[str]:
    """A PNG in pieces: shown at the cursor (a=T), and not answered (q=2)."""
    keys = f"a=T,f=100,q=2,c={wide},r={high},"
    for start in range(0, len(packed), CHUNK):
        more = int(start + CHUNK < len(packed))
        yield f"\x1b_G{keys}m={more};{packed[start : start + CHUNK]}\x1b\\"
        keys = ""


def _read(data: bytes, width: int, height: int) -> Image | None:
    """A picture that fits into so many pixels; None if it is none, or too large."""
    import io
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image = Image.open(io.BytesIO(data))
            if image.size[0] * image.size[1] > LARGEST:
                return None
            made = image.convert("RGBA")
    except Exception:  # there are as many kinds of broken files as there are formats
        return None
    made.thumbnail((width, height))
    return made


def _png(image: Image) -> bytes:
    import io

    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def cell_size() -> tuple[int, int]:
    """Width and height of a character in pixels, as the terminal says, else as is usual."""
    try:
        import fcntl
        import struct
        import sys
        import termios

        packed = fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
        lines, columns, width, height = struct.unpack("HHHH", packed)
        return (width // columns, height // lines) if width and height else CELL
    except (ImportError, OSError, ValueError, ZeroDivisionError):
        return CELL


def pictures_for(setting: str, invoke: Callable[[str, dict[str, str]], object]) -> Pictures | None:
    """What draws pictures on this terminal, with what sends an action; None if nothing can.

    To be asked only where the standard output is a terminal.
    """
    by = protocol(setting, os.environ)
    if by is None:
        return None
    known: dict[str, bytes | None] = {}

    def fetch(name: str) -> bytes | None:
        if name not in known:
            found = invoke("retrieveMediaFile", {"filename": name})
            known[name] = base64.b64decode(found) if isinstance(found, str) else None
        return known[name]

    return Pictures(by, fetch)
