"""What a duty to report says beside its days: the words for what is reported, and the unit it goes through (domain rule 4.1)."""

from __future__ import annotations

import re

from pipeline.data import load
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import Unit
from pipeline.text.folding import squeeze


def what_is_reported(text: str, verb: int, to: int, chained: bool, a: int, who: list[Unit]) -> str:
    """What is reported, in the document's words: from the end of the subject to the recipients, times in parentheses left out."""
    start = verb
    if not chained and to - verb < 16:
        ends = [u.end for u in who if a <= u.end < verb]
        start = max([a, *ends])
    start = max(start, to - 600)  # what is kept is shorter
    words = re.sub(r"\((?:trước|chậm)[^()]*\)", " ", text[start:to])
    words = re.sub(r"[\s,;(]*(?:về|gửi về|gửi|cho|đến|tới|lên|để)?[\s,(]*$", "", squeeze(words).lstrip(" ,;:-+"))
    if len(words) > 160:
        words = words[-160:].partition(" ")[2]
    return words.strip() or squeeze(text[verb:to]).rstrip(" ,(") or "báo cáo"


def channel(view: LineView, after: int, b: int, wide: bool = False) -> Unit | None:
    """The unit after "qua" close behind the recipients; `wide`: anywhere in the clause, which names none."""
    s = view.s
    for k in range(after, len(s) if wide else min(after + 14, len(s))):
        if s.at[k] >= b:
            break
        if s.low[k] == "qua" and k + 1 < len(s):
            units = view.parser.list_at(k + 1)
            if units:
                return units.units[0]
            return None
    return None


def advised(view: LineView, first: int) -> Unit | None:
    """As in "tham mưu Ban Thường vụ Tỉnh ủy ban hành quy định; trình trước ngày 30/6": whom the draft is for, before index `first`."""
    low = view.s.low
    for k in range(first - 1, 1, -1):
        if low[k - 2 : k] == ["tham", "mưu"] and (found := view.parser.units_at(k)):
            return found[0][0]
    return None


def mailbox(view: LineView, first: int, last: int) -> list[Unit]:
    """As in "gửi qua thư điện tử của Sở Nội vụ": whose mailbox or group the clause of syllables `first` to `last` - 1 sends to, or []."""
    low, boxes = view.s.low, load.table("report_words")["boxes"]
    for k in range(first + 2, last):
        if low[k] == "của" and any(low[k - len(box) : k] == box for box in (words.split() for words in boxes)):
            units = view.parser.list_at(k + 1)
            return list(units.units) if units else []
    return []
