"""The brackets and quotes that are open in a text, and what stands in each so far."""

from __future__ import annotations

from typing import Literal

from ankish.data import dataclass, field, replace
from ankish.syntax.strings import Raw, unescaped
from ankish.syntax.tokens import COMMENT, GARBAGE, OPEN_QUOTED, OPEN_RAW, Seen

STAGES = frozenset({"program", "block", "sub"})
ROW_VERBS = frozenset("WHERE SET DERIVE SELECT SORT GROUP ADD UPSERT".split())
BLOCK_VERBS = frozenset({"EACH", "CHUNK"})
STATEMENTS = frozenset("LET IF ELSE FOR MACRO PARAM USE TRY CATCH ATOMIC FAIL ASSERT TEST".split())
OPENS = {"LSQB": "list", "RECORD": "record", "CALL": "call", "HOLE": "hole"}
QUOTES = {"DBLQUOTE": '"', "TRIPLE": '"""'}
MARKS = ('"""', "'''", '"', "'", "`")
"""What texts and names stand in; a longer one goes before one that begins it."""
CLOSES = frozenset({"RPAR", "RSQB", "RBRACE"})


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that can be used at the cursor, and where its value comes from.

    * `let` - `text` is the pipeline.
    * `item` - an item of the value `text`.
    * `it` - an item of what the stages `text` give; `chunk` - several of them.
    * `typed` - `text` is the name of its type.
    * `error` - a caught error.
    """

    name: str
    origin: Literal["let", "item", "it", "chunk", "typed", "error"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class MacroName:
    """A macro that can be called at the cursor, and its parameters."""

    name: str
    parameters: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: its name if it is given by name, and how it is written; empty for a switch."""

    name: str | None
    text: str


@dataclass
class Frame:
    """A bracket or a quote that is open, and what stands in it so far.

    * **kind** - `program`, `block`, `sub` (a pipeline in brackets), `group` (brackets in a row
      verb), `list`, `record`, `call`, `hole`, `string` or `parameters` (of a macro).
    * **start**, **inner** - the offsets of the bracket and behind it.
    * **opener** - the bracket or quote as it is written; of a call with its name.
    * **keyword**, **name** - the statement at hand by its terminal, and the name in it.
    * **pipeline**, **pipe** - where the pipeline at hand begins, and its last `|`.
    * **head** - what the stage at hand begins with: a command or a verb.
    * **arguments** - those of the command so far.
    * **named** - the parameter, key or column whose value is being written.
    * **pairs** - the keys and keywords that are complete, with their values as written.
    * **index** - how many commas came before.
    * **recent** - the tokens since the last comma or pipe; what stands in brackets is one.
    * **variables**, **macros** - those that the bracket's statements have made so far.
    * **holes** - the places of the `${…}` in a string.
    """

    kind: str
    start: int
    opener: str = ""
    keyword: str = ""
    name: str = ""
    pipeline: int = 0
    pipe: int | None = None
    head: Seen | None = None
    arguments: list[Argument] = field(default_factory=list)
    named: str | None = None
    pairs: dict[str, str] = field(default_factory=dict)
    index: int = 0
    recent: list[Seen] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    holes: list[tuple[int, int]] = field(default_factory=list)
    parameters: list[Variable] = field(default_factory=list)
    macros: list[MacroName] = field(default_factory=list)

    @property
    def inner(self) -> int:
        """The offset behind the bracket."""
        return self.start + len(self.opener)

    @property
    def is_stage(self) -> bool:
        """Whether pipelines stand in it."""
        return self.kind in STAGES

    @property
    def verb(self) -> str | None:
        """The row verb that the stage begins with."""
        return self.head.text if self.head and self.head.kind in ROW_VERBS else None

    @property
    def command(self) -> str | None:
        """The command that the stage begins with."""
        return self.head.text if self.head and self.head.kind == "COMMAND" else None


