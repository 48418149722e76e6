"""Searches made up by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from ankish.syntax.search.keywords import KEYWORDS, OPERATORS, PROPERTIES, STATES

WORDS = (
    "a alpha or and A::B x:y none filtered current * _ a_b a* \\* \\_ \\\\ \\: \\( \\d - --a"
).split()
NUMBERS = (
    "0 1 7 8 00 01 +1 -1 -0 +-1 1.5 .5 5. . 1e3 1e 1e39 3.7e37 3.79e37 3.4028235e38 "
    "3.4028236e38 inf nan NaN 1_0 １ 255 256 2147483647 2147483648 -2147483648 "
    "-2147483649 4294967295 4294967296 9223372036854775807 9223372036854775808 "
    "1,2 1, ,1 1,,2 1:1 1:4 1:5 1:0 1:01 -1:2 1: 1:1:1 "
    "1,text 1, -1,x a,b"
).split(" ")
QUOTED = ['"a b"', '"(a)"', '""', '" "', '"\\""', '"a\\\\"', '"or"', '"-x"', '"\\q"']
FRAGMENTS = [
    *("or", "and", "OR", "-", "(", ")", '"', "\\", ":", "*", "_", " ", "\u3000", "\n", "\xa0"),
    *("a", "é", "1", "deck:", "front:", "re:", "nid:", "is:", 'a:"b c"', "()", "-(", " or ", '\\"'),
]

properties = st.builds(
    "{}{}{}".format,
    st.sampled_from([*(name.rstrip(":") for name in PROPERTIES), "cdn:k", "cds:k", "x", "IVL", ""]),
    st.sampled_from([*OPERATORS, "==", "<>", "~", ""]),
    st.sampled_from(NUMBERS),
)
values = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(NUMBERS),
    st.sampled_from([*STATES, "Due", "marked", ""]),
    st.sampled_from(QUOTED),
    st.sampled_from(["re:", "nc:", "sc:", "re:\\d", "re:a.*", "nc:\\q", "tag:\\d"]),
)
keys = st.sampled_from(
    [*KEYWORDS, "Deck", "IS", "front", "Back", "no_such", "fr*", "a\\:b", "or", "\\-x", "a\\q"]
)
keyed = st.one_of(
    st.builds("{}:{}".format, keys, values),
    st.builds("prop:{}".format, properties),
    st.builds('"{}:{}"'.format, keys, st.sampled_from(WORDS + NUMBERS)),
    st.builds('{}:"{}"'.format, keys, st.sampled_from(WORDS + NUMBERS)),
)
terms = st.one_of(keyed, keyed, st.sampled_from(WORDS), st.sampled_from(QUOTED))
joiners = st.sampled_from([" ", " ", " or ", " and ", " OR ", "\u3000", "", " or", "\t"])

searches = st.recursive(
    st.one_of(terms, st.builds("-{}".format, terms)),
    lambda inner: st.one_of(
        st.builds("{}{}{}".format, inner, joiners, inner),
        st.builds("({})".format, inner),
        st.builds("-({})".format, inner),
    ),
    max_leaves=6,
)
"""Searches in the shape of the grammar, with arguments good and bad."""

fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("".join)
"""Pieces of syntax in a row."""


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A search with some characters put in, taken out or replaced."""
    search = draw(searches)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(search)))
        gone = draw(st.integers(0, 1))
        search = search[:at] + draw(st.sampled_from([*FRAGMENTS, ""])) + search[at + gone :]
    return search
