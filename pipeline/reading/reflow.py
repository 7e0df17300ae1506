"""Rows of a column of text to paragraphs, by geometry: a row goes on with the one above when its first word had no room there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from pipeline.reading import furniture
from pipeline.reading.boxes import Box, Row

Paragraph = list[Box]

# "145/2020/NĐ-CP", "14/8/2023" and "2025." at the start of a row are no list markers (domain rule 8.4).
_MARKER = re.compile(
    r"^(?:[-+*•–—]$|[-+•–][^\W\d_]|[IVXLC]{1,6}[.\-)]|\d{1,2}(?:\.\d{1,2})*[.)]$|\d{1,2}(?:\.\d{1,2})+$|\(?[a-zđ]\)|\([ivx]{1,4}\)|\(\d{1,2}\)|(?:\d{1,2}|[a-zđ])[-/]$|\|)"
)
_HEADING = re.compile(r"^(?:Điều|Chương|Mục|Phần|Phụ|PHỤ|CHƯƠNG|MỤC|PHẦN|ĐIỀU)$")
_NUMBERED = re.compile(r"^(?:lục|LỤC|\d+[a-zđ]?[.:]?|[IVXLC]+[.:]?|thứ)$")
_ENDED = (".", ";", ":", "!", "?", "./.", ",./.")
_VV = re.compile(r"^(?:V/v|v/v|V/V|Về$|về$)")


def body(rows: Sequence[Row], width: float, edges: tuple[float, float] | None = None) -> list[Paragraph]:
    """Paragraphs of the full-width part of a page of the given width; `edges` are the margins when rows are only a part (points)."""
    if not rows:
        return []
    left, right = edges or margins(rows)
    pitch = _pitch(rows)
    indent = _indent(rows, left)
    paragraphs: list[Paragraph] = [list(rows[0].words)]
    for above, row in itertools.pairwise(rows):
        opens = indent is not None and abs(row.x0 - indent) < 2.0 and abs(above.x0 - indent) > 4.0
        if (opens and _centred(above, left, right, width)) or _starts(above, row, left, right, pitch, width):
            paragraphs.append(list(row.words))
        else:
            paragraphs[-1].extend(row.words)
    return paragraphs


def title_rows(rows: Sequence[Row], width: float, edges: tuple[float, float]) -> int:
    """How many rows at the start are centred, as a title is over its text; 0 where no row of text follows."""
    left, right = edges
    if right - left < 0.6 * width:
        return 0
    return next((k for k, row in enumerate(rows) if not _centred(row, left, right, width)), 0)


def _indent(rows: Sequence[Row], left: float) -> float | None:
    """Where the first lines of paragraphs begin, when a fifth of the rows begin there, at least three: under a title such a line, though
    as short as a centred one, opens the text."""
    places = sorted(r.x0 for r in rows if r.x0 - left > 12.0)
    best: list[float] = []
    for k, place in enumerate(places):
        group = [p for p in places[k:] if p - place < 3.0]
        best = group if len(group) > len(best) else best
    return median(best) if len(best) >= max(3, len(rows) // 5) else None


def margins(rows: Sequence[Row]) -> tuple[float, float]:
    """The left and right edges of the text: where most long rows begin and end."""
    widest = max(r.x1 - r.x0 for r in rows)
    long_rows = [r for r in rows if r.x1 - r.x0 > 0.7 * widest]
    return min(r.x0 for r in long_rows), max(r.x1 for r in long_rows)


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance from one base line to the next."""
    steps = [b.bottom - a.bottom for a, b in itertools.pairwise(rows) if b.bottom > a.bottom]
    return median(steps) if steps else 18.0


