"""Charges, terms and duties in the rows of a table of assignments (domain rule 4.2 J)."""

from __future__ import annotations

import re
from datetime import date

from pipeline.extraction import deadlines
from pipeline.extraction.analysis import Analysis
from pipeline.extraction.calendar import month_window
from pipeline.extraction.charging.label_values import label_value
from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.words import ROLES
from pipeline.extraction.clauses import view
from pipeline.extraction.labels import Label, find_labels
from pipeline.extraction.lexicon import lexicon
from pipeline.extraction.mentions import Duty, TimeMention, Unit
from pipeline.extraction.overlap import Advice, AdvisedParser
from pipeline.extraction.reports import Duties
from pipeline.extraction.syllables import Syllables
from pipeline.extraction.tables import Cell, Row
from pipeline.extraction.units import UnitParser
from pipeline.layout.model import Line
from pipeline.records import Role
from pipeline.text.folding import squeeze

_IN_MONTH = re.compile(r"\s*(?:trong|cả)\s+tháng\s*", re.I)
_DUE = ("before-day", "by-day", "monthly-day", "quarterly-day", "weekly-day", "yearly-days")
_BARE_DAY = re.compile(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*")


def cell_charges(ledger: Ledger, analysis: Analysis, row: Row, cell: Cell, role: Role, advice: Advice | None) -> None:
    """Charge the units of a cell as those of a label's value; the parser hears the recogniser, where it ran, as in running text."""
    line = analysis.layout.lines[row.line]
    part = Line(start=cell.start, end=cell.end, blank_before=0, content=cell.start, zone="appendix", path=line.path)
    v = view(analysis.text, part, row.line, lexicon(), analysis.words, analysis.views[row.line].parser.atoms)
    if advice:
        v.parser = AdvisedParser(analysis.text, v.s, lexicon(), advice, v.parser.atoms)
    labels = [label for label in find_labels(analysis.text, cell.start, cell.end) if label.role in ROLES]
    if labels:
        for label in labels:
            for own in ROLES:
                if label.role == own:
                    label_value(ledger, v, label, own, "table")
    else:
        label_value(ledger, v, Label(role, role, cell.start, cell.start, cell.end), role, "table")


def cell_times(analysis: Analysis, row: Row, cell: Cell) -> list[TimeMention]:
    """The terms of a cell of the time column; "Trong tháng" is the month of the heading row above, "25/8" a day of the plan's year."""
    text, years = analysis.text, analysis.years
    found = deadlines.cell_times(text, cell.start, cell.end, years)
    words = text[cell.start : cell.end]
    bare_day = _BARE_DAY.fullmatch(words)
    if not found and row.month and _IN_MONTH.fullmatch(words):
        year = years.of_month(row.month)
        if year:
            low, high = month_window(year, row.month)
            found = [_inferred(cell, words, "in-month", low, high)]
    elif not found and bare_day:
        day = _day_of(int(bare_day[1]), int(bare_day[2]), years.plan)
        if day:
            found = [_inferred(cell, words, "bare-day", day, day)]
    for t in found:
        t.section, t.line = analysis.layout.lines[row.line].path, row.line
    return found


def product_times(analysis: Analysis, row: Row) -> list[TimeMention]:
    """The days in the cell of the product by which it has to be sent: "Báo cáo gửi UBND tỉnh trước ngày 15/3 năm sau"."""
    cell = row.cells.get("product")
    if cell is None or "product" in row.inherited:
        return []
    found = [t for t in deadlines.cell_times(analysis.text, cell.start, cell.end, analysis.years) if t.rule in _DUE]
    for t in found:
        t.section, t.line = analysis.layout.lines[row.line].path, row.line
    return found


def _inferred(cell: Cell, words: str, rule: str, low: date, high: date) -> TimeMention:
    return TimeMention(
        cell.start,
        cell.end,
        squeeze(words),
        rule,
        earliest=low.isoformat(),
        latest=high.isoformat(),
        year_inferred=True,
        confidence=0.8,
    )


def _day_of(day: int, month: int, year: int | None) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def table_duties(analysis: Analysis, duties: Duties) -> None:
    """The reports that rows of tables ask for."""
    leaders: dict[int, list[Unit]] = {}
    for c in analysis.charges:
        if c.role in ("leads", "performs"):
            leaders.setdefault(c.line, []).append(c.unit)
    days: dict[int, TimeMention] = {}
    cells = {row.line: row.cells["product"] for row in analysis.rows if "product" in row.cells}
    for t in analysis.times:
        cell = cells.get(t.line)
        if not cell or not cell.start <= t.start < cell.end:
            days.setdefault(t.line, t)
    for row in analysis.rows:
        _row_duties(analysis, row, duties, leaders.get(row.line, []), days.get(row.line))


def _row_duties(analysis: Analysis, row: Row, duties: Duties, leaders: list[Unit], day: TimeMention | None) -> None:
    """A row whose task is a report ("Báo cáo tổng kết gửi UBND tỉnh"): the row's leaders owe it by the row's days."""
    cell = row.cells.get("task")
    if cell is None:
        return
    recipient = row.recipient or row.cells.get("recipient")
    if recipient and _sent_duties(analysis, row, recipient, duties, leaders):
        return
    told = _cell_duties(analysis, row, cell, duties, leaders, [day] if day else [])
    product = row.cells.get("product")
    if product and "product" not in row.inherited:
        own = product_times(analysis, row)
        known = len(duties.found)
        _cell_duties(analysis, row, product, duties, leaders, own or ([day] if day else []))
        duties.found[known:] = [
            d for d in duties.found[known:] if any(u.kind != "group" for u in d.recipients) and not told & {u.name for u in d.recipients}
        ]  # what goes to a class of bodies is a letter to them


def _cell_duties(analysis: Analysis, row: Row, cell: Cell, duties: Duties, leaders: list[Unit], times: list[TimeMention]) -> set[str]:
    """The duties that the words of one cell give the row's leaders, each due at `times`. Gives the names of the recipients."""
    line = analysis.layout.lines[row.line]
    part = Line(start=cell.start, end=cell.end, blank_before=0, content=cell.start, zone="appendix", path=line.path)
    known = len(duties.found)
    duties.read(view(analysis.text, part, row.line, lexicon(), analysis.words), {}, leaders, [])
    found = duties.found[known:]
    for duty in found:
        duty.time = times[0] if times else None
        duty.rule = "table-report"
    return {u.name for d in found for u in d.recipients}


def _sent_duties(analysis: Analysis, row: Row, recipient: Cell, duties: Duties, units: list[Unit]) -> bool:
    """A row of a table whose time column says whom the thing is sent to: the row's units owe it by the row's day. False: it does not."""
    cell, day = row.cells["task"], row.cells.get("deadline")
    parser = UnitParser(analysis.text, Syllables(analysis.text, recipient.start, recipient.end, analysis.words), lexicon())
    to = parser.list_at(0)
    times = deadlines.cell_times(analysis.text, day.start, day.end, analysis.years) if day else []
    if to is None or not units:
        return False
    duties.found.append(
        Duty(
            cell.start,
            cell.end,
            analysis.layout.lines[row.line].path,
            row.line,
            list(units),
            list(to.units),
            None,
            squeeze(analysis.text[cell.start : cell.end])[:160],
            time=times[0] if times else None,
            rule="table-report",
            confidence=0.85,
        )
    )
    return True
