"""Words of a scan to the text of a page: zones, paragraphs and table rows, with offsets and boxes (the form `Page.text` has)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.pages import Word
from pipeline.reading import reflow, zones
from pipeline.reading.assemble import PageText
from pipeline.reading.boxes import Box, Row, rows_of, within
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_grid import Grid

_DEEP = frozenset("gjpqyQ,;()[]/|ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ")


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a page, its words with offsets (boxes in level points), and the number of each word in the list handed in."""

    text: str
    words: tuple[Word, ...]
    sources: tuple[int, ...]


def compose(seen: Sequence[Seen], scale: float, width: float, height: float, grids: Sequence[Grid] = (), *, first: bool = True) -> Composed:
    """Sets words (pixels) in reading order; `scale` is points per pixel, width and height the level page in points.

    `first`: the page may begin with a document header. Page numbers are left out.
    """
    boxes = _even(seen, scale)
    tables = [_table(grid, boxes, scale) for grid in grids]
    inside = {box.index for _, cells in tables for row in cells for cell in row for box in cell}
    free = [b for b in boxes if b.index not in inside]
    rows = [r for r in rows_of(free) if not page_number(r, width, height)] if free else []
    page = _Page()
    if first and (head := zones.header(rows, width, height)) is not None:
        page.body(rows[: head.start], width)
        page.column(reflow.header_left(head.left))
        page.column(reflow.lines(head.right))
        rows = rows[head.end :]
    foot = zones.footer(rows, width)
    above = rows[: foot.start] if foot else rows
    for top, cells in sorted(tables, key=lambda t: t[0]):
        before = [r for r in above if r.top < top]
        above = above[len(before) :]
        page.body(before, width)
        page.rows(cells)
    page.body(above, width)
    if foot:
        page.column(reflow.recipients(foot.left))
        page.column(reflow.lines(foot.right))
        page.body(rows[foot.end :], width)
    return page.done(boxes)


class _Page:
    """Writes zones one after another and remembers which word stands where."""

    def __init__(self) -> None:
        self.text = PageText()
        self.order: list[int] = []

    def _line(self, words: Sequence[Box]) -> None:
        self.text.line(words)
        self.order += [w.index for w in words]

    def column(self, paragraphs: Sequence[Sequence[Box]]) -> None:
        self.text.blank()
        for paragraph in paragraphs:
            self._line(paragraph)
        self.text.blank()

    def body(self, rows: Sequence[Row], width: float) -> None:
        for paragraph in reflow.body(rows, width):
            self._line(paragraph)

    def rows(self, cells: Sequence[Sequence[Sequence[Box]]]) -> None:
        for row in cells:
            self.text.row(row)
            self.order += [w.index for cell in row for w in cell]

    def done(self, boxes: Sequence[Box]) -> Composed:
        return Composed(self.text.text, self.text.words, tuple(self.order))


def _even(seen: Sequence[Seen], scale: float) -> list[Box]:
    """Boxes in points whose tops and bottoms are those of their line of type, as a PDF has them.

    The engine's boxes hug the ink: "các" is lower than "quyền". Rows and gaps are judged on even boxes.
    """
    lines: dict[int, list[Seen]] = defaultdict(list)
    for word in seen:
        lines[word.line].append(word)
    usual = median([w.bottom - w.top for w in seen]) if seen else 0.0
    bands: dict[int, tuple[float, float]] = {}
    for number, words in lines.items():
        flat = [w.bottom for w in words if not _DEEP & set(w.text)] or [w.bottom - 0.2 * (w.bottom - w.top) for w in words]
        size = max(median([w.bottom - w.top for w in words]), 0.6 * usual)
        base = median(flat)
        bands[number] = (base - 0.95 * size, base + 0.25 * size)
    out = []
    for index, word in enumerate(seen):
        top, bottom = bands[word.line]
        # A word far from its line's band (the engine joins stray marks to lines) keeps its own box.
        if not top - 0.5 * (bottom - top) < (word.top + word.bottom) / 2 < bottom + 0.5 * (bottom - top):
            top, bottom = word.top, word.bottom
        out.append(Box(word.text, word.x0 * scale, top * scale, word.x1 * scale, bottom * scale, word.confidence, index))
    return out


def _table(grid: Grid, boxes: Sequence[Box], scale: float) -> tuple[float, list[list[list[Box]]]]:
    """The top of a table in points, and its words by row and cell."""
    cells = []
    for row in grid.rows:
        line = []
        for cell in row:
            held = within(boxes, *(v * scale for v in cell)) if cell else []
            line.append([w for r in rows_of(held) for w in r.words] if held else [])
        cells.append(line)
    return grid.frame[1] * scale, [row for row in cells if any(row)]


def page_number(row: Row, width: float, height: float) -> bool:
    """A short mark alone in the middle of the top or bottom margin (domain rule 1.1); the engine may take a digit for a letter."""
    if not (row.bottom < 0.085 * height or row.top > 0.94 * height):
        return False
    text = row.text.strip("-–—.|~ ")
    middle = abs((row.x0 + row.x1) / 2 - width / 2) < 0.12 * width
    return middle and (text.isdigit() and len(text) <= 4 or len(text) <= 3)


def placed(words: Sequence[Word], boxes: Sequence[tuple[float, float, float, float]], order: Sequence[int]) -> tuple[Word, ...]:
    """The words with the boxes they have on the page as given; `boxes` by source number, in points."""
    out = []
    for word, source in zip(words, order, strict=True):
        x0, top, x1, bottom = boxes[source]
        out.append(replace(word, x0=x0, top=top, x1=x1, bottom=bottom))
    return tuple(out)
