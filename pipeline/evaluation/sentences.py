"""The sentence an error is about, so that it can be judged without opening the document."""

from __future__ import annotations

import re

from pipeline.evaluation.gold import Entry
from pipeline.evaluation.matching import Outcome
from pipeline.records import Record

WIDTH = 200


def sentence(outcome: Outcome, record: Record) -> str:
    """The words around the fact: where it was extracted, or where the gold entry's quote stands. Empty when the quote is not found."""
    if outcome.facts:
        return around(record.text, outcome.facts[0].start, outcome.facts[0].end)
    span = _find(outcome.entry, record) if outcome.entry else None
    return around(record.text, *span) if span else ""


def around(text: str, start: int, end: int) -> str:
    """The line that holds text[start:end], cut to some 200 characters around it."""
    first = max(text.rfind("\n", 0, start) + 1, end - WIDTH, 0) if end - start < WIDTH else start
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, first + WIDTH)
    line = " ".join(text[first:last].split())
    return ("… " if first and text[first - 1] != "\n" else "") + line + (" …" if last < len(text) and text[last] != "\n" else "")


def _find(entry: Entry, record: Record) -> tuple[int, int] | None:
    """The quote in the entry's section, else anywhere; spaces and emphasis marks may differ."""
    quote = str(entry.get("quote") or entry.get("text") or entry.get("what") or entry.get("unit") or "")
    words = re.findall(r"[^\s*_]+", quote)
    if not words:
        return None
    pattern = re.compile(r"[\s*_]+".join(map(re.escape, words)), re.IGNORECASE)
    places = [section for section in record.sections if section.path in entry.choices("section")]
    for start, end in [*((section.start, section.end) for section in places), (0, len(record.text))]:
        if hit := pattern.search(record.text, start, end):
            return hit.span()
    return None
