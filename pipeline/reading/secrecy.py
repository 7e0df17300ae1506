"""Secrecy marks: MẬT, TỐI MẬT, TUYỆT MẬT alone on their line in the head of a page (Luật 117/2025/QH15; domain rules 1.5, 7).

MẶT TRẬN, "bảo mật" and "bí mật" in running text are no marks. In doubt the file is put aside; a person can release it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pipeline.data import load

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_SPACES = re.compile(r"\s+")
_CELLS = re.compile(r"\s{3,}|\t|\s*\|\s*")
# The body begins with a legal basis, an addressee, a numbered part, or a long line of running text.
_BODY = re.compile(r"^(?:Căn cứ|Kính gửi|Thực hiện|Theo |Xét |Điều 1\b|Chương I\b|I[.\-]|1[.\-)] |A[.\-] |[-+] )")
_RUNNING = 90
_HEAD_LINES = 60


@cache
def _marks() -> tuple[dict[str, str], str, str]:
    rows = load.rows("secrecy_marks")
    levels = {r["text"].replace(" ", ""): r["text"] for r in rows if r["kind"] == "level"}
    label = next(r["text"] for r in rows if r["kind"] == "label")
    after = next(r["text"] for r in rows if r["kind"] == "not-before")
    return levels, label, after


def marked(text_lines: Iterable[str]) -> str | None:
    """The secrecy level stamped in the head of one page, or None.

    `text_lines` are the page's lines in reading order, as printed or as OCR read them.
    """
    levels, label, after = _marks()
    lines = [unicodedata.normalize("NFC", line).strip() for line in text_lines]
    lines = [line for line in lines if line][:_HEAD_LINES]
    for k, line in enumerate(lines):
        for cell in _CELLS.split(line):
            found = _level(cell, levels, label)
            if found and not (k + 1 < len(lines) and _EDGE.sub("", lines[k + 1]).upper().startswith((after, "TRAN"))):
                return found
        if _BODY.match(line) or (len(line) > _RUNNING and not line.isupper()):
            return None
    return None


def _level(cell: str, levels: dict[str, str], label: str) -> str | None:
    """The level a whole cell names. Letters may be spaced out; "ĐỘ MẬT: TỐI MẬT" names one too."""
    bare = _EDGE.sub("", cell)
    if not bare.isupper() and not (bare.upper().startswith(label) and ":" in bare):
        return None
    if bare.upper().startswith(label) and ":" in bare:
        bare = _EDGE.sub("", bare.split(":", 1)[1])
        if not bare.isupper():
            return None
    return levels.get(_SPACES.sub("", bare))
