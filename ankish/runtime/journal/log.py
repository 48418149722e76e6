"""What the journal says, as data: the runs, what a run did, and what is different since."""

from __future__ import annotations

import time
from typing import Any

from ankish.runtime.inverse.table import lookup
from ankish.runtime.journal import records as r
from ankish.runtime.journal.journals import Journals
from ankish.runtime.journal.merge import ABSENT, Change, differences
from ankish.runtime.journal.store import Store

LATEST = 20
"""How many runs `log` shows."""


def runs(store: Store, journals: Journals, count: int | None) -> list[dict[str, Any]]:
    """The latest runs as rows, the newest first."""
    return [_row(store, journals, run) for run in store.runs(count or LATEST)]


def _row(store: Store, journals: Journals, run: r.Run) -> dict[str, Any]:
    actions = store.actions(run)
    did = ", ".join(name if many == 1 else f"{name} × {many}" for name, many in actions)
    nothing = run.state == r.DONE and not actions and store.wrote(run)
    return {
        "run": run.called,
        "time": moment(run.begun),
        "program": run.title,
        "did": did,
        "state": "nothing done" if nothing else state(run, journals),
    }


def moment(when: float) -> str:
    """A time as a text."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(when))


def state(run: r.Run, journals: Journals) -> str:
    """How far a run has come, in words."""
    if run.undone is not None:
        return f"{'done again' if run.kind == 'undo' else 'taken back'} by r{run.undone}"
    if run.state == r.RUNNING:
        going = journals.lives(run.session) or run.session == journals.session
        return "running" if going else "killed"
    return run.state if not run.message else f"{run.state}: {run.message}"


def writes(store: Store, run: r.Run) -> list[dict[str, Any]]:
    """What a run did, a row for each write."""
    rows: list[dict[str, Any]] = []
    for sent in store.sent(run):
        for write in sent.writes:
            verdict = write.verdict
            rows.append(
                {
                    "time": moment(sent.begun),
                    "action": write.action,
                    "params": write.params,
                    "changed": len(changes(run, write)),
                    "became": _became(sent, write),
                    "missing": list(verdict.missing) if verdict is not None else [],
                }
            )
    return rows


def _became(sent: r.Sent, write: r.Write) -> str:
    if sent.state in (r.SENT, r.UNSENT, r.TAKEN):
        return {r.SENT: "in doubt", r.UNSENT: "not sent", r.TAKEN: "taken back"}[sent.state]
    if write.reply is not None and write.reply[1] is not None:
        return f"refused: {write.reply[1]}"
    if write.verdict is None:
        return "done"
    count = f" ({write.verdict.done} of {write.verdict.asked})" if write.verdict.asked > 1 else ""
    return f"{write.verdict.state}{count}"


def changes(run: r.Run, write: r.Write) -> list[Change]:
    """What a write has changed, as far as its images show it."""
    inverse = lookup(write.action, run.backend)
    if inverse is None or write.before is None or write.after is None:
        return []
    reads = inverse.again(write.params, write.before)
    if not len(reads) == len(write.before) == len(write.after):
        return []  # another ankish has noted it, and looked at something else
    pairs = zip(reads, write.before, write.after, strict=True)
    return [change for read, was, now in pairs for change in differences(read, was, now)]


def difference(store: Store, run: r.Run) -> list[dict[str, Any]]:
    """What a run has changed, a row for each value: before and after."""
    return [
        {"action": write.action, **row(change)}
        for sent in store.sent(run)
        for write in sent.writes
        for change in changes(run, write)
    ]


def row(change: Change) -> dict[str, Any]:
    """A change as a row."""
    item, *keys = change.path or ("",)
    return {
        "item": item,
        "what": ".".join(map(str, keys)),
        "before": None if change.before is ABSENT else change.before,
        "after": None if change.after is ABSENT else change.after,
    }
