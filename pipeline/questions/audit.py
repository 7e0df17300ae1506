"""What does not add up, one check after another; each yields rows that say where to look."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.questions.documents_named import COLUMNS, QUOTE, DocumentRef
from pipeline.questions.duties import all_duties
from pipeline.questions.headings import under_headings
from pipeline.questions.instruments import date_conflicts, issuer_conflicts
from pipeline.questions.report_terms import with_terms
from pipeline.text.keys import name_key

LEAST_CERTAIN = 0.8  # facts below this confidence are for a person to look at


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to look at. `code` is stable; `about` the number or unit concerned; `document` is None where the base as a whole is."""

    code: str
    about: str | None
    message: str
    document: DocumentRef | None = None
    section: str | None = None
    page: int | None = None
    quote: str | None = None
    confidence: float | None = None
    fact: str | None = None
    document_id: int | None = None
    corrected: bool = False


# After "SELECT ... FROM something f": the document and the text the fact stands in.
_JOIN = "JOIN documents d ON d.id = f.document_id JOIN texts x ON x.document_id = f.document_id"

Check = Callable[[sqlite3.Connection], Iterator[Issue]]


def audit(connection: sqlite3.Connection, codes: tuple[str, ...] = ()) -> list[Issue]:
    """All issues in the order of `CHECKS`, or those with one of `codes`."""
    return [issue for check in CHECKS for issue in check(connection) if not codes or issue.code in codes]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one citation says, and in which document."""

    type: str
    number: str
    issued_on: str | None
    issuer: str | None
    document_id: int
    source: str


def conflicting_directives(connection: sqlite3.Connection) -> Iterator[Issue]:
    """One instrument cited with several dates or issuers, over all documents."""
    rows = connection.execute(
        "SELECT c.number_key, c.type, c.number, c.issued_on, c.issuer, c.document_id, d.name FROM citations c"
        " JOIN documents d ON d.id = c.document_id WHERE c.number_key IS NOT NULL ORDER BY c.number_key, d.name, c.start_offset"
    )
    groups: dict[tuple[str, str], list[_Said]] = {}
    for row in rows:
        groups.setdefault((row["number_key"], name_key(row["type"])), []).append(_Said(*tuple(row)[1:]))
    for group in groups.values():
        about = f"{group[0].type} {group[0].number}"
        for mentions in date_conflicts(group):
            yield Issue("date-conflict", about, _said_where((m.issued_on, m.source) for m in mentions))
        for mentions in issuer_conflicts(group):
            yield Issue("issuer-conflict", about, _said_where((m.issuer, m.source) for m in mentions))


def _said_where(said: Iterable[tuple[str | None, str]]) -> str:
    sources: dict[str, list[str]] = {}
    for value, source in said:
        if value:
            sources.setdefault(value, []).append(source)
    return "; ".join(f"{value}: {', '.join(dict.fromkeys(names))} ({len(names)})" for value, names in sorted(sources.items()))


def one_number_twice(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Different documents of the base that carry one number and type."""
    rows = connection.execute(
        "SELECT number, type, group_concat(name, '; ') AS names, count(*) AS n FROM (SELECT * FROM documents ORDER BY name)"
        " WHERE number_key GLOB '*[0-9]*' GROUP BY number_key, type HAVING n > 1 ORDER BY number"
    )
    for row in rows:
        yield Issue("same-number", _full(row["type"], row["number"]), row["names"])