class _Frames:
    """Takes one token after the other, and keeps what is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.frames = [Frame("program", 0)]

    def take(self, token: Seen) -> None:
        top, kind = self.frames[-1], token.kind
        if top.kind == "string":
            self.in_string(top, token)
        elif kind in QUOTES:
            self.push(Frame("string", token.start, token.text))
        elif kind in OPENS:
            self.push(Frame(OPENS[kind], token.start, token.text, pipeline=token.end))
        elif kind == "LPAR":
            self.open_round(top, token)
        elif kind == "BLOCK":
            self.open_block(top, token)
        elif kind in CLOSES:
            self.close(token)
        elif kind in ("_NL", "SEMICOLON"):
            self.end_statement(top, token)
        elif kind == "VBAR":
            top.pipe = token.start
            self.begin_stage(top)
        elif kind in STATEMENTS:
            top.keyword, top.name, top.pipeline = kind, "", token.end
        else:
            self.word(top, token)

    def word(self, top: Frame, token: Seen) -> None:
        kind = token.kind
        if kind == "COMMA":
            self.end_item(top)
            top.index += 1
        elif kind in ("COLON", "EQUAL"):
            self.begin_value(top, token)
        elif kind == "NAMED":
            top.named = token.text[:-1]
        elif kind == "SWITCH":
            top.arguments.append(Argument(token.text[2:], ""))
        elif kind == "PATH":
            self.go_on(top, token)
        elif top.is_stage and top.head is None and kind in {"COMMAND", *ROW_VERBS, *BLOCK_VERBS}:
            top.head = token
        elif kind == "IN" and top.keyword == "FOR" and top.recent and top.recent[0].kind == "NAME":
            top.pipeline, top.recent = token.end, []
        else:
            if kind == "NAME" and top.keyword and not top.name:
                top.name = token.text
            self.add(top, token)

    def add(self, top: Frame, value: Seen) -> None:
        """A value is complete: an argument, or a part of an expression."""
        if top.is_stage and top.command is not None:
            top.arguments.append(Argument(top.named, value.text))
            top.named = None
        top.recent.append(value)

    def go_on(self, top: Frame, token: Seen) -> None:
        """`.key` belongs to the value before it."""
        if top.recent:
            top.recent[-1] = replace(top.recent[-1], text=top.recent[-1].text + token.text)
        if top.arguments:
            last = top.arguments[-1]
            top.arguments[-1] = replace(last, text=last.text + token.text)

    def begin_value(self, top: Frame, token: Seen) -> None:
        """`key:`, `keyword=`, `column =`, `let name =`, `name: type`."""
        if top.kind == "parameters" or top.keyword == "PARAM":
            top.recent.append(token)
        elif top.keyword == "LET" and top.head is None and top.is_stage:
            top.pipeline, top.recent = token.end, []
        elif top.recent:
            top.named, top.recent = plain(top.recent[-1].text), []

    def end_item(self, top: Frame) -> None:
        if top.kind == "parameters":
            top.parameters += _typed(top.recent)
        elif top.named is not None and top.recent:
            text = self.text[top.recent[0].start : top.recent[-1].end]
            top.pairs[top.named] = text
        top.named, top.recent = None, []

    def begin_stage(self, top: Frame) -> None:
        top.head, top.named, top.index = None, None, 0
        top.arguments, top.recent, top.pairs = [], [], {}

    def end_statement(self, top: Frame, token: Seen) -> None:
        if token.kind == "_NL" and top.pipe is not None and top.head is None and not top.recent:
            return  # the line ends in `|`
        if top.keyword == "LET" and top.name:
            top.variables.append(Variable(top.name, "let", self.text[top.pipeline : token.start]))
        elif top.keyword == "PARAM":
            top.variables += _typed(top.recent)
        self.begin_stage(top)
        top.keyword, top.name, top.pipeline, top.pipe = "", "", token.end, None

    def in_string(self, top: Frame, token: Seen) -> None:
        if token.kind == "HOLE":
            top.holes.append((token.start, token.end))
            self.push(Frame("hole", token.start, token.text, pipeline=token.end))
        elif token.text == top.opener or token.kind == "OPEN_END":
            self.pop(token)

    def open_round(self, top: Frame, token: Seen) -> None:
        if top.keyword == "MACRO":
            kind = "parameters"
        else:
            # What stands around a group need not be looked at: thousands may be nested.
            kinds = ("hole", "group")
            holder = next(f for f in reversed(self.frames) if f.is_stage or f.kind in kinds)
            kind = "group" if holder.kind == "group" or holder.verb is not None else "sub"
        self.push(Frame(kind, token.start, token.text, pipeline=token.end))

    def open_block(self, top: Frame, token: Seen) -> None:
        block = Frame("block", token.start, token.text, pipeline=token.end)
        head = top.head.kind if top.head else top.keyword
        if head == "FOR":
            items = self.text[top.pipeline : token.start]
            block.variables = [Variable(top.name, "item", items)]
        elif head == "CATCH":
            block.variables = [Variable(top.name, "error")]
        elif head == "MACRO":
            block.variables = list(top.parameters)
            top.macros.append(MacroName(top.name, tuple(top.parameters)))
        elif head in BLOCK_VERBS:
            before = "" if top.pipe is None else self.text[top.pipeline : top.pipe]
            block.variables = [Variable("it", "it" if head == "EACH" else "chunk", before)]
        self.push(block)

    def push(self, frame: Frame) -> None:
        self.frames.append(frame)

    def close(self, token: Seen) -> None:
        if len(self.frames) > 1:
            self.pop(token)

    def pop(self, token: Seen) -> None:
        """A bracket closes: what stood in it is one value of the bracket around it."""
        closed, outer = self.frames.pop(), self.frames[-1]
        if closed.kind == "hole":
            outer.holes[-1] = (closed.start, token.end)
        elif closed.kind == "parameters":
            self.end_item(closed)
            outer.parameters = closed.parameters
        else:
            whole = self.text[closed.start : token.end]
            self.add(outer, Seen(closed.kind, whole, closed.start))


def frames_of(text: str, seen: list[Seen]) -> list[Frame]:
    """The brackets that are open after all the tokens, the program first."""
    frames = _Frames(text)
    for token in seen:
        if token.kind not in (GARBAGE, COMMENT, OPEN_RAW, OPEN_QUOTED):
            frames.take(token)
    return frames.frames


def _typed(tokens: list[Seen]) -> list[Variable]:
    """The variable of `name: type`."""
    names = [token.text for token in tokens if token.kind == "NAME"]
    return [Variable(names[0], "typed", names[1])] if len(names) > 1 else []


# ---- literals


def plain(written: str) -> str | None:
    """The text that a word, a name or a string means; None if only running it tells."""
    quote = next((mark for mark in MARKS if written.startswith(mark)), None)
    if quote is None:
        return None if written[:1] in ("$", "(", "[", "{", "") else written
    inner = written[len(quote) :].removesuffix(quote)
    if not quote.startswith('"'):
        return inner
    return None if "${" in inner else unescaped(Raw.at(inner, 0), []).text
