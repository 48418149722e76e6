"""Mistakes in a command that are made of good arguments: `deck = "X"`, `'it''s'`, `a && b`.

Almost any word can be an argument, so the grammar lets these pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Span
from ankish.syntax import tree as t
from ankish.syntax.habits import COMMENTS, CONSTANTS, PARTNERS, SMART_QUOTES, STATEMENTS, WORDS
from ankish.syntax.lexing import first_in_line

COMPARISONS = {operator: operator for operator in "== != < <= > >= =~ !~ ??".split()}
COMPARISONS |= {"===": "==", "!==": "!=", "<>": "!=", "=>": ">=", "=<": "<="}
OPERATORS = frozenset([*COMPARISONS, *"-> >> += -= *= /= ++ !".split()])
ASSIGNMENTS = frozenset("+= -= *= /= := ++".split())
REDIRECTION = re.compile(r"[0-9&]?>>?(?!=)")
CALCULATING = frozenset("+-*/%")
POINT = re.compile(r"\.[^\W\d]")
SMART = rf"(?:^|[:=(])([{SMART_QUOTES}])"
VARIABLE = re.compile(r"\$[^\W\d]\w*")
FUNCTION = re.compile(r"[^\W\d]\w*")
INDEXED = re.compile(r"[$\[]")
INDEX = re.compile(r"\[|\.-\d|\.[\"']")
SEARCH = re.compile(r"\(\s*-?[^\W\d]\w*:")
PREFIX = re.compile(r"[fFrRbBqQuU]{1,2}")
PREFIXED = re.compile(rf"({PREFIX.pattern})(?:\"|'.*'$)")


def check_command(command: t.Command, text: str) -> list[Diagnostic]:
    """The mistakes in how a command and its arguments are written; `text` is the source's."""
    name, span = command.name, command.name_span
    if name in WORDS:
        return [kinds.FOREIGN_WORD(span, found=name, right=WORDS[name])]
    if name in PARTNERS:
        return [stray(name, span)]
    if name in STATEMENTS:
        return [kinds.MISPLACED_STATEMENT(span, found=name)]
    if name in CONSTANTS and not command.arguments:
        return [kinds.FOREIGN_CONSTANT(span, found=name, right=CONSTANTS[name])]
    return list(_Arguments(command, text).mistakes())


