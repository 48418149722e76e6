"""The import rule: what each part of ankish may know of.

    diagnostics ← syntax ← catalog ← analysis ← plan ← runtime ← shell ← cli

`anki` knows the diagnostics and the settings; runtime and what stands above reach it
through its protocol. Syntax knows of the settings where its cache is, the
catalog what they are called. Each library is known
in one place, so that it can be replaced.
Anything may be made of `data`, and nothing of `dataclasses`, which is slow to declare.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

STAGES = ("diagnostics", "syntax", "catalog", "analysis", "plan", "runtime")

MAY_IMPORT = {
    **{stage: set(STAGES[:at]) for at, stage in enumerate(STAGES)},
    "syntax": {"diagnostics", "settings"},
    "catalog": {"diagnostics", "syntax", "settings"},
    "data": set(),
    "settings": {"diagnostics", "configfile"},
    "configfile": {"diagnostics"},
    "configure": {"diagnostics", "settings", "configfile"},
    "anki": {"diagnostics", "settings"},
    "targets": {"settings", "anki"},
    "runtime": {*STAGES, "settings", "anki"},
    "shell": {*STAGES, "settings", "configure", "anki"},
    "tools": {*STAGES, "settings", "configure", "anki", "targets", "cli"},
    "agent": {*STAGES, "settings", "tools", "cli"},
    "editor": {*STAGES, "settings", "tools", "cli"},
    "api": {*STAGES, "settings", "targets"},
    "cli": {*STAGES, "settings", "anki", "targets", "shell", "tools", "agent", "editor"},
    "__main__": {"diagnostics", "cli"},
    "": {"api"},
}
"""The parts (packages, or modules of `ankish` itself) that a part may import besides itself."""

LIBRARIES = {
    "lark": "ankish.syntax",
    "httpx": "ankish.anki.far",
    "httptools": "ankish.anki.near",
    "prompt_toolkit": "ankish.shell",
    "anki": "ankish.anki.engine",
    "uvicorn": "ankish.anki.serve",
    "mcp": "ankish.agent.server",
    "pygls": "ankish.editor.server",
    "lsprotocol": "ankish.editor.server",
    "dataclasses": "ankish.data",
}
"""The one package or module that may import a library."""


def modules() -> dict[str, str]:
    """The source of every module, by name; a package's is that of its `__init__`."""
    found = {}
    for path in sorted((ROOT / "ankish").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


def imported(module: str, source: str, known: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The modules that a module imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                yield f"{module}: relative import", node.lineno
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in known else base, node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value, node.lineno


def part(module: str) -> str:
    """The part of ankish a module belongs to; "" is the package itself."""
    return module.removeprefix("ankish").lstrip(".").partition(".")[0]


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def broken(sources: Mapping[str, str]) -> list[str]:
    """What breaks the import rule in these modules, one line each."""
    found = [f"{name} is in no known part" for name in sources if part(name) not in MAY_IMPORT]
    for name, source in sources.items():
        allowed = MAY_IMPORT.get(part(name), set()) | {part(name), "", "data"}
        for target, line in imported(name, source, sources):
            home = LIBRARIES.get(target.partition(".")[0])
            outside = inside(target, "ankish") and part(target) not in allowed
            if outside or "relative" in target or (home and not inside(name, home)):
                found.append(f"{name}:{line} imports {target}")
    return found


def test_no_module_breaks_the_import_rule() -> None:
    sources = modules()
    assert {"ankish", "ankish.__main__", "ankish.diagnostics.model"} <= set(sources)
    assert not broken(sources), "\n".join(broken(sources))


@pytest.mark.parametrize(
    ("name", "source", "problem"),
    [
        ("ankish.syntax.x", "from ankish.catalog import model", "imports ankish.catalog"),
        ("ankish.syntax.x", "import ankish.plan.y", "imports ankish.plan.y"),
        ("ankish.diagnostics.x", "def f():\n    from ankish.syntax import y", "x:2 imports"),
        ("ankish.plan.x", "from ankish import runtime", "imports ankish.runtime"),
        ("ankish.anki.x", "from ankish.catalog.types import T", "imports ankish.catalog.types"),
        ("ankish.catalog.x", "from ankish.anki import http", "imports ankish.anki"),
        ("ankish.runtime.x", "import ankish.shell", "imports ankish.shell"),
        ("ankish.shell.x", "from ankish.cli import main", "imports ankish.cli"),
        ("ankish.plan.x", "import_module('ankish.shell')", "imports ankish.shell"),
        ("ankish.plan.x", "from . import y", "relative import"),
        ("ankish.plan.x", "import lark.exceptions", "imports lark.exceptions"),
        ("ankish.anki.client", "import httpx", "imports httpx"),
        ("ankish.anki.x", "from anki.collection import Collection", "imports anki.collection"),
        ("ankish.runtime.x", "import prompt_toolkit as p", "imports prompt_toolkit"),
        ("ankish.plan.x", "from dataclasses import dataclass", "imports dataclasses"),
        ("ankish.data", "import ankish.diagnostics", "imports ankish.diagnostics"),
        ("ankish.plans.x", "", "is in no known part"),
        ("ankish.stray", "", "is in no known part"),
    ],
)
def test_what_breaks_the_rule_is_found(name: str, source: str, problem: str) -> None:
    known = {"ankish.runtime": "", "ankish.catalog": "", "ankish.anki": "", name: source}
    (found,) = broken(known)
    assert problem in found


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("ankish.runtime.x", "from ankish.anki.client import Client\nimport ankish.plan"),
        ("ankish.anki.far", "import httpx"),
        ("ankish.plan.x", "from ankish.data import dataclass"),
        ("ankish.anki.engine.x", "import anki.collection"),
        ("ankish.cli", "def f():\n    import ankish.shell.loop"),
        ("ankish.analysis.x", "from ankish import __version__"),
        ("ankish.syntax.x", "import lark"),
    ],
)
def test_what_keeps_the_rule_passes(name: str, source: str) -> None:
    assert broken({"ankish": "", name: source}) == []
