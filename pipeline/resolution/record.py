"""Mentions to the record: the Doc ends here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from spacy.tokens import Doc

from pipeline.extraction.analysis import Analysis, analysis_of
from pipeline.extraction.calendar import last_day
from pipeline.pages import DOUBTFUL
from pipeline.records import Assignment, Citation, Deadline, Record, Relative, Report, Section, Source, Task
from pipeline.resolution.directives import directive_key
from pipeline.resolution.findings import find_problems
from pipeline.resolution.tasks import Owners, Tasks, build_tasks
from pipeline.text.document import DocumentText
from pipeline.text.folding import tone

Sure = Callable[[float, int, int], float]  # confidence, start and end of a fact to the confidence that goes into the record


def build_record(doc: Doc, text: DocumentText, source: Source, version: str) -> Record:
    """The record of an analysed document. Offsets are into text.text; pages come from the text's own map."""
    analysis = analysis_of(doc)
    tasks = build_tasks(text.text, analysis)
    trust = {p.number: p.confidence for p in source.page_info}

    def sure(value: float, start: int, end: int) -> float:
        """A fact is no surer than the reading of its page, and of the numbers in it."""
        value = min(value, DOUBTFUL) if text.doubtful(start, end) else value
        return round(value * trust.get(text.page_of(start), 1.0), 3)

    citations = _citations(analysis, text, sure)
    return Record(
        source=source,
        text=text.text,
        document=analysis.layout.header,
        sections=[
            Section(path=s.path, title=s.title, start=s.start, end=s.end, page=text.page_of(s.start)) for s in analysis.layout.sections
        ],
        citations=citations,
        tasks=[
            Task(id=t.id, text=t.text, start=t.start, end=t.end, page=text.page_of(t.start), section=t.section, rule=t.rule)
            for t in tasks.tasks
        ],
        assignments=_assignments(analysis, tasks, text, sure),
        deadlines=_deadlines(analysis, tasks, text, sure),
        reports=_reports(analysis, text, sure),
        findings=find_problems(text, analysis),
        edits=list(text.edits),
        version=version,
    )


def _citations(analysis: Analysis, text: DocumentText, sure: Sure) -> list[Citation]:
    conflicted = {number.upper() for number, _ in analysis.conflicts}
    made = []
    for c, relation in zip(analysis.citations, analysis.relations, strict=True):
        unlinked = c.issued_on is None and (c.number or "").upper() in conflicted
        made.append(
            Citation(
                text=c.text, start=c.start, end=c.end, page=text.page_of(c.start), section=analysis.layout.section_at(c.start),
                type=c.type, number=c.number, name=c.name, issued_on=c.issued_on, issuer=c.issuer, provision=c.provision, relation=relation,
                directive=None if unlinked else directive_key(c), inherited=list(dict.fromkeys(c.inherited)), rule=c.rule,
                confidence=sure(c.confidence - (0.1 if c.impossible_date else 0) - (0.03 if c.mended else 0), c.start, c.tail or c.end),
            )
        )  # fmt: skip
    return made


def _assignments(analysis: Analysis, tasks: Tasks, text: DocumentText, sure: Sure) -> list[Assignment]:
    made: dict[tuple[str, str, str], Assignment] = {}
    for c in analysis.charges:
        key = (c.section, tone(c.unit.name), c.role)
        if key in made or not c.unit.name:
            continue
        made[key] = Assignment(
            task=tasks.of_line(c.line), section=c.section, unit=c.unit.name, canonical=analysis.canonical(c.unit.name),
            kind=c.unit.kind, role=c.role, start=c.unit.start, end=c.unit.end, page=text.page_of(c.unit.start), rule=c.rule,
            confidence=sure(c.confidence, c.unit.start, c.unit.end),
        )  # fmt: skip
    return list(made.values())


def _deadlines(analysis: Analysis, tasks: Tasks, text: DocumentText, sure: Sure) -> list[Deadline]:
    issued = analysis.layout.header.issued_on
    made = []
    owners = Owners(analysis, tasks)
    for t in analysis.times:
        units = owners.of(t)
        relative = Relative(amount=t.amount, unit=t.amount_unit or "day", from_=t.anchor) if t.amount is not None else None
        computed = None
        if (
            relative
            and relative.amount > 0
            and issued
            and len(issued) == 10
            and t.anchor
            and tone(t.anchor).startswith(("ngày ký", "ngày ban hành", "ngày quyết định này", "ngày kế hoạch này"))
        ):
            day = last_day(date.fromisoformat(issued), relative.amount, relative.unit)
            computed = day.isoformat() if day else None
        made.append(
            Deadline(
                task=tasks.of_line(t.line), section=t.section, text=t.text, start=t.start, end=t.end, page=text.page_of(t.start),
                earliest=t.earliest, latest=t.latest, recurrence=t.recurrence, continuous=t.continuous, relative=relative,
                stated_day=t.stated_day, boundary=t.boundary, year_inferred=t.year_inferred,
                owed_by=[u.name for u in units], owed_by_canonical=[analysis.canonical(u.name) for u in units], computed_latest=computed,
                rule=t.rule, confidence=sure(t.confidence, t.start, t.end),
            )
        )  # fmt: skip
    return made


def _reports(analysis: Analysis, text: DocumentText, sure: Sure) -> list[Report]:
    made = []
    for d in analysis.duties:
        reporter = list(dict.fromkeys(u.name for u in d.reporters))
        recipients = list(dict.fromkeys(u.name for u in d.recipients))
        made.append(
            Report(
                section=d.section, reporter=reporter, recipients=recipients, reporter_canonical=[analysis.canonical(n) for n in reporter],
                recipients_canonical=[analysis.canonical(n) for n in recipients], via=d.via.name if d.via else None,
                what=d.what, period=d.period, latest=d.time.latest if d.time else None, recurrence=d.time.recurrence if d.time else None,
                start=d.start, end=d.end, page=text.page_of(d.start), rule=d.rule, confidence=sure(d.confidence, d.start, d.end),
            )
        )  # fmt: skip
    return made
