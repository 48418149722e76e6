"""Golden screens: eleven sessions, in 80 and 120 columns, with the dark and the light theme.

All are had in one shell, one after the other, with the screen cleared between them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Goldens
from tests.support.day import as_kept
from tests.support.shots import looks
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]

SESSIONS = (
    ("table", "find deck:Spanish | where lapses > 6 | select Front, lapses", True, "tres y media"),
    ("preview", "find tag:leech | suspend", False, "25 cards · 2 requests"),
    ("loss", "find tag:leech | deleteNotes", False, "14 notes · 2 requests"),
    ("menu", "find deck:Jap", False, "0 cards · 2 requests"),
    ("search", "find is:su", False, "cards taken out of study"),
    ("signature", "find x | changeDeck ", False, "the deck that they"),
    ("mistake", "find deck:Inbox | changeDek Spanish", True, "similar name exists"),
    ("warning", "find deck:Spansh | count", True, "\n0\n"),
    ("card", "find note:Cloze Danube | show", True, "Europe"),
    ("chart", "intervals", True, "on average"),
    ("lines", "if 1 < 2 {", True, "      |"),
)
"""Name, what is typed, whether it is run, and what is waited for."""


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("columns", [80, 120])
def test_screens(start: Start, tmp_path: Path, golden: Goldens, columns: int, theme: str) -> None:
    (tmp_path / "config").mkdir()
    settings = f'theme = "{theme}"\ntips = false\ntiming = false\n'
    (tmp_path / "config" / "config.toml").write_text(settings)
    shell = start(columns=columns, lines=20, env={"COLORTERM": "truecolor"})
    shell.loaded()
    shell.wait("121 due")
    seen = []
    for name, text, run, wanted in SESSIONS:
        shell.press("ctrl-l")
        shell.wait(lambda screen: screen.startswith("ankish>"))
        shell.type(text)
        if run:
            shell.wait(text[:60])
            shell.settle(0.3)
            shell.press("enter")
        shell.wait(wanted)
        shell.settle(0.4)
        seen.append(f"==== {name}\n{looks(shell)}")
        shell.press("ctrl-c")
        shell.settle(0.1)
    golden(f"screens/{columns}-{theme}", as_kept("\n".join(seen)))
