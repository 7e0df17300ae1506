"""Which time expressions bind somebody: those on time lines, those that follow an order; dates of other documents, of effect, of
data never do."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from pipeline.extraction.calendar import Years
from pipeline.extraction.citing.mention import CitationMention
from pipeline.extraction.clauses import LineView
from pipeline.extraction.labels import Label
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.since import not_before_start
from pipeline.extraction.times import find_times
from pipeline.layout.model import Line
from pipeline.text.folding import squeeze

_FAR = 2_000  # characters beside a term that are looked at
_EFFECT = re.compile(
    r"(?<![^\W\d_])(?:có hiệu lực|hiệu lực(?: thi hành)?|lũy kế|luỹ kế|tính đến|thời điểm|sinh ngày|họp ngày|được ký|áp dụng"
    r"|tổ chức ngày)\s+(?:[^.;,()]{0,40}\s)?$",
    re.I,
)  # what the day or window behind these words is of
_EVENT = re.compile(
    r"(?<![^\W\d_])(?:số liệu|cuộc họp|hội nghị|kỳ họp|thường lệ|phiên họp|phát sinh|(?<!đăng )ký|dự báo)\s+(?:[^.;,()]{0,14}\s)?$", re.I
)
_DAY_OF_EVENT = ("by-day", "from-to", "end-of-month", "in-year", "whole-year", "end-of-year", "mid-year", "half-year")
_ON_DAYS = ("weekly-day", "monthly-day", "monthly-weekday")
_COUNTED = re.compile(r"(?<![^\W\d_])(?:tính|chốt|chốt số liệu|lấy số liệu|số liệu lấy)\s+$", re.I)
_SPAN_OF_FIGURES = re.compile(
    r"(?<![^\W\d_])từ\s+ngày\s+[\d/.]+\s+(?:của\s+)?(?:tháng|năm|quý)\s+trước(?:\s+kỳ\s+báo\s+cáo)?[^.;:]{0,30}$", re.I
)  # "(Báo cáo 6 tháng) từ ngày 15/12 năm trước đến ngày 14/6"
_SURE_CUE = re.compile(r"(?:chậm nhất|muộn nhất|hạn cuối|hạn chót|trước|xong|hoàn thành)", re.I)
_YEARLY = re.compile(r"(?:hằng|hàng|mỗi) năm", re.I)
_TITLE_YEAR = re.compile(
    r"(?:[Kk]ế hoạch|[Cc]hương trình|[Nn]hiệm vụ|[Cc]hỉ tiêu|[Mm]ục tiêu|[Kk]ết quả|[Bb]áo cáo|[Cc]ông tác"
    r"|phong trào|mô hình)[^.;,]{0,60}$"
)
_GOAL_YEAR = re.compile(r"(?:phấn đấu|mục tiêu|đạt|tỷ lệ|chỉ tiêu|chỉ số)", re.I)
_CUT_OFF = re.compile(
    r"\s*,?\s*(?:(?:toàn|cả) (?:tỉnh|nước|ngành|xã|huyện|thành phố)\s+)?(?:[^\W\d_]+\s+){0,2}?"
    r"(?:mới|đã|chỉ|vẫn(?! (?:tiếp tục|phải))|còn(?! lại)|ước)(?![^\W\d_])"
)
_DONE = re.compile(r"(?<![^\W\d_])đã(?![^\W\d_])", re.I)
_STATE_THEN = re.compile(r"\s*,\s*(?:toàn|cả) (?:tỉnh|nước|ngành|xã|huyện|thành phố|phường|quốc)(?! (?:phải|hoàn thành|bảo đảm))")
_AROSE = re.compile(r"(?<![^\W\d_])(?:phát sinh|ban hành|thành lập|xảy ra|ký|cấp|giao|phê duyệt)\s+$")
_DONE_AFTER = re.compile(r"\s*,\s*[A-ZĐÀ-Ỹ][^.;:,]{2,90}\s(?:đã|chưa)\s")  # "Trước ngày 21/3/2024, Sở A đã hoàn thành ..."
_DAY_OF_REPORT = re.compile(
    r"[-+*\s]*(?:Báo cáo|Kỳ báo cáo|Đợt|Lần)\s[^.;:]{1,90}:\s*(?:(?:vào\s+)?ngày\s+[\d/.]+\s*(?:,|và)\s*)*(?:gửi\s+)?(?:vào\s+)?", re.I
)  # what stands before a day of "Báo cáo kết quả: ngày 24/02/2026 và ngày 28/02/2026"
_REVIEW_PAST = re.compile(r"(?<![^\W\d_])(?:đã|vừa qua|vẫn|mới)(?![^\W\d_])")


def line_times(text: str, view: LineView, labels: list[Label], citations: list[CitationMention], years: Years) -> list[TimeMention]:
    """The deadlines of one line, with section and line set."""
    line = view.line
    if line.zone not in ("body", "closing", "appendix") or line.path == "preamble":
        return []
    first = bisect_left(citations, line.start, key=lambda c: c.start)
    while first and line.start < citations[first - 1].end:
        first -= 1
    here = [c for c in citations[first : bisect_left(citations, line.end, key=lambda c: c.start)] if line.start < c.end]
    cited = bytearray(line.end - line.start)
    for c in here:
        span = slice(max(c.start - line.start, 0), min(max(c.tail, c.end), line.end) - line.start)
        cited[span] = b"\1" * len(cited[span])
    timed = [label for label in labels if label.role == "deadline"]
    found: list[TimeMention] = []
    for t in _merged(text, find_times(text, line.content, line.end, years)):
        if cited[t.start - line.start]:
            continue
        on_label = any(label.start <= t.start < label.end for label in timed)
        if t.rule == "bare-day" and _DAY_OF_REPORT.fullmatch(text, line.content, t.start):
            t.bound = True
        if t.year_inferred:
            t = not_before_start(text, line.content, t)
        if not on_label and not _binds(text, view, t, here, years.issued.isoformat() if years.issued else None):
            continue
        t.section, t.line = line.path, view.index
        if t.year_inferred and t.recurrence is None and _yearly_near(text, line.content, t):
            t.recurrence = "FREQ=YEARLY"
        found.append(t)
    found = [t for i, t in enumerate(found) if not any(_names_report(text, t, after) for after in found[i + 1 : i + 2])]
    _bounded(text, found)
    return _with_windows(text, found)


def _with_windows(text: str, times: list[TimeMention]) -> list[TimeMention]:
    """As in "15 giờ thứ Năm hằng tuần từ ngày 08/01/2026 đến hết ngày 12/02/2026": one term, from the first day of the window on. What is
    daily has no day of its own beside the window, which stays."""
    out: list[TimeMention] = []
    for t in times:
        last = out[-1] if out else None
        until = f"UNTIL={(t.latest or '-').replace('-', '')}"
        if (
            last
            and last.rule in _ON_DAYS
            and (last.recurrence or "").endswith(until)
            and re.fullmatch(r"[\s,(]*", text[last.end : t.start])
        ):
            out[-1] = replace(last, earliest=t.earliest, end=t.end, text=squeeze(text[last.start : t.end]))
        else:
            out.append(t)
    return out


def _names_report(text: str, t: TimeMention, after: TimeMention) -> bool:
    """As in "quý I trước ngày 10/3", "6 tháng (trước ngày 10/6)": is the window only what the report due on the next day is for?"""
    named = t.rule in ("in-quarter", "half-year") and re.match(r"quý|\d", t.text, re.I) is not None
    return named and after.rule in ("before-day", "by-day") and re.fullmatch(r"\s*[:(]?\s*", text[t.end : after.start]) is not None


def _bounded(text: str, times: list[TimeMention]) -> None:
    """As in "hằng tuần ..., từ tháng 11/2025 đến tháng 3/2026": what comes again ends with the window beside it (RFC 5545 UNTIL)."""
    windows = [t for t in times if t.rule in ("from-to", "from-to-month") and t.latest]
    for t in times:
        if t.recurrence is None or t.recurrence.startswith("FREQ=YEARLY") or "UNTIL" in t.recurrence:
            continue
        near = bisect_left(windows, t.start - _FAR, key=lambda w: w.start)
        for window in windows[near : bisect_right(windows, t.end + _FAR, key=lambda w: w.start)]:
            between = text[min(t.end, window.end) : max(t.start, window.start)]
            if not re.search(r"[;.]\s", between):
                t.recurrence += f";UNTIL={(window.latest or '').replace('-', '')}"
                break


def cell_times(text: str, start: int, end: int, years: Years) -> list[TimeMention]:
    """The deadlines of a table cell of a time column: every reading binds there."""
    year = re.fullmatch(r"\s*(?:19|20)(\d\d)\s*", text[start:end])
    if year:
        value = text[start:end].strip()
        return [TimeMention(start, end, value, "bare-year", earliest=f"{value}-01-01", latest=f"{value}-12-31", confidence=0.8)]
    return _merged(text, find_times(text, start, end, years))


def _merged(text: str, times: list[TimeMention]) -> list[TimeMention]:
    """As in "Thường xuyên trong năm 2025" is one expression; "hằng năm" beside a day gives it its recurrence."""
    out: list[TimeMention] = []
    for t in times:
        last = out[-1] if out else None
        gap = text[last.end : t.start] if last else ""
        if (
            last
            and last.rule == "always"
            and t.rule in ("in-year", "in-month", "in-quarter", "whole-year", "bare-year", "half-year")
            and re.fullmatch(r"[\s,(]*(?:hằng tháng|hằng quý)?\s*", gap)
        ):
            out[-1] = replace(t, start=last.start, text=squeeze(text[last.start : t.end]), continuous=True, bound=t.bound)
        elif (
            last
            and last.rule == "every"
            and t.latest
            and t.year_inferred
            and last.recurrence == "FREQ=YEARLY"
            and len(gap) < 40
            and not re.search(r"[.;]", gap)
        ):
            out[-1] = replace(
                t,
                recurrence="FREQ=YEARLY",
                text=squeeze(text[last.start : t.end]) if len(gap) < 4 else t.text,
                start=last.start if len(gap) < 4 else t.start,
            )
        elif (
            last
            and t.rule == "every"
            and last.latest
            and last.year_inferred
            and t.recurrence == "FREQ=YEARLY"
            and len(gap) < 12
            and ")" not in gap
        ):
            out[-1] = replace(last, recurrence="FREQ=YEARLY", text=squeeze(text[last.start : t.end]), end=t.end)
        elif last and last.rule == t.rule == "always" and len(gap) < 3:
            continue
        else:
            out.append(t)
    return out


def _binds(text: str, view: LineView, t: TimeMention, citations: list[CitationMention], issued: str | None) -> bool:
    """Outside a time line: an explicit day, window or term that somebody has to keep."""
    line = view.line
    if not t.bound or line.kind == "purpose":  # goals are not tasks
        return False
    before = text[max(line.content, t.start - _FAR) : t.start]
    if t.latest and issued and t.latest < issued and _past(text, before, t, line.path):
        return False
    if t.text[:3].lower() in ("đến", "tới") and _in_table_heading(text, line):
        return False
    if t.rule in ("by-day", "end-of-month") and _CUT_OFF.match(text, t.end):  # "đến ngày 30/6/2025 mới có 45 xã": the state of things
        return False
    if line.kind == "review" and t.latest and issued and t.latest < issued:
        return False
    if line.kind == "review" and (_REVIEW_PAST.search(before[-80:]) or t.rule in ("in-year", "whole-year", "in-quarter", "in-month")):
        return False
    if _EFFECT.search(before[-70:]) and t.rule != "from-event" and not _SURE_CUE.match(t.text):
        return False
    if t.rule in ("in-month", "in-quarter") and re.search(r"(?<!đăng )(?:ký|phát sinh)\s+$", before[-16:]):
        return False
    if _EVENT.search(before[-40:]) and t.rule in _DAY_OF_EVENT and not _SURE_CUE.match(t.text):
        return False
    if (
        t.rule in _DAY_OF_EVENT
        and (_COUNTED.search(before[-40:]) or _SPAN_OF_FIGURES.search(before[-160:]))
        and not _SURE_CUE.match(t.text)
    ):
        return False  # the span of the figures, not of the work
    if t.rule == "from-event" and re.search(r"có hiệu lực", text[max(0, t.start - 60) : t.start]):
        return False
    if re.search(r"có hiệu lực(?: thi hành)?(?: kể)?(?: từ)?\s*$", before[-40:]):
        return False
    if t.rule in ("in-year", "whole-year", "end-of-year", "before-year", "start-of-year", "mid-year"):
        clause = re.split(r"[;.]\s", before)[-1]
        titled = t.rule == "in-year" and not t.text.lower().startswith("vào ") and _TITLE_YEAR.search(clause)
        if (titled and line.zone != "closing") or (_GOAL_YEAR.search(clause) and line.zone != "closing"):
            return False
        cited = bisect_left(citations, t.start - len(clause), key=lambda c: c.start)
        if issued and t.earliest and t.earliest[:4] > issued[:4] and t.rule == "in-year":
            return True  # a year to come is no part of the name of what is cited
        if cited < len(citations) and citations[cited].end <= t.start:
            return False
    return True


def _in_table_heading(text: str, line: Line) -> bool:
    """Is the line the first row of a table? "Có mặt đến 31/8/2026" there is the day of the figures below."""
    above = text[: line.start].rstrip()
    return text.startswith("|", line.start) and not above.endswith("|")


def _past(text: str, before: str, t: TimeMention, path: str) -> bool:
    """Is a term that ended before the day of issue told of the past: "đã đề nghị gửi trước ngày 15/8", "phát sinh trước ngày 01/7"? A
    window is, and a day in a letter's opening; any other day only where what was done stands beside it."""
    if path == "body" or t.rule not in ("before-day", "by-day"):
        return True
    clause = re.split(r"[;.]\s", before)[-1]
    return bool(_STATE_THEN.match(text, t.end) or _DONE.search(clause) or _AROSE.search(before[-24:]) or _DONE_AFTER.match(text, t.end))


def _yearly_near(text: str, floor: int, t: TimeMention) -> bool:
    """Does the sentence say that the day comes back: "hằng năm ... trước ngày 15/11", "báo cáo công tác năm (trước ngày 31/10)"?"""
    before = re.split(r"[;.]\s|\d\)", text[max(floor, t.start - 140) : t.start])[-1]
    after = text[t.end : t.end + 24]
    return bool(
        _YEARLY.search(before)
        or _YEARLY.match(after.lstrip(" ,()"))
        or re.search(
            r"(?:công tác|báo cáo|định kỳ|,|;|và|kết quả|tổng kết)\s+năm\s*[(:]?\s*$|(?:công tác|báo cáo)\s+năm"
            r"(?![\s]+\d)[^;.]{0,70}\($",
            before,
        )
        or re.search(r"(?:^|[;,(])\s*năm\s*\(?\s*$", before)
    )
