"""One record into the knowledge base, inside the caller's transaction. Bulk rows go through executemany."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.records import Record
from pipeline.storage.write_facts import Row, Writer, insert
from pipeline.text.keys import fold, number_key
from pipeline.text.quoting import Quotes

if TYPE_CHECKING:
    from pipeline.corrections.model import Corrected

_HEADER = (
    "type", "number", "title", "issuer", "place", "issued_on", "signer", "signer_position", "authority", "urgency", "secrecy", "draft",
    "system", "issuer_method", "confidence",
)  # fmt: skip


def insert_record(connection: sqlite3.Connection, record: Record, *, version: str, run_id: int, made: Corrected | None = None) -> int:
    """Stores all of `record`; returns the id of its row in `documents`. `version` is the pipeline version that made it.

    `made` says how facts are called and which were corrected, where that does not follow from their order.
    """
    document_id = _insert_document(connection, record, version, run_id, None if made is None else made.document)
    quotes = Quotes(record.text)
    _insert_parts(connection, record, document_id, quotes)
    Writer(connection, document_id, quotes, made).facts(record)
    return document_id


def replace_facts(connection: sqlite3.Connection, document_id: int, record: Record, made: Corrected) -> None:
    """Puts the header and the facts of `record` in the place of those stored for the document; its text stays."""
    orphans = _mentioned(connection, document_id)
    for table in ("citations", "assignments", "deadlines", "reports", "tasks", "document_parties"):
        connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))  # noqa: S608 (names are ours)
    settings = ", ".join(f"{name} = ?" for name in (*_HEADER, "number_key", "corrected"))
    values = [getattr(record.document, name) for name in _HEADER]
    connection.execute(
        f"UPDATE documents SET {settings} WHERE id = ?",  # noqa: S608 (names are ours)
        (*values, _number_key(record.document.number), made.document, document_id),
    )
    _insert_parties(connection, record, document_id)
    Writer(connection, document_id, Quotes(record.text), made).facts(record)
    _forget(connection, *orphans)


def delete_document(connection: sqlite3.Connection, document_id: int) -> None:
    """Removes a document with all its facts, and the units and directives that nothing else mentions. Corrections stay."""
    orphans = _mentioned(connection, document_id)
    connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
    _forget(connection, *orphans)


def _mentioned(connection: sqlite3.Connection, document_id: int) -> tuple[list[tuple[int]], list[tuple[int]]]:
    """The units and directives that a document mentions."""
    units = _column(
        connection,
        "SELECT unit_id FROM assignments WHERE document_id = ?1 UNION SELECT p.unit_id FROM report_parties p"
        " JOIN reports r ON r.id = p.report_id WHERE r.document_id = ?1 AND p.unit_id IS NOT NULL"
        " UNION SELECT o.unit_id FROM deadline_owers o JOIN deadlines d ON d.id = o.deadline_id"
        " WHERE d.document_id = ?1 AND o.unit_id IS NOT NULL",
        document_id,
    )
    directives = _column(
        connection, "SELECT DISTINCT directive_id FROM citations WHERE document_id = ? AND directive_id IS NOT NULL", document_id
    )
    return units, directives


def _forget(connection: sqlite3.Connection, units: list[tuple[int]], directives: list[tuple[int]]) -> None:
    """Removes those of the units, names and directives that nothing mentions any more."""
    connection.executemany(
        "DELETE FROM unit_names WHERE unit_id = ?1 AND name NOT IN (SELECT unit FROM assignments WHERE unit_id = ?1)"
        " AND name NOT IN (SELECT name FROM report_parties WHERE unit_id = ?1)"
        " AND name NOT IN (SELECT name FROM deadline_owers WHERE unit_id = ?1)",
        units,
    )
    connection.executemany("DELETE FROM units WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM unit_names WHERE unit_id = ?1)", units)
    connection.executemany(
        "DELETE FROM directives WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM citations WHERE directive_id = ?1)", directives
    )


def _column(connection: sqlite3.Connection, query: str, document_id: int) -> list[tuple[int]]:
    return [(row[0],) for row in connection.execute(query, (document_id,))]


def _insert_document(connection: sqlite3.Connection, record: Record, version: str, run_id: int, corrected: int | None) -> int:
    source, header = record.source, record.document
    columns = f"sha256, pipeline_version, name, media_type, page_count, number_key, run_id, corrected, {', '.join(_HEADER)}"
    values = (
        source.sha256, version, source.name, source.media_type, source.pages, _number_key(header.number), run_id, corrected,
        *(getattr(header, name) for name in _HEADER),
    )  # fmt: skip
    insert(connection, "documents", columns, [values])
    document_id: int = connection.execute("SELECT last_insert_rowid()").fetchone()[0]
    return document_id


def _insert_parts(connection: sqlite3.Connection, record: Record, document_id: int, quotes: Quotes) -> None:
    """Text, passages, pages, parties, sections, findings, edits, evidence."""
    source = record.source
    insert(connection, "texts", "document_id, text", [(document_id, record.text)])
    insert(
        connection, "passages", "document_id, section, page, start_offset, end_offset, text, folded", _passages(record, document_id, quotes)
    )
    connection.execute(
        "INSERT INTO passages_fts (rowid, text, folded) SELECT id, text, folded FROM passages WHERE document_id = ?", (document_id,)
    )
    pages = [(document_id, p.number, p.method, p.reason, json.dumps(p.scores, ensure_ascii=False), p.confidence) for p in source.page_info]
    insert(connection, "pages", "document_id, number, method, reason, scores, confidence", pages)
    insert(connection, "ocr_pages", "document_id, number", [(document_id, number) for number in dict.fromkeys(source.ocr_pages)])
    evidence = [(document_id, i, e.origin, e.field, e.value) for i, e in enumerate(source.evidence)]
    insert(connection, "evidence", "document_id, position, origin, field, value", evidence)
    edits = [(document_id, i, e.start, e.before, e.after, e.rule) for i, e in enumerate(record.edits)]
    insert(connection, "edits", "document_id, position, start_offset, before, after, rule", edits)
    _insert_parties(connection, record, document_id)
    sections = [(document_id, i, s.path, s.title, s.start, s.end, s.page) for i, s in enumerate(record.sections)]
    insert(connection, "sections", "document_id, position, path, title, start_offset, end_offset, page", sections)
    findings = [
        (document_id, i, f.code, f.message, f.start, f.end, *quotes.around(f.start, f.end), f.page) for i, f in enumerate(record.findings)
    ]
    insert(connection, "findings", "document_id, position, code, message, start_offset, end_offset, quote_start, quote_end, page", findings)


def _insert_parties(connection: sqlite3.Connection, record: Record, document_id: int) -> None:
    header = record.document
    parties = [(document_id, "addressee", i, name) for i, name in enumerate(header.addressees)]
    parties += [(document_id, "recipient", i, name) for i, name in enumerate(header.recipients)]
    insert(connection, "document_parties", "document_id, kind, position, name", parties)


def _passages(record: Record, document_id: int, quotes: Quotes) -> list[Row]:
    """The sentences, each with the deepest section and the page it begins in."""
    breaks = [match.start() for match in re.finditer("\f", record.text)]
    parts = sorted(record.sections, key=lambda s: (s.start, -s.end))
    rows: list[Row] = []
    open_parts: list[tuple[int, str]] = []
    upcoming = 0
    for start, end in quotes.spans:
        while upcoming < len(parts) and parts[upcoming].start <= start:
            open_parts.append((parts[upcoming].end, parts[upcoming].path))
            upcoming += 1
        while open_parts and open_parts[-1][0] <= start:
            open_parts.pop()
        text = record.text[start:end]
        rows.append((document_id, open_parts[-1][1] if open_parts else "", bisect_right(breaks, start) + 1, start, end, text, fold(text)))
    return rows


def _number_key(number: str | None) -> str | None:
    return number_key(number) if number else None
