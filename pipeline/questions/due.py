"""What is due by a day: the dated duties, those that recur once or on each of their days, and apart from them those without a day."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.questions import duties
from pipeline.questions.days import first_day, last_day, names_a_day, occurrences
from pipeline.questions.duties import Duty
from pipeline.questions.headings import under_headings
from pipeline.questions.report_terms import with_terms
from pipeline.questions.units import UnitFilter


@dataclass(frozen=True, slots=True)
class Due:
    """The answer: `rows` sorted by day; `without_day` say why in `why_undated`, those without any term last.

    `units` are the full names of the units that were meant, None where all were.
    """

    by: date
    rows: list[Duty]
    without_day: list[Duty]
    units: list[str] | None = None


def due(connection: sqlite3.Connection, by: date, from_: date | None = None, unit: str | None = None, *, expand: bool = False) -> Due:
    """Duties whose last day lies on or before `by` (that day included), from `from_` on where given; overdue ones stay otherwise.

    A duty that recurs is one row: `latest` its first day in that time, `occurrences` how many days it has there and `last_occurrence`
    the last of them. With `expand` it is one row for each day. `unit` keeps the duties of one unit, named in full or as printed,
    with or without marks.
    """
    wanted = UnitFilter(connection, unit)
    rows: list[tuple[date, Duty]] = []
    without_day: list[Duty] = []
    known = under_headings(connection, with_terms(duties.until(connection, by.isoformat(), wanted.ids)))
    for duty in wanted(known):
        if not (duty.why_undated is None or (duty.why_undated == "periodic" and duty.recurrence)):  # a rule may name days of its own
            without_day.append(duty)
            continue
        days = _days(duty, by, from_)
        if days is None:
            without_day.append(replace(duty, why_undated="periodic" if duty.recurrence else "undated"))
            continue
        asked = [day for day in days if day <= by and (from_ is None or day >= from_)]
        rows.extend((day, _on(duty, day, asked, expand)) for day in (asked if expand else asked[:1]))
    rows.sort(key=lambda pair: (pair[0], pair[1].document.source, pair[1].start, pair[1].canonical or pair[1].unit or ""))
    without_day.sort(key=lambda duty: (duty.why_undated == "no term", duty.document.source, duty.start))
    return Due(by, [duty for _, duty in rows], without_day, None if wanted.ids is None else wanted.names)


def _days(duty: Duty, by: date, from_: date | None) -> list[date] | None:
    """The days from `from_` (where it recurs) up to `by` on which `duty` falls; None where no day can be named."""
    if duty.recurrence is None:
        day = last_day(duty.latest) if duty.latest else None
        return None if day is None else [day]
    start = _start(duty)
    return None if start is None else occurrences(duty.recurrence, start, by, from_)


def _on(duty: Duty, day: date, days: list[date], expand: bool) -> Duty:
    """The row of `duty` for one day; a duty that recurs says of how many days it stands, unless each has its own row."""
    if duty.recurrence is None:
        return duty
    latest = day.isoformat()
    if expand:
        return replace(duty, latest=latest, why_undated=None)
    return replace(duty, latest=latest, why_undated=None, occurrences=len(days), last_occurrence=days[-1].isoformat())


def _start(duty: Duty) -> date | None:
    """The day a recurring duty is counted from: its first last day; or where the rule names its own days, the day after issue."""
    if duty.latest:
        return last_day(duty.latest)
    if duty.recurrence is None or not names_a_day(duty.recurrence):
        return None
    if duty.earliest:
        return first_day(duty.earliest)
    issued = first_day(duty.document.issued_on) if duty.document.issued_on else None
    return None if issued is None else issued + timedelta(days=1)
