"""One record into the knowledge base, inside the caller's transaction. Bulk rows go through executemany."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from pipeline.records import Citation, Fact, Record, Report
from pipeline.storage.folding import fold, name_key, number_key
from pipeline.storage.quoting import Quotes

Row = tuple[object, ...]


def insert_record(connection: sqlite3.Connection, record: Record, *, version: str, run_id: int) -> int:
    """Stores all of `record`; returns the id of its row in `documents`. `version` is the pipeline version that made it."""
    document_id = _insert_document(connection, record, version, run_id)
    quotes = Quotes(record.text)
    _insert_parts(connection, record, document_id, quotes)
    _insert_citations(connection, record.citations, document_id, quotes)
    _insert_duties(connection, record, document_id, quotes)
    return document_id


def delete_document(connection: sqlite3.Connection, document_id: int) -> None:
    """Removes a document with all its facts, and the units and directives that nothing else mentions."""
    units = _column(
        connection,
        "SELECT unit_id FROM assignments WHERE document_id = ?1 UNION SELECT p.unit_id FROM report_parties p"
        " JOIN reports r ON r.id = p.report_id WHERE r.document_id = ?1 AND p.unit_id IS NOT NULL",
        document_id,
    )
    directives = _column(
        connection, "SELECT DISTINCT directive_id FROM citations WHERE document_id = ? AND directive_id IS NOT NULL", document_id
    )
    connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
    connection.executemany(
        "DELETE FROM unit_names WHERE unit_id = ?1 AND name NOT IN (SELECT unit FROM assignments WHERE unit_id = ?1)"
        " AND name NOT IN (SELECT name FROM report_parties WHERE unit_id = ?1)",
        units,
    )
    connection.executemany("DELETE FROM units WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM unit_names WHERE unit_id = ?1)", units)
    connection.executemany(
        "DELETE FROM directives WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM citations WHERE directive_id = ?1)", directives
    )


def _column(connection: sqlite3.Connection, query: str, document_id: int) -> list[tuple[int]]:
    return [(row[0],) for row in connection.execute(query, (document_id,))]


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    marks = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 (names are ours)


def _insert_document(connection: sqlite3.Connection, record: Record, version: str, run_id: int) -> int:
    source, header = record.source, record.document
    columns = (
        "sha256, pipeline_version, name, media_type, page_count, type, number, number_key, title, issuer, place, issued_on,"
        " signer, signer_position, authority, urgency, secrecy, draft, system, issuer_method, confidence, run_id"
    )
    values = (
        source.sha256, version, source.name, source.media_type, source.pages, header.type, header.number, _number_key(header.number),
        header.title, header.issuer, header.place, header.issued_on, header.signer, header.signer_position, header.authority,
        header.urgency, header.secrecy, header.draft, header.system, header.issuer_method, header.confidence, run_id,
    )  # fmt: skip
    _insert(connection, "documents", columns, [values])
    document_id: int = connection.execute("SELECT last_insert_rowid()").fetchone()[0]
    return document_id


def _insert_parts(connection: sqlite3.Connection, record: Record, document_id: int, quotes: Quotes) -> None:
    """Text, passages, pages, parties, sections, findings, edits, evidence."""
    source, header = record.source, record.document
    _insert(connection, "texts", "document_id, text", [(document_id, record.text)])
    _insert(
        connection, "passages", "document_id, section, page, start_offset, end_offset, text, folded", _passages(record, document_id, quotes)
    )
    connection.execute(
        "INSERT INTO passages_fts (rowid, text, folded) SELECT id, text, folded FROM passages WHERE document_id = ?", (document_id,)
    )
    pages = [(document_id, p.number, p.method, p.reason, json.dumps(p.scores, ensure_ascii=False), p.confidence) for p in source.page_info]
    _insert(connection, "pages", "document_id, number, method, reason, scores, confidence", pages)
    _insert(connection, "ocr_pages", "document_id, number", [(document_id, number) for number in dict.fromkeys(source.ocr_pages)])
    evidence = [(document_id, i, e.origin, e.field, e.value) for i, e in enumerate(source.evidence)]
    _insert(connection, "evidence", "document_id, position, origin, field, value", evidence)
    edits = [(document_id, i, e.start, e.before, e.after, e.rule) for i, e in enumerate(record.edits)]
    _insert(connection, "edits", "document_id, position, start_offset, before, after, rule", edits)
    parties = [(document_id, "addressee", i, name) for i, name in enumerate(header.addressees)]
    parties += [(document_id, "recipient", i, name) for i, name in enumerate(header.recipients)]
    _insert(connection, "document_parties", "document_id, kind, position, name", parties)
    sections = [(document_id, i, s.path, s.title, s.start, s.end, s.page) for i, s in enumerate(record.sections)]
    _insert(connection, "sections", "document_id, position, path, title, start_offset, end_offset, page", sections)
    findings = [
        (document_id, i, f.code, f.message, f.start, f.end, *quotes.around(f.start, f.end), f.page) for i, f in enumerate(record.findings)
    ]
    _insert(
        connection, "findings", "document_id, position, code, message, start_offset, end_offset, quote_start, quote_end, page", findings
    )


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


_FACT = "document_id, fact_id, start_offset, end_offset, quote_start, quote_end, page, section, rule, confidence"


def _fact(fact: Fact, fact_id: str, document_id: int, quotes: Quotes) -> Row:
    return (
        document_id,
        fact_id,
        fact.start,
        fact.end,
        *quotes.around(fact.start, fact.end),
        fact.page,
        fact.section,
        fact.rule,
        fact.confidence,
    )


def _insert_citations(connection: sqlite3.Connection, citations: list[Citation], document_id: int, quotes: Quotes) -> None:
    named = {c.directive: (c.directive, c.type, c.number, _number_key(c.number), c.name) for c in reversed(citations) if c.directive}
    connection.executemany(
        "INSERT OR IGNORE INTO directives (key, type, number, number_key, name) VALUES (?, ?, ?, ?, ?)", reversed(named.values())
    )
    ids = {key: _id(connection, "SELECT id FROM directives WHERE key = ?", key) for key in named}
    rows = [
        (*_fact(c, f"c{n}", document_id, quotes), c.text, c.type, c.number, _number_key(c.number), c.name, c.issued_on, c.issuer,
         c.provision, c.relation, ids.get(c.directive or ""), json.dumps(c.inherited))
        for n, c in enumerate(citations, 1)
    ]  # fmt: skip
    columns = f"{_FACT}, text, type, number, number_key, name, issued_on, issuer, provision, relation, directive_id, inherited"
    _insert(connection, "citations", columns, rows)


def _insert_duties(connection: sqlite3.Connection, record: Record, document_id: int, quotes: Quotes) -> None:
    """Tasks, the units given them, their deadlines, and the reports owed."""
    units = _Units(connection)
    first = _next_id(connection, "tasks")
    tasks = {task.id: first + n for n, task in enumerate(record.tasks)}
    rows: list[Row] = [(tasks[t.id], *_fact(t, t.id, document_id, quotes), t.text) for t in record.tasks]
    _insert(connection, "tasks", f"id, {_FACT}, text", rows)
    rows = [
        (
            *_fact(a, f"a{n}", document_id, quotes),
            tasks.get(a.task or ""),
            a.unit,
            units.id_of(a.canonical or a.unit, a.unit, a.kind),
            a.kind,
            a.role,
        )
        for n, a in enumerate(record.assignments, 1)
    ]
    _insert(connection, "assignments", f"{_FACT}, task_id, unit, unit_id, kind, role", rows)
    rows = []
    for n, d in enumerate(record.deadlines, 1):
        relative = (d.relative.amount, d.relative.unit, d.relative.from_) if d.relative else (None, None, None)
        rows.append(
            (*_fact(d, f"d{n}", document_id, quotes), tasks.get(d.task or ""), d.text, d.earliest, d.latest, d.recurrence, d.continuous,
             *relative, d.stated_day, d.boundary, d.year_inferred)
        )  # fmt: skip
    columns = (
        f"{_FACT}, task_id, text, earliest, latest, recurrence, continuous, relative_amount, relative_unit, relative_from,"
        " stated_day, boundary, year_inferred"
    )
    _insert(connection, "deadlines", columns, rows)
    _insert_reports(connection, record.reports, document_id, quotes, units)


def _insert_reports(connection: sqlite3.Connection, reports: list[Report], document_id: int, quotes: Quotes, units: _Units) -> None:
    first = _next_id(connection, "reports")
    rows: list[Row] = []
    parties: list[Row] = []
    for n, r in enumerate(reports):
        report_id = first + n
        rows.append((report_id, *_fact(r, f"r{n + 1}", document_id, quotes), r.what, r.via, r.period, r.latest, r.recurrence))
        for kind, names, resolved in (("reporter", r.reporter, r.reporter_canonical), ("recipient", r.recipients, r.recipients_canonical)):
            known = resolved if len(resolved) == len(names) else [""] * len(names)
            for i, (name, canonical) in enumerate(zip(names, known, strict=True)):
                parties.append((report_id, kind, i, name, units.id_of(canonical, name, None) if canonical else None))
    _insert(connection, "reports", f"id, {_FACT}, what, via, period, latest, recurrence", rows)
    _insert(connection, "report_parties", "report_id, kind, position, name, unit_id", parties)


class _Units:
    """Rows of `units` and `unit_names`, made as they are met."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], int] = {}

    def id_of(self, canonical: str, printed: str, kind: str | None) -> int:
        unit_id = self._known.get((canonical, printed))
        if unit_id is None:
            self._connection.execute(
                "INSERT INTO units (canonical, kind) VALUES (?, ?)"
                " ON CONFLICT (canonical) DO UPDATE SET kind = excluded.kind WHERE kind IS NULL",
                (canonical, kind),
            )
            unit_id = _id(self._connection, "SELECT id FROM units WHERE canonical = ?", canonical)
            self._connection.execute(
                "INSERT OR IGNORE INTO unit_names (unit_id, name, name_key) VALUES (?, ?, ?)", (unit_id, printed, name_key(printed))
            )
            self._known[canonical, printed] = unit_id
        return unit_id


def _id(connection: sqlite3.Connection, query: str, key: str) -> int:
    found: int = connection.execute(query, (key,)).fetchone()[0]
    return found


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    found: int = connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]  # noqa: S608 (names are ours)
    return found


def _number_key(number: str | None) -> str | None:
    return number_key(number) if number else None
