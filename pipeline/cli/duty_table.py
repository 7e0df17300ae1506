"""Duties as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.cli.labels import Labels
from pipeline.cli.output import Column, excerpt, plain, shorten, show_date, show_section, table
from pipeline.cli.rhythm import rhythm
from pipeline.questions.duties import ROLE_ORDER, Duty

if TYPE_CHECKING:
    from pipeline.questions.documents_named import DocumentRef

NUMBER = 17  # columns that nearly every number of a document fits in

_ITEM = re.compile(r"^(?:[-+•*]|\(?\d+(?:\.\d+)*[.)]?|[a-zđ][.)])\s+")  # before the words of a numbered sentence

DUTY_COLUMNS = (
    "latest", "unit", "canonical", "role", "kind", "what", "recipients", "via", "recurrence", "document_number", "document_type",
    "document_issuer", "document_issued_on", "document_source", "section", "page", "quote", "term", "why_undated", "confidence", "fact",
    "computed", "corrected", "occurrences", "last_occurrence",
)  # fmt: skip


def duty_table(title: str, duties: Iterable[Duty], labels: Labels, columns: int) -> str:
    """One row for each duty and day, with all its units; the first column says the last day, or why there is none."""
    heads = [
        Column(labels("latest"), width=12),
        Column(labels("who_to"), 6),
        Column(labels("what"), 9),
        Column(labels("document"), width=NUMBER if columns > 90 else NUMBER - 3),
    ]
    groups = _groups(duties)
    count = labels("count", duties=len(groups), units=sum(len(group) for group in groups))
    return table(f"{title}: {count}", heads, (_cells(group, labels, 260 if columns > 90 else 200) for group in groups))


def _groups(duties: Iterable[Duty]) -> list[list[Duty]]:
    """Duties of several units by fact and day, where the first of them stands.

    Those who only support or direct what another reports stand with the report, if one alone is in that sentence for that day.
    """
    listed = list(duties)
    reports: dict[tuple[object, ...], set[str]] = {}
    for duty in listed:
        if duty.kind == "report":
            reports.setdefault(_sentence(duty), set()).add(duty.fact)
    groups: dict[tuple[object, ...], list[Duty]] = {}
    for duty in listed:
        of_report = reports.get(_sentence(duty), set()) if duty.role in ("supports", "directs") else set()
        fact = next(iter(of_report)) if len(of_report) == 1 else duty.fact
        groups.setdefault((duty.document_id, fact, duty.why_undated, duty.latest), []).append(duty)
    return [sorted(group, key=lambda duty: duty.kind != "report") for group in groups.values()]


def _sentence(duty: Duty) -> tuple[object, ...]:
    return duty.document_id, duty.quote_start, duty.why_undated, duty.latest, duty.recurrence


def _cells(duties: list[Duty], labels: Labels, limit: int) -> list[str]:
    duty = duties[0]
    place = f"{show_section(duty.section, labels)}, {labels('page_short', n=duty.page)}"
    return [_when(duty, labels), _who(duties, labels), what_shown(duty, labels, limit), f"{short_name(duty.document, labels)}\n{place}"]


def _who(duties: list[Duty], labels: Labels) -> str:
    """The units of one duty, gathered by role, and to whom it goes."""
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
    recipients, via = "; ".join(plain(name) for name in duties[0].recipients), plain(duties[0].via)
    if recipients or via:
        lines.append("→ " + " ".join(part for part in (recipients, f"({labels('via_short', name=via)})" if via else "") if part))
    return "\n".join(lines)


def _when(duty: Duty, labels: Labels) -> str:
    """The last day, and of a duty that recurs how often and until when; or why there is none."""
    if duty.why_undated is None:
        lines = [show_date(duty.latest)] if duty.latest else []
        if duty.recurrence:
            lines.append(rhythm(duty.recurrence, labels))
        if duty.occurrences is not None and duty.occurrences > 1:
            lines.append(labels("times_until", n=duty.occurrences, last=show_date(duty.last_occurrence)))
        return "\n".join([*lines, labels("computed")] if duty.computed else lines)
    term = plain(duty.term)
    if duty.why_undated == "relative" and term:
        return term
    if duty.why_undated == "periodic" and duty.recurrence:
        return rhythm(duty.recurrence, labels)
    why = labels(duty.why_undated)
    return why if not term or term.casefold().startswith(why) else f"{why}\n{term}"


def what_shown(duty: Duty, labels: Labels, limit: int) -> str:
    """What is to be done, and below it the sentence that says so; of the two only one where it says all that the other does."""
    whole, sentence = _whole(duty.what), plain(duty.quote)
    what, quote = shorten(whole[: limit + 2], limit), excerpt(duty.quote, duty.start - duty.quote_start, limit)
    within = _ITEM.sub("", sentence) in whole  # then the sentence is enough, and all of the duty where it is not too long
    if what in quote or "|" in (duty.what or "") or (len(whole) > 100 and whole in sentence) or (within and len(whole) > limit):
        shown = quote
    else:
        shown = what if within else f"{what}\n«\u00a0{quote}\u00a0»"
    return f"{shown}\n[{labels('corrected')}]" if duty.corrected else shown


@lru_cache(maxsize=16)
def _whole(text: str | None) -> str:
    """`text` on one line; the terms of one long task follow each other, and it is made fit once."""
    return plain(text)


def short_name(document: DocumentRef, labels: Labels) -> str:
    """A document's number; where that is blank, the name of its file too."""
    number = plain(document.number)
    if any(character.isdigit() for character in number):
        return number
    return f"{number or labels('no_number')}\n{plain(document.source).rpartition('/')[2]}"


def full_name(document: DocumentRef, labels: Labels) -> str:
    """Type, number, day and issuer of a document, and its file."""
    kind = {2: "dated", 1: "dated_month", 0: "dated_year"}[(document.issued_on or "").count("-")]
    day = labels(kind, day=show_date(document.issued_on)) if document.issued_on else ""
    name = " ".join(part for part in (plain(document.type), plain(document.number), day) if part)
    return ", ".join(part for part in (name, plain(document.issuer)) if part) + f" [{plain(document.source)}]"
