"""Looks for secrecy stamps on the image itself: red boxes with a level in them (domain rules 1.5, 7).

The reading of the page leaves red ink out, so a stamp is looked for first.

Run before any text of the page is kept. What is read in a box is compared without accents: in doubt the page counts as marked.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from pipeline.reading import secrecy
from pipeline.reading.boxes import fold
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_engine import recognise

_LEVELS = ("MAT", "TOIMAT", "TUYETMAT")
# Stamps are 8 to 10 mm high and 20 to 40 mm wide; slack for frames left out, and for stamps of other makes.
_LEAST_WIDTH, _MOST_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 24.0, 220.0, 8.0, 64.0
_DPI = 200
_BOXES = 6  # more red boxes than this are a picture, not stamps


def secrecy_mark(image: Pixels, size: tuple[float, float], seconds: float) -> str | None:
    """The level on a red stamp of a page image (RGB), or None. `size`: the page in points."""
    if image.ndim == 2:
        return None
    for number, crop in enumerate(red_boxes(image, size)):
        if number >= _BOXES:
            break
        for psm in (7, 6):
            read = " ".join(w.text for w in recognise(crop, _DPI, seconds, psm=psm))
            found = level_in(read)
            if found:
                return found
    return None


def level_in(read: str) -> str | None:
    """The secrecy level in what was read inside one red box, accents or not; None for other words (KHẨN, HỎA TỐC, MẶT TRẬN ...)."""
    exact = secrecy.marked([read])
    if exact:
        return exact
    letters = "".join(c for c in fold(read) if c.isalpha())
    released = letters.startswith(("GIAI", "DAGIAI", "DOMAT"))  # "Giải mật" is for a person to judge
    return next((level for level in reversed(_LEVELS) if letters == level or (released and letters.endswith(level))), None)


def red_boxes(image: Pixels, size: tuple[float, float]) -> Iterator[Pixels]:
    """Grey crops, at 200 dpi and with dark ink, of red shapes that could be stamps: wide, low, not round."""
    scale = image.shape[1] / size[0]
    channels = [image[:, :, k] for k in range(3)]
    redness = cv2.blur(cv2.subtract(channels[0], cv2.max(channels[1], channels[2])), (3, 3))
    tint = int(np.percentile(redness[::8, ::8], 60))
    red = (redness > tint + 30).astype(np.uint8)
    if int(np.count_nonzero(red)) < 80:
        return
    reach = max(3, round(5 * scale))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((max(3, round(2.5 * scale)), 2 * reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for number in sorted(range(1, count), key=lambda k: int(stats[k][1])):
        x, y, width, height = (int(v) for v in stats[number][:4])
        if not (_LEAST_WIDTH * scale <= width <= _MOST_WIDTH * scale and _LEAST_HEIGHT * scale <= height <= _MOST_HEIGHT * scale):
            continue
        if width < 1.3 * height:
            continue
        yield _crop(channels[1], red, (x, y, width, height), scale)


def _crop(green: Pixels, red: Pixels, box: tuple[int, int, int, int], scale: float) -> Pixels:
    """The red ink of one box as black on white, without its frame, rescaled for the engine, with a white rim."""
    x, y, width, height = box
    part = green[y : y + height, x : x + width]
    own = np.asarray(cv2.dilate(red[y : y + height, x : x + width], np.ones((3, 3), np.uint8)), np.uint8)
    ink = np.where(own > 0, part, 255).astype(np.uint8)
    frame = _frame(own)
    ink[frame] = 255
    factor = _DPI / 72 / scale
    resized = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    return np.asarray(cv2.copyMakeBorder(resized, 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=255), np.uint8)


def _frame(ink: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Lines of a box: straight runs over most of its width or height."""
    height, width = ink.shape
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, max(3, round(width * 0.5))), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(3, round(height * 0.75)), 1), np.uint8))
    if not across.any():
        return np.zeros(ink.shape, np.bool_)  # without a frame the tall strokes at the ends are letters
    down[:, round(width * 0.12) : round(width * 0.88)] = 0
    return np.asarray(cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8)), np.bool_)
