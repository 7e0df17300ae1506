"""Days that come again: of each week, month or quarter, as RFC 5545 rules (domain rule 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extraction.calendar import Years, weekday_code
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.parts import EVERY, HOUR, LAST, mention

_MONTHLY = re.compile(
    rf"(?:(?P<excl>(?:{LAST}\s+)?trước)\s+|(?P<incl>{LAST}\s*(?:là|vào|đến)?\s*|vào\s+|đến\s+|trong\s+)?)"
    rf"(?:{HOUR})?ngày\s+(?:(?P<d0>(?:\d{{1,2}}\s*(?:và|,|;)\s*(?:ngày\s+)?)+))?(?P<d>\d{{1,2}})\s+(?:của\s+)?"
    rf"(?:{EVERY}\s+tháng|tháng\s+(?:sau|kế tiếp|tiếp theo|liền kề))",
    re.I,
)
_MONTHLY_REVERSED = re.compile(
    rf"{EVERY}\s+tháng\s*(?:,|\()?\s*(?:[^.;()\d]{{0,90}}\s+)?"
    rf"(?:(?P<excl>(?:{LAST}\s+)?trước)|(?P<incl>{LAST}|vào|đến))\s+(?:là\s+|vào\s+)?ngày\s+(?P<d>\d{{1,2}})"
    rf"(?!\s*[/\d]|\s*\.\s*\d|\s+tháng\s+\d)(?:\s+(?:của\s+)?(?:{EVERY}\s+)?tháng)?",
    re.I,
)
_QUARTERLY = re.compile(
    rf"(?:(?P<excl>(?:{LAST}\s+)?trước)\s+|(?P<incl>{LAST}\s*(?:là|vào|đến)?\s*|vào\s+|đến\s+)?)"
    rf"(?:{HOUR})?ngày\s+(?P<d>\d{{1,2}})\s+(?:của\s+)?tháng\s+(?P<which>cuối|đầu|giữa)\s+(?:của\s+)?"
    rf"(?:(?:{EVERY}|mỗi)\s+)?quý(?P<next>\s+(?:sau|tiếp theo|kế tiếp|liền kề))?",
    re.I,
)
_WEEKLY_REVERSED = re.compile(
    rf"{EVERY}\s+tuần\s*(?:,\s*)?(?:[^.;()\d]{{0,110}}\s+)?\(?\s*(?:(?P<excl>trước)\s+)?(?:{HOUR})?"
    r"(?:vào\s+|ngày\s+|chiều\s+|sáng\s+)*(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)",
    re.I,
)
_WEEKLY = re.compile(
    rf"(?:(?P<excl>trước)\s+)?(?:{HOUR})?(?:ngày\s+)?(?:vào\s+)?"
    rf"(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+{EVERY}\s+tuần",
    re.I,
)
_MONTHS_WEEKDAY = re.compile(
    rf"(?:(?:vào|chậm nhất|{LAST})\s+(?:là\s+)?(?:vào\s+)?)?(?:(?:sáng|chiều)\s+)?(?:ngày\s+)?"
    r"(?:(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?:\s+(?:của\s+)?tuần)?|(?P<work>ngày làm việc|làm việc)|(?P<any>ngày))\s+"
    r"(?P<nth>cuối(?:\s+cùng)?|đầu(?:\s+tiên)?|thứ\s+(?:nhất|hai|ba|tư))\s+(?:của\s+|trong\s+)?"
    rf"(?:{EVERY}\s+)?tháng(?!\s*\d|\s+(?:sau|trước|này))(?P<every>\s+{EVERY}\s+tháng)?",
    re.I,
)  # "thứ Hai tuần cuối mỗi tháng", "ngày làm việc cuối cùng của tháng"
_ORDINAL = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4}
_DAILY = re.compile(
    r"(?:trước|vào|lúc)\s+\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?(?:\s+và\s+\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2})?)?\s+"
    r"(?:hằng|hàng|mỗi)\s+ngày|(?:hằng|hàng|mỗi)\s+ngày\s*,?\s*(?:[^.;()\d]{1,60}?\s)?(?:chậm nhất\s+)?trước\s+\d{1,2}\s*(?:giờ|h)"
    r"(?:\s*\d{1,2}(?:\s*phút)?)?(?!\s*,?\s*(?:ngày|thứ)|\d)",
    re.I,
)


def periodic(text: str, years: Years) -> Iterator[TimeMention]:
    """Days of every quarter, month, week, and terms of every day."""
    for m in _QUARTERLY.finditer(text):
        day = int(m["d"]) - (1 if m["excl"] and not m["hour"] else 0)
        months = {"cuối": "3,6,9,12", "đầu": "1,4,7,10", "giữa": "2,5,8,11"}[m["which"].lower()]
        if 0 < day <= 31:
            yield mention(
                m,
                "quarterly-day",
                recurrence=f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}",
                boundary="exclusive" if m["excl"] else "inclusive",
            )
    for pattern in (_MONTHLY, _MONTHLY_REVERSED):
        for m in pattern.finditer(text):
            day = int(m["d"]) - (1 if m["excl"] and not m.groupdict().get("hour") else 0)
            others = [int(d) - (1 if m["excl"] else 0) for d in re.findall(r"\d+", m.groupdict().get("d0") or "")]
            if day <= 31 and others == sorted({*others}) and (not others or others[-1] < day):
                rule = _monthly(day)
                if others:
                    rule = "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(str(-1 if d in (0, 31) else d) for d in [*others, day])
                yield mention(m, "monthly-day", recurrence=rule, boundary="exclusive" if m["excl"] else "inclusive")
    yield from _weekdays_of_months(text)
    for m in _DAILY.finditer(text):
        yield mention(m, "daily", recurrence="FREQ=DAILY")
    for m in (*_WEEKLY.finditer(text), *_WEEKLY_REVERSED.finditer(text)):
        code = weekday_code(m["day"], earlier=bool(m["excl"]) and not m["hour"])
        yield mention(m, "weekly-day", recurrence=f"FREQ=WEEKLY;BYDAY={code}")


def _weekdays_of_months(text: str) -> Iterator[TimeMention]:
    """A day of each month told by its weekday, or the month's first or last (working) day."""
    for m in _MONTHS_WEEKDAY.finditer(text):
        said = m["nth"].lower()
        nth = -1 if said.startswith("cuối") else 1 if said.startswith("đầu") else _ORDINAL[said.split()[-1]]
        if m["day"]:
            rule = f"FREQ=MONTHLY;BYDAY={nth}{weekday_code(m['day'])}"
        elif abs(nth) != 1 or (m["any"] and not re.search(rf"cùng|tiên|{EVERY}", m[0], re.I)):
            continue  # "những ngày cuối tháng" is no day
        else:
            rule = f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}" if m["work"] else f"FREQ=MONTHLY;BYMONTHDAY={nth}"
        yield mention(m, "monthly-weekday", recurrence=rule, boundary="inclusive")


def _monthly(day: int) -> str:
    """The rule for a day of each month; RFC 5545 skips months without it, so late days fall on the month's last."""
    if day in (0, 31):
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    if day > 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
    return f"FREQ=MONTHLY;BYMONTHDAY={day}"
