"""The media folder."""

from __future__ import annotations

from ankish.catalog.actions.table import DESTRUCTIVE, EXTERNAL, READ, Family, opt, req
from ankish.catalog.model import Command
from ankish.catalog.types import BOOL, MEDIA, PATH, TEXT, list_of

media = Family("media")

ACTIONS: tuple[Command, ...] = (
    media(
        "getMediaFilesNames",
        READ,
        "List the files in the media folder",
        opt("pattern", TEXT, "only names like this, with * and ?", "*"),
        result=list_of(MEDIA),
        quirk="the order is that of the folder, and ../* lists what is outside it",
        examples=('getMediaFilesNames "*.mp3"', "getMediaFilesNames | count"),
    ),
    media(
        "getMediaDirPath",
        READ,
        "Give the path of the media folder",
        result=PATH,
        examples=("getMediaDirPath",),
    ),
    media(
        "retrieveMediaFile",
        READ,
        "Give the contents of a media file, in base64",
        req("filename", MEDIA, "the file"),
        subject="filename",
        result=TEXT,
        false_means="there is no media file of this name",
        examples=("let files = getMediaFilesNames; retrieveMediaFile $files.0",),
    ),
    media(
        "storeMediaFile",
        EXTERNAL,
        "Store a file in the media folder",
        req(
            "filename", MEDIA, "its name there; with _ in front Anki never deletes it", creates=True
        ),
        opt("data", TEXT, "its contents in base64"),
        opt("path", PATH, "a file on the machine that Anki runs on"),
        opt("url", TEXT, "where Anki downloads it from"),
        opt("skipHash", TEXT, "MD5 of contents that are not to be stored"),
        opt("deleteExisting", BOOL, "replace a file of that name", True),
        result=MEDIA,
        undo="storeMediaFile with the earlier contents, or deleteMediaFile if there were none",
        quirk="gives the name under which it is stored, which may be another one, or null if "
        "skipHash fits; an empty name trashes the whole media folder; more than 1 MB in data "
        "freezes Anki for seconds",
        examples=('storeMediaFile "_hello.txt" "SGVsbG8sIHdvcmxkIQ=="',),
    ),
    media(
        "deleteMediaFile",
        DESTRUCTIVE,
        "Delete a file of the media folder",
        req("filename", MEDIA, "the file"),
        subject="filename",
        undo="storeMediaFile with the contents it had",
        quirk="a file that is not there is no error; an empty name trashes the whole media folder",
        examples=("let files = getMediaFilesNames; deleteMediaFile $files.0",),
    ),
)
