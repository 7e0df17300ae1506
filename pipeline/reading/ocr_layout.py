"""Words of a scan to the text of a page: zones, paragraphs and table rows, with offsets and boxes (the form `Page.text` has)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.pages import Word
from pipeline.reading.boxes import Box, Row, rows_of, within
from pipeline.reading.ocr_engine import Seen
from pipeline.reading.ocr_grid import Grid
from pipeline.reading.page_text import from_words
from pipeline.reading.tables import Table
from pipeline.records import Edit

_DEEP = frozenset("gjpqyQ,;()[]/|ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ")


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a page, its words with offsets (boxes in level points), the number of each word in the list handed in, and the edits."""

    text: str
    words: tuple[Word, ...]
    sources: tuple[int, ...]
    edits: tuple[Edit, ...]


def compose(seen: Sequence[Seen], scale: float, width: float, height: float, grids: Sequence[Grid] = ()) -> Composed:
    """Sets words (pixels) in reading order; `scale` is points per pixel, width and height the level page in points."""
    boxes = _even(seen, scale)
    tables = [_table(grid, boxes, scale) for grid in grids]
    inside = {box.index for table in tables for row in table.rows for cell in row for box in cell}
    rows = [r for r in rows_of([b for b in boxes if b.index not in inside]) if not page_number(r, width, height)]
    page = from_words([w for r in rows for w in r.words], (width, height), tables)
    words = tuple(page.words)
    numbers = {(b.x0, b.top): b.index for b in boxes}
    return Composed(page.text, words, tuple(numbers[w.x0, w.top] for w in words), tuple(page.edits))


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
        size = min(max(median([w.bottom - w.top for w in words]), 0.6 * usual), 1.3 * usual)  # boxes in cells may reach into the line above
        base = median(flat)
        bands[number] = (base - 0.95 * size, base + 0.25 * size)
    out = []
    for index, word in enumerate(seen):
        top, bottom = bands[word.line]
        # A word far from its line's band (the engine joins stray marks to lines) keeps its own box.
        if not top - 0.5 * (bottom - top) < (word.top + word.bottom) / 2 < bottom + 0.5 * (bottom - top):
            top, bottom = word.top, word.bottom
        x0, x1 = word.x0 * scale, word.x1 * scale
        out.append(Box(word.text, x0, top * scale, x1, bottom * scale, word.confidence, index, word.before, word.rule))
    return out


def _table(grid: Grid, boxes: Sequence[Box], scale: float) -> Table:
    """A grid in pixels as a table in points with the words of its cells; rows without a word are left out."""
    rows = []
    for row in grid.rows:
        cells = []
        for cell in row:
            held = [b for b in within(boxes, *(v * scale for v in cell)) if b.text.strip("|¦")] if cell else []  # no bit of a ruling
            cells.append([w for r in rows_of(held) for w in r.words])
        rows.append(cells)
    x0, top, x1, bottom = (v * scale for v in grid.frame)
    return Table((x0, top, x1, bottom), [row for row in rows if any(row)])


def page_number(row: Row, width: float, height: float) -> bool:
    """A short mark alone in the middle of the top or bottom margin (domain rule 1.1); the engine may take a digit for a letter."""
    if not (row.bottom < 0.085 * height or row.top > 0.94 * height):
        return False
    text = row.text.strip("-–—.|~ ")
    middle = abs((row.x0 + row.x1) / 2 - width / 2) < 0.12 * width
    return middle and ((text.isdigit() and len(text) <= 4) or len(text) <= 3)


def placed(words: Sequence[Word], boxes: Sequence[tuple[float, float, float, float]], order: Sequence[int]) -> tuple[Word, ...]:
    """The words with the boxes they have on the page as given; `boxes` by source number, in points."""
    out = []
    for word, source in zip(words, order, strict=True):
        x0, top, x1, bottom = boxes[source]
        out.append(replace(word, x0=x0, top=top, x1=x1, bottom=bottom))
    return tuple(out)
