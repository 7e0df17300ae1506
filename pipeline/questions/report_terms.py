"""Reports whose term counts from an event: the term stands in their sentence as a deadline, and both are one duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.questions.duties import Duty


def with_terms(duties: Iterable[Duty]) -> list[Duty]:
    """`duties` in their order, where a report without any term has that of its own clause ("trong thời hạn 05 ngày kể từ ...").

    The deadline row of the same unit that carries this term goes: the report says it with its recipients. Terms with a day are joined
    to their reports in the base (`v_duties`) already.
    """
    listed = list(duties)
    terms: dict[tuple[object, ...], list[Duty]] = {}
    for duty in listed:
        if duty.kind == "task" and duty.why_undated == "relative" and duty.term:
            terms.setdefault(_whose(duty), []).append(duty)
    taken: set[int] = set()
    found: list[Duty] = []
    for duty in listed:
        near = [d for d in terms.get(_whose(duty), ()) if _one_clause(duty, d)] if _without_term(duty) else []
        if near:
            term = min(near, key=lambda d: (abs(d.start - duty.start), d.start))
            taken.add(id(term))
            duty = replace(duty, why_undated="relative", term=term.term, corrected=duty.corrected or term.corrected)
        found.append(duty)
    return [duty for duty in found if id(duty) not in taken]


def _without_term(duty: Duty) -> bool:
    return duty.kind == "report" and duty.why_undated == "undated"


def _whose(duty: Duty) -> tuple[object, ...]:
    return duty.document_id, duty.section, duty.canonical or duty.unit


def _one_clause(report: Duty, term: Duty) -> bool:
    """Whether the term stands in the sentence of the report with no semicolon between them."""
    first, last = sorted((report.start - report.quote_start, term.start - report.quote_start))
    return first >= 0 and last < len(report.quote) and ";" not in report.quote[first:last]
