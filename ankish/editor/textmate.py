"""The colours of ankish for editors: a TextMate grammar, made from the grammar of the language.

    python -m ankish.editor.textmate           # as JSON: VS Code, and others that read its grammars
    python -m ankish.editor.textmate --plist   # the same as a property list: Sublime Text, TextMate

`grammar/ankish.tmLanguage.json` is what it writes; a test fails when that is out of date. Its
patterns are the terminals of `grammar/ankish.lark`. Which of them can stand somewhere the parser
knows by its state; here rules nest instead: behind a command stand arguments, behind a row verb an
expression, and each bracket says what may stand in it.
"""

from __future__ import annotations

import json
import plistlib
import re
import sys
from collections.abc import Iterable
from typing import Any

from ankish.catalog.builtins import ROW_VERBS
from ankish.syntax.reading import grammar
from ankish.syntax.writing import reserved

Rule = dict[str, Any]

SCOPES = {
    "comment": "comment.line.number-sign",
    "string": "string.quoted",
    "word": "string.unquoted",
    "variable": "variable.other",
    "name": "variable.other.member",
    "number": "constant.numeric",
    "constant": "constant.language",
    "parameter": "variable.parameter",
    "operator": "keyword.operator",
    "pipe": "punctuation.separator.pipe",
    "keyword": "keyword.control",
    "verb": "keyword.other",
    "command": "entity.name.function",
    "function": "support.function",
    "bracket": "punctuation.section",
}
"""What the kinds of pieces (see `analysis/colouring.py`) are called in TextMate's grammars."""

BLOCKS = ("each", "chunk")
"""The row verbs that take a block of statements, not an expression."""

CONSTANTS = ("true", "false", "null")

OPERATORS = ("or", "and", "not", "in", "has")

STAGE_END = r"(?=[|;)}\]])|$"


def textmate() -> Rule:
    """The grammar, as the data of its JSON."""
    found = {name: oniguruma(pattern) for name, pattern in grammar().terminals.items()}
    return {
        "name": "ankish",
        "scopeName": "source.ankish",
        "fileTypes": ["ank"],
        "firstLineMatch": r"^#!.*\bankish\b",
        "patterns": [_include("program")],
        "repository": {
            "comment": _match("comment", found["COMMENT"]),
            "text": _text(found),
            "atom": _atom(found),
            "program": _program(found),
            "arguments": _arguments(found),
            "value": _expression(found, "value", "program"),
            "columns": _expression(found, "columns", "columns"),
        },
    }


def oniguruma(pattern: str) -> str:
    """A regular expression of Python in the dialect of editors, which is Oniguruma's."""
    whole = re.sub("[\ud800-\udfff]-?", "", pattern)
    escapes = {"\n": r"\n", "\t": r"\t"}
    return "".join(
        escapes.get(c) or (c if " " <= c <= "~" else rf"\x{{{ord(c):x}}}") for c in whole
    )


def _program(found: dict[str, str]) -> Rule:
    """Statements and stages: what begins a line, follows a pipe, or stands in a block."""
    name = found["NAME"]
    key = rf"({name}|{found['QUOTED']})\s*(:)(?!:)"
    verbs = [verb for verb in ROW_VERBS if verb not in BLOCKS]
    typed = [_match("bracket", "[<>]"), _include("value")]
    return _patterns(
        _include("comment"),
        _region(rf"{_word('let')}\s+({name})", "keyword name", r"(?==)", []),
        _region(rf"{_word('for')}\s+({name})\s+(in)\b", "keyword name keyword", r"(?=\{)"),
        _region(rf"{_word('macro')}\s+({name})\s*(\()", "keyword name bracket", r"\)", typed),
        _region(_word("param"), "keyword", "$", typed),
        _region(_word("fail", "assert"), "keyword", "$|(?=[;}])"),
        _region(_word("if"), "keyword", r"(?=\{)"),
        _region(_word("chunk"), "verb", r"(?=\{)"),
        _match("verb", _word("each")),
        _region(rf"{_word('catch')}\s+({name})", "keyword name", r"(?=\{)", []),
        _region(_word("use"), "keyword", STAGE_END, "arguments"),
        _match("keyword", _word(*(reserved() - {*ROW_VERBS, *CONSTANTS}))),
        _region(_word(*verbs), "verb", STAGE_END, "columns"),
        _region(key, "name bracket", "(?=[,}])|$"),
        _include("text"),
        *_brackets(found, "program", "value"),
        _include("atom"),
        _region(rf"({found['COMMAND']})", "command", STAGE_END, "arguments"),
    )


