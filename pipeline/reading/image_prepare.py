"""Makes a scan fit for reading: one grey plane without seals, borders and skew, at the resolution the engine reads best.

What is done and what is left undone follows measurements on real scans: red channel, deskew from a threshold on, no binarisation, no median
(docs/ocr.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.image import Pixels
from pipeline.reading.image_ink import InkMap, ink_plane

A4_RATIO = 842 / 595
_LONG_SIDES = (595, 842, 1191)  # of A5, A4, A3 in points; larger pages are pixels taken for points
TARGET_DPI = 200
SKEW_FROM = 0.3  # degrees; below it turning costs sharpness and gains nothing
SKEW_LIMIT = 8.0
_INK_SHARES = (1, 0.3, 0.1)  # per cent of a page that are ink; the last for a page with a few lines: noise of the paper is no ink
_POINTS = 12_000  # ink points that the skew is judged by
_STRETCH = 0.92  # coarse scans are enlarged to 184 dpi and not to 200: as accurate, and a fifteenth cheaper (docs/ocr.md)
_EDGE = 0.04  # share of width and height at each rim that is not looked at
SMOOTH = 0.5  # pixels; 0.9 already costs accents


@dataclass(frozen=True, slots=True)
class Prepared:
    """A grey page ready for the engine; `to_page` maps its pixels to points on the page as it was given (2 x 3)."""

    grey: Pixels
    dpi: int
    to_page: NDArray[np.float64]
    size: tuple[float, float]
    skew: float
    ink: InkMap | None = None
    turned: int = 0


def page_points(shape: tuple[int, ...], size_points: tuple[float, float] | None) -> tuple[float, float]:
    """Page size in points: as given, else A4 when the shape is that of A4 (within 6 %), else at 200 dpi."""
    height, width = shape[:2]
    if size_points and size_points[0] > 0 and size_points[1] > 0:
        return size_points
    ratio = max(width, height) / max(1, min(width, height))
    if abs(ratio / A4_RATIO - 1) < 0.06:
        return (595.0, 842.0) if height >= width else (842.0, 595.0)
    return width * 72 / 200, height * 72 / 200


def _nominal(size: tuple[float, float]) -> tuple[float, float]:
    """The paper a page was scanned from: the size given, but A4 where a page has that shape and not that of A5, A4 or A3 (phones and
    some scanners write pixels for points, and type would be taken for three times its size)."""
    long, short = max(size), min(size)
    if abs(long / max(1.0, short) / A4_RATIO - 1) > 0.02 or any(abs(long / side - 1) < 0.02 for side in _LONG_SIDES):
        return size
    return (595.0, 842.0) if size[1] >= size[0] else (842.0, 595.0)


def prepare(image: Pixels, size_points: tuple[float, float] | None, target_dpi: int = TARGET_DPI, turn: int = 0) -> Prepared:
    """Grey, rescaled, deskewed page. `turn` is a known rotation in quarter turns, counter-clockwise, applied first."""
    size = page_points(image.shape, size_points)
    height, width = image.shape[:2]
    grey, ink = ink_plane(image)
    back = np.eye(3)
    if turn % 4:
        grey = np.ascontiguousarray(np.rot90(grey, turn % 4))
        back = _unturn(turn % 4, width, height)
    native = width * 72 / _nominal(size)[0]
    factor = _scale(native, target_dpi)
    if factor != 1.0:
        resized = (round(grey.shape[1] * factor), round(grey.shape[0] * factor))
        grey = np.asarray(cv2.resize(grey, resized, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC), np.uint8)
        back = back @ np.diag([1 / factor, 1 / factor, 1.0])
    if factor > 1.0:
        grey = even_light(grey)
    grey = clear_border(grey)
    angle = skew_of(grey)
    if abs(angle) >= SKEW_FROM:
        grey, undo = deskew(grey, angle)
        back = back @ undo
    to_points = np.diag([size[0] / width, size[1] / height, 1.0])
    return Prepared(grey, max(70, round(native * factor)), (to_points @ back)[:2], size, angle, ink, turn % 4)


def _unturn(turn: int, width: int, height: int) -> NDArray[np.float64]:
    """Maps pixels of the turned plane back to the plane as given."""
    maps = {
        1: [[0, -1, width - 1], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, height - 1], [0, 0, 1]],
    }
    return np.array(maps[turn], np.float64)


def _scale(native: float, target: int) -> float:
    """The resize factor: down to the target from above, up from below; near the target the pixels are left alone."""
    factor = target / max(native, 1.0)
    return 1.0 if 0.9 <= factor <= 1.12 else factor if factor < 1 else min(_STRETCH * factor, 3.0)


def even_light(grey: Pixels) -> Pixels:
    """Stretches the greys from ink to paper over the whole range and smooths the grain.

    Only for pages scanned below the target resolution: it mends those and costs accents and digits on the others (docs/ocr.md)."""
    high, *lows = (float(v) for v in np.percentile(grey[::4, ::4], (70, *_INK_SHARES)))
    low = next((v for v in lows if v <= 0.6 * high), None)
    if low is None or high - low < 30:
        return grey
    table = np.clip((np.arange(256, dtype=np.float32) - low) * (255 / (high - low)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(cv2.LUT(grey, table), (0, 0), SMOOTH), np.uint8)


def clear_border(grey: Pixels) -> Pixels:
    """Whitens the dark edge a scanner leaves where the lid was open: dark areas joined to the rim and reaching no further than 8 % in."""
    height, width = grey.shape
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = int(np.percentile(grey[:: max(1, height // 200), :: max(1, width // 200)], 80))
    if float(np.mean(rim < paper * 0.5)) < 0.03:
        return grey
    out = grey.copy()
    dark = (grey < paper * 0.5).astype(np.uint8)
    for depth, strips in ((round(height * 0.08), (dark, dark[::-1])), (round(width * 0.08), (dark.T, dark.T[::-1]))):
        for number, strip in enumerate(strips):
            filled = np.mean(strip[:depth], axis=1) > 0.5
            rows = 0
            while rows < depth and bool(filled[rows]):
                rows += 1
            view = out if strip.shape == dark.shape else out.T
            view = view[::-1] if number else view
            view[: rows + 3 if rows else 0] = paper
    return out


def skew_of(grey: Pixels) -> float:
    """Skew of the text lines in degrees, counter-clockwise positive, within 8 degrees; 0 where there is too little ink to tell.

    The lines are level at the angle where the row profile is most uneven (Postl). Coarse to fine over ink points of a reduced plane.
    """
    factor = min(1.0, 900 / max(grey.shape))
    ink = ink_points(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    if ink is None:
        return 0.0
    best, span, step = 0.0, SKEW_LIMIT, 0.5
    while step >= 0.045:
        angles = np.arange(best - span, best + span + step / 2, step)
        best = float(angles[int(np.argmax(unevenness(*ink, angles)))])
        span, step = step, step / 3
    level, found = unevenness(*ink, (0.0, best))
    if abs(best) > SKEW_LIMIT - 0.5 or found < 1.04 * level:
        return 0.0
    return best


Points = NDArray[np.float32]


def ink_points(small: NDArray[Any]) -> tuple[Points, Points] | None:
    """The places of dark pixels of a small grey page, x and y from its middle; None for too little ink to tell anything by."""
    paper = float(np.percentile(small[::2, ::2], 75))
    h, w = small.shape
    top, left = round(h * _EDGE), round(w * _EDGE)
    flat = np.flatnonzero(small[top : h - top, left : w - left] < paper * 0.7)
    if len(flat) < 400:
        return None
    flat = flat[:: max(1, len(flat) // _POINTS)]  # every k-th: the profile of a full page needs no more
    ys, xs = np.divmod(flat, w - 2 * left)
    return xs.astype(np.float32) - (w / 2 - left), ys.astype(np.float32) - (h / 2 - top)


def unevenness(x: Points, y: Points, angles: Iterable[float]) -> list[float]:
    """How uneven the row profile of these points is when the rows are sheared by each angle (degrees)."""
    low = y - np.float32(y.min() - np.abs(x).max())  # never below 0, whatever the angle (within 45 degrees)
    out = []
    for angle in angles:
        profile = np.bincount((low + x * np.float32(np.tan(np.radians(angle)))).astype(np.int32))
        out.append(float(np.sum(np.square(np.diff(profile.astype(np.float64))))))
    return out


def deskew(grey: Pixels, angle: float) -> tuple[Pixels, NDArray[np.float64]]:
    """Turns the page level; returns it and the map from its pixels back to the pixels given (3 x 3)."""
    height, width = grey.shape
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    paper = int(np.percentile(grey[::8, ::8], 80))
    turned = cv2.warpAffine(grey, forward, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper)
    whole = np.vstack([forward, [0, 0, 1]])
    return np.asarray(turned, np.uint8), np.linalg.inv(whole)