def blank_numbers(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Documents without a number, drafts or badly read ones, unless a finding says so already, with the line it stands in."""
    rows = connection.execute(
        f"SELECT d.id, d.draft, {COLUMNS} FROM documents d"  # noqa: S608
        " WHERE (d.number_key IS NULL OR d.number_key NOT GLOB '*[0-9]*')"
        " AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.document_id = d.id AND f.code = 'number-blank') ORDER BY d.name"
    )
    for row in rows:
        message = "the number is blank, a draft" if row["draft"] else "no number was found"
        yield Issue("blank-number", row["d_number"], message, DocumentRef.of(row), document_id=row["id"])


def findings(connection: sqlite3.Connection) -> Iterator[Issue]:
    """What extraction noticed inside single documents."""
    rows = connection.execute(
        f"SELECT f.*, {COLUMNS}, {QUOTE} FROM findings f {_JOIN}"  # noqa: S608
        " ORDER BY f.code, d.name, f.position"
    )
    for row in rows:
        yield Issue(row["code"], None, row["message"], DocumentRef.of(row), None, row["page"], row["quote"], document_id=row["document_id"])


def duties_in_the_air(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Duties that name no unit, and those of a unit that name neither a day nor a rhythm."""
    duties = under_headings(connection, with_terms(all_duties(connection)))
    found = [d for d in duties if d.unit is None or d.why_undated in ("undated", "no term")]
    for d in sorted(found, key=lambda d: (d.unit is not None, d.document.source, d.document_id, d.start)):
        code, message = ("no-unit", "says not who") if d.unit is None else ("no-date", "says not by when")
        yield Issue(code, d.unit, f"{d.kind}: {d.what or d.quote}: {message}", d.document, d.section, d.page, d.quote, d.confidence, d.fact,
                    d.document_id, d.corrected)  # fmt: skip


def not_in_base(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Cited numbers whose document the base does not hold, the most cited first."""
    rows = connection.execute(
        "SELECT type, number, count(*) AS n, count(DISTINCT document_id) AS documents FROM citations c WHERE number_key IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.number_key = c.number_key) GROUP BY number_key, type ORDER BY n DESC, number"
    )
    for row in rows:
        yield Issue("not-in-base", _full(row["type"], row["number"]), f"mentions: {row['n']}, documents: {row['documents']}")


def least_certain(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Facts below `LEAST_CERTAIN`, the least certain first."""
    parts = (("citations", "text"), ("assignments", "unit"), ("deadlines", "text"), ("reports", "what"), ("tasks", "text"))
    union = " UNION ALL ".join(
        f"SELECT '{table}' AS part, {what} AS what, document_id, fact_id, section, page, quote_start, quote_end, confidence"  # noqa: S608
        f" FROM {table} WHERE confidence < {LEAST_CERTAIN}"
        for table, what in parts
    )
    rows = connection.execute(
        f"SELECT f.*, {COLUMNS}, {QUOTE} FROM ({union}) f {_JOIN}"  # noqa: S608
        " ORDER BY f.confidence, d.name, f.document_id, f.quote_start"
    )
    for row in rows:
        yield Issue("least-certain", row["what"], f"{row['part']}: confidence {row['confidence']:.2f}", DocumentRef.of(row), row["section"],
                    row["page"], row["quote"], row["confidence"], row["fact_id"], row["document_id"])  # fmt: skip


def unmatched(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Corrections whose fact the present reading does not have any more. They are kept, and what they say is still answered."""
    rows = connection.execute(
        f"SELECT k.*, d.id AS document_id, {COLUMNS} FROM corrections k LEFT JOIN documents d ON d.sha256 = k.sha256"  # noqa: S608
        " WHERE k.fact_id IS NULL OR d.id IS NULL ORDER BY k.id"
    )
    for row in rows:
        held = row["document_id"] is not None
        fits = "its fact is not extracted any more" if held else f"its document (sha256 {row['sha256'][:12]}) is not in the base"
        stays = "; what it says stays in the answers" if held and row["action"] != "delete" else ""
        yield Issue("unmatched", f"correction {row['id']}", f"{row['action']} {row['kind']} {row['changes']}: {fits}{stays}; "
                    f"vanban correct --undo {row['id']} takes it back", DocumentRef.of(row) if held else None, row["section"], None,
                    row["quote"], None, None, row["document_id"], True)  # fmt: skip


def set_aside(connection: sqlite3.Connection) -> Iterator[Issue]:
    """Inputs that could not be used. Of files with a secrecy mark nothing but hash and time is known."""
    for row in connection.execute("SELECT * FROM set_aside ORDER BY name, at, id"):
        yield Issue(
            "set-aside", row["name"] or row["sha256"], f"{row['reason']} ({row['at']})" + (f": {row['message']}" if row["message"] else "")
        )


CHECKS: tuple[Check, ...] = (
    conflicting_directives, one_number_twice, blank_numbers, findings, duties_in_the_air, unmatched, least_certain, not_in_base, set_aside,
)  # fmt: skip


def _full(type_: str | None, number: str | None) -> str:
    return " ".join(part for part in (type_, number) if part)
