"""A shell in a terminal, on the sample collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ankish.settings import cache_dir
from ankish.syntax.reading import grammar
from ankish.syntax.search import parse_search
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


@pytest.fixture(scope="session")
def parsers() -> Path:
    """The folder in which the parsers are kept. To make them takes longer than most tests."""
    parse_search([])
    grammar()
    return cache_dir()


@pytest.fixture
def start(tmp_path: Path, parsers: Path) -> Iterator[Start]:
    """Starts a shell in a terminal; all of them in a test share ankish's folder."""
    (tmp_path / "cache").symlink_to(parsers)
    with ExitStack() as stack:

        def started(*arguments: str, **options: object) -> Terminal:
            given = arguments or ("--demo",)
            terminal = stack.enter_context(Terminal(*given, home=tmp_path, **options))  # type: ignore[arg-type]
            terminal.wait("ankish>")
            return terminal

        yield started


@pytest.fixture
def shell(start: Start) -> Terminal:
    """A shell on the sample collection, all loaded."""
    terminal = start()
    terminal.loaded()
    return terminal
