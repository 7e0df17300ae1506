"""Terms counted from an event, or ahead of one: "trong 5 ngày làm việc kể từ ngày ..." (domain rule 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extraction.calendar import Years
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.terms.parts import mention
from pipeline.text.folding import squeeze

_COUNT = r"(?<![\d.,])(?P<n>\d{1,3}(?:\.\d{3})+|\d{1,4})"  # thousands with a point: "1.095 ngày"
_ANCHOR = r"(?P<anchor>(?:kể\s+từ|từ|sau)\s+(?:ngày|khi|thời điểm|lúc)\s+[^.;,()\n]{2,80})"
_EVENT = re.compile(
    r"(?P<cue>trong\s+(?:thời\s+hạn|thời\s+gian|vòng|hạn)|không\s+quá|(?:chậm|muộn)\s+nhất"
    r"(?:\s+(?:là|sau|trong(?:\s+(?:vòng|thời hạn))?))?|sau|tối\s+đa|trong|ít\s+nhất|tối\s+thiểu)\s+(?:là\s+)?"
    rf"{_COUNT}\s*(?:\([^)]{{1,20}}\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|giờ\s+làm\s+việc|giờ|tuần"
    rf"|tháng|năm|phút)\s*,?\s*(?:{_ANCHOR}|(?P<ahead>trước\s+(?:(?:khi|ngày)\s+)?[^.;,()\n\d]{{2,60}}))",
    re.I,
)
_AT_LEAST = re.compile(r"ít|tối\s+thiểu|(?:chậm|muộn)", re.I)
_WITHIN = re.compile(
    rf"trong\s+(?:thời\s+hạn|vòng)\s+{_COUNT}\s+(?P<unit>ngày\s+làm\s+việc|ngày|giờ|tháng|tuần|phút)"
    r"(?!\s*,?\s*(?:kể|từ|sau))",
    re.I,
)
_AHEAD = re.compile(
    r"trước\s+(?P<event>(?:(?:ngày|khi)\s+(?:kiểm tra|họp|diễn ra|tổ chức|khai mạc|trình|làm việc)|[Kk]ỳ"
    rf"|[Hh]ội nghị|[Ll]ễ|[Đđ]ại hội|[Pp]hiên)[^.;,\d]{{0,40}}?)\s+(?:ít nhất\s+|tối thiểu\s+)?{_COUNT}\s+"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|giờ)",
    re.I,
)
_EVENT_FRONT = re.compile(
    rf"{_COUNT}\s*(?:\([^)]{{1,20}}\)\s*)?(?P<unit>ngày\s+làm\s+việc|ngày|giờ)\s*,?\s*"
    r"(?P<anchor>kể\s+từ\s+(?:ngày|khi|thời điểm)\s+[^.;,()\n]{2,80})",
    re.I,
)
_AFTER = re.compile(
    r"(?P<anchor>sau\s+khi\s+[^.;,()\n\d]{2,50}?)(?<!ít nhất)(?<!tối thiểu)(?<!hơn)(?<!trên)\s+"
    rf"(?:(?:chậm|muộn)\s+nhất\s+|không\s+quá\s+|tối\s+đa\s+|trong\s+(?:vòng\s+)?)?{_COUNT}"
    r"\s+(?P<unit>ngày\s+làm\s+việc|ngày|giờ)(?![^\W\d_])(?!\s+(?:ngày\s+)?\d|\s*/)",
    re.I,
)  # "sau khi kết thúc nhiệm vụ 05 ngày làm việc"
_UNITS = {
    "ngày làm việc": "working_day",
    "ngày": "day",
    "giờ": "hour",
    "giờ làm việc": "working_hour",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
    "phút": "minute",
}


def events(text: str, years: Years) -> Iterator[TimeMention]:
    """So many days (hours, months) from an event, ahead of one, or from nothing said."""
    for m in _EVENT.finditer(text):
        anchor = m["anchor"] or m["ahead"]
        if not m["anchor"] and not m["ahead"]:
            continue
        if m["ahead"] and not re.match(r"trước\s+(?:khi|ngày)", m["ahead"], re.I) and not _AT_LEAST.match(m["cue"]):
            continue
        amount = _count(m) * (-1 if m["ahead"] else 1)
        yield mention(
            m, "from-event", amount=amount, amount_unit=_UNITS[squeeze(m["unit"].lower())], anchor=_event_words(anchor), confidence=0.92
        )
    for m in _WITHIN.finditer(text):
        yield mention(m, "within", amount=_count(m), amount_unit=_UNITS[squeeze(m["unit"].lower())], confidence=0.8)
    for m in _AHEAD.finditer(text):
        yield mention(
            m,
            "before-event",
            amount=-_count(m),
            amount_unit=_UNITS[squeeze(m["unit"].lower())],
            anchor=squeeze(m["event"]),
            confidence=0.8,
        )
    for m in (*_EVENT_FRONT.finditer(text), *_AFTER.finditer(text)):
        yield mention(
            m,
            "from-event",
            amount=_count(m),
            amount_unit=_UNITS[squeeze(m["unit"].lower())],
            anchor=_event_words(m["anchor"]),
            confidence=0.85,
        )


def _event_words(words: str) -> str:
    return squeeze(re.sub(r"^(?:kể\s+từ|từ|sau|trước)\s+", "", words, flags=re.I))


def _count(m: re.Match[str]) -> int:
    return int(m["n"].replace(".", ""))
