"""Random programs that cover the whole grammar, with comments and new lines at all legal places.

A program is first made as a list of tokens and gaps; what stands in each gap is chosen
last, by what may stand there: spaces, a new line, comments.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random


class Gap(Enum):
    """What may stand between two tokens; inside brackets new lines and comments too."""

    SPACE = "at least a space"
    MAYBE = "a space or nothing"
    PIPE = "as SPACE, and new lines everywhere"
    END = "the end of a statement"
    EDGE = "between a block's braces and what is in it"


@dataclass(frozen=True)
class Bracket:
    """An opening or closing bracket; new lines are free inside, but not in a block."""

    text: str
    opens: bool
    block: bool = False


Piece = str | Gap | Bracket
Pieces = list[Piece]

NAMES = ["lapses", "ease", "Front", "a-b", "Word::Part", "x1", "größe", "日本", "हिन्दी", "_a"]
KEYS = [*NAMES, "`Sentence Audio`", "`a`"]
VARIABLES = ["$it", "$due", "$größe"]
COMMANDS = ["find", "suspend", "changeDeck", "add-tags", "count", "löschen", "notes2"]
COMMANDS += ["join", "rows", "table", "chart", "ask", "confirm", "glob", "open", "save", "explain"]
WORDS = [
    "Japanese::N3",
    "leech",
    'deck:"My deck"',
    "prop:ivl>=21",
    "-is:suspended",
    "a*b",
    "or",
    "true",
    "re:^a.b+$",
    "Übung",
    "日本語",
    "it's",
    "words.csv",
    "a,b",
    "nid:1,2",
    "#x"[1:],
    "1.2.3",
    "has-cd:k=v",
    "rated:7:1",
    "../words/*.ank",
    "http://127.0.0.1:8765",
]
NUMBERS = ["0", "3", "12345678901234567890", "2.5", "1e5", "1.5E-3", "10.0"]
TEXTS = [
    "",
    "a",
    "it's",
    "{{c1::Paris}}",
    "$5",
    r"\n",
    r"\\",
    r"\u{1F600}",
    r"\ud83d\ude00",
    r"\d+",
    "<b>",
    "deck:Spanish (is:due or -is:new)",
    'prop:ivl>=3 Front:\\"a b\\" ',
    "a:b\\:c_*",
]
LINES = [
    "",
    "\n",
    "\n    a\n    b\n  ",
    'say "hi" ',
    "\n\n  x\n",
    "  # no comment\n",
    r"\"" + '"x" ',
]
RAW = ["", "a", r"\(x\)", '"', "${no}", "# no comment", "|"]
TYPES = ["int", "text", "list<deck>", "list< list<int>>", "query"]
INFIX = ["or", "and", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "in", "has", "not in", "??"]
INFIX += ["+", "-", "*", "/", "%"]
COMMENTS = ["#", "# a", "## doc", "# | ) } \" ' ${", "#!x", "# ünï 日本"]
COMPARISONS = {"==", "!=", "<", "<=", ">", ">=", "=~", "!~", "in", "has", "not in"}


class Programs:
    """Makes random programs from a source of random numbers.

    `depth` limits how deep they nest, `newline` is how their lines end.
    """

    def __init__(self, random: Random, depth: int = 4, newline: str = "\n") -> None:
        self.random = random
        self.depth = depth
        self.newline = newline

    def program(self) -> str:
        """The text of a program."""
        pieces: Pieces = ["#!/usr/bin/env ankish\n"] if self.chance(0.1) else []
        pieces += [Gap.EDGE, *self.statements(self.random.randint(0, 5)), Gap.EDGE]
        return self.written(pieces)

    # ---- choices

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, options: list[str]) -> str:
        return self.random.choice(options)

    def one(self, *makers: Callable[[], Pieces]) -> Pieces:
        """What one of the makers makes; the first, which nests no deeper, at the end of depth."""
        if self.depth <= 0:
            return makers[0]()
        self.depth -= 1
        made = self.random.choice(makers)()
        self.depth += 1
        return made

    def several(self, make: Callable[[], Pieces], least: int = 0, most: int = 3) -> list[Pieces]:
        return [make() for _ in range(self.random.randint(least, most))]

    def separated(self, items: list[Pieces], trailing: bool = True) -> Pieces:
        """Items with commas between them, and perhaps one after the last."""
        pieces: Pieces = []
        for number, item in enumerate(items):
            pieces += [Gap.MAYBE, ",", Gap.MAYBE] if number else []
            pieces += item
        if trailing and items and self.chance(0.2):
            pieces += [Gap.MAYBE, ","]
        return pieces

    def enclosed(self, opening: str, inner: Pieces, closing: str) -> Pieces:
        return [Bracket(opening, True), Gap.MAYBE, *inner, Gap.MAYBE, Bracket(closing, False)]

    # ---- statements

    def statements(self, count: int) -> Pieces:
        pieces: Pieces = []
        for number in range(count):
            pieces += [Gap.END] if number else []
            pieces += self.statement()
        return pieces

    def statement(self) -> Pieces:
        return self.one(
            self.pipeline, self.pipeline, self.let, self.if_, self.for_, self.macro, self.param,
            self.use, self.try_, self.atomic, self.fail, self.assert_, self.test,
        )  # fmt: skip

    def block(self) -> Pieces:
        inner = self.statements(self.random.randint(0, 3))
        opening = Bracket("{", True, block=True)
        return [opening, Gap.EDGE, *inner, Gap.EDGE, Bracket("}", False, block=True)]

    def let(self) -> Pieces:
        return ["let", Gap.SPACE, self.pick(NAMES), Gap.MAYBE, "=", Gap.SPACE, *self.pipeline()]

    def if_(self) -> Pieces:
        pieces: Pieces = ["if", Gap.SPACE, *self.val(), Gap.SPACE, *self.block()]
        for _ in range(self.random.randint(0, 2)):
            pieces += [Gap.PIPE, "else", Gap.SPACE, "if", Gap.SPACE, *self.val(), Gap.SPACE]
            pieces += self.block()
        if self.chance(0.5):
            pieces += [Gap.PIPE, "else", Gap.SPACE, *self.block()]
        return pieces

    def for_(self) -> Pieces:
        items = self.one(self.variable, self.sub, self.list_)
        start: Pieces = ["for", Gap.SPACE, self.pick(NAMES), Gap.SPACE, "in", Gap.SPACE]
        return [*start, *items, Gap.SPACE, *self.block()]

    def macro(self) -> Pieces:
        params = self.separated(self.several(self.parameter))
        start: Pieces = ["macro", Gap.SPACE, self.pick(NAMES)]
        return [*start, *self.enclosed("(", params, ")"), Gap.MAYBE, *self.block()]

    def parameter(self) -> Pieces:
        pieces: Pieces = [self.pick(NAMES), Gap.MAYBE, ":", Gap.MAYBE, self.pick(TYPES)]
        if self.chance(0.4):
            default = self.one(lambda: ["null"], self.val)
            pieces += [Gap.MAYBE, "=", Gap.SPACE, *default]
        return pieces

    def param(self) -> Pieces:
        return ["param", Gap.SPACE, *self.parameter()]

    def use(self) -> Pieces:
        return ["use", Gap.SPACE, self.pick(['"other.ank"', "'a b.ank'", "other.ank"])]

    def try_(self) -> Pieces:
        start: Pieces = ["try", Gap.SPACE, *self.block(), Gap.PIPE]
        return [*start, "catch", Gap.SPACE, self.pick(NAMES), Gap.SPACE, *self.block()]

    def atomic(self) -> Pieces:
        return ["atomic", Gap.MAYBE, *self.block()]

    def fail(self) -> Pieces:
        return ["fail", Gap.SPACE, *self.val()]

    def assert_(self) -> Pieces:
        message = [Gap.MAYBE, ",", Gap.MAYBE, *self.val()] if self.chance(0.3) else []
        return ["assert", Gap.SPACE, *self.val(), *message]

    def test(self) -> Pieces:
        name = self.pick(['"it counts"', "'a b'", '"${due} cards"'])
        return ["test", Gap.SPACE, name, Gap.MAYBE, *self.block()]

    # ---- pipelines

    def pipeline(self) -> Pieces:
        pieces = self.stage()
        for _ in range(self.random.choice([0, 0, 1, 2, 4])):
            pieces += [Gap.PIPE, "|", Gap.PIPE, *self.stage()]
        return pieces

    def stage(self) -> Pieces:
        return self.one(self.command, self.command, self.plain, self.row_verb, self.block_verb)

    def command(self) -> Pieces:
        pieces: Pieces = [self.pick(COMMANDS)]
        for _ in range(self.random.choice([0, 1, 1, 2, 4])):
            pieces += [Gap.SPACE, *self.argument()]
        return pieces

    def argument(self) -> Pieces:
        kind = self.random.random()
        if kind < 0.1:
            return ["--" + self.pick(["create", "a-b", "größe"])]
        if kind < 0.3:
            return [self.pick(["deck=", "a-b=", "größe="]), *self.arg()]
        return self.arg()

    def arg(self) -> Pieces:
        return self.one(
            lambda: [self.pick(WORDS)],
            lambda: [self.pick(["", "-"]) + self.pick(NUMBERS)],
            self.text,
            self.variable,
            self.list_,
            self.record,
            self.sub,
        )

    def row_verb(self) -> Pieces:
        verb = self.pick(["where", "set", "derive", "add", "upsert", "select", "group", "sort"])
        if verb == "where":
            return [verb, Gap.SPACE, *self.row()]
        if verb in ("select", "group"):
            column = self.one(self.column, self.row)
            rows = self.separated([column, *self.several(self.row)], trailing=False)
            return [verb, Gap.SPACE, *rows]
        if verb == "sort":
            keys = [[*self.sign(), *self.row()] for _ in range(self.random.randint(1, 3))]
            return [verb, Gap.SPACE, *self.separated(keys, trailing=False)]
        made = [verb, Gap.SPACE, *self.separated(self.several(self.assignment, 1))]
        if verb in ("add", "upsert") and self.chance(0.2):
            made += [Gap.SPACE, "--create"]
        return made

    def sign(self) -> Pieces:
        return ["-", Gap.MAYBE] if self.chance(0.4) else []

    def column(self) -> Pieces:
        return [self.pick([*KEYS, *VARIABLES])]

    def assignment(self) -> Pieces:
        return [*self.column(), Gap.MAYBE, "=", Gap.SPACE, *self.row()]

    def block_verb(self) -> Pieces:
        if self.chance(0.6):
            return ["each", Gap.SPACE, *self.block()]
        return ["chunk", Gap.SPACE, *self.val(), Gap.SPACE, *self.block()]

    # ---- expressions

    def plain(self) -> Pieces:
        return self.expression(self.plain_item)

    def val(self) -> Pieces:
        return self.expression(self.val_item)

    def row(self) -> Pieces:
        return self.expression(self.row_item)

    def expression(self, item: Callable[[], Pieces]) -> Pieces:
        pieces = [*self.prefix(), *self.one(item, item)]
        compared = False
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 5])):
            operator = self.pick(INFIX)
            if operator in ("and", "or"):
                compared = False
            elif operator in COMPARISONS:
                if compared:
                    continue
                compared = True
            words: Pieces = ["not", Gap.SPACE, "in"] if operator == "not in" else [operator]
            pieces += [Gap.SPACE, *words, Gap.SPACE]
            pieces += [*self.minus(), *self.one(item, item)]
        return pieces

    def prefix(self) -> Pieces:
        return ["not", Gap.SPACE] if self.chance(0.15) else self.minus()

    def minus(self) -> Pieces:
        return ["-", Gap.MAYBE] if self.chance(0.15) else []

    def plain_item(self) -> Pieces:
        return self.one(
            self.simple,
            self.text,
            self.variable,
            self.sub,
            self.list_,
            self.record,
            lambda: self.call(self.val),
        )

    def simple(self) -> Pieces:
        return [self.pick([*NUMBERS, "true", "false", "null", "$it", "$due"])]

    def val_item(self) -> Pieces:
        return self.name() if self.chance(0.2) else self.plain_item()

    def row_item(self) -> Pieces:
        return self.one(
            self.name,
            self.simple,
            self.name,
            self.text,
            self.variable,
            lambda: self.items(self.row),
            lambda: self.pairs(self.row),
            lambda: self.call(self.row),
            lambda: [*self.enclosed("(", self.row(), ")"), *self.path()],
            lambda: self.enclosed("(", self.enclosed("(", self.row(), ")"), ")"),
        )

    def name(self) -> Pieces:
        return [self.pick(KEYS), *self.path()]

    def variable(self) -> Pieces:
        return [self.pick(VARIABLES), *self.path()]

    def path(self) -> Pieces:
        steps = self.random.choice([0, 0, 0, 1, 2])
        return [self.pick([".a", ".0", ".`a b`", ".x?", ".日本"]) for _ in range(steps)]

    def sub(self) -> Pieces:
        return [*self.enclosed("(", self.pipeline(), ")"), *self.path()]

    def list_(self) -> Pieces:
        return self.items(self.val)

    def record(self) -> Pieces:
        return self.pairs(self.val)

    def items(self, item: Callable[[], Pieces]) -> Pieces:
        return self.enclosed("[", self.separated(self.several(item)), "]")

    def pairs(self, item: Callable[[], Pieces]) -> Pieces:
        return self.enclosed("{", self.separated(self.several(lambda: self.pair(item))), "}")

    def pair(self, item: Callable[[], Pieces]) -> Pieces:
        key = self.pick([*KEYS, '"deckName"', "'a b'", '""'])
        return [key, Gap.MAYBE, ":", Gap.SPACE, *item()]

    def call(self, item: Callable[[], Pieces]) -> Pieces:
        args = self.several(lambda: self.call_argument(item))
        return self.enclosed(self.pick(["trim(", "größe(", "f2("]), self.separated(args), ")")

    def call_argument(self, item: Callable[[], Pieces]) -> Pieces:
        if self.chance(0.8):
            return item()
        return [self.pick(NAMES), Gap.MAYBE, "=", Gap.SPACE, *item()]

    # ---- text

    def text(self) -> Pieces:
        kind = self.random.random()
        if kind < 0.2:
            return [f"'{self.pick(RAW)}'"]
        if kind < 0.3:
            return [f"'''{self.pick([*RAW, *LINES])}'''"]
        quote, parts = ('"', TEXTS) if kind < 0.85 else ('"""', LINES)
        pieces: Pieces = [quote, self.pick(parts)]
        for _ in range(self.random.choice([0, 0, 1, 2])):
            pieces += self.one(lambda: [self.pick(parts)], self.hole)
        return [*pieces, quote]

    def hole(self) -> Pieces:
        """A value in a text, or in a search: with `?` its term is left out if it is null."""
        maybe: Pieces = ["?"] if self.chance(0.2) else []
        return [Bracket("${", True), Gap.MAYBE, *self.val(), Gap.MAYBE, *maybe, Bracket("}", False)]

    # ---- gaps

    def written(self, pieces: Pieces) -> str:
        """The text of tokens and gaps."""
        text: list[str] = []
        blocks = [True]
        for piece in pieces:
            if isinstance(piece, str):
                text.append(piece)
            elif isinstance(piece, Bracket):
                text.append(piece.text)
                if piece.opens:
                    blocks.append(piece.block)
                else:
                    blocks.pop()
            else:
                text.append(self.gap(piece, free=not blocks[-1]))
        return "".join(text).replace("\n", self.newline)

    def gap(self, gap: Gap, free: bool) -> str:
        """What stands in a gap; `free` if it is inside brackets other than a block's."""
        if gap is Gap.END:
            return (
                self.pick([";", " ; ", "\n", "\n\n\n", "\n;"]) if self.chance(0.6) else self.lines()
            )
        if gap is Gap.EDGE:
            return " " if self.chance(0.6) else self.lines()
        if (free or gap is Gap.PIPE) and self.chance(0.15):
            return self.lines()
        if gap is Gap.MAYBE and self.chance(0.5):
            return ""
        return self.pick([" ", " ", "  ", "\t"])

    def lines(self) -> str:
        """The end of a line, with comments and empty lines."""
        lines = [self.pick(["", "", "  "])]
        for _ in range(self.random.choice([0, 1, 1, 2, 3])):
            lines.append(self.pick(["", "  ", "\t", *COMMENTS, *COMMENTS]))
        if self.chance(0.4):
            lines[0] += " " + self.pick(COMMENTS)
        return "\n".join([*lines, self.pick(["", "    "])])
