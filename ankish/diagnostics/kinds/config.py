"""Messages about the configuration file."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

_EXAMPLE = 'the file is TOML, like this: url = "http://127.0.0.1:8765"'

UNREADABLE = Kind(
    "config::unreadable",
    "the configuration file `{path}` can't be read: {reason}",
    explain="""\
The file is there and the system would not hand it out, or it is not text in UTF-8. ankish works
without one.""",
)
SYNTAX = Kind(
    "config::syntax",
    "the configuration file is not TOML",
    label="{reason}",
    help=_EXAMPLE,
    explain="""\
ankish reads its settings from `config.toml`, one in a line: a name, `=` and a value, texts in
quotes. https://toml.io has the whole of the format.""",
)
UNKNOWN = Kind(
    "config::unknown",
    "there is no setting `{name}`",
    label="not a setting",
    help="a setting with a similar name exists: {near}",
    note="the settings are {settings}",
    explain="A line of the configuration file sets something that ankish does not have.",
)
TYPE = Kind(
    "config::type",
    "the setting `{name}` is not a text",
    label="needs a text in quotes",
    explain="A value in the configuration file is of another type than its setting takes.",
)