def _arguments(found: dict[str, str]) -> Rule:
    """What follows a command's name, up to the end of its stage."""
    return _patterns(
        _include("comment"),
        _match("parameter", found["NAMED"]),
        _match("parameter", found["SWITCH"]),
        _match("number", found["ARG_NUMBER"]),
        _include("text"),
        *_brackets(found, "program", "value"),
        _match("variable", found["VARIABLE"]),
        _match("name", found["PATH"]),
        _match("word", found["WORD"]),
    )


def _expression(found: dict[str, str], own: str, inner: str) -> Rule:
    """An expression. Its round brackets hold a pipeline (`inner`), or in row verbs more of it."""
    return _patterns(
        _include("comment"),
        _include("text"),
        *_brackets(found, inner, own),
        _include("atom"),
        _match("name", found["NAME"]),
    )


def _brackets(found: dict[str, str], inner: str, items: str) -> Iterable[Rule]:
    """A call and the three kinds of brackets, with what stands in them."""
    yield _region(f"({found['CALL']})", "function", r"\)", items)
    yield _region(r"(\()", "bracket", r"\)", inner)
    yield _region(r"(\[)", "bracket", r"\]", items)
    yield _region(r"(\{)", "bracket", r"\}", "program" if inner == "program" else items)


def _atom(found: dict[str, str]) -> Rule:
    """What has no inside: variables, numbers, constants, operators and signs."""
    signs = "|".join(found[name] for name in ("COMPARE", "OTHERWISE", "PLUS", "MINUS", "TIMES"))
    return _patterns(
        _match("variable", found["VARIABLE"]),
        _match("name", found["PATH"]),
        _match("name", found["QUOTED"]),
        _match("number", found["NUMBER"]),
        _match("constant", _word(*CONSTANTS)),
        _match("keyword", _word(*OPERATORS)),
        _match("operator", rf"{signs}|="),
        _match("pipe", r"[|;]"),
        _match("bracket", r"[,:?]"),
    )


def _text(found: dict[str, str]) -> Rule:
    r"""The four kinds of strings; `\\$` and the like are escapes, `${…}` holds an expression."""
    hole = _region(r"(\$\{)", "variable", r"\}")
    escape = {"name": "constant.character.escape.ankish", "match": r"\\."}

    def string(begin: str, end: str, inside: list[Rule]) -> Rule:
        return {"name": _scope("string"), "begin": begin, "end": end, "patterns": inside}

    return _patterns(
        string(found["TRIPLE"], found["TRIPLE"], [escape, hole]),
        string("'''", "'''", []),
        string('"', '"|$', [escape, hole]),
        _match("string", found["RAW"]),
    )


def _word(*words: str) -> str:
    """A group that takes one of these words, and no part of a longer one."""
    return rf"(?<![\w$-])({'|'.join(sorted(words))})(?![\w-])"


def _scope(kind: str) -> str:
    return f"{SCOPES[kind]}.ankish"


def _patterns(*rules: Rule) -> Rule:
    return {"patterns": list(rules)}


def _include(name: str) -> Rule:
    return {"include": f"#{name}"}


def _match(kind: str, pattern: str) -> Rule:
    return {"name": _scope(kind), "match": pattern}


def _region(begin: str, kinds: str, end: str, inside: str | list[Rule] = "value") -> Rule:
    """What begins with groups of these kinds and reaches to `end`, with what stands in it."""
    captures = {str(number): {"name": _scope(kind)} for number, kind in enumerate(kinds.split(), 1)}
    rule: Rule = {"begin": begin, "beginCaptures": captures, "end": end}
    if not end.startswith(("(?", "$")):
        rule["endCaptures"] = {"0": {"name": _scope("bracket")}}
    rule["patterns"] = [_include(inside)] if isinstance(inside, str) else inside
    return rule


def as_json() -> str:
    """The text of `grammar/ankish.tmLanguage.json`."""
    return json.dumps(textmate(), indent=2, ensure_ascii=True) + "\n"


def main(arguments: list[str]) -> None:
    """Print the grammar."""
    text = plistlib.dumps(textmate()).decode() if "--plist" in arguments else as_json()
    sys.stdout.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
