"""Corrections as rows: what stood there, what stands there now, who says so."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from pipeline.corrections.fields import WORDS, field_values, shown
from pipeline.corrections.model import Correction
from pipeline.storage.corrections import corrections_of


def before(correction: Correction) -> str:
    """What was extracted in the fields that were corrected; of a deleted or confirmed fact its own words."""
    if correction.action == "add":
        return ""
    old = field_values(correction.kind, correction.original)
    names = [name for name in correction.values if name in old]
    if not names and correction.kind != "document":
        return shown(old.get(WORDS[correction.kind]))
    return "; ".join(f"{name}={shown(old[name])}" for name in names)


def after(correction: Correction) -> str:
    """The new values."""
    return "; ".join(f"{name}={shown(value)}" for name, value in correction.values.items())


def listed(connection: sqlite3.Connection, document_id: int | None = None) -> list[dict[str, Any]]:
    """The corrections of one document, or all, in the order in which they were made. `fact` is None for one that fits no fact any more."""
    rows = connection.execute(
        "SELECT k.*, d.number AS d_number, d.name AS d_name, d.id AS document_id FROM corrections k"
        " LEFT JOIN documents d ON d.sha256 = k.sha256 WHERE ?1 IS NULL OR d.id = ?1 ORDER BY k.id",
        (document_id,),
    ).fetchall()
    known = {correction.id: correction for correction in corrections_of(connection)} if rows else {}
    return [
        {
            "id": row["id"], "document_number": row["d_number"], "document_source": row["d_name"], "kind": row["kind"],
            "action": row["action"], "fact": row["fact_id"] if row["document_id"] is not None else None, "section": row["section"],
            "quote": row["quote"], "before": before(known[row["id"]]), "after": after(known[row["id"]]),
            "changes": json.loads(row["changes"]), "corrected_by": row["corrected_by"], "note": row["note"], "at": row["at"],
            "sha256": row["sha256"],
        }
        for row in rows
    ]  # fmt: skip
