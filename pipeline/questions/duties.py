"""Duties as rows: which unit owes what, to whom, by when, and the sentence that says so."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.questions.documents_named import COLUMNS, DocumentRef
from pipeline.storage.views import DUTIES_BY_TASK

# Why a duty has no day: it goes on all the time, comes back without a day, hangs on an event, has no date, or no term is given at all.
Undated = Literal["continuous", "periodic", "relative", "undated", "no term"]

# From the strongest role to the weakest.
ROLE_ORDER = {role: n for n, role in enumerate(("leads", "performs", "directs", "supports"))}

_SELECT = f"""SELECT f.*, {COLUMNS},
  (SELECT json_group_array(name) FROM (SELECT p.name FROM report_parties p
    WHERE p.report_id = f.report_id AND p.kind = 'recipient' ORDER BY p.position)) AS recipients
FROM ({DUTIES_BY_TASK}) f JOIN documents d ON d.id = f.document_id
"""  # noqa: S608 (constants of this package)


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit's one duty. `latest` is the last day on which it is still in time; `term` the printed time expression or period.

    `start`..`end` are offsets of the fact into the document's text, `quote_start` that of the quote; `fact` names it inside the document.
    `computed`: the day is counted from the document's own date, not printed; `corrected`: a person has corrected, added or confirmed it.
    `occurrences` and `last_occurrence`: on how many days a duty that recurs falls in the time asked for, and the last of them; then
    `latest` is the first.
    """

    unit: str | None
    canonical: str | None
    role: str | None
    kind: Literal["task", "report"]
    what: str | None
    recipients: tuple[str, ...]
    via: str | None
    latest: str | None
    recurrence: str | None
    document: DocumentRef
    section: str
    page: int
    quote: str
    confidence: float
    fact: str
    term: str | None = None
    earliest: str | None = None
    why_undated: Undated | None = None
    quote_start: int = 0
    start: int = 0
    end: int = 0
    document_id: int = 0
    unit_id: int | None = None
    computed: bool = False
    corrected: bool = False
    occurrences: int | None = None
    last_occurrence: str | None = None


# The duties of some units, and of those that were not resolved: the caller compares their names.
_UNITS = "(?1 IS NULL OR f.unit_id IS NULL OR f.unit_id IN (SELECT value FROM json_each(?1)))"
_ORDER = "ORDER BY d.name, f.document_id, f.start_offset"

Ids = Collection[int] | None


def until(connection: sqlite3.Connection, by: str, units: Ids = None) -> list[Duty]:
    """All duties but those whose day lies after `by` (ISO), in the order of documents and text; of `units` (row ids) where given."""
    where = f"{_UNITS} AND (f.why_undated IS NOT NULL OR f.recurrence IS NOT NULL OR f.latest <= ?2)"
    return _duties(connection, connection.execute(f"{_SELECT} WHERE {where} {_ORDER}", (_list(units), by)))


def all_duties(connection: sqlite3.Connection, units: Ids = None) -> list[Duty]:
    """Every duty of the base, in the order of documents and text."""
    return _duties(connection, connection.execute(f"{_SELECT} WHERE {_UNITS} {_ORDER}", (_list(units),)))


def _list(units: Ids) -> str | None:
    return None if units is None else str(sorted(units))


def _duties(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> list[Duty]:
    """Rows in the order of documents as duties. The texts of a document and of its tasks are read once: rows share them."""
    texts = "SELECT text FROM texts WHERE document_id = ?"
    tasks = "SELECT id, text FROM tasks WHERE document_id = ?"
    found: list[Duty] = []
    for document_id, group in groupby(rows, key=lambda row: row["document_id"]):
        text: str = connection.execute(texts, (document_id,)).fetchone()["text"]
        said: dict[int, str] = {row["id"]: row["text"] for row in connection.execute(tasks, (document_id,))}
        found += _one_each(_duty(row, said.get(row["task_id"], row["what"]), text[row["quote_start"] : row["quote_end"]]) for row in group)
    return found


def _duty(row: sqlite3.Row, what: str | None, quote: str) -> Duty:
    return Duty(
        unit=row["unit"],
        canonical=row["canonical"],
        role=row["role"],
        kind=row["kind"],
        what=what,
        recipients=tuple(json.loads(row["recipients"])),
        via=row["via"],
        latest=row["latest"],
        recurrence=row["recurrence"],
        document=DocumentRef.of(row),
        section=row["section"],
        page=row["page"],
        quote=quote,
        confidence=row["confidence"],
        fact=row["fact_id"],
        term=row["term"],
        earliest=row["earliest"],
        why_undated=row["why_undated"],
        quote_start=row["quote_start"],
        start=row["start_offset"],
        end=row["end_offset"],
        document_id=row["document_id"],
        unit_id=row["unit_id"],
        computed=bool(row["computed"]),
        corrected=row["corrected"] is not None,
    )


def _one_each(duties: Iterable[Duty]) -> Iterator[Duty]:
    """One row for each unit, duty and day: of several roles in the same duty the strongest stays."""
    kept: dict[tuple[object, ...], Duty] = {}
    for duty in duties:
        key = (duty.document_id, duty.canonical or duty.unit, duty.kind, duty.what, duty.section, duty.latest, duty.recurrence, duty.term)
        before = kept.get(key)
        if before is None or _strength(duty) < _strength(before):
            kept[key] = duty
    return iter(kept.values())


def _strength(duty: Duty) -> int:
    return ROLE_ORDER.get(duty.role or "", len(ROLE_ORDER))
