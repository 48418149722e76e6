"""Each example of the reference design, sections 1 and 2: it does what it says, or is
refused with a message that names what this version lacks.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ankish.diagnostics.model import AnkishError
from tests.support.lab import Lab

RUN = {
    "suspend": 'find "tag:leech -is:suspended" | suspend',
    "hand on": 'find "deck:Inbox added:7" | changeDeck "Japanese::N3" | addTags sorted',
    "bare terms": "find deck:Spanish is:due | count",
    "condition": "let due = find is:due | count\n"
    'if $due > 200 { print "Busy day: ${due} cards" } else { print "Easy day" }',
    "rows": "find deck:Spanish | where lapses > 4 and interval < 21 | sort -lapses | first 10 "
    "| select Front, lapses, interval",
    "set": "find deck:Spanish | set Front = trim(replace(Front, '(&nbsp;)+', ' ', regex=true))",
    "derive": 'find deck:Spanish | derive level = case(interval >= 90, "mature", interval >= 21, '
    '"young", "new") | group level | sort -count',
    "macro": "## Move mature cards to the deck's Mature subdeck.\n"
    "macro graduate(deck: deck, days: int = 90) {\n"
    '    find "deck:${deck} prop:ivl>=${days}" | changeDeck "${deck}::Mature" --create\n'
    "}\n"
    "graduate Spanish days=60",
    "one question": 'deckNames | each { {deck: $it, due: (find "deck:${it} is:due" | count)} } '
    "| sort -due",
    "try": 'try { importPackage "deck.apkg" } catch e { print "not imported: ${e.message}" }',
    "action with JSON": 'addNote {"deckName": "Default", "modelName": "Basic", "fields": '
    '{"Front": "Q", "Back": "A"}, "tags": ["t"]}',
    "call": "call getIntervals {cards: [1502298033753], complete: true}",
    "curl": """curl localhost:8765 -X POST -d '{"action": "deckNames", "version": 6}'""",
    "import": 'open words.csv | add deck = "Spanish", model = "Basic", Front = word, '
    'Back = meaning, tags = ["csv"] | where not ok | save rejects.csv',
    "words": "find deck:Inbox | changeDeck Spanish::Verbs | addTags leech::hard",
    "quoted in a word": 'find deck:"Japanese::N3" prop:ivl>=21 | count',
    "list and record": 'let a = [a, "b", 3]\nlet b = {deck: "X", days: 3}\nprint $a $b.days',
    "comments and lines": "# one\nfind deck:Spanish # two\n  # three\n  | count; version",
    "strings": "print \"\\u{1F600} {{c1::Paris}} $5 <b>\" 'raw \\d ${no}'\n"
    'print """\n  two\n  lines\n  """',
    "paths": 'let x = {Front: "a", list: [1, 2]}\nprint $x.Front $x.list.0 ($x.y? ?? "none")',
    "shebang": "#!/usr/bin/env ankish\nversion",
    "operators": "print (1 + 2 - 3 * 4 / 5 % 6) (1 == 1.0 and not 2 < 1) (null ?? 1)",
}

REFUSED = {
    "atomic": ("atomic { find tag:old | removeTags old | addTags archive }", ["`atomic`"]),
}


@pytest.mark.parametrize("name", RUN)
def test_example_runs(lab: Lab, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("words.csv").write_text("word,meaning\nnuevo-test,new\n", encoding="utf-8")
    lab.results(RUN[name])


@pytest.mark.parametrize("name", REFUSED)
def test_example_is_refused_by_name(reading: Lab, name: str) -> None:
    program, missing = REFUSED[name]
    with pytest.raises(AnkishError) as raised:
        reading.results(program)
    said = "\n".join(problem.message for problem in raised.value.diagnostics)
    for what in missing:
        assert f"{what} is not part of this version" in said
