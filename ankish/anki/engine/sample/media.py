"""The media of the sample collection: small files, made here, all of them valid.

Recordings are tones, pictures are stripes; nothing is anyone's work.
"""

from __future__ import annotations

import re
import struct
import zlib

from ankish.anki.engine.sample.notes import Note

UNATTACHED = 25
"""So many words of Japanese::N3 have a recording in the media folder that their notes
do not name: the file is called like the word."""

UNUSED = ("old-recording.wav", "old-diagram.png")
"""Files that nothing uses and that belong to no note."""

MISSING = frozenset({"inu-old.wav", "map-asia.png"})
"""Files that a note names and that do not exist."""

KEPT = "_paper.svg"
"""Used by a note type's styling only; Anki never counts a leading underscore as unused."""

FLAGS = {
    "france": "| 0055a4 ffffff ef4135",
    "italy": "| 009246 ffffff ce2b37",
    "ireland": "| 169b62 ffffff ff883e",
    "belgium": "| 000000 fae042 ed2939",
    "romania": "| 002b7f fcd116 ce1126",
    "germany": "- 000000 dd0000 ffce00",
    "hungary": "- ce2939 ffffff 477050",
    "austria": "- ed2939 ffffff ed2939",
    "ukraine": "- 0057b7 ffd700",
    "poland": "- ffffff dc143c",
}
"""Upright (|) or level (-) stripes and their colours."""

JAPAN = b"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">
<rect width="90" height="60" fill="#fff"/><circle cx="45" cy="30" r="18" fill="#bc002d"/>
</svg>
"""
PAPER = b"""<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">
<rect width="8" height="8" fill="#fffdf5"/><path d="M0 8L8 0" stroke="#f5f0e0"/>
</svg>
"""


def references(note: Note) -> list[str]:
    """The files that a note's fields name, in their order."""
    found = re.findall(r'\[sound:(.*?)\]|<img src="(.*?)">', " ".join(note.fields))
    return [sound or image for sound, image in found]


def unattached(notes: list[Note]) -> list[str]:
    """The recordings that exist for words whose notes do not name them."""
    words = [n.fields[0] for n in notes if n.deck == "Japanese::N3" and n.model == "Vocabulary"]
    return [f"{word}.wav" for word in words[:UNATTACHED]]


def media_files(notes: list[Note]) -> dict[str, bytes]:
    """Every file of the media folder by name, with its content."""
    named = [name for note in notes for name in references(note) if name not in MISSING]
    names = dict.fromkeys([*named, *unattached(notes), *UNUSED, KEPT])
    return {name: _content(name, index) for index, name in enumerate(names)}


def _content(name: str, index: int) -> bytes:
    if name == KEPT:
        return PAPER
    if name == "flag-japan.svg":
        return JAPAN
    if name.endswith(".wav"):
        return _tone(period=16 + index)
    country = name.removeprefix("flag-").removesuffix(".png")
    return _stripes(FLAGS.get(country, "- 888888 bbbbbb"))


def _tone(period: int, samples: int = 800) -> bytes:
    """A tenth of a second of a square wave: 8000 samples a second of 8 bits, one channel."""
    wave = (b"\x70" * (period // 2) + b"\x90" * (period - period // 2)) * (samples // period + 1)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    data = struct.pack("<4sI", b"data", samples) + wave[:samples]
    return struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(data), b"WAVE") + form + data


def _stripes(flag: str, width: int = 36, height: int = 24) -> bytes:
    """A PNG of three or two stripes. Stored, not compressed: the same bytes everywhere."""
    direction, *colours = flag.split()
    count = len(colours)
    if direction == "|":
        rows = [bytes(x * count // width for x in range(width))] * height
    else:
        rows = [bytes([y * count // height]) * width for y in range(height)]
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 0)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = bytes.fromhex("".join(colours))
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
