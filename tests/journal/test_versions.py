"""A journal that an earlier ankish has written is gone on with; one of a later is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.journal import Desk

FIRST = """\
create table run (
    id integer primary key autoincrement, kind text not null, of integer, state text not null,
    name text not null, text text, arguments text not null, folder text not null,
    begun real not null, ended real,
    session text not null, embedded integer not null, undone integer, message text not null
);
create table sent (
    id integer primary key, run integer not null references run on delete cascade,
    state text not null, begun real not null, asked blob, replies blob
);
create index sent_run on sent (run);
create table write (
    id integer primary key, sent integer not null references sent on delete cascade,
    action text not null, params blob not null, start integer not null, stop integer not null,
    before blob, after blob, reply blob, verdict blob
);
create index write_sent on write (sent);
create table renamed (
    kind text not null, old text not null, new text not null, run integer not null
);
pragma user_version = 1;
"""
"""The tables of the first version, which did not know what a run was kept from."""


def as_first(desk: Desk) -> Path:
    """Write the journal of a desk anew, as the first version had it."""
    [file] = desk.folder.glob("*.sqlite")
    with closing(sqlite3.connect(file)) as now:
        now.execute("pragma journal_mode = delete")
        rows = {
            table: now.execute(f"select * from {table}").fetchall()
            for table in ("run", "sent", "write", "renamed")
        }
    file.unlink()
    rows["run"] = [row[:-1] for row in rows["run"]]
    with closing(sqlite3.connect(file)) as old:
        old.executescript(FIRST)
        for table, some in rows.items():
            for row in some:
                marks = ", ".join("?" * len(row))
                old.execute(f"insert into {table} values ({marks})", row)
        old.commit()
    return file


def test_runs_of_the_first_version_are_shown_taken_back_and_gone_on_with(desk: Desk) -> None:
    before = desk.content()
    old = desk.ask("findNotes", query="tag:old")
    desk.result("find tag:old | addTags one\nfind tag:leech | cards | suspend")
    desk.run("find tag:old | addTags two\nfail 'no'")
    desk.result("find tag:old | addTags three")
    desk.result("undo")
    [told] = desk.run("log --all")
    assert len(told) == 4
    as_first(desk)
    assert desk.run("log --all") == [told]
    desk.result("redo")
    assert desk.ask("findNotes", query="tag:three") == old
    desk.result("find tag:old | addTags four")
    for _ in range(4):
        desk.result("undo")
    assert desk.content() == before


def test_a_stopped_run_of_the_first_version_is_gone_on_with(desk: Desk) -> None:
    note = (
        '{note: {deckName: "Made later", modelName: "Basic", fields: {Front: "later", Back: ""}}}'
    )
    codes = desk.codes(f"find tag:old | addTags first\ncall addNote {note}\naddTags [1] last")
    assert "journal::so-far" in codes
    as_first(desk)
    desk.ask("createDeck", deck="Made later")
    desk.run("resume")
    assert len(desk.ask("findNotes", query="Front:later")) == 1


def test_a_journal_of_a_later_ankish_is_not_touched_and_nothing_is_sent(desk: Desk) -> None:
    desk.result("find tag:old | addTags one")
    [file] = desk.folder.glob("*.sqlite")
    with closing(sqlite3.connect(file)) as later:
        later.execute("pragma journal_mode = delete")
        later.execute("pragma user_version = 99")
    held = file.read_bytes()
    assert desk.codes("find tag:old | addTags two") == ["journal::unreadable"]
    assert "newer ankish" in str(desk.problems)
    assert desk.ask("findNotes", query="tag:two") == []
    with closing(sqlite3.connect(file)) as later:
        later.execute("pragma journal_mode = delete")
    assert file.read_bytes()[100:] == held[100:], "its pages are as they were, but for the head"
