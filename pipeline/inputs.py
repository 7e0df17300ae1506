"""What there is to read: files and folders to inputs, and one input to its records, whatever goes wrong on the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pipeline.errors import ReadingError, VanbanError
from pipeline.pages import SourceDocument
from pipeline.records import Record
from pipeline.settings import Settings


class Reads(Protocol):
    """What is needed of an extractor."""

    def extract(self, path: Path, name: str | None = None) -> Record:
        """The record of one file; raises ReadingError or SecrecyError."""

    def from_source(self, source: SourceDocument) -> Record:
        """The record of a document that has been read."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: where it is and what the user calls it. `error` where it could not even be listed."""

    path: Path
    name: str
    error: ReadingError | None = None


def find_inputs(paths: Iterable[Path], *, without: Path | None = None) -> Iterator[Input]:
    """The files at `paths` in a fixed order: folders are walked in the order of names, without hidden files, links that lead
    out of the folder and the knowledge base `without`. What cannot be listed comes with its error."""
    kept_out = set() if without is None else {without.resolve().with_name(without.name + end) for end in ("", "-wal", "-shm", "-journal")}
    seen: set[Path] = set()
    for path in paths:
        for found in _walk(path, Path(path.name or path.resolve().name), path.resolve()) if path.is_dir() else [_single(path)]:
            place = found.path.resolve()
            if place not in kept_out and place not in seen:
                seen.add(place)
                yield found


def _single(path: Path) -> Input:
    if path.is_file():
        return Input(path, str(path))
    what = "not a regular file" if path.exists() else "no such file or folder"
    return Input(path, str(path), ReadingError(what, hint="check the path", reason="missing"))


def _walk(folder: Path, name: Path, root: Path) -> Iterator[Input]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Input(folder, str(name), _unreadable(error, "the folder cannot be listed"))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, name / entry.name, root)
        elif entry.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(root)):
            continue
        elif path.is_file():
            yield Input(path, (name / entry.name).as_posix())


def read_input(extractor: Reads, found: Input, settings: Settings) -> Iterator[tuple[Input, Record | ReadingError]]:
    """The record of `found`, or each of its records where it holds several documents (a ZIP: "file.zip/member.pdf").

    What cannot be read comes as its error, so that one file never stops a batch.
    """
    if found.error is not None:
        yield found, found.error
        return
    try:
        if found.path.suffix.lower() != ".zip":
            yield found, extractor.extract(found.path, found.name)
            return
    except Exception as error:
        failed = _as_reading_error(error)
        if failed.reason != "several-documents":
            yield found, failed
            return
    yield from _members(extractor, found, settings)


def _members(extractor: Reads, found: Input, settings: Settings) -> Iterator[tuple[Input, Record | ReadingError]]:
    from pipeline.reading.read import read_all  # reading is heavy, and a run over known files does not need it

    for part in read_all(found.path, settings, found.name):
        name = part.where if isinstance(part, ReadingError) else part.name
        inner = name.removeprefix(found.name).strip("/") if name.startswith(found.name) else ""
        member = replace(found, path=found.path / inner, name=name) if inner else found
        if isinstance(part, ReadingError):
            yield member, part
            continue
        try:
            yield member, extractor.from_source(part)
        except Exception as error:
            yield member, _as_reading_error(error)


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
    return ReadingError(f"reading failed ({type(error).__name__})", hint="report this file", reason="internal-error")


def _unreadable(error: OSError, what: str) -> ReadingError:
    if isinstance(error, PermissionError):
        return ReadingError(f"{what}: no permission", hint="give read permission and run again", reason="no-permission")
    return ReadingError(f"{what}: {error.strerror or error}", hint="check the file and run again", reason="unreadable")
