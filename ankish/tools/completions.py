"""Completions of the command line itself, for bash, zsh and fish.

The scripts ask `ankish complete WORD…` what the last word can become: words and options,
scripts with their parameters, the decks and tags that those take, profiles, and programs
after `-c`, macros included.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ankish.anki.world import World

SCRIPTS = {
    "bash": """\
# ankish completions for bash: put `source <(ankish completions bash)` into ~/.bashrc
COMP_WORDBREAKS=${COMP_WORDBREAKS//:}
_ankish() {
    local IFS=$'\\n'
    compopt -o nospace 2>/dev/null
    COMPREPLY=($(ankish complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
        compopt +o nospace -o default 2>/dev/null
    fi
}
complete -F _ankish ankish
""",
    "zsh": """\
#compdef ankish
# ankish completions for zsh: put `source <(ankish completions zsh)` into ~/.zshrc
_ankish() {
    local -a found
    found=("${(@f)$(ankish complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if (( ${#found} )) && [[ -n ${found[1]} ]]; then
        # the quote that is open is no part of what zsh puts in
        [[ -n ${compstate[quote]} ]] && found=("${(@)found#${compstate[quote]}}")
        compadd -U -Q -S '' -- "${found[@]}"
    else
        _files
    fi
}
compdef _ankish ankish
""",
    "fish": """\
# ankish completions for fish: ankish completions fish > ~/.config/fish/completions/ankish.fish
function __ankish_complete
    set -l words (commandline -opc) (commandline -ct)
    ankish complete $words[2..-1] 2>/dev/null
end
complete -c ankish -a '(__ankish_complete)'
""",
}
"""What each shell has to be told once."""

PARTS = ("decks", "models", "details", "tags")
QUOTES = "\"'"


def main(argv: Sequence[str]) -> int:
    """Print the script for a shell."""
    parser = ArgumentParser(
        prog="ankish completions", description="Print the completions for a shell."
    )
    parser.add_argument("shell", choices=SCRIPTS)
    print(SCRIPTS[parser.parse_args(argv).shell], end="")  # noqa: T201
    return 0


def candidates(argv: Sequence[str]) -> int:
    """Print what the last of some words can become, a line each."""
    *before, last = argv or [""]
    quote = last[:1] if last[:1] in QUOTES and last[:1] else ""
    for candidate in dict.fromkeys(_candidates(before, last[len(quote) :])):
        print(_quoted(candidate, quote))  # noqa: T201
    return 0


def _quoted(text: str, quote: str) -> str:
    """A word as a shell takes it; in a quote that is open, it stays open."""
    if quote:
        return quote + (text.replace("'", "'\\''") if quote == "'" else text)
    special = "\\ \t\"'|&;<>()$`*?[]#~{}!"
    return "".join(f"\\{char}" if char in special else char for char in text)


def _candidates(before: Sequence[str], last: str) -> Iterator[str]:
    from ankish.cli import TOOLS, parser
    from ankish.runtime.shipped import scripts

    options = [option for action in parser()._actions for option in action.option_strings]
    previous = before[-1] if before else ""
    if previous == "-c":
        yield from _program(before, last)
    elif previous == "--profile":
        yield from _fitting(_profiles(), last)
    elif previous in ("--collection", "--base", "--url"):
        return
    elif before and before[0] == "help":
        from ankish.analysis.offering import topics
        from ankish.catalog.commands import COMMANDS

        yield from _fitting(topics(COMMANDS), last)
    elif before and before[0] in ("config", "completions"):
        from ankish.settings import DECLARED

        yield from _fitting([*DECLARED, "edit"] if before[0] == "config" else SCRIPTS, last)
    elif script := next((word for word in before if word in scripts() or _is_file(word)), None):
        yield from _of_script(script, before, last)
    elif last.startswith("-"):
        yield from _fitting(options, last)
    elif not before:
        words = [word for word in TOOLS if word != "complete"]
        yield from _fitting([*words, *scripts()], last)


def _fitting(names: Iterable[str], last: str) -> Iterator[str]:
    return (name for name in names if name.startswith(last))


def _is_file(word: str) -> bool:
    from pathlib import Path

    return word.endswith(".ank") and Path(word).is_file()


def _profiles() -> list[str]:
    from ankish.anki.engine.folders import find_base, profile_names
    from ankish.diagnostics.model import AnkishError
    from ankish.settings import load_settings

    try:
        base = load_settings().base
        from pathlib import Path

        return profile_names(find_base(Path(base) if base else None))
    except AnkishError:
        return []


def _of_script(name: str, before: Sequence[str], last: str) -> Iterator[str]:
    """The parameters of a script, and what the one before the cursor takes."""
    from pathlib import Path

    from ankish.analysis.script import declared
    from ankish.diagnostics.model import Source
    from ankish.runtime.shipped import script
    from ankish.syntax.parser import parse

    file = script(name) or Path(name)
    params = declared(parse(Source(str(file), file.read_text("utf-8"))).program)
    previous = before[-1].removeprefix("--")
    param = next((each for each in params if each.name == previous), None)
    if param is not None and param.type.name != "bool":
        world = _world(before)
        named = {"deck": "decks", "tag": "tags", "tags": "tags", "model": "models"}
        kind = named.get(param.type.name)
        yield from _fitting((getattr(world, kind)() if world and kind else None) or (), last)
        return
    yield from _fitting((f"--{each.name}" for each in params), last)


def _program(before: Sequence[str], last: str) -> Iterator[str]:
    """A program with each way in which its last word can go on."""
    from ankish.analysis.complete import complete
    from ankish.analysis.world import Unknown
    from ankish.runtime.callable import callable_commands

    macros = callable_commands()
    found = complete(last, len(last), _world(before) or Unknown(), (), macros)
    yield from (last[: found.start] + each.text for each in found.candidates)


def _world(before: Sequence[str]) -> World | None:
    """What exists where the command line points; None if nothing answers."""
    from ankish.cli import parser, session_for
    from ankish.diagnostics.model import AnkishError

    given = [word for word in before if word != "-c"]
    try:
        session = session_for(parser().parse_args([*given, "-c", ""]))
        try:
            return session.world.prefetch(PARTS)
        finally:
            session.close()
    except (AnkishError, SystemExit):
        return None
