"""Items below "... báo cáo về UBND tỉnh như sau:" that only give the days of the report above them (domain rule 4.1, report)."""

from __future__ import annotations

import re

from pipeline.data import load
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import TimeMention
from pipeline.extraction.reporting.verbs import ReportVerbs
from pipeline.text.folding import squeeze

_LONGEST = 14  # words of the name of a report


def report_of_item(text: str, view: LineView, times: list[TimeMention], verbs: ReportVerbs) -> str | None:
    """What the item names, "Báo cáo quý I" of "- Báo cáo quý I: trước ngày 15/3". None: the line is no such item. `times`: the terms of
    the line, in order."""
    s = view.s
    if not times or not (s.low[:2] == ["báo", "cáo"] or verbs.instalment(view, 0)):
        return None
    named = squeeze(text[s.at[0] : times[0].start])
    marked = bool(re.search(r"[:(]\s*$", named.rstrip(" ,") + " "))
    if len(named.split()) > _LONGEST or not (marked or _only_a_name(named)):
        return None
    if any(verbs.sendings(view, first, last) for first, last in view.clauses):
        return None
    return named.rstrip(" :,(")


def _only_a_name(words: str) -> bool:
    """Is there nothing but "báo cáo" and the period it is for?"""
    table = load.table("report_words")
    allowed = {"báo", "cáo", *table["instalments"], *table["behind_instalments"]}
    return all(word.strip(",") in allowed or word[0].isdigit() for word in words.lower().split())
