"""All commands by name: the actions of AnkiConnect, those of the engine, the builtins."""

from __future__ import annotations

from ankish.catalog.actions import ACTIONS
from ankish.catalog.builtins import BUILTINS
from ankish.catalog.model import Command

COMMANDS: dict[str, Command] = {**ACTIONS, **BUILTINS}
