"""Tips: one at the start, another with each `tip`."""

from __future__ import annotations

import random

TIPS = (
    "F1 helps on what is under the cursor; `keys` shows all keys.",
    "The bar tells what a line would do before you press Enter; F2 switches that off.",
    "`explain` before a line shows each request that it would send.",
    "`undo` takes back the last line that changed something, also tomorrow; `log` lists them.",
    "A line that begins with a blank is not kept in the history.",
    "`find tag:leech | show` shows question and answer of cards.",
    "`review deck:Spanish` studies in the terminal.",
    "Ctrl-R searches the history; Alt-Up goes to lines that begin as this one does.",
    "Alt-Enter begins a new line; a line that ends in | goes on by itself.",
    "`config expand on` shows rows one below the other; `config` shows all settings.",
    "`find deck:Spanish | where lapses > 4` filters by any column; Tab after where shows them.",
    "`find is:due | select Front, Back | save cards.csv` writes a file.",
    "Ctrl-C stops between two requests and tells what was done; twice stops at once.",
    "Ctrl-X Ctrl-E opens the line in your editor.",
    "`ankish doctor` on the command line says what works and what mends the rest.",
    "`ankish completions bash` prints completions for the command line itself.",
)


def tip() -> str:
    """One of them."""
    return f"tip: {random.choice(TIPS)}"
