"""Numbers at the start of lines and the tree they make: I, 1, 1.1, a), (1), Điều, khoản, điểm, dashes (domain rule 1.1; GUIDE
"section paths")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.layout.model import Line, Marker

_PATTERNS: tuple[tuple[Marker, re.Pattern[str]], ...] = (
    ("article", re.compile(r"\s*Điều\s+(\d{1,3}[a-zđ]?)\s*[.:,]?\s*")),
    ("part", re.compile(r"\s*(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:thứ\s+)?([IVXLC]{1,6}|\d{1,2})\s*[.:\-–]?\s*")),
    ("roman", re.compile(r"\s*(?!V\s*/\s*v)([IVXLC]{1,6})\s*(?:(?!/\s*\d)[.\-–/)]\s*|(?=\s{1,3}[A-ZĐÀ-Ỹ]{2}))")),
    ("decimal", re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})+)\s*[.):\-]?(?=\s|[^\W\d])\s*")),
    ("decimal", re.compile(r"\s*(\d{1,2})\s*(?:[.)\-]|/(?=\s))(?=\s|[^\W\d]|[“\"(])\s*")),
    ("paren", re.compile(r"\s*\((\d{1,2})\)\s*")),
    ("letter", re.compile(r"\s*\(?([a-zđ])(?:[.)]|-(?=\s))\s*")),
    ("bullet", re.compile(r"\s*[-–—•+*·]\s*(?=\S)")),
)
_APPENDIX = re.compile(r"\s*(?:PHỤ LỤC|Phụ lục)\s*(?:số\s*)?([IVX]{1,4}|\d{1,2})?\s*[.:]?\s*(?=$|[\n(\-–:]|[A-ZĐÀ-Ỹ])")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman(text: str) -> int:
    """The value of a Roman number written with I, V, X, L, C."""
    total = 0
    values = [_ROMAN[c] for c in text]
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total


def mark(line: Line, text: str) -> None:
    """Find the number or dash at the start of `line` and set marker, number and content."""
    line.content = line.start + len(text[line.start : line.end]) - len(text[line.start : line.end].lstrip())
    for marker, pattern in _PATTERNS:
        m = pattern.match(text, line.start, line.end)
        if m and (m.end() < line.end or marker in ("article", "part", "roman", "decimal")):
            if marker == "part" and m[1].isdigit() is False and not m[1].isupper():
                continue
            line.marker, line.content = marker, m.end()
            line.number = m[1] if m.groups() else ""
            return


def appendix_number(text: str) -> str | None:
    """The number "PL", "PL1" for the first line of an appendix, else None."""
    m = _APPENDIX.match(text)
    if not m or len(text) > 160 or (text.lstrip()[:7] == "Phụ lục" and text.rstrip()[-1:] in ".;,"):
        return None
    if not m[1]:
        return "PL"
    return f"PL{roman(m[1]) if not m[1].isdigit() else int(m[1])}"


@dataclass(slots=True)
class Tree:
    """Turns markers, fed in reading order, into paths. `decision`: articles are the top level and numbers under them are khoản."""

    decision: bool = False
    base: str = ""
    top: str = ""
    numbers: list[str] = field(default_factory=list)
    letter: str = ""
    paren: str = ""
    repeats: bool = False  # numbers under this article repeat the article's own: "2.1" under Điều 2 is its first

    def path(self) -> str:
        """The path where we stand; "" before the first number."""
        return ".".join(p for p in (self.base, self.top, *self.numbers, self.letter, self.paren) if p)

    def feed(self, line: Line) -> str:
        """The path of `line`, after its own marker."""
        marker, number = line.marker, line.number
        if marker == "article" and self.decision:
            self.top, self.numbers, self.letter, self.paren, self.repeats = f"Đ{number}", [], "", "", False
        elif marker in ("roman", "part"):
            self._chapter(number, marker)
        elif marker == "decimal":
            self._decimal(number.split("."))
        elif marker == "letter":
            self.letter, self.paren = number, ""
        elif marker == "paren":
            self.paren = number
        return self.path()

    def _chapter(self, number: str, marker: Marker) -> None:
        if self.decision and marker == "part" and self.top.startswith("Đ"):
            return
        self.top, self.numbers, self.letter, self.paren = number, [], "", ""

    def _decimal(self, parts: list[str]) -> None:
        parts = [str(int(p)) for p in parts]
        if len(parts) > 1 and self.top and self.top.isdigit() and parts[0] == self.top:
            parts = parts[1:]  # "1.2" under chapter 1 repeats its parent
        elif len(parts) > 1 and self.decision and self.top == f"Đ{parts[0]}" and (self.repeats or self.numbers[:1] != parts[:1]):
            parts, self.repeats = parts[1:], True  # not behind a khoản of that number, whose child it is
        self.numbers, self.letter, self.paren = parts, "", ""
