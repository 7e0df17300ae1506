"""Duties as a table, wide or narrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.cli.labels import Labels
from pipeline.cli.output import Column, excerpt, plain, shorten, show_date, show_section, table

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.questions.documents_named import DocumentRef
    from pipeline.questions.duties import Duty

WIDE = 110  # columns from which role, recipient and channel get columns of their own

DUTY_COLUMNS = (
    "latest", "unit", "canonical", "role", "kind", "what", "recipients", "via", "recurrence", "document_number", "document_type",
    "document_issuer", "document_issued_on", "document_source", "section", "page", "quote", "term", "why_undated", "confidence", "fact",
)  # fmt: skip


def duty_table(title: str, duties: Iterable[Duty], labels: Labels, columns: int) -> Table:
    """One row for each duty; the first column says the last day, or why there is none."""
    if columns >= WIDE:
        heads = [
            Column(labels("latest"), width=11), Column(labels("unit"), 5), Column(labels("role"), width=10), Column(labels("what"), 9),
            Column(labels("recipients"), 4), Column(labels("via"), 3), Column(labels("document"), 4), Column(labels("section"), width=9),
        ]  # fmt: skip
    else:
        heads = [
            Column(labels("latest"), width=11),
            Column(labels("unit"), 6),
            Column(labels("what"), 9),
            Column(labels("recipients"), 5),
            Column(labels("document"), 5),
        ]
    return table(title, heads, (_cells(duty, labels, columns >= WIDE) for duty in duties))


def _cells(duty: Duty, labels: Labels, wide: bool) -> list[str]:
    role = labels("report" if duty.kind == "report" else duty.role)
    unit = plain(duty.unit) or labels("unknown_unit")
    via = plain(duty.via)
    recipients = "; ".join(plain(name) for name in duty.recipients)
    section, page = show_section(duty.section, labels), labels("page_short", n=duty.page)
    if wide:
        return [_when(duty, labels), unit, role, _what(duty, 260), recipients, via, short_name(duty.document, labels), f"{section}\n{page}"]
    to = "\n".join(part for part in (recipients, labels("via_short", name=via) if via else "") if part)
    return [
        _when(duty, labels),
        f"{unit}\n({role})" if role else unit,
        _what(duty, 200),
        to,
        f"{short_name(duty.document, labels)}\n{section}, {page}",
    ]


def _when(duty: Duty, labels: Labels) -> str:
    if duty.why_undated is None:
        return show_date(duty.latest) + (f"\n({labels('periodic')})" if duty.recurrence else "")
    why, term = labels(duty.why_undated), plain(duty.term)
    return why if not term or term.casefold().startswith(why) else f"{why}\n{term}"


def _what(duty: Duty, limit: int) -> str:
    """What is to be done, and below it the sentence that says so, unless that is the same."""
    what, quote = shorten(duty.what, limit), excerpt(duty.quote, duty.start - duty.quote_start, limit)
    if not what or what.rstrip("…") == quote.strip("…"):
        return quote
    return f"{what}\n« {quote} »"


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
