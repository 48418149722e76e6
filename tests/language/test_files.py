"""Files: what spreadsheets and Anki write is read right, what is written comes back, and nothing
is overwritten unasked.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ankish.diagnostics.model import AnkishError, Source, Span
from ankish.runtime import formats
from ankish.runtime.consent import Question
from ankish.runtime.present import Presenter
from ankish.runtime.session import Session
from tests.support.lab import Lab


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str, encoding: str = "utf-8") -> None:
    Path(name).write_bytes(text.encode(encoding))


# What others write.

ROWS = [
    {"word": "el mar", "meaning": "sea; ocean"},
    {"word": "a,b", "meaning": 'he said "x"\ntwice'},
]

SPREADSHEETS = {
    "commas": ('word,meaning\nel mar,sea; ocean\n"a,b","he said ""x""\ntwice"\n', "utf-8", "csv"),
    "semicolons": (
        'word;meaning\nel mar;"sea; ocean"\na,b;"he said ""x""\ntwice"\n',
        "utf-8",
        "csv",
    ),
    "tabs": ('word\tmeaning\nel mar\tsea; ocean\na,b\t"he said ""x""\ntwice"\n', "utf-8", "csv"),
    "tsv": ('word\tmeaning\nel mar\tsea; ocean\na,b\t"he said ""x""\ntwice"\n', "utf-8", "tsv"),
    "a mark before it": (
        'word,meaning\nel mar,sea; ocean\n"a,b","he said ""x""\ntwice"\n',
        "utf-8-sig",
        "csv",
    ),
    "Unicode text": (
        'word\tmeaning\nel mar\tsea; ocean\na,b\t"he said ""x""\ntwice"\n',
        "utf-16",
        "csv",
    ),
    "Windows": (
        '"word","meaning"\r\nel mar,sea; ocean\r\n"a,b","he said ""x""\ntwice"\r\n',
        "utf-8",
        "csv",
    ),
    "empty lines": (
        'word,meaning\n\nel mar,sea; ocean\n"a,b","he said ""x""\ntwice"\n\n',
        "utf-8",
        "csv",
    ),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_what_spreadsheets_write(reading: Lab, name: str) -> None:
    text, encoding, ending = SPREADSHEETS[name]
    write(f"t.{ending}", text, encoding)
    assert reading.result(f"open t.{ending}") == ROWS


def test_a_separator_can_be_given(reading: Lab) -> None:
    write("t.csv", "a:b,c\n1:2,3\n")
    assert reading.result('open t.csv separator=":"') == [{"a": "1", "b,c": "2,3"}]
    assert reading.result('"a:b\\n1:2" | from csv separator=":"') == [{"a": "1", "b": "2"}]
    assert reading.codes('open t.csv separator="ab"') == ["file::broken"]


def test_a_table_without_a_header(reading: Lab) -> None:
    write("t.csv", "el mar,sea\nel pez,fish,x\n")
    assert reading.result("open t.csv --noheaders") == [
        {"column1": "el mar", "column2": "sea", "column3": ""},
        {"column1": "el pez", "column2": "fish", "column3": "x"},
    ]
    assert reading.result('"1,2" | from csv --noheaders') == [{"column1": "1", "column2": "2"}]


def test_notes_that_anki_has_exported(lab: Lab) -> None:
    write("notes.txt", "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
          '#tags column:6\ngu1\tBasic\tInbox\t<b>el</b> mar\t"the ""sea"""\tverb csv\n'
          "gu2\tBasic\tInbox\tcomer rápido\tto eat\t\n")  # fmt: skip
    rows = lab.result("open notes.txt")
    assert rows[0] == {
        "guid": "gu1", "model": "Basic", "deck": "Inbox", "tags": "verb csv",
        "column4": "<b>el</b> mar", "column5": 'the "sea"',
    }  # fmt: skip
    added = lab.result(
        "open notes.txt | add deck = deck, model = model, Front = column4, Back = column5, tags = tags"
    )
    assert [row["ok"] for row in added] == [True, True]
    assert len(lab.ids("deck:Inbox tag:verb tag:csv")) == 1
    assert lab.result("open notes.txt as=text").startswith("#separator")


def test_the_head_of_ankis_export(reading: Lab) -> None:
    write("a.txt", "#separator:Semicolon\n#html:false\n#columns:Front;Back\n#deck:Spanish\n#tags:a b\n"
          'a<b;"two\nlines & more"\n')  # fmt: skip
    assert reading.result("open a.txt") == [
        {"Front": "a&lt;b", "Back": "two<br>lines &amp; more", "deck": "Spanish", "tags": "a b"}
    ]
    write("b.csv", "#separator:,\n# a comment\nx,y\n")
    assert reading.result("open b.csv") == [{"column1": "x", "column2": "y"}]
    write("c.txt", "#a heading\nno table\n")
    assert reading.result("open c.txt") == "#a heading\nno table\n"


