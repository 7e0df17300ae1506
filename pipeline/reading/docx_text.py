"""The text of DOCX paragraphs as printed: runs, capitals, breaks, list numbers, text boxes; deleted and hidden text left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ReadingError
from pipeline.reading.docx_numbers import Numbers
from pipeline.reading.docx_parts import W, on, val

_SKIPPED = {f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "annotationRef", "footnoteRef", "endnoteRef")}
_FALLBACK = "}Fallback"
_MATH_TEXT = "}t"


@dataclass(slots=True)
class Printed:
    """One paragraph: its lines (soft breaks part them), the footnotes it refers to, its text boxes, and page breaks in it."""

    lines: list[str]
    notes: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    break_before: bool = False
    break_after: bool = False

    @property
    def text(self) -> str:
        return " ".join(line for line in self.lines if line)

    @property
    def all_lines(self) -> list[str]:
        return [*self.boxes, *self.lines]


class _Collector:
    """Walks the runs of one paragraph."""

    def __init__(self, caps: bool) -> None:
        self.parts: list[str] = []
        self.notes: list[str] = []
        self.boxes: list[Any] = []
        self.breaks: list[bool] = []  # for each page break: whether text stood before it
        self.page_field = 0
        self.caps = caps

    def walk(self, element: Any, shout: bool = False) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str) or tag.endswith(_FALLBACK):
                continue
            if tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                if properties is not None and on(properties.find(f"{W}vanish")):
                    continue
                caps = properties.find(f"{W}caps") if properties is not None else None
                self.walk(child, on(caps) if caps is not None else self.caps)
            elif tag == f"{W}t" or (tag.endswith(_MATH_TEXT) and "math" in tag):
                self.parts.append((child.text or "").upper() if shout else child.text or "")
            elif tag == f"{W}txbxContent":
                self.boxes.append(child)
            else:
                self._sign(child, tag, shout)

    def _sign(self, child: Any, tag: str, shout: bool) -> None:
        if tag in (f"{W}tab", f"{W}ptab"):
            self.parts.append("\t")
        elif tag == f"{W}br":
            if val(child, "type") == "page":
                self.breaks.append(bool("".join(self.parts).strip()))
            else:
                self.parts.append("\n")
        elif tag == f"{W}cr":
            self.parts.append("\n")
        elif tag == f"{W}lastRenderedPageBreak":
            self.breaks.append(bool("".join(self.parts).strip()))
        elif tag == f"{W}noBreakHyphen":
            self.parts.append("-")
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self.notes.append(("f" if "foot" in tag else "e") + (val(child, "id") or ""))
        elif tag == f"{W}sym":
            self.parts.append("-" if not self.parts else " ")
        elif tag != f"{W}softHyphen":
            self.walk(child, shout)


def paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs under `element`, without those in text boxes, which belong to theirs, and without copies for old programs."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == f"{W}p":
            yield child
        elif child.tag != f"{W}txbxContent" and not child.tag.endswith(_FALLBACK):
            waiting.append(iter(child))


class Printer:
    """Prints the paragraphs of one package, and counts what they come to: a small file must not become a text without end."""

    def __init__(self, numbers: Numbers, most: int) -> None:
        self._numbers, self._left = numbers, most

    def count(self, characters: int) -> None:
        """Takes note of characters that are printed. Raises ReadingError (bomb) when there are more than `most` in all."""
        self._left -= characters
        if self._left < 0:
            raise ReadingError("prints as far more text than it should", hint="do not open it; ask the sender", reason="bomb")

    def printed(self, paragraph: Any) -> Printed:
        """A w:p as it is printed, with the lines of its text boxes and of the boxes in these. Raises ReadingError (bomb)."""
        out, waiting = self._alone(paragraph)
        waiting.reverse()  # the next one last
        while waiting:
            inner: list[Any] = []
            for other in paragraphs(waiting.pop()):
                shown, boxes = self._alone(other)
                out.boxes += shown.lines
                inner += boxes
            waiting += reversed(inner)
        return out

    def _alone(self, paragraph: Any) -> tuple[Printed, list[Any]]:
        """A w:p without its text boxes, and these."""
        properties = paragraph.find(f"{W}pPr")
        style = val(properties.find(f"{W}pStyle")) if properties is not None else None
        collector = _Collector(self._numbers.caps(style))
        collector.walk(paragraph)
        raw = "".join(collector.parts)
        number = self._numbers.text(properties) if raw.strip() else ""
        self.count(len(number) + len(raw))
        lines = [_tidy(line) for line in (number + raw.lstrip()).split("\n")]
        before = properties is not None and on(properties.find(f"{W}pageBreakBefore"))
        section = properties.find(f"{W}sectPr") if properties is not None else None
        after = section is not None and val(section.find(f"{W}type")) != "continuous"
        shown = Printed(
            [line for line in lines if line], collector.notes, [],
            before or any(not late for late in collector.breaks), after or any(collector.breaks),
        )  # fmt: skip
        return shown, collector.boxes


def _tidy(line: str) -> str:
    """One space for any white space; a tab keeps its place as a gap that secrecy marks are looked for between."""
    return "\t".join(" ".join(part.split()) for part in line.split("\t")).strip()
