"""Typesets the text of an official document on A4 in the layout of NĐ 30/2020 (domain rule 1.1): words with a place, a font and a zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Zone = Literal["left", "right", "body", "table", "recipients", "signature"]
Style = Literal["regular", "bold", "italic", "bolditalic"]
A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM = 85.0, 545.0, 62.0, 775.0
TYPES = re.compile(
    r"^(NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|K[ẾÉ] HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|BÁO CÁO"
    r"|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|GIẤY MỜI|KẾT LUẬN|THÔNG TRI|THÔNG TƯ|NGHỊ ĐỊNH|LUẬT|LỆNH)\b"
)
RIGHT_HEAD = re.compile(r"CỘNG HÒA|Độc lập|ĐẢNG CỘNG SẢN|ngày.*tháng.*năm")
SIGNER = re.compile(r"^\W*(TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\b|^\W*(CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|CHÁNH|TRƯỞNG|BỘ TRƯỞNG|THỦ TƯỚNG|PHÓ|CỤC TRƯỞNG)\b")
ATTACHED = re.compile(r"\W*(PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU)|" + TYPES.pattern[1:] + r"$")  # what follows the signature begins a page
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
        weights = [min(40, max(4, *(len(r[c]) if c < len(r) else 0 for r in rows))) for c in range(count)]
        edges = [LEFT + (RIGHT - LEFT) * sum(weights[:c]) / sum(weights) for c in range(count + 1)]
        size = self.size - 1.5
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


def typeset(text: str, measure: Measure, size: float = 13.5) -> list[Sheet]:
    """The sheets of one document text: header in two columns, title, body, then Nơi nhận beside the signature."""
    setter = Typesetter(measure, size)
    paragraphs = [p.strip().lstrip("#").strip() for p in text.splitlines() if p.strip(" #")]  # no heading marks on paper
    title = next((i for i, p in enumerate(paragraphs[:14]) if TYPES.match(p) or p.startswith("Kính gửi")), 0)
    foot = next((i for i, p in enumerate(paragraphs) if p.lstrip("*").startswith("Nơi nhận")), len(paragraphs))
    _header(setter, paragraphs[:title])
    _body(setter, paragraphs[title:foot], titled=bool(title) and bool(TYPES.match(paragraphs[title])))
    after = next((i for i, p in enumerate(paragraphs) if i > foot and ATTACHED.match(p)), len(paragraphs))
    _footer(setter, paragraphs[foot:after])
    if after < len(paragraphs):
        setter.new_page()
        _body(setter, paragraphs[after:], titled=True)
    return setter.sheets


def _header(setter: Typesetter, paragraphs: list[str]) -> None:
    left = right = TOP + 10
    numbered_at: float | None = None
    for paragraph in paragraphs:
        if RIGHT_HEAD.search(paragraph):
            for part in re.split(r"(?<=NAM) (?=Độc)", paragraph):
                dated = "ngày" in part
                # The place and date stand on the line of the number (domain rule 1.1, cell 4).
                right = max(right, numbered_at or 0.0) if dated else right
                style: Style = "italic" if dated else "bold"
                right = setter.column(part, "right", 262, RIGHT + 10, right, align="centre", style=style, size=setter.size - 1)
        else:
            numbered = paragraph.startswith("Số")
            left += 8 if numbered else 0
            numbered_at = max(left, right) if numbered else numbered_at
            left = numbered_at if numbered and numbered_at else left
            style = "bold" if paragraph.isupper() else "regular"
            left = setter.column(paragraph, "left", 62, 255, left, align="centre", style=style, size=setter.size - 1)
    setter.y = max(left, right) + 14


def _body(setter: Typesetter, paragraphs: list[str], *, titled: bool) -> None:
    rows: list[list[str]] = []
    for index, paragraph in enumerate([*paragraphs, ""]):
        if paragraph.startswith("|"):
            cells = [c.strip() for c in paragraph.strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", c) for c in cells):
                rows.append(cells)
            continue
        if rows:
            setter.table(rows)
            rows = []
        if not paragraph:
            continue
        if titled and index < 4 and (index < 2 or len(paragraph) < 80) and not paragraph.startswith(("Căn cứ", "Thực hiện Q", "I.")):
            after = setter.column(paragraph, "body", LEFT + 30, RIGHT - 30, setter.y, align="centre", style="bold", size=setter.size + 0.5)
            setter.y = after + 3
            continue
        titled = False
        heading = bool(re.match(r"([IVX]+\.|[IVX]+-|Điều \d+\.|Chương [IVX]+|\d+\. )", paragraph)) and len(paragraph) < 120
        face: Style = "bold" if heading else "regular"
        setter.y = setter.column(paragraph, "body", LEFT, RIGHT, setter.y, indent=36, style=face, breaks=True) + 5


def _footer(setter: Typesetter, paragraphs: list[str]) -> None:
    if not paragraphs:
        return
    cut = next((i for i, p in enumerate(paragraphs) if i and (SIGNER.match(p) or not re.match(r"[-*+(]|Lưu", p))), len(paragraphs))
    if setter.y + max(cut * (setter.size - 2) * 1.4, 130) > BOTTOM:
        setter.new_page()
    start = left = right = setter.y + 14
    for index, paragraph in enumerate(paragraphs[:cut]):
        style: Style = "bolditalic" if index == 0 else "regular"
        words = paragraph.strip("*") if index == 0 else paragraph
        left = setter.column(words, "recipients", LEFT, 290, left, align="left", style=style, size=setter.size - 2.5)
    signature = paragraphs[cut:]
    for index, paragraph in enumerate(signature):
        if index and index == len(signature) - 1 and not paragraph.isupper():
            right = max(right + 62, start + 84)
        for part in re.split(r" (?=KT\. |PHÓ |TUQ\. )", paragraph):
            right = setter.column(part.strip("*"), "signature", 310, RIGHT, right, align="centre", style="bold", size=setter.size)
    setter.sheets[-1].seal = (345.0, start + 46)
    setter.y = max(left, right)
