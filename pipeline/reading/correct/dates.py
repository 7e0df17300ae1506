"""Finds dates that cannot be. They are reported, not changed: which digit is wrong is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_LEAP_YEAR = "2024"  # for days given without a year: 29/02 may be right
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/])")
_SHORT = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})(?![\d/.\-]*\d)", re.IGNORECASE)  # "ngày 10-15" may be a span of days
_SPELT = re.compile(r"ngày\s+(\d{1,3})\s+tháng\s+(\d{1,3})\s+năm\s+(\d{4,5})", re.IGNORECASE)


def impossible_dates(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each date that no calendar has ("ngày 31/70" too), or whose year is not within 1930 to 2100."""
    for match in _NUMERIC.finditer(text):
        if not _possible(match[1], match[3], match[4]):
            yield match.start(), match.end()
    for match in _SPELT.finditer(text):
        if not _possible(match[1], match[2], match[3]):
            yield match.start(), match.end()
    for match in _SHORT.finditer(text):
        if not _possible(match[1], match[2], _LEAP_YEAR):
            yield match.start(), match.end()


def _possible(day: str, month: str, year: str) -> bool:
    try:
        return 1930 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False
