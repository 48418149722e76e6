"""The engine behind HTTP: `ankish serve`, for the programs that talk to AnkiConnect."""
