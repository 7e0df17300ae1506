"""Facts by rising confidence, so that a person checks first what is most likely to be wrong."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.corrections.fields import field_values, shown
from pipeline.corrections.model import Kind
from pipeline.questions.documents_named import COLUMNS, QUOTE, DocumentRef

Asked = Literal["unit", "citation", "deadline", "report", "all"]

_PARTS: dict[str, tuple[Kind, str]] = {
    "unit": ("assignment", "assignments"), "citation": ("citation", "citations"), "deadline": ("deadline", "deadlines"),
    "report": ("report", "reports"),
}  # fmt: skip
_PARTY = "(SELECT json_group_array(name) FROM (SELECT name FROM report_parties WHERE report_id = f.id AND kind = '{}' ORDER BY position))"
_VALUES = {  # the settable fields of each kind, as columns of its table
    "assignment": "f.unit, u.canonical, f.role, f.kind",
    "citation": "f.text, f.type, f.number, f.name, f.issued_on, f.issuer, f.provision, f.relation",
    "deadline": "f.text, f.earliest, f.latest, f.recurrence, f.continuous, f.relative_amount, f.relative_unit, f.relative_from,"
    " (SELECT json_group_array(name) FROM (SELECT name FROM deadline_owers WHERE deadline_id = f.id ORDER BY position)) AS owed_by",
    "report": f"f.what, {_PARTY.format('reporter')} AS reporter, {_PARTY.format('recipient')} AS recipients, f.via, f.period, f.latest,"
    " f.recurrence",
}
_LISTS = ("owed_by", "reporter", "recipients")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One fact. `values` are its settable fields as a person would type them; `state` changes when one of them does."""

    kind: Kind
    fact: str
    confidence: float
    document: DocumentRef
    sha256: str
    section: str
    page: int
    quote: str
    rule: str
    corrected: bool
    values: Mapping[str, str]
    quote_start: int
    start: int

    @property
    def state(self) -> str:
        """A short name for the values as they are now, to tell whether a list of them is still of today."""
        return state_of(self.values)


def state_of(values: Mapping[str, str]) -> str:
    """A letter and eight hexadecimal digits that change with any of `values`; the letter keeps spreadsheets from reading a number."""
    return "s" + hashlib.sha256(json.dumps(sorted(values.items()), ensure_ascii=False).encode()).hexdigest()[:8]


def typed_values(kind: Kind, fact: Mapping[str, Any]) -> dict[str, str]:
    """The settable fields of a fact (built-in values) as a person would type them."""
    return {name: shown(value) for name, value in field_values(kind, fact).items()}


def uncertain(connection: sqlite3.Connection, asked: Asked = "all", limit: int = 0) -> list[Doubt]:
    """The least certain facts of one kind or all, at most `limit` (0: all). Facts that a person has corrected or confirmed come last."""
    found = [doubt for part in (_PARTS if asked == "all" else (asked,)) for doubt in _of(connection, *_PARTS[part], limit)]
    found.sort(key=lambda d: (d.corrected, d.confidence, d.document.source, d.sha256, d.start, d.fact))
    return found[:limit] if limit else found


def _of(connection: sqlite3.Connection, kind: Kind, table: str, limit: int) -> Iterator[Doubt]:
    units = " JOIN units u ON u.id = f.unit_id" if kind == "assignment" else ""
    rows = connection.execute(
        "SELECT f.fact_id, f.confidence AS sure, f.section, f.page, f.rule, f.corrected, f.quote_start, f.start_offset, d.sha256,"  # noqa: S608
        f" {_VALUES[kind]}, {COLUMNS}, {QUOTE} FROM {table} f{units} JOIN documents d ON d.id = f.document_id"
        " JOIN texts x ON x.document_id = f.document_id"
        " ORDER BY f.corrected IS NOT NULL, f.confidence, d.name, d.sha256, f.start_offset, f.fact_id LIMIT ?",
        (limit or -1,),
    )
    for row in rows:
        plain = {name: json.loads(row[name]) if name in _LISTS else row[name] for name in row.keys()}  # noqa: SIM118 (a row is no mapping)
        if kind == "deadline":
            plain["continuous"] = bool(plain["continuous"])
            plain["relative"] = {"amount": row["relative_amount"], "unit": row["relative_unit"], "from": row["relative_from"]}
        yield Doubt(
            kind, row["fact_id"], row["sure"], DocumentRef.of(row), row["sha256"], row["section"], row["page"], row["quote"], row["rule"],
            row["corrected"] is not None, typed_values(kind, plain), row["quote_start"], row["start_offset"],
        )  # fmt: skip
