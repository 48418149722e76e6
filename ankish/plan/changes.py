"""The row verbs that write: many actions that travel together, one for each note."""

from __future__ import annotations

from ankish.analysis import core
from ankish.catalog.commands import COMMANDS
from ankish.catalog.types import NULL, TABLE
from ankish.plan import model as m
from ankish.plan.convert import Emitter
from ankish.plan.values import Rows, Value


def set_fields(emitter: Emitter, stage: core.SetFields, value: Value) -> Value:
    """`set`: the notes that would change, and one action for each, sent together."""
    source = emitter.rows(value, stage.rows, stage.piped, stage.span)
    item = emitter.slot()
    emitter.hold_item(stage.item, item)
    fields = tuple((name, emitter.plain(made)) for name, made in stage.fields)
    changes = emitter.slot()
    rows = source.ref if isinstance(source, Rows) else source
    emitter.emit(m.Verb(changes, "changes", rows, stage.span, item=item, columns=fields))
    note, done = emitter.slot(), emitter.slot()
    command = COMMANDS["updateNoteFields"]
    params = {"note": m.Ref(note, TABLE, stage.span)}
    ask = m.Ask(done, command.name, params, command.effect, stage.span, command)
    every = m.Every(
        emitter.slot(), note, m.Ref(changes, TABLE, stage.span), (ask,), None, stage.span
    )
    emitter.emit(every)
    emitter.changed[stage.span] = m.Ref(changes, TABLE, stage.span)
    return source


def add_notes(emitter: Emitter, stage: core.AddNotes, value: Value) -> Value:
    """`add`: a note made of every row, all sent together, and the verdicts beside the rows."""
    source = emitter.rows(value, stage.item.flow, stage.piped, stage.span)
    rows = source.ref if isinstance(source, Rows) else emitter.plain_value(source)
    item = emitter.slot()
    emitter.hold_item(stage.item, item)
    columns = tuple((name, emitter.plain(made)) for name, made in (*stage.parts, *stage.fields))
    drafts, note, said, all_said, out = (emitter.slot() for _ in range(5))
    emitter.emit(m.Verb(drafts, "drafts", rows, stage.span, item=item, columns=columns))
    command = COMMANDS["addNote"]
    draft = m.Ref(note, TABLE, stage.span)
    known = any(n == "deck" and isinstance(made, core.Literal) for n, made in stage.parts)
    deck = core.Get(draft, "deckName", False, NULL, stage.span)
    ask = m.Ask(
        said,
        command.name,
        {"note": draft},
        command.effect,
        stage.span,
        command,
        decks=() if known else (deck,),
        tolerant=True,
    )
    result = m.Ref(said, TABLE, stage.span)
    items = m.Ref(drafts, TABLE, stage.span)
    emitter.emit(m.Every(all_said, note, items, (ask,), result, stage.span))
    keys = (m.Ref(all_said, TABLE, stage.span),)
    emitter.emit(m.Verb(out, "verdicts", rows, stage.span, keys=keys))
    return m.Ref(out, TABLE, stage.span)
