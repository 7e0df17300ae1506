"""What stands on a page but is not its text: page numbers, running heads, electronic signature stamps, circulation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.data import load
from pipeline.reading.boxes import Box, Row, fold

_CUE = re.compile(r"(?i)\bký (số )?bởi\b|người ký\s*:|thời gian ký|digitally signed|signature (not verified|valid)|signed by\s*:")
_DIGITS = re.compile(r"\d+")


def stamped(text: str) -> bool:
    """Whether anything in `text` looks like an electronic signature stamp."""
    if "ký" in text or "Ký" in text or "KÝ" in text or "igned" in text or "ignature" in text:  # much faster than the pattern
        return bool(_CUE.search(text))
    return False


@cache
def patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """The line patterns of one kind: stamp, stamp-line, circulation or page-number."""
    return tuple(re.compile(r["pattern"]) for r in load.rows("page_marks") if r["kind"] == kind)


def matches(kind: str, text: str) -> bool:
    """Whether a whole line is of that kind."""
    return any(p.match(text) for p in patterns(kind))


def drop_stamps(words: list[Box], rows: Sequence[Row], fields: Sequence[tuple[float, float, float, float]]) -> list[Box]:
    """The words without electronic signature stamps.

    A stamp begins with "Ký bởi", "Người ký" or the like and goes on with its further lines, straight below. `fields` are
    rectangles (x0, top, x1, bottom) of form fields: one that holds a stamp is dropped whole, but for type of body size.
    """
    gone: set[int] = set()
    size = sorted(r.height for r in rows)[len(rows) // 2] if rows else 12.0
    column: Row | None = None
    for row in rows:
        for part in row.split(0.9 * row.height):
            if matches("stamp", part.text):
                column = part
            elif not (column is not None and _below(column, part) and (matches("stamp-line", part.text) or part.height < 0.8 * size)):
                continue
            else:
                column = Row([*column.words[:1], *part.words]) if part.top > column.top else column
            gone.update(id(w) for w in part.words)
    for x0, top, x1, bottom in fields:
        inside = [w for w in words if x0 - 2 <= w.x0 and w.x1 <= x1 + 2 and top - 2 <= w.top and w.bottom <= bottom + 2]
        if any(id(w) in gone for w in inside):
            gone.update(id(w) for w in inside if w.height < 0.9 * size)
    return [w for w in words if id(w) not in gone]


def _below(column: Row, part: Row) -> bool:
    """Whether `part` is the next line under a stamp's last line."""
    return part.top - column.bottom < 1.2 * part.height and part.x0 < column.x1 and part.x1 > column.x0 - 5


def without_margins(rows: Sequence[Row], height: float, running: frozenset[str]) -> list[Row]:
    """The rows without page numbers in the margins, running heads and circulation marks."""
    kept = list(rows)
    while kept and kept[0].top < height * 0.12 and _margin(kept[0], height * 0.12, running):
        kept.pop(0)
    while kept and kept[-1].bottom > height * 0.88 and _margin(kept[-1], height, running):
        kept.pop()
    return [r for r in kept if not (len(r.words) <= 5 and matches("circulation", r.text))]


def _margin(row: Row, limit: float, running: frozenset[str]) -> bool:
    if row.bottom > limit + row.height:
        return False
    return matches("page-number", row.text) or key(row) in running


def key(row: Row) -> str:
    """A row as compared from page to page: without marks, each number as one sign."""
    return _DIGITS.sub("#", fold(row.text))


def running_heads(pages: Sequence[tuple[Sequence[Row], float]]) -> frozenset[str]:
    """Rows that stand in the outer margin of at least three pages and of half of them: (rows, page height) in, keys out."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[str] = Counter()
    for rows, height in pages:
        edge = [r for r in rows[:2] if r.bottom < height * 0.09] + [r for r in rows[-2:] if r.top > height * 0.92]
        seen.update({key(r) for r in edge})
    return frozenset(k for k, n in seen.items() if n >= 3 and n * 2 >= len(pages) - 1)
