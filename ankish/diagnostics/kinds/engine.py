"""Messages about a collection file that is to be opened without Anki."""

from __future__ import annotations

from ankish.diagnostics.kind import Kind

NOT_INSTALLED = Kind(
    "engine::not-installed",
    "Anki's library is not installed",
    help="install it with `pip install 'ankish[embedded]'`, or start Anki and use AnkiConnect",
    explain="""\
To work on a collection file with no Anki running, ankish needs the package `anki`: the same
code that Anki itself runs on. It comes with the extra `embedded`.""",
)
IN_USE = Kind(
    "engine::in-use",
    "the collection is in use: {path}",
    help="close Anki, or leave --collection and --profile out and talk to Anki over AnkiConnect",
    explain="""\
One program at a time may have a collection open. While Anki runs it holds the file, and
ankish can work through the AnkiConnect add-on instead. A sync of media that is still
going on, or another `ankish serve`, holds it as well.""",
)
NO_FILE = Kind(
    "engine::no-file",
    "there is no collection at {path}",
    help="a profile's collection is the file collection.anki2 in the profile's folder",
    explain="""\
--collection names a file that exists, usually `collection.anki2` in the folder of a profile.
ankish never makes a new collection: Anki does when a profile is first opened.""",
)
NOT_A_COLLECTION = Kind(
    "engine::not-a-collection",
    "this file is not a collection of Anki's: {path}",
    help="open a file collection.anki2; an .apkg or .colpkg is imported with `importPackage`",
    explain="""\
The file was left as it is. A collection is an SQLite database with Anki's tables in it;
packages (.apkg, .colpkg) are archives and have to be imported.""",
)
NEWER_SCHEMA = Kind(
    "engine::newer-schema",
    "the collection was written by a newer Anki: {path}",
    help="bring Anki's library up to date with `pip install -U anki`",
    note="the library here is version {version}",
    explain="""\
A newer Anki keeps its data in a form that the installed library does not know. The file was
left as it is. Update the package `anki`, or downgrade the collection in Anki (hold Shift
while it starts, or File, Switch Profile, Downgrade & Quit).""",
)
UNREADABLE = Kind(
    "engine::unreadable",
    "the collection can't be opened: {path}",
    note="Anki's library says: {reason}",
    explain="""\
Anki's own library could not open the file. A damaged file can often be mended from one of
the backups in the profile's folder `backups`.""",
)
ENCODING = Kind(
    "engine::encoding",
    "this Python has file names in {encoding}, and Anki has them in UTF-8",
    help="start Python with PYTHONUTF8=1",
    explain="""\
Anki names the files of a collection's media in UTF-8, whatever the locale. A Python that was
started in a locale of another encoding would not find them, or name them wrongly. The command
`ankish` sees to it itself; a program that imports ankish can't.""",
)
NO_BASE = Kind(
    "engine::no-base",
    "there is no folder of Anki's at {path}",
    help="name it with --base or ANKI_BASE, or name the collection's file with --collection",
    explain="""\
Anki keeps its profiles in one folder: on Linux ~/.local/share/Anki2, on macOS
~/Library/Application Support/Anki2, on Windows %APPDATA%\\Anki2.""",
)
NO_PROFILE = Kind(
    "engine::no-profile",
    "there is no profile `{name}` in {base}",
    help=("the profiles there: {names}", "a profile with a similar name exists: {close}"),
    explain="A profile is named as in Anki's menu File, Switch Profile.",
)

NO_COLLECTION = frozenset(
    kind.code
    for kind in (NOT_INSTALLED, IN_USE, NO_FILE, NOT_A_COLLECTION, NEWER_SCHEMA, UNREADABLE)
    + (NO_BASE, NO_PROFILE, ENCODING)
)
"""Codes for trouble with opening a collection, whatever was asked."""
