"""Lines about the journal: `undo`, `redo`, `log`, `resume`. They are no programs themselves."""

from __future__ import annotations

import re

from ankish.data import dataclass
from ankish.diagnostics.kinds import journal as kinds

WORDS = {
    "undo": "undo, undo 3 (the latest three) or undo r12; --force overwrites later changes",
    "redo": "redo, redo 3 or redo r12; --force overwrites later changes",
    "log": "log, log 50, log r12 or log r12 --diff; --all shows everything",
    "resume": "resume, or resume r12",
}
"""How each is called."""

OPTIONS = {"undo": {"force"}, "redo": {"force"}, "log": {"diff", "all"}, "resume": set[str]()}

_LINE = re.compile(
    r"(?:\s|#[^\n]*\n)*(undo|redo|log|resume)(?![\w:=.(-])([^\n;|{}]*?)[\s;]*(?:#[^\n]*)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked for: **run** is a name such as `r12`, **count** a number of runs."""

    word: str
    run: str | None = None
    count: int | None = None
    options: frozenset[str] = frozenset()


def journal_line(text: str) -> Line | None:
    """The line, if the text is one about the journal and nothing else.

    Raises `AnkishError` (`journal::usage`) if it is one that can't be understood.
    """
    match = _LINE.match(text)
    if match is None:
        return None
    import shlex

    word, run, count = match[1], None, None
    options = set()
    try:
        given = shlex.split(match[2])
    except ValueError:
        given = [match[2].strip()]
    for each in given:
        if each.startswith("--") and each[2:] in OPTIONS[word]:
            options.add(each[2:])
        elif re.fullmatch(r"r\d+", each) and not (run or count):
            run = each
        elif re.fullmatch(r"[1-9]\d{0,5}", each) and word != "resume" and not (run or count):
            count = int(each)
        else:
            raise kinds.USAGE.error(word=word, given=each, usage=WORDS[word])
    return Line(word, run, count, frozenset(options))
