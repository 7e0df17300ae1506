"""vanban search"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.options import asking, question_options

_COLUMNS = (
    "document_number",
    "document_type",
    "document_issuer",
    "document_issued_on",
    "document_source",
    "section",
    "page",
    "quote",
    "exact",
    "corrected",
)


@click.command(name="search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(1, 1000), default=20, show_default=True, help="Sentences to show.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Sentences to skip, for the next page.")
@question_options()
def command(words: tuple[str, ...], limit: int, offset: int, db: Path, lang: Lang, format_: str) -> None:
    """Sentences that hold all the WORDS. Marks may be left out; sentences with the very marks typed come first.

    \b
    Example:
      vanban search "don doc" --db kb.db
      vanban search đôn đốc 33/CT-TTg
    """
    from pipeline.questions.search import search

    typed = " ".join(words)
    with asking(db) as connection:
        hits = search(connection, typed, limit + 1, offset)  # one more than is shown tells whether there are more
    more, hits = len(hits) > limit, hits[:limit]
    from pipeline.cli.output import Column, console, plain, say, shorten, show_section, table, write_csv, write_json
    from pipeline.questions.rows import hit_row

    if format_ == "json":
        write_json([hit_row(hit) for hit in hits])
    elif format_ == "csv":
        write_csv((hit_row(hit) for hit in hits), _COLUMNS)
    elif not hits:
        console().print(Labels(lang)("nothing"))
    else:
        from pipeline.cli.duty_table import short_name

        labels = Labels(lang)
        heads = [Column(labels("document"), 5), Column(labels("section"), width=9), Column(labels("quote"), 18)]
        cells = []
        for h in hits:
            place = [show_section(h.section, labels), labels("page_short", n=h.page)]
            cells.append([short_name(h.document, labels), "\n".join(filter(None, place)), shorten(h.quote, 600)])
        console().print(table(labels("title_search", words=plain(typed)), heads, cells))
    if more:
        if format_ == "table":
            console().print(Labels(lang)("more_sentences", next=offset + limit))
        else:
            say(Labels("en")("more_sentences", next=offset + limit))
