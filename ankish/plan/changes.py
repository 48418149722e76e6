"""The row verbs that write: many actions that travel together, one for each note."""

from __future__ import annotations

from typing import Any, cast

from ankish.analysis import core
from ankish.catalog.commands import COMMANDS
from ankish.catalog.types import ANY, NOTES, NULL, QUERY, TABLE, TEXT
from ankish.diagnostics.model import Span
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
    drafts, out = emitter.slot(), emitter.slot()
    emitter.emit(m.Verb(drafts, "drafts", rows, stage.span, item=item, columns=columns))
    said = _add_each(emitter, stage, m.Ref(drafts, TABLE, stage.span))
    emitter.emit(m.Verb(out, "verdicts", rows, stage.span, keys=(said,)))
    return m.Ref(out, TABLE, stage.span)


def upsert_notes(emitter: Emitter, stage: core.UpsertNotes, value: Value) -> Value:
    """`upsert`: the notes that may have the keys, read once; what has to be added or changed.

    Who is changed is decided here (`runtime/upsert.py`), so that only differences are sent.
    """
    span = stage.span
    source = emitter.rows(value, stage.item.flow, stage.piped, span)
    rows = source.ref if isinstance(source, Rows) else emitter.plain_value(source)
    item = emitter.slot()
    emitter.hold_item(stage.item, item)
    columns = tuple((name, emitter.plain(made)) for name, made in (*stage.parts, *stage.fields))

    def verb(name: str, source: Any, *keys: Any, **options: Any) -> m.Ref:
        slot = emitter.slot()
        emitter.emit(m.Verb(slot, name, source, span, keys=keys, **options))
        return m.Ref(slot, TABLE, span)

    drafts = verb("drafts", rows, item=item, columns=columns)
    notes = verb("named-notes", drafts) if stage.key is None else _all_notes(emitter, verb, drafts)
    infos = emitter.ask("notesInfo", {"notes": notes}, span, why="the notes there are")
    key = core.Literal(stage.key, TEXT, span)
    decided = verb("decide", drafts, infos, key)
    said = (
        _add_each(emitter, stage, verb("to-add", decided)),
        _each(emitter, "updateNoteFields", verb("to-change", decided), span, whole="note"),
        _each(emitter, "addTags", verb("to-tag", decided), span, keys=("notes", "tags")),
    )
    return verb("upserted", rows, decided, *said)


def _all_notes(emitter: Emitter, verb: Any, drafts: m.Ref) -> m.Ref:
    """All notes of the note types that the rows name."""
    from ankish.syntax.search import Hole, Piece, parse_search  # 5 ms, and few programs upsert

    span = drafts.span
    name, found, each = (emitter.slot() for _ in range(3))
    tree, _ = parse_search([Piece("note:", 0), Hole(0, Span(5, 6))])
    search = core.SearchOf(tree, cast(Any, (m.Ref(name, TEXT, span),)), QUERY, span)
    command = COMMANDS["findNotes"]
    why = "the notes of the note type"
    ask = m.Ask(found, command.name, {"query": search}, command.effect, span, command, why)
    of = verb("models", drafts)
    emitter.emit(m.Every(each, name, of, (ask,), m.Ref(found, NOTES, span), span))
    return cast(m.Ref, verb("flatten", m.Ref(each, TABLE, span)))


def _add_each(emitter: Emitter, stage: core.AddNotes | core.UpsertNotes, drafts: m.Ref) -> m.Ref:
    """An addNote for every draft; what Anki says to each. A deck that is computed is looked up, or
    made before.
    """
    if stage.create:
        names, deck, done = (emitter.slot() for _ in range(3))
        emitter.emit(m.Verb(names, "decks", drafts, stage.span))
        command = COMMANDS["createDeck"]
        params = {"deck": m.Ref(deck, TEXT, stage.span)}
        ask = m.Ask(done, command.name, params, command.effect, stage.span, command)
        of = m.Ref(names, TABLE, stage.span)
        emitter.emit(m.Every(emitter.slot(), deck, of, (ask,), None, stage.span))
    known = stage.create or any(
        n == "deck" and isinstance(made, core.Literal) for n, made in stage.parts
    )
    return _each(emitter, "addNote", drafts, stage.span, whole="note", looks_up_deck=not known)


def _each(
    emitter: Emitter,
    action: str,
    items: m.Ref,
    span: Span,
    whole: str = "",
    keys: tuple[str, ...] = (),
    looks_up_deck: bool = False,
) -> m.Ref:
    """An action for every item; what Anki says to each.

    The item is the parameter `whole`, or holds the parameters `keys`.
    """
    command = COMMANDS[action]
    slot, said, all_said = (emitter.slot() for _ in range(3))
    item = m.Ref(slot, TABLE, span)
    params: dict[str, Any] = {key: core.Get(cast(Any, item), key, False, ANY, span) for key in keys}
    if whole:
        params[whole] = item
    decks = (core.Get(cast(Any, item), "deckName", False, NULL, span),) if looks_up_deck else ()
    ask = m.Ask(said, action, params, command.effect, span, command, decks=decks, tolerant=True)
    emitter.emit(m.Every(all_said, slot, items, (ask,), m.Ref(said, TABLE, span), span))
    return m.Ref(all_said, TABLE, span)
