"""Words with boxes from pdfium's text layer, at little more than the cost of its plain text.

The text comes over in one call; only the first and the last character of each word are asked for their boxes.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.reading.boxes import Box

# pdfium writes U+FFFE or U+0002 for a hyphen at the end of a line and then leaves the line break out.
_WORD = re.compile(r"[^\s\x00-\x1f\ufffe\ufffd\u00a0\u200b]+[\x02\ufffe]?")
_HYPHENS = "\x02\ufffe"

Side = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible page: its lower left corner in user space, its size as shown, and its turn in quarter circles."""

    x: float
    y: float
    width: float
    height: float
    turn: int

    def place(self, left: Side, bottom: Side, right: Side, top: Side) -> tuple[Side, Side, Side, Side]:
        """Rectangles of user space as (x0, top, x1, bottom) in points from the top left corner of the page as shown."""
        left, right, bottom, top = left - self.x, right - self.x, bottom - self.y, top - self.y
        if self.turn == 0:
            return left, self.height - top, right, self.height - bottom
        if self.turn == 1:
            return bottom, left, top, right
        if self.turn == 2:
            return self.width - right, bottom, self.width - left, top
        return self.width - top, self.height - right, self.width - bottom, self.height - left


def frame_of(page: Any) -> Frame:
    """The frame of a pypdfium2 page."""
    x0, y0, _, _ = page.get_cropbox()
    width, height = page.get_size()
    return Frame(x0, y0, width, height, (page.get_rotation() // 90) % 4)


def text_of(textpage: Any) -> tuple[str, bool]:
    """The text layer, and whether text and character numbers agree (they differ where codes are control characters)."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return "", True
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = ctypes.string_at(buffer, max(0, got - 1) * 2).decode("utf-16-le", "replace")
    if len(text) == count:
        return text, True
    codes = (pdfium.FPDFText_GetUnicode(textpage, i) for i in range(count))
    return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes), False


@cache
def _box_function() -> Callable[[int | None, int, int], int]:
    """FPDFText_GetLooseCharBox taking plain addresses, which halves the cost of a call."""
    pointer = ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(pointer)


def words(textpage: Any, text: str, frame: Frame) -> list[Box]:
    """The words of a text layer whose character i is `text[i]`."""
    matches = list(_WORD.finditer(text))
    if not matches:
        return []
    count = len(matches)
    rects = (pdfium.FS_RECTF * (2 * count))()
    box_of = _box_function()
    page = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    address, size = ctypes.addressof(rects), ctypes.sizeof(pdfium.FS_RECTF)
    for match in matches:
        start, end = match.span()
        box_of(page, start, address)
        box_of(page, end - 1, address + size)
        address += 2 * size
    sides = np.frombuffer(rects, dtype=np.float32).reshape(count, 2, 4).astype(np.float64)  # left, top, right, bottom
    left, right = sides[:, :, 0].min(1), sides[:, :, 2].max(1)
    bottom, top = sides[:, :, 3].min(1), sides[:, :, 1].max(1)
    places = np.stack(frame.place(left, bottom, right, top), 1).round(2).tolist()
    normal = text.isascii() or unicodedata.is_normalized("NFC", text)
    out = []
    for match, (x0, y0, x1, y1) in zip(matches, places, strict=True):
        word = match[0]
        if word[-1] in _HYPHENS:
            word = word[:-1] + "-"
        if not normal:
            word = unicodedata.normalize("NFC", word)
        out.append(Box(word, x0, y0, x1, y1, 1.0, match.start()))
    return out
