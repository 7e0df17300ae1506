"""The grammar of terms: last days, windows, recurrences, terms counted from an event (domain rule 5; GUIDE "deadlines")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pipeline.extraction.calendar import (
    Years,
    end_of_month,
    month_window,
    quarter_window,
    weekday_code,
)
from pipeline.extraction.mentions import TimeMention
from pipeline.text.folding import squeeze

_D = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<m>\d{1,2})(?:\s*[/.\-]\s*(?P<y>(?:19|20)\d\d))?(?![\d/]|\s*[-–/]?\s*[A-ZĐ]{2,}-)"
_DV = r"(?P<dv>(?:mùng\s+)?\d{1,2})\s+tháng\s+(?P<mv>\d{1,2})(?:\s+năm\s+(?P<yv>(?:19|20)\d\d)|\s*/\s*(?P<yv2>(?:19|20)\d\d))?"
_DAY = rf"(?:{_DV}|{_D})"
_LAST = r"(?:chậm nhất|muộn nhất|hạn cuối(?: cùng)?|hạn chót|thời hạn cuối cùng)"
_HOUR = r"(?:(?P<hour>\d{1,2})\s*(?:giờ|h)\s*(?:\d{1,2}(?:\s*phút)?)?\s*,?\s*)"
_EVERY = r"(?:hằng|hàng|mỗi)"
_ANCHOR = r"(?P<anchor>(?:kể\s+từ|từ|sau)\s+(?:ngày|khi|thời điểm|lúc)\s+[^.;,()\n]{2,80})"

_BEFORE = re.compile(
    rf"(?:(?P<latest>{_LAST})\s*(?:là|vào|đến)?\s*\(?\s*(?:{_LAST}\s*)?)?(?:[Tt]rước|TRƯỚC)\s+(?:{_HOUR})?(?:hết\s+)?(?:ngày\s+)?{_DAY}(?P<each>\s*(?:,\s*)?{_EVERY}\s+năm)?", re.I
)
_BY = re.compile(
    rf"(?:{_LAST}\s*(?:là|vào|đến|trong|:)?\s*(?:hết\s+)?(?:{_HOUR})?(?:hết\s+)?(?:ngày\s+)?|(?:đến|tới)\s+hết\s+(?:ngày\s+)?|không\s+(?:muộn|chậm)\s+hơn\s+(?:ngày\s+)?|(?<!từ )(?:đến|tới)\s+(?:{_HOUR.replace('hour', 'hour2')})?ngày\s+|trong\s+ngày\s+|(?:hoàn thành|xong|kết thúc)\s+(?:vào\s+|trong\s+)?(?:hết\s+)?ngày\s+|vào\s+ngày\s+|không quá ngày\s+){_DAY}(?P<each>\s*(?:,\s*)?{_EVERY}\s+năm)?", re.I
)
_SPAN = re.compile(
    rf"từ\s+(?:{_HOUR})?(?:ngày\s+)?(?P<d1>\d{{1,2}})\s*(?:[/.\-]\s*(?P<m1>\d{{1,2}})(?:\s*[/.\-]\s*(?P<y1>(?:19|20)\d\d))?)?\s+(?:đến|tới|-|–)\s+(?:hết\s+)?(?:ngày\s+)?{_D}", re.I
)
_MONTH = re.compile(
    r"(?P<cue>(?:(?:hoàn thành|xong|kết thúc|chậm nhất|ngay|,)\s+)?(?:trong|vào|hết|đến hết|trước|từ|đến|cuối|đầu|giữa)?\s*)(?<![^\W\d_])(?:tháng\s+|T(?=\d{1,2}/\d{4}))(?P<m>\d{1,2})(?:\s*(?:/|năm|-)\s*(?P<y>(?:19|20)\d\d))?(?![\d/])", re.I
)
_QUARTER = re.compile(
    r"(?P<cue>(?:trong|vào|hết|đến hết|trước|từ|cuối|đầu|giữa|hoàn thành)?\s*)(?<![^\W\d_])quý\s+(?P<q>IV|I{1,3}|[1-4])(?![^\W\d_])(?:\s*(?P<qsep>,|và|-|–|đến)\s*(?:quý\s+)?(?P<q2>IV|I{1,3}|[1-4])(?![^\W\d_]))?(?:\s*(?:/|năm|,\s*năm|-)\s*(?P<y>(?:19|20)\d\d))?", re.I
)
_HALF = re.compile(r"(?P<cue>(?:trong|hết|đến hết)\s+)?(?P<n>0?6|sáu|0?9|0?3)\s+tháng\s+(?P<part>đầu|cuối)\s+năm(?:\s+(?P<y>(?:19|20)\d\d))?", re.I)
_YEAR = re.compile(r"(?P<cue>trong|cả|hết|đến hết|trước|cuối|đầu|giữa|suốt|trong suốt|trong cả)\s+(?:cuối\s+)?năm\s+(?P<y>(?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d|\s*và những năm)", re.I)
_BARE_YEAR = re.compile(r"(?<![^\W\d_])năm\s+(?P<y>(?:19|20)\d\d)(?:\s*[-–]\s*(?P<y2>(?:19|20)\d\d))?", re.I)
_MONTHLY = re.compile(
    rf"(?:(?P<excl>(?:{_LAST}\s+)?trước)\s+|(?P<incl>{_LAST}\s*(?:là|vào|đến)?\s*|vào\s+|đến\s+|trong\s+)?)(?:{_HOUR})?ngày\s+(?P<d>\d{{1,2}})\s+(?:của\s+)?(?:{_EVERY}\s+tháng|tháng\s+(?:sau|kế tiếp|tiếp theo|liền kề))", re.I
)
_MONTHLY_REVERSED = re.compile(rf"{_EVERY}\s+tháng\s*(?:,|\()?\s*(?:[^.;()\d]{{0,90}}\s+)?(?:(?P<excl>(?:{_LAST}\s+)?trước)|(?P<incl>{_LAST}|vào|đến))\s+(?:là\s+|vào\s+)?ngày\s+(?P<d>\d{{1,2}})(?!\s*[/.\d]|\s+tháng)(?:\s+(?:của\s+)?(?:{_EVERY}\s+)?tháng)?", re.I)
_QUARTERLY = re.compile(
    rf"(?:(?P<excl>(?:{_LAST}\s+)?trước)\s+|(?P<incl>{_LAST}\s*(?:là|vào|đến)?\s*|vào\s+|đến\s+)?)(?:{_HOUR})?ngày\s+(?P<d>\d{{1,2}})\s+(?:của\s+)?tháng\s+(?P<which>cuối|đầu|giữa)\s+(?:của\s+)?(?:(?:{_EVERY}|mỗi)\s+)?quý(?P<next>\s+(?:sau|tiếp theo|kế tiếp|liền kề))?", re.I
)
_WEEKLY_REVERSED = re.compile(rf"{_EVERY}\s+tuần\s*(?:,\s*)?(?:[^.;()\d]{{0,70}}\s+)?\(?\s*(?:(?P<excl>trước)\s+)?(?:{_HOUR})?(?:vào\s+|chiều\s+|sáng\s+)*(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)", re.I)
_WEEKLY = re.compile(rf"(?:(?P<excl>trước)\s+)?(?:{_HOUR})?(?:ngày\s+)?(?:vào\s+)?(?P<day>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s+{_EVERY}\s+tuần", re.I)
_EVENT = re.compile(
    rf"(?P<cue>trong\s+(?:thời\s+hạn|thời\s+gian|vòng|hạn)|không\s+quá|chậm\s+nhất(?:\s+(?:là|sau|trong(?:\s+(?:vòng|thời hạn))?))?|sau|tối\s+đa|trong|ít\s+nhất)\s+(?:là\s+)?(?P<n>\d{{1,3}})\s*(?:\([^)]{{1,20}}\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|giờ\s+làm\s+việc|giờ|tuần|tháng|năm|phút)\s*,?\s*(?:{_ANCHOR}|(?P<ahead>trước\s+(?:(?:khi|ngày)\s+)?[^.;,()\n\d]{{2,60}}))", re.I
)
_WITHIN = re.compile(r"trong\s+(?:thời\s+hạn|vòng)\s+(?P<n>\d{1,3})\s+(?P<unit>ngày\s+làm\s+việc|ngày|giờ|tháng|tuần|phút)(?!\s*,?\s*(?:kể|từ|sau))", re.I)
_AHEAD = re.compile(r"trước\s+(?P<event>(?:(?:ngày|khi)\s+(?:kiểm tra|họp|diễn ra|tổ chức|khai mạc|trình|làm việc)|[Kk]ỳ|[Hh]ội nghị|[Ll]ễ|[Đđ]ại hội|[Pp]hiên)[^.;,\d]{0,40}?)\s+(?:ít nhất\s+|tối thiểu\s+)?(?P<n>\d{1,3})\s+(?P<unit>ngày\s+làm\s+việc|ngày|giờ)", re.I)
_EVENT_FRONT = re.compile(rf"(?P<n>\d{{1,3}})\s*(?:\([^)]{{1,20}}\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|giờ)\s*,?\s*(?P<anchor>kể\s+từ\s+(?:ngày|khi|thời điểm)\s+[^.;,()\n]{{2,80}})", re.I)
_ALWAYS = re.compile(r"(?<![^\W\d_])thường xuyên(?:\s*,?\s*liên tục)?(?![^\W\d_])|(?<![^\W\d_])liên tục(?![^\W\d_])", re.I)
_EVERY_BARE = re.compile(rf"(?P<cue>{_EVERY}|định kỳ(?: {_EVERY})?)\s+(?P<unit>năm|quý|tháng|tuần|ngày|0?6 tháng)(?![^\W\d_])", re.I)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_UNITS = {"ngày làm việc": "working_day", "ngày": "day", "giờ": "hour", "giờ làm việc": "working_hour", "tuần": "week", "tháng": "month", "năm": "year", "phút": "minute"}


def find_times(text: str, start: int, end: int, years: Years) -> list[TimeMention]:
    """Time expressions of text[start:end] in reading order, longest reading first, none overlapping. `years` settles a missing year."""
    found: list[TimeMention] = []
    taken: list[tuple[int, int]] = []
    window = text[start:end]
    low = window.lower()
    for finder, needs in _FINDERS:
        if not any(word in low for word in needs):
            continue
        for t in finder(window, years):
            if any(a < t.end and t.start < b for a, b in taken) and not (found and t.rule == "yearly-days" and found[-1].rule == t.rule and found[-1].start - start == t.start and found[-1].latest != t.latest) and not (found and t.rule == found[-1].rule == "in-quarter" and found[-1].start - start == t.start):
                continue
            taken.append((t.start, t.end))
            t.start += start
            t.end += start
            found.append(t)
    return sorted(found, key=lambda t: t.start)


def _mention(m: re.Match[str], rule: str, **values: object) -> TimeMention:
    words = m[0]
    lead = len(words) - len(words.lstrip(" ,("))
    kept = words.rstrip(" ,(")
    return TimeMention(m.start() + lead, m.start() + len(kept), squeeze(kept[lead:]), rule, **values)  # type: ignore[arg-type]


def _day(m: re.Match[str], years: Years) -> tuple[date | None, bool]:
    """The day of a match of _DAY and whether its year was inferred."""
    g = m.groupdict()
    d, mo = (g.get("dv") or g.get("d")), (g.get("mv") or g.get("m"))
    y = g.get("yv") or g.get("yv2") or g.get("y")
    d = re.sub(r"\D", "", d or "")
    try:
        if y:
            return date(int(y), int(mo or 0), int(d)), False
        return years.of_day(int(mo or 0), int(d)), True
    except ValueError:
        return None, False


def _days(text: str, years: Years) -> Iterator[TimeMention]:
    for pattern, exclusive in ((_BEFORE, True), (_BY, False)):
        for m in pattern.finditer(text):
            day, inferred = _day(m, years)
            if day is None or not exclusive and re.search(r"(?:tính|số liệu|lũy kế|luỹ kế|kể|hiệu lực|sinh)[^.;,]{0,30}$", text[max(0, m.start() - 36) : m.start()]):
                continue
            if "vào" == m[0][:3].lower() and not re.search(r"(?:hoàn thành|xong|gửi|nộp|báo cáo|trình)[^.;]{0,60}$", text[: m.start()]):
                continue
            timed = bool(m.groupdict().get("hour"))
            out = exclusive and not timed
            each = bool(m["each"])
            last = day - timedelta(days=1) if out else day
            rule = f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={-1 if last.month == 2 and last.day >= 28 else last.day}" if each else None
            yield _mention(m, "before-day" if exclusive else "by-day", latest=last.isoformat(), stated_day=day.isoformat(), boundary="exclusive" if out else "inclusive", year_inferred=inferred, recurrence=rule, confidence=0.97 if not inferred else 0.9)


_MONTH_SPAN = re.compile(r"từ\s+(?:đầu\s+)?tháng\s+(?P<m1>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y1>(?:19|20)\d\d))?\s+(?:đến|tới|-|–)\s+(?:hết\s+)?tháng\s+(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>(?:19|20)\d\d)", re.I)
_MONTHS = re.compile(r"(?:trong\s+)?(?:tháng\s+|T)(?P<m1>\d{1,2})\s*(?P<sep>-|–|đến|,|và)\s*(?:tháng\s+|T)?(?P<m>\d{1,2})\s*(?:/|năm)\s*(?P<y>(?:19|20)\d\d)", re.I)
_DAILY = re.compile(r"trước\s+\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?(?:\s+và\s+\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2})?)?\s+(?:hằng|hàng|mỗi)\s+ngày|(?:hằng|hàng|mỗi)\s+ngày\s*,?\s*(?:chậm nhất\s+)?trước\s+\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?", re.I)
_TWO_YEARLY = re.compile(r"(?P<excl>trước\s+)?ngày\s+(?P<d>\d{1,2})\s*(?:/|tháng)\s*(?P<m>\d{1,2})\s+và\s+(?:trước\s+)?(?:ngày\s+)?(?P<d2>\d{1,2})\s*(?:/|tháng)\s*(?P<m2>\d{1,2})\s+(?:hằng|hàng|mỗi)\s+năm", re.I)


def _spans(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _MONTH_SPAN.finditer(text):
        if 1 <= int(m["m1"]) <= 12 and 1 <= int(m["m"]) <= 12:
            low, high = date(int(m["y1"] or m["y"]), int(m["m1"]), 1), end_of_month(int(m["y"]), int(m["m"]))
            yield _mention(m, "from-to-month", earliest=low.isoformat(), latest=high.isoformat(), confidence=0.9)
    for m in _MONTHS.finditer(text):
        first, last = int(m["m1"]), int(m["m"])
        if 1 <= first < last <= 12 and (m["sep"] not in (",", "và") or last == first + 1):
            yield _mention(m, "in-months", earliest=date(int(m["y"]), first, 1).isoformat(), latest=end_of_month(int(m["y"]), last).isoformat(), bound=m[0].lower().startswith("trong"), confidence=0.85)
    for m in _TWO_YEARLY.finditer(text):
        for d, mo in ((m["d"], m["m"]), (m["d2"], m["m2"])):
            try:
                day = years.of_day(int(mo), int(d))
            except ValueError:
                continue
            if day:
                last = day - timedelta(days=1) if m["excl"] else day
                yield _mention(m, "yearly-days", latest=last.isoformat(), stated_day=day.isoformat(), recurrence=f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={last.day}", boundary="exclusive" if m["excl"] else "inclusive", year_inferred=True)
    for m in _SPAN.finditer(text):
        last, inferred = _day(m, years)
        if last is None:
            continue
        try:
            first = date(int(m["y1"] or last.year), int(m["m1"] or last.month), int(m["d1"]))
        except ValueError:
            continue
        if first <= last:
            yield _mention(m, "from-to", earliest=first.isoformat(), latest=last.isoformat(), stated_day=last.isoformat(), boundary="inclusive", year_inferred=inferred, confidence=0.85)


def _periodic(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _QUARTERLY.finditer(text):
        day = int(m["d"]) - (1 if m["excl"] and not m["hour"] else 0)
        months = {"cuối": "3,6,9,12", "đầu": "1,4,7,10", "giữa": "2,5,8,11"}[m["which"].lower()]
        if 0 < day <= 31:
            yield _mention(m, "quarterly-day", recurrence=f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}", boundary="exclusive" if m["excl"] else "inclusive")
    for pattern in (_MONTHLY, _MONTHLY_REVERSED):
        for m in pattern.finditer(text):
            day = int(m["d"]) - (1 if m["excl"] and not m.groupdict().get("hour") else 0)
            if day <= 28 or day in (29, 30, 31):
                yield _mention(m, "monthly-day", recurrence=_monthly(day), boundary="exclusive" if m["excl"] else "inclusive")
    for m in _DAILY.finditer(text):
        yield _mention(m, "daily", recurrence="FREQ=DAILY")
    for m in (*_WEEKLY.finditer(text), *_WEEKLY_REVERSED.finditer(text)):
        code = weekday_code(m["day"], earlier=bool(m["excl"]) and not m["hour"])
        yield _mention(m, "weekly-day", recurrence=f"FREQ=WEEKLY;BYDAY={code}")


def _monthly(day: int) -> str:
    """The rule for a day of each month; RFC 5545 skips months without it, so late days fall on the month's last."""
    if day in (0, 31):
        return "FREQ=MONTHLY;BYMONTHDAY=-1"
    if day > 28:
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
    return f"FREQ=MONTHLY;BYMONTHDAY={day}"


