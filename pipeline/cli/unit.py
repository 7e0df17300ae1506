"""vanban unit"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.options import asking, question_options


@click.command(name="unit")
@click.argument("name", nargs=-1, required=True)
@question_options()
def command(name: tuple[str, ...], db: Path, lang: Lang, format_: str) -> None:
    """All duties of a unit, dated or not, document by document. NAME may be typed in full or as printed, with or without marks.

    \b
    Example:
      vanban unit "Phòng Nội vụ" --db kb.db
    """
    from pipeline.questions.duties import all_duties
    from pipeline.questions.headings import under_headings
    from pipeline.questions.report_terms import with_terms
    from pipeline.questions.units import UnitFilter

    typed = " ".join(name)
    with asking(db) as connection:
        wanted = UnitFilter(connection, typed)
        duties = wanted(under_headings(connection, with_terms(all_duties(connection, wanted.ids)))) if wanted.names else []
    from pipeline.cli.duty_table import DUTY_COLUMNS, duty_table
    from pipeline.cli.output import console, say, shorten, width, write_csv, write_json
    from pipeline.questions.rows import duty_row

    if format_ == "json":
        write_json([duty_row(duty) for duty in duties])
    elif format_ == "csv":
        write_csv((duty_row(duty) for duty in duties), DUTY_COLUMNS)
    elif duties:
        labels = Labels(lang)
        console().print(duty_table(shorten(labels("title_unit", name="; ".join(wanted.names)), 300), duties, labels, width()))
    else:
        console().print(Labels(lang)("nothing"))
    if not wanted.names:
        say(f"no unit is called {typed}; try fewer words, or vanban search")
