"""Results as text: for a terminal, for other programs, for a pipe."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from ankish.data import dataclass
from ankish.diagnostics.text import counted, harmless, one_line, safe_json
from ankish.plan.model import Show
from ankish.runtime.texts import as_text

if TYPE_CHECKING:
    from ankish.runtime.pictures import Pictures
    from ankish.runtime.session import Session
    from ankish.settings import Settings

BARS = r"[\u2580-\u259f]+|[\u2800-\u28ff]+"
"""What charts are drawn with."""

FORMS = ("table", "plain", "json")


NOUNS = {
    "cards": "card",
    "card": "card",
    "notes": "note",
    "note": "note",
    "deck": "deck",
    "model": "note type",
    "tag": "tag",
    "media": "file",
}
"""What the items of a type are called when they are counted."""

READING = 100
"""How many columns a text for reading takes at the most."""


@dataclass(frozen=True, slots=True)
class Look:
    """How people want tables.

    * **expand** - rows one below the other: `auto` where they don't fit, `on` or `off`.
    * **colour** - whether cards may be shown in colours.
    * **html** - fields as `text`, or `raw` with their HTML.
    * **draw** - draws a card's picture in so many columns; None where they are told by name.
    """

    expand: str = "auto"
    html: str = "text"
    colour: bool = False
    draw: Callable[[str, int], str | None] | None = None


def look_of(settings: Settings, colour: bool, session: Session) -> Look:
    """How somebody at a terminal wants to see things; pictures come through their session."""

    @cache
    def pictures() -> Pictures | None:
        from ankish.runtime.pictures import pictures_for

        return pictures_for(settings.images, lambda name, given: session.client.invoke(name, given))

    def draw(source: str, room: int) -> str | None:
        found = pictures()
        return None if found is None else found.drawn(source, room)

    return Look(settings.expand, settings.html, colour, draw)


class Stream(Protocol):
    """Where text goes."""

    def write(self, text: str, /) -> int:
        """Write a text."""


class Presenter:
    """Writes results to a stream.

    * `table` - for people at a terminal.
    * `plain` - one item a line, columns separated by tabs: for pipes.
    * `json` - one JSON value a line for each result: for programs. Its shape is documented
      in `docs/programs.md`.
    """

    def __init__(
        self,
        stream: Stream,
        reports: Stream,
        form: str,
        columns: int | None = None,
        look: Look | None = None,
    ) -> None:
        self.stream = stream
        self.reports = reports
        self.form = form
        self.look = look or Look()
        self._columns = columns

    @property
    def width(self) -> int:
        """How many characters go in a line. Most results are written as long as they are."""
        import shutil  # 1.5 ms

        return self._columns or shutil.get_terminal_size().columns

    def show(self, step: Show, value: Any, of: Any) -> None:
        """Show a result. `of` is the whole of which `value` is a part."""
        if step.form == "print":
            self._print(value)
        elif step.label == "runs" and value == [] and self.form != "json":
            self.reports.write("nothing has been written yet\n")
        elif step.form == "report":
            of = step.type.of
            self._report(step.label, step.type.name if of is None else of.name, value)
        elif step.form == "help":
            self._help(value)
        elif step.form == "faces":
            self._faces(value, of)
        elif self.form == "json":
            self._line(safe_json(of if of is not None else value))
        elif step.form == "plan":
            self._line(step.label)
        elif step.form in ("undo", "redo"):
            self._taken_back(step.form, value)
        elif step.form == "verdicts":
            self._verdicts(step.label, value)
        elif step.form in ("cards", "notes"):
            table = [
                _card_row(row) if step.form == "cards" else _note_row(row) for row in value if row
            ]
            self._some(step.form, table, of)
        elif step.form == "table":
            self._aligned(value)
        elif step.form == "chart":
            self._chart(value)
        elif step.form == "rows":
            self._some(step.label, value, of)
        else:
            self._value(value)

    def _line(self, text: str) -> None:
        self.stream.write(text + "\n")

    def _print(self, values: list[Any]) -> None:
        if self.form == "json":
            self._line(safe_json(values[0] if len(values) == 1 else values))
            return
        self._line(" ".join(harmless(self._text(value), keep="\n\t") for value in values))

    def _text(self, value: Any) -> str:
        if isinstance(value, Mapping | list) and not _scalars(value):
            return safe_json(value)
        from ankish.diagnostics.model import Span

        return as_text(value, Span(0, 0))

    def _report(self, label: str, kind: str, ids: Any) -> None:
        count = len(ids) if isinstance(ids, list) else None
        if self.form == "json":
            done: dict[str, Any] = {"done": label}
            if count is not None:
                done["count"] = count
            self._line(json.dumps(done))
            return
        stream = self.stream if self.form == "table" else self.reports
        noun = NOUNS.get(kind, "item")
        what = "done" if count is None else counted(count, noun)
        stream.write(f"{label}: {what}\n")

    def _verdicts(self, label: str, rows: list[Mapping[str, Any]]) -> None:
        """How many rows went through; those that did not, with the reason."""
        refused = [
            {name: value for name, value in row.items() if name not in ("ok", "noteId", "verdict")}
            for row in rows
            if not row["ok"]
        ]
        if refused:
            self._table(refused)
        stream = self.stream if self.form == "table" else self.reports
        if label == "upsert":
            kinds = ("added", "changed", "same", "error")
            counts = {kind: sum(row["verdict"] == kind for row in rows) for kind in kinds}
            said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
            stream.write(f"{label}: {said or 'nothing'}\n")
            return
        some = f"{len(rows) - len(refused)} of " if refused else ""
        stream.write(f"{label}: {some}{counted(len(rows), 'note')}\n")

    def _taken_back(self, word: str, value: Mapping[str, Any]) -> None:
        """What was taken back, or done again."""
        stream = self.stream if self.form == "table" else self.reports
        program = one_line(value["program"])
        restored = counted(value["values"], "value")
        stream.write(f"{word} {value[word]}: {program} ({restored})\n")
        if blank := len(value["blank"]):
            cards = counted(blank, "card")
            stays = "stays" if blank == 1 else "stay"
            stream.write(
                f"{cards} {stays} behind, blank: Tools > Empty Cards in Anki removes them\n"
            )

    def _faces(self, cards: list[Mapping[str, Any]], of: list[int]) -> None:
        """Cards as they look; one that is gone has nothing to show."""
        if self.form == "json":
            self._line(safe_json(cards))
            return
        from ankish.runtime.faces import card

        room = min(self.width, READING)
        look = self.look
        shown = [card(each, look.colour, room, look.draw) for each in cards if each]
        self._line("\n\n\n".join(shown) if shown else "no cards")
        if len(of) > len(cards):
            self._line(f"\nthe first {len(cards)} of {counted(len(of), 'card')}")

    def _some(self, kind: str, rows: list[dict[str, Any]], of: list[Any]) -> None:
        if rows:
            self._table(rows)
        noun = kind.removesuffix("s")
        more = f", the first {len(rows)} shown" if len(rows) < len(of) else ""
        self._line(f"{counted(len(of), noun)}{more}")

    def _value(self, value: Any) -> None:
        if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            self._table([dict(row) for row in value])
        elif isinstance(value, list):
            for item in value:
                self._line(one_line(self._text(item)))
        elif isinstance(value, Mapping):
            self._record(value)
        else:
            self._line(self._cell(value).removesuffix("\n"))

    def _record(self, value: Mapping[str, Any]) -> None:
        nested = all(isinstance(item, Mapping) for item in value.values())
        rows = [
            {"key": key, **item} if nested else {"key": key, "value": item}
            for key, item in value.items()
        ]
        if rows:
            self._table(rows)

    def _cell(self, value: Any) -> str:
        return harmless(self._text(value), keep="\n\t")

    def _chart(self, value: Mapping[str, Any]) -> None:
        from ankish.runtime.chart import drawn
        from ankish.runtime.layout import painted

        points = [(harmless(each["label"]), each["value"]) for each in value["points"]]
        for line in drawn(value["chart"], points, value["bins"], min(self.width, 100)):
            self._line(re.sub(BARS, lambda bar: painted(bar[0], "36", self.look.colour), line))

    def _help(self, topic: str | None) -> None:
        from ankish.runtime.callable import helpful

        if self.form == "json":
            from ankish.analysis.helpdata import help_records

            self._line(safe_json(help_records(topic, helpful(topic))))
            return
        from ankish.analysis.help import help_text

        self._line(help_text(topic, helpful(topic), min(self.width, 100)))

    def _table(self, rows: list[dict[str, Any]]) -> None:
        if self.form != "plain":
            self._aligned(rows)
            return
        names = _names(rows)
        cells = [[_one_line(row.get(name)) for name in names] for row in rows]
        for line in [map(one_line, names), *cells] if names else ():
            self._line("\t".join(str(cell) for cell in line))

    def _aligned(self, items: list[Any]) -> None:
        rows = [row if isinstance(row, dict) else {"value": row} for row in items]
        names = _names(rows)
        if not names:
            return
        from ankish.runtime.fieldtext import as_line  # nothing else here knows HTML
        from ankish.runtime.layout import expanded, fits, table

        shown = as_line if self.look.html == "text" else str
        cells = [[_one_line(row.get(name), shown) for name in names] for row in rows]
        heads = [harmless(name) for name in names]
        expand = self.look.expand
        if expand == "on" or (expand == "auto" and not fits(heads, cells, self.width)):
            self._line(expanded(heads, cells, self.width, self.look.colour))
        else:
            self._line(table(heads, cells, self.width, self.look.colour))


def _names(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns of some rows, in the order of their first appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _scalars(value: Any) -> bool:
    return isinstance(value, list) and all(not isinstance(each, Mapping | list) for each in value)


def _one_line(value: Any, shown: Callable[[str], str] = str) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return one_line(shown(value))
    if _scalars(value):
        return one_line(", ".join(str(each) for each in value))
    return one_line(safe_json(value))


def _first_fields(fields: Mapping[str, Mapping[str, Any]], count: int) -> Iterable[str]:
    ordered = sorted(fields.items(), key=lambda item: item[1].get("order", 0))
    from ankish.runtime.fieldtext import as_line

    return (as_line(field["value"]) for _, field in ordered[:count])


def _card_row(info: Mapping[str, Any]) -> dict[str, Any]:
    front, *rest = [*_first_fields(info["fields"], 2), ""]
    return {
        "card": info["cardId"],
        "deck": info["deckName"],
        "front": front,
        "back": rest[0],
        "interval": info["interval"],
        "lapses": info["lapses"],
    }


def _note_row(info: Mapping[str, Any]) -> dict[str, Any]:
    front, *rest = [*_first_fields(info["fields"], 2), ""]
    return {
        "note": info["noteId"],
        "model": info["modelName"],
        "front": front,
        "back": rest[0],
        "tags": " ".join(info["tags"]),
    }
