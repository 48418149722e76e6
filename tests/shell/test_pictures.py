"""Pictures on cards: by the terminal's own protocol where it has one, by name where it has none."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from ankish.runtime.faces import face
from ankish.runtime.pictures import HIGHEST, LARGEST, Pictures, draw, protocol
from tests.support.terminal import ROOT, Terminal

Start = Callable[..., Terminal]

KITTY = re.compile(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\")
ITERM = re.compile(r"\x1b\]1337;File=([^:]*):([^\x07]*)\x07")


def picture(width: int, height: int, kind: str = "PNG", colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def opened(packed: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(packed)))


@pytest.mark.parametrize(
    ("environment", "by"),
    [
        ({"TERM": "xterm-256color"}, None),
        ({}, None),
        ({"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM_PROGRAM": "iTerm.app"}, "iterm2"),
        ({"LC_TERMINAL": "iTerm2"}, "iterm2"),
        ({"TERM_PROGRAM": "WezTerm"}, "iterm2"),
        ({"KONSOLE_VERSION": "230401"}, "iterm2"),
        ({"KONSOLE_VERSION": "210401"}, None),
        ({"TERM": "foot-extra"}, "sixel"),
        ({"KITTY_WINDOW_ID": "1", "TMUX": "socket,1,0"}, None),
        ({"KITTY_WINDOW_ID": "1", "TERM": "screen-256color"}, None),
        ({"KITTY_WINDOW_ID": "1", "TERM": "dumb"}, None),
        ({"TERM_PROGRAM": "Apple_Terminal"}, None),
    ],
)
def test_what_a_terminal_is_known_for(environment: dict[str, str], by: str | None) -> None:
    assert protocol("auto", environment) == by
    assert protocol("off", environment) is None
    assert protocol("sixel", environment) == "sixel"


def test_kitty_gets_it_in_pieces_and_does_not_answer() -> None:
    noise = Image.effect_noise((300, 200), 90)
    out = io.BytesIO()
    noise.save(out, "JPEG")
    sent = KITTY.findall(draw(out.getvalue(), "kitty", 60) or "")
    assert len(sent) > 2
    assert sent[0][0] == "a=T,f=100,q=2,c=30,r=10,m=1"
    assert [keys for keys, _ in sent[1:]] == ["m=1"] * (len(sent) - 2) + ["m=0"]
    assert all(len(piece) <= 4096 for _, piece in sent)
    assert opened("".join(piece for _, piece in sent)).size == (300, 200)


def test_a_large_one_is_made_to_fit_and_a_small_one_stays() -> None:
    (large,) = ITERM.findall(draw(picture(4000, 1000, "JPEG"), "iterm2", 40) or "")
    assert large[0] == "inline=1;width=40;height=5;preserveAspectRatio=1"
    assert opened(large[1]).size == (400, 100)
    (high,) = ITERM.findall(draw(picture(100, 4000), "iterm2", 40) or "")
    assert f"height={HIGHEST};" in high[0]
    (small,) = ITERM.findall(draw(picture(8, 8), "iterm2", 40) or "")
    assert opened(small[1]).size == (8, 8)


def test_sixels_say_which_pixels_have_which_colour() -> None:
    image = Image.new("RGBA", (4, 7), (0, 0, 0, 0))
    image.putpixel((1, 0), (255, 0, 0, 255))
    image.putpixel((1, 6), (255, 0, 0, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    sent = draw(out.getvalue(), "sixel", 40) or ""
    (number,) = re.findall(r"#(\d+);2;100;0;0", sent)
    assert sent.startswith('\x1bP0;1q"1;1;4;7') and sent.endswith("\x1b\\")
    assert f"#{number}?@??-#{number}?@??" in sent  # a column in, the topmost line of each band


def test_what_is_no_picture_or_too_large_is_told_by_name() -> None:
    for data in (b"", b"nonsense", b"<svg onload=alert(1)/>", picture(9, 9)[:40]):
        assert draw(data, "kitty", 40) is None
    bomb = io.BytesIO()
    Image.new("1", (LARGEST // 1000 + 1000, 1000)).save(bomb, "PNG")
    assert draw(bomb.getvalue(), "kitty", 40) is None


@pytest.mark.parametrize(
    "source",
    [
        "http://127.0.0.1/a.png",
        "../a.png",
        "/etc/passwd",
        "%2Fetc%2Fpasswd",
        "a\\b.png",
        "data:,x",
        "",
    ],
)
def test_only_files_of_the_collection_are_asked_for(source: str) -> None:
    asked: list[str] = []

    def fetch(name: str) -> None:
        asked.append(name)

    assert Pictures("kitty", fetch).drawn(source, 40) is None
    assert asked == []


def test_a_picture_stands_in_a_line_of_its_own_and_nothing_can_pretend_to_be_one() -> None:
    lines = face('a<img src="x.png">b\x01\x1b_Gx', True, 20, lambda source, room: "PICTURE")
    assert lines == ["a", "PICTURE", "b␁␛_Gx"]


def test_a_card_in_a_terminal_that_shows_pictures(start: Start) -> None:
    shell = start(env={"TERM_PROGRAM": "iTerm.app"})
    shell.loaded()
    shell.enter("find flag-france.png | show")
    shell.wait("France")
    ((about, packed),) = ITERM.findall(shell.raw)
    assert about.startswith("inline=1;")
    assert opened(packed).size == (36, 24)
    assert "[image:" not in shell.text
    shell.enter("config images off")
    shell.settle(0.3)
    shell.enter("find flag-france.png | show")
    shell.wait("[image: flag-france.png]")
    assert len(ITERM.findall(shell.raw)) == 1


def test_nothing_of_it_in_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ankish", "--demo", "-c", "find flag-france.png | show"],
        env={"PYTHONPATH": str(ROOT), "ANKISH_HOME": str(tmp_path), "KITTY_WINDOW_ID": "1"},
        capture_output=True,
        check=True,
    )
    assert b"[image: flag-france.png]" in done.stdout
    assert b"\x1b" not in done.stdout
