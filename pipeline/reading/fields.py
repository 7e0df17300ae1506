"""Form fields (Widget annotations) over a page: the number and the day of most born-digital documents stand there.

pdfium reads them once the page is flattened, but at the end of the text and sometimes a few points off the line: they are
put on the line they belong to, by their boxes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.reading.boxes import Box, rows_of
from pipeline.reading.pdf_words import Frame

Rect = tuple[float, float, float, float]


def rectangles(page: Any, frame: Frame) -> list[Rect]:
    """The places of a page's Widget annotations as (x0, top, x1, bottom)."""
    found: list[Rect] = []
    rect = pdfium.FS_RECTF()
    for k in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), 500)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, k)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET and pdfium.FPDFAnnot_GetRect(annotation, rect):
            sides = (np.array([v]) for v in (rect.left, rect.bottom, rect.right, rect.top))
            x0, top, x1, bottom = frame.place(*sides)
            found.append((float(x0[0]), float(top[0]), float(x1[0]), float(bottom[0])))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return found


def settle(words: list[Box], rects: Sequence[Rect]) -> list[Box]:
    """The words with those of fields moved to their lines; spaced digits of one field are joined, and joined to the "/" that follows."""
    groups = _field_words(words, rects)
    if not groups:
        return words
    inside = {id(w) for g in groups for w in g}
    others = [w for w in words if id(w) not in inside]
    for group in groups:
        _snap(group, others)
    joined = [_join(g) for g in groups]
    words = others + [w for g in joined for w in g]
    gone: set[int] = set()
    for group in joined:
        if len(group) == 1 and group[0].text.isdigit():
            _append_symbol(group[0], others, gone)
    return [w for w in words if id(w) not in gone]


def _field_words(words: Sequence[Box], rects: Sequence[Rect]) -> list[list[Box]]:
    """The words that flattening brought, by field: they come last in the layer."""
    groups: dict[int, list[Box]] = {}
    for word in reversed(words):
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        hit = next((k for k, r in enumerate(rects) if r[0] - 2 <= x <= r[2] + 2 and r[1] - 2 <= y <= r[3] + 2), None)
        if hit is None:
            break
        groups.setdefault(hit, []).insert(0, word)
    return [g for g in groups.values() if len(rows_of(g)) == 1]


def _snap(group: list[Box], others: Sequence[Box]) -> None:
    """Moves a field's words up or down to the nearest line that has room for them."""
    x0, x1 = min(w.x0 for w in group), max(w.x1 for w in group)
    middle = sum(w.top + w.bottom for w in group) / (2 * len(group))
    near = [
        w
        for w in others
        if (abs((w.top + w.bottom) / 2 - middle) < 11.0 and -160 < w.x0 - x1 < 160)
        or (w.x1 > x0 - 160 and w.x0 < x1 + 160 and abs((w.top + w.bottom) / 2 - middle) < 11.0)
    ]
    if not near:
        return
    best = min(near, key=lambda w: (abs((w.top + w.bottom) / 2 - middle), min(abs(w.x1 - x0), abs(w.x0 - x1))))
    shift = (best.top + best.bottom) / 2 - middle
    for word in group:
        word.top += shift
        word.bottom += shift


def _join(group: list[Box]) -> list[Box]:
    """ "3 2 9 8" of one field as one word."""
    row = sorted(group, key=lambda w: w.x0)
    if len(row) < 2 or not all(w.text.isdigit() for w in row) or any(b.x0 - a.x1 > 12.0 for a, b in itertools.pairwise(row)):
        return group
    first, last = row[0], row[-1]
    return [Box("".join(w.text for w in row), first.x0, first.top, last.x1, first.bottom, 1.0, first.index)]


def _append_symbol(number: Box, others: Sequence[Box], gone: set[int]) -> None:
    """A number followed by its symbol ("/UBND-XD") becomes one word with it."""
    middle = (number.top + number.bottom) / 2
    beside = [w for w in others if w.text[0] in "/-" and len(w.text) > 1 and abs((w.top + w.bottom) / 2 - middle) < 4.0]
    follower = min((w for w in beside if -6.0 < w.x0 - number.x1 < 45.0), key=lambda w: w.x0, default=None)
    if follower is not None:
        number.text += follower.text
        number.x1 = max(number.x1, follower.x1)
        gone.add(id(follower))
