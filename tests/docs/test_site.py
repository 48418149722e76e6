"""The site is built by Sphinx without a warning: no page is left out, no link leads nowhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    command += ["-d", str(tmp_path / "cache"), str(ROOT / "docs"), str(site)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / f"{page.stem}.html").is_file(), page.name
    guide = (site / "guide.html").read_text(encoding="utf-8")
    assert '<span class="nf">suspend</span>' in guide, "programs are coloured"
    assert (site / "_images" / "session.svg").is_file()
