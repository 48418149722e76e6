"""Where reading can go on after a mistake."""

from __future__ import annotations

import re

SKIPPED = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^']|'(?!\'\'))*\'\'\'|"(?:\\.|[^"\\\n])*"|'[^'\n]*' '''
    r"""|\#[^\n]*|(?P<line>\n[ \t]*(?=[^\s\#]))|(?P<opening>[(\[{])|(?P<closing>[)\]}])""",
    re.DOTALL | re.VERBOSE,
)
"""What matters on the way to the next statement: strings and comments are passed over."""

GOES_ON = re.compile(r"[|)\];,]|(?:else|catch)(?![\w-])")


def width(text: str, at: int) -> int:
    """How far the line of an offset is indented."""
    line = text.rfind("\n", 0, at) + 1
    indented = re.compile(r"[ \t]*").match(text, line)
    return len(indented[0].expandtabs(4)) if indented else 0


def next_statement(text: str, start: int, at: int, opened: int, nested: bool) -> int | None:
    """Where the statement after the one with a mistake begins.

    It begins a line that is indented no deeper and lies outside of the brackets that the
    first one has opened; if all lines lie inside, one of them is not closed, and they
    don't count.

    Parameters:

    * **start**, **at** - where the statement begins; where its mistake is.
    * **opened** - how many brackets it has opened before its mistake.
    * **nested** - whether it stands in a block, which a `}` may end.

    Returns the offset, or None if there is none.
    """
    margin = width(text, start)
    inside: int | None = None
    for match in SKIPPED.finditer(text, at):
        if match["opening"]:
            opened += 1
        elif match["closing"]:
            if opened == 0 and nested and match["closing"] == "}" and _first(text, match.start()):
                return match.start()
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


def _first(text: str, at: int) -> bool:
    """Whether nothing but white space stands before an offset in its line."""
    line = text.rfind("\n", 0, at) + 1
    return not text[line:at].strip()
