"""A page's rows and tables to text in reading order: header columns, body, tables, footer columns, footnotes.

Used for text layers and, through `from_words`, for OCR: both have words with boxes.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading import footnotes, furniture, reflow, secrecy, zones
from pipeline.reading.assemble import PageText
from pipeline.reading.boxes import Box, Row, rows_of
from pipeline.reading.tables import Table

NONE: frozenset[str] = frozenset()


def build(rows: Sequence[Row], size: tuple[float, float], tables: Sequence[Table] = (), running: frozenset[str] = NONE) -> PageText:
    """The text of one page, with its words and edits. `rows` exclude what stands in `tables`; sizes in points."""
    width, height = size
    kept, notes = footnotes.take(furniture.without_margins(rows, height, running), height)
    footnotes.unmark(kept, notes)
    out = PageText()
    head = zones.header(kept, width, height)
    start = 0
    if head is not None:
        _plain(out, kept[: head.start], width)
        out.blank()
        _lines(out, reflow.header_left(head.left))
        out.blank()
        _lines(out, reflow.lines(head.right))
        out.blank()
        start = head.end
    rest = kept[start:]
    foot = zones.footer(rest, width)
    middle = rest[: foot.start] if foot else rest
    _with_tables(out, middle, list(tables), width)
    if foot is not None:
        out.blank()
        _lines(out, reflow.recipients(foot.left))
        out.blank()
        _lines(out, reflow.lines(foot.right))
        if rest[foot.end :]:
            out.blank()
            _plain(out, rest[foot.end :], width)
    if notes:
        out.blank()
        for note in notes:
            out.note(note.number, note.words)
    return out


def from_words(words: Sequence[Box], size: tuple[float, float], tables: Sequence[Table] = ()) -> PageText:
    """As `build`, from words in any order (OCR): stamps of electronic signatures are dropped too."""
    rows = rows_of(words)
    if furniture.stamped(" ".join(r.text for r in rows)):
        rows = rows_of(furniture.drop_stamps(list(words), rows, ()))
    return build(rows, size, tables)


def secrecy_of(rows: Sequence[Row]) -> str | None:
    """The secrecy mark among the rows of a page; words far apart on one row are looked at by themselves."""
    lines = []
    for row in rows:
        if "M" in row.text:
            lines.append("\t".join(part.text for part in row.split(0.9 * row.height)))
        else:
            lines.append(row.text)
    return secrecy.marked(lines)


def _lines(out: PageText, paragraphs: Sequence[Sequence[Box]]) -> None:
    for words in paragraphs:
        out.line(words)


def _plain(out: PageText, rows: Sequence[Row], width: float) -> None:
    _lines(out, reflow.body(rows, width))


def _with_tables(out: PageText, rows: Sequence[Row], tables: list[Table], width: float) -> None:
    """Body and tables in the order in which they stand on the page."""
    rest = list(rows)
    edges = reflow.margins(rest) if rest else None
    for table in tables:
        above = [r for r in rest if (r.top + r.bottom) / 2 < table.box[1]]
        rest = rest[len(above) :]
        _body(out, above, width, edges, first=table is tables[0])
        for cells in table.rows:
            out.row(cells)
    _body(out, rest, width, edges, first=not tables)


def _body(out: PageText, rows: Sequence[Row], width: float, edges: tuple[float, float] | None, *, first: bool) -> None:
    """Paragraphs; a blank line after the title that the `first` of them may be."""
    count = reflow.title_rows(rows, width, edges) if first and edges else 0
    if count:
        _lines(out, reflow.body(rows[:count], width, edges))
        out.blank()
    _lines(out, reflow.body(rows[count:], width, edges))
