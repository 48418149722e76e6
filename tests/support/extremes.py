"""Texts and searches that are very long or nested very deep, and what has to become of them."""

from __future__ import annotations


def deep_texts(depth: int = 10_000) -> dict[str, str]:
    """What is nested deeper than a tree may be: the answer is an error."""
    return {
        "round": "print " + "(" * depth + "find x" + ")" * depth,
        "round in a row verb": "x | where " + "(" * depth + "a" + ")" * depth,
        "square": "print " + "[" * depth + "1" + "]" * depth,
        "records": "print " + "{a: " * depth + "1" + "}" * depth,
        "blocks": "if $x { " * depth + "count" + " }" * depth,
        "each": "x | each { " * depth + "count" + " }" * depth,
        "try": "try { " * depth + "count" + " } catch e { }" * depth,
        "macros": "macro f() { " * depth + "count" + " }" * depth,
        "calls": "x | set a = " + "f(" * depth + "b" + ")" * depth,
        "strings": 'print "' + '${"' * depth + "a" + '"}' * depth + '"',
        "long strings": "print " + '"""${' * depth + "x" + '}"""' * depth,
        "types": "param a: " + "list<" * depth + "int" + ">" * depth,
        "mixed": "print " + "[(f {a: " * depth + "1" + "})]" * depth,
        "not": "x | where " + "not " * depth + "a",
        "minus": "x | where " + "- " * depth + "a",
        "minuses": "x | where " + "-" * depth + "a",
        "plus": "let x = " + " + ".join(["$a"] * depth),
        "times": "x | where " + " * ".join(["a"] * depth),
        "otherwise": "x | where " + " ?? ".join(["a"] * depth),
        "paths": "print $a" + ".b" * depth,
        "paths in a row verb": "x | where a" + ".b" * depth,
        "open round": "print " + "(" * depth,
        "open square": "print " + "[" * depth,
        "open records": "print " + "{a: " * depth,
        "open blocks": "if $x { " * depth,
        "open lines of blocks": "if $x {\n" * depth,
        "open calls": "x | set a = " + "f(" * depth,
        "open strings": 'print "' + '${"' * depth,
        "open types": "param a: " + "list<" * depth,
        "closing": "print x" + ")" * depth,
        "closing lines": "print x\n" + "}\n" * depth,
        "wrong closing": "print " + "(" * depth + "]" * depth,
        "comparisons": "x | where " + " == ".join(["a"] * depth),
    }


