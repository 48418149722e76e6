"""`show`: a card's question and answer in a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from ankish.runtime.faces import face, sides
from tests.support.terminal import Terminal


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<style>.card {}</style>Question", ["Question"]),
        ("a<br><br>b", ["a", "", "b"]),
        ("<div>a</div><div>b</div>", ["a", "b"]),
        ("<ul><li>x<li>y</ul>", ["• x", "• y"]),
        ('<img src="a b.jpg">', ["[image: a b.jpg]"]),
        ('The <span class="cloze">Danube</span>', ["The [Danube]"]),
        ('The <span class="cloze">[...]</span>', ["The [...]"]),
        ("x<hr>y", ["x", "─" * 40, "y"]),
        ("\x1b[2Jevil", ["␛[2Jevil"]),
        ("<b>unclosed", ["unclosed"]),
        ("&lt;b&gt; & more", ["<b> & more"]),
        ("", []),
    ],
)
def test_html_as_lines(html: str, lines: list[str]) -> None:
    assert face(html, False, 80) == lines


def test_only_our_own_escapes_colour() -> None:
    (line,) = face("<b>x</b>\x1b[31m", True, 80)
    assert line == "\x1b[1mx\x1b[0m␛[31m"


def test_long_lines_are_wrapped_and_wide_ones_too() -> None:
    assert all(len(line) <= 20 for line in face("word " * 30, False, 20))
    assert (
        face("日" * 30, False, 20) == ["日" * 10] * 3 or face("日" * 30, False, 20)[0] == "日" * 9
    )


def test_sounds_are_named_and_the_answer_stands_alone() -> None:
    info: dict[str, Any] = {
        "question": "Q [anki:play:q:0]",
        "answer": "Q [anki:play:q:0]<hr id=answer>A [anki:play:a:1] [anki:play:a:9]",
        "fields": {
            "Back": {"value": "A [sound:b.mp3]", "order": 1},
            "Front": {"value": "Q [sound:a.mp3]", "order": 0},
        },
    }
    front, back = sides(info, False, 80)
    assert front == ["Q [sound:a.mp3]"]
    assert back == ["A [sound:b.mp3] [sound]"]


def test_a_card_in_the_shell(shell: Terminal) -> None:
    shell.enter("find note:Cloze Danube | first 1 | show")
    screen = shell.wait("Europe")
    assert "The [...] flows into" in screen or "[...]" in screen
    assert shell.colour_of("[...]") == "cyan"
    assert shell.colour_of("Geography · Cloze") == "brightblack"
    shell.press("ctrl-l")
    shell.enter("find flag-france.png | show")
    shell.wait("[image: flag-france.png]")
