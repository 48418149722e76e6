"""Makes `docs/session.svg`, the picture of a real session: `python -m docs.picture`.

The shell runs in a terminal on the sample collection, and its screen is drawn.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.support.shots import svg
from tests.support.terminal import Terminal

HERE = Path(__file__).parent


def main() -> None:
    """Run the session and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "config").mkdir()
        (Path(folder) / "config" / "config.toml").write_text("tips = false\n")
        with Terminal("--demo", home=Path(folder), columns=96, lines=26) as terminal:
            terminal.wait("ankish>")
            terminal.loaded()
            terminal.enter(
                "find deck:Spanish | where lapses > 6 | first 5 | select Front, lapses, ease"
            )
            terminal.wait("requests ·")
            terminal.enter("find tag:leech | addTags difficult")
            terminal.wait("addTags: ")
            terminal.enter("undo")
            terminal.settle(1)
            terminal.type("find tag:leech deck:Jap")
            terminal.wait("Japanese::N3")
            terminal.settle(1)
            (HERE / "session.svg").write_text(svg(terminal), encoding="utf-8")


if __name__ == "__main__":
    main()
