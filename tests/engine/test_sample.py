"""The sample collection: sound for Anki, the same every time, and what `facts` says of it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
import unicodedata
import wave
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.scheduler.v3 import Scheduler

from ankish.anki.engine.sample import build, facts
from ankish.anki.engine.sample import notes as sample_notes
from ankish.anki.engine.sample.calendar import Calendar
from ankish.anki.engine.sample.learner import TODAY
from ankish.anki.engine.sample.untidy import UNUSED_TAGS

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.utc).timestamp()
DAY = 86_400


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tests that name a time of day do it in UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="module")
def col(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The sample, opened once for the tests that only look."""
    col = Collection(str(build(tmp_path_factory.mktemp("sample"))))
    yield col
    col.close()


def query(col: Collection, sql: str) -> list[list[Any]]:
    assert col.db is not None
    return [list(row) for row in col.db.all(sql)]


def anki_day(seconds: float) -> date:
    """The day that a moment belongs to: it begins at four in the morning."""
    return (datetime.fromtimestamp(seconds) - timedelta(hours=4)).date()


def notes_text(col: Collection) -> list[str]:
    return [fields for (fields,) in query(col, "select flds from notes")]


# What Anki says of it


def test_anki_finds_nothing_wrong(tmp_path: Path) -> None:
    col = Collection(str(build(tmp_path)))
    try:
        assert col.fix_integrity() == ("Database rebuilt and optimized.", True)
        assert col.card_count() == facts().cards
        assert col.v3_scheduler()
        assert not any(deck["dyn"] for deck in col.decks.all())
    finally:
        col.close()


@pytest.mark.parametrize("search", facts().searches)
def test_searches_find_what_facts_say(col: Collection, search: str) -> None:
    assert len(col.find_cards(search)) == facts().searches[search] > 0


def test_counts_are_those_of_facts(col: Collection) -> None:
    assert col.note_count() == facts().notes
    assert col.card_count() == facts().cards
    assert query(col, "select count() from revlog") == [[facts().reviews]]
    decks = Counter(col.decks.name(did) for (did,) in query(col, "select did from cards"))
    assert decks == facts().decks
    models = {item.name: item.use_count for item in col.models.all_use_counts() if item.use_count}
    assert models == facts().models
    tags = Counter(tag for (text,) in query(col, "select tags from notes") for tag in text.split())
    assert tags == facts().tags


def test_the_size_is_one_to_look_through(col: Collection) -> None:
    assert 300 <= facts().notes <= 500
    assert 600 <= facts().cards <= 800


def test_note_types_have_the_fields_that_content_is_written_for(col: Collection) -> None:
    for model, fields in sample_notes.FIELDS.items():
        assert tuple(col.models.field_names(col.models.by_name(model) or {})) == fields
    vocabulary = col.models.by_name("Vocabulary") or {}
    assert [template["name"] for template in vocabulary["tmpls"]] == ["Recognition", "Recall"]


def test_every_column_of_the_content_is_used() -> None:
    known = {field for fields in sample_notes.FIELDS.values() for field in fields} | {"tags"}
    files = list((Path(sample_notes.__file__).parent / "content").glob("*.csv"))
    assert len(files) == 12
    for file in files:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
        assert set(rows[0]) <= known, file
        assert {len(row) for row in rows} == {len(rows[0])}, file


# Scheduling


def test_the_review_log_leads_to_the_cards(col: Collection) -> None:
    log = defaultdict(list)
    for cid, *line in query(
        col, "select cid, id, ease, ivl, lastIvl, factor, type from revlog order by id"
    ):
        log[cid].append(line)
    columns = "id, type, queue, due, ivl, factor, reps, lapses, mod, data"
    cards = query(col, f"select {columns} from cards")
    assert log.keys() == {card[0] for card in cards if card[6]}
    for cid, kind, queue, due, ivl, factor, reps, lapses, mod, data in cards:
        lines = log[cid]
        assert len(lines) == reps
        assert lapses == sum(kind == 1 and ease == 1 for _, ease, *_, kind in lines)
        if not lines:
            assert (kind, ivl, factor, data) == (0, 0, 0, "{}")
            assert queue in (0, -1)
            continue
        before = [0, *(line[2] for line in lines)]
        assert [line[3] for line in lines] == before[:-1]
        at, _, last, _, eased, _ = lines[-1]
        assert eased == factor
        assert at // 1000 == mod == json.loads(data)["lrt"]
        if last > 0:
            assert (kind, ivl) == (2, last)
            assert due - ivl == (anki_day(at / 1000) - anki_day(col.crt)).days
        else:
            assert kind in (1, 3)
            assert due == at // 1000 - last


