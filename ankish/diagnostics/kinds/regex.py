"""Messages about regular expressions in searches; Anki's are those of Rust's regex crate."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

_RUST = "Anki's regular expressions are those of Rust's regex crate"
BRACKET = Kind(
    "regex::bracket",
    "`{bracket}` in the regular expression {problem}",
    label="it stands here",
    help="the bracket itself is written \\{bracket}",
    note=_RUST,
    explain="""\
Brackets group in a regular expression, `[…]` is a class of characters. Before a bracket that is
looked for itself stands a backslash. Outside of double quotes the search takes round brackets
for its own: write `"re:(a|b)"`.""",
)
REPETITION = Kind(
    "regex::repetition",
    "`{given}` in the regular expression {problem}",
    label="{label}",
    help=("the character itself has a backslash before it", "any text is .* and not *"),
    note=_RUST,
    explain="""\
`*`, `+`, `?` and `{2,3}` repeat what stands before them. Wildcards of a plain search are not
those of a regular expression: `.*` is any text, `.` any character.""",
)
LOOK_AROUND = Kind(
    "regex::look-around",
    "`{given}` is not in Anki's regular expressions",
    label="looks around",
    help="a minus before a term of the search leaves out what it finds: a -re:b",
    note=_RUST,
    explain="Rust's regular expressions have no look-ahead and no look-behind.",
)
BACK_REFERENCE = Kind(
    "regex::back-reference",
    "`{given}` is not in Anki's regular expressions",
    label="refers back to a group",
    help="a character by its number is written \\x{{41}}",
    note=_RUST,
    explain="Rust's regular expressions have no references back to what a group matched.",
)
ESCAPE = Kind(
    "regex::escape",
    "`{given}` means nothing in a regular expression",
    label="not an escape",
    help="a backslash itself is written \\\\",
    note=_RUST,
    explain="""\
A backslash before a letter is a class or a place: `\\d` `\\w` `\\s` `\\b` `\\p{L}`. Of the other
letters most have no meaning.""",
)
