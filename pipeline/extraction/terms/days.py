"""Last days and windows between days or months: "trước ngày 15/6", "từ ngày 1 đến ngày 10/3/2025" (domain rule 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.extraction.calendar import Years, end_of_month
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.parts import DAY, EVERY, HOUR, LAST, D, day_of, mention

_BEFORE = re.compile(
    rf"(?:(?P<latest>{LAST})\s*(?:là|vào|đến)?\s*\(?\s*(?:{LAST}\s*)?)?(?:[Tt]rước|TRƯỚC)\s+(?:{HOUR})?"
    rf"(?:hết\s+)?(?:(?:dịp\s+)?(?:lễ\s+)?Quốc\s+khánh\s+)?(?:ngày\s+)?{DAY}(?P<each>\s*(?:,\s*)?{EVERY}\s+năm)?",
    re.I,
)
_BY = re.compile(
    rf"(?:{LAST}\s*(?:là|vào|đến|trong|:)?\s*(?:hết\s+)?(?:{HOUR})?(?:hết\s+)?(?:ngày\s+)?|"
    r"(?:đến|tới)\s+hết\s+(?:ngày\s+)?|không\s+(?:muộn|chậm)\s+hơn\s+(?:ngày\s+)?|(?<!từ )(?:đến|tới)\s+"
    rf"(?:{HOUR.replace('hour', 'hour2')})?ngày\s+|trong\s+ngày\s+|(?:hoàn thành|xong|kết thúc)\s+"
    rf"(?:vào\s+|trong\s+)?(?:hết\s+)?ngày\s+|vào\s+(?:sáng|chiều|tối)?\s*ngày\s+|không quá ngày\s+|"
    rf"(?<!từ )(?:đến|tới)\s+(?=\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})){DAY}"
    rf"(?P<each>\s*(?:,\s*)?{EVERY}\s+năm)?",
    re.I,
)
_NEAR_DAY = re.compile(
    rf"(?:(?:{LAST}|xong|đến|tới|trước|trong)\s+)+(?:hết\s+)?(?:{HOUR})?(?:trong\s+)?(?:(?:đêm|tối|chiều|sáng|trưa)\s+)?(?:ngày\s+)?"
    r"(?P<when>hôm\s+nay|mai)(?![^\W\d_])(?:\s*[,(]\s*(?:ngày\s+)?(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>20\d\d))?\)?)?",
    re.I,
)  # counted from the day of issue, unless a day is printed behind it
_STATE = re.compile(r"(?<![^\W\d_])(?:tính|số liệu|lũy kế|luỹ kế|kể|hiệu lực)(?![^\W\d_])[^.;,]{0,30}$", re.I)
_SPAN = re.compile(
    rf"(?:từ\s+(?:{HOUR})?|^|(?<=:\s))(?:ngày\s+)?(?P<d1>\d{{1,2}})\s*"
    rf"(?:[/.\-]\s*(?P<m1>\d{{1,2}})(?:\s*[/.\-]\s*(?P<y1>(?:19|20)\d\d))?)?\s+(?:đến|tới|-|–)\s+(?:hết\s+)?"
    rf"(?:ngày\s+)?{D}",
    re.I,
)


def days(text: str, years: Years) -> Iterator[TimeMention]:
    """Single last days; a day before which something is due is out unless an hour is given."""
    for pattern, exclusive in ((_BEFORE, True), (_BY, False)):
        read = 0  # where the days end that were read with the day before them
        for m in pattern.finditer(text):
            day, inferred = day_of(m, years)
            if day is None or (
                not exclusive
                and not m[0].lower().startswith(("chậm", "muộn", "hạn"))
                and _STATE.search(text, max(0, m.start() - 36), m.start())
            ):
                continue
            if m[0][:3].lower() == "vào" and not re.search(
                r"(?:hoàn thành|xong|gửi|nộp|báo cáo|trình)[^.;]{0,60}$", text[max(0, m.start() - 80) : m.start()]
            ):
                continue
            timed = bool(m.groupdict().get("hour"))
            out = exclusive and not timed
            each = bool(m["each"])
            last = day - timedelta(days=1) if out else day
            rule = f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={-1 if last.month == 2 and last.day >= 28 else last.day}" if each else None
            if m.end() > read:
                for more in _more_days(text, m, years, out, "before-day" if exclusive else "by-day"):
                    read = more.end
                    yield more
            yield mention(
                m,
                "before-day" if exclusive else "by-day",
                latest=last.isoformat(),
                stated_day=day.isoformat(),
                boundary="exclusive" if out else "inclusive",
                year_inferred=inferred,
                recurrence=rule,
                confidence=0.97 if not inferred else 0.9,
            )


_AND_DAY = re.compile(
    rf"\s*(?:,|và)\s*(?:trước\s+)?(?:ngày\s+)?{DAY}(?!\s+(?!(?:hằng|hàng|để|về|tại|gửi|cho|theo|năm|và)(?![^\W\d_]))[a-zà-ỹđ])",
    re.I,
)  # no verb behind it, which would be what happens on that day


_FOR_REPORT = re.compile(r"\s*\([^()\d]{0,12}(?:báo cáo|kỳ)\s[^()]{1,30}\)")  # "(báo cáo 6 tháng)" behind its day


def _more_days(text: str, m: re.Match[str], years: Years, out: bool, rule: str) -> Iterator[TimeMention]:
    """The further days of "trước ngày 03/01/2026, ngày 03/3/2026 và ngày 05/5/2026": bound as the first."""
    aside = _FOR_REPORT.match(text, m.end())
    more = _AND_DAY.match(text, aside.end() if aside else m.end())
    while more:
        day, inferred = day_of(more, years)
        if day is None:
            return
        last = day - timedelta(days=1) if out else day
        yield mention(
            more,
            rule,
            latest=last.isoformat(),
            stated_day=day.isoformat(),
            boundary="exclusive" if out else "inclusive",
            year_inferred=inferred,
            confidence=0.9,
        )
        more = _AND_DAY.match(text, more.end())


_MONTH_SPAN = re.compile(
    r"từ\s+(?:đầu\s+)?tháng\s+(?P<m1>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y1>(?:19|20)\d\d))?\s+(?:đến|tới|-|–)\s+"
    r"(?:(?:hết\s+)?tháng\s+(?P<m>\d{1,2})\s*(?:/|năm)|(?:hết|cuối|hết cuối)\s+năm)\s*(?P<y>(?:19|20)\d\d)",
    re.I,
)
_TWO_DAYS = re.compile(
    rf"trong\s+(?:các|hai|ba|\d{{1,2}})\s+ngày\s+(?P<d1>\d{{1,2}})(?:\s*,\s*\d{{1,2}})*\s*(?:và|-|–|đến)\s*(?:ngày\s+)?{D}", re.I
)
_START = re.compile(
    r"(?P<act>(?<![^\W\d_])(?:bắt đầu\s[^.;:,()\d]{0,60}?|thực hiện\s+(?:ngay\s+)?))?"
    rf"(?<![^\W\d_])từ\s+ngày\s+{DAY}(?!\s*(?:đến|tới|-|–))",
    re.I,
)  # without such a verb only where a label or a column says that it is a term
_MONTHS = re.compile(
    r"(?:trong\s+)?(?:tháng\s+|T)(?P<m1>\d{1,2})\s*(?P<sep>-|–|đến|,|và)\s*(?:tháng\s+|T)?(?P<m>\d{1,2})\s*"
    r"(?:(?:/|năm)\s*(?P<y>(?:19|20)\d\d)|(?P<each>(?:hằng|hàng|mỗi)\s+năm))",
    re.I,
)
_TWO_YEARLY = re.compile(
    r"(?P<excl>trước\s+)?ngày\s+(?P<d>\d{1,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})\s*(?:\s+và|,)\s+(?:trước\s+)?(?:ngày\s+)?"
    r"(?P<d2>\d{1,2})\s*(?:/|tháng)\s*(?P<m2>\d{1,2})\s+(?:hằng|hàng|mỗi)\s+năm",
    re.I,
)


def spans(text: str, years: Years) -> Iterator[TimeMention]:
    """Windows between two days or months, two days of every year, and the day on which something begins."""
    for m in _START.finditer(text):
        day, inferred = day_of(m, years)
        if day is not None:
            yield mention(m, "from-day", earliest=day.isoformat(), year_inferred=inferred, bound=bool(m["act"]), confidence=0.8)
    for m in _MONTH_SPAN.finditer(text):
        if 1 <= int(m["m1"]) <= 12 and 1 <= int(m["m"] or 12) <= 12:
            low, high = date(int(m["y1"] or m["y"]), int(m["m1"]), 1), end_of_month(int(m["y"]), int(m["m"] or 12))
            yield mention(m, "from-to-month", earliest=low.isoformat(), latest=high.isoformat(), confidence=0.9)
    for m in _MONTHS.finditer(text):
        one, other = int(m["m1"]), int(m["m"])
        year = int(m["y"]) if m["y"] else years.of_month(other) if 1 <= other <= 12 else None
        if year and 1 <= one < other <= 12 and (m["sep"] not in (",", "và") or other == one + 1):
            yield mention(
                m,
                "in-months",
                earliest=date(year, one, 1).isoformat(),
                latest=end_of_month(year, other).isoformat(),
                recurrence="FREQ=YEARLY" if m["each"] else None,
                year_inferred=bool(m["each"]),
                bound=m[0].lower().startswith("trong"),
                confidence=0.85,
            )
    for m in _TWO_YEARLY.finditer(text):
        for d, mo in ((m["d"], m["m"]), (m["d2"], m["m2"])):
            try:
                day = years.of_day(int(mo), int(d))
            except ValueError:
                continue
            if day:
                last = day - timedelta(days=1) if m["excl"] else day
                yield mention(
                    m,
                    "yearly-days",
                    latest=last.isoformat(),
                    stated_day=day.isoformat(),
                    recurrence=f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={last.day}",
                    boundary="exclusive" if m["excl"] else "inclusive",
                    year_inferred=True,
                )
    for m in (*_SPAN.finditer(text), *_TWO_DAYS.finditer(text)):
        end, inferred = day_of(m, years)
        if end is None:
            continue
        g = m.groupdict()
        try:
            begin = date(int(g.get("y1") or end.year), int(g.get("m1") or end.month), int(m["d1"]))
        except ValueError:
            continue
        if begin <= end:
            yield mention(
                m,
                "from-to",
                earliest=begin.isoformat(),
                latest=end.isoformat(),
                stated_day=end.isoformat(),
                boundary="inclusive",
                year_inferred=inferred,
                confidence=0.85,
            )


def near_days(text: str, years: Years) -> Iterator[TimeMention]:
    """The day of issue and the day after it: "trước 16 giờ hôm nay", "trong ngày mai"."""
    issued = years.issued
    for m in _NEAR_DAY.finditer(text) if issued else ():
        if issued is None or ("trước" in m[0].lower() and not m["hour"]):
            continue
        try:
            said = date(int(m["y"] or issued.year), int(m["m"]), int(m["d"])) if m["d"] else None
        except ValueError:
            said = None
        day = said or issued + timedelta(days=m["when"].lower() == "mai")
        yield mention(m, "by-day", latest=day.isoformat(), stated_day=day.isoformat(), boundary="inclusive", confidence=0.85)