BROKEN = {
    "t.csv": "a,a\n1,2\n",
    "u.csv": "a,b\n1,2,3\n",
    "v.csv": 'a,b\n"open,2\n',
    "w.json": "[1, NaN]",
    "x.json": '{"a": 1e999}',
    "y.yaml": "a: [1",
    "z.md": "no table",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_told(reading: Lab, name: str) -> None:
    write(name, BROKEN[name])
    assert reading.codes(f"open {name}") == ["file::broken"]


# What is written comes back.

TEXTS = st.text(st.sampled_from("abé日 ,;\t|\"'\n\r#=+-@\\<>&{}:`*_\x85\u2028"), max_size=8)
NAMES = st.text(st.sampled_from('ab;|,"\\ é'), min_size=1, max_size=4).filter(
    lambda n: n == n.strip()
)
TABLES = st.lists(NAMES, min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.lists(
        st.fixed_dictionaries(dict.fromkeys(names, TEXTS)), min_size=1, max_size=4
    )
)
HERE = Span(0, 0)


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "json", "jsonl", "yaml"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES)
def test_tables_come_back(form: str, rows: list[dict[str, str]]) -> None:
    text = formats.rendered(rows, form, HERE)
    if form in ("csv", "tsv") and text.startswith("#"):
        return  # perhaps the head of Anki's export
    assert formats.parsed(text, form, "t", HERE) == rows


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("form", ["json", "yaml"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_values_come_back(form: str, value: Any) -> None:
    assert formats.parsed(formats.rendered(value, form, HERE), form, "t", HERE) == value


def test_fields_come_back_through_files(lab: Lab) -> None:
    table = lab.result("find deck:Spanish | notes | select noteId, Front, Back")
    for name in ("t.csv", "t.tsv", "t.md"):
        lab.results(f"find deck:Spanish | notes | select noteId, Front, Back | save {name}")
        back = lab.result(f"open {name}")
        assert back == [{key: str(value) for key, value in row.items()} for row in table]


# Files that are there.


def test_nothing_is_overwritten_unasked(lab: Lab) -> None:
    write("t.json", "precious")
    assert lab.codes("find deck:Inbox | addTags a\n[1] | save t.json") == ["file::exists"]
    assert not lab.ids("tag:a"), "what stands before is not done either"
    assert lab.codes('let n = "t" + ".json"\n[1] | save $n') == ["file::exists"]
    assert Path("t.json").read_text() == "precious"
    lab.results("[1] | save t.json --force")
    assert json.loads(Path("t.json").read_text()) == [1]
    lab.results("for n in [1, 2] { [$n] | save u.json --force }")
    assert json.loads(Path("u.json").read_text()) == [2]
    assert sorted(path.name for path in Path().iterdir()) == ["t.json", "u.json"]


def test_rm_removes_files_and_nothing_else(lab: Lab, folder: Path) -> None:
    write("old-1.csv", "a\n1\n")
    write("old-2.csv", "a\n1\n")
    write("new.csv", "a\n1\n")
    (folder / "old-3.csv").mkdir()
    lab.results('glob "old-*.csv" | each { rm $it.path }')
    assert sorted(path.name for path in folder.iterdir()) == ["new.csv", "old-3.csv"]
    assert lab.codes("rm old-1.csv") == lab.codes("rm old-3.csv") == ["file::not-removed"]
    said = lab.text("plan rm new.csv").splitlines()
    assert said[:2] == [
        "would remove the file new.csv",
        "can't be taken back: rm (`undo` brings no file back)",
    ]
    assert "remove the file" in lab.explained("explain rm new.csv")
    assert Path("new.csv").exists()


REMOVALS = ["rm a.csv", 'glob "*.csv" | each { rm $it.path }', "for f in [`a.csv`] { rm $f }"]


@pytest.mark.parametrize("program", REMOVALS)
def test_no_file_is_removed_before_somebody_has_said_yes(lab: Lab, program: str) -> None:
    write("a.csv", "a\n1\n")
    write("b.csv", "a\n1\n")
    program = f"print started; {program.replace('`', chr(34))}"
    asked: list[Question] = []

    def ran(answer: bool | None) -> tuple[str, list[str]]:
        def confirm(question: Question) -> bool:
            asked.append(question)
            return bool(answer)

        session = Session(lambda: lab.client, confirm=None if answer is None else confirm)
        out = io.StringIO()
        try:
            session.run(Source("t", program), Presenter(out, out, "table"), lambda _: None, ())
        except AnkishError as error:
            return out.getvalue(), [each.code for each in error.diagnostics]
        return out.getvalue(), []

    assert ran(None) == ("", ["run::needs-yes"]), "a script stops before anything is done"
    said, codes = ran(False)
    assert codes == ["run::not-confirmed"]
    assert sorted(path.name for path in Path().iterdir()) == ["a.csv", "b.csv"]
    [question] = asked
    assert question.sample[0] == "a.csv"
    assert question.about == ("2 files" if "glob" in program else "1 file")
    assert "no file back" in question.reasons[0].why
    assert ran(True)[1] == []
    assert not Path("a.csv").exists()


def test_a_package_is_not_written_over_before_somebody_has_said_yes(lab: Lab, folder: Path) -> None:
    package = folder / "spanish.apkg"
    program = f'exportPackage Spanish "{package}"'

    def ran(*, yes: bool) -> list[str]:
        out = io.StringIO()
        session = Session(lambda: lab.client, yes=yes)
        try:
            session.run(Source("t", program), Presenter(out, out, "table"), lambda _: None, ())
        except AnkishError as error:
            assert "is there already" in error.diagnostics[0].labels[0].text
            return [each.code for each in error.diagnostics]
        return []

    assert ran(yes=False) == [], "a new file is nothing to ask about"
    package.write_text("something of the user's", encoding="utf-8")
    assert ran(yes=False) == ["run::needs-yes"]
    assert package.read_text(encoding="utf-8") == "something of the user's"
    assert ran(yes=True) == []
    assert package.read_bytes()[:2] == b"PK"


def test_a_removal_that_can_not_happen_is_not_asked_about(lab: Lab) -> None:
    write("a.csv", "a\n1\n")
    session, out = Session(lambda: lab.client), io.StringIO()
    program = 'param old: text = null; if $old != null { rm $old }; print "fine"'
    session.run(Source("t", program), Presenter(out, out, "table"), lambda _: None, ())
    assert "fine" in out.getvalue()


def test_a_dry_run_tells_what_would_be_written_over(lab: Lab) -> None:
    write("t.json", "[1]")
    said = lab.text("plan [2] | save t.json --force; [2] | save u.json")
    assert said.splitlines()[:2] == [
        "would write over the file t.json",
        "would write the file u.json",
    ]
    assert "file::exists" in lab.codes('plan let n = "t"; [2] | save "${n}.json"')
    assert Path("t.json").read_text() == "[1]"


def test_rows_are_put_at_the_end(reading: Lab) -> None:
    for name in ("t.csv", "t.tsv"):
        reading.results(f'[{{a: 1, b: "x"}}] | save {name} --append')
        reading.results(f'[{{b: "y;", a: 2}}, {{a: 3}}] | save {name} --append')
        rows = [{"a": "1", "b": "x"}, {"a": "2", "b": "y;"}, {"a": "3", "b": ""}]
        assert reading.result(f"open {name}") == rows
        assert reading.codes(f"[{{c: 1}}] | save {name} --append") == ["file::other-columns"]
        assert reading.result(f"open {name}") == rows
    write("s.csv", "a;b\n1;2")
    reading.results("[{a: 3, b: 4}] | save s.csv --append")
    assert Path("s.csv").read_text() == "a;b\n1;2\n3;4\n"
    reading.results("[1] | save l.jsonl --append\n[2, 3] | save l.jsonl --append")
    assert reading.result("open l.jsonl") == [1, 2, 3]
    reading.results('"one" | save t.txt --append\n"two" | save t.txt --append')
    assert Path("t.txt").read_text() == "one\ntwo\n"
    write("j.json", "[1]")
    assert reading.codes("[2] | save j.json --append") == ["file::no-append"]
    assert Path("j.json").read_text() == "[1]"


def test_formulas_can_be_marked(reading: Lab) -> None:
    program = """[{a: "=1+1", b: "-x", c: "@y", d: "plain"}] | save t.csv"""
    reading.results(program)
    assert Path("t.csv").read_text() == "a,b,c,d\n=1+1,-x,@y,plain\n"
    reading.results(f"{program} --force --spreadsheet")
    assert Path("t.csv").read_text() == "a,b,c,d\n'=1+1,'-x,'@y,plain\n"


def test_cards_and_notes_are_saved_as_tables_of_their_ids(lab: Lab) -> None:
    notes = lab.ask("findNotes", query="tag:old")
    lab.results(
        "find tag:old | save cards.csv\nfind tag:old | notes | removeTags old | save notes.csv"
    )
    assert {row["cardId"] for row in lab.results("open cards.csv")[0]} == {
        str(card) for card in lab.ask("findCards", query=f"nid:{','.join(map(str, notes))}")
    }
    assert lab.results("find deck:Inbox | first 1 | to tsv")[0].startswith("cardId\n")
    lab.results("open notes.csv | addTags again")
    assert lab.ask("findNotes", query="tag:again") == notes


@pytest.mark.parametrize(
    "program",
    [
        "deckNames | save decks.csv",
        "find deck:Inbox | addTags x | count | to csv",
        "{a: 1} | to md",
        "3 | save three.tsv",
        "'a' | save a.txt as=csv",
    ],
)
def test_what_is_no_table_is_told_before_anything_is_done(lab: Lab, program: str) -> None:
    sent = lab.client.stats.requests
    assert lab.codes(program) == ["file::no-table"]
    assert lab.client.stats.requests == sent
