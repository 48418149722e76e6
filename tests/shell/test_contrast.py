"""Text of the themes `dark` and `light` can be read: WCAG 2.2, 1.4.3, asks for 4.5 to 1.

Measured as a terminal shows it, with all colours there are and with 256, on backgrounds that
terminals have.
"""

from __future__ import annotations

import pytest
from prompt_toolkit.output.vt100 import _256_colors
from prompt_toolkit.styles import Attrs, Style

from ankish.shell.style import PALETTES, ROLES, style

WANTED = 4.5
BACKGROUNDS = {
    "light": {
        "white": "ffffff",
        "Solarized": "fdf6e3",
        "Catppuccin Latte": "eff1f5",
        "GNOME": "f6f5f4",
    },
    "dark": {
        "black": "000000",
        "VS Code": "1e1e1e",
        "Solarized": "002b36",
        "Dracula": "282a36",
        "Nord": "2e3440",
        "Catppuccin Frappé": "303446",
    },
}
CASES = [(theme, role) for theme in BACKGROUNDS for role in ROLES]


def luminance(colour: str) -> float:
    """The relative luminance, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def of_256(colour: str) -> str:
    """The colour that a terminal of 256 shows for it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "{:02x}{:02x}{:02x}".format(*_256_colors.colors[_256_colors[red, green, blue]])


def attributes(look: Style, role: str) -> Attrs:
    return look.get_attrs_for_style_str(f"class:{role}")


def test_the_measure() -> None:
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.005)


def test_a_terminal_of_256_colours_has_others() -> None:
    assert of_256("2a2d3a") != "2a2d3a"
    assert of_256("ffffff") == "ffffff"


@pytest.mark.parametrize(("theme", "role"), CASES)
def test_text_stands_out(theme: str, role: str) -> None:
    given = attributes(style(theme), role)
    behind = {"its own": given.bgcolor} if given.bgcolor else BACKGROUNDS[theme]
    if not given.color:
        assert not given.bgcolor, "a background of ours needs a colour of ours"
        return
    for name, background in behind.items():
        shades = {"all": (given.color, background)}
        own = of_256(background) if given.bgcolor else background
        shades["256"] = (of_256(given.color), own)
        for colours, pair in shades.items():
            assert contrast(*pair) >= WANTED, (name, colours, pair)


def test_themes_have_the_same_colours() -> None:
    """A colour that one theme lacks would end the shell."""
    assert {frozenset(palette) for palette in PALETTES.values()} == {frozenset(PALETTES["dark"])}
