"""The period that a report is for: "báo cáo quý", "định kỳ 6 tháng", "đột xuất" (domain rule 4.1 report)."""

from __future__ import annotations

import re

from pipeline.data import load
from pipeline.extraction.mentions import TimeMention

_PERIOD = re.compile(
    r"(?<![^\W\d_])(0?6 tháng|sáu tháng|0?9 tháng|0?3 tháng|quý|tháng|(?<!đầu )(?<!cuối )năm|tuần|ngày|đột xuất|sơ kết|tổng kết)"
    r"(?![^\W\d_])(?!\s*\d)",
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


def standing_period(text: str, start: int, end: int) -> str | None:
    """The period of a report without a day in text[start:end]: after "định kỳ" or "hằng", else "đột xuất"."""
    window = text[max(start, end - 2_000) : end]
    m = _EVERY.search(window)
    if m:
        return _named(m[1])
    return "đột xuất" if "đột xuất" in window else None


def _named(word: str) -> str:
    names: dict[str, str] = load.table("report_words")["periods"]
    return names.get(word.lower(), word.lower())


def without_windows(times: list[TimeMention]) -> list[TimeMention]:
    """Without the windows that only bound another term, which comes again until their end."""
    ends = {t.recurrence.rpartition("UNTIL=")[2] for t in times if t.recurrence and "UNTIL=" in t.recurrence}
    return [t for t in times if t.recurrence or (t.latest or "").replace("-", "") not in ends]
