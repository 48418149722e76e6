"""What may not stand in the repository: unfinished work, paths of a machine, huge modules."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Each pattern is written so that this file does not hold what it finds.
FORBIDDEN = [
    re.compile(r"(?<![\w.~-])/(wor[k]|far[m]|roo[t])(/|\b)"),
    re.compile(r"\bshared[/]|\bbrief\.m[d]\b|\bjobs\.m[d]\b"),
    re.compile(r"--(extra-)?index-ur[l]|--trusted-hos[t]"),
]
"""In any file."""

FORBIDDEN_OF_US = [
    *FORBIDDEN,
    re.compile(r"\b(TO[D]O|FI[X]ME|X[X]X|HA[C]K|W[I]P)\b"),
    re.compile(r"\b(for n[o]w|not yet implemente[d]|simplifie[d] version)\b", re.IGNORECASE),
    re.compile(r"\bNotImplemente[d]Error\b"),
    re.compile(r"(?<![\w.~-])/(tm[p]|hom[e]|User[s])(/|\b)"),
    re.compile(r"\b[A-Z]:\\+User[s]\b"),
]
"""In what the project itself says."""

DATA = ("tests/data/",)
"""What others say: recordings."""

LONGEST = {"ankish/": 400, "": 450}
"""Lines of a module. What is longer needs a map; only tables of declarations may be."""

TABLES = ("ankish/catalog/", "ankish/diagnostics/kinds/", "tests/data/")


def files() -> list[Path]:
    """What is in the repository, or would be with the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def found(text: str, patterns: list[re.Pattern[str]]) -> Iterator[tuple[int, str]]:
    """The lines of a text with forbidden words, with the first of them."""
    for number, line in enumerate(text.splitlines(), 1):
        match = next(filter(None, (pattern.search(line) for pattern in patterns)), None)
        if match:
            yield number, match.group()


def test_no_forbidden_words() -> None:
    paths = files()
    assert ROOT / "pyproject.toml" in paths
    bad = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a sound
        name = path.relative_to(ROOT).as_posix()
        patterns = FORBIDDEN if name.startswith(DATA) else FORBIDDEN_OF_US
        bad += [f"{name}: {word}" for _, word in found(name, patterns)]
        bad += [f"{name}:{line}: {word}" for line, word in found(text, patterns)]
    assert not bad, "\n".join(bad)


def test_no_module_is_too_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in files()
        if path.suffix == ".py"
    }
    assert "tests/test_words.py" in lengths
    long = {
        name: lines
        for name, lines in lengths.items()
        if lines > next(most for start, most in LONGEST.items() if name.startswith(start))
        and not name.startswith(TABLES)
    }
    assert long == {}


@pytest.mark.parametrize(
    "line",
    [
        "# TO" + "DO: later",
        "x = 1  # FI" + "XME",
        "good enough for n" + "ow",
        "raise NotImplemente" + "dError",
        "see /wor" + "k/main/x.py",
        "open('/tm" + "p/x')",
        "'/hom" + "e/me/x'",
        "cd /roo" + "t",
        "C:\\User" + "s\\me",
        "see shared" + "/language.md",
        "pip install --index-ur" + "l=x",
    ],
)
def test_what_is_forbidden_is_found(line: str) -> None:
    assert len(list(found(line, FORBIDDEN_OF_US))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "find tag:todo | count",
        "https://example.org/work/x",
        "./root/x and ~/home/x and /data/x",
        "the work/life deck, /homework",
        "\\u{XXXX}",
        "a shared deck",
    ],
)
def test_what_is_allowed_passes(line: str) -> None:
    assert list(found(line, FORBIDDEN_OF_US)) == []
