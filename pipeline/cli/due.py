"""vanban due"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pipeline.cli.labels import Lang
from pipeline.cli.options import Day, asking, question_options


@click.command(name="due")
@click.option("--by", required=True, type=Day(), help="The last day asked for, itself included: 2025-11-01 or 01/11/2025.")
@click.option("--from", "from_", type=Day(), help="Leave out what was due before this day. Without it overdue duties stay.")
@click.option("--unit", metavar="NAME", help="Only this unit, in full or as printed, with or without marks.")
@click.option("--undated", is_flag=True, help="Also list duties without a day in JSON and CSV, and those without any term in the table.")
@click.option("--expand", is_flag=True, help="A row for each day of a recurring duty, instead of one with its first day in that time.")
@question_options()
def command(by: date, from_: date | None, unit: str | None, undated: bool, expand: bool, db: Path, lang: Lang, format_: str) -> None:
    """Which units owe what, to whom, by when, sorted by day, with the sentence that says so.

    A duty "before 1 November" is due by 31 October. A recurring duty is one row: its first day from --from on, how often it comes
    back, on how many days until --by and the last of them. Duties that go on all the time, recur daily or without a day, hang on an
    event or have no date are listed apart, never dropped.

    \b
    Example:
      vanban due --by 2025-11-01 --unit "Phong Noi vu" --db kb.db
      vanban due --from 2025-10-01 --by 2025-12-31 --expand
    """
    from pipeline.cli.output import say, write_csv, write_json
    from pipeline.questions.due import due

    if from_ is not None and from_ > by:
        raise click.UsageError(f"--from {from_} lies after --by {by}")
    with asking(db) as connection:
        answer = due(connection, by, from_, unit, expand=expand)
    if answer.units == []:
        say(f"no unit is called {unit}; try fewer words, or vanban search")
    if format_ == "table":
        from pipeline.cli.due_table import show_due

        return show_due(answer, from_, undated, lang)
    from pipeline.cli.duty_table import DUTY_COLUMNS
    from pipeline.questions.rows import duty_row

    rows = [duty_row(duty) for duty in (*answer.rows, *(answer.without_day if undated else ()))]
    if format_ == "json":
        write_json(rows)
    else:
        write_csv(rows, DUTY_COLUMNS)
    if answer.without_day and not undated:
        say(f"{len(answer.without_day)} duties without a day are left out; --undated lists them")
    return None
