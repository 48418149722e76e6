"""What is put into a journal and got out of it. Each step is one transaction."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ankish.data import replace
from ankish.runtime.inverse.model import Backend, Verdict
from ankish.runtime.journal import records as r
from ankish.runtime.journal.ids import Renamed, composed
from ankish.runtime.journal.merge import lean
from ankish.runtime.journal.schema import connect, packed, unpacked, unwritable

if TYPE_CHECKING:
    from sqlite3 import Connection

RUN = (
    "id, kind, of, state, name, text, arguments, folder, begun, ended, session, embedded, "
    "undone, message, limits"
)


class Store:
    """A journal. Raises `AnkishError` (family `journal`) where it can't be read or written."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or make it. None keeps all of it in memory."""
        self.path = path
        self._connection: Connection = connect(path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # ---- writing

    @contextmanager
    def _change(self, sent: bool = False) -> Iterator[Connection]:
        """A transaction. With `sent`, what it tells of has been sent already."""
        import sqlite3

        # What was sent is known to the next request, which waits for the disk; a process that
        # is killed loses nothing by it, and a machine that loses power learns it by reading.
        try:
            self._connection.execute(f"pragma synchronous = {'normal' if sent else 'full'}")
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
        except sqlite3.Error as error:
            raise unwritable(self.path, error, sent) from error

    def begin(self, run: r.Run, sent: Iterable[r.Sent]) -> None:
        """Put down a run with the requests that come first; it gets its number."""
        with self._change() as db:
            values: list[Any] = [run.kind, run.of, run.state, run.name, run.text]
            values += [json.dumps(run.arguments), run.folder, run.begun, run.ended, run.session]
            values += [run.backend, None, run.message, json.dumps(run.limits)]
            names = RUN.removeprefix("id, ")
            marks = ", ".join("?" * len(values))
            made = db.execute(f"insert into run ({names}) values ({marks})", values)
            run.id = made.lastrowid or 0
            self._put(db, run, sent)

    def intend(self, run: r.Run, sent: Iterable[r.Sent]) -> None:
        """Put down requests: those that were answered, and last the one about to be sent."""
        with self._change() as db:
            self._put(db, run, sent)

    def _put(self, db: Connection, run: r.Run, sent: Iterable[r.Sent]) -> None:
        for each in sent:
            made = db.execute(
                "insert into sent (run, state, begun, asked, replies) values (?, ?, ?, ?, ?)",
                # What was asked with writes is what they are: it is not put down twice.
                (
                    *(run.id, each.state, each.begun),
                    *(packed([] if each.writes else each.asked), packed(each.replies)),
                ),
            )
            each.id = made.lastrowid or 0
            for write in each.writes:
                made = db.execute(
                    "insert into write (sent, action, params, start, stop, before) "
                    "values (?, ?, ?, ?, ?, ?)",
                    (each.id, write.action, packed(write.params), *write.span)
                    + (packed(lean(write.before)),),
                )
                write.id = made.lastrowid or 0

    def answer(self, sent: r.Sent) -> None:
        """Put down what became of a request."""
        with self._change(sent=True) as db:
            values = (sent.state, packed(sent.replies), sent.id)
            db.execute("update sent set state = ?, replies = ? where id = ?", values)
            db.executemany(
                "update write set after = ?, reply = ?, verdict = ? where id = ?",
                [
                    (packed(lean(w.after)), packed(w.reply), packed(_verdict(w.verdict)), w.id)
                    for w in sent.writes
                ],
            )

    def end(self, run: r.Run, state: str, message: str = "", sent: Sequence[r.Sent] = ()) -> None:
        """Put down how a run ended. One that is done needs no answers to go on with.

        `sent` are requests of reads that are not in the journal yet.
        """
        run.state, run.ended, run.message = state, time.time(), message
        with self._change(sent=True) as db:
            if state != r.DONE:
                self._put(db, run, sent)
            db.execute(
                "update run set state = ?, ended = ?, message = ? where id = ?",
                (state, run.ended, message, run.id),
            )
            if state == r.DONE:
                db.execute("update sent set replies = null, asked = null where run = ?", (run.id,))

    def resumed(self, run: r.Run) -> None:
        """Put down that a run goes on, for another session."""
        with self._change() as db:
            db.execute(
                "update run set state = ?, session = ?, ended = null where id = ?",
                (run.state, run.session, run.id),
            )

    def drop(self, sent: Iterable[r.Sent]) -> None:
        """Forget requests of which nothing was done, since they are made anew."""
        with self._change(sent=True) as db:
            db.executemany("delete from sent where id = ?", [(each.id,) for each in sent])

    def put_in(self, again: r.Sent, write: r.Write) -> None:
        """Have `write` hold what became of it when it was sent again, in a request of its own."""
        [new] = again.writes
        write.before, write.after, write.again = new.before, new.after, new.again
        write.reply, write.verdict = new.reply, new.verdict
        values = (packed(lean(new.before)), packed(lean(new.after)), packed(new.reply))
        with self._change(sent=True) as db:
            db.execute(
                "update write set before = ?, after = ?, reply = ?, verdict = ? where id = ?",
                (*values, packed(_verdict(new.verdict)), write.id),
            )
            db.execute("delete from sent where id = ?", (again.id,))

    def set_undone(self, run: int, by: int | None) -> None:
        """Put down that a run was taken back by another, or (None) that it holds again."""
        with self._change(sent=True) as db:
            db.execute("update run set undone = ? where id = ?", (by, run))

    def set_taken(self, sent: Iterable[r.Sent]) -> None:
        """Put down that an `atomic` has taken requests back."""
        with self._change(sent=True) as db:
            ids = [(r.TAKEN, each.id) for each in sent]
            db.executemany("update sent set state = ? where id = ?", ids)

    def rename(self, run: r.Run, renamed: Iterable[Renamed]) -> None:
        """Put down what has another id since this run, of which some is known already."""
        rows = self._rows("select kind, old, new from renamed where run = ?", run.id)
        known = {(kind, json.loads(old)): json.loads(new) for kind, old, new in rows}
        new = composed(known, renamed)
        other = {key: value for key, value in new.items() if known.get(key) != value}
        if not other:
            return
        with self._change(sent=True) as db:
            if not other.keys().isdisjoint(known):
                db.execute("delete from renamed where run = ?", (run.id,))
                other = new
            rows = [
                (kind, json.dumps(old), json.dumps(value), run.id)
                for (kind, old), value in other.items()
            ]
            db.executemany("insert into renamed values (?, ?, ?, ?)", rows)

    # ---- reading

    def runs(self, limit: int = -1) -> list[r.Run]:
        """The latest runs, the newest first."""
        rows = self._rows(f"select {RUN} from run order by id desc limit ?", limit)
        return [_run(row) for row in rows]

    def run(self, number: int) -> r.Run | None:
        """A run by its number."""
        rows = self._rows(f"select {RUN} from run where id = ?", number)
        return _run(rows[0]) if rows else None

    def sent(self, run: r.Run) -> list[r.Sent]:
        """The requests of a run, in order, with all that they hold."""
        found = [
            r.Sent(
                state,
                [tuple(a) for a in unpacked(asked) or ()],
                [tuple(p) for p in unpacked(replies) or ()],
                [],
                number,
                begun,
            )
            for number, state, begun, asked, replies in self._rows(
                "select id, state, begun, asked, replies from sent where run = ? order by id",
                run.id,
            )
        ]
        by_id = {each.id: each for each in found}
        rows = self._rows(
            "select write.sent, write.id, action, params, start, stop, before, after, reply, "
            "verdict from write join sent on sent.id = write.sent where run = ? order by write.id",
            run.id,
        )
        for sent, number, action, params, start, stop, before, after, reply, verdict in rows:
            heard = unpacked(reply)
            by_id[sent].writes.append(
                r.Write(
                    action,
                    unpacked(params),
                    (start, stop),
                    unpacked(before),
                    unpacked(after),
                    None if heard is None else tuple(heard),
                    _read_verdict(unpacked(verdict)),
                    number,
                )
            )
        for each in found:
            each.asked = each.asked or [(write.action, write.params) for write in each.writes]
        return found

    def actions(self, run: r.Run) -> list[tuple[str, int]]:
        """The actions of a run, each with how often it may have changed something."""
        rows = self._rows(
            "select action, reply, verdict from write join sent on sent.id = write.sent "
            "where run = ? order by write.id",
            run.id,
        )
        counted = dict.fromkeys((action for action, _, _ in rows), 0)
        for action, reply, verdict in rows:
            counted[action] += r.happened(unpacked(reply), _read_verdict(unpacked(verdict)))
        return [(action, many) for action, many in counted.items() if many]

    def wrote(self, run: r.Run) -> bool:
        """Whether a run has sent anything that was to change something."""
        query = "select 1 from write join sent on sent.id = write.sent where run = ? limit 1"
        return bool(self._rows(query, run.id))

    def renamed(self, since: int) -> list[list[Renamed]]:
        """What has another id since the run of this number: of each run after it, in order."""
        query = "select run, kind, old, new from renamed where run > ? order by run, rowid"
        found: dict[int, list[Renamed]] = {}
        for run, kind, old, new in self._rows(query, since):
            found.setdefault(run, []).append((kind, json.loads(old), json.loads(new)))
        return [*found.values()]

    def _rows(self, query: str, *values: Any) -> list[Any]:
        import sqlite3

        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            from ankish.diagnostics.kinds import journal as kinds

            raise kinds.UNREADABLE.error(path=self.path, reason=str(error)) from error

    # ---- forgetting

    def forget(self, before: float, most: int, keep: Sequence[int] = ()) -> int:
        """Forget runs that ended before a time, then the oldest ones of more than `most` bytes.

        How many were forgotten. Those in `keep` stay, and those that have not ended.
        """
        gone = 0
        with self._change() as db:
            kept = ", ".join(str(int(each)) for each in keep) or "-1"
            done = f"delete from run where ended is not null and id not in ({kept})"
            gone += db.execute(f"{done} and ended < ?", (before,)).rowcount
            while self._used(db) > most:
                oldest = f"{done} and id in (select id from run order by id limit 20)"
                deleted = db.execute(oldest).rowcount
                gone += deleted
                if not deleted:
                    break
        return gone

    @staticmethod
    def _used(db: Connection) -> int:
        pages, free, size = (
            db.execute(f"pragma {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)


def _run(row: Sequence[Any]) -> r.Run:
    run = r.Run(*row)
    read = {"arguments": json.loads(row[6]), "limits": json.loads(row[14])}
    return replace(run, backend=Backend(row[11]), **read)


def _verdict(verdict: Verdict | None) -> Any:
    if verdict is None:
        return None
    return [verdict.state, verdict.asked, verdict.done, verdict.noun, list(verdict.missing)] + [
        list(verdict.ignored),
        verdict.why,
    ]


def _read_verdict(value: Any) -> Verdict | None:
    if value is None:
        return None
    state, asked, done, noun, missing, ignored, why = value
    return Verdict(state, asked, done, noun, tuple(missing), tuple(ignored), why)
