"""`ankish macros`: the user's own macros on the command line; nothing is overwritten or lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ankish.runtime.callable import callable_commands, helpful
from ankish.runtime.mymacros import folder
from ankish.tools.help import main as help_main
from ankish.tools.macros import main

TEXT = "## Park cards.\nmacro park(items: cards) { $items | suspend }\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, for ankish and for files."""
    monkeypatch.setenv("ANKISH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_one_profile_to_another(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine.ank").write_text(f"{TEXT}\n## Two.\nmacro two() {{ version }}\n", encoding="utf-8")
    assert main(["import", "mine.ank"]) == 0
    assert capsys.readouterr().out == "park\ntwo\n"
    assert (folder() / "park.ank").read_text(encoding="utf-8") == TEXT
    assert main(["list"]) == 0
    assert capsys.readouterr().out == "items | park\tPark cards\ntwo\tTwo\n"
    assert main(["rename", "park", "rest"]) == main(["export", "rest", "rest.ank"]) == 0
    monkeypatch.setenv("ANKISH_HOME", str(home / "other"))
    assert main([]) == 0 and capsys.readouterr().out == ""
    assert main(["import", "rest.ank"]) == 0
    assert main(["show", "rest"]) == 0
    assert capsys.readouterr().out == "rest\n" + TEXT.replace("macro park(", "macro rest(")
    assert help_main(["rest"]) == 0
    assert "items | rest" in capsys.readouterr().out
    assert main(["delete", "rest"]) == 0
    assert "rest" not in helpful("rest")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "nothing"], "record::no-macro"),
        (["import", "nowhere.ank"], "record::not-imported"),
        (["import", "script.ank"], "record::not-imported"),
        (["import", "broken.ank"], "syntax::"),
        (["import", "taken.ank"], "record::name"),
        (["import", "mine.ank"], "record::exists"),
        (["export", "park", "script.ank"], "record::not-exported"),
        (["rename", "park", "suspend"], "record::name"),
    ],
)
def test_what_can_not_be_done_leaves_all_as_it_was(
    words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine.ank").write_text(TEXT, encoding="utf-8")
    Path("script.ank").write_text("find is:due\n", encoding="utf-8")
    Path("broken.ank").write_text("macro m( {\n", encoding="utf-8")
    Path("taken.ank").write_text(f"{TEXT}macro find() {{ version }}\n", encoding="utf-8")
    if words != ["import", "taken.ank"]:
        main(["import", "mine.ank"])
    before = {path.name: path.read_text(encoding="utf-8") for path in folder().glob("*")}
    capsys.readouterr()
    assert main(words) == 2
    assert code in capsys.readouterr().err
    after = {path.name: path.read_text(encoding="utf-8") for path in folder().glob("*")}
    assert after == before
    assert Path("script.ank").read_text(encoding="utf-8") == "find is:due\n"


def test_a_file_that_was_edited_badly_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    folder().mkdir(parents=True)
    (folder() / "park.ank").write_text("macro other() { version }\n", encoding="utf-8")
    assert main([]) == 0
    assert "record::not-sound" in capsys.readouterr().err


Captured = pytest.CaptureFixture[str]


@pytest.fixture
def editor(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the user's editor to a script that replaces one text by another."""
    monkeypatch.delenv("VISUAL", raising=False)

    def replacing(old: str, new: str) -> None:
        script = home / "my editor.py"
        script.write_text(
            "import sys, pathlib\n"
            "file = pathlib.Path(sys.argv[1])\n"
            "text = file.read_text(encoding='utf-8')\n"
            f"assert {old!r} in text\n"
            f"file.write_text(text.replace({old!r}, {new!r}), encoding='utf-8')\n",
            encoding="utf-8",
        )
        monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')

    Path("mine.ank").write_text(TEXT, encoding="utf-8")
    assert main(["import", "mine.ank"]) == 0
    return replacing


def park() -> str:
    return (folder() / "park.ank").read_text(encoding="utf-8")


def test_a_macro_is_edited(editor: Callable[..., None], capsys: Captured) -> None:
    editor("suspend", "unsuspend")
    assert main(["edit", "park"]) == 0
    assert park() == TEXT.replace("suspend", "unsuspend")
    assert "park" in callable_commands(library=False)
    assert [*folder().rglob("*.ank")] == [folder() / "park.ank"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("| suspend }", "| suspend", "syntax::"),
        ("suspend", "suspnd", "name::command"),
        ("macro park", "macro other", "record::not-sound"),
        ("$items | suspend", "$itmes | suspend", "name::"),
    ],
)
def test_a_bad_edit_loses_neither_the_macro_nor_what_was_written(
    editor: Callable[..., None], old: str, new: str, code: str, capsys: Captured
) -> None:
    editor(old, new)
    assert main(["edit", "park"]) == 2
    told = capsys.readouterr().err
    assert code in told and "`park` is as it was" in told
    assert park() == TEXT
    assert main([]) == 0
    assert capsys.readouterr() == ("items | park\tPark cards\n", "")

    editor(new, old)  # it has to find what was written before
    assert main(["edit", "park"]) == 0
    assert park() == TEXT


def test_an_action_that_only_ones_own_anki_has_is_no_mistake(editor: Callable[..., None]) -> None:
    editor("suspend", "addOnOfMine mode=quick")
    assert main(["edit", "park"]) == 0
    assert "addOnOfMine" in park()


def test_an_emptied_file_is_no_wish(editor: Callable[..., None], capsys: Captured) -> None:
    editor(TEXT, "")
    assert main(["edit", "park"]) == 0
    assert "park is as it was" in capsys.readouterr().out
    assert park() == TEXT
    editor("suspend", "buryCards")
    assert main(["edit", "park"]) == 0


def test_a_draft_goes_where_its_macro_goes(editor: Callable[..., None]) -> None:
    editor("suspend", "suspnd")
    main(["edit", "park"])
    assert main(["rename", "park", "rest"]) == 0
    editor(
        "macro rest(items: cards) { $items | suspnd",
        "macro rest(items: cards) { $items | buryCards",
    )
    assert main(["edit", "rest"]) == 0
    assert "bury" in (folder() / "rest.ank").read_text(encoding="utf-8")
    editor("buryCards", "buri")
    main(["edit", "rest"])
    assert main(["delete", "rest"]) == 0
    assert [*folder().rglob("*.ank")] == []


def test_an_editor_that_is_not_there(
    editor: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    assert main(["edit", "park"]) == 2
    assert "config::no-editor" in capsys.readouterr().err
    assert park() == TEXT
