"""Days and windows: months, quarters, missing years, working days (BLDS 2015 Đ.145-148; BLLĐ 2019 Đ.112; domain rule 5)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "7": 5}


@dataclass(frozen=True, slots=True)
class Years:
    """What settles a missing year: the year of the plan (from its subject), else the year of issue, never before the day of issue."""

    plan: int | None
    issued: date | None

    def of_day(self, month: int, day: int) -> date | None:
        """The day in the plan's year; in the next year where it would lie before the issue of a document that names no year."""
        year = self.plan or (self.issued.year if self.issued else None)
        if year is None:
            return None
        found = date(year, month, day)
        if self.issued and found < self.issued and (self.plan is None or self.plan == self.issued.year):
            return date(year + 1, month, day)
        return found

    def of_month(self, month: int) -> int | None:
        """The year of a month named without one."""
        year = self.plan or (self.issued.year if self.issued else None)
        if year and self.issued and self.issued.year == year and month < self.issued.month:
            return year + 1
        return year


def years_of(title: str | None, issued_on: str | None, planned: bool = True) -> Years:
    """The years that a document's subject and date of issue give; the subject's counts only for a plan (`planned`)."""
    issued = None
    if issued_on and len(issued_on) == 10:
        issued = date.fromisoformat(issued_on)
    elif issued_on and len(issued_on) == 7:
        issued = date(int(issued_on[:4]), int(issued_on[5:]), 1)
    named = re.findall(r"năm\s+((?:19|20)\d\d)(?!\s*[-–]\s*\d)", title or "")
    plan = int(named[-1]) if len(set(named)) == 1 else None
    if plan and (not planned or (issued and not issued.year <= plan <= issued.year + 1)):
        plan = None
    return Years(plan or (issued.year if issued else (int(issued_on) if issued_on else None)), issued)


def end_of_month(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month_window(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), end_of_month(year, month)


def quarter_window(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter."""
    return date(year, 3 * quarter - 2, 1), end_of_month(year, 3 * quarter)


def weekday_code(words: str, earlier: bool = False) -> str:
    """RFC 5545 code of "thứ Năm"; of the day before it when `earlier`."""
    low = words.lower()
    number = 6 if "chủ nhật" in low else _NAMES[low.split()[-1]]
    return _WEEKDAYS[(number - 1) % 7 if earlier else number]


_DAYS_OF = {"working_day": 1, "day": 1, "week": 7, "month": 31, "year": 366}
_LONGEST = 40 * 366


def last_day(start: date, amount: int, unit: str) -> date | None:
    """Last day of a term counted from `start`, whose own day does not count (BLDS Đ.147). A term in days that ends on a day off
    moves to the next working day (Đ.148); None for units without a day, and for terms of more than forty years."""
    from holidays import country_holidays

    if amount * _DAYS_OF.get(unit, 0) > _LONGEST:
        return None
    off = country_holidays("VN", years=range(start.year, start.year + 2))

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in off

    if unit == "working_day":
        day = start
        for _ in range(amount):
            day += timedelta(days=1)
            while not works(day):
                day += timedelta(days=1)
        return day
    if unit in ("day", "week"):
        day = start + timedelta(days=amount * (7 if unit == "week" else 1))
    elif unit in ("month", "year"):
        months = start.month - 1 + amount * (12 if unit == "year" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        day = min(date(year, month, 1) + timedelta(days=start.day - 1), end_of_month(year, month))
    else:
        return None
    while not works(day):
        day += timedelta(days=1)
    return day
