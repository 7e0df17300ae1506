"""vanban trace"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.labels import Lang
from pipeline.cli.options import asking, question_options

_COLUMNS = (
    "document_number", "document_type", "document_issuer", "document_issued_on", "document_source", "section", "page",
    "relation", "provision", "quote", "directive", "issued_on", "issuer", "text", "confidence", "fact", "corrected",
)  # fmt: skip


@click.command(name="trace")
@click.argument("directive", metavar="NUMBER")
@question_options()
def command(directive: str, db: Path, lang: Lang, format_: str) -> None:
    """Every document, section, page and sentence that cites a directive, what for, and what it says of its date and issuer.

    NUMBER may be typed with or without its type, marks, capitals and separators; laws go by name. Where mentions disagree on
    date or issuer, all that is said is shown and nothing is chosen.

    \b
    Example:
      vanban trace "33/CT-TTg" --db kb.db
      vanban trace "chi thi 33 ct ttg" --format json
    """
    from pipeline.questions.trace import trace

    with asking(db) as connection:
        answer = trace(connection, directive)
    if format_ == "table":
        from pipeline.cli.trace_table import show_trace

        show_trace(answer, lang)
    else:
        from pipeline.cli.output import write_csv, write_json
        from pipeline.questions.rows import mention_row, trace_object

        if format_ == "json":
            write_json(trace_object(answer))
        else:
            write_csv((mention_row(mention) for mention in answer.mentions), _COLUMNS)
    if not answer.mentions:
        from pipeline.cli.output import say

        say(f"no document cites {directive}" + (f"; similar: {', '.join(answer.similar)}" if answer.similar else "; check the number"))
