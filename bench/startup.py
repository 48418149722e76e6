"""How long it takes until ankish has done the least, or is ready for a key: whole processes.

* `ankish --version` beside Python that does nothing.
* `ankish -c version` beside a bare script that sends the same request with `httpx.post`, and beside
  one that takes the care that ankish takes, and reads no certificates and no settings of proxies,
  which saves 20 ms: to a server that answers at once, and to one that looks for requests every
  25 ms as Anki does. There a request waits 12 ms on average, whoever sends it.
* `ankish --demo -c version`: most of it is Anki's library, and making the sample collection.
* The shell's prompt beside those of IPython and pgcli, under a terminal: from the making of
  the process to the echo of the first key.
"""

from __future__ import annotations

from bench import machine, rivals
from bench.machine import ankish, server
from bench.measure import COLUMNS, Command, Run, alternate, process, rows
from bench.table import Table
from bench.terminal import prompt

ROUNDS = 40

SCRIPT = """\
import sys
import httpx

client = httpx.Client(
    verify=False,
    trust_env=False,
    limits=httpx.Limits(max_keepalive_connections=0),
    headers={"Connection": "close"},
)

def ask(action):
    answer = client.post(sys.argv[1], json={"action": action, "version": 6, "params": {}}).json()
    if answer["error"] is not None:
        sys.exit(answer["error"])
    return answer["result"]

print(ask("version"))
"""

PLAIN = """\
import sys
import httpx

answer = httpx.post(sys.argv[1], json={"action": "version", "version": 6}).json()
print(answer["result"])
"""

LIMITS = {
    "`ankish --version`": 2.5,
    "`ankish -c version`, answers at once": 1.25,
    "`ankish -c version`, answers as Anki does": 1.25,
    "prompt of ankish": 1.0,
}
"""The ratio to the baseline that each must keep to."""


def run() -> Table:
    """Measure all of it; takes about three minutes."""
    found: list[tuple[str, ...]] = []
    notes: list[str] = []
    here = ankish()
    env = here.env
    if not here.fresh:
        notes.append("pip could not install ankish anew: it ran from the checkout")
    found += _group(
        {
            "`python -c pass`": process([here.python, "-c", "pass"], env),
            "`ankish --version`": process([*here.ankish, "--version"], env, _version()),
        }
    )
    with server(tick=0) as url, server(tick=0.025) as slow:
        if machine.URL is not None:
            url = slow = machine.URL
        manners = [(url, "answers at once"), (slow, "answers as Anki does")]
        for where, manner in manners[machine.URL is not None :]:
            script: Command = [here.python, "-c", SCRIPT, where]
            plain: Command = [here.python, "-c", PLAIN, where]
            call = [*here.ankish, "--url", where, "-c", "version"]
            found += _group(
                {
                    f"a bare script with httpx, {manner}": process(plain, env, "6"),
                    f"one that takes care, {manner}": process(script, env, "6"),
                    f"`ankish -c version`, {manner}": process(call, env, "6"),
                }
            )
        demo = [*ankish("embedded").ankish, "--demo", "-c", "version"]
        found += _group({"`ankish --demo -c version`": process(demo, env, "6")})
        with rivals.pgcli() as pgcli:
            prompts = {"prompt of IPython": rivals.ipython(), "prompt of pgcli": pgcli}
            shell = prompt([*here.ankish, "--url", slow], env, "ankish> ")
            there = {name: each for name, each in prompts.items() if each is not None}
            found += _group({**there, "prompt of ankish": shell}, baselines=list(there))
    notes += [f"not here, so not measured: the {name}" for name in prompts if name not in there]
    return Table(COLUMNS, tuple(found), tuple(notes))


def _group(
    competitors: dict[str, Run], baselines: list[str] | None = None
) -> list[tuple[str, ...]]:
    return rows(alternate(competitors, ROUNDS), LIMITS, baselines or [])


def _version() -> str:
    from ankish import __version__

    return f"ankish {__version__}"
