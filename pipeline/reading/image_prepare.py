"""Makes a scan fit for reading: one grey plane without seals, borders and skew, at the resolution the engine reads best.

What is done and what is left undone follows measurements on real scans: red channel, deskew from a threshold on, no binarisation, no median
(docs/ocr.md has the figures).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.image import Pixels

A4_RATIO = 842 / 595
TARGET_DPI = 200
SKEW_FROM = 0.3  # degrees; below it turning costs sharpness and gains nothing
SKEW_LIMIT = 8.0
RED_FROM, BLUE_FROM = 14, 18  # how much stronger, in grey levels, the colour is than the tint of the paper
BLEACH = 0.62  # a channel value of this share of the paper is as good as paper where coloured ink lies


@dataclass(frozen=True, slots=True)
class Prepared:
    """A grey page ready for the engine; `to_page` maps its pixels to points on the page as it was given (2 x 3)."""

    grey: Pixels
    dpi: int
    to_page: NDArray[np.float64]
    size: tuple[float, float]
    skew: float
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


def prepare(image: Pixels, size_points: tuple[float, float] | None, target_dpi: int = TARGET_DPI, turn: int = 0) -> Prepared:
    """Grey, rescaled, deskewed page. `turn` is a known rotation in quarter turns, counter-clockwise, applied first."""
    size = page_points(image.shape, size_points)
    height, width = image.shape[:2]
    grey = ink_plane(image)
    back = np.eye(3)
    if turn % 4:
        grey = np.ascontiguousarray(np.rot90(grey, turn % 4))
        back = _unturn(turn % 4, width, height)
    native = width * 72 / size[0]
    factor = _scale(native, target_dpi)
    if factor != 1.0:
        resized = (round(grey.shape[1] * factor), round(grey.shape[0] * factor))
        grey = np.asarray(cv2.resize(grey, resized, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC), np.uint8)
        back = back @ np.diag([1 / factor, 1 / factor, 1.0])
    grey = clear_border(grey)
    angle = skew_of(grey)
    if abs(angle) >= SKEW_FROM:
        grey, undo = deskew(grey, angle)
        back = back @ undo
    to_points = np.diag([size[0] / width, size[1] / height, 1.0])
    return Prepared(grey, max(70, round(native * factor)), (to_points @ back)[:2], size, angle, turn % 4)


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
    return 1.0 if 0.9 <= factor <= 1.12 else min(factor, 3.0)


def ink_plane(image: Pixels) -> Pixels:
    """The red channel with coloured ink lifted to paper: red seals wholly, blue ink where its strokes are large (signatures).

    Black text under the ink stays black. Small blue strokes stay too: they are stamped or handwritten numbers and days.
    """
    if image.ndim == 2:
        return image
    red = np.ascontiguousarray(image[:, :, 0])
    blue = np.ascontiguousarray(image[:, :, 2])
    out = red.copy()
    seal = _coloured(cv2.subtract(red, cv2.max(image[:, :, 1], blue)), RED_FROM)
    if seal is not None:
        _bleach(out, red, seal)
    strokes = _large_strokes(_coloured(cv2.subtract(blue, red), BLUE_FROM))
    if strokes is not None:
        _bleach(out, blue, strokes)
    return out


def _coloured(colour: Pixels, least: int) -> NDArray[np.bool_] | None:
    """Where ink of a colour lies. The colour plane is smoothed first: JPEG keeps colours at half the resolution. None for next to none."""
    smooth = cv2.blur(colour, (5, 5))
    tint = int(np.percentile(smooth[::8, ::8], 60))  # tinted paper is no ink
    mask = smooth > tint + least
    return mask if int(np.count_nonzero(mask)) >= 60 else None


def _bleach(out: Pixels, plane: Pixels, where: NDArray[np.bool_]) -> None:
    """In the places given takes `plane`, the channel the ink shows least in, stretched until the ink is as light as paper."""
    paper = float(np.percentile(plane[::8, ::8], 75))
    lifted = np.clip(plane[where].astype(np.float32) / BLEACH, 0, paper)
    out[where] = np.maximum(out[where], lifted.astype(np.uint8))


def _large_strokes(ink: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """Those parts of the ink that hang together over more than about 27 points on A4, too wide for a digit."""
    if ink is None:
        return None
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    large = stats[:, cv2.CC_STAT_WIDTH] > ink.shape[1] * 0.045
    large[0] = False
    return large[labels] if bool(large.any()) else None


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
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small, 75))
    edge = 0.04
    h, w = small.shape
    ys, xs = np.nonzero(small[round(h * edge) : round(h * (1 - edge)), round(w * edge) : round(w * (1 - edge))] < paper * 0.7)
    if len(ys) < 400:
        return 0.0
    x, y = xs.astype(np.float32) - w / 2, ys.astype(np.float32)

    def unevenness(angle: float) -> float:
        rows = (y + x * np.tan(np.radians(angle)) + w).astype(np.int32)
        profile = np.bincount(rows)
        return float(np.sum(np.square(np.diff(profile.astype(np.float64)))))

    best, span, step = 0.0, SKEW_LIMIT, 0.5
    while step >= 0.045:
        angles = np.arange(best - span, best + span + step / 2, step)
        best = float(angles[int(np.argmax([unevenness(a) for a in angles]))])
        span, step = step, step / 3
    if abs(best) > SKEW_LIMIT - 0.5 or unevenness(best) < 1.04 * unevenness(0.0):
        return 0.0
    return best


def deskew(grey: Pixels, angle: float) -> tuple[Pixels, NDArray[np.float64]]:
    """Turns the page level; returns it and the map from its pixels back to the pixels given (3 x 3)."""
    height, width = grey.shape
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    paper = int(np.percentile(grey[::8, ::8], 80))
    turned = cv2.warpAffine(grey, forward, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper)
    whole = np.vstack([forward, [0, 0, 1]])
    return np.asarray(turned, np.uint8), np.linalg.inv(whole)
