"""Runs the benchmarks that are named, or all, and writes what they find into RESULTS.md.

python -m bench             # all
python -m bench startup     # one; what RESULTS.md says of the others stays
python -m bench bulk startup --url http://127.0.0.1:8765    # against a real AnkiConnect

With `--url`, `bulk` makes notes, decks and files of its own in the collection that is open there,
and deletes them in the end; `startup` only asks for the version. What is found stands under a
heading of its own. The other benchmarks measure nothing that another Anki would change.
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bench import machine
from bench.table import Table

AGAINST = ("bulk", "startup")
"""The benchmarks that can be run against a real AnkiConnect."""

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"

HEAD = """\
# Results of the benchmarks

Written by `python -m bench`. The competitors of a table ran in turns, in one run on one machine.
"""


def main(names: list[str]) -> int:
    """Run the benchmarks of these names; the exit status."""
    url = None
    if "--url" in names:
        at = names.index("--url")
        url, names = names[at + 1], [*names[:at], *names[at + 2 :]]
        names = names or [*AGAINST]
        machine.URL = url
    modules = [each.name for each in pkgutil.iter_modules([str(HERE)]) if each.name != "__main__"]
    chosen = {name: bench(name) for name in names or modules if name in modules}
    unknown = [name for name in names if chosen.get(name) is None]
    if url is not None:
        unknown += [name for name in names if name not in AGAINST]
    if unknown:
        known = ", ".join(name for name in modules if bench(name))
        print(f"no benchmark: {', '.join(unknown)}; there are: {known}", file=sys.stderr)
        return 2
    sections = read_sections()
    for name, run in chosen.items():
        if run is None:
            continue
        print(f"== {name}", flush=True)
        table = run()
        print(table.text(), flush=True)
        heading = name if url is None else f"{name}-url"
        sections[heading] = f"{machine.machine()}\n\n{table.markdown()}"
        body = "".join(f"\n## {each}\n\n{sections[each]}\n" for each in sorted(sections))
        RESULTS.write_text(HEAD + body, encoding="utf-8")
    return 0


def bench(name: str) -> Callable[[], Table] | None:
    """What runs the benchmark of a module; None if it is not one. Only what is run is imported."""
    return getattr(import_module(f"bench.{name}"), "run", None)


def read_sections() -> dict[str, str]:
    """What RESULTS.md says of each benchmark, by its name."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    _, *parts = re.split(r"^## (\S+)\n", text, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
