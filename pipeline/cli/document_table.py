"""One record on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.output import Column, plain, shorten, show_date, show_section, table
from pipeline.records import Deadline, Record, Report

if TYPE_CHECKING:
    from rich.console import Console


def show_document(record: Record, lang: Lang, out: Console) -> None:
    """Header, tasks and reports, cited documents, findings."""
    labels = Labels(lang)
    for key, value in _header(record):
        if value:
            out.print(f"{labels(key)}: {plain(value)}")
    duties = [*_tasks(record, labels), *_reports(record, labels)]
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
            [show_section(c.section, labels), plain(c.text), labels(c.relation), show_date(c.issued_on), plain(c.issuer)]
            for c in record.citations
        ]
        out.print(table(labels("title_citations"), heads, rows))
    if record.findings:
        found = [[plain(f.code), labels("page_short", n=f.page), shorten(f.message, 400)] for f in record.findings]
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


def _tasks(record: Record, labels: Labels) -> list[list[str]]:
    rows = []
    for task in record.tasks:
        units = "\n".join(f"{plain(a.unit)} ({labels(a.role)})" for a in record.assignments if a.task == task.id)
        terms = "\n".join(_term(d, labels) for d in record.deadlines if d.task == task.id)
        rows.append([f"{show_section(task.section, labels)}\n{labels('page_short', n=task.page)}", shorten(task.text, 300), units, terms])
    return rows


def _reports(record: Record, labels: Labels) -> list[list[str]]:
    rows = []
    for report in record.reports:
        to = " → ".join(
            part
            for part in ("; ".join(map(plain, report.recipients)), labels("via_short", name=plain(report.via)) if report.via else "")
            if part
        )
        who = "; ".join(map(plain, report.reporter)) + f" ({labels('report')})" + (f"\n→ {to}" if to else "")
        rows.append(
            [
                f"{show_section(report.section, labels)}\n{labels('page_short', n=report.page)}",
                shorten(report.what, 300),
                who,
                _term(report, labels),
            ]
        )
    return rows


def _term(fact: Deadline | Report, labels: Labels) -> str:
    """The last day, and how often; or the words printed where there is no day."""
    printed = fact.text if isinstance(fact, Deadline) else fact.period
    if isinstance(fact, Deadline) and fact.continuous:
        return labels("continuous")
    parts = [show_date(fact.latest) or plain(printed), labels("periodic") if fact.recurrence else ""]
    return "\n".join(part for part in parts if part)
