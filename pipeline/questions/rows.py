"""Answers as plain rows under the published names, for JSON, CSV and screens alike."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.questions.audit import Issue
from pipeline.questions.duties import Duty
from pipeline.questions.search import Hit
from pipeline.questions.trace import Directive, Mention, Trace

Row = dict[str, Any]


def duty_row(duty: Duty) -> Row:
    """The published keys of `due`, then what else is known: the printed term, why there is no day, confidence, the fact's name, flags, and
    of a duty that recurs on how many days it falls in the time asked for and the last of them."""
    return {
        "unit": duty.unit,
        "canonical": duty.canonical,
        "role": duty.role,
        "kind": duty.kind,
        "what": duty.what,
        "recipients": list(duty.recipients),
        "via": duty.via,
        "latest": duty.latest,
        "recurrence": duty.recurrence,
        "document": asdict(duty.document),
        "section": duty.section,
        "page": duty.page,
        "quote": duty.quote,
        "term": duty.term,
        "why_undated": duty.why_undated,
        "confidence": duty.confidence,
        "fact": duty.fact,
        "computed": duty.computed,
        "corrected": duty.corrected,
        "occurrences": duty.occurrences,
        "last_occurrence": duty.last_occurrence,
    }


def trace_object(trace: Trace) -> Row:
    """The published object of `trace`; `directives` lists each identity apart where the number fits several."""
    return {
        "directive": _directive(trace.directive),
        "mentions": [mention_row(m) for m in trace.mentions],
        "directives": [_directive(d) for d in trace.directives],
        "held": [asdict(d) for d in trace.held],
    }


def mention_row(mention: Mention) -> Row:
    """One mention under the published keys, then what it says of the directive."""
    return {
        "document": asdict(mention.document),
        "section": mention.section,
        "page": mention.page,
        "relation": mention.relation,
        "provision": mention.provision,
        "quote": mention.quote,
        "directive": mention.directive,
        "issued_on": mention.issued_on,
        "issuer": mention.issuer,
        "text": mention.text,
        "confidence": mention.confidence,
        "fact": mention.fact,
        "corrected": mention.corrected,
    }


def _directive(directive: Directive) -> Row:
    return {
        "directive": directive.directive,
        "type": directive.type,
        "number": directive.number,
        "name": directive.name,
        "issued_on": directive.issued_on,
        "issuer": directive.issuer,
        "dates_said": [asdict(s) for s in directive.dates],
        "issuers_said": [asdict(s) for s in directive.issuers],
        "mentions": directive.mentions,
    }


def hit_row(hit: Hit) -> Row:
    """One sentence found."""
    return {
        "document": asdict(hit.document),
        "section": hit.section,
        "page": hit.page,
        "quote": hit.quote,
        "exact": hit.exact,
        "start": hit.start,
        "end": hit.end,
        "corrected": hit.corrected,
    }


def issue_row(issue: Issue) -> Row:
    """One thing to look at."""
    return {
        "code": issue.code,
        "about": issue.about,
        "message": issue.message,
        "document": None if issue.document is None else asdict(issue.document),
        "section": issue.section,
        "page": issue.page,
        "quote": issue.quote,
        "confidence": issue.confidence,
        "fact": issue.fact,
        "corrected": issue.corrected,
    }