def long_texts(length: int = 1_000_000) -> dict[str, str]:
    """What is long but not deep, and has no mistake. `length` is that of most of them."""
    return {
        "or": "x | where " + " or ".join(["a == 1"] * (length // 10)),
        "and": "x | where " + " and ".join(["not a"] * (length // 10)),
        "and, or": "x | where " + " and a or ".join(["b"] * (length // 10)),
        "pipes": " | ".join(["count"] * (length // 8)),
        "lines of pipes": "\n| ".join(["count"] * (length // 8)),
        "arguments": "print " + "a " * (length // 2),
        "list": "print [" + "1, " * (length // 3) + "]",
        "record": "print {" + "a: 1, " * (length // 6) + "}",
        "rows": "x | select " + ", ".join(["a"] * (length // 3)),
        "else": "if $x { }" + " else if $y { }" * (length // 15),
        "one word": "find " + "a" * length,
        "one word with quotes": "find " + 'a"b"' * (length // 4),
        "one name": "x | where " + "a" * length,
        "one name of parts": "x | where " + "a-" * (length // 2) + "a",
        "one string": 'print "' + "a" * length + '"',
        "one string of escapes": 'print "' + "\\n" * (length // 2) + '"',
        "one string of pairs": 'print "' + "\\ud83d\\ude00" * (length // 12) + '"',
        "one string of dollars": 'print "' + "$" * length + '"',
        "one string of holes": 'print "' + "${x}" * (length // 4) + '"',
        "one raw string": "print '" + "a" * length + "'",
        "one string over lines": 'print """\n' + "  a\n" * (length // 4) + '"""',
        "one string of quotes": 'print """' + '"" ' * (length // 3) + '"""',
        "one raw string over lines": "print '''" + "'a\n" * (length // 3) + "'''",
        "one comment": "# " + "a" * length,
        "comments": "# a\n" * (length // 4),
        "comments in a pipeline": "find x\n" + "# a\n" * (length // 4) + "| count",
        "comments before else": "if $x { }\n" + "# a\r\n" * (length // 5) + "else { }",
        "comments in brackets": "print [\n" + "# a\n" * (length // 4) + "]",
        "new lines": "\n" * length,
        "returns": "\r\n" * (length // 2),
        "new lines in brackets": "print [" + "\n" * length + "]",
        "spaces": " " * length,
        "spaces at line ends": "count" + " " * length + "\n| count",
        "semicolons": ";" * length,
        "statements": "count;" * (length // 6),
        "params": "macro f(" + "a: int, " * (length // 8) + ") { }",
    }


def wrong_texts(length: int = 1_000_000) -> dict[str, str]:
    """What is long and wrong: the answer is an error."""
    return {
        "an open string": 'print "' + "a" * length,
        "an open raw string": "print '" + "a" * length,
        "an open string over lines": 'print """' + "a\n" * (length // 2),
        "an open raw string over lines": "print '''" + "a\n" * (length // 2),
        "an open raw string of quotes": "print '''" + "'a" * (length // 2),
        "many raw quotes": "'''a\n" * (length // 5 + 1),
        "many open strings": 'print "a\n' * (length // 9),
        "many mistakes": "a || b\n" * (length // 7),
        "many mistakes in a block": "if $x {\n" + "  a || b\n" * (length // 9) + "}",
        "many mistakes on a line": "a || b; " * (length // 8),
        "many open brackets": "print (a\n" * (length // 9),
        "many open lists": "print [1\n" * (length // 9),
        "many open blocks": "if $x = 3 {\n" * (length // 12),
        "many closing brackets": "}\n" * (length // 2),
        "a long number": "print " + "1" * length,
        "a long fraction": "print 0." + "1" * length + "e999",
        "dollars": "$" * length,
        "quotes": '"' * length,
        "apostrophes": "'" * (length + 1),
        "back-ticks": "`" * length,
        "dots": "print $x" + "." * length,
        "bars": "|" * length,
        "equals": "=" * length,
        "null": "\0" * length,
        "backslashes": 'print "' + "\\" * length,
        "braces": "${" * (length // 2),
        "digits and dots": "x | where " + "1." * (length // 2),
        "minus": "-" * length,
        "else": "else\n" * (length // 5),
        "colons": "a:" * (length // 2),
    }


def deep_searches(depth: int = 10_000) -> dict[str, str]:
    """Searches that are nested deeper than a tree may be, as they stand in a string."""
    return {
        "brackets": "(" * depth + "a" + ")" * depth,
        "minus and brackets": "-(" * depth + "a" + ")" * depth,
        "or in brackets": "(a or " * depth + "b" + ")" * depth,
        "open brackets": "(" * depth,
        "closing brackets": ")" * depth,
        "minuses": "-" * depth + "a",
        "open minus": "-(" * depth,
    }


def one_term_searches(length: int = 1_000_000) -> dict[str, str]:
    """Searches of one long term, as they stand in a string."""
    return {
        "a word": "a" * length,
        "a deck": "deck:" + "a" * length,
        "a deck in quotes": 'deck:\\"' + "a " * (length // 2) + '\\"',
        "an open quote": 'deck:\\"' + "a " * (length // 2),
        "escapes": "\\\\*" * (length // 3),
        "stars": "*" * length,
        "a regex": "re:" + "a*" * (length // 2),
        "brackets of a regex": '\\"re:' + "(" * 10_000 + ")" * 10_000 + '\\"',
        "ids": "nid:" + "1," * (length // 2) + "1",
        "colons": ":" * length,
        "a digit": "prop:ivl>" + "1" * length,
        "values": "${x}" * (length // 20),
    }


def long_searches(length: int = 1_000_000) -> dict[str, str]:
    """Searches of more terms than Anki takes, as they stand in a string."""
    return {
        "words": "a " * (length // 2),
        "or": " or ".join(["a"] * (length // 5)),
        "unknown decks": " or ".join(["deck:Spnish"] * (length // 15)),
        "unknown states": "is:x " * (length // 5),
        "quotes": '\\"' * (length // 2),
        "values": "deck:${x} " * (length // 10),
        "unknown tags": "tag:a::b " * (length // 9),
    }
