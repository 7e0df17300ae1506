"""Files and folders into the knowledge base: finds the inputs, skips what is known, reads, stores, and says what became of each."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from pipeline.errors import ExitCode, ReadingError, SecrecyError, VanbanError
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.storage.base import open_for_writing
from pipeline.storage.faults import base_faults
from pipeline.storage.register import Run, is_known, note_known, put_aside, put_secret_aside, store

Change = Literal["added", "updated", "known", "set aside"]


class Reads(Protocol):
    """What ingestion needs of an extractor."""

    def extract(self, path: Path, name: str | None = None) -> Record:
        """The record of one file; raises ReadingError or SecrecyError."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: where it is and what the user calls it. `error` where it could not even be listed."""

    path: Path
    name: str
    error: ReadingError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input. `record` where it was read, `error` where it was set aside."""

    input: Input
    change: Change
    record: Record | None = None
    error: VanbanError | None = None


@dataclass
class Summary:
    """The outcomes of an ingestion; `interrupted` when the user stopped it."""

    counts: dict[Change, int] = field(default_factory=lambda: {"added": 0, "updated": 0, "known": 0, "set aside": 0})
    interrupted: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """1 when an input was set aside or the work was interrupted."""
        return ExitCode.SOME_FAILED if self.interrupted or self.counts["set aside"] else ExitCode.DONE


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


def ingest(
    paths: Iterable[Path],
    base: Path,
    settings: Settings,
    *,
    extractor: Reads | None = None,
    version: str | None = None,
    begin: Callable[[Input], None] = lambda found: None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    summary: Summary | None = None,
) -> Summary:
    """Stores every document under `paths` into the knowledge base at `base`, calling `begin` before each and `tell` after it.

    The counts are kept in `summary`, so that a caller who gave it has them even when the base fails in the middle.

    `extractor` and `version` default to the real extractor and its version; they are loaded when the first file needs reading.
    Raises BaseError when the base itself fails: what was stored before stays, and the same call goes on where this one ended.
    """
    if version is None:
        from pipeline.extract import PIPELINE_VERSION

        version = PIPELINE_VERSION
    summary = Summary() if summary is None else summary
    run = Run(version)
    connection = open_for_writing(base)
    try:
        for found in find_inputs(paths, without=base):
            begin(found)
            with base_faults(base):
                known = _known(connection, run, found, settings)
                if known is None and extractor is None and found.error is None:
                    extractor = _real_extractor(settings)
                outcome = known or _ingest_one(connection, run, found, extractor)
            summary.counts[outcome.change] += 1
            tell(outcome)
    except KeyboardInterrupt:
        summary.interrupted = True
    finally:
        connection.close()
    return summary


def _real_extractor(settings: Settings) -> Reads:
    from pipeline.extract import Extractor  # loads the language pipeline, which a run over known files does not need

    reads: Reads = Extractor(settings)
    return reads


def _known(connection: sqlite3.Connection, run: Run, found: Input, settings: Settings) -> Outcome | None:
    """The outcome for a file whose bytes are stored already, else None. A file too large to be read is not hashed either."""
    if found.error is not None or not _hashable(found.path, settings):
        return None
    sha256 = _sha256(found.path)
    if sha256 is None or not is_known(connection, sha256, run.pipeline_version):
        return None
    return Outcome(found, note_known(connection, run, sha256, found.path.resolve(), found.name))


def _hashable(path: Path, settings: Settings) -> bool:
    try:
        return path.stat().st_size <= settings.max_bytes
    except OSError:
        return False


def _sha256(path: Path) -> str | None:
    """SHA-256 of the file's bytes, or None where it cannot be read (the extractor then says why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _ingest_one(connection: sqlite3.Connection, run: Run, found: Input, extractor: Reads | None) -> Outcome:
    try:
        if found.error is not None:
            raise found.error
        assert extractor is not None
        record = read_one(extractor, found)
    except SecrecyError as error:
        put_secret_aside(connection, run, reason=error.reason, sha256=_sha256(found.path), path=found.path.resolve())
        return Outcome(found, "set aside", error=error)
    except ReadingError as error:
        return _aside(connection, run, found, error)
    try:
        return Outcome(found, store(connection, run, record, found.path.resolve()), record)
    except (sqlite3.IntegrityError, sqlite3.DataError, UnicodeEncodeError, OverflowError) as error:
        return _aside(connection, run, found, _not_storable(error))


def read_one(extractor: Reads, found: Input) -> Record:
    """The record of one input. Whatever goes wrong becomes a ReadingError, so that one file never stops a batch."""
    try:
        return extractor.extract(found.path, found.name)
    except ReadingError:
        raise
    except OSError as error:
        raise _unreadable(error, "the file cannot be read") from error
    except VanbanError as error:
        raise ReadingError(error.what, hint=error.hint, reason=error.reason) from error
    except Exception as error:
        raise ReadingError(f"reading failed ({type(error).__name__})", hint="report this file", reason="internal-error") from error


def _aside(connection: sqlite3.Connection, run: Run, found: Input, error: ReadingError) -> Outcome:
    """Keeps the input's name and reason, unless it names nothing that exists."""
    if error.reason != "missing":
        sha256 = _sha256(found.path) if error.reason not in ("no-permission", "too-large") and found.path.is_file() else None
        put_aside(connection, run, reason=error.reason, sha256=sha256, path=found.path.resolve(), name=found.name, message=error.what)
    return Outcome(found, "set aside", error=error)


def named(error: VanbanError, found: Input) -> str:
    """The error's line, with the input's name in front where the error does not name it."""
    return error.line() if error.where else f"{found.name}: {error.line()}"


def _not_storable(error: Exception) -> ReadingError:
    return ReadingError(f"its facts could not be stored ({error})", hint="report this file", reason="not-storable")


def _unreadable(error: OSError, what: str) -> ReadingError:
    if isinstance(error, PermissionError):
        return ReadingError(f"{what}: no permission", hint="give read permission and run again", reason="no-permission")
    return ReadingError(f"{what}: {error.strerror or error}", hint="check the file and run again", reason="unreadable")
