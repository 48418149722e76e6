"""Notes with something wrong on purpose: the material of the jobs that tidy a collection.

Each entry is (problem, deck, note type, fields, tags). Escapes are written out, so that
what is wrong can be seen here.
"""

from __future__ import annotations

from ankish.anki.engine.sample.notes import Note, in_order

BASIC = "Basic"
REVERSED = "Basic (and reversed card)"

Entry = tuple[str, str, str, tuple[str, ...], str]

STUDIED: tuple[Entry, ...] = (
    ("spaces", "Spanish", BASIC, ("&nbsp;la&nbsp;&nbsp;piedra", "stone"), "noun"),
    ("spaces", "Spanish", BASIC, ("la nube&nbsp;&nbsp;", "cloud"), "noun"),
    ("spaces", "Spanish", BASIC, ("  el fuego ", "fire"), "noun"),
    ("spaces", "Spanish", BASIC, ("el&nbsp;hielo<br>", "ice"), "noun"),
    ("html", "Spanish", BASIC, ("<div>la selva</div>", "jungle"), "noun"),
    ("html", "Spanish", BASIC, ('<span style="color: rgb(0, 0, 0);">la arena</span>', "sand"), ""),
    ("html", "Spanish", BASIC, ("<b>el</b> <i>camino</i>", "<div><br></div>way, path"), "noun"),
    ("html", "Spanish", BASIC, ('<font face="Arial">el barco</font>', "ship &amp; boat"), "noun"),
    ("unclosed", "Spanish", BASIC, ("<b>el cuchillo", "knife"), "noun"),
    ("unclosed", "Spanish", BASIC, ("la cuchara", "<i>spoon"), "noun"),
    ("unclosed", "Medicine::Anatomy", BASIC, ("<div>What is the windpipe called?", "Trachea"), ""),
    ("misspelling", "Spanish::Verbs", REVERSED, ("recibir", "to recieve"), "verb"),
    ("misspelling", "Spanish::Verbs", REVERSED, ("acoger", "to take in, to recieve"), "verb"),
    ("misspelling", "Spanish", BASIC, ("Recibí tu carta.", "I recieved your letter."), ""),
    ("misspelling", "Japanese::N3", BASIC, ("受け取る", "to recieve"), "verb"),
    (
        "misspelling",
        "Medicine::Anatomy",
        BASIC,
        ("Which chamber recieves the blood from the body?", "The right atrium"),
        "heart",
    ),
    ("tag case", "Spanish::Verbs", REVERSED, ("cantar", "to sing"), "Verb"),
    ("tag case", "Spanish::Verbs", REVERSED, ("bailar", "to dance"), "Verb"),
    ("not nfc", "Spanish", BASIC, ("el cafe\u0301", "coffee"), "noun"),
    ("not nfc", "Spanish", BASIC, ("man\u0303ana", "tomorrow"), ""),
    ("not nfc", "Japanese::N5", BASIC, ("か\u3099くせい", "student"), "noun"),
    ("missing media", "Japanese::N5", BASIC, ("いぬ[sound:inu-old.wav]", "dog"), "noun"),
    ("missing media", "Geography", BASIC, ('<img src="map-asia.png">', "Asia"), "asia"),
    (
        "broken cloze",
        "Geography",
        "Cloze",
        ("The {{c1::Danube}} flows into the {{c2::Black Sea.", "Europe"),
        "",
    ),
    (
        "broken cloze",
        "Geography",
        "Cloze",
        ("{{c1:Lima}} is the capital of {{c1::Peru}}.", "America"),
        "",
    ),
    ("empty field", "Geography", BASIC, ("Largest desert of Asia", ""), "asia"),
    ("empty field", "Geography", BASIC, ("Longest river of Europe", ""), "europe"),
    ("math", "Default", BASIC, ("Area of a circle", r"\(A = \pi r^2\)"), ""),
    ("math", "Default", BASIC, ("Energy and mass", r"\[E = mc^2\]"), ""),
    ("right to left", "Default", BASIC, ("\u05e9\u05dc\u05d5\u05dd", "peace (Hebrew)"), ""),
    ("right to left", "Default", BASIC, ("\u0645\u0631\u062d\u0628\u0627", "hello (Arabic)"), ""),
    ("emoji", "Default", BASIC, ("\U0001f419", "octopus"), ""),
    ("emoji", "Default", BASIC, ("\U0001f469\u200d\U0001f680", "astronaut"), ""),
)
"""Notes that have been studied like the others. Not all of them are mistakes: mathematics,
writing from right to left and emoji are what clean-up must leave as it is."""

DUPLICATES: tuple[Entry, ...] = (
    ("duplicate", "Spanish::Nouns", REVERSED, ("el perro", "dog"), "from-web"),
    ("duplicate", "Spanish::Nouns", REVERSED, ("la casa", "house, home"), "from-web"),
    ("duplicate", "Spanish::Verbs", REVERSED, ("hablar", "to talk"), "from-web"),
    ("duplicate", "Japanese::N5", "Vocabulary", ("水", "water", "水を飲みます。", ""), "from-web"),
    ("near duplicate", "Spanish::Nouns", REVERSED, ("<b>el gato</b>", "cat"), "from-web"),
    ("near duplicate", "Spanish::Nouns", REVERSED, ("la mesa&nbsp;", "table"), "from-web"),
    ("near duplicate", "Spanish::Nouns", REVERSED, ("El Libro", "book"), "from-web"),
)
"""Notes added again later, never studied: the first field is that of a note that has been."""

UNUSED_TAGS = ("lesson::13", "temp::import")
"""Tags that the collection knows and no note has."""


def untidy_notes(entries: tuple[Entry, ...], made: int) -> list[Note]:
    """The entries as notes that were added `made` days ago."""
    notes = []
    for problem, deck, model, fields, tags in entries:
        sources = [*tags.split(), "source::web"]
        notes.append(Note(deck, model, fields, in_order(sources), made, problem))
    return notes
