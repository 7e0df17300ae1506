"""Dates written in words or with a short year: "5 tháng Ba năm 2025", "15/7/25" (domain rule 5.2, date formats). The reading of a
complete date is dateparser's, in Vietnamese, day first; what stands around it is the grammar's."""

from __future__ import annotations

from datetime import date
from functools import cache

# "năm" is May only before a year ("tháng năm năm 2025"): "ngày 15 tháng năm 2025" has lost its month.
MONTH_WORD = r"(?i:mười\s+một|mười\s+hai|mười|hai|ba|tư|năm(?=\s+năm\s)|sáu|bảy|tám|chín)"
_PIVOT = 2000


@cache
def full_date(day: str, month: str, year: str) -> date | None:
    """The day of three parts as printed, month in digits or words, year of two or four digits; None for a date that cannot be."""
    year = year if len(year) == 4 else str(_PIVOT + int(year))
    if day.isdigit() and month.isdigit():
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            return None
    import dateparser  # here, because only few documents need it and it takes its time to load

    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(f"{day} tháng {month} năm {year}", languages=["vi"], settings=settings)
    return found.date() if found else None


def month_number(month: str) -> int:
    """1-12 of a month in digits or words; 0 where it is none."""
    if month.isdigit():
        return int(month)
    found = full_date("1", month, str(_PIVOT))
    return found.month if found else 0
