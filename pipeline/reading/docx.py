"""DOCX files to pages: paragraphs, tables, the borderless tables that hold header and footer columns, footnotes, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ReadingError, SecrecyError
from pipeline.pages import Page
from pipeline.reading import furniture, secrecy
from pipeline.reading.boxes import fold
from pipeline.reading.docx_numbers import Numbers
from pipeline.reading.docx_parts import Parts, W, val
from pipeline.reading.docx_text import Printed, Printer, paragraphs
from pipeline.settings import Settings

_LETTERHEAD = re.compile(r"CONG HOA XA HOI|DANG CONG SAN VIET NAM|^\W*NOI NHAN\b", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:V/v|v/v|V/V|Về việc|về việc)\b")
_STARTS_LINE = re.compile(r"^(?:[-+*•]|Nơi nhận)")


@dataclass
class _Sheet:
    """The page being filled."""

    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: dict[int, str] = field(default_factory=dict)  # of a table row, by its place in `lines`: each line of its cells by itself

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def secret(self) -> bool:
        """Whether a secrecy mark stands alone on a line, or on a line of a cell or box."""
        return secrecy.marked(self.parts.get(n, line) for n, line in enumerate(self.lines)) is not None

    def text(self) -> str:
        notes = ["", *self.notes] if self.notes else []
        return "\n".join([*self.lines, *notes]).strip("\n").replace("\t", " ")


class _Reader:
    def __init__(self, parts: Parts, settings: Settings) -> None:
        self.parts, self.settings = parts, settings
        self.printer = Printer(Numbers.of(parts), settings.max_text_bytes)
        self.sheets = [_Sheet()]
        self.notes = {
            kind + (val(note, "id") or ""): note
            for kind, name in (("f", "footnote"), ("e", "endnote"))
            for root in (parts.tree(f"word/{name}s.xml"),)
            if root is not None
            for note in root.findall(f"{W}{name}")
        }
        self.noted = 0
        self.note_texts: dict[str, str] = {}

    @property
    def sheet(self) -> _Sheet:
        return self.sheets[-1]

    def turn(self) -> None:
        if any(self.sheet.lines):
            self.sheets.append(_Sheet())
            if len(self.sheets) > self.settings.max_pages:
                raise ReadingError(
                    f"more than {self.settings.max_pages} pages", hint="split the file or raise max_pages", reason="too-many-pages"
                )

    def blocks(self, body: Any) -> None:
        for block in _blocks(body):
            if block.tag == f"{W}tbl":
                self.table(block)
                continue
            paragraph = self.printer.printed(block)
            if paragraph.break_before:
                self.turn()
            self.sheet.lines += paragraph.all_lines
            self.note(paragraph)
            if paragraph.break_after:
                self.turn()

    def note(self, paragraph: Printed) -> None:
        """The footnotes a paragraph refers to, at the end of the page it stands on."""
        for key in paragraph.notes:
            found = self.notes.get(key)
            if found is not None:
                self.noted += 1
                if key not in self.note_texts:
                    self.note_texts[key] = " ".join(line for p in paragraphs(found) for line in self.printer.printed(p).all_lines)
                text = self.note_texts[key]
                self.printer.count(len(text))
                self.sheet.notes.append(f"[{self.noted}] {text}")

    def table(self, table: Any) -> None:
        rows: list[list[list[Printed]]] = []
        above: list[list[Printed]] = []
        for row in _rows(table):
            cells: list[list[Printed]] = []
            for cell in _children(row, "tc"):
                span = max(1, min(60, int(_digits(val(cell.find(f"{W}tcPr/{W}gridSpan"))) or 1)))
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                at = len(cells)
                if merged is not None and val(merged) != "restart" and at < len(above):
                    content = above[at]
                    self.printer.count(sum(len(line) for p in content for line in ["+", *p.all_lines]))  # an empty one costs time too
                else:
                    content = [self.printer.printed(p) for p in paragraphs(cell)]
                cells += [content, *[[]] * (span - 1)]
                self.printer.count(2 * span)  # " |"
            if any(p.break_before for c in cells for p in c) and rows:
                self._put(rows)
                self.turn()
                rows = []
            rows.append(cells)
            above = cells
            if len(rows) > 20_000:
                raise ReadingError("a table of more than 20000 rows", hint="split the file", reason="too-large")
        self._put(rows)

    def _put(self, rows: list[list[list[Printed]]]) -> None:
        """Rows of a table; a letterhead or a footer in a table goes column by column, each a zone."""
        if not rows:
            return
        everything = "\n".join(line for r in rows for c in r for p in c for line in [*p.boxes, p.text])
        columns = max(map(len, rows))
        if 1 < columns <= 4 and len(rows) <= 8 and _LETTERHEAD.search(fold(everything)):
            for at in range(columns):
                lines = [line for r in rows if at < len(r) for p in r[at] for line in p.all_lines]
                self.sheet.blank()
                self.sheet.lines += _column(lines)
            self.sheet.blank()
        else:
            for row in rows:
                texts = [_cell([text for p in c for text in [*p.boxes, p.text] if text]) for c in row]
                if any(texts):
                    self.sheet.parts[len(self.sheet.lines)] = "".join(f"| {line} " for c in row for p in c for line in p.all_lines)
                    self.sheet.lines.append("|" + "".join(f" {t} |" if t else " |" for t in texts))
        for paragraph in (p for r in rows for c in r for p in c):
            self.note(paragraph)
            paragraph.notes = []


def pages(data: bytes, settings: Settings) -> tuple[Page, ...]:
    """The pages of a DOCX (as last laid out by Word, else by its explicit breaks). Raises ReadingError or SecrecyError."""
    parts = Parts(data, settings)
    document = parts.tree("word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise ReadingError("the Word file has no text part", hint="save it again in Word", reason="truncated")
    reader = _Reader(parts, settings)
    head = list(_margins(parts, reader.printer))
    if not settings.release_secret and secrecy.marked(head):
        raise SecrecyError("a page carries a secrecy mark", hint="handle it by the secrecy procedure", reason="secret")
    if _LETTERHEAD.search(fold("\n".join(head))):
        reader.sheet.lines += head
        reader.sheet.blank()
    reader.blocks(body)
    sheets = [s for s in reader.sheets if any(s.lines)] or reader.sheets[:1]
    out = []
    for number, sheet in enumerate(sheets, 1):
        if not settings.release_secret and sheet.secret():
            raise SecrecyError("a page carries a secrecy mark", hint="handle it by the secrecy procedure", reason="secret")
        kept = [line for line in sheet.lines if not furniture.matches("circulation", line)]
        out.append(Page(number, _Sheet(kept, sheet.notes).text(), reason="Word text"))
    return tuple(out)


def _margins(parts: Parts, printer: Printer) -> Iterator[str]:
    """The lines of the page headers, without page numbers: they are kept only where they hold the letterhead."""
    for name in parts.like("word/header"):
        root = parts.tree(name)
        for paragraph in paragraphs(root) if root is not None else ():
            yield from (line for line in printer.printed(paragraph).all_lines if not furniture.matches("page-number", line))


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also inside content controls and accepted changes."""
    for child in body:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[Any]:
    return _children(table, "tr")


def _children(element: Any, name: str) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)


def _digits(text: str | None) -> str:
    return text if text and text.isdigit() and len(text) < 4 else ""


def _column(lines: list[str]) -> list[str]:
    """The lines of one column of a letterhead: a subject (V/v ...) goes on to the end of its column; wrapped recipients are joined."""
    out: list[str] = []
    listed = any(line.startswith("Nơi nhận") for line in lines)
    for line in lines:
        about = bool(out) and bool(_SUBJECT.match(out[-1]))
        if out and (about or (listed and not _STARTS_LINE.match(line) and not out[-1].endswith((";", ".", ":")))):
            out[-1] += " " + line
        else:
            out.append(line)
    return out


def _cell(paragraphs: list[str]) -> str:
    """The paragraphs of a cell in one line; two names or items below each other are parted by ";"."""
    text = ""
    for part in (p.strip() for p in paragraphs):
        item = bool(text) and bool(part) and text[-1].isalnum() and part.lstrip("-+• ")[:1].isupper()
        text = f"{text}; {part}" if item else f"{text} {part}".strip()
    return text
