"""Ruled tables: which pages have rulings at all (cheap, pdfium), and where their cells are (pdfplumber, only on those pages)."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.reading.boxes import Box, rows_of

THIN = 3.0  # points: a rectangle thinner than this is a rule, not a highlight
LONG = 14.0  # points: shorter strokes are no cell borders
Rect = tuple[float, float, float, float]


@dataclass(slots=True)
class Table:
    """A table on a page: its rectangle and, row by row, the words of each cell in reading order."""

    box: Rect
    rows: list[list[list[Box]]]

    def text(self, row: int) -> list[str]:
        """The cells of one row as text."""
        return [" ".join(w.text for w in cell) for cell in self.rows[row]]


def ruled(page: Any) -> bool:
    """Whether a pypdfium2 page has strokes both ways, enough for a table (the short rules under a header are not)."""
    holder = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
    across, down = _strokes(holder, plain("FPDFPage_CountObjects", 1), plain("FPDFPage_GetObject", 2), 0)
    return across >= 2 and down >= 2


@cache
def plain(name: str, arguments: int) -> Callable[..., int]:
    """A pdfium function that takes and gives plain addresses and numbers: half the cost of a call, and there are hundreds a page."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    kinds = [ctypes.c_void_p, ctypes.c_int][:arguments]
    result = ctypes.c_void_p if name.endswith("GetObject") else ctypes.c_int
    return ctypes.CFUNCTYPE(result, *kinds)(address)


def _strokes(holder: int, count: Callable[..., int], get: Callable[..., int], depth: int) -> tuple[int, int]:
    """Numbers of strokes across and down among path objects, also inside forms."""
    across = down = 0
    kind_of = plain("FPDFPageObj_GetType", 1)
    for k in range(count(holder)):
        address = get(holder, k)
        kind = kind_of(address)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            a, d = _stroke(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT))
            across, down = across + a, down + d
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 3:
            a, d = _strokes(address, plain("FPDFFormObj_CountObjects", 1), plain("FPDFFormObj_GetObject", 2), depth + 1)
            across, down = across + a, down + d
        if across >= 2 and down >= 2:
            break
    return across, down


def _stroke(obj: Any) -> tuple[int, int]:
    """What one path adds: a rule one way, a frame both ways, a whole grid twice both ways."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(obj, *(ctypes.byref(s) for s in sides)):
        return 0, 0
    left, bottom, right, top = (s.value for s in sides)
    wide, high = right - left, top - bottom
    if wide > LONG and high > LONG:
        if pdfium.FPDFPath_CountSegments(obj) > 5:  # a grid drawn as one path
            return 2, 2
        return (1, 1) if _stroked(obj) else (0, 0)
    return int(wide > LONG and high < THIN), int(high > LONG * 0.7 and wide < THIN)


def _stroked(obj: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(obj, ctypes.byref(mode), ctypes.byref(stroke)) and stroke.value)


def _is_line(obj: dict[str, Any]) -> bool:
    return bool(obj["object_type"] != "rect" or min(obj["width"], obj["height"]) < THIN)


def find(plumber_page: Any, words: Sequence[Box], columns_before: int = 0) -> tuple[list[Table], list[Box]]:
    """The tables of at least 2 x 2 cells of a pdfplumber page, and the words outside them.

    One row is enough at the head of the page when it has the columns of the table that ended the page before (`columns_before`).

    A cell that was merged downwards repeats its words in each row it covers, so that every row says all that holds for it.
    """
    lines = plumber_page.filter(lambda o: o["object_type"] in ("line", "rect", "curve") and _is_line(o))
    tables: list[Table] = []
    left = list(words)
    corner = plumber_page.cropbox[:2]  # pdfplumber counts from the corner of the sheet, pdfium from that of the visible page
    for found in sorted(lines.find_tables(), key=lambda t: t.bbox[1]):
        box = _moved(found.bbox, corner)
        grid = [[_moved(c, corner) if c else None for c in r.cells] for r in found.rows]
        columns = max(map(len, grid))
        least = 1 if columns == columns_before and not tables and not _above(left, box[1]) else 2
        if len(grid) < least or columns < 2:
            continue
        x0, top, x1, bottom = box
        inside = [w for w in left if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]
        rows = _fill(grid, inside)
        if len(rows) < least or sum(any(c) for r in rows for c in r) < 2:
            continue
        taken = {id(w) for w in inside}
        left = [w for w in left if id(w) not in taken]
        tables.append(Table((x0, top, x1, bottom), rows))
    return tables, left


def _moved(rect: Rect, corner: tuple[float, float]) -> Rect:
    x, y = corner
    return rect[0] - x, rect[1] - y, rect[2] - x, rect[3] - y


def _above(words: Sequence[Box], y: float) -> bool:
    """Whether more than a page number stands above `y`."""
    return sum(w.bottom < y for w in words) > 2


def _fill(grid: list[list[Rect | None]], words: Sequence[Box]) -> list[list[list[Box]]]:
    rows: list[list[list[Box]]] = []
    above: list[Rect | None] = []
    for cells in grid:
        bottom = max((c[3] for c in cells if c), default=0.0)
        covering = [c or (above[k] if k < len(above) and _reaches(above[k], cells, bottom) else None) for k, c in enumerate(cells)]
        rows.append([_words_in(c, words) for c in covering])
        above = covering
    return [r for r in rows if any(r)]


def _reaches(cell: Rect | None, cells: list[Rect | None], bottom: float) -> bool:
    """Whether a cell of the row above goes down over this row (else the gap is a merger to the right)."""
    top = min((c[1] for c in cells if c), default=bottom)
    return cell is not None and cell[3] > top + 2.0


def _words_in(cell: Rect | None, words: Sequence[Box]) -> list[Box]:
    if cell is None:
        return []
    x0, top, x1, bottom = cell
    inside = [w for w in words if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]
    return [w for row in rows_of(inside) for w in row.words]