def test_the_kinds_of_reviews_follow_from_each_other(col: Collection) -> None:
    log = defaultdict(list)
    for cid, ease, kind, ivl in query(col, "select cid, ease, type, ivl from revlog order by id"):
        log[cid].append((ease, kind, ivl))
    for lines in log.values():
        assert lines[0][1] == 0
        for (ease, kind, ivl), (_, following, _) in zip(lines, lines[1:], strict=False):
            if ivl > 0:
                assert following == 1
            else:
                assert following == (2 if (kind == 1 and ease == 1) or kind == 2 else 0)


def test_the_history_spans_ninety_days(col: Collection) -> None:
    made = anki_day(col.crt)
    reviews = query(col, "select id from revlog")
    days = sorted({(anki_day(at / 1000) - made).days for (at,) in reviews})
    assert days[0] == TODAY - 90
    assert days[-1] == TODAY
    assert len(days) > 80


def test_leeches_are_tagged_and_spanish_suspends_them(col: Collection) -> None:
    leeches = col.find_cards("prop:lapses>=8")
    assert len(leeches) >= 10
    assert {col.get_card(cid).nid for cid in leeches} == set(col.find_notes("tag:leech"))
    suspended = {cid for cid in leeches if col.get_card(cid).queue == -1}
    assert suspended == set(col.find_cards("deck:Spanish prop:lapses>=8"))
    assert set(leeches) - suspended


def test_spanish_has_a_preset_of_its_own(col: Collection) -> None:
    presets = {
        deck["name"]: col.decks.config_dict_for_deck_id(deck["id"])["name"]
        for deck in col.decks.all()
    }
    assert {name for name, preset in presets.items() if preset == "Languages"} == {
        "Spanish",
        "Spanish::Nouns",
        "Spanish::Verbs",
    }
    assert set(presets.values()) == {"Default", "Languages"}
    actions = {preset["name"]: preset["lapse"]["leechAction"] for preset in col.decks.all_config()}
    assert actions == {"Default": 1, "Languages": 0}, "1 only tags"


def test_a_locked_card_waits_for_one_that_is_known(col: Collection) -> None:
    recall = "deck:Japanese::N5 note:Vocabulary card:Recall"
    locked = col.find_cards(f"{recall} is:suspended is:new")
    assert locked == col.find_cards(recall)
    ready = {col.get_card(cid).nid for cid in locked} & set(
        col.find_notes("deck:Japanese::N5 card:Recognition prop:ivl>=21")
    )
    assert len(ready) > 5


def test_buried_cards_stay_buried_today(tmp_path: Path) -> None:
    col = Collection(str(build(tmp_path)))
    try:
        assert isinstance(col.sched, Scheduler)
        assert col.sched.deck_due_tree().review_count
        assert col.sched.get_queued_cards(fetch_limit=1).cards
        assert len(col.find_cards("is:buried")) == facts().searches["is:buried"] == 3
        assert len(col.find_cards("is:buried-manually")) == 1
    finally:
        col.close()


def test_decks_know_what_was_studied_today(col: Collection) -> None:
    start = (col.sched.day_cutoff - DAY) * 1000
    for name in ("Spanish", "Spanish::Verbs", "Japanese", "Geography", "Medicine"):
        deck = col.decks.by_name(name)
        assert deck is not None
        ids = ",".join(str(did) for did in col.decks.deck_and_child_ids(deck["id"]))
        [[reviews, spent]] = query(
            col,
            "select sum(revlog.type = 1), sum(time) from revlog join cards on cards.id = cid "
            f"where revlog.id >= {start} and did in ({ids})",
        )
        assert deck["revToday"] == [TODAY, reviews or 0]
        assert deck["timeToday"] == [TODAY, spent or 0]


