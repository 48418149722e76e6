"""Words that people bring from other languages, and what stands for them here."""

from __future__ import annotations

_BRACES = "a block stands in { }, nothing else marks its end"
_FOLLOWS = "the block in { } follows the condition at once"
_LOOP = "write for x in (…) { … }; a loop goes through a list and no further"
_MACRO = "write macro name(a: text) { … }"
_LET = "write let name = …"
_LEFT_OUT = "a loop goes through all items; leave some out before it, with where"

WORDS = {
    "elif": "write else if",
    "elsif": "write else if",
    "elseif": "write else if",
    "end": _BRACES,
    "endif": _BRACES,
    "endfor": _BRACES,
    "fi": _BRACES,
    "done": _BRACES,
    "then": _FOLLOWS,
    "do": _FOLLOWS,
    "foreach": _LOOP,
    "while": _LOOP,
    "until": _LOOP,
    "break": _LEFT_OUT,
    "continue": _LEFT_OUT,
    "return": "leave it out: a macro gives what its last statement gives",
    "def": _MACRO,
    "function": _MACRO,
    "func": _MACRO,
    "fn": _MACRO,
    "var": _LET,
    "const": _LET,
    "except": "write catch e { … }",
    "finally": "write it after the block of catch: what follows is run in any case",
    "throw": 'write fail "…"',
    "raise": 'write fail "…"',
    "switch": "write case(condition, value, …, otherwise), or if … else if …",
}
"""Each word with a help; none of them is the name of a command."""

STATEMENTS = frozenset("let if for macro param use try atomic fail assert test".split())
"""The words that statements begin with."""

PARTNERS = {"else": "if", "catch": "try"}
"""The words that go on with a statement, and what that begins with."""

CONSTANTS = {
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
    "None": "null",
    "NULL": "null",
    "Null": "null",
    "nil": "null",
    "undefined": "null",
}

OPERATORS = {
    "is": "==",
    "is not": "!=",
    "isnt": "!=",
    "eq": "==",
    "equals": "==",
    "ne": "!=",
    "gt": ">",
    "ge": ">=",
    "lt": "<",
    "le": "<=",
    "like": "=~",
    "ilike": "=~",
    "matches": "=~",
    "contains": "has",
    "includes": "has",
    "match": "=~",
    "notmatch": "!~",
    "notcontains": "not … has",
    "notin": "not in",
    "startswith": "starts(…, …)",
    "starts": "starts(…, …)",
    "endswith": "ends(…, …)",
    "ends": "ends(…, …)",
    "mod": "%",
    "div": "/",
    "**": "… * …",
    ":=": "=",
}
"""Operators that are words, and those that stand for them."""

SMART_QUOTES = "“”„‟‘’‚‛«»"

METHODS = {
    "contains": "{value} has …",
    "includes": "{value} has …",
    "match": "match({value}, …)",
    "test": "{value} =~ …",
    "startswith": "starts({value}, …)",
    "endswith": "ends({value}, …)",
    "tolowercase": "lower({value})",
    "touppercase": "upper({value})",
    "strip": "trim({value})",
    "len": "length({value})",
    "count": "length({value})",
    "size": "length({value})",
    "split": "split({value}, …)",
    "join": "join({value}, …)",
    "replace": "replace({value}, …, …)",
    "substring": "slice({value}, …)",
}
"""What others write as `value.name(…)`, in small letters, and how it is written here."""

COMMENTS = ("//", "/*", "--")
