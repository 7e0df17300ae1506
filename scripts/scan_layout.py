"""Sets paragraphs and tables on sheets of A4: words with a place, a font and a zone, and the lines to be ruled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Zone = Literal["left", "right", "body", "table", "recipients", "signature"]
Style = Literal["regular", "bold", "italic", "bolditalic"]
A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 545.0, 62.0, 775.0
EMPHASIS = re.compile(r"(\*\*|\*)")


@dataclass(frozen=True, slots=True)
class Run:
    """One word as it is to be set."""

    text: str
    style: Style
    size: float


@dataclass(frozen=True, slots=True)
class Placed:
    """One word on the page: left end and base line in points, and the number of its line and paragraph for the truth."""

    run: Run
    x: float
    y: float
    width: float
    zone: Zone
    line: int
    paragraph: int


@dataclass(slots=True)
class Sheet:
    """One page: its words, the rulings to draw (x0, y0, x1, y1 in points), and where the seal goes."""

    words: list[Placed] = field(default_factory=list)
    rulings: list[tuple[float, float, float, float]] = field(default_factory=list)
    seal: tuple[float, float] | None = None
    number: int = 1

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Rules a frame."""
        self.rulings += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]


Measure = Callable[[str, Style, float], float]


def runs_of(text: str, size: float, base: Style = "regular") -> list[Run]:
    """The words of one paragraph; `*italic*` and `**bold**` set the style and are not printed."""
    bold, italic = base in ("bold", "bolditalic"), base in ("italic", "bolditalic")
    out: list[Run] = []
    glue = False
    for piece in EMPHASIS.split(text):
        if piece in ("*", "**"):
            bold, italic = (bold ^ (piece == "**"), italic ^ (piece == "*"))
            continue
        style: Style = "bolditalic" if bold and italic else "bold" if bold else "italic" if italic else "regular"
        for index, word in enumerate(piece.split()):
            # A style may change in the middle of a word, "(*văn bản*)": the printed word is one, so its pieces are joined.
            if index == 0 and glue and out and not piece[0].isspace():
                out[-1] = Run(out[-1].text + word, out[-1].style, size)
            else:
                out.append(Run(word, style, size))
        if piece:
            glue = not piece[-1].isspace()
    return out


@dataclass(slots=True)
class Typesetter:
    """Fills sheets from top to bottom; `measure` gives the width of a word in points."""

    measure: Measure
    size: float = 13.5
    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    y: float = TOP
    lines: int = 0
    paragraphs: int = 0

    @property
    def leading(self) -> float:
        return self.size * 1.32

    def new_page(self) -> None:
        """Starts the next sheet, with its number centred in the top margin (domain rule 1.1)."""
        self.sheets.append(Sheet(number=len(self.sheets) + 1))
        self.y = TOP + 12

    def column(
        self, text: str, zone: Zone, x0: float, x1: float, y: float, *, align: str = "justify", style: Style = "regular", size: float = 0.0,
        indent: float = 0.0, breaks: bool = False,
    ) -> float:  # fmt: skip
        """Sets one paragraph between x0 and x1 from base line y on; returns the base line after it."""
        size = size or self.size
        self.paragraphs += 1
        lines = list(self._wrap(runs_of(text, size, style), x1 - x0, indent))
        for index, runs in enumerate(lines):
            if breaks and y > BOTTOM:
                self.new_page()
                y = self.y
            self.lines += 1
            start = x0 + (indent if index == 0 else 0.0)
            widths = [self.measure(r.text, r.style, r.size) for r in runs]
            gap = self.measure("n n", "regular", size) - self.measure("nn", "regular", size)
            natural = sum(widths) + gap * (len(runs) - 1)
            if align == "centre":
                start = (x0 + x1 - natural) / 2
            elif align == "justify" and index < len(lines) - 1 and len(runs) > 1:
                gap += max(0.0, x1 - start - natural) / (len(runs) - 1)
            for run, width in zip(runs, widths, strict=True):
                self.sheets[-1].words.append(Placed(run, start, y, width, zone, self.lines, self.paragraphs))
                start += width + gap
            y += size * 1.32
        return y

    def _wrap(self, runs: list[Run], width: float, indent: float) -> Iterator[list[Run]]:
        line: list[Run] = []
        used = indent
        for run in runs:
            extent = self.measure(run.text, run.style, run.size) + run.size * 0.25
            if line and used + extent - run.size * 0.25 > width:
                yield line
                line, used = [], 0.0
            line.append(run)
            used += extent
        if line:
            yield line

    def table(self, rows: list[list[str]]) -> None:
        """Sets a table with rulings; the head row is bold, a row is never split over two pages."""
        count = max(len(r) for r in rows)
        size = self.size - 1.5
        widths = self._widths(rows, count, size)
        edges = [LEFT + sum(widths[:c]) for c in range(count + 1)]
        for number, row in enumerate(rows):
            cells = [row[c] if c < len(row) else "" for c in range(count)]
            style: Style = "bold" if number == 0 else "regular"
            rooms = [edges[c + 1] - edges[c] - 8 for c in range(count)]
            need = max(sum(1 for _ in self._wrap(runs_of(t, size, style), room, 0.0)) for t, room in zip(cells, rooms, strict=True))
            height = max(1, need) * size * 1.32 + 6
            if self.y + height > BOTTOM:
                self.new_page()
            top = self.y - size - 1
            align = "centre" if number == 0 else "left"
            for c, text in enumerate(cells):
                self.column(text, "table", edges[c] + 4, edges[c + 1] - 4, self.y + 2, align=align, style=style, size=size)
            sheet = self.sheets[-1]
            sheet.rulings += [(LEFT, y, RIGHT, y) for y in (top, top + height)] + [(x, top, x, top + height) for x in edges]
            self.y += height
        self.y += self.leading

    def _widths(self, rows: list[list[str]], count: int, size: float) -> list[float]:
        """Widths of the columns: as their longest cells ask for, but none narrower than its longest word in bold."""
        words = [[w.strip("*") for r in rows if c < len(r) for w in r[c].split()] for c in range(count)]
        least = [8.5 + max((self.measure(w, "bold", size) for w in column), default=size) for column in words]
        asked = [min(40, max(4, *(len(r[c]) if c < len(r) else 0 for r in rows))) for c in range(count)]
        room = max(0.0, RIGHT - LEFT - sum(least))
        return [low + room * share / sum(asked) for low, share in zip(least, asked, strict=True)]
