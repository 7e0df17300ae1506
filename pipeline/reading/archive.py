"""ZIP files: their members in memory, within bounds on number, size, ratio and nesting; nothing is written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.errors import ReadingError
from pipeline.settings import Settings

MEMBERS = 500
RATIO = 200  # unpacked to packed, from LEAST bytes on
LEAST = 1_000_000
DEPTH = 1  # a ZIP in a ZIP is read, one in that is not
_CLUTTER = ("__MACOSX/", "Thumbs.db", ".DS_Store", "desktop.ini")


@dataclass(slots=True)
class Room:
    """How many bytes the archives of one input, and those inside them, may still unpack to."""

    left: int


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, or why it is not read."""

    name: str
    data: bytes = b""
    error: ReadingError | None = None


def members(data: bytes, settings: Settings, depth: int, room: Room | None = None) -> Iterator[Member]:
    """The files of a ZIP in its order, within `room` (`max_bytes` where none is given); a ZIP in a ZIP takes of it what it unpacks to
    beyond its own bytes, which are counted already.

    Raises ReadingError (zip-nested, bad-zip, zip-too-many, bomb, no-documents) for the archive as a whole.
    """
    if depth > DEPTH:
        raise ReadingError("a ZIP inside a ZIP inside a ZIP", hint="unpack it and give what it holds", reason="zip-nested")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [i for i in archive.infolist() if not i.is_dir() and not _clutter(i.filename)]
            if len(files) > MEMBERS:
                raise ReadingError(f"{len(files)} files, more than {MEMBERS}", hint="unpack it and give the folder", reason="zip-too-many")
            if not files:
                raise ReadingError("the ZIP holds no documents", hint="ask the sender for it again", reason="no-documents")
            room = Room(settings.max_bytes) if room is None else room
            counted = len(data) if depth else 0
            for info in files:
                member = _member(archive, info, room.left + counted)
                new = max(0, len(member.data) - counted)
                counted -= len(member.data) - new
                room.left -= new
                yield member
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ReadingError("the ZIP is damaged", hint="ask the sender for it again", reason="bad-zip") from error


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> Member:
    name = printed_name(info)
    if unsafe(name):
        return Member(name, error=ReadingError("a path that leads out of the archive", hint="ask the sender for it again", reason="path"))
    if info.flag_bits & 1:
        return Member(name, error=ReadingError("encrypted", hint="unpack it with its password first", reason="encrypted"))
    try:
        return Member(name, bounded(archive, info, room))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        fault = ReadingError("damaged in the archive", hint="ask the sender for it again", reason="truncated")
        fault.__cause__ = error
        return Member(name, error=fault)


def bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """A member's bytes, counted while they unpack: the sizes in the header are not believed. Raises ReadingError (bomb)."""
    out = bytearray()
    with archive.open(info) as stream:
        while part := stream.read(1 << 20):
            out += part
            if len(out) > room or (len(out) > LEAST and len(out) > RATIO * max(1, info.compress_size)):
                raise ReadingError("unpacks to far more than it should", hint="do not open it; ask the sender", reason="bomb")
    return bytes(out)


def printed_name(info: zipfile.ZipInfo) -> str:
    """The member's name; names in UTF-8 whose flag was not set are mended."""
    name = info.filename.replace("\\", "/")
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def unsafe(name: str) -> bool:
    """Whether a member's path is absolute or leads upwards."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or ":" in name[:3] or "\0" in name


def _clutter(name: str) -> bool:
    return name.startswith(_CLUTTER[0]) or PurePosixPath(name).name in _CLUTTER or PurePosixPath(name).name.startswith(("._", "~$"))
