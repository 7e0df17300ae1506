"""What binds only on a line about time: adverbs, bare days and years, "hằng năm"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extraction.calendar import Years
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.parts import DAY, EVERY, day_of, mention

_BARE_YEAR = re.compile(r"(?<![^\W\d_])năm\s+(?P<y>(?:19|20)\d\d)(?:\s*[-–]\s*(?P<y2>(?:19|20)\d\d))?", re.I)
_PERIOD = re.compile(r"(?<![^\W\d_])giai đoạn\s+(?P<y>(?:19|20)\d\d)\s*[-–]\s*(?P<y2>(?:19|20)\d\d)(?!\d)", re.I)
_ALWAYS = re.compile(r"(?<![^\W\d_])thường xuyên(?:\s*,?\s*liên tục)?(?![^\W\d_])|(?<![^\W\d_])liên tục(?![^\W\d_])", re.I)
_EVERY_BARE = re.compile(rf"(?P<cue>{EVERY}|định kỳ(?: {EVERY})?)\s+(?P<unit>năm|quý|tháng|tuần|ngày|0?6 tháng)(?![^\W\d_])", re.I)


def always(text: str, years: Years) -> Iterator[TimeMention]:
    """Adverbs that bind only on a line about time."""
    for m in _ALWAYS.finditer(text):
        yield mention(m, "always", continuous=True, bound=False, confidence=0.9)


def loose(text: str, years: Years) -> Iterator[TimeMention]:
    """What binds only on a line about time: bare years, bare days, "hằng năm"."""
    for m in re.finditer(rf"(?<![\d/])(?:ngày\s+)?{DAY}", text):
        day, inferred = day_of(m, years)
        if day and (not inferred or "ngày" in m[0].lower()):
            yield mention(
                m,
                "bare-day",
                latest=day.isoformat(),
                stated_day=day.isoformat(),
                boundary="inclusive",
                year_inferred=inferred,
                bound=False,
                confidence=0.7,
            )
    for m in (*_BARE_YEAR.finditer(text), *_PERIOD.finditer(text)):
        yield mention(m, "bare-year", earliest=f"{m['y']}-01-01", latest=f"{m['y2'] or m['y']}-12-31", bound=False, confidence=0.8)
    for m in _EVERY_BARE.finditer(text):
        unit = m["unit"].lower().lstrip("0")
        freq = {
            "năm": "FREQ=YEARLY",
            "quý": "FREQ=MONTHLY;INTERVAL=3",
            "tháng": "FREQ=MONTHLY",
            "tuần": "FREQ=WEEKLY",
            "ngày": "FREQ=DAILY",
            "6 tháng": "FREQ=MONTHLY;INTERVAL=6",
        }[unit]
        yield mention(m, "every", recurrence=freq, bound=False, confidence=0.7)
