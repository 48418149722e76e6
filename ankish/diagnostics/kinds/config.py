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
quotes. `config` in the shell shows all of them. https://toml.io has the whole of the format.""",
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
    "the setting `{name}` can't have this value",
    label="needs {wanted}",
    explain="A value in the configuration file is of another type than its setting takes.",
)
VALUE = Kind(
    "config::value",
    "the setting `{name}` can't be `{value}`",
    help="it takes {wanted}",
    explain="`config NAME VALUE` was given a value that the setting does not take.",
)
UNWRITABLE = Kind(
    "config::unwritable",
    "the configuration file `{path}` can't be written: {reason}",
    explain="The system would not write the file. It is as it was.",
)
NO_EDITOR = Kind(
    "config::no-editor",
    "the editor `{editor}` did not start: {reason}",
    help=("the environment's VISUAL or EDITOR names the editor", "the file is {path}"),
    explain="`config edit` opens the configuration file in the editor that the environment names.",
)
