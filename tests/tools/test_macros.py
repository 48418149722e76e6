"""`ankish macros`: the user's own macros on the command line; nothing is overwritten or lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ankish.runtime.callable import helpful
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
