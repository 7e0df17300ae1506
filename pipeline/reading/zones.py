"""The two-column parts of a page: header (issuer | Quốc hiệu) and footer (Nơi nhận | signature), by the places of the words.

NĐ 30/2020 Phụ lục I, cells 1 to 5b and 7 to 9b; Party form 05-HD/VPTW. Columns are split row by row at the gap nearest the
gutter, because the two columns are staggered and neither has a fixed edge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reading.boxes import Box, Row, fold, rows_of

_MOTTO = ("CONG", "HOA", "XA", "HOI", "CHU", "NGHIA", "VIET", "NAM")
_PARTY = ("DANG", "CONG", "SAN", "VIET", "NAM")
_DATE = re.compile(r"\bNGAY\b.*\bTHANG\b|\bTHANG\b.*\bNAM\b")
_RECIPIENTS = re.compile(r"^[\W_]*(?:N[O0]I NHAN\b|[A-Z]{0,3}I NHAN\W*:)")  # slanted and bold, the capital is often misread
_AUTHORITY = re.compile(r"^(TM|KT|TL|TUQ|Q)\.|^[TK]/[MTL]\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """A two-column zone: the rows of each side, and the range of page rows (start, end) that it takes the place of."""

    left: list[Row]
    right: list[Row]
    start: int
    end: int


def header(rows: Sequence[Row], width: float, height: float) -> Columns | None:
    """The header of a document that begins on this page, or None. Looks for Quốc hiệu or the Party's name, else the date line."""
    anchor = _anchor([r for r in rows if r.top < height * 0.45], width)
    if anchor is None:
        return None
    at, start_x = anchor
    gutter = start_x - 4.0
    while at > 0 and rows[at - 1].x0 < gutter and rows[at].top - rows[at - 1].bottom < _reach(rows[at - 1], gutter) * rows[at].height:
        at -= 1  # the issuer may stand a little higher than Quốc hiệu, and well above the date line where there is none
    left: list[Box] = []
    right: list[Box] = []
    start, end, bottom, dated = at, at, rows[at].top, False
    for row in rows[at:]:
        sides = _sides(row, gutter)
        if sides is None:
            break
        l_words, r_words = sides
        if dated and (r_words or not _goes_on(l_words, left)):
            break
        if row.top - bottom > 3.5 * row.height:
            break
        left += l_words
        right += r_words
        bottom = max(bottom, row.bottom)
        end += 1
        dated = dated or bool(r_words and _DATE.search(fold(" ".join(w.text for w in r_words))))
    if not left or not right:
        return None
    return Columns(rows_of(left), rows_of(right), start, end)


def _reach(row: Row, gutter: float) -> float:
    """How far below a row, in heights, the header may go on: further below the name of a body that keeps to the left column."""
    return 2.5 if row.x1 < gutter and row.text.isupper() else 1.0


def _anchor(rows: Sequence[Row], width: float) -> tuple[int, float] | None:
    """Row number and x of the first word of the right column."""
    for k, row in enumerate(rows):
        for phrase in (_MOTTO, _PARTY):
            x = _phrase_start(row, phrase)
            if x is not None:
                return (k, x) if x > width * 0.28 else None
    for k, row in enumerate(rows):
        parts = row.split(12.0)
        if len(parts) > 1 and _DATE.search(fold(parts[-1].text)) and parts[-1].x0 > width * 0.35:
            return k, parts[-1].x0
    return None


def _phrase_start(row: Row, phrase: tuple[str, ...]) -> float | None:
    """Where `phrase` begins in the row; a few words may be misread, and the issuer may stand before it."""
    folded = [fold(w.text) for w in row.words]
    for k in range(len(folded)):
        if folded[k] not in phrase[:3]:
            continue
        offset = phrase.index(folded[k])
        tail = folded[k : k + len(phrase) - offset]
        hits = sum(a == b for a, b in zip(tail, phrase[offset:], strict=False))
        if hits >= 4 or (hits >= 3 and hits == len(tail)):
            return row.words[max(0, k)].x0
    return None


def _sides(row: Row, gutter: float) -> tuple[list[Box], list[Box]] | None:
    """The row's words on each side of the gutter; None when the row runs across it."""
    words = row.words
    if words[-1].x1 <= gutter + 10 and (row.x0 + row.x1) / 2 < gutter:
        return words, []
    if row.x0 >= gutter - 30 and (row.x0 + row.x1) / 2 > gutter:
        return [], words
    wide = [(words[k].x0 - words[k - 1].x1, k) for k in range(1, len(words)) if words[k - 1].x1 - 40 <= gutter <= words[k].x0 + 40]
    if wide and max(wide)[0] > 2.5 * row.height:
        return words[: max(wide)[1]], words[max(wide)[1] :]  # the date may begin left of Quốc hiệu
    best, distance = 0, 90.0
    for k in range(1, len(words)):
        gap = words[k].x0 - words[k - 1].x1
        if gap < 0.45 * row.height:
            continue
        if words[k - 1].x1 <= gutter <= words[k].x0 and gap > 1.5 * row.height:
            return words[:k], words[k:]  # the wide gap that holds the gutter
        away = abs((words[k].x0 + words[k - 1].x1) / 2 - gutter)
        if away < distance:
            best, distance = k, away
    return (words[:best], words[best:]) if best else None


def _goes_on(words: list[Box], left: list[Box]) -> bool:
    """Whether a left-only row under the date line still belongs to the header (the number, or lines of V/v)."""
    if not words or not left:
        return bool(words)
    last = max(w.bottom for w in left)
    return min(w.top for w in words) - last < 0.9 * (words[0].bottom - words[0].top)


def footer(rows: Sequence[Row], width: float) -> Columns | None:
    """The footer with Nơi nhận on the left and the signature on its right, or None when there is none beside it."""
    at = next(
        (
            k
            for k, r in enumerate(rows)
            if r.x0 < width * 0.4
            and r.text[:1] not in "-+"
            and _RECIPIENTS.match(fold(r.words[0].text + " " + r.words[-1 if len(r.words) == 1 else 1].text))
        ),
        None,
    )
    if at is None:
        return None
    if at > 0 and rows[at - 1].x0 > width * 0.4 and _AUTHORITY.match(fold(rows[at - 1].text)):
        at -= 1
    gutter = _gutter(rows[at : at + 12], width)
    if gutter is None:
        return None
    left: list[Box] = []
    right: list[Box] = []
    end = at
    for row in rows[at:]:
        sides = _straight(row, gutter)
        if sides is None:
            break
        left += sides[0]
        right += sides[1]
        end += 1
    return Columns(rows_of(left), rows_of(right), at, end) if left and right else None


def _gutter(rows: Sequence[Row], width: float) -> float | None:
    """The middle of the widest empty strip between the columns, judged on as many rows as share one."""
    for count in range(len(rows), 0, -1):
        spans = sorted((w.x0, w.x1) for r in rows[:count] for w in r.words)
        end, best = spans[0][1], (0.0, 0.0)
        for x0, x1 in spans[1:]:
            middle = (x0 + end) / 2
            if x0 - end > best[0] and width * 0.25 < middle < width * 0.75:
                best = (x0 - end, middle)
            end = max(end, x1)
        if best[0] >= 7.0:
            return best[1]
    return None


def _straight(row: Row, gutter: float) -> tuple[list[Box], list[Box]] | None:
    left = [w for w in row.words if w.x1 <= gutter]
    right = [w for w in row.words if w.x0 >= gutter]
    if len(left) + len(right) < len(row.words):
        return None
    if left and right and right[0].x0 - left[-1].x1 < 5.0:
        return None
    return left, right
