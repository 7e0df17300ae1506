"""The facts of one record into their tables, inside the caller's transaction. Bulk rows go through executemany."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.records import Citation, Deadline, Fact, Record, Report
from pipeline.text.keys import name_key, number_key
from pipeline.text.quoting import Quotes

if TYPE_CHECKING:
    from pipeline.corrections.model import Corrected, Kind

Row = tuple[object, ...]

_FACT = "document_id, fact_id, start_offset, end_offset, quote_start, quote_end, page, section, rule, confidence, corrected"


def insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Rows into a table of ours."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 (names are ours)


class Writer:
    """Writes the facts of one document; `made` gives their names and what was corrected, where that does not follow from their order."""

    def __init__(self, connection: sqlite3.Connection, document_id: int, quotes: Quotes, made: Corrected | None = None) -> None:
        self._connection = connection
        self._document_id = document_id
        self._quotes = quotes
        self._made = made
        self._units = _Units(connection)

    def facts(self, record: Record) -> None:
        """Citations, tasks, the units given them, their deadlines, and the reports owed."""
        self._citations(record.citations)
        first = _next_id(self._connection, "tasks")
        tasks = {task.id: first + n for n, task in enumerate(record.tasks)}
        rows: list[Row] = [(tasks[t.id], *self._fact("task", n, t, t.id), t.text) for n, t in enumerate(record.tasks)]
        insert(self._connection, "tasks", f"id, {_FACT}, text", rows)
        rows = []
        for n, a in enumerate(record.assignments):
            unit_id = self._units.id_of(a.canonical or a.unit, a.unit, a.kind)
            rows.append((*self._fact("assignment", n, a, f"a{n + 1}"), tasks.get(a.task or ""), a.unit, unit_id, a.kind, a.role))
        insert(self._connection, "assignments", f"{_FACT}, task_id, unit, unit_id, kind, role", rows)
        self._deadlines(record.deadlines, tasks)
        self._reports(record.reports)

    def _fact(self, kind: Kind, place: int, fact: Fact, name: str) -> Row:
        mark = None
        if self._made is not None:
            name, mark = self._made.names[kind][place], self._made.marks[kind][place]
        quote = self._quotes.around(fact.start, fact.end)
        return (self._document_id, name, fact.start, fact.end, *quote, fact.page, fact.section, fact.rule, fact.confidence, mark)

    def _citations(self, citations: list[Citation]) -> None:
        connection = self._connection
        named = {c.directive: (c.directive, c.type, c.number, _number_key(c.number), c.name) for c in reversed(citations) if c.directive}
        connection.executemany(
            "INSERT OR IGNORE INTO directives (key, type, number, number_key, name) VALUES (?, ?, ?, ?, ?)", reversed(named.values())
        )
        ids = {key: _id(connection, "SELECT id FROM directives WHERE key = ?", key) for key in named}
        rows = [
            (*self._fact("citation", n, c, f"c{n + 1}"), c.text, c.type, c.number, _number_key(c.number), c.name, c.issued_on, c.issuer,
             c.provision, c.relation, ids.get(c.directive or ""), json.dumps(c.inherited))
            for n, c in enumerate(citations)
        ]  # fmt: skip
        columns = f"{_FACT}, text, type, number, number_key, name, issued_on, issuer, provision, relation, directive_id, inherited"
        insert(connection, "citations", columns, rows)

    def _deadlines(self, deadlines: list[Deadline], tasks: dict[str, int]) -> None:
        first = _next_id(self._connection, "deadlines")
        rows: list[Row] = []
        owers: list[Row] = []
        for n, d in enumerate(deadlines):
            relative = (d.relative.amount, d.relative.unit, d.relative.from_) if d.relative else (None, None, None)
            rows.append(
                (first + n, *self._fact("deadline", n, d, f"d{n + 1}"), tasks.get(d.task or ""), d.text, d.earliest, d.latest,
                 d.recurrence, d.continuous, *relative, d.stated_day, d.boundary, d.year_inferred, d.computed_latest)
            )  # fmt: skip
            owers += [(first + n, i, *party) for i, party in enumerate(self._resolved(d.owed_by, d.owed_by_canonical))]
        columns = (
            f"id, {_FACT}, task_id, text, earliest, latest, recurrence, continuous, relative_amount, relative_unit, relative_from,"
            " stated_day, boundary, year_inferred, computed_latest"
        )
        insert(self._connection, "deadlines", columns, rows)
        insert(self._connection, "deadline_owers", "deadline_id, position, name, unit_id", owers)

    def _reports(self, reports: list[Report]) -> None:
        first = _next_id(self._connection, "reports")
        rows: list[Row] = []
        parties: list[Row] = []
        for n, r in enumerate(reports):
            rows.append((first + n, *self._fact("report", n, r, f"r{n + 1}"), r.what, r.via, r.period, r.latest, r.recurrence))
            named = (("reporter", r.reporter, r.reporter_canonical), ("recipient", r.recipients, r.recipients_canonical))
            for kind, names, resolved in named:
                parties += [(first + n, kind, i, *party) for i, party in enumerate(self._resolved(names, resolved))]
        insert(self._connection, "reports", f"id, {_FACT}, what, via, period, latest, recurrence", rows)
        insert(self._connection, "report_parties", "report_id, kind, position, name, unit_id", parties)

    def _resolved(self, names: list[str], resolved: list[str]) -> list[tuple[str, int | None]]:
        """Each printed name with the row of its unit, None where it was not resolved."""
        known = resolved if len(resolved) == len(names) else [""] * len(names)
        return [(n, self._units.id_of(full, n, None) if full else None) for n, full in zip(names, known, strict=True)]


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
