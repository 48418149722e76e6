"""Diagnostics that show what the renderer can do, by name."""

from __future__ import annotations

from ankish.diagnostics.model import Diagnostic, Fix, Label, Severity, Source, Span


def at(text: str, part: str, word: str = "", *, primary: bool = True, nth: int = 1) -> Label:
    """A label under the `nth` place of `part` in `text`."""
    start = -1
    for _ in range(nth):
        start = text.index(part, start + 1)
    return Label(Span(start, start + len(part)), word, primary)


def also(text: str, part: str, word: str = "", *, nth: int = 1) -> Label:
    """A secondary label."""
    return at(text, part, word, primary=False, nth=nth)


def case(
    text: str,
    *labels: Label,
    code: str = "name::parameter",
    message: str = "something is wrong",
    severity: Severity = Severity.ERROR,
    helps: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    fix: Fix | None = None,
    name: str = "tidy.ank",
) -> Diagnostic:
    return Diagnostic(code, severity, message, labels, helps, notes, fix, Source(name, text))


DEK = '# Tidy up\n\nfind deck:Inbox | changeDeck dek="Japanese"\n'
DECKS = "\n\n\n\n\n\ndeckNames | addTags seen\n"
CALL = "let x = fill(cards, deck, tags)\n"
LINES = "".join(f"let value{n} = {n}\n" for n in range(1, 13))
WIDE = 'find "deck:日本語" | tag "e\u0301te\u0301" | \tsusspend # 👩‍👩‍👧 ok'
THAI = "a ก็ \u200b\u200e\ufeffb"
BLOCK = "if $due {\n  find is:due\n  | suspend\n}\n"
ELSE = "if $a {\n  print a\n} else {\n  print b\n}\n"
NESTED = "if x { each {\n  a\n} }\n"
LONG = f"addNotes [{'1, ' * 200}BAD, {'2, ' * 200}WORSE, {'3, ' * 200}]"
EVIL = "find \x1b[31mred\x07 \u202eabc\u2066 \x9b2J\r | boom"

CASES: dict[str, tuple[Diagnostic, ...]] = {
    "parameter": (
        case(
            DEK,
            at(DEK, "dek"),
            message='changeDeck has no parameter "dek"',
            helps=("a parameter with a similar name exists: deck",),
            notes=("changeDeck(cards, deck) moves cards to a deck",),
            fix=Fix(at(DEK, "dek").span, "deck"),
        ),
    ),
    "input": (
        case(
            DECKS,
            at(DECKS, "addTags", "needs notes or cards"),
            also(DECKS, "deckNames", "this gives decks"),
            code="type::input",
            message="addTags changes notes, but it was given decks",
            helps=('start from find "deck:…"',),
        ),
    ),
    "several-on-a-line": (
        case(CALL, at(CALL, "fill", "a"), also(CALL, "cards", "b"), also(CALL, "tags", "c")),
    ),
    "one-inside-another": (
        case(CALL, also(CALL, "fill(cards, deck, tags)", "all"), at(CALL, "cards", "one")),
    ),
    "same-place-twice": (case(CALL, at(CALL, "deck", "first"), at(CALL, "deck", "second")),),
    "marks-without-words": (case(CALL, at(CALL, "fill"), also(CALL, "cards", " ")),),
    "different-lines": (
        case(
            LINES,
            at(LINES, "value12", "here"),
            also(LINES, "value1 ", "far away"),
            also(LINES, "value10", "near"),
        ),
    ),
    "wide-characters": (
        case(
            WIDE,
            at(WIDE, "日本語", "no such deck"),
            also(WIDE, "e\u0301te\u0301", "accents"),
            also(WIDE, "susspend", "after a tab"),
            also(WIDE, "👩‍👩‍👧", "a family"),
            also(WIDE, "ok", "behind it"),
        ),
    ),
    "no-width": (
        case(THAI, at(THAI, "ก็", "a vowel sign"), also(THAI, "b", "behind what has no width")),
        case(THAI, at(THAI, "\u200b", "a space of no width")),
    ),
    "half-a-character": (case(WIDE, at(WIDE, "\u0301", "the accent alone")),),
    "several-lines": (case(BLOCK, at(BLOCK, BLOCK.strip(), "this block")),),
    "several-lines-from-the-middle": (
        case(BLOCK, at(BLOCK, BLOCK[8:-1], "this block"), also(BLOCK, "suspend", "in it")),
    ),
    "blocks-in-blocks": (
        case(
            NESTED,
            also(NESTED, NESTED[5:-1], "outer"),
            at(NESTED, NESTED[12 : NESTED.index("}") + 1], "inner"),
        ),
    ),
    "blocks-that-share-a-line": (
        case(ELSE, at(ELSE, ELSE[6:19], "one"), also(ELSE, ELSE[25:-1], "other")),
    ),
    "blocks-that-overlap": (
        case(LINES, at(LINES, LINES[4:40], "first"), also(LINES, LINES[19:57], "second")),
    ),
    "five-lines-and-six": (
        case(LINES, at(LINES, LINES[: 5 * 15 - 1])),
        case(LINES, at(LINES, LINES[: 6 * 15 - 1])),
    ),
    "long-block": (case(LINES, at(LINES, LINES[4:-1], "all of it")),),
    "long-line": (case(LONG, at(LONG, "BAD", "not an id"), also(LONG, "WORSE", "neither")),),
    "long-span": (case(LONG, at(LONG, LONG[9:], "a long list")),),
    "end-of-line": (case("find deck:A |\nx", at("find deck:A |\n", "\n", "a command")),),
    "windows-line-end": (case("find deck:A |\r\nx", Label(Span(13, 15), "a command")),),
    "end-of-text": (case("find deck:A |\n", Label(Span(14, 14), "a command")),),
    "empty-text": (case("", Label(Span(0, 0), "nothing to do")),),
    "control-characters": (
        case(
            EVIL,
            at(EVIL, "boom", "not \x1b[32mgreen"),
            message="no \x1b]0;title\x07 \u202eelif\nsecond line",
            helps=("one\ntwo\x1b[1m",),
            name="a\nb\x1b.ank",
        ),
    ),
    "no-source": (
        Diagnostic(
            "anki::no-answer",
            Severity.ERROR,
            "nothing answers at 127.0.0.1:8765",
            helps=("open Anki", "or use --demo"),
            notes=("the reason: refused",),
        ),
    ),
    "place-in-no-source": (
        Diagnostic("a::b", Severity.HINT, "a hint", (Label(Span(1, 2), "lost"),), ("do this",)),
    ),
    "secondary-only": (case(CALL, also(CALL, "deck", "this one"), severity=Severity.WARNING),),
    "several": (
        case(CALL, at(CALL, "fill"), message="first"),
        case(CALL, at(CALL, "deck"), message="second", severity=Severity.WARNING),
        case(CALL, at(CALL, "tags"), message="third"),
        case(CALL, at(CALL, "cards"), message="fourth", severity=Severity.HINT),
    ),
}
