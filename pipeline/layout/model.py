"""The parts of a document: lines with their place in the numbering, and the zones of the page (domain rules 1.1, 1.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.records import Header, Section

Zone = Literal["header", "title", "addressees", "preamble", "body", "closing", "recipients", "signature", "appendix"]
Marker = Literal["roman", "part", "decimal", "letter", "paren", "article", "bullet", "appendix", ""]


@dataclass(slots=True)
class Line:
    """One paragraph: text[start:end]. `content` is where the words begin after a number or dash; `path` the section it stands in."""

    start: int
    end: int
    blank_before: int
    marker: Marker = ""
    number: str = ""
    content: int = 0
    zone: Zone = "body"
    path: str = ""
    heading: bool = False
    kind: str = "task"  # task, purpose or review: what the chapter around it is for


@dataclass(slots=True)
class Layout:
    """The whole document laid out. Offsets are into the document's text."""

    lines: list[Line] = field(default_factory=list)
    header: Header = field(default_factory=Header)
    sections: list[Section] = field(default_factory=list)
    title_span: tuple[int, int] | None = None
    decision: bool = False
    letter: bool = False

    def section_at(self, offset: int) -> str:
        """The path of the section in which the character at `offset` stands."""
        line = self.line_at(offset)
        return line.path if line else ""

    def line_at(self, offset: int) -> Line | None:
        """The line that holds `offset`, or the last one before it."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            if self.lines[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        return self.lines[low - 1] if low else (self.lines[0] if self.lines else None)
