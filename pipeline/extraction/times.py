"""The grammar of terms: last days, windows, recurrences, terms counted from an event (domain rule 5; GUIDE "deadlines")."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extraction.calendar import Years
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.days import days, near_days, spans
from pipeline.extraction.terms.events import events
from pipeline.extraction.terms.loose import always, loose
from pipeline.extraction.terms.recurring import periodic
from pipeline.extraction.terms.windows import halves, month_parts, months, quarters, year_windows


def find_times(text: str, start: int, end: int, years: Years) -> list[TimeMention]:
    """Time expressions of text[start:end] in reading order, longest reading first, none overlapping. `years` settles a missing year."""
    found: list[TimeMention] = []
    window = text[start:end]
    taken = bytearray(len(window))  # 1 where a term found before stands
    low = window.lower()
    for finder, needs in _FINDERS:
        if not any(word in low for word in needs):
            continue
        for t in finder(window, years):
            if (
                taken.find(1, t.start, t.end) >= 0
                and not (
                    found
                    and t.rule == "yearly-days"
                    and found[-1].rule == t.rule
                    and found[-1].start - start == t.start
                    and found[-1].latest != t.latest
                )
                and not (found and t.rule == found[-1].rule == "in-quarter" and found[-1].start - start == t.start)
            ):
                continue
            taken[t.start : t.end] = b"\1" * (t.end - t.start)
            t.start += start
            t.end += start
            found.append(t)
    return sorted(found, key=lambda t: t.start)


# In order of trust; each with words one of which must stand in the line for the finder to be worth running.
_FINDERS: tuple[tuple[Callable[[str, Years], Iterator[TimeMention]], tuple[str, ...]], ...] = (
    (events, ("ngày", "giờ", "tháng", "tuần", "phút")),
    (periodic, ("hằng", "hàng", "mỗi", "quý", "cuối", "đầu", "tháng sau", "tháng kế", "tháng tiếp", "tháng liền")),
    (spans, ("từ", "năm", "tháng", "/")),
    (days, ("trước", "nhất", "đến", "tới", "ngày", "xong", "hạn")),
    (near_days, ("hôm", "mai")),
    (month_parts, ("tháng",)),
    (quarters, ("quý",)),
    (months, ("tháng", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9")),
    (halves, ("tháng",)),
    (year_windows, ("năm",)),
    (always, ("thường xuyên", "liên tục")),
    (loose, ("/", "năm", "ngày", "hằng", "hàng", "mỗi", "định kỳ", "giai đoạn", "-")),
)
