"""The answer of `vanban due` on the screen."""

from __future__ import annotations

from datetime import date

from pipeline.cli.duty_table import duty_table
from pipeline.cli.labels import Labels, Lang
from pipeline.cli.output import console, shorten, show_date, width
from pipeline.questions.due import Due


def show_due(answer: Due, from_: date | None, undated: bool, lang: Lang) -> None:
    """The dated duties, then those without a day; of those without any term only the number, unless `undated`."""
    labels, out = Labels(lang), console()
    if answer.units == []:
        out.print(labels("nothing"))
        return
    by = show_date(answer.by.isoformat())
    title = labels("title_due", by=by) if from_ is None else labels("title_due_from", by=by, from_=show_date(from_.isoformat()))
    if answer.rows:
        out.print(duty_table(title, answer.rows, labels, width()))
    else:
        out.print(title)
        out.print(labels("nothing_due"))
    shown = [duty for duty in answer.without_day if undated or duty.why_undated != "no term"]
    if shown:
        out.print()
        out.print(duty_table(labels("title_undated"), shown, labels, width()))
    if answer.units is not None and len(answer.units) > 1:
        out.print(shorten(labels("units_meant", n=len(answer.units), names="; ".join(answer.units)), 600))
    if len(shown) < len(answer.without_day):
        out.print(labels("more_without_term", n=len(answer.without_day) - len(shown)))