def _events(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _EVENT.finditer(text):
        anchor = m["anchor"] or m["ahead"]
        if not m["anchor"] and not m["ahead"]:
            continue
        if m["ahead"] and not re.match(r"trước\s+(?:khi|ngày)", m["ahead"], re.I) and "ít" not in m["cue"].lower():
            continue
        amount = int(m["n"]) * (-1 if m["ahead"] else 1)
        yield _mention(m, "from-event", amount=amount, amount_unit=_UNITS[squeeze(m["unit"].lower())], anchor=_event_words(anchor), confidence=0.92)
    for m in _WITHIN.finditer(text):
        yield _mention(m, "within", amount=int(m["n"]), amount_unit=_UNITS[squeeze(m["unit"].lower())], confidence=0.8)
    for m in _AHEAD.finditer(text):
        yield _mention(m, "before-event", amount=-int(m["n"]), amount_unit=_UNITS[squeeze(m["unit"].lower())], anchor=squeeze(m["event"]), confidence=0.8)
    for m in _EVENT_FRONT.finditer(text):
        yield _mention(m, "from-event", amount=int(m["n"]), amount_unit=_UNITS[squeeze(m["unit"].lower())], anchor=_event_words(m["anchor"]), confidence=0.85)


def _event_words(words: str) -> str:
    return squeeze(re.sub(r"^(?:kể\s+từ|từ|sau|trước)\s+", "", words, flags=re.I))


def _quarters(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _QUARTER.finditer(text):
        first, last = _ROMAN[m["q"].upper()], _ROMAN[(m["q2"] or m["q"]).upper()]
        year, inferred = (int(m["y"]), False) if m["y"] else (years.plan, True)
        if year is None or last < first:
            continue
        if m["q2"] and m["qsep"] in (",", "và") and last > first + 1:
            for quarter in (first, last):
                yield _windowed(m, *quarter_window(year, quarter), "quarter", inferred)
            continue
        low, high = quarter_window(year, first)[0], quarter_window(year, last)[1]
        yield _windowed(m, low, high, "quarter", inferred)


def _months(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _MONTH.finditer(text):
        month = int(m["m"])
        cue = m["cue"].strip().lower()
        if not 1 <= month <= 12 or re.search(r"(?:ngày|mùng)\s+\d{1,2}\s*$", text[max(0, m.start() - 12) : m.start() + len(m["cue"])]):
            continue
        if re.search(r"\d\s*$", text[max(0, m.start("cue") - 3) : m.start()]) and not cue:
            continue
        year, inferred = (int(m["y"]), False) if m["y"] else (years.of_month(month), True)
        if re.search(r"(?:mỗi|hằng|hàng)\s*$", text[max(0, m.start() - 6) : m.start() + len(m["cue"])], re.I):
            continue
        if year is None or cue in ("từ",) or re.search(r"từ\s*$", text[max(0, m.start() - 4) : m.start()]):
            continue
        low, high = month_window(year, month)
        if not cue and text[m.start() - 1 : m.start()] == "(" and text[m.end() : m.end() + 1] == ")":
            t = _windowed(m, low, high, "month", inferred)
            t.bound = True
            yield t
            continue
        yield _windowed(m, low, high, "month", inferred)


def _halves(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _HALF.finditer(text):
        year, inferred = (int(m["y"]), False) if m["y"] else (years.plan, True)
        n = {"sáu": 6}.get(m["n"].lower()) or int(m["n"])
        if year is None:
            continue
        low, high = (date(year, 1, 1), end_of_month(year, n)) if m["part"].lower() == "đầu" else (date(year, 13 - n, 1), date(year, 12, 31))
        t = _mention(m, "half-year", earliest=low.isoformat(), latest=high.isoformat(), year_inferred=inferred, bound=bool(m["cue"]), confidence=0.8)
        yield t


def _year_windows(text: str, years: Years) -> Iterator[TimeMention]:
    for m in _YEAR.finditer(text):
        year = int(m["y"])
        cue = m["cue"].lower()
        if cue == "trước":
            yield _mention(m, "before-year", latest=f"{year - 1}-12-31", boundary="exclusive", confidence=0.85)
        elif cue in ("hết", "đến hết", "cuối"):
            yield _mention(m, "end-of-year", latest=f"{year}-12-31", boundary="inclusive", confidence=0.8)
        elif cue == "đầu":
            yield _mention(m, "start-of-year", earliest=f"{year}-01-01", latest=None, bound=False, confidence=0.5)
        elif cue == "giữa":
            yield _mention(m, "mid-year", latest=f"{year}-06-30", confidence=0.6)
        else:
            yield _mention(m, "whole-year" if "cả" in cue or "suốt" in cue else "in-year", earliest=f"{year}-01-01", latest=f"{year}-12-31", continuous="cả" in cue or "suốt" in cue, confidence=0.95)


def _windowed(m: re.Match[str], low: date, high: date, rule: str, inferred: bool) -> TimeMention:
    """A month or quarter with its cue: "trước" ends before it, "hết" and "cuối" on its last day, "đầu" and "giữa" by BLDS Đ.146."""
    cue = m["cue"].strip().lower()
    sure = 0.93 if not inferred else 0.85
    if "trước" in cue:
        return _mention(m, f"before-{rule}", latest=(low - timedelta(days=1)).isoformat(), stated_day=low.isoformat(), boundary="exclusive", year_inferred=inferred, confidence=sure)
    if "hết" in cue or "cuối" in cue or "đến" in cue:
        return _mention(m, f"end-of-{rule}", latest=high.isoformat(), stated_day=high.isoformat(), boundary="inclusive", year_inferred=inferred, confidence=sure)
    if "đầu" in cue and rule == "month":
        return _mention(m, "start-of-month", earliest=low.isoformat(), latest=low.isoformat(), year_inferred=inferred, confidence=0.6)
    if "giữa" in cue and rule == "month":
        return _mention(m, "mid-month", earliest=low.isoformat(), latest=low.replace(day=15).isoformat(), year_inferred=inferred, confidence=0.6)
    return _mention(m, f"in-{rule}", earliest=low.isoformat(), latest=high.isoformat(), year_inferred=inferred, bound=bool(cue) and cue != ",", confidence=sure)


def _always(text: str, years: Years) -> Iterator[TimeMention]:
    """Adverbs that bind only on a line about time."""
    for m in _ALWAYS.finditer(text):
        yield _mention(m, "always", continuous=True, bound=False, confidence=0.9)


def _loose(text: str, years: Years) -> Iterator[TimeMention]:
    """What binds only on a line about time: bare years, bare days, "hằng năm"."""
    for m in re.finditer(rf"(?<![\d/])(?:ngày\s+)?{_DAY}", text):
        day, inferred = _day(m, years)
        if day and (not inferred or "ngày" in m[0].lower()):
            yield _mention(m, "bare-day", latest=day.isoformat(), stated_day=day.isoformat(), boundary="inclusive", year_inferred=inferred, bound=False, confidence=0.7)
    for m in _BARE_YEAR.finditer(text):
        yield _mention(m, "bare-year", earliest=f"{m['y']}-01-01", latest=f"{m['y2'] or m['y']}-12-31", bound=False, confidence=0.8)
    for m in _EVERY_BARE.finditer(text):
        unit = m["unit"].lower().lstrip("0")
        freq = {"năm": "FREQ=YEARLY", "quý": "FREQ=MONTHLY;INTERVAL=3", "tháng": "FREQ=MONTHLY", "tuần": "FREQ=WEEKLY", "ngày": "FREQ=DAILY", "6 tháng": "FREQ=MONTHLY;INTERVAL=6"}[unit]
        yield _mention(m, "every", recurrence=freq, bound=False, confidence=0.7)


# In order of trust; each with words one of which must stand in the line for the finder to be worth running.
_FINDERS: tuple[tuple[Callable[[str, Years], Iterator[TimeMention]], tuple[str, ...]], ...] = (
    (_events, ("ngày", "giờ", "tháng", "tuần", "phút")),
    (_periodic, ("hằng", "hàng", "mỗi", "quý", "tháng sau", "tháng kế", "tháng tiếp", "tháng liền")),
    (_spans, ("từ", "năm", "tháng")),
    (_days, ("trước", "nhất", "đến", "tới", "ngày", "xong", "hạn")),
    (_quarters, ("quý",)),
    (_months, ("tháng", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9")),
    (_halves, ("tháng",)),
    (_year_windows, ("năm",)),
    (_always, ("thường xuyên", "liên tục")),
    (_loose, ("/", "năm", "ngày", "hằng", "hàng", "mỗi", "định kỳ", "-")),
)
