"""Files and folders into the knowledge base: finds the inputs, skips what is known, reads, stores, and says what became of each."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.errors import ExitCode, ReadingError, SecrecyError, VanbanError
from pipeline.inputs import Input, Reads, find_inputs, printable, read_input, real
from pipeline.pages import SourceDocument
from pipeline.records import Record
from pipeline.settings import Settings
from pipeline.storage.archives import archive_members, note_archive
from pipeline.storage.base import open_for_writing
from pipeline.storage.faults import base_faults
from pipeline.storage.places import pages_of
from pipeline.storage.register import Run, is_known, note_known, put_aside, put_secret_aside, store

Change = Literal["added", "updated", "known", "set aside", "missing"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input. `record` where it was read, `error` where it was set aside, or is missing: then nothing is kept of it."""

    input: Input
    change: Change
    record: Record | None = None
    error: VanbanError | None = None


@dataclass
class Summary:
    """The outcomes of an ingestion, "missing" where there were any; `interrupted` when the user stopped it."""

    counts: dict[Change, int] = field(default_factory=lambda: {"added": 0, "updated": 0, "known": 0, "set aside": 0})
    ignored: Counter[str] = field(default_factory=Counter)  # files of other kinds in folders, by ending
    interrupted: bool = False

    @property
    def exit_code(self) -> ExitCode:
        """1 when an input was set aside or is missing, or the work was interrupted."""
        return ExitCode.SOME_FAILED if self.interrupted or self.counts["set aside"] or "missing" in self.counts else ExitCode.DONE


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
        from pipeline.extract import pipeline_version

        version = settings.version(pipeline_version())
    summary = Summary() if summary is None else summary
    extractor = extractor or _LateExtractor(settings)
    run = Run(version)
    connection = open_for_writing(base)
    try:
        for found in find_inputs(paths, without=base, ignored=lambda ending: summary.ignored.update((ending,))):
            begin(found)
            with base_faults(base):
                for outcome in _outcomes(connection, run, found, settings, extractor):
                    summary.counts[outcome.change] = summary.counts.get(outcome.change, 0) + 1
                    tell(outcome)
    except KeyboardInterrupt:
        summary.interrupted = True
    finally:
        connection.close()
    return summary


class _LateExtractor:
    """The real extractor, made when the first file needs reading: a run over known files never loads the language pipeline."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._real: Reads | None = None

    @property
    def _extractor(self) -> Reads:
        if self._real is None:
            from pipeline.extract import Extractor

            self._real = Extractor(self._settings)
        return self._real

    def with_source(self, path: Path, name: str | None = None) -> tuple[Record, SourceDocument | None]:
        """As `Extractor.with_source`."""
        return self._extractor.with_source(path, name)

    def from_source(self, source: SourceDocument) -> Record:
        """As `Extractor.from_source`."""
        return self._extractor.from_source(source)


# Why a member of an archive can never be read, whatever is installed later: such an archive need not be unpacked again.
_FOR_GOOD = frozenset({"unknown-kind", "empty", "encrypted", "path", "truncated", "zip-nested", "binary", "no-pages", "bad-image"})


def _known(connection: sqlite3.Connection, run: Run, found: Input, sha256: str) -> Iterator[Outcome]:
    """The outcomes for a file whose bytes are stored already, none where they are not: its own, or those of an archive's members."""
    place = found.path.resolve()
    if is_known(connection, sha256, run.pipeline_version):
        yield Outcome(found, note_known(connection, run, sha256, place, found.name))
        return
    for member in archive_members(connection, place, sha256, run.pipeline_version):
        part = Input(found.path / member.inner, f"{found.name}/{member.inner}")
        if member.reason is None:
            yield Outcome(part, "known")
        else:
            yield Outcome(
                part, "set aside", error=ReadingError(member.message or member.reason, hint="see vanban audit", reason=member.reason)
            )


def _note_archive(connection: sqlite3.Connection, run: Run, found: Input, sha256: str, outcomes: list[Outcome]) -> None:
    """Notes an archive of which all members are stored, or can never be read."""
    if all(o.error is None or o.error.reason in _FOR_GOOD for o in outcomes):
        note_archive(connection, found.path.resolve(), sha256, run.pipeline_version)


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


def _outcomes(connection: sqlite3.Connection, run: Run, found: Input, settings: Settings, extractor: Reads) -> Iterator[Outcome]:
    sha256 = _sha256(found.path) if found.error is None and _hashable(found.path, settings) else None
    if sha256 is not None:
        known = list(_known(connection, run, found, sha256))
        if known:
            yield from known
            return
    last: list[Outcome] = []
    for outcome in _read(connection, run, found, settings, extractor):
        last.append(Outcome(outcome.input, outcome.change, None, outcome.error))
        yield outcome
    if sha256 is not None and any(outcome.input.path != found.path for outcome in last):
        _note_archive(connection, run, found, sha256, last)


def _read(connection: sqlite3.Connection, run: Run, found: Input, settings: Settings, extractor: Reads) -> Iterator[Outcome]:
    """Reads one file and stores what it holds."""
    for part, read, source in read_input(extractor, found, settings):
        if isinstance(read, SecrecyError):
            gone = put_secret_aside(connection, run, reason=read.reason, sha256=_sha256(found.path), path=found.path.resolve())
            yield Outcome(part, "set aside", error=_with_losses(read, gone))
        elif isinstance(read, ReadingError):
            yield _aside(connection, run, part, read)
        else:
            try:
                places = [] if source is None else pages_of(source, read.text)
                yield Outcome(part, store(connection, run, read, part.path.resolve(), places), read)
            except (sqlite3.IntegrityError, sqlite3.DataError, UnicodeEncodeError, OverflowError) as error:
                yield _aside(connection, run, part, _not_storable(error))


def _with_losses(error: SecrecyError, gone: int) -> SecrecyError:
    """The error, and how many documents that were stored from its file went with it."""
    if not gone:
        return error
    lost = "1 document that was stored from it is deleted" if gone == 1 else f"{gone} documents that were stored from it are deleted"
    return SecrecyError(f"{error.what}; {lost}", where=error.where, hint=error.hint, reason=error.reason)


def _aside(connection: sqlite3.Connection, run: Run, found: Input, error: ReadingError) -> Outcome:
    """Keeps the input's name and reason, unless it names nothing that exists."""
    if error.reason == "missing":
        return Outcome(found, "missing", error=error)
    sha256 = _sha256(found.path) if error.reason not in ("no-permission", "too-large") else None
    place = Path(printable(real(found.path)))
    put_aside(connection, run, reason=error.reason, sha256=sha256, path=place, name=found.name, message=error.what)
    return Outcome(found, "set aside", error=error)


def _not_storable(error: Exception) -> ReadingError:
    return ReadingError(f"its facts could not be stored ({error})", hint="report this file", reason="not-storable")
