"""Every mention of one directive: where, what for, and what it says of the directive's date and issuer."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.questions.documents_named import COLUMNS, QUOTE, DocumentRef
from pipeline.questions.instruments import date_conflicts, distinct_dates, distinct_issuers, issuer_conflicts
from pipeline.questions.references import Reference, parse_reference
from pipeline.text.keys import name_key, number_key

_SELECT = f"""SELECT f.*, r.key AS directive, {COLUMNS}, {QUOTE}
FROM citations f LEFT JOIN directives r ON r.id = f.directive_id
  JOIN documents d ON d.id = f.document_id JOIN texts x ON x.document_id = f.document_id
WHERE f.id IN ({{ids}}) ORDER BY d.issued_on IS NULL, d.issued_on, d.name, f.document_id, f.start_offset"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. `issued_on` and `issuer` are what this mention, or its document, says of the directive."""

    document: DocumentRef
    section: str
    page: int
    relation: str
    provision: str | None
    quote: str
    directive: str | None
    type: str
    number: str | None
    name: str | None
    issued_on: str | None
    issuer: str | None
    text: str
    confidence: float
    fact: str
    document_id: int
    quote_start: int
    start: int
    end: int
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A value that mentions give for the directive, and how many give it."""

    value: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive, or all of one number. `issued_on` and `issuer` are None where several are said: then `dates` and `issuers` say which.

    `disagree`: in what mentions of one instrument contradict each other, "issued_on" or "issuer"; nowhere where they mean several
    instruments.
    """

    directive: str | None
    type: str | None
    number: str | None
    name: str | None
    issued_on: str | None
    issuer: str | None
    dates: list[Said]
    issuers: list[Said]
    mentions: int
    disagree: tuple[Literal["issued_on", "issuer"], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer: `directive` gathers all mentions; `directives` parts them by identity; `held` are stored documents of that number."""

    asked: str
    directive: Directive
    directives: list[Directive]
    mentions: list[Mention]
    held: list[DocumentRef]
    similar: list[str]


def trace(connection: sqlite3.Connection, typed: str) -> Trace:
    """Mentions of the directive that `typed` names by number, with or without its type, by name or by its key."""
    asked = parse_reference(typed)
    ids = _matching(connection, typed, asked)
    mentions = _mentions(connection, ids)
    by_type = [m for m in mentions if not asked.type or name_key(m.type) == asked.type]
    mentions = by_type or mentions  # a type word typed wrongly must not hide what the number finds
    groups: dict[str | None, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.directive, []).append(mention)
    held = _held(connection, asked)
    directives = sorted((_gather(group) for group in groups.values()), key=lambda d: (-d.mentions, d.directive or "~"))
    return Trace(typed, _gather(mentions), directives, mentions, held, [] if mentions else _similar(connection, asked))


def _matching(connection: sqlite3.Connection, typed: str, asked: Reference) -> list[int]:
    """Row ids of the citations meant: by number or name, and whatever else is known to be the same directive."""
    if asked.number:
        found = connection.execute("SELECT id, directive_id FROM citations WHERE number_key = ?", (asked.number,)).fetchall()
    else:
        names = connection.execute("SELECT DISTINCT name FROM citations WHERE name IS NOT NULL").fetchall()
        wanted = [row["name"] for row in names if name_key(row["name"]) == asked.name]
        wanted = wanted or [row["name"] for row in names if asked.name and f" {asked.name} " in f" {name_key(row['name'])} "]
        found = [row for name in wanted for row in connection.execute("SELECT id, directive_id FROM citations WHERE name = ?", (name,))]
    if not found:
        key = typed.strip()
        found = connection.execute(
            "SELECT c.id, r.id AS directive_id FROM citations c JOIN directives r ON r.id = c.directive_id WHERE r.key = ?", (key,)
        ).fetchall()
    ids = {row["id"] for row in found}
    for directive in {row["directive_id"] for row in found} - {None}:
        ids.update(row["id"] for row in connection.execute("SELECT id FROM citations WHERE directive_id = ?", (directive,)))
    return sorted(ids)


def _mentions(connection: sqlite3.Connection, ids: list[int]) -> list[Mention]:
    rows = connection.execute(_SELECT.format(ids="SELECT value FROM json_each(?)"), (str(ids),))
    return [
        Mention(
            document=DocumentRef.of(row), section=row["section"], page=row["page"], relation=row["relation"], provision=row["provision"],
            quote=row["quote"], directive=row["directive"], type=row["type"], number=row["number"], name=row["name"],
            issued_on=row["issued_on"], issuer=row["issuer"], text=row["text"], confidence=row["confidence"], fact=row["fact_id"],
            document_id=row["document_id"], quote_start=row["quote_start"], start=row["start_offset"], end=row["end_offset"],
            corrected=row["corrected"] is not None,
        )
        for row in rows
    ]  # fmt: skip


def _gather(mentions: list[Mention]) -> Directive:
    """What the mentions say together, and never more than they agree on."""
    keys = {m.directive for m in mentions}
    dates, issuers = _said(m.issued_on for m in mentions), _said(m.issuer for m in mentions)
    full, bodies = distinct_dates(s.value for s in dates), distinct_issuers(s.value for s in issuers)
    return Directive(
        directive=keys.pop() if len(keys) == 1 else None,
        type=_most(m.type for m in mentions),
        number=_most(m.number for m in mentions),
        name=_most(m.name for m in mentions),
        issued_on=full[0] if len(full) == 1 else None,
        issuer=bodies[0] if len(bodies) == 1 else None,
        dates=dates,
        issuers=issuers,
        mentions=len(mentions),
        disagree=_contradictions(mentions),
    )


def _contradictions(mentions: list[Mention]) -> tuple[Literal["issued_on", "issuer"], ...]:
    """In what the mentions of one instrument contradict each other."""
    groups: dict[tuple[str, str], list[Mention]] = {}
    same: dict[str, tuple[str, str]] = {}  # a law goes by its number and by its name
    for m in sorted(mentions, key=lambda m: m.number is None):
        own = (name_key(m.type), number_key(m.number) if m.number else m.name or "")
        groups.setdefault(same.setdefault(m.directive, own) if m.directive else own, []).append(m)
    dates = any(date_conflicts(group) for group in groups.values())
    issuers = any(issuer_conflicts(group) for group in groups.values())
    return (*(("issued_on",) if dates else ()), *(("issuer",) if issuers else ()))


def _said(values: Iterable[str | None]) -> list[Said]:
    counts = Counter(v for v in values if v)
    return [Said(value, n) for value, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _most(values: Iterable[str | None]) -> str | None:
    said = _said(values)
    return said[0].value if said else None


def _held(connection: sqlite3.Connection, asked: Reference) -> list[DocumentRef]:
    if not asked.number:
        return []
    rows = connection.execute(f"SELECT {COLUMNS} FROM documents d WHERE d.number_key = ? ORDER BY d.issued_on, d.name", (asked.number,))  # noqa: S608
    return [DocumentRef.of(row) for row in rows]


def _similar(connection: sqlite3.Connection, asked: Reference) -> list[str]:
    """Numbers in the base that begin like the one asked for, to offer instead."""
    digits = asked.number[: len(asked.number) - len(asked.number.lstrip("0123456789"))]
    if not digits:
        return []
    rows = connection.execute(
        "SELECT DISTINCT type, number, number_key FROM citations WHERE number_key GLOB ? ORDER BY number", (digits + "*",)
    )
    return [f"{row['type']} {row['number']}" for row in rows if not row["number_key"][len(digits) : len(digits) + 1].isdigit()][:5]
