"""vanban audit"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.options import asking, question_options

if TYPE_CHECKING:
    from pipeline.questions.audit import Issue

_COLUMNS = (
    "code", "about", "message", "document_number", "document_type", "document_issuer", "document_issued_on", "document_source", "section",
    "page", "quote", "confidence", "fact",
)  # fmt: skip


@click.command(name="audit")
@click.option("--code", "codes", multiple=True, help="Only this kind of issue; may be repeated.")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="Rows of each kind in the table; 0 shows all.")
@question_options()
def command(codes: tuple[str, ...], limit: int, db: Path, lang: Lang, format_: str) -> None:
    """What does not add up: conflicting dates and issuers, one number on two documents, blank numbers, findings, duties without
    a unit or a date, the least certain facts, cited documents that are missing, files put aside.

    \b
    Example:
      vanban audit --code date-conflict --code same-number --db kb.db
    """
    from pipeline.questions.audit import audit

    with asking(db) as connection:
        issues = audit(connection, codes)
    from pipeline.cli.output import write_csv, write_json
    from pipeline.questions.rows import issue_row

    if format_ == "json":
        write_json([issue_row(issue) for issue in issues])
    elif format_ == "csv":
        write_csv((issue_row(issue) for issue in issues), _COLUMNS)
    else:
        _show(issues, limit, Labels(lang))


def _show(issues: list[Issue], limit: int, labels: Labels) -> None:
    from pipeline.cli.duty_table import short_name
    from pipeline.cli.output import Column, console, shorten, show_section, table

    out = console()
    if not issues:
        out.print(labels("nothing_wrong"))
    ordered: dict[str, int] = {}
    for issue in issues:
        ordered.setdefault(issue.code, len(ordered))
    for code, group in groupby(sorted(issues, key=lambda issue: ordered[issue.code]), key=lambda issue: issue.code):
        found = list(group)
        shown = found[: limit or None]
        heads = [Column(labels("about"), 6), Column(labels("message"), 12), Column(labels("document"), 6)]
        cells = []
        for issue in shown:
            place = ", ".join(
                part
                for part in (show_section(issue.section or "", labels), labels("page_short", n=issue.page) if issue.page else "")
                if part
            )
            document = "" if issue.document is None else f"{short_name(issue.document, labels)}\n{place}"
            cells.append([shorten(issue.about or issue.quote, 120), shorten(issue.message, 240), document])
        out.print(table(f"{code}: {len(found)}", heads, cells))
        if len(shown) < len(found):
            out.print(labels("more", n=len(found) - len(shown)))
        out.print()
