"""The words of the shell, and its keys."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ankish import configure
from ankish.configfile import read
from ankish.settings import DECLARED, Settings, config_file, load_settings, wanted
from ankish.shell.style import PALETTES, style
from tests.support.terminal import Terminal

Start = Callable[..., Terminal]


# ---- config


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path))
    for name in ("ANKISH_URL", "ANKISH_KEY", "ANKI_BASE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_every_setting_is_declared() -> None:
    assert list(DECLARED) == list(Settings.__annotations__)
    assert set(PALETTES) == set(DECLARED["theme"].choices)
    for theme in PALETTES:
        style(theme)


def test_the_file_it_begins_with_sets_nothing_and_shows_everything(home: Path) -> None:
    configure.write(config_file(), configure.template())
    assert load_settings() == Settings()
    text = config_file().read_text("utf-8")
    for name in DECLARED:
        assert f"\n# {name} = " in text
    config_file().write_text(text.replace("\n# theme = ", "\ntheme = "), "utf-8")
    assert load_settings() == Settings()


def test_a_change_leaves_the_rest_of_the_file(home: Path) -> None:
    file = config_file()
    file.parent.mkdir()
    file.write_text('# mine\nurl = "http://x"  # why\n\nkeys = "vi"', "utf-8")
    changed = configure.change(load_settings(), "keys", "emacs")
    assert changed.keys == "emacs"
    configure.change(changed, "preview", "off")
    configure.change(changed, "preview", "on")
    text = file.read_text("utf-8")
    assert text == '# mine\nurl = "http://x"  # why\n\nkeys = "emacs"\npreview = true\n'
    assert read(file, wanted())["preview"] is True
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["config.toml"]


def test_the_key_is_never_shown(home: Path) -> None:
    settings = configure.change(Settings(), "key", "s3cret")
    assert settings.key == "s3cret" and load_settings().key == "s3cret"
    assert "s3cret" not in configure.overview(settings, 80)


def test_config_in_the_shell(start: Start, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho 'timing = false' >> \"$1\"\n")
    editor.chmod(0o755)
    shell = start(env={"EDITOR": str(editor)}, lines=100)
    shell.loaded()
    shell.enter("config keys vim")
    shell.wait('it takes "emacs" or "vi"')
    shell.enter("config kees vi")
    shell.wait("a setting with a similar name exists: `keys`")
    shell.enter("config keys vi")
    shell.enter("config edit")
    shell.press("ctrl-l")
    shell.enter("config")
    screen = shell.wait("`config edit` opens the file")
    lines = {line.split()[0]: line.split()[1:3] for line in screen.splitlines() if line.strip()}
    assert lines["keys"] == ["vi", "file"]
    assert lines["timing"] == ["off", "file"]
    assert lines["pager"][0] == "auto"
    assert 'keys = "vi"' in (tmp_path / "config" / "config.toml").read_text("utf-8")
    shell.type("print wrong")
    shell.press("escape")
    shell.type("bcwright")
    shell.press("escape")
    shell.press("enter")
    shell.wait("\nright\n")


# ---- keys


def test_the_sheet_of_keys(start: Start) -> None:
    shell = start(lines=40)
    shell.enter("keys")
    for key in ("Ctrl-X Ctrl-E", "Tab", "F1", "Ctrl-R", "Alt-Up", "Ctrl-C", "Ctrl-Z"):
        shell.wait(key)


def test_f1_helps_on_what_is_under_the_cursor(shell: Terminal) -> None:
    shell.type("find tag:leech | suspend")
    shell.press("f1")
    shell.wait("unsuspend the cards that were not suspended before")
    shell.wait("ankish> find tag:leech | suspend")
    shell.press("ctrl-c")
    shell.press("ctrl-l")
    shell.type("find x | changeDeck Spanish")
    shell.press("f1")
    shell.wait("changeDeck back to the deck")


def test_history_by_how_a_line_begins_and_by_search(shell: Terminal) -> None:
    for line in ("print one", "deckNames | count", "print two"):
        shell.enter(line)
        shell.settle(0.3)
    shell.type("deck")
    shell.settle(0.3)
    shell.press("alt-up")
    shell.wait("ankish> deckNames | count")
    shell.press("ctrl-c")
    shell.type("print")
    shell.settle(0.3)
    shell.press("alt-up")
    shell.wait("ankish> print two")
    shell.press("alt-up")
    shell.wait("ankish> print one")
    shell.press("alt-down")
    shell.wait("ankish> print two")
    shell.press("ctrl-c")
    shell.settle(0.3)
    shell.press("ctrl-r")
    shell.type("one")
    shell.wait("print one")
    shell.press("enter", "enter")
    shell.wait(lambda screen: screen.count("\none\n") == 2)


def test_the_line_in_an_editor(start: Start, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i s/wrong/right/ "$1"\n')
    editor.chmod(0o755)
    shell = start(env={"EDITOR": str(editor)})
    shell.loaded()
    shell.type("print wrong")
    shell.type("\x18\x05")
    shell.wait("ankish> print right")


def test_f4_changes_the_kind_of_keys(shell: Terminal) -> None:
    shell.press("f4")
    shell.type("print wrong")
    shell.press("escape")
    shell.type("bcwright")
    shell.press("enter")
    shell.wait("\nright\n")


def test_the_shape_of_the_cursor_tells_the_mode_of_vi(shell: Terminal) -> None:
    bar, block = "\x1b[6 q", "\x1b[2 q"
    assert bar not in shell.raw and block not in shell.raw  # in emacs it stays as it was
    shell.press("f4")
    shell.type("print one")
    shell.wait("ankish> print one")
    shell.press("escape")
    shell.wait(lambda screen: block in shell.raw)
    assert bar in shell.raw


def test_the_key_is_masked_while_it_is_typed(shell: Terminal, tmp_path: Path) -> None:
    shell.type("config key s3cret-of-mine")
    shell.wait("ankish> config key **************")
    shell.press("enter")
    shell.wait(lambda screen: screen.count("ankish>") == 2)
    assert "s3cret" not in shell.raw
    assert "s3cret-of-mine" in (tmp_path / "config" / "config.toml").read_text("utf-8")


def test_the_bar_tells_what_undo_takes(shell: Terminal) -> None:
    assert "undo" not in shell.text.splitlines()[-1]
    shell.enter("find deck:Inbox | addTags seen")
    shell.wait(lambda screen: "· undo r1" in screen.splitlines()[-1])
    shell.enter("find deck:Inbox | suspend")
    shell.wait(lambda screen: "· undo r2" in screen.splitlines()[-1])
    shell.enter("undo")
    shell.wait(lambda screen: "· undo r1" in screen.splitlines()[-1])
    shell.enter("undo")
    shell.wait(lambda screen: "· undo" not in screen.splitlines()[-1])
