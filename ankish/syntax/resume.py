"""Where reading can go on after a mistake."""

from __future__ import annotations

import re

from ankish.syntax.lexing import first_in_line, width

SKIPPED = re.compile(
    r'''
    """ (?: [^"\\] | \\. | "(?!"") )* """
    | \'{3} (?: [^'] | '(?!\'\') )* \'{3}
    | " (?: [^"\\\n] | \\[^\n] )* "
    | ' [^'\n]* '
    | \# [^\n]*
    | (?P<line> \n [ \t]* (?=[^\s\#]) )
    | (?P<opening> [(\[{] )
    | (?P<closing> [)\]}] )
    ''',
    re.DOTALL | re.VERBOSE,
)
"""What matters on the way to the next statement: strings and comments are passed over."""

REACH = 50_000
"""How many characters are looked through; what is further away counts as not there."""

GOES_ON = re.compile(r"[|)\];,]|(?:else|catch)(?![\w-])")


def next_statement(text: str, start: int, at: int, opened: int, nested: bool) -> int | None:
    """Where the statement after the one with a mistake begins.

    It begins a line that is indented no deeper and lies outside of the brackets that the
    first one has opened; if all lines lie inside, one of them is not closed, and they
    don't count.

    `start` is where the first statement begins, `at` its mistake, `opened` how many brackets
    it has opened before. If it is `nested` in a block, the block's `}` is found too. The
    result is an offset, or None if nothing follows.
    """
    margin = width(text, start)
    inside: int | None = None
    for match in SKIPPED.finditer(text, at, at + REACH):
        if match["opening"]:
            opened += 1
        elif match["closing"]:
            at = match.start()
            if match[0] == "}" and nested and opened == 0 and first_in_line(text, at):
                return at
            opened = max(opened - 1, 0)
        elif match["line"] is not None:
            begins = match.end()
            if len(match["line"][1:].expandtabs(4)) > margin or GOES_ON.match(text, begins):
                continue
            if text[begins] == "}":
                continue
            if opened == 0:
                return begins
            inside = begins if inside is None else inside
    return inside


def closes(text: str, at: int, bracket: str) -> bool:
    """Whether the first closing bracket after an offset that nothing there opens is this one."""
    opened = 0
    for match in SKIPPED.finditer(text, at, at + REACH):
        if match["opening"]:
            opened += 1
        elif match["closing"] and opened:
            opened -= 1
        elif match["closing"]:
            return match[0] == bracket
    return False
