"""Footnotes by geometry: small type at the foot of a page, each note after a small raised number; and their marks in the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.reading.boxes import Box, Row

_NUMBER = re.compile(r"^[\[(]?(\d{1,2}|\*{1,3})[\])]?$")
_GLUED = re.compile(r"^[\[(]?(\d{1,2})[\])]?(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote: the number as printed and the words that follow it."""

    number: str
    words: list[Box]


def take(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Note]]:
    """Splits the rows of a page into those above the footnotes, and the notes. A note begins with a number in smaller type."""
    if len(rows) < 3:
        return list(rows), []
    sizes = [median(w.bottom - w.top for w in r.words) for r in rows]  # a raised number makes its row taller than its type
    body = median(sizes)
    start = len(rows)
    while start > 1 and sizes[start - 1] < 0.9 * body and rows[start - 1].top > height * 0.5:
        start -= 1
    while start < len(rows) and _number(rows[start]) is None:
        start += 1
    if start == len(rows) or (rows[start].x0 - min(r.x0 for r in rows)) > 0.3 * height:
        return list(rows), []
    notes: list[Note] = []
    for row in rows[start:]:
        number = _number(row)
        if number is None:
            notes[-1].words.extend(row.words)
            continue
        first = row.words[0]
        if _NUMBER.match(first.text):
            notes.append(Note(number, list(row.words[1:])))
        else:
            first.text = first.text[first.text.index(number) + len(number) :].lstrip("])")
            notes.append(Note(number, list(row.words)))
    return list(rows[:start]), notes


def _number(row: Row) -> str | None:
    """The number a footnote row begins with: alone and smaller or raised, or glued to the first word."""
    first = row.words[0]
    alone = _NUMBER.match(first.text)
    if alone and len(row.words) > 1:
        second = row.words[1]
        raised = first.bottom < second.bottom - 0.1 * second.height or first.height < 0.85 * second.height
        return alone[1] if raised or first.text[0] == "[" else None
    glued = _GLUED.match(first.text)
    return glued[1] if glued else None


def unmark(rows: Sequence[Row], notes: Sequence[Note]) -> None:
    """Takes the notes' marks, raised small numbers, out of the body; the word before each notes the edit."""
    numbers = {n.number for n in notes}
    if not numbers:
        return
    for row in rows:
        kept: list[Box] = []
        for word in row.words:
            small = word.height < 0.8 * row.height and word.bottom < row.bottom - 0.12 * row.height
            if small and word.text.strip("[]()") in numbers and kept:
                kept[-1].before, kept[-1].rule = f"{kept[-1].before or kept[-1].text}{word.text}", "footnote-mark"
                continue
            kept.append(word)
        if len(kept) < len(row.words):
            row.words[:] = kept
            row.text = " ".join(w.text for w in kept)
