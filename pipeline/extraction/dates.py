"""Single dates as printed, day first: 26/11/2021, 26 tháng 11 năm 2021, 05-3-2025 (domain rule 5.2, date formats)."""

from __future__ import annotations

import re

from pipeline.text.written_dates import MONTH_WORD, full_date

DATE = (
    r"(?:(?P<d>\d{1,2})\s*(?P<s>[/.\-])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<y>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}}|{MONTH_WORD})\s+năm\s+(?P<y2>(?:19|20)\d\d))"
)
_TAIL = re.compile(rf"\s*[,(]?\s*(?:ban\s+hành\s+|ký\s+)?(?:cùng\s+)?ngày\s*{DATE}\s*\)?", re.I)
_YEAR_TAIL = re.compile(r"\s*(?:\(sửa đổi(?:, bổ sung)?\)\s*)?năm\s+(?P<y>(?:19|20)\d\d)(?!\s*[-–]\s*\d)", re.I)
_BARE_YEAR = re.compile(r"\s+(?P<y>(?:19|20)\d\d)(?![\d/.-])")
_MONTH_TAIL = re.compile(r"\s*,?\s*tháng\s+(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>(?:19|20)\d\d)")
_BEFORE = re.compile(rf"[Nn]gày\s*{DATE}\s*,?\s*$")


def iso(m: re.Match[str]) -> str | None:
    """The ISO date of a match of DATE; None for a date that cannot be."""
    day, month, year = (m["d"] or m["d2"], m["m"] or m["m2"], m["y"] or m["y2"])
    found = full_date(day, month, year)
    return found.isoformat() if found else None


def date_after(text: str, at: int) -> tuple[str | None, int, bool] | None:
    """(ISO date, end, possible) for a date of issue that stands right after offset `at`; the date is None where it cannot be."""
    m = _TAIL.match(text, at, min(len(text), at + 60))
    if m:
        value = iso(m)
        return value, m.end(), value is not None
    m = _MONTH_TAIL.match(text, at, min(len(text), at + 30))
    if m and 1 <= int(m["m"]) <= 12:
        return f"{m['y']}-{int(m['m']):02d}", m.end(), True
    return None


def year_after(text: str, at: int, bare: bool = False) -> tuple[str, int] | None:
    """("2022", end) for "năm 2022" right after `at`; with `bare` also for "2022" alone, as in "Luật Đất đai 2024"."""
    m = _YEAR_TAIL.match(text, at, min(len(text), at + 48)) or (_BARE_YEAR.match(text, at, min(len(text), at + 10)) if bare else None)
    return (m["y"], m.end()) if m else None


def date_before(text: str, at: int) -> str | None:
    """The ISO date of "Ngày 29/6/2026, " that ends right before offset `at`."""
    m = _BEFORE.search(text, max(0, at - 48), at)
    return iso(m) if m else None
