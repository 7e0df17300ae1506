"""The facts of one record as flat rows for CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.records import Fact, Record


def fact_rows(record: Record) -> Iterator[dict[str, Any]]:
    """One row for each citation, task, assignment, deadline and report, in that order."""

    def row(part: str, number: int | str, fact: Fact, **more: object) -> dict[str, Any]:
        fact_id = number if isinstance(number, str) else f"{part[0]}{number}"
        head = {"source_name": record.source.name, "document_number": record.document.number, "part": part, "fact": fact_id}
        return {**head, "section": fact.section, "page": fact.page, "confidence": fact.confidence, **more}

    for n, c in enumerate(record.citations, 1):
        yield row("citation", n, c, what=c.text, issued_on=c.issued_on)
    for task in record.tasks:
        yield row("task", task.id, task, what=task.text)
    for n, a in enumerate(record.assignments, 1):
        yield row("assignment", n, a, what=a.task, unit=a.canonical or a.unit, role=a.role)
    for n, d in enumerate(record.deadlines, 1):
        yield row("deadline", n, d, what=d.text, latest=d.latest, recurrence=d.recurrence)
    for n, r in enumerate(record.reports, 1):
        yield row("report", n, r, what=r.what, unit="; ".join(r.reporter), latest=r.latest, recurrence=r.recurrence)
