"""The files that a program uses: read, parsed, and laid end to end as one text.

Offsets go on from one file to the next, so that a span alone tells which file it is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ankish.analysis.reach import NONE, Limits, of_steps
from ankish.analysis.script import script_doc
from ankish.analysis.testing import as_called, as_program, tests_of, without_tests
from ankish.catalog.builtins import ROW_VERBS
from ankish.catalog.commands import COMMANDS
from ankish.catalog.prelude import PRELUDE
from ankish.data import dataclass, replace
from ankish.diagnostics.kinds import use as kinds
from ankish.diagnostics.model import Diagnostic, Label, Severity, Source
from ankish.diagnostics.text import one_line
from ankish.runtime.mymacros import my_macros
from ankish.runtime.shipped import PRELUDE as PRELUDE_NAME
from ankish.runtime.shipped import folder, scripts
from ankish.syntax import tree as t
from ankish.syntax.habits import STATEMENTS
from ankish.syntax.parser import Parsed, parse

VERB = re.compile(r"(?:^[ \t]*|[|{(;=]\s*)([^\W\d]\w*(?:-\w+)*)(?![\w:=(-])", re.MULTILINE)
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
    tests: tuple[t.Test, ...]
    """The program's tests, which it does without when it runs."""
    whole_program: t.Program

    def testing(self, test: t.Test) -> Sources:
        """A test as the program that is run."""
        program = as_program(self.whole_program, test)
        return replace(self, program=replace(self.program, program=program))

    def placed(self, problem: Diagnostic) -> Diagnostic:
        """The same message, at its place in the file that it is about."""
        span = problem.span
        if problem.source not in (None, self.whole) or span is None:
            return problem.within(self.parts[0][1])
        start, source = self._part(span.start)
        labels: list[Label] = []
        notes = list(problem.notes)
        for label in problem.labels:
            if start <= label.span.start <= start + len(source.text):
                labels.append(replace(label, span=label.span.shift(-start)))
            else:
                notes.append(self._elsewhere(label))
        fix = problem.fix and replace(problem.fix, span=problem.fix.span.shift(-start))
        return replace(problem, labels=tuple(labels), notes=tuple(notes), fix=fix, source=source)

    def _part(self, at: int) -> tuple[int, Source]:
        """The file that a place of the whole is in, and where it begins."""
        return next(part for part in reversed(self.parts) if part[0] <= at)

    def _elsewhere(self, label: Label) -> str:
        """A place in another file than the one that the message is about."""
        start, source = self._part(label.span.start)
        line, column = source.position(label.span.start - start)
        code = one_line(source.text[label.span.start - start : label.span.end - start])
        return kinds.IN_MACRO(place=f"{source.name}:{line}:{column}", code=code).message


def load(source: Source, earlier: Sequence[Source] = (), limits: Limits = NONE) -> Sources:
    """Read a program and all that it uses; `earlier` programs lend their macros.

    Where `limits` forbid files, a program uses none but those that ship with ankish.
    """
    return _Loading(source, earlier, limits).run()


class _Loading:
    """Reads files one by one."""

    def __init__(self, source: Source, earlier: Sequence[Source], limits: Limits) -> None:
        self.earlier = earlier
        self.limits = limits
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
        known = [*self.own(), *(self.parsed(each).program for each in self.earlier)]
        if verbs := PRELUDE.intersection(VERB.findall(self.text)):
            text = prelude_file().read_text(encoding="utf-8")
            prelude = self.parsed(Source("prelude.ank", text)).program
            wanted = (n for n in prelude.statements if isinstance(n, t.Macro) and n.name in verbs)
            known.insert(0, replace(prelude, statements=tuple(wanted)))
        return Sources(
            replace(program, program=without_tests(program.program)),
            Source(self.source.name, self.text),
            tuple(self.parts),
            self.used,
            tuple(known),
            tuple(self.problems),
            tuple(tests_of(program.program)),
            program.program,
        )

    def own(self) -> list[t.Program]:
        """The user's own macros and the scripts that are named, those that others use first."""
        found, read = list[t.Program](), set[str]()

        def add(text: str) -> None:
            for name in _called_in(text) - read:
                macro = my_macros().get(name)
                file = macro or scripts().get(name)
                if file is None:
                    continue
                read.add(name)
                own = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
                add(own)
                program = self.parsed(Source(file.name, own)).program
                found.append(program if macro else self.called(name, program, file))

        add(self.text)
        return found

    def called(self, name: str, program: t.Program, path: Path) -> t.Program:
        """A script as a program with a macro of its name, which runs it."""
        self.read_used(program, path.parent)
        doc = script_doc(program, Source(name, self.text))
        return replace(program, statements=(as_called(name, program, doc),))

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
        if not _ships(path) and (problems := list(of_steps("use", self.limits, node.span))):
            self.problems += problems
            return
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


def _called_in(text: str) -> set[str]:
    """What may be called in a text that neither the language nor the catalog has."""
    words = {word for word in VERB.findall(text) if word not in COMMANDS}
    return words - ROW_VERBS.keys() - STATEMENTS - PRELUDE


def callable_names() -> set[str]:
    """The macros and scripts that every program can call: ankish's and the user's."""
    return {*PRELUDE, *my_macros(), *scripts()}


def macros_of(sources: Sources) -> list[Source]:
    """The macros that a program declares or uses, each as a text of its own."""
    programs = [sources.program.program, *sources.used.values()]
    return [
        Source(node.name, sources.whole.text[node.span.start : node.span.end])
        for program in programs
        for node in program.statements
        if isinstance(node, t.Macro)
    ]


def _ships(path: Path) -> bool:
    """Whether a file is one of those that come with ankish."""
    return folder().resolve() in path.parents


def prelude_file() -> Path:
    """Where the prelude is."""
    return folder() / f"{PRELUDE_NAME}.ank"
