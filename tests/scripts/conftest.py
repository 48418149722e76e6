"""Every script of the library runs without Anki and over HTTP, with the same end."""

from tests.language.conftest import lab

__all__ = ["lab"]