def _starts(above: Row, row: Row, left: float, right: float, pitch: float, width: float) -> bool:
    """Whether `row` begins a paragraph."""
    size = row.height
    first = row.words[0]
    last = above.words[-1].text
    ended = last.endswith(_ENDED)
    step = row.bottom - above.bottom
    if step > 2.2 * pitch or step > 2.6 * size:
        return True
    if [w.text for w in row.words[:2]] == ["Căn", "cứ"] and len(row.words) > 2 and row.words[2].text[:1].isupper():
        return True  # the first of the grounds, right below a title of full width
    if _centred(row, left, right, width) and _centred(above, left, right, width):
        return _parted(above, row, ended)
    indented = row.x0 - left > 0.6 * size
    if _marked(row) and (indented or ended or above.x1 < right - 2.5 * size):
        return True
    if _headed(row) and (indented or ended):
        return True
    fits = above.x1 + 0.25 * size + (first.x1 - first.x0) < right - 1.0
    if indented and above.x0 - left > 0.6 * size and abs(row.x0 - above.x0) < 0.3 * size and _marked(above) and first.text[:1].isupper():
        return True  # a heading of one full line: the line below begins as far in as it does
    if not fits and not ended:
        # The row above is full: an indented row goes on only as part of a block that stands inwards.
        return indented and row.x0 - above.x0 > 0.6 * size and first.text[:1].isupper() and step > 1.15 * pitch
    if fits:
        return True
    return (indented and row.x0 - above.x0 > 0.6 * size) or step > 1.18 * pitch or (indented and above.x0 - left > 0.6 * size and ended)


def _marked(row: Row) -> bool:
    """Whether the row begins with a list marker."""
    words = row.words
    if not _MARKER.match(words[0].text):
        return False
    if len(words) == 1:
        return False
    follow = words[1].text
    if words[0].text in ("-", "–", "—") and follow[:1].isdigit():
        return words[1].x0 - words[0].x1 > 6.0  # "2021 - 2025" broken before its dash
    return True


def _headed(row: Row) -> bool:
    words = row.words
    return len(words) > 1 and bool(_HEADING.match(words[0].text)) and bool(_NUMBERED.match(words[1].text))


def _centred(row: Row, left: float, right: float, width: float) -> bool:
    """Whether the row stands in the middle, clear of both margins."""
    middle = (row.x0 + row.x1) / 2
    near = min(abs(middle - (left + right) / 2), abs(middle - width / 2))
    return near < 9.0 and row.x0 - left > 24.0 and right - row.x1 > 24.0


def _parted(above: Row, row: Row, ended: bool) -> bool:
    """Whether two centred rows are two lines: capitals then small letters, a heading, or a finished sentence."""
    if ended and not above.text.endswith((",", ":")):
        return True
    if above.text.isupper() != row.text.isupper():
        return True
    if _headed(row) or _headed(above) or _marked(row):
        return True
    if row.text.startswith("("):
        return True
    kinds = (
        "QUYẾT ĐỊNH",
        "KẾ HOẠCH",
        "BÁO CÁO",
        "THÔNG BÁO",
        "CHỈ THỊ",
        "TỜ TRÌNH",
        "NGHỊ QUYẾT",
        "HƯỚNG DẪN",
        "CHƯƠNG TRÌNH",
        "QUY CHẾ",
        "KẾT LUẬN",
    )
    return above.text in kinds and above.text.isupper()


def header_left(rows: Sequence[Row]) -> list[Paragraph]:
    """The left side of a header: each row a line, but the subject (V/v ...) is one, up to a mark of urgency under it."""
    out: list[Paragraph] = []
    about = False
    for row in rows:
        if furniture.matches("urgency", row.text.strip("|[]_ ")):
            about = False
        elif about:
            out[-1].extend(row.words)
            continue
        about = bool(_VV.match(row.words[0].text)) and (
            (row.words[0].text[0] in "Vv/" and len(row.words) > 1) or len(row.words[0].text) > 3
        )
        out.append(list(row.words))
    return out


def lines(rows: Sequence[Row]) -> list[Paragraph]:
    """Each row a line: Quốc hiệu, the signature."""
    return [list(r.words) for r in rows]


def recipients(rows: Sequence[Row]) -> list[Paragraph]:
    """Nơi nhận: one addressee a line; a row without a marker goes on with the one above unless that is finished."""
    out: list[Paragraph] = []
    for row in rows:
        first = row.words[0].text
        new = not out or first[0] in "-–—+•*~=¬" or out[-1][-1].text.endswith((";", ".", ":")) or len(out) == 1
        if new:
            out.append(list(row.words))
        else:
            out[-1].extend(row.words)
    return out
