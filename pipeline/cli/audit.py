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
    from pipeline.questions.uncertain import Asked

_COLUMNS = (
    "code", "about", "message", "document_number", "document_type", "document_issuer", "document_issued_on", "document_source", "section",
    "page", "quote", "confidence", "fact", "corrected",
)  # fmt: skip


@click.command(name="audit")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only this kind of issue; may be repeated.")
@click.option("--uncertain", is_flag=True, help="Instead, all facts by rising confidence, to check and correct.")
@click.option(
    "--kind",
    type=click.Choice(["unit", "citation", "deadline", "report", "all"]),
    default="all",
    show_default=True,
    help="With --uncertain: only facts of this kind.",
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(0),
    default=None,
    help="Rows of each kind of issue in the table (10), or facts of --uncertain (20; in JSON and CSV all); 0 shows all.",
)
@question_options()
def command(codes: tuple[str, ...], uncertain: bool, kind: Asked, limit: int | None, db: Path, lang: Lang, format_: str) -> None:
    """What does not add up: conflicting dates and issuers, one number on two documents, blank numbers, findings, duties without
    a unit or a date, corrections that fit no fact any more, the least certain facts, cited documents that are missing, files put aside.

    With --uncertain every fact, the least certain first, with its quote. As CSV the list can be edited in a spreadsheet (columns of
    values, and confirm or delete in the column action) and taken back in by vanban correct --from.

    \b
    Codes of --code:
      over all    date-conflict issuer-conflict same-number blank-number
                  no-unit no-date unmatched least-certain not-in-base set-aside
      inside one  number-missing number-blank number-mended number-doubtful
                  date-missing date-blank date-impossible issuer-missing
                  issuer-unsure signer-position-unsure
                  citation-date-conflict citation-undated citation-after-issue
                  name-variant section-missing section-doubtful
                  appendix-missing words-repeated numbering-gap

    \b
    Example:
      vanban audit --code date-conflict --code same-number --db kb.db
      vanban audit --uncertain --kind unit --limit 50
      vanban audit --uncertain --format csv > check.csv
    """
    labels = Labels(lang)
    for code in codes:
        if not labels.knows(f"code_{code}"):
            raise click.UsageError(f"there is no kind of issue {code!r}")
    if kind != "all" and not uncertain:
        raise click.UsageError("--kind goes with --uncertain")
    if uncertain:
        if codes:
            raise click.UsageError("--code and --uncertain do not go together")
        return _uncertain(kind, limit, db, lang, format_)
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
        _show(issues, 10 if limit is None else limit, labels)
    return None


def _uncertain(kind: Asked, limit: int | None, db: Path, lang: Lang, format_: str) -> None:
    from pipeline.questions.uncertain import uncertain

    with asking(db) as connection:
        doubts = uncertain(connection, kind, (20 if format_ == "table" else 0) if limit is None else limit)
    from pipeline.cli.uncertain_table import doubt_row, show_doubts

    if format_ == "json":
        from pipeline.cli.output import write_json

        write_json([doubt_row(doubt) for doubt in doubts])
    elif format_ == "csv":
        from pipeline.cli.output import write_csv
        from pipeline.review.sheet import COLUMNS, column_of

        flat = ({**doubt_row(d), **{column_of(name): value for name, value in d.values.items()}, "kind": d.kind} for d in doubts)
        write_csv(({**row, "document_sha256": row["sha256"], "action": "", "note": ""} for row in flat), COLUMNS)
    else:
        show_doubts(doubts, Labels(lang))


def _show(issues: list[Issue], limit: int, labels: Labels) -> None:
    from pipeline.cli.duty_table import short_name
    from pipeline.cli.messages import message_shown
    from pipeline.cli.output import Column, console, shorten, show_section, table

    out = console()
    if not issues:
        out.print(labels("nothing_wrong"))
    ordered: dict[str, int] = {}
    for issue in issues:
        ordered.setdefault(issue.code, len(ordered))
    by_kind = groupby(sorted(issues, key=lambda issue: ordered[issue.code]), key=lambda issue: issue.code)
    groups = [(_kind(code, labels), list(group)) for code, group in by_kind]
    if len(groups) > 1:
        out.print(labels("overview", n=len(issues), kinds="; ".join(f"{kind} ({len(found)})" for kind, found in groups)))
        out.print()
    for kind, found in groups:
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
            about, message = _about(issue, labels), message_shown(issue.code, issue.message, labels)
            cells.append([shorten(about, 120), shorten(message, 240), document])
        out.print(table(f"{kind}: {len(found)}", heads, cells))
        if len(shown) < len(found):
            out.print(labels("more", n=len(found) - len(shown)))
        out.print()


def _kind(code: str, labels: Labels) -> str:
    return labels(f"code_{code}") if labels.knows(f"code_{code}") else code


def _about(issue: Issue, labels: Labels) -> str | None:
    """What an issue concerns: a number, a unit, a correction, or else its sentence."""
    if issue.code == "unmatched" and issue.about:
        return labels("correction_n", n=issue.about.rpartition(" ")[2])
    return issue.about or issue.quote
