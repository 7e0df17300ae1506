"""Pictures with text on a page whose layer does not have it: a scanned table or signature block on a page that was typed.

Runs inside the parsing process. What lies under a picture is drawn small, the words of the layer are taken out, and what is left is
looked at: lines of type are long and low, seals, photographs and signatures are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.reading.boxes import Box
from pipeline.reading.pdf_pictures import boxes
from pipeline.reading.pdf_words import Frame

Region = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the top left corner of the page as shown

_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 20.0  # points; smaller pictures are emblems and bullets
_LEAST_LINES = 2
_LINE = (30.0, 4.0, 26.0)  # least width, least and most height of a line of type, in points
_DPI = 72


def unread(page: Any, frame: Frame, words: Sequence[Box]) -> list[Region]:
    """The pictures of a page on which at least two lines stand that no word of the layer covers, from top to bottom; without overlap."""
    large = [b for b in boxes(page, frame) if b[2] - b[0] >= _LEAST_WIDTH and b[3] - b[1] >= _LEAST_HEIGHT]
    if not large:
        return []
    drawn = _drawn(page, frame)
    for word in words:
        drawn[_slice(word.x0 - 2, word.top - 1, word.x1 + 2, word.bottom + 1)] = 255
    return [r for r in _joined(large) if _lines(drawn[_slice(*r)]) >= _LEAST_LINES]


def _drawn(page: Any, frame: Frame) -> np.ndarray[Any, np.dtype[np.uint8]]:
    bitmap = page.render(scale=_DPI / 72, grayscale=True)
    array = np.array(bitmap.to_numpy(), np.uint8, copy=True)
    bitmap.close()
    return array.reshape(array.shape[0], -1)[: round(frame.height) + 1]


def _slice(x0: float, top: float, x1: float, bottom: float) -> tuple[slice, slice]:
    return slice(max(0, round(top)), max(0, round(bottom))), slice(max(0, round(x0)), max(0, round(x1)))


def _joined(found: list[Region]) -> list[Region]:
    """Pictures that overlap or touch (strips of one scan) as one."""
    out: list[Region] = []
    for box in sorted(found, key=lambda b: (b[1], b[0])):
        x0, top, x1, bottom = box
        for other in [o for o in out if o[0] < x1 + 2 and x0 < o[2] + 2 and o[1] < bottom + 2 and top < o[3] + 2]:
            out.remove(other)
            x0, top, x1, bottom = min(x0, other[0]), min(top, other[1]), max(x1, other[2]), max(bottom, other[3])
        out.append((x0, top, x1, bottom))
    return sorted(out, key=lambda b: (b[1], b[0]))


def _lines(part: np.ndarray[Any, np.dtype[np.uint8]]) -> int:
    """How many shapes look like lines of type on a small grey picture."""
    import cv2

    if part.size == 0 or min(part.shape) < 8:
        return 0
    paper = float(np.percentile(part, 75))
    ink = (part < 0.75 * paper).astype(np.uint8)
    ink = _without_rulings(ink)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 11), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    wide, low, high = _LINE
    fits = (stats[1:, cv2.CC_STAT_WIDTH] >= wide) & (stats[1:, cv2.CC_STAT_HEIGHT] >= low) & (stats[1:, cv2.CC_STAT_HEIGHT] <= high)
    return int(np.count_nonzero(fits))


def _without_rulings(ink: np.ndarray[Any, np.dtype[np.uint8]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Straight runs longer than a line of type is high, across and down, taken away: they would tie the lines of a table together."""
    import cv2

    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 40), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((18, 1), np.uint8))
    return np.asarray(ink * (1 - np.maximum(across, down)), np.uint8)
