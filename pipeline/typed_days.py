"""Days as a person types them, whole or with the day or month left blank. One parser for options and corrections."""

from __future__ import annotations

import re
from datetime import date

_YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.])?([0-9]{4})")


def typed_date(typed: str) -> str:
    """`typed` as a whole or partial ISO date: 2025-11-01, 2025-11, 2025, or day first as offices write it: 01/11/2025, 11/2025.

    The year has four digits: 01/11/25 would be the year 25. Raises ValueError where it is no date.
    """
    found = _YEAR_FIRST.fullmatch(typed.strip())
    parts = found.groups() if found else ()
    if not found:
        found = _DAY_FIRST.fullmatch(typed.strip())
        parts = found.groups()[::-1] if found else ()
    numbers = [int(part) for part in parts if part]
    if not numbers:
        raise ValueError("not a date with a year of four digits")
    date(*numbers, *[1] * (3 - len(numbers)))  # raises ValueError for 31/02
    return "-".join([f"{numbers[0]:04}", *(f"{n:02}" for n in numbers[1:])])


def typed_day(typed: str) -> date:
    """`typed` as a day: 2025-11-01 or 01/11/2025. Raises ValueError where it is none, or a partial date."""
    return date.fromisoformat(typed_date(typed))
