"""The documentation is true: the examples of its pages do what they show, the reference is what
the catalog says.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from ankish.runtime.shipped import scripts
from tests.scripts.large import CASES
from tests.support.cookbook import shown_by
from tests.support.guide import BadGuide, Block, Reader, blocks, examples, tidy
from tests.support.lab import Lab, embedded_lab

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")
sys.path.insert(0, str(DOCS))
import cooking  # noqa: E402

SHOWN = dict(cooking.outputs((DOCS / cooking.PAGE).read_text(encoding="utf-8")))
"""The calls of the cookbook, with what the page shows of them."""

GENERATED = frozenset({"actions.md", "cookbook.md", "reference.md", "undo.md"})
"""Pages that are written by a program; their examples have tests of their own."""

PAGES = [path.name for path in sorted(DOCS.glob("*.md")) if path.name not in GENERATED]

EXAMPLES_OF_PAGES = [
    pytest.param(example, id=f"{page} line {example[0].line}")
    for page in PAGES
    for example in examples((DOCS / page).read_text(encoding="utf-8"))
]

# The pages.


@pytest.mark.parametrize("example", EXAMPLES_OF_PAGES)
def test_example_of_a_page(
    example: list[Block], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with embedded_lab() as lab:
        reader = Reader(lab, tmp_path)
        for block in example:
            shown = reader.tries(block)
            if block.expected is None:
                assert shown.fine, f"line {block.line}: {shown.text}"
            else:
                assert shown.text == tidy(block.expected), f"line {block.line}"


def test_the_guide_shows_what_its_examples_give() -> None:
    """Files apart, hardly a block is there whose result nobody compares."""
    run = [block for block in blocks(GUIDE) if block.file is None]
    shown = [block for block in run if block.expected is not None]
    assert len(run) > 50
    assert len(run) - len(shown) <= 1


def test_a_wrong_example_is_noticed(tmp_path: Path) -> None:
    with embedded_lab() as lab:
        reader = Reader(lab, tmp_path)
        (right,) = blocks("```ankish\nfind deck:Inbox | count\n```\n\n```text\n23\n```\n")
        assert (reader.tries(right).text, right.expected) == ("22", "23\n")
        for text in ("```ankish\nsuspnd\n```\n", "```ankish\nfind deck:Nowhere | count\n```\n"):
            (block,) = blocks(text)
            assert not reader.tries(block).fine
        (failing,) = blocks("```sh\nankish --demo -c 'fail \"no\"'\n```\n")
        assert not reader.tries(failing).fine


@pytest.mark.parametrize(
    "text",
    [
        "```\nfind is:due\n```\n",
        "```ank\nfind is:due\n```\n",
        "```ankish skip\nfind is:due\n```\n",
        "```text\n3\n```\n",
        "```ankish\nversion\n```\nThis gives\n```text\n6\n```\n",
        "```ankish file=a.ank\nversion\n```\n```text\n6\n```\n",
    ],
)
def test_a_block_that_nobody_would_look_at_is_refused(text: str) -> None:
    with pytest.raises(BadGuide):
        blocks(text)


# The reference.


def generate(*arguments: str, docs: Path = DOCS) -> subprocess.CompletedProcess[str]:
    """Run the generator on the reference in a folder."""
    command = [sys.executable, str(DOCS / "generate.py"), *arguments, "--to", str(docs)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_reference_is_up_to_date() -> None:
    done = generate("--check")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_a_stale_reference_is_noticed_and_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "reference.md"
    fresh = (DOCS / "reference.md").read_text(encoding="utf-8")
    path.write_text(fresh.replace("### suspend\n", "### suspnd\n"), encoding="utf-8")
    assert generate("--check", docs=tmp_path).returncode == 1
    assert generate(docs=tmp_path).returncode == 0
    assert path.read_text(encoding="utf-8") == fresh


def anchors(text: str) -> set[str]:
    """The places of a Markdown text that can be linked to, as GitHub names them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)
    names = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert len(set(names)) == len(names), "two headings have the same anchor"
    return set(names)


@pytest.mark.parametrize(
    "page", [*(f"docs/{page.name}" for page in DOCS.glob("*.md")), "README.md"]
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_page_can_be_found() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    front = (DOCS / "index.md").read_text(encoding="utf-8")
    for page in DOCS.glob("*.md"):
        if page.name != "index.md":
            assert f"(docs/{page.name})" in readme, page.name
            assert f"({page.name})" in front, page.name
            assert f"\n{page.stem}\n" in front, page.name


# The cookbook.


@pytest.mark.parametrize("call", SHOWN, ids=lambda call: call.partition(" --")[0])
def test_a_call_of_the_cookbook(call: str) -> None:
    assert shown_by(call) == SHOWN[call]


@pytest.mark.parametrize("hour", [1, 5, 23])
def test_days_are_those_of_anki_at_any_hour(hour: int) -> None:
    """Until four in the morning it is still yesterday: for Anki, and for what reports on days."""
    east = (hour - datetime.now(timezone.utc).hour + 12) % 24 - 12
    calls = [call for call in SHOWN if call.split()[1] in {"weekly", "reviews", "forecast"}]
    program = "import sys\nfrom tests.support.cookbook import shown_by\n"
    program += "for call in sys.argv[1:]: print(shown_by(call), end='\\n\\n')"
    done = subprocess.run(
        [sys.executable, "-c", program, *calls],
        env={**os.environ, "TZ": f"<there>{-east:+}"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr, done.stdout) == ("", "".join(f"{SHOWN[call]}\n\n" for call in calls))


def test_the_cookbook_has_every_job_and_every_script() -> None:
    assert sum(map(len, cooking.JOBS.values())) == 29
    used = [name for jobs in cooking.JOBS.values() for job in jobs for name in job.scripts]
    assert sorted(used) == [*scripts()]
    needing = {
        name for jobs in cooking.JOBS.values() for job in jobs if job.own for name in job.scripts
    }
    assert needing == {name for name, case in CASES.items() if case.own}


# Examples of the reference; those of the actions run in tests/catalog/test_examples_run.py.

EXAMPLES = {
    **{name: command.examples[0].line for name, command in BUILTINS.items()},
    **{name: example for name, (_, example) in ROW_VERBS.items()},
    **{f"{name}()": function.example for name, function in FUNCTIONS.items()},
}


@pytest.fixture(scope="module")
def collection() -> Iterator[Lab]:
    """One sample collection for all these examples."""
    with embedded_lab() as lab:
        yield lab


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_of_the_reference(
    collection: Lab, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in the reference, and it runs."""
    monkeypatch.chdir(tmp_path)
    Path("words.csv").write_text("word,meaning\nel prado,meadow\n", encoding="utf-8")
    line = EXAMPLES[name]
    assert line in REFERENCE.replace("\\|", "|")
    assert collection.codes(line) == []
