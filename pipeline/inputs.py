"""What there is to read: files and folders to inputs, and one input to its records, whatever goes wrong on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pipeline.errors import ReadingError, VanbanError, unexpected
from pipeline.pages import SourceDocument
from pipeline.records import Record
from pipeline.settings import Settings

# Files that are looked for in a folder; the kind itself is told by content. What has no ending, or one that is none, is tried too.
ENDINGS = (
    ".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".docx", ".docm", ".doc", ".rtf", ".txt", ".text", ".xml", ".edxml",
    ".edx", ".zip",
)  # fmt: skip
_ENDING = re.compile(r"\.(?!\d+$)[a-z0-9]{1,5}", re.IGNORECASE)


class Reads(Protocol):
    """What is needed of an extractor."""

    def with_source(self, path: Path, name: str | None = None) -> tuple[Record, SourceDocument | None]:
        """The record of one file, and the pages it was made from; raises ReadingError or SecrecyError."""

    def from_source(self, source: SourceDocument) -> Record:
        """The record of a document that has been read."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: where it is and what the user calls it. `error` where it could not even be listed."""

    path: Path
    name: str
    error: ReadingError | None = None


Read = tuple[Input, Record | ReadingError, SourceDocument | None]


def find_inputs(
    paths: Iterable[Path], *, without: Path | None = None, ignored: Callable[[str], None] = lambda ending: None
) -> Iterator[Input]:
    """The files at `paths` in a fixed order: folders are walked in the order of names, without hidden files, links that lead
    out of the folder, the knowledge base `without`, and files of other kinds by their ending, which goes to `ignored`. A file that
    is named itself always counts. What cannot be listed comes with its error."""
    kept_out = set() if without is None else {without.resolve().with_name(without.name + end) for end in ("", "-wal", "-shm", "-journal")}
    seen: set[Path] = set()
    for path in paths:
        in_folder = os.path.isdir(path)  # noqa: PTH112 (that of Path raises where a folder above is closed)
        for found in _walk(path) if in_folder else [_single(path)]:
            place = real(found.path)
            if place in kept_out or place in seen:
                continue
            seen.add(place)
            if in_folder and found.error is None and _other_kind(found.path):
                ignored(found.path.suffix.lower())
            else:
                yield _well_named(found, place)


def real(path: Path) -> Path:
    """The absolute path without links; of a link that leads to itself, its own."""
    return Path(os.path.realpath(path))


def printable(path: Path | str) -> str:
    """The path as text that can be stored and printed: bytes that are not UTF-8 as "\\xf3"."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _well_named(found: Input, place: Path) -> Input:
    """`found`, with the error of its name where it, or the name of a folder above it, is not UTF-8."""
    try:
        f"{place}{found.name}".encode()
    except UnicodeEncodeError:
        fault = ReadingError("the file name is not UTF-8", hint="rename it", reason="bad-name")
        return replace(found, name=printable(found.name), error=found.error or fault)
    return found


def _other_kind(path: Path) -> bool:
    """Whether the ending says that this is no document: .json, .md, .xlsx. "12.KH-UBND" and "so 12.2025" have none."""
    return path.suffix.lower() not in ENDINGS and _ENDING.fullmatch(path.suffix) is not None


def _single(path: Path) -> Input:
    try:
        if path.is_file():
            return Input(path, str(path))
        what = "not a regular file" if path.exists() else "no such file or folder"
    except OSError as error:
        return Input(path, str(path), _unreadable(error, "the file cannot be read"))
    return Input(path, str(path), ReadingError(what, hint="check the path", reason="missing"))


def _walk(top: Path) -> Iterator[Input]:
    """The files under a folder. A list of what is still open instead of calls in calls: folders may lie deeper than these go."""
    root = real(top)
    waiting = [(top, Path(top.name or root.name), True)]
    while waiting:
        path, name, is_folder = waiting.pop()
        if not is_folder:
            yield Input(path, name.as_posix())
            continue
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield Input(path, str(name), _unreadable(error, "the folder cannot be listed"))
            continue
        for entry in entries:
            is_folder, counts = _kind(entry, root)
            if counts:
                waiting.append((Path(entry.path), name / entry.name, is_folder))


def _kind(entry: os.DirEntry[str], root: Path) -> tuple[bool, bool]:
    """Whether an entry is a folder to walk, and whether it counts: no hidden file, and no link to a folder or out of `root`."""
    if entry.name.startswith("."):
        return False, False
    try:
        if entry.is_dir(follow_symlinks=False):
            return True, True
        leads_out = entry.is_symlink() and (entry.is_dir() or not real(Path(entry.path)).is_relative_to(root))
        return False, not leads_out and entry.is_file()
    except OSError:  # a link that leads to itself, or into a closed folder
        return False, False


def read_input(extractor: Reads, found: Input, settings: Settings) -> Iterator[Read]:
    """The record of `found`, or each of its records where it holds several documents (a ZIP: "file.zip/member.pdf").

    With each record the pages it was made from, where they are at hand. What cannot be read comes as its error, so that one file
    never stops a batch.
    """
    if found.error is not None:
        yield found, found.error, None
        return
    try:
        if found.path.suffix.lower() != ".zip":
            yield found, *extractor.with_source(found.path, found.name)
            return
    except Exception as error:
        failed = _as_reading_error(error)
        if failed.reason != "several-documents":
            yield found, failed, None
            return
    yield from _members(extractor, found, settings)


def _members(extractor: Reads, found: Input, settings: Settings) -> Iterator[Read]:
    from pipeline.reading.read import read_all  # reading is heavy, and a run over known files does not need it

    def parts() -> Iterator[SourceDocument | ReadingError]:
        try:
            yield from read_all(found.path, settings, found.name)
        except Exception as error:
            yield _as_reading_error(error)

    for part in parts():
        name = part.where if isinstance(part, ReadingError) else part.name
        inner = name.removeprefix(found.name).strip("/") if name.startswith(found.name) else ""
        member = replace(found, path=found.path / inner, name=name) if inner else found
        if isinstance(part, ReadingError):
            yield member, part, None
            continue
        try:
            yield member, extractor.from_source(part), part
        except Exception as error:
            yield member, _as_reading_error(error), None


def ignored_line(endings: Mapping[str, int]) -> str:
    """How many files of other kinds were left out, by ending."""
    listed = ", ".join(f"{ending} {n}" for ending, n in sorted(endings.items(), key=lambda pair: (-pair[1], pair[0])))
    return f"ignored {sum(endings.values())} files of other kinds in folders: {listed}"


def named(error: VanbanError, found: Input) -> str:
    """The error's line, with the input's name in front where the error does not name it."""
    return error.line() if error.where else f"{found.name}: {error.line()}"


def _as_reading_error(error: Exception) -> ReadingError:
    if isinstance(error, ReadingError):
        return error
    if isinstance(error, VanbanError):
        return ReadingError(error.what, hint=error.hint, reason=error.reason)
    if isinstance(error, OSError):
        return _unreadable(error, "the file cannot be read")
    return unexpected(error)


def _unreadable(error: OSError, what: str) -> ReadingError:
    if isinstance(error, PermissionError):
        return ReadingError(f"{what}: no permission", hint="give read permission and run again", reason="no-permission")
    return ReadingError(f"{what}: {error.strerror or error}", hint="check the file and run again", reason="unreadable")
