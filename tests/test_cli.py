"""The program as it is started: arguments, streams, exit status."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.engine import sample_engine
from tests.support.manners import Manners


def ankish(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """One run of ankish; its streams are not terminals."""
    return subprocess.run(
        [sys.executable, "-m", "ankish", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, **(env or {})},
        cwd=cwd,
    )


def nowhere() -> str:
    """A URL where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_program_on_the_command_line() -> None:
    run = ankish(
        "--demo",
        "-c",
        'find "tag:leech -is:suspended" | suspend\nfind tag:leech is:suspended | count',
    )
    assert (run.returncode, run.stdout) == (0, "25\n")
    assert run.stderr == "suspend: 12 cards\n"


def test_a_program_on_standard_input() -> None:
    run = ankish("--demo", stdin="find deck:Spanish is:due | count\n")
    assert (run.returncode, run.stdout, run.stderr) == (0, "47\n", "")
    assert ankish("--demo", "-", stdin="version").stdout == "6\n"


def test_parameters_of_a_program_on_the_command_line() -> None:
    program = "param n: int = 3; print $n"
    assert ankish("--demo", "-c", program, "--n", "5").stdout == "5\n"
    assert ankish("-c", program, "--demo", "--json", "--n=5").stdout == "5\n"
    assert ankish("-c", program, "--demo", "4", "--json").returncode == 2


def test_json_output_is_json() -> None:
    run = ankish("--demo", "--json", "-c", 'print "a"; [1, 2.5] | avg')
    assert run.stdout == '"a"\n1.75\n'
    for text in ("'[NaN]' | from json", "'[1e999]' | from json", "'[.inf]' | from yaml"):
        assert "file::broken" in ankish("--demo", "-c", text).stderr
    run = ankish("--demo", "-c", "let n = float('nan'); print $n")
    assert (run.returncode, run.stdout) == (1, "")


def test_a_program_in_a_file_with_parameters(tmp_path: Path) -> None:
    script = tmp_path / "due.ank"
    script.write_text('## the deck\nparam deck: deck\nfind "deck:${deck} is:due" | count\n')
    run = ankish("--demo", str(script), "--deck", "Spanish")
    assert (run.returncode, run.stdout) == (0, "47\n")
    assert "--deck deck  the deck (required)" in ankish(str(script), "--help").stdout


def test_mistakes_are_told_on_the_error_stream_with_status_2() -> None:
    run = ankish("--url", nowhere(), "-c", "find deck:Spanish | suspnd")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("error[name::command]: there is no command `suspnd`\n --> -c:1:21")


def test_mistakes_as_json() -> None:
    run = ankish("--json", "-c", "suspnd; foo")
    messages = [json.loads(line) for line in run.stderr.splitlines()]
    assert [message["code"] for message in messages] == ["name::command"] * 2
    assert run.returncode == 2


def test_a_failed_action_has_status_1() -> None:
    run = ankish("--demo", "-c", 'print "before"; find deck:Inbox | setDueDate 99999999999')
    assert (run.returncode, run.stdout) == (1, "before\n")
    assert "error[anki::refused]: Anki refused `setDueDate`: A number was" in run.stderr
    assert "has changed the collection" not in run.stderr


def test_what_was_done_before_a_failure_is_told() -> None:
    run = ankish(
        "--demo", "-c", "find deck:Inbox | suspend; find deck:Inbox | setDueDate 99999999999"
    )
    assert run.returncode == 1
    assert "run r1 has changed the collection before it stopped: 1 request done" in run.stderr


def test_no_anki_has_status_3_and_says_what_to_do() -> None:
    run = ankish("--url", nowhere(), "-c", "deckNames")
    assert (run.returncode, run.stdout) == (3, "")
    assert "nothing answers at http://127.0.0.1" in run.stderr
    assert "2055492159" in run.stderr and "--collection" in run.stderr


def test_no_collection_has_status_3(tmp_path: Path) -> None:
    run = ankish("--collection", str(tmp_path / "collection.anki2"), "-c", "deckNames")
    assert run.returncode == 3
    assert "there is no collection at" in run.stderr
    assert not list(tmp_path.iterdir())


