"""Which files the knowledge base knows, and what became of each: one transaction a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pipeline.records import Record
from pipeline.storage.base import transaction
from pipeline.storage.corrections import keep_extracted, with_corrections
from pipeline.storage.places import PageWords, insert_places
from pipeline.storage.write import delete_document, insert_record

Change = Literal["added", "updated", "known"]


@dataclass
class Run:
    """One ingestion. Its row is written with the first change, so that an ingestion that finds nothing new leaves no trace."""

    pipeline_version: str
    started_at: str = field(default_factory=lambda: _now())
    id: int | None = None


def is_known(connection: sqlite3.Connection, sha256: str, version: str) -> bool:
    """Whether these bytes are stored with facts by this pipeline version."""
    return connection.execute("SELECT 1 FROM documents WHERE sha256 = ? AND pipeline_version = ?", (sha256, version)).fetchone() is not None


def note_known(connection: sqlite3.Connection, run: Run, sha256: str, path: Path, name: str) -> Change:
    """Says that `path` holds a known document. Gives "updated" where the path held another document before, whose facts go."""
    document_id, place = _stored(connection, sha256), str(path)
    before = _at(connection, place)
    if before == document_id:
        return "known"
    with transaction(connection):
        assert document_id is not None
        _point(connection, place, name, document_id, before)
        _release(connection, sha256, place)
        if before is not None:
            _count(connection, run, "updated")
    return "known" if before is None else "updated"


def store(connection: sqlite3.Connection, run: Run, record: Record, path: Path, places: Sequence[PageWords] = ()) -> Change:
    """Stores `record`, read from `path`, with the facts of older content of that path, or of an older extraction, replaced.

    Corrections made to this content are made again. `places`: where the words stand on their pages.
    """
    sha256, place = record.source.sha256, str(path)
    with transaction(connection):
        if is_known(connection, sha256, run.pipeline_version):  # stored by another process while this one was reading
            known = _stored(connection, sha256)
            if known is not None and _at(connection, place) != known:
                _point(connection, place, record.source.name, known, _at(connection, place))
            return "known"
        older, before = _stored(connection, sha256), _at(connection, place)
        files = [] if older is None else connection.execute("SELECT path, name FROM files WHERE document_id = ?", (older,)).fetchall()
        if older is not None:
            delete_document(connection, older)
        change: Change = "added" if older is None and before is None else "updated"
        run_id = _count(connection, run, change)
        made = with_corrections(connection, record)
        shown = record if made is None else made.record
        document_id = insert_record(connection, shown, version=run.pipeline_version, run_id=run_id, made=made)
        insert_places(connection, document_id, places)
        if made is not None:
            keep_extracted(connection, document_id, record, made)
        connection.executemany(
            "INSERT INTO files (path, name, document_id) VALUES (?, ?, ?)", [(f["path"], f["name"], document_id) for f in files]
        )
        _point(connection, place, record.source.name, document_id, None if before == older else before)
        _release(connection, sha256, place)
    return change


def put_aside(
    connection: sqlite3.Connection, run: Run, *, reason: str, sha256: str | None, path: Path | None, name: str | None, message: str | None
) -> None:
    """Keeps that an input could not be used, once. Facts stored from earlier content of the file stay."""
    place = None if path is None else str(path)
    same = "SELECT 1 FROM set_aside WHERE sha256 IS ? AND path IS ? AND reason = ? AND message IS ?"
    if connection.execute(same, (sha256, place, reason, message)).fetchone():
        return
    with transaction(connection):
        if place is not None:
            connection.execute("DELETE FROM set_aside WHERE path = ?", (place,))
        _count(connection, run, "set_aside")
        connection.execute(
            "INSERT INTO set_aside (sha256, path, name, reason, message, at) VALUES (?, ?, ?, ?, ?, ?)",
            (sha256, place, name, reason, message, _now()),
        )


def put_secret_aside(connection: sqlite3.Connection, run: Run, *, reason: str, sha256: str | None, path: Path) -> int:
    """Keeps only hash, time and reason of a file with a secrecy mark, and wipes what an earlier reading stored of the same bytes, and of
    members of an archive at `path` unless a copy stands elsewhere. Gives how many documents went."""
    connection.execute("PRAGMA secure_delete = ON")
    inside, folder = "substr(path, 1, length(?1)) = ?1", f"{path}/"
    with transaction(connection):
        found = connection.execute(
            f"SELECT id, sha256 FROM documents WHERE sha256 = ?2 OR id IN (SELECT document_id FROM files WHERE {inside})",  # noqa: S608 (ours)
            (folder, sha256),
        ).fetchall()
        left = connection.execute(f"DELETE FROM files WHERE {inside}", (folder,)).rowcount  # noqa: S608 (one of ours)
        gone = [row for row in found if _without_place(connection, row["id"], also_copies=row["sha256"] == sha256)]
        hashes = [(sha256,), *((row["sha256"],) for row in gone)]
        left += connection.executemany("DELETE FROM corrections WHERE sha256 = ?", hashes).rowcount  # they quote the text
        connection.execute("DELETE FROM archives WHERE path = ?", (str(path),))
        left += connection.execute(f"DELETE FROM set_aside WHERE path = ?2 OR {inside}", (folder, str(path))).rowcount  # noqa: S608 (ours)
    put_aside(connection, run, reason=reason, sha256=sha256, path=None, name=None, message=None)
    if gone or left > 0:
        connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(gone)


def _stored(connection: sqlite3.Connection, sha256: str) -> int | None:
    row = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else row[0]


def _at(connection: sqlite3.Connection, place: str) -> int | None:
    row = connection.execute("SELECT document_id FROM files WHERE path = ?", (place,)).fetchone()
    return None if row is None else row[0]


def _point(connection: sqlite3.Connection, place: str, name: str, document_id: int, before: int | None) -> None:
    """Lets `place` hold `document_id`. The document it held before goes, unless a copy of it is held elsewhere."""
    connection.execute(
        "INSERT INTO files (path, name, document_id) VALUES (?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET name = excluded.name, document_id = excluded.document_id",
        (place, name, document_id),
    )
    if before is not None and before != document_id:
        _without_place(connection, before)


def _without_place(connection: sqlite3.Connection, document_id: int, *, also_copies: bool = False) -> bool:
    """Deletes a document that stands in no file any more, or `also_copies`; one held elsewhere is called as there. Whether it went."""
    copy = connection.execute("SELECT name FROM files WHERE document_id = ? ORDER BY path LIMIT 1", (document_id,)).fetchone()
    if copy is None or also_copies:
        delete_document(connection, document_id)
        return True
    connection.execute("UPDATE documents SET name = ? WHERE id = ?", (copy["name"], document_id))
    return False


def _release(connection: sqlite3.Connection, sha256: str, place: str) -> None:
    """Forgets that a file was put aside, now that it can be used."""
    connection.execute("DELETE FROM set_aside WHERE sha256 = ? OR path = ?", (sha256, place))


def _count(connection: sqlite3.Connection, run: Run, what: str) -> int:
    """One more change of this kind in the run's row, which is made when there is none; the id of that row."""
    if run.id is None or connection.execute("SELECT 1 FROM runs WHERE id = ?", (run.id,)).fetchone() is None:
        values = (run.started_at, run.started_at, run.pipeline_version)
        made = connection.execute("INSERT INTO runs (started_at, finished_at, pipeline_version) VALUES (?, ?, ?)", values)
        run.id = made.lastrowid
    connection.execute(f"UPDATE runs SET {what} = {what} + 1, finished_at = ? WHERE id = ?", (_now(), run.id))  # noqa: S608 (one of ours)
    assert run.id is not None
    return run.id


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
