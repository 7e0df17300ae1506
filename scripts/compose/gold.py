"""From the sheet to the gold record: what a document says once, about itself and about what it cites, is brought together here."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from .sheet import Entry, Sheet

_TIME = re.compile(
    r"ngày(?: {6})? \d{1,2} tháng \d{1,2} năm \d{4}|ngày {6} tháng \d{1,2} năm \d{4}|tháng \d{1,2} năm \d{4}"
    r"|ngày \d{1,2}/\d{1,2}/\d{4}|(?<![\d/])\d{1,2}/\d{1,2}/\d{4}(?![\d/])"
    r"|giai đoạn \d{4}\s?-\s?\d{4}|6 tháng đầu năm \d{4}|những tháng cuối năm|năm \d{4}(?!\s?-)(?![\d/])"
)


def entities(sheet: Sheet, text: str) -> list[tuple[int, int, str]]:
    """Entity spans in order, without overlaps; dates and years not written as deadlines (of cited documents, in titles) are TIME too."""
    spans = sorted(set(sheet.spans))
    taken = [(start, end) for start, end, _ in spans]
    result = list(spans)
    i = 0
    for match in _TIME.finditer(text):
        start, end = match.span()
        while i < len(taken) and taken[i][1] <= start:
            i += 1
        if i < len(taken) and taken[i][0] < end:
            continue
        result.append((start, end, "TIME"))
    return sorted(result)


def _quote(text: str, start: int, end: int) -> str:
    """Five to twelve words around a place, on one line."""
    left, right = start, end
    for _ in range(4):
        at = text.rfind(" ", 0, max(0, left - 1)) + 1
        if "\n" in text[at:left]:
            left = text.rfind("\n", 0, left) + 1
            break
        left = at
    for _ in range(4):
        at = text.find(" ", right + 1)
        stop = text.find("\n", right)
        if at < 0 or 0 <= stop < at:
            right = stop if stop >= 0 else len(text)
            break
        right = at
    return " ".join(text[left:right].split()[:14])


def _settle_citations(citations: list[Entry]) -> list[Entry]:
    """A bare repeat takes the date and issuer given elsewhere for its number, if one only (gold/GUIDE.md); returns the inconsistencies."""
    dates: dict[str, set[str]] = defaultdict(set)
    issuers: dict[str, set[str]] = defaultdict(set)
    for c in citations:
        key = c["number"] or c["name"]
        if c["issued_on"]:
            dates[key].add(c["issued_on"])
        if c["issuer"]:
            issuers[key].add(c["issuer"])
    for c in citations:
        key = c["number"] or c["name"]
        if not c["issued_on"] and len(dates[key]) == 1:
            c["issued_on"] = next(iter(dates[key]))
        if not c["issuer"] and c["number"] and len(issuers[key]) == 1:
            c["issuer"] = next(iter(issuers[key]))
    return [
        {"kind": "date_conflict", "about": key, "detail": " / ".join(sorted(found))}
        for key, found in dates.items()
        if len({d for d in found if len(d) == 10}) > 1
    ]


def _once(entries: list[Entry]) -> list[Entry]:
    """One assignment for each section, unit and role."""
    seen: dict[tuple[str, str, str], Entry] = {}
    for entry in entries:
        key = (entry["section"], entry["unit"].lower(), entry["role"])
        if key in seen:
            if not entry.get("optional"):
                seen[key].pop("optional", None)
        else:
            seen[key] = entry
    return list(seen.values())


def _sections(sheet: Sheet, end: int) -> list[Entry]:
    result = []
    found = sheet.sections
    for i, (path, title, start) in enumerate(found):
        stop = end
        for other, _, at in found[i + 1 :]:
            if not other.startswith(path + "."):
                stop = at
                break
        result.append({"path": path, "title": title, "start": start, "end": stop})
    return result


def gold_record(name: str, document: dict[str, Any], sheet: Sheet, text: str) -> dict[str, Any]:
    """The complete gold record of gold/GUIDE.md, with "sections" and the offsets of every entry besides."""
    inconsistencies = _settle_citations(sheet.citations)
    if document["draft"]:
        inconsistencies += [
            {"kind": "missing_number", "about": "number", "detail": document["number"]},
            {"kind": "missing_date", "about": "issued_on", "detail": document["issued_on"]},
        ]
    sheet.assignments = _once(sheet.assignments)
    for entries in (sheet.citations, sheet.assignments, sheet.deadlines, sheet.reports):
        for entry in entries:
            entry["quote"] = _quote(text, entry["start"], entry["end"])
    return {
        "source": f"{name}.txt",
        "document": document,
        "sections": _sections(sheet, len(text)),
        "citations": sheet.citations,
        "assignments": sheet.assignments,
        "deadlines": sheet.deadlines,
        "reports": sheet.reports,
        "inconsistencies": inconsistencies,
    }
