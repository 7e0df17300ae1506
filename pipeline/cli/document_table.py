"""One record on the screen."""

from __future__ import annotations

from typing import TypeVar

from pipeline.cli.document_rows import Names
from pipeline.cli.labels import Labels, Lang
from pipeline.cli.messages import message_shown
from pipeline.cli.output import Column, Screen, plain, shorten, show_date, show_section, table
from pipeline.cli.rhythm import rhythm
from pipeline.records import Assignment, Deadline, Fact, Record, Report

F = TypeVar("F", Assignment, Deadline)


def show_document(record: Record, names: Names, lang: Lang, out: Screen) -> None:
    """Header, tasks and reports, cited documents, findings. `names` as `load_names` gives them; commands take facts by name."""
    labels = Labels(lang)
    called = {
        part: [f"{name} [{labels('corrected')}]" if mark else name for name, mark in zip(names[0][part], names[1][part], strict=True)]
        for part in names[0]
    }
    for key, value in _header(record):
        if value:
            out.print(f"{labels(key)}: {plain(value)}")
    duties = [*_tasks(record, called, labels), *_reports(record, called, labels)]
    if duties:
        heads = [
            Column(labels("section"), width=9),
            Column(labels("what"), 12),
            Column(labels("unit"), 9),
            Column(labels("latest"), width=14),
        ]
        out.print(table(labels("title_tasks"), heads, duties))
    if record.citations:
        heads = [Column(labels("section"), width=9), Column(labels("cited"), 9), Column(labels("relation"), 5)]
        heads += [Column(labels("issued_on"), width=14), Column(labels("issuer"), 7)]
        rows = [
            [f"{show_section(c.section, labels)}\n{name}", plain(c.text), labels(c.relation), show_date(c.issued_on), plain(c.issuer)]
            for c, name in zip(record.citations, called["citations"], strict=True)
        ]
        out.print(table(labels("title_citations"), heads, rows))
    if record.findings:
        found = [
            [labels(f"code_{f.code}") if labels.knows(f"code_{f.code}") else plain(f.code), labels("page_short", n=f.page),
             shorten(message_shown(f.code, f.message, labels), 400)]
            for f in record.findings
        ]  # fmt: skip
        out.print(
            table(
                labels("title_findings"), [Column(labels("code"), 5), Column(labels("page"), width=6), Column(labels("message"), 14)], found
            )
        )
    out.print()


def _header(record: Record) -> list[tuple[str, str | None]]:
    d = record.document
    return [
        ("type", d.type), ("number", d.number), ("title", d.title), ("issuer", d.issuer), ("issued_on", show_date(d.issued_on)),
        ("signer", ", ".join(part for part in (d.signer, d.signer_position) if part)), ("sent_to", "; ".join(d.recipients)),
        ("source", f"{record.source.name} (sha256 {record.source.sha256[:12]})"),
    ]  # fmt: skip


def _tasks(record: Record, called: dict[str, list[str]], labels: Labels) -> list[list[str]]:
    rows = []
    units = _by_task(called["assignments"], record.assignments)
    terms = _by_task(called["deadlines"], record.deadlines)
    for name, task in zip(called["tasks"], record.tasks, strict=True):
        who = "\n".join(f"{n}: {plain(a.unit)} ({labels(a.role)})" for n, a in units.get(task.id, ()))
        when = "\n".join(f"{n}: {_term(d, labels)}" for n, d in terms.get(task.id, ()))
        rows.append([_place(name, task, labels), shorten(task.text, 300), who, when])
    for n, a in units.get(None, ()):
        rows.append([_place(n, a, labels), "", f"{plain(a.unit)} ({labels(a.role)})", ""])
    for n, d in terms.get(None, ()):
        rows.append([_place(n, d, labels), shorten(d.text, 300), "; ".join(map(plain, d.owed_by)), _term(d, labels)])
    return rows


def _by_task(names: list[str], facts: list[F]) -> dict[str | None, list[tuple[str, F]]]:
    """Facts with their names, by the task they belong to; None for those of no task."""
    found: dict[str | None, list[tuple[str, F]]] = {}
    for name, fact in zip(names, facts, strict=True):
        found.setdefault(fact.task, []).append((name, fact))
    return found


def _place(name: str, fact: Fact, labels: Labels) -> str:
    return f"{show_section(fact.section, labels)}\n{labels('page_short', n=fact.page)}\n{name}"


def _reports(record: Record, called: dict[str, list[str]], labels: Labels) -> list[list[str]]:
    rows = []
    for name, report in zip(called["reports"], record.reports, strict=True):
        to = " → ".join(
            part
            for part in ("; ".join(map(plain, report.recipients)), labels("via_short", name=plain(report.via)) if report.via else "")
            if part
        )
        who = "; ".join(map(plain, report.reporter)) + f" ({labels('report')})" + (f"\n→ {to}" if to else "")
        rows.append([_place(name, report, labels), shorten(report.what, 300), who, _term(report, labels)])
    return rows


def _term(fact: Deadline | Report, labels: Labels) -> str:
    """The last day, and how often; or the words printed where there is no day."""
    printed = fact.text if isinstance(fact, Deadline) else fact.period
    if isinstance(fact, Deadline) and fact.continuous:
        return labels("continuous")
    if isinstance(fact, Deadline) and fact.latest is None and fact.computed_latest:
        return f"{show_date(fact.computed_latest)} {labels('computed')}\n{plain(printed)}"
    parts = [show_date(fact.latest) or plain(printed), rhythm(fact.recurrence, labels) if fact.recurrence else ""]
    return "\n".join(part for part in parts if part)