def test_a_missing_file_has_status_2() -> None:
    run = ankish("nowhere.ank")
    assert run.returncode == 2
    assert "nowhere.ank can't be read: No such file or directory" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan"], "a file, a script by its name, or a text follows: ankish plan leeches"),
        (["plan", "nosuch"], "there is no script `nosuch`, and no file of that name"),
        (["plan", "--demo", "leeches", "-o", "x.plan"], "a plan of the sample collection can't be"),
        (["apply", "--demo", "x.plan"], "a plan of the sample collection can't be carried out"),
        (["tour"], "it is a word of the shell, which `ankish --demo` starts: type tour there"),
        (["review"], "it is a word of the shell, which `ankish` starts: type review there"),
        (["-c", "tour"], "ankish --demo starts the shell on a sample collection"),
        (["-c", "plan"], "a line follows: plan find tag:leech | suspend"),
        (["-c", "explain"], "a line follows: explain find tag:leech | suspend"),
    ],
)
def test_words_that_lack_something_say_what(arguments: list[str], told: str) -> None:
    run = ankish(*arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert told in run.stderr


WAITS = """
import time
from ankish.cli import parser, session_for
session = session_for(parser().parse_args(["--demo"]))
session.client.invoke("version")
print(session.client.where, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_sample_collection_goes_when_the_program_is_told_to_end(number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITS], stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        collection = Path(process.stdout.readline().strip())
        assert collection.exists()
        process.send_signal(number)
        assert process.wait(30) == 128 + number
    assert not collection.parent.exists()


def test_an_empty_log_says_so(tmp_path: Path) -> None:
    home = {"ANKISH_HOME": str(tmp_path)}
    run = ankish("log", "--demo", env=home)
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "nothing has been written yet\n"
    assert ankish("log", "--demo", "--json", env=home).stdout == "[]\n"


def test_plan_takes_a_script_by_its_name() -> None:
    run = ankish("plan", "--demo", "leeches", "--deck", "Spanish")
    assert (run.returncode, run.stderr) == (0, "")
    assert "suspend: 5 items" in run.stdout and "nothing was changed" in run.stdout


def test_json_is_one_value_a_line() -> None:
    program = "deckNames | first 2; find deck:Inbox | first 1; find deck:Inbox | addTags x; print 1"
    run = ankish("--demo", "--json", "-c", program)
    decks, cards, done, printed = map(json.loads, run.stdout.splitlines())
    assert len(decks) == 2
    assert len(cards) == 1 and isinstance(cards[0], int)
    assert done["done"] == "addTags" and done["count"] > 0
    assert printed == "1"


def test_ids_go_by_line_so_that_other_programs_can_read_them() -> None:
    run = ankish("--demo", "-c", "find deck:Inbox")
    assert run.stdout.splitlines() and all(line.isdigit() for line in run.stdout.splitlines())


def test_explain_prints_the_plan_and_sends_nothing_of_it() -> None:
    with Manners(sample_engine(), tick=0) as server:
        plan = ankish("--url", server.url, "--explain", "-c", "find deck:Spanish | suspend")
    assert "suspend cards=$1" in plan.stdout
    assert all(b'"suspend"' not in body for body in server.bodies)


def test_the_key_is_taken_from_the_environment_and_never_shown() -> None:
    key = "s3cret-key"
    with Manners(sample_engine(key), tick=0) as server:
        run = ankish("--url", server.url, "-c", "version", env={"ANKISH_KEY": key})
        assert (run.returncode, run.stdout) == (0, "6\n")
        wrong = ankish("--url", server.url, "-c", "version", env={"ANKISH_KEY": "other-key"})
        without = ankish("--url", server.url, "-c", "version")
    assert wrong.returncode == without.returncode == 3
    assert "error[anki::key-wrong]" in wrong.stderr and "other-key" not in wrong.stderr
    assert "error[anki::key-missing]" in without.stderr


def test_the_same_script_has_the_same_end_over_http() -> None:
    program = (
        'find "tag:leech -is:suspended" | suspend\n'
        'find "deck:Inbox added:7" | changeDeck "Japanese::N3" | addTags sorted\n'
        "find tag:leech is:suspended | count\nfind deck:Japanese::N3 tag:sorted | count"
    )
    with Manners(sample_engine()) as server:
        over_http = ankish("--url", server.url, "-c", program)
    here = ankish("--demo", "-c", program)
    assert over_http.stdout == here.stdout != ""
    assert server.crowded == 0, "requests were sent at the same time"


def test_files_are_read_and_written_where_ankish_is_started(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("word,meaning\nneuvo-test,new\n,nothing\n")
    program = (
        'open words.csv | add deck = "Spanish", model = "Basic", Front = word, Back = meaning, '
        'tags = ["csv"] | where not ok | save rejects.csv\nfind tag:csv | count'
    )
    run = ankish("--demo", "-c", program, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "1\n")
    assert (tmp_path / "rejects.csv").read_text() == (
        "word,meaning,ok,noteId,error\n,nothing,false,,cannot create note because it is empty\n"
    )


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_options_that_need_nothing(option: str) -> None:
    run = ankish(option)
    assert run.returncode == 0 and run.stdout.startswith(("usage: ankish", "ankish 0."))


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ankish", "--demo", "-c", "find deck:Spanish; find deck:Spanish"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        assert process.wait(60) in (0, 141)


def test_what_can_t_be_taken_back_needs_yes() -> None:
    program = "find deck:Inbox | addTags seen\nfind tag:old | deleteNotes\nfind tag:seen | count"
    with Manners(sample_engine(), tick=0) as server:
        run = ankish("--url", server.url, "-c", program)
        assert run.returncode == 2
        assert "error[run::needs-yes]: deleteNotes takes something away" in run.stderr
        assert all(b"addTags" not in body for body in server.bodies)
        run = ankish("--url", server.url, "--yes", "-c", program)
        assert (run.returncode, run.stdout) == (0, "22\n")


def test_stats_tell_what_was_sent() -> None:
    program = "find is:due | addTags a | suspend"
    done = ankish("--demo", "--no-journal", "--json", "--stats", "-c", program)
    told = json.loads(done.stderr.splitlines()[-1])["stats"]
    # The greeting; two searches; two writes. No name had to be looked up.
    assert (told["requests"], told["actions"]) == (3, 5)
    assert told["waited"] > 0
