"""Where settings come from, in which order, and what is said when they can't be understood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankish import configfile
from ankish.data import replace
from ankish.diagnostics.model import AnkishError
from ankish.diagnostics.render import render
from ankish.settings import (
    Settings,
    cache_dir,
    config_dir,
    data_dir,
    load_settings,
    state_dir,
)
from tests.conftest import Goldens

NAMES = {"url": str, "key": str, "base": str, "tips": bool, "theme": ("dark", "light")}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own for every test, and an empty environment."""
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path))
    for name in ("ANKISH_URL", "ANKISH_KEY", "ANKI_BASE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(home: Path, text: str | bytes) -> Path:
    file = home / "config" / "config.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_without_anything_there_are_defaults() -> None:
    assert load_settings() == Settings("http://127.0.0.1:8765", None, None)


def test_the_file_counts_less_than_the_environment_and_that_less_than_the_command_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, 'url = "http://file"\nkey = "from file"\nbase = "/file"')
    monkeypatch.setenv("ANKISH_URL", "http://environment")
    monkeypatch.setenv("ANKISH_KEY", "from environment")
    given = {"url": "http://line", "key": None, "base": None}
    assert load_settings(given) == Settings("http://line", "from environment", "/file")


def test_an_empty_variable_counts_as_left_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, 'key = "from file"')
    monkeypatch.setenv("ANKISH_KEY", "")
    assert load_settings().key == "from file"


def test_a_file_from_notepad_is_read(home: Path) -> None:
    write(home, b'\xef\xbb\xbfurl = "http://caf\xc3\xa9"\r\nkey = "k"\r\n')
    assert load_settings() == Settings("http://café", "k")


def test_the_key_does_not_show_itself() -> None:
    settings = replace(Settings(), key="s3cret")
    assert settings.key == "s3cret"
    assert "s3cret" not in f"{settings} {settings!r}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("no-quotes", "url = http://127.0.0.1:8765\n"),
        ("open-key", 'url = "http://x"\nkey = "s3cret\n'),
        ("open-lines", 'key = """\ns3cret = 1\n'),
        ("two-in-a-line", 'url = "http://me:s3cret@host" key = "s3cret"\n'),
        ("names", '# mine\nkye = "s3cret"\nurl = 8765\n\n[colours]\nred = "s3cret"\n'),
        ("key-type", "key = [1, 's3cret']\n"),
        ("twice", 'url = "http://a"\nurl = "http://b"\n'),
    ],
)
def test_mistakes_are_shown_at_their_place_and_no_secret_with_them(
    name: str, text: str, home: Path, golden: Goldens
) -> None:
    file = write(home, text)
    with pytest.raises(AnkishError) as caught:
        load_settings()
    shown = render(caught.value.diagnostics).replace(str(file), "config.toml")
    assert "s3cret" not in shown + render(caught.value.diagnostics, "json") + str(caught.value)
    golden(f"config/{name}", shown)


def test_a_file_that_cannot_be_read(home: Path) -> None:
    for make in (lambda f: f.write_bytes(b"url = '\xff'"), lambda f: (f.unlink(), f.mkdir())):
        make(write(home, ""))
        with pytest.raises(AnkishError) as caught:
            load_settings()
        assert caught.value.diagnostics[0].code == "config::unreadable"


@given(st.text(max_size=80) | st.text("key url=\"'[]#.\n\\s3crt", max_size=80))
def test_whatever_is_in_the_file_there_are_settings_or_a_message(text: str) -> None:
    file = config_dir() / "config.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8", errors="replace")
    try:
        values = configfile.read(file, NAMES)
    except AnkishError as error:
        render(error.diagnostics)
    else:
        assert values.keys() <= set(NAMES)


@given(st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=80))
def test_places_stay_true_where_secrets_are_hidden(text: str) -> None:
    masked = configfile._masked(text, NAMES)
    assert len(masked) == len(text)
    assert masked.count("\n") == text.count("\n")


def test_all_folders_are_below_the_home_that_is_named(home: Path) -> None:
    folders = {cache_dir(), state_dir(), data_dir(), config_dir()}
    assert folders == {home / name for name in ("cache", "state", "data", "config")}


def test_without_a_home_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANKISH_HOME")
    folders = [cache_dir(), state_dir(), data_dir(), config_dir()]
    assert all(folder.is_absolute() and "ankish" in folder.parts for folder in folders)


def test_settings_are_cheap_to_import() -> None:
    code = "import sys, ankish.settings, ankish.anki.client, ankish.anki.http; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"httpx", "httptools", "socket", "platformdirs", "tomllib", "tomli", "ssl"} & set(
        done.stdout.split()
    )
