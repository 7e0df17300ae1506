"""From when a duty holds: "Từ năm 2027, ... hằng năm trước ngày 15/12" is due in 2027 for the first time (domain rule 5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.extraction.mentions import TimeMention

_SINCE = re.compile(
    r"(?<![^\W\d_])từ\s+(?:(?:tháng|quý)\s+[\dIV]{1,3}\s*(?:/|năm)\s*|(?:đầu\s+)?năm\s+)(?P<y>20\d\d)(?!\d|\s*(?:-|–|đến|tới)\s)", re.I
)
_FAR = 400  # characters before a term that are looked at


def not_before_start(text: str, floor: int, t: TimeMention) -> TimeMention:
    """`t`, whose year was inferred, moved into the year from which the sentence says that the duty holds, where it lies before that year.
    `floor`: offset of the start of the line."""
    begin = max(floor, t.start - _FAR)
    since = list(_SINCE.finditer(text, begin, t.start))
    if not since or not t.latest or re.search(r"\.\s", text[since[-1].end() : t.start]):
        return t
    years = int(since[-1]["y"]) - int((t.stated_day or t.latest)[:4])
    if years <= 0:
        return t
    return replace(t, earliest=_later(years, t.earliest), latest=_later(years, t.latest), stated_day=_later(years, t.stated_day))


def _later(years: int, day: str | None) -> str | None:
    """The same day so many years later; 29 February is the 28th of a year that has none."""
    if day is None:
        return None
    found = date.fromisoformat(day)
    try:
        return found.replace(year=found.year + years).isoformat()
    except ValueError:
        return found.replace(year=found.year + years, day=28).isoformat()
