"""A stored document back as the record it came from: storing loses nothing."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from pipeline import records as r

_PART = "path, title, start_offset AS start, end_offset AS end, page"
_FINDING = "code, message, start_offset AS start, end_offset AS end, page"
_PLACE = "start_offset AS start, end_offset AS end, page, section, rule, confidence"


def load_record(connection: sqlite3.Connection, document_id: int) -> r.Record:
    """The record of the document with this row id. Raises LookupError when there is none."""
    document = connection.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
    if document is None:
        raise LookupError(f"no document {document_id}")
    text: str = connection.execute("SELECT text FROM texts WHERE document_id = ?", (document_id,)).fetchone()[0]
    return r.Record(
        source=_source(connection, document),
        text=text,
        document=_header(connection, document),
        sections=[r.Section(**x) for x in _rows(connection, _PART, "sections", document_id)],
        citations=_citations(connection, document_id),
        tasks=[r.Task(**x) for x in _rows(connection, f"fact_id AS id, text, {_PLACE}", "tasks", document_id)],
        assignments=_assignments(connection, document_id),
        deadlines=_deadlines(connection, document_id),
        reports=_reports(connection, document_id),
        findings=[r.Finding(**x) for x in _rows(connection, _FINDING, "findings", document_id)],
        edits=[r.Edit(**x) for x in _rows(connection, "start_offset AS start, before, after, rule", "edits", document_id)],
        version=document["pipeline_version"],
    )


def load_names(connection: sqlite3.Connection, document_id: int) -> tuple[dict[str, list[str]], dict[str, list[int | None]]]:
    """(names, corrections) of the facts of a document, for each list of its record (citations, tasks, ...), in the order of `load_record`.

    A correction is the id of the one that changed or added the fact, None where it stands as extracted.
    """
    names: dict[str, list[str]] = {}
    marks: dict[str, list[int | None]] = {}
    for table in ("citations", "tasks", "assignments", "deadlines", "reports"):
        rows = _rows(connection, "fact_id, corrected", table, document_id)
        names[table], marks[table] = [x["fact_id"] for x in rows], [x["corrected"] for x in rows]
    return names, marks


def _rows(connection: sqlite3.Connection, columns: str, table: str, document_id: int) -> list[dict[str, Any]]:
    query = f"SELECT {columns} FROM {table} WHERE document_id = ? ORDER BY rowid"  # noqa: S608 (names are ours)
    return [dict(row) for row in connection.execute(query, (document_id,))]


def _source(connection: sqlite3.Connection, document: sqlite3.Row) -> r.Source:
    key = document["id"]
    pages = []
    for page in _rows(connection, "number, method, reason, scores, confidence", "pages", key):
        pages.append(r.PageInfo(**{**page, "scores": json.loads(page["scores"])}))
    return r.Source(
        name=document["name"],
        sha256=document["sha256"],
        media_type=document["media_type"],
        pages=document["page_count"],
        ocr_pages=[x["number"] for x in _rows(connection, "number", "ocr_pages", key)],
        page_info=pages,
        evidence=[r.Evidence(**x) for x in _rows(connection, "origin, field, value", "evidence", key)],
    )


def _header(connection: sqlite3.Connection, document: sqlite3.Row) -> r.Header:
    names = "type number title issuer place issued_on signer signer_position authority urgency secrecy system issuer_method confidence"
    parties = connection.execute(
        "SELECT kind, name FROM document_parties WHERE document_id = ? ORDER BY kind, position", (document["id"],)
    ).fetchall()
    return r.Header(
        **{name: document[name] for name in names.split()},
        draft=bool(document["draft"]),
        addressees=[name for kind, name in parties if kind == "addressee"],
        recipients=[name for kind, name in parties if kind == "recipient"],
    )


def _citations(connection: sqlite3.Connection, document_id: int) -> list[r.Citation]:
    columns = (
        f"{_PLACE}, text, type, number, name, issued_on, issuer, provision, relation, inherited,"  # noqa: S608
        " (SELECT key FROM directives WHERE id = directive_id) AS directive"
    )
    rows = _rows(connection, columns, "citations", document_id)
    return [r.Citation(**{**x, "inherited": json.loads(x["inherited"])}) for x in rows]


def _assignments(connection: sqlite3.Connection, document_id: int) -> list[r.Assignment]:
    columns = (
        f"{_PLACE}, (SELECT fact_id FROM tasks WHERE tasks.id = task_id) AS task, unit,"  # noqa: S608
        " (SELECT canonical FROM units WHERE units.id = unit_id) AS canonical, kind, role"
    )
    return [r.Assignment(**x) for x in _rows(connection, columns, "assignments", document_id)]


def _deadlines(connection: sqlite3.Connection, document_id: int) -> list[r.Deadline]:
    columns = (
        f"id, {_PLACE}, (SELECT fact_id FROM tasks WHERE tasks.id = task_id) AS task, text,"  # noqa: S608
        " earliest, latest, recurrence, continuous,"
        " relative_amount, relative_unit, relative_from, stated_day, boundary, year_inferred, computed_latest"
    )
    owers: dict[int, list[tuple[str, str | None]]] = {}
    for deadline, name, canonical in connection.execute(
        "SELECT o.deadline_id, o.name, u.canonical FROM deadlines d JOIN deadline_owers o ON o.deadline_id = d.id"
        " LEFT JOIN units u ON u.id = o.unit_id WHERE d.document_id = ? ORDER BY o.deadline_id, o.position",
        (document_id,),
    ):
        owers.setdefault(deadline, []).append((name, canonical))
    found = []
    for x in _rows(connection, columns, "deadlines", document_id):
        key, amount, unit, from_ = x.pop("id"), x.pop("relative_amount"), x.pop("relative_unit"), x.pop("relative_from")
        x["relative"] = None if amount is None else r.Relative(amount=amount, unit=unit, from_=from_)
        x["continuous"], x["year_inferred"] = bool(x["continuous"]), bool(x["year_inferred"])
        mine = owers.get(key, [])
        x["owed_by"], x["owed_by_canonical"] = [name for name, _ in mine], [full for _, full in mine if full]
        found.append(r.Deadline(**x))
    return found


def _reports(connection: sqlite3.Connection, document_id: int) -> list[r.Report]:
    found = []
    for x in _rows(connection, f"id, {_PLACE}, what, via, period, latest, recurrence", "reports", document_id):
        parties = connection.execute(
            "SELECT p.kind, p.name, u.canonical FROM report_parties p LEFT JOIN units u ON u.id = p.unit_id "
            " WHERE p.report_id = ? ORDER BY p.position",
            (x.pop("id"),),
        ).fetchall()
        found.append(
            r.Report(
                **x,
                reporter=[name for kind, name, _ in parties if kind == "reporter"],
                recipients=[name for kind, name, _ in parties if kind == "recipient"],
                reporter_canonical=[full for kind, _, full in parties if kind == "reporter" and full],
                recipients_canonical=[full for kind, _, full in parties if kind == "recipient" and full],
            )
        )
    return found
