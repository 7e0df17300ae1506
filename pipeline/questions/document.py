"""Which stored documents a person means by a number or a file name."""

from __future__ import annotations

import sqlite3

from pipeline.questions.references import parse_reference
from pipeline.text.keys import name_key


def find_documents(connection: sqlite3.Connection, typed: str) -> list[int]:
    """Row ids of all documents with the number `typed`, or else with that file name or hash; several may share one number."""
    asked = parse_reference(typed)
    order = "ORDER BY issued_on IS NULL, issued_on, name, id"
    if asked.number:
        rows = connection.execute(f"SELECT id, type FROM documents WHERE number_key = ? {order}", (asked.number,)).fetchall()  # noqa: S608
        same_type = [row["id"] for row in rows if asked.type and name_key(row["type"] or "") == asked.type]
        if rows:
            return same_type or [row["id"] for row in rows]
    rows = connection.execute(
        f"SELECT id FROM documents WHERE id IN (SELECT document_id FROM files WHERE name = ?1 OR path = ?1)"  # noqa: S608
        f" OR name = ?1 OR (length(?1) >= 8 AND substr(sha256, 1, length(?1)) = lower(?1)) {order}",
        (typed.strip(),),
    ).fetchall()
    return [row["id"] for row in rows]
