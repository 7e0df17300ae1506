"""Corrections in the knowledge base: kept beside the facts, made in them, and made again when a document is read anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.records import Record, from_json, to_json
from pipeline.storage.read import load_record
from pipeline.storage.write import replace_facts

if TYPE_CHECKING:
    from pipeline.corrections.model import Corrected, Correction, Match

_COLUMNS = "sha256, kind, action, section, words, occurrence, quote, detail, changes, original, of_id, corrected_by, note, at"


def corrections_of(connection: sqlite3.Connection, sha256: str | None = None) -> list[Correction]:
    """The corrections of one file, or all, in the order in which they were made."""
    rows = connection.execute("SELECT * FROM corrections WHERE ?1 IS NULL OR sha256 = ?1 ORDER BY id", (sha256,)).fetchall()
    if not rows:
        return []
    from pipeline.corrections.model import Anchor, Correction

    return [
        Correction(
            row["sha256"], row["kind"], row["action"],
            Anchor(row["section"], row["words"], row["occurrence"], row["quote"], row["detail"]),
            json.loads(row["changes"]), json.loads(row["original"]), row["of_id"], row["id"], row["corrected_by"], row["note"], row["at"],
        )
        for row in rows
    ]  # fmt: skip


def with_corrections(connection: sqlite3.Connection, record: Record) -> Corrected | None:
    """`record`, just extracted, with the corrections the base holds for its file; None where it holds none."""
    found = corrections_of(connection, record.source.sha256)
    if not found:
        return None
    from pipeline.corrections.apply import corrected

    return corrected(record, found)


def keep_extracted(connection: sqlite3.Connection, document_id: int, record: Record, made: Corrected) -> None:
    """Keeps the facts as extracted beside the corrected ones, and notes where each correction came to stand."""
    import msgspec

    bare = to_json(msgspec.structs.replace(record, text="")).decode()
    connection.execute("INSERT OR REPLACE INTO extracted (document_id, record) VALUES (?, ?)", (document_id, bare))
    note_matches(connection, made.matches)


def note_matches(connection: sqlite3.Connection, matches: Iterable[Match]) -> None:
    """Writes the present fact and place of each correction."""
    connection.executemany(
        "UPDATE corrections SET fact_id = ?, start_offset = ?, end_offset = ? WHERE id = ?",
        [(m.fact, m.start, m.end, m.correction) for m in matches],
    )


def extracted_record(connection: sqlite3.Connection, document_id: int) -> Record:
    """The record of a document as it was extracted, before any correction. Raises LookupError."""
    row = connection.execute(
        "SELECT e.record, x.text FROM extracted e JOIN texts x ON x.document_id = e.document_id WHERE e.document_id = ?", (document_id,)
    ).fetchone()
    if row is None:
        return load_record(connection, document_id)
    import msgspec

    return msgspec.structs.replace(from_json(row["record"]), text=row["text"])


def add_correction(connection: sqlite3.Connection, correction: Correction) -> int:
    """Stores one correction, inside the caller's transaction; its id. `make_again` then makes it in the facts."""
    a = correction.anchor
    values = (
        correction.sha256, correction.kind, correction.action, a.section, a.words, a.occurrence, a.quote, a.detail,
        json.dumps(correction.values, ensure_ascii=False), json.dumps(correction.original, ensure_ascii=False), correction.of,
        correction.by, correction.note, correction.at or datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip
    marks = ", ".join("?" * len(values))
    made = connection.execute(f"INSERT INTO corrections ({_COLUMNS}) VALUES ({marks})", values).lastrowid  # noqa: S608 (names are ours)
    assert made is not None
    return made


def remove_correction(connection: sqlite3.Connection, correction_id: int) -> str | None:
    """Takes a correction back, with those made to a fact that it added; the file's sha256, or None where there is no such correction."""
    row = connection.execute("DELETE FROM corrections WHERE id = ? RETURNING sha256", (correction_id,)).fetchone()
    return None if row is None else str(row["sha256"])


def make_again(connection: sqlite3.Connection, document_id: int) -> Corrected:
    """Makes the corrections of one document anew in its facts, from the facts as extracted. Inside the caller's transaction."""
    record = extracted_record(connection, document_id)
    made = with_corrections(connection, record)
    if made is None:
        from pipeline.corrections.model import uncorrected

        made = uncorrected(record)
        connection.execute("DELETE FROM extracted WHERE document_id = ?", (document_id,))
    else:
        keep_extracted(connection, document_id, record, made)
    replace_facts(connection, document_id, made.record, made)
    return made
