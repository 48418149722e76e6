"""Runs the benchmarks that are named, or all, and writes what they find into RESULTS.md.

python -m bench             # all
python -m bench startup     # one; what RESULTS.md says of the others stays
"""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bench.machine import machine
from bench.table import Table

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"

HEAD = """\
# Results of the benchmarks

Written by `python -m bench`. The competitors of a table ran in turns, in one run on one machine.
"""


def main(names: list[str]) -> int:
    """Run the benchmarks of these names; the exit status."""
    known = benches()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"there are: {', '.join(known)}; not: {', '.join(unknown)}", file=sys.stderr)
        return 2
    sections = read_sections()
    for name in names or known:
        print(f"== {name}", flush=True)
        table = known[name]()
        print(table.text(), flush=True)
        sections[name] = f"{machine()}\n\n{table.markdown()}"
        body = "".join(f"\n## {each}\n\n{sections[each]}\n" for each in sorted(sections))
        RESULTS.write_text(HEAD + body, encoding="utf-8")
    return 0


def benches() -> dict[str, Callable[[], Table]]:
    """The function of each benchmark, by its name."""
    modules = {
        each.name: import_module(f"bench.{each.name}")
        for each in pkgutil.iter_modules([str(HERE)])
        if each.name != "__main__"
    }
    return {name: module.run for name, module in modules.items() if hasattr(module, "run")}


def read_sections() -> dict[str, str]:
    """What RESULTS.md says of each benchmark, by its name."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    _, *parts = re.split(r"^## (\S+)\n", text, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
