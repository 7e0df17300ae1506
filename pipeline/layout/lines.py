"""The lines of a text, one per paragraph, with their markers."""

from __future__ import annotations

import re

from pipeline.layout.model import Line
from pipeline.layout.numbering import mark

_LINE = re.compile(r"[^\n]+")


def split_lines(text: str) -> list[Line]:
    """Non-blank lines in order. A \\f inside a line is a page break in mid-sentence, which the text stage left there."""
    lines: list[Line] = []
    at = 0
    for m in _LINE.finditer(text):
        start = m.start() + len(m[0]) - len(m[0].lstrip())
        end = m.start() + len(m[0].rstrip())
        if start >= end:
            continue
        line = Line(start=start, end=end, blank_before=max(0, text.count("\n", at, m.start()) - 1) + text.count("\f", at, start))
        mark(line, text)
        lines.append(line)
        at = end
    return lines
