"""The facts of one stored record as flat rows for CSV, and as the record's own JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from pipeline.records import Fact, Record

Names = tuple[Mapping[str, list[str]], Mapping[str, list[int | None]]]


def fact_rows(record: Record, names: Names) -> Iterator[dict[str, Any]]:
    """One row for each citation, task, assignment, deadline and report, in that order; `names` as `load_names` gives them."""

    def row(part: str, number: int, fact: Fact, **more: object) -> dict[str, Any]:
        head = {"source_name": record.source.name, "document_number": record.document.number, "part": part.rstrip("s")}
        name, mark = names[0][part][number], names[1][part][number]
        place = {"section": fact.section, "page": fact.page, "confidence": fact.confidence}
        return {**head, "fact": name, **place, "corrected": mark is not None, **more}

    for n, c in enumerate(record.citations):
        yield row("citations", n, c, what=c.text, issued_on=c.issued_on)
    for n, t in enumerate(record.tasks):
        yield row("tasks", n, t, what=t.text)
    for n, a in enumerate(record.assignments):
        yield row("assignments", n, a, what=a.task, unit=a.canonical or a.unit, role=a.role)
    for n, d in enumerate(record.deadlines):
        yield row("deadlines", n, d, what=d.text, unit="; ".join(d.owed_by), latest=d.latest or d.computed_latest, recurrence=d.recurrence)
    for n, r in enumerate(record.reports):
        yield row("reports", n, r, what=r.what, unit="; ".join(r.reporter), latest=r.latest, recurrence=r.recurrence)


def record_object(record: Record, names: Names, *, text: bool) -> dict[str, Any]:
    """The record as `vanban extract` writes it; each fact says besides how it is called and whether a person has corrected it."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    for part, called in names[0].items():
        for fact, name, mark in zip(plain[part], called, names[1][part], strict=True):
            fact["fact"], fact["corrected"] = name, mark is not None
    if not text:
        del plain["text"]
    return plain
