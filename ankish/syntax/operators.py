"""Which operator binds tighter: from operands and operators in a row to a tree.

Nothing here recurses, so a chain may be as long as memory allows; how deep the tree gets
is for the caller to limit (`levels`).
"""

from __future__ import annotations

from ankish.data import dataclass, field
from ankish.diagnostics.kinds import syntax as kinds
from ankish.diagnostics.model import Diagnostic, Label, Span
from ankish.syntax import tree as t

OR, AND, NOT, COMPARE, OTHERWISE, SUM, PRODUCT, NEGATIVE = range(8)

LEVELS = {
    "or": OR,
    "and": AND,
    "??": OTHERWISE,
    "+": SUM,
    "-": SUM,
    "*": PRODUCT,
    "/": PRODUCT,
    "%": PRODUCT,
}
"""How tight each operator binds, from loose to tight; those not named here compare."""

PREFIXES = {"not": NOT, "-": NEGATIVE}


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator and its place; `negated` for `not in` and `not has`."""

    text: str
    span: Span
    prefix: bool = False
    negated: bool = False

    @property
    def level(self) -> int:
        """How tight it binds."""
        return PREFIXES[self.text] if self.prefix else LEVELS.get(self.text, COMPARE)


@dataclass(slots=True)
class Operand:
    """A value and its place, brackets included.

    `chain` holds the values joined so far by one `and` or `or`, which are made a tree when
    all are known.
    """

    node: t.Expression
    span: Span
    chain: list[Operand] = field(default_factory=list)
    joins: list[Operator] = field(default_factory=list)


def levels(operators: list[Operator]) -> int:
    """How much deeper than its operands the tree of these operators can be."""
    logical = between = most = 0
    for operator in operators:
        if operator.level in (OR, AND):
            logical += 1
            between = 0
        else:
            between += 1
            most = max(most, between)
    return most + 2 * logical.bit_length()


def combined(parts: list[Operand | Operator], problems: list[Diagnostic]) -> t.Expression:
    """The tree of operands with operators between and before them.

    `a and b and c …` becomes a balanced tree, since its value doesn't depend on how it is
    grouped. Comparisons that are chained go to `problems`.
    """
    operands: list[Operand] = []
    waiting: list[Operator] = []
    for part in parts:
        if isinstance(part, Operand):
            operands.append(part)
            continue
        while not part.prefix and waiting and waiting[-1].level >= part.level:
            if waiting[-1].level == part.level == COMPARE:
                first = Label(waiting[-1].span, "this one has compared already", primary=False)
                problems.append(kinds.CHAINED_COMPARISON(part.span, also=(first,)))
            _apply(waiting.pop(), operands)
        waiting.append(part)
    while waiting:
        _apply(waiting.pop(), operands)
    return _finished(operands[0])


def _apply(operator: Operator, operands: list[Operand]) -> None:
    """Put what an operator makes of the last operands in their place."""
    right = operands.pop()
    if operator.prefix:
        span = operator.span.to(right.span)
        operands.append(Operand(_prefixed(operator, right, span), span))
        return
    left = operands.pop()
    span = left.span.to(right.span)
    if operator.level in (OR, AND):
        if not left.joins or left.joins[0].text != operator.text:
            left = Operand(left.node, left.span, [Operand(_finished(left), left.span)], [])
        left.chain.append(Operand(_finished(right), right.span))
        left.joins.append(operator)
        left.span = span
        operands.append(left)
        return
    node: t.Expression = t.Binary(
        operator.text, operator.span, _finished(left), _finished(right), span
    )
    operands.append(Operand(t.Unary("not", node, span) if operator.negated else node, span))


def _prefixed(operator: Operator, operand: Operand, span: Span) -> t.Expression:
    """A prefix and its operand; `-3` is a number wherever it stands, `-(3)` and `--3` are not."""
    node = _finished(operand)
    literal = isinstance(node, t.Number) and node.span == operand.span
    if operator.text == "-" and literal and isinstance(node, t.Number) and node.text[0] != "-":
        return t.Number(-node.value, f"-{node.text}", span)
    return t.Unary(operator.text, node, span)


def _finished(operand: Operand) -> t.Expression:
    """The operand's tree; a chain's halves are made of its halves."""
    if not operand.joins:
        return operand.node
    nodes, joins = operand.chain, operand.joins
    while joins:
        paired = [
            Operand(
                t.Binary(join.text, join.span, left.node, right.node, left.span.to(right.span)),
                left.span.to(right.span),
            )
            for left, join, right in zip(nodes[::2], joins[::2], nodes[1::2], strict=False)
        ]
        nodes = paired + nodes[2 * len(paired) :]
        joins = joins[1::2]
    return nodes[0].node
