"""What may come next, in words."""

from __future__ import annotations

from collections.abc import Collection

TEXTS = frozenset({"DBLQUOTE", "RAW"})
VALUES = TEXTS | {"VARIABLE", "LPAR"}
OPERATORS = frozenset("COMPARE IN HAS AND OR TIMES OTHERWISE".split())
WORDS = {
    "NAME": "a name",
    "QUOTED": "a name",
    "COMMAND": "a command",
    "WORD": "a word",
    "VBAR": "`|`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "EQUAL": "`=`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "LPAR": "`(`",
    "BLOCK": "`{`",
    "_NL": "the end of the statement",
    "$END": "the end of the statement",
    "LESSTHAN": "`<`",
    "MORETHAN": "`>`",
    "IN": "`in`",
    "CATCH": "`catch`",
}
"""How the terminals are called in a message; those that aren't here say nothing useful."""

ORDER = ["a command", "a value", "a name", "an argument", "an operator"]


def expected(accepted: Collection[str]) -> str:
    """What may come next, from the names of the terminals: `a value, a name or `(``."""
    words = {WORDS[name] for name in accepted if name in WORDS}
    if VALUES.issubset(accepted):
        words.add("a value")
        words.discard("`(`")
    elif TEXTS.issubset(accepted):
        words.add("a text")
    if {"SWITCH", "NAMED"}.issubset(accepted):
        words -= {"a word", "a value"}
        words.add("an argument")
    if len(OPERATORS.intersection(accepted)) > 1:
        words.add("an operator")
        words.discard("`in`")
    if "a command" in words:
        words -= {"a value", "the end of the statement"}
    if not words:
        return "something else"
    ordered = [word for word in ORDER if word in words] + sorted(words - set(ORDER))
    return " or ".join([", ".join(ordered[:-1]), ordered[-1]] if ordered[1:] else ordered)