# Content


def test_media_are_there_unused_or_missing_as_facts_say(col: Collection) -> None:
    found = col.media.check()
    assert set(found.unused) == facts().unused_media
    assert set(found.missing) == facts().missing_media
    assert {path.name for path in Path(col.media.dir()).iterdir()} == facts().media
    words = {col.get_note(nid).fields[0] for nid in col.find_notes("deck:Japanese::N3 Audio:")}
    assert len({f"{word}.wav" for word in words} & facts().unused_media) == 25


def test_media_are_valid(col: Collection) -> None:
    seen = Counter[str]()
    for path in Path(col.media.dir()).iterdir():
        content = path.read_bytes()
        seen[path.suffix] += 1
        if path.suffix == ".wav":
            with wave.open(io.BytesIO(content)) as sound:
                assert sound.getframerate() == 8000
                assert len(sound.readframes(10_000)) == sound.getnframes() == 800
        elif path.suffix == ".png":
            width, height = png_size(content)
            assert (width, height) == (36, 24)
        else:
            assert content.startswith(b"<svg ")
            assert content.endswith(b"</svg>\n")
    assert seen.keys() == {".wav", ".png", ".svg"}


def png_size(content: bytes) -> tuple[int, int]:
    """Read a PNG to its end; its width and height in pixels."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        body = content[at + 4 : at + 8 + length]
        assert int.from_bytes(content[at + 8 + length : at + 12 + length], "big") == zlib.crc32(
            body
        )
        chunks[body[:4]] = body[4:]
        at += 12 + length
    size = chunks[b"IHDR"]
    width, height = int.from_bytes(size[:4], "big"), int.from_bytes(size[4:8], "big")
    assert len(zlib.decompress(chunks[b"IDAT"])) == (width + 1) * height
    assert chunks[b"IEND"] == b""
    return width, height


def test_unused_tags_and_tags_that_differ_in_case(col: Collection) -> None:
    used = {tag for (text,) in query(col, "select tags from notes") for tag in text.split()}
    assert set(col.tags.all()) - used == set(UNUSED_TAGS)
    spellings = defaultdict(set)
    for tag in used:
        spellings[tag.casefold()].add(tag)
    twice = {folded for folded, names in spellings.items() if len(names) > 1}
    assert twice == {"todo", "verb"}


def test_problems_are_in_the_text(col: Collection) -> None:
    problems, texts = facts().problems, notes_text(col)
    assert len(col.find_notes("*reciev*")) == problems["misspelling"]
    assert sum(unicodedata.normalize("NFC", text) != text for text in texts) == problems["not nfc"]
    assert sum(r"\(" in text or r"\[" in text for text in texts) == problems["math"]
    assert sum(is_unclosed(text) for text in texts) == problems["unclosed"]
    broken = re.compile(r"\{\{c\d+:[^:]|\{\{c\d+::[^}]*$", re.M)
    assert sum(bool(broken.search(text.split("\x1f")[0])) for text in texts) == 2
    assert len(col.find_notes("note:Basic Back:")) == problems["empty field"]
    hebrew_or_arabic = sum(any("\u0590" <= c <= "\u06ff" for c in text) for text in texts)
    assert hebrew_or_arabic == problems["right to left"]
    assert sum(any(ord(c) > 0xFFFF for c in text) for text in texts) == problems["emoji"]


def is_unclosed(text: str) -> bool:
    for tag in ("b", "i", "div", "span", "font"):
        opened = len(re.findall(rf"<{tag}[ >]", text))
        if opened != text.count(f"</{tag}>"):
            return True
    return False


def test_duplicates_are_those_that_facts_count(col: Collection) -> None:
    same: dict[tuple[int, int], int] = Counter()
    for mid, checksum in query(col, "select mid, csum from notes"):
        same[mid, checksum] += 1
    # Anki's checksum ignores formatting: one of the near duplicates counts as the same.
    assert sum(count - 1 for count in same.values()) == facts().problems["duplicate"] + 1
    firsts: dict[tuple[int, str], int] = Counter()
    for mid, fields in query(col, "select mid, flds from notes"):
        plain = re.sub(r"<(?!img)[^>]*>|&nbsp;", "", fields.split("\x1f")[0]).strip().casefold()
        firsts[mid, plain] += 1
    expected = facts().problems["duplicate"] + facts().problems["near duplicate"]
    assert sum(count - 1 for count in firsts.values()) == expected


# The same every time


def dump(path: Path) -> dict[str, list[list[Any]]]:
    """Everything about notes, cards and reviews; decks and note types by name."""
    col = Collection(str(path))
    try:
        decks = {item.id: item.name for item in col.decks.all_names_and_ids()}
        models = {item.id: item.name for item in col.models.all_names_and_ids()}
        notes = query(
            col, "select mid, id, guid, mod, tags, flds, sfld, csum from notes order by id"
        )
        cards = query(
            col,
            "select did, id, nid, ord, mod, type, queue, due, ivl, factor, reps, lapses, left, "
            "odue, odid, flags, data from cards order by id",
        )
        return {
            "notes": [[models[mid], *rest] for mid, *rest in notes],
            "cards": [[decks[did], *rest] for did, *rest in cards],
            "revlog": query(col, "select * from revlog order by id"),
            "created": query(col, "select crt from col"),
            "media": [
                [file.name, file.read_bytes()] for file in sorted(Path(col.media.dir()).iterdir())
            ],
        }
    finally:
        col.close()


def built(folder: Path, now: float) -> dict[str, list[list[Any]]]:
    folder.mkdir()
    return dump(build(folder, now=now))


def test_the_same_at_any_time_of_a_day(tmp_path: Path, utc: None) -> None:
    noon = built(tmp_path / "noon", NOON)
    assert built(tmp_path / "first", NOON - 8 * 3600) == noon
    assert built(tmp_path / "last", NOON + 16 * 3600 - 1) == noon
    assert built(tmp_path / "next", NOON + 16 * 3600) != noon


def test_the_next_day_it_is_the_same_a_day_later(tmp_path: Path, utc: None) -> None:
    today, tomorrow = built(tmp_path / "today", NOON), built(tmp_path / "tomorrow", NOON + DAY)
    assert tomorrow["created"][0][0] - today["created"][0][0] == DAY
    for table, times in {"notes": [1], "cards": [1, 2], "revlog": [0, 1]}.items():
        for old, new in zip(today[table], tomorrow[table], strict=True):
            assert [new[at] - old[at] for at in times] == [DAY * 1000] * len(times)
    fields = [[note[0], note[2], *note[4:]] for note in today["notes"]]
    assert [[note[0], note[2], *note[4:]] for note in tomorrow["notes"]] == fields
    assert tomorrow["media"] == today["media"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Auckland"])
def test_due_today_in_every_time_zone(tmp_path: Path, zone: str) -> None:
    """In a process of its own: Anki's library asks the system for the time zone once."""
    script = (
        "import sys, pathlib\n"
        "from anki.collection import Collection\n"
        "from ankish.anki.engine.sample import build, facts\n"
        "col = Collection(str(build(pathlib.Path(sys.argv[1]))))\n"
        "due = len(col.find_cards('is:due')) - facts().searches['is:due']\n"
        "print(col.sched.today, due, col.fix_integrity()[1])\n"
        "col.close()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env={"TZ": zone, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == (f"{TODAY} 0 True\n", "")


def test_days_begin_at_four_whatever_the_clocks_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        calendar = Calendar(NOON, TODAY)
        starts = [calendar.milliseconds(day * DAY * 1000) / 1000 for day in range(TODAY + 1)]
        assert {datetime.fromtimestamp(start).hour for start in starts} == {4}
        assert len({datetime.fromtimestamp(start).date() for start in starts}) == TODAY + 1
        assert datetime.fromtimestamp(starts[-1]).isoformat() == "2026-11-23T04:00:00"
    time.tzset()


def test_it_never_writes_over_a_collection(tmp_path: Path) -> None:
    mine = tmp_path / "collection.anki2"
    mine.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        build(tmp_path)
    assert mine.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [mine]
