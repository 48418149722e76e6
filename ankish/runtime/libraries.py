"""The files that a program uses: read, parsed, and laid end to end as one text.

Offsets go on from one file to the next, so that a span alone tells which file it is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ankish.catalog.prelude import PRELUDE
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import use as kinds
from ankish.diagnostics.model import Diagnostic, Severity, Source
from ankish.syntax import tree as t
from ankish.syntax.parser import Parsed, parse

VERB = re.compile(r"(?:^|[|{(;=])\s*([^\W\d]\w*)(?![\w:=(-])", re.MULTILINE)
"""A word where a command can stand. It need not be one: at worst the prelude is read in vain."""


@dataclass(frozen=True)
class Sources:
    """A program and the files it uses. `parts` are the files, with where each begins."""

    program: Parsed
    whole: Source
    parts: tuple[tuple[int, Source], ...]
    used: dict[str, t.Program]
    """What `use` brings in, by the path as it is written."""
    known: tuple[t.Program, ...]
    """Whose macros are there without `use`: the prelude's, and those of earlier programs."""
    problems: tuple[Diagnostic, ...]

    def placed(self, problem: Diagnostic) -> Diagnostic:
        """The same message, at its place in the file that it is about."""
        span = problem.span
        if problem.source not in (None, self.whole) or span is None:
            return problem.within(self.parts[0][1])
        start, source = next(part for part in reversed(self.parts) if part[0] <= span.start)
        labels = tuple(
            replace(label, span=label.span.shift(-start))
            for label in problem.labels
            if start <= label.span.start <= start + len(source.text)
        )
        fix = problem.fix and replace(problem.fix, span=problem.fix.span.shift(-start))
        return replace(problem, labels=labels, fix=fix, source=source)


def load(source: Source, earlier: Sequence[Source] = ()) -> Sources:
    """Read a program and all that it uses; `earlier` programs lend their macros."""
    return _Loading(source, earlier).run()


class _Loading:
    """Reads files one by one."""

    def __init__(self, source: Source, earlier: Sequence[Source]) -> None:
        self.earlier = earlier
        self.source = source
        self.text = source.text
        self.parts: list[tuple[int, Source]] = [(0, source)]
        self.used: dict[str, t.Program] = {}
        self.problems: list[Diagnostic] = []
        self.open: list[Path] = []

    def run(self) -> Sources:
        """The program with all its files."""
        program = parse(self.source)
        folder = Path(self.source.name).parent if Path(self.source.name).is_file() else Path()
        self.read_used(program.program, folder)
        known = [self.parsed(each).program for each in self.earlier]
        if verbs := PRELUDE.intersection(VERB.findall(self.text)):
            text = prelude_file().read_text(encoding="utf-8")
            prelude = self.parsed(Source("prelude.ank", text)).program
            wanted = (n for n in prelude.statements if isinstance(n, t.Macro) and n.name in verbs)
            known.append(replace(prelude, statements=tuple(wanted)))
        whole = Source(self.source.name, self.text)
        return Sources(
            program, whole, tuple(self.parts), self.used, tuple(known), tuple(self.problems)
        )

    def read_used(self, program: t.Program, folder: Path) -> None:
        """Read what the `use` lines of a file name."""
        for statement in program.statements:
            if isinstance(statement, t.Use):
                self.read(statement.path, folder)

    def read(self, node: t.Expression, folder: Path) -> None:
        """Read one file, and those it uses itself."""
        name = node.plain if isinstance(node, t.String) else getattr(node, "text", None)
        if name is None:
            self.problems.append(kinds.COMPUTED(node.span))
            return
        path = (folder / name).resolve()
        if path in self.open:
            self.problems.append(kinds.CIRCLE(node.span, path=name))
            return
        if name in self.used:
            return
        try:
            text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not a text in UTF-8"
            self.problems.append(kinds.UNREADABLE(node.span, path=name, reason=reason))
            return
        self.open.append(path)
        parsed = self.parsed(Source(name, text))
        if any(problem.severity is Severity.ERROR for problem in parsed.diagnostics):
            self.problems.append(kinds.MISTAKES(node.span, path=name))
        else:
            self.used[name] = parsed.program
            self.read_used(parsed.program, path.parent)
        self.open.pop()

    def parsed(self, source: Source) -> Parsed:
        """A file's tree, its offsets going on where the text so far ends."""
        start = len(self.text) + 1
        self.text += "\n" + source.text
        self.parts.append((start, source))
        return parse(Source(source.name, " " * start + source.text))


def macros_of(sources: Sources) -> list[Source]:
    """The macros that a program declares or uses, each as a text of its own."""
    programs = [sources.program.program, *sources.used.values()]
    return [
        Source(node.name, sources.whole.text[node.span.start : node.span.end])
        for program in programs
        for node in program.statements
        if isinstance(node, t.Macro)
    ]


def prelude_file() -> Path:
    """Where the prelude is: in the installed package, or in the checkout beside it."""
    package = Path(__file__).parents[1]
    installed = package / "scripts"
    folder = installed if installed.is_dir() else package.parent / "scripts"
    return folder / "prelude.ank"
