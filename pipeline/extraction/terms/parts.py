"""What the patterns of terms share: a day, an hour, "hằng", and the mention made of a match."""

from __future__ import annotations

import re
from datetime import date
from typing import TypedDict, Unpack

from pipeline.extraction.calendar import Years
from pipeline.extraction.mentions import Boundary, TimeMention
from pipeline.text.folding import squeeze
from pipeline.text.written_dates import MONTH_WORD, full_date, month_number

D = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})(?:\s*[/.\-]\s*(?P<y>(?:19|20)\d\d|(?<=/)\d\d))?(?![\d/]|\s*[-–/]?\s*[A-ZĐ]{2,}-)"
_DV = (
    rf"(?P<dv>(?:mùng\s+)?\d{{1,2}})\s+tháng\s+(?P<mv>\d{{1,2}}|{MONTH_WORD})"
    r"(?:\s+năm\s+(?P<yv>(?:19|20)\d\d)|\s*/\s*(?P<yv2>(?:19|20)\d\d))?"
)
DAY = rf"(?:{_DV}|{D})"
LAST = r"(?:chậm nhất|muộn nhất|hạn cuối(?: cùng)?|hạn chót|thời hạn cuối cùng)"
HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h)\s*(?:\d{1,2}(?:\s*phút)?)?\s*,?\s*)"
EVERY = r"(?:hằng|hàng|mỗi)"

_NEXT_YEAR = re.compile(r"\s*,?\s*(?:của\s+)?năm\s+(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+kề|tới)(?![^\W\d_])", re.I)


class Values(TypedDict, total=False):
    """The fields of a TimeMention that a pattern may set; see there."""

    earliest: str | None
    latest: str | None
    recurrence: str | None
    continuous: bool
    amount: int | None
    amount_unit: str | None
    anchor: str | None
    stated_day: str | None
    boundary: Boundary | None
    year_inferred: bool
    bound: bool
    confidence: float


def mention(m: re.Match[str], rule: str, **values: Unpack[Values]) -> TimeMention:
    """The mention of a match, without the commas, parentheses and the "và" around it. Offsets are those of the text matched."""
    words = m[0]
    lead = len(words) - len(re.sub(r"^[ ,(]*(?:và\s+)?", "", words))
    kept = words.rstrip(" ,(")
    return TimeMention(m.start() + lead, m.start() + len(kept), squeeze(kept[lead:]), rule, **values)


def day_of(m: re.Match[str], years: Years) -> tuple[date | None, bool]:
    """The day of a match of DAY and whether its year was inferred."""
    g = m.groupdict()
    d, mo = (g.get("dv") or g.get("d")), (g.get("mv") or g.get("m"))
    y = g.get("yv") or g.get("yv2") or g.get("y")
    d = re.sub(r"\D", "", d or "")
    if y:
        return full_date(d, mo or "0", y), False
    try:
        if years.plan and _NEXT_YEAR.match(m.string, m.end()):
            return date(years.plan + 1, month_number(mo or "0"), int(d)), True
        return years.of_day(month_number(mo or "0"), int(d)), True
    except ValueError:
        return None, False
