"""The documentation is true: the guide's examples do what it shows, the reference is what the
catalog says.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ankish.catalog.builtins import BUILTINS, ROW_VERBS
from ankish.catalog.functions import FUNCTIONS
from tests.support.guide import BadGuide, Block, Reader, blocks, examples, tidy
from tests.support.lab import Lab, embedded_lab

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "guide.md").read_text(encoding="utf-8")
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")

# The guide.


@pytest.mark.parametrize("example", examples(GUIDE), ids=lambda blocks: f"line {blocks[0].line}")
def test_example_of_the_guide(
    example: list[Block], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with embedded_lab() as lab:
        reader = Reader(lab, tmp_path)
        for block in example:
            shown = reader.tries(block)
            if block.expected is None:
                assert shown.fine, f"line {block.line} of the guide: {shown.text}"
            else:
                assert shown.text == tidy(block.expected), f"line {block.line} of the guide"


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
    assert generate("--check", docs=tmp_path).returncode == 1
    assert generate(docs=tmp_path).returncode == 0
    assert generate("--check", docs=tmp_path).returncode == 0
    fresh = path.read_text(encoding="utf-8")
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


@pytest.mark.parametrize("page", ["docs/guide.md", "docs/reference.md", "README.md"])
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


def test_the_readme_links_both() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/guide.md)" in readme
    assert "(docs/reference.md)" in readme


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
    """It runs; or this version lacks what it is about, and the reference does not have it."""
    monkeypatch.chdir(tmp_path)
    Path("words.csv").write_text("word,meaning\nel prado,meadow\n", encoding="utf-8")
    line = EXAMPLES[name]
    shown = line in REFERENCE.replace("\\|", "|")
    assert collection.codes(line) == ([] if shown else ["call::not-yet"])
