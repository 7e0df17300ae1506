"""Duties as a table, wide or narrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.cli.labels import Labels
from pipeline.cli.output import Column, excerpt, plain, shorten, show_date, show_section, table
from pipeline.questions.duties import ROLE_ORDER, Duty

if TYPE_CHECKING:
    from pipeline.questions.documents_named import DocumentRef

MOST_ROWS = 6  # days of one recurring duty that get a row each; more are gathered in one
WIDE = 110  # columns from which role, recipient and channel get columns of their own

DUTY_COLUMNS = (
    "latest", "unit", "canonical", "role", "kind", "what", "recipients", "via", "recurrence", "document_number", "document_type",
    "document_issuer", "document_issued_on", "document_source", "section", "page", "quote", "term", "why_undated", "confidence", "fact",
    "computed", "corrected",
)  # fmt: skip


def duty_table(title: str, duties: Iterable[Duty], labels: Labels, columns: int) -> str:
    """One row for each duty and day, with all its units; the first column says the last day, or why there is none."""
    wide = columns >= WIDE
    who = f"{labels('unit')} ({labels('role').lower()})"
    heads = [Column(labels("latest"), width=11), Column(who, 7 if wide else 6), Column(labels("what"), 10 if wide else 9)]
    if wide:
        heads += [
            Column(labels("recipients"), 4),
            Column(labels("via"), 3),
            Column(labels("document"), 4),
            Column(labels("section"), width=9),
        ]
    else:
        heads += [Column(labels("recipients"), 5), Column(labels("document"), 5)]
    groups = _groups(duties)
    count = labels("count", duties=len(groups), units=sum(len(group) for group in groups))
    return table(f"{title}: {count}", heads, (_cells(group, labels, wide) for group in groups))


def _groups(duties: Iterable[Duty]) -> list[list[Duty]]:
    """Duties by fact and day; a recurring one with more than `MOST_ROWS` days stands once, at its first."""
    days: dict[tuple[int, str], set[str | None]] = {}
    listed = list(duties)
    for duty in listed:
        days.setdefault((duty.document_id, duty.fact), set()).add(duty.latest)
    groups: dict[tuple[object, ...], list[Duty]] = {}
    for duty in listed:
        fact = (duty.document_id, duty.fact)
        groups.setdefault((*fact, duty.why_undated, None if len(days[fact]) > MOST_ROWS else duty.latest), []).append(duty)
    return list(groups.values())


def _cells(duties: list[Duty], labels: Labels, wide: bool) -> list[str]:
    duty = duties[0]
    via = plain(duty.via)
    recipients = "; ".join(plain(name) for name in duty.recipients)
    section, page = show_section(duty.section, labels), labels("page_short", n=duty.page)
    first = [_when(duties, labels), _who(duties, labels), _what(duties[0], labels, 260 if wide else 200)]
    if wide:
        return [*first, recipients, via, short_name(duty.document, labels), f"{section}\n{page}"]
    to = "\n".join(part for part in (recipients, labels("via_short", name=via) if via else "") if part)
    return [*first, to, f"{short_name(duty.document, labels)}\n{section}, {page}"]


def _who(duties: list[Duty], labels: Labels) -> str:
    """The units of one duty, gathered by role."""
    by_role: dict[str, list[str]] = {}
    for duty in duties:
        role = "report" if duty.kind == "report" else duty.role or ""
        unit = plain(duty.unit) or labels("unknown_unit")
        if unit not in by_role.setdefault(role, []):
            by_role[role].append(unit)
    lines = []
    for role in sorted(by_role, key=lambda role: ROLE_ORDER.get(role, 0)):
        units = "; ".join(by_role[role])
        lines.append(f"{labels(role)}: {units}" if role else units)
    return "\n".join(lines)


def _when(duties: list[Duty], labels: Labels) -> str:
    """The last day, or the first, the second and the last of many; or why there is none."""
    duty = duties[0]
    if duty.why_undated is None:
        days = sorted({d.latest for d in duties if d.latest})
        shown = [show_date(day) for day in (days if len(days) < 3 else (*days[:2], days[-1]))]
        if len(days) > 3:
            shown.insert(2, "…")
        note = f"({labels('periodic')})" if len(days) == 1 else f"({labels('times', n=len(days))})"
        notes = ([note] if duty.recurrence else []) + ([labels("computed")] if duty.computed else [])
        return "\n".join([*shown, *notes])
    why, term = labels(duty.why_undated), plain(duty.term)
    return why if not term or term.casefold().startswith(why) else f"{why}\n{term}"


def _what(duty: Duty, labels: Labels, limit: int) -> str:
    """What is to be done, and below it the sentence that says so, unless that is the same."""
    what, quote = shorten(duty.what, limit), excerpt(duty.quote, duty.start - duty.quote_start, limit)
    whole = plain(duty.what)
    if not what or what == quote or (len(whole) > 100 and whole in plain(duty.quote)):
        shown = quote
    else:
        shown = f"{what}\n« {quote} »"
    return f"{shown}\n[{labels('corrected')}]" if duty.corrected else shown


def short_name(document: DocumentRef, labels: Labels) -> str:
    """A document's number; where that is blank, its file too."""
    number = plain(document.number)
    if any(character.isdigit() for character in number):
        return number
    return f"{number or labels('no_number')} {plain(document.source)}"


def full_name(document: DocumentRef, labels: Labels) -> str:
    """Type, number, day and issuer of a document, and its file."""
    day = labels("dated", day=show_date(document.issued_on)) if document.issued_on else ""
    name = " ".join(part for part in (plain(document.type), plain(document.number), day) if part)
    return ", ".join(part for part in (name, plain(document.issuer)) if part) + f" [{plain(document.source)}]"
