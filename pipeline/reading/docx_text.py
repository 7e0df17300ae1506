"""The text of DOCX paragraphs as printed: runs, capitals, breaks, list numbers, text boxes; deleted and hidden text left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

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


def printed(paragraph: Any, numbers: Numbers) -> Printed:
    """A w:p as it is printed."""
    properties = paragraph.find(f"{W}pPr")
    style = val(properties.find(f"{W}pStyle")) if properties is not None else None
    collector = _Collector(numbers.caps(style))
    collector.walk(paragraph)
    raw = "".join(collector.parts)
    boxes = [line for box in collector.boxes for p in box.iter(f"{W}p") for line in printed(p, numbers).lines]
    number = numbers.text(properties) if raw.strip() else ""
    lines = [_tidy(line) for line in (number + raw.lstrip()).split("\n")]
    before = properties is not None and on(properties.find(f"{W}pageBreakBefore"))
    after = (
        properties is not None and properties.find(f"{W}sectPr") is not None and val(properties.find(f"{W}sectPr/{W}type")) != "continuous"
    )
    return Printed(
        [line for line in lines if line], collector.notes, [b for b in boxes if b],
        before or any(not late for late in collector.breaks), after or any(collector.breaks),
    )  # fmt: skip


def _tidy(line: str) -> str:
    """One space for any white space; a tab keeps its place as a gap that secrecy marks are looked for between."""
    return "\t".join(" ".join(part.split()) for part in line.split("\t")).strip()
