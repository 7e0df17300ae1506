"""The period that a report is for: "báo cáo quý", "định kỳ 6 tháng", "đột xuất" (domain rule 4.1 report)."""

from __future__ import annotations

import re

from pipeline.data import load
from pipeline.extraction.mentions import TimeMention

_YOU = r"cơ quan|đơn vị|vị|ông|bà|sở|bộ|ban|công ty|trường|doanh nghiệp|phụ huynh|đại biểu|báo"  # "Quý cơ quan" is no quarter
_PERIOD = re.compile(
    rf"(?<![^\W\d_])(0?6 tháng|sáu tháng|0?9 tháng|0?3 tháng|quý(?!\s+(?:{_YOU})(?![^\W\d_]))|tháng|(?<!đầu )(?<!cuối )năm|tuần"
    r"|(?:(?<=hằng )|(?<=hàng )|(?<=mỗi ))ngày|đột xuất|sơ kết|tổng kết)(?![^\W\d_])(?!\s*\d)",
    re.I,
)
_EVERY = re.compile(
    r"(?:định kỳ|hằng|hàng|mỗi)\s*,?\s*(?:\(?hằng\s+|hàng\s+)?"  # "định kỳ (hằng quý)"
    r"(0?6 tháng|0?9 tháng|quý|tháng|năm|tuần)",
    re.I,
)


def last_period(text: str, start: int, end: int) -> str | None:
    """The period named last in text[start:end], in one spelling, or None."""
    found = list(_PERIOD.finditer(text, start, end))
    return _named(found[-1][1]) if found else None


_COMPLETES = re.compile(r"(?<![^\W\d_])(?:hoàn thành|xong|kết thúc)(?![^\W\d_])")  # a day for work, not for a report
_FOR = re.compile(r"\s*\(\s*(?:đối với|với|cho)?\s*(?:báo cáo|kỳ)\s[^()]{1,40}\)")  # "trước ngày 15/6 (đối với báo cáo 6 tháng)"


def listed_periods(text: str, start: int, times: list[TimeMention]) -> list[str]:
    """As in "Định kỳ 6 tháng, năm báo cáo X trước ngày 20/6 và 20/12": the periods named before the days, one for each, or []."""
    if len(times) < 2 or last_period(text, times[0].end, times[-1].start):
        return []
    named = [_named(m[1]) for m in _PERIOD.finditer(text, start, times[0].start)]
    return named if len(set(named)) == len(named) == len(times) else []


_OF_RULE = {"FREQ=WEEKLY": "tuần", "FREQ=DAILY": "ngày"}


def period_of(text: str, start: int, time: TimeMention) -> str | None:
    """The period of a report due at `time`: the one named last between `start` and it, or in its own words, or as often as it comes."""
    behind = _FOR.match(text, time.end)
    named = (last_period(text, time.end, behind.end()) if behind else None) or last_period(text, start, time.start)
    if named or time.rule == "yearly-days":  # "trước ngày 10/6 và 10/12 hằng năm" is for half years
        return named
    named = standing_period(text, time.start, time.end)
    if named or not time.recurrence:
        return named
    freq = time.recurrence.partition(";")[0]
    if "BYMONTH=" in time.recurrence and time.recurrence.count(",") >= 3:
        return "quý"
    return "tháng" if time.recurrence.startswith("FREQ=MONTHLY;BY") else _OF_RULE.get(freq)


def standing_period(text: str, start: int, end: int) -> str | None:
    """The period of a report without a day in text[start:end]: after "định kỳ" or "hằng", else "đột xuất"."""
    window = text[max(start, end - 2_000) : end]
    m = _EVERY.search(window)
    if m:
        return _named(m[1])
    return "đột xuất" if "đột xuất" in window else None


def has_period(text: str, start: int, end: int) -> bool:
    """Does text[start:end] say how often something comes ("định kỳ", "hằng tháng")?"""
    return _EVERY.search(text, start, end) is not None


def in_parallel(text: str, clauses: list[tuple[int, int]]) -> bool:
    """Are the clauses before a report, as offsets, short ones that give days of the same report: "6 tháng (trước ngày ...); năm (trước
    ngày ...) báo cáo ..."?"""
    return bool(clauses) and all(end - start < 70 and not _COMPLETES.search(text, start, end) for start, end in clauses)


def _named(word: str) -> str:
    names: dict[str, str] = load.table("report_words")["periods"]
    return names.get(word.lower(), word.lower())


def without_windows(times: list[TimeMention]) -> list[TimeMention]:
    """Without the windows that only bound another term, which comes again until their end."""
    ends = {t.recurrence.rpartition("UNTIL=")[2] for t in times if t.recurrence and "UNTIL=" in t.recurrence}
    return [t for t in times if t.recurrence or (t.latest or "").replace("-", "") not in ends]
