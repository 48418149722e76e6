"""The sample collection: what `--demo` opens and what the documentation is tried on.

`content/` holds the clean notes as CSV, `untidy` the notes with something wrong on
purpose; `learner` works through them for 90 days; `build` writes the result with Anki's
own library; `facts` counts it.

The same on every run, counted from the start of today: notes, fields, tags, scheduling,
review log, media, the ids of notes and cards. What varies: the ids of decks, note types
and presets, and the collection's own times, which Anki's library takes from the clock.
What happened today stands in the first minutes of the day, four in the morning local
time, so that it has happened whenever the sample is built.
"""

from __future__ import annotations

from ankish.anki.engine.sample.build import build
from ankish.anki.engine.sample.facts import SampleFacts, facts

__all__ = ["SampleFacts", "build", "facts"]