class _Arguments:
    """The arguments of one command, each seen with the one before it."""

    def __init__(self, command: t.Command, text: str) -> None:
        self.command = command
        self.text = text

    def mistakes(self) -> Iterator[Diagnostic]:
        """The mistake at each argument, but only the first of some that come in numbers."""
        end = self.command.name_span.end
        seen: set[str] = set()
        for index, argument in enumerate(self.command.arguments):
            at = argument.span.start
            found = self.joined(index, at) if at == end else self.alone(index, argument)
            if found is not None and found.code not in seen:
                yield found
                seen |= {found.code, kinds.JOINED.code}
            end = argument.span.end

    def before(self, index: int) -> str:
        """The text of what comes before an argument: another one, or the command's name."""
        span = self.command.arguments[index - 1].span if index else self.command.name_span
        return self.text[span.start : span.end]

    def joined(self, index: int, at: int) -> Diagnostic | None:
        """The message for an argument that begins where something else ends.

        None if there is one already, for what is in it.
        """
        span = self.command.arguments[index].span
        before, here = self.before(index), self.text[at : span.end]
        if index == 0 and here.startswith(":"):
            return self.search(span)
        if index == 0 and POINT.match(here):
            found = self.text[self.command.span.start : span.end]
            return kinds.MISSING_DOLLAR(Span(self.command.span.start, span.end), found=found)
        if before.startswith("--") and here.startswith("="):
            value = here[1:] or "…"
            return kinds.SWITCH_VALUE(span, name=before[2:], value=value)
        if self.text[at - 1 : at + 1] == "''":
            return kinds.RAW_QUOTE(Span(at - 1, at + 1), shown="`''`")
        if self.text[at - 1 : at + 1] == '""':
            return kinds.DOUBLED_QUOTE(Span(at - 1, at + 1))
        if before.startswith("'") and before.endswith("\\'"):
            return kinds.RAW_QUOTE(Span(at - 2, at), shown="`\\'`")
        if here.startswith("(") and before.endswith("$"):
            return kinds.SUBSTITUTION(Span(at - 1, at + 1))
        given = self.command.arguments[index].value
        stages = given.pipeline.stages if isinstance(given, t.Sub) else ()
        worked_out = len(stages) > 0 and isinstance(stages[0], t.Value)
        if worked_out and index and FUNCTION.fullmatch(before):
            name = self.command.arguments[index - 1].span
            return kinds.CALL_ARGUMENT(name, name=before)
        if here.startswith("(") and before == "-":
            return None if SEARCH.match(here) else kinds.BRACKET_IN_SEARCH(span)
        if here[0] in "\"'" and PREFIX.fullmatch(before):
            return kinds.STRING_PREFIX(Span(at - len(before), at))
        if index == 0 and here.rstrip("0123456789") in ASSIGNMENTS | {"--"}:
            return kinds.ASSIGNMENT(span, name=self.command.name)
        if INDEXED.match(before) and INDEX.match(here):
            from ankish.syntax import shapes

            return shapes.index(span, here, before)
        return kinds.JOINED(span)

    def search(self, span: Span) -> Diagnostic:
        """The message for `deck:Spanish …` where a command is wanted."""
        start = self.command.span.start
        if self.text[:start].rstrip(" \t\r\n-").endswith("("):
            return kinds.BRACKET_IN_SEARCH(Span(start, self.command.span.end))
        place = Span(start, span.end)
        return kinds.BARE_SEARCH(place, search=self.text[start : span.end])

    def alone(self, index: int, argument: t.Argument) -> Diagnostic | None:
        """The mistake in an argument with space before it, if there is one."""
        if argument.name is not None and argument.name_span is not None:
            return self.named(argument, argument.name_span)
        if not isinstance(argument.value, t.Word):
            return None
        word, span = argument.value.text, argument.span
        if word in PARTNERS and first_in_line(self.text, span.start):
            return stray(word, span)
        if word == "&&":
            return kinds.DOUBLE_AMPERSAND(span)
        if word == "\\" and index + 1 == len(self.command.arguments):
            return kinds.LINE_CONTINUATION(span)
        if word in COMMENTS:
            return kinds.FOREIGN_COMMENT(span, found=word)
        if word.startswith("=") and word not in OPERATORS:
            return self.equals(index, span)
        if index == 0 and word in ASSIGNMENTS:
            return kinds.ASSIGNMENT(span, name=self.command.name)
        if word in OPERATORS or REDIRECTION.match(word) or self.calculates(index, word):
            return _operator(word, span, self.search_term(index, word))
        return self.word(index, word, span)

    def search_term(self, index: int, word: str) -> str | None:
        """For `find deck != Spanish`: how the three words are one term of a search."""
        if self.command.name != "find" or not index:
            return None
        from ankish.syntax.search.habits import instead

        return instead(self.before(index) + word + self.after(index))

    def calculates(self, index: int, word: str) -> bool:
        """Whether a word is an operator between two values."""
        if word == "+" or word not in CALCULATING:
            return word == "+"
        around = self.command.arguments[max(index - 1, 0) : index + 2]
        return len(around) == 3 and not any(isinstance(a.value, t.Word) for a in around[::2])

    def word(self, index: int, word: str, span: Span) -> Diagnostic | None:
        """The mistake within a bare word, if there is one."""
        smart = None if word.isascii() else re.search(SMART, word)
        if smart:
            at = span.start + smart.start(1)
            return kinds.SMART_QUOTE(Span(at, at + 1), quote=smart[1])
        prefix = PREFIXED.match(word)
        if prefix:
            return kinds.STRING_PREFIX(Span(span.start, span.start + prefix.end(1)))
        if word.endswith(",") and index + 1 < len(self.command.arguments):
            return kinds.COMMA_ARGUMENT(Span(span.end - 1, span.end))
        variable = VARIABLE.search(word)
        if variable:
            place = Span(span.start + variable.start(), span.start + variable.end())
            right = VARIABLE.sub(lambda match: f"${{{match[0][1:]}}}", word).replace('"', "'")
            return kinds.VARIABLE_IN_WORD(place, variable=variable[0], right=right)
        return None

    def named(self, argument: t.Argument, name: Span) -> Diagnostic | None:
        """The mistake of a space after `name=`."""
        if argument.value is None or argument.value.span.start == name.end + 1:
            return None
        value = argument.value.span
        shown = self.text[value.start : value.end]
        return kinds.SPACED_ARGUMENT(Span(name.end, value.start), name=argument.name, value=shown)

    def equals(self, index: int, span: Span) -> Diagnostic:
        """The message for `name = value` and `name =value`."""
        name = self.before(index)
        if index == 0:
            return kinds.ASSIGNMENT(Span(span.start, span.start + 1), name=name)
        value = self.text[span.start + 1 : span.end] or self.after(index)
        return kinds.SPACED_ARGUMENT(Span(span.start, span.start + 1), name=name, value=value)

    def after(self, index: int) -> str:
        """The text of the argument after this one; `…` if there is none."""
        following = self.command.arguments[index + 1 : index + 2]
        return self.text[following[0].span.start : following[0].span.end] if following else "…"


def _operator(word: str, span: Span, search: str | None) -> Diagnostic:
    result = COMPARISONS.get(word)
    operator = word if word in CALCULATING else result
    file = "file" if REDIRECTION.match(word) else None
    if search is not None:
        result = operator = file = None
    return kinds.OPERATOR_ARGUMENT(
        span, found=word, result=result, operator=operator, file=file, search=search
    )


def stray(word: str, span: Span) -> Diagnostic:
    """The message for an `else` or `catch` that follows nothing it belongs to."""
    return kinds.STRAY_ELSE(span, found=word, partner=PARTNERS[word])
