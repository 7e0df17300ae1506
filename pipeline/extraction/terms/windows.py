"""Months, quarters, halves and years as windows: "trong tháng 6", "hết quý II", "cả năm 2025" (domain rule 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.extraction.calendar import Years, end_of_month, month_window, quarter_window
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.parts import mention

_MONTH = re.compile(
    r"(?P<cue>(?:(?:hoàn thành|xong|kết thúc|chậm nhất|ngay|,)\s+)?"
    r"(?:trong|vào|hết|đến hết|trước|từ|đến|cuối|đầu|giữa)?\s*)(?<![^\W\d_])(?:tháng\s+|T(?=\d{1,2}/\d{4}))"
    r"(?P<m>\d{1,2})(?:\s*(?:/|năm|-)\s*(?P<y>(?:19|20)\d\d))?(?![\d/])",
    re.I,
)
_QUARTER = re.compile(
    r"(?P<cue>(?:trong|vào|hết|đến hết|trước|từ|cuối|đầu|giữa|hoàn thành)?\s*)(?<![^\W\d_])quý\s+"
    r"(?P<q>IV|I{1,3}|[1-4])(?!\w)(?:\s*(?P<qsep>,|và|-|–|đến)\s*(?:quý\s+)?(?P<q2>IV|I{1,3}|[1-4])"
    r"(?![^\W\d_]))?(?:\s*(?:/|năm|,\s*năm|-)\s*(?P<y>(?:19|20)\d\d))?",
    re.I,
)
_HALF = re.compile(
    r"(?P<cue>(?:trong|hết|đến hết)\s+)?(?P<n>0?6|sáu|0?9|0?3)\s+tháng\s+(?P<part>đầu|cuối)\s+năm"
    r"(?:\s+(?P<y>(?:19|20)\d\d))?",
    re.I,
)
_YEAR = re.compile(
    r"(?P<cue>trong|cả|vào|hết|đến hết|trước|cuối|đầu|giữa|suốt|trong suốt|trong cả)\s+(?:cuối\s+)?năm\s+"
    r"(?P<y>(?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)\d\d|\s*và những năm)",
    re.I,
)
_SESSION = re.compile(r"(?:kỳ họp|phiên họp|hội nghị)\s+(?:[^.;:,()\d]{0,24}\s)?$", re.I)  # "kỳ họp giữa năm 2026" names a session
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def quarters(text: str, years: Years) -> Iterator[TimeMention]:
    """Quarters, one, two or a run of them."""
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
        if not m["q2"] and m["cue"].strip().lower() == "từ":
            bound = _begins(text, m, low, years)
            yield mention(m, "from-quarter", earliest=low.isoformat(), year_inferred=inferred, bound=bound, confidence=0.8)
            continue
        yield _windowed(m, low, high, "quarter", inferred)


def months(text: str, years: Years) -> Iterator[TimeMention]:
    """Months with their cue; `years` settles a missing year."""
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
        if year and cue == "từ" and not re.match(r"\s*(?:đến|tới|-|–)", text[m.end() : m.end() + 6]):
            low = month_window(year, month)[0]
            bound = _begins(text, m, low, years)
            yield mention(m, "from-month", earliest=low.isoformat(), year_inferred=inferred, bound=bound, confidence=0.8)
            continue
        if year is None or cue == "từ" or re.search(r"từ\s*$", text[max(0, m.start() - 4) : m.start()]):
            continue
        low, high = month_window(year, month)
        if not cue and text[m.start() - 1 : m.start()] == "(" and text[m.end() : m.end() + 1] == ")":
            t = _windowed(m, low, high, "month", inferred)
            t.bound = True
            yield t
            continue
        yield _windowed(m, low, high, "month", inferred)


_TOLD = re.compile(r"(?<![^\W\d_])(?:đã|hằng|hàng|mỗi|định kỳ|tồn đọng)(?![^\W\d_])", re.I)


def _begins(text: str, m: re.Match[str], low: date, years: Years) -> bool:
    """As in "..., phát sóng từ tháng 4/2026.": does work named in the clause begin then, at its end, not before the document? What comes
    again has days of its own."""
    clause = re.split(r"[.;:]\s", text[max(0, m.start() - 300) : m.start()])[-1]
    ends = re.match(r"\s*(?:[.;]|\.?/|$)", text[m.end() : m.end() + 4])
    return bool(years.issued and low >= years.issued.replace(day=1) and clause.strip() and ends and not _TOLD.search(clause))


_PART = re.compile(
    r"(?:trong\s+|vào\s+)?(?:(?P<n>\d{1,2})\s+ngày|(?P<half>nửa)|(?P<week>tuần)|(?P<third>thượng|trung|hạ)\s+tuần)(?:\s+(?P<part>đầu|cuối))?"
    r"(?:\s+(?P<nth>tiên|thứ\s+(?:nhất|hai|ba|tư)))?\s+(?:của\s+)?tháng\s+(?P<m>\d{1,2})(?:\s*(?:/|năm)\s*(?P<y>(?:19|20)\d\d))?(?![\d/])",
    re.I,
)
_THIRDS = {"thượng": (1, 10), "trung": (11, 20), "hạ": (21, 31)}


def month_parts(text: str, years: Years) -> Iterator[TimeMention]:
    """A part of a month: "10 ngày cuối tháng 10/2025", "nửa đầu tháng 01/2026", "tuần đầu tháng 3", "trung tuần tháng 5"."""
    for m in _PART.finditer(text):
        month = int(m["m"])
        year, inferred = (int(m["y"]), False) if m["y"] else (years.of_month(month) if 1 <= month <= 12 else None, True)
        if year is None or not 1 <= month <= 12 or (m["part"] is None) == (m["third"] is None) or m["nth"]:
            continue
        low, high = month_window(year, month)
        if m["third"]:
            first, last = _THIRDS[m["third"].lower()]
        else:
            length = int(m["n"]) if m["n"] else 15 if m["half"] else 7
            first, last = (1, length) if m["part"].lower() == "đầu" else (high.day - length + 1, high.day)
            if m["half"] and first > 1:
                first = 16
        if not 1 <= first <= last:
            continue
        yield mention(
            m,
            "part-of-month",
            earliest=low.replace(day=first).isoformat(),
            latest=low.replace(day=min(last, high.day)).isoformat(),
            year_inferred=inferred,
            bound=m[0][:4].lower() in ("tron", "vào "),
            confidence=0.85,
        )


def halves(text: str, years: Years) -> Iterator[TimeMention]:
    """Six, nine or three months at the start or end of a year."""
    for m in _HALF.finditer(text):
        year, inferred = (int(m["y"]), False) if m["y"] else (years.plan, True)
        n = {"sáu": 6}.get(m["n"].lower()) or int(m["n"])
        if year is None:
            continue
        low, high = (date(year, 1, 1), end_of_month(year, n)) if m["part"].lower() == "đầu" else (date(year, 13 - n, 1), date(year, 12, 31))
        t = mention(
            m, "half-year", earliest=low.isoformat(), latest=high.isoformat(), year_inferred=inferred, bound=bool(m["cue"]), confidence=0.8
        )
        yield t


def year_windows(text: str, years: Years) -> Iterator[TimeMention]:
    """Years with a cue ("trong", "hết", "cả")."""
    for m in _YEAR.finditer(text):
        year = int(m["y"])
        cue = m["cue"].lower()
        if cue in ("đầu", "giữa") and _SESSION.search(text, max(0, m.start() - 40), m.start()):
            continue
        if cue == "trước":
            yield mention(m, "before-year", latest=f"{year - 1}-12-31", boundary="exclusive", confidence=0.85)
        elif cue in ("hết", "đến hết", "cuối"):
            yield mention(m, "end-of-year", latest=f"{year}-12-31", boundary="inclusive", confidence=0.8)
        elif cue == "đầu":
            yield mention(m, "start-of-year", earliest=f"{year}-01-01", latest=None, bound=False, confidence=0.5)
        elif cue == "giữa":
            yield mention(m, "mid-year", latest=f"{year}-06-30", confidence=0.6)
        else:
            yield mention(
                m,
                "whole-year" if "cả" in cue or "suốt" in cue else "in-year",
                earliest=f"{year}-01-01",
                latest=f"{year}-12-31",
                continuous="cả" in cue or "suốt" in cue,
                confidence=0.95,
            )


def _windowed(m: re.Match[str], low: date, high: date, rule: str, inferred: bool) -> TimeMention:
    """A month or quarter with its cue: "trước" ends before it, "hết" and "cuối" on its last day, "đầu" and "giữa" by BLDS Đ.146."""
    cue = m["cue"].strip().lower()
    sure = 0.93 if not inferred else 0.85
    if "trước" in cue:
        return mention(
            m,
            f"before-{rule}",
            latest=(low - timedelta(days=1)).isoformat(),
            stated_day=low.isoformat(),
            boundary="exclusive",
            year_inferred=inferred,
            confidence=sure,
        )
    if "hết" in cue or "cuối" in cue or "đến" in cue:
        return mention(
            m,
            f"end-of-{rule}",
            latest=high.isoformat(),
            stated_day=high.isoformat(),
            boundary="inclusive",
            year_inferred=inferred,
            confidence=sure,
        )
    if "đầu" in cue and rule == "month":
        return mention(m, "start-of-month", earliest=low.isoformat(), latest=low.isoformat(), year_inferred=inferred, confidence=0.6)
    if "giữa" in cue and rule == "month":
        return mention(
            m, "mid-month", earliest=low.isoformat(), latest=low.replace(day=15).isoformat(), year_inferred=inferred, confidence=0.6
        )
    return mention(
        m,
        f"in-{rule}",
        earliest=low.isoformat(),
        latest=high.isoformat(),
        year_inferred=inferred,
        bound=bool(cue) and cue != ",",
        confidence=sure,
    )
