"""Coloured ink on a scan: where it lies, and the page as it would be without seals and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.image import Pixels

RED_FROM, BLUE_FROM = 14, 18  # how much stronger, in grey levels, the colour is than the tint of the paper
BLEACH = 0.62  # a channel value of this share of the paper is as good as paper where coloured ink lies
CELL = 8  # pixels of the scan per cell of an ink map


@dataclass(frozen=True, slots=True)
class InkMap:
    """Where coloured ink was taken away, in cells of a grid over the page; `shape` is the height and width of the scan in pixels."""

    cells: NDArray[np.bool_]
    shape: tuple[int, int]

    def near(self, x: float, y: float) -> bool:
        """Is there coloured ink at this place? x and y are shares of the page's width and height, 0 to 1."""
        rows, columns = self.cells.shape
        return bool(self.cells[min(rows - 1, max(0, int(y * rows))), min(columns - 1, max(0, int(x * columns)))])


def ink_plane(image: Pixels) -> tuple[Pixels, InkMap | None]:
    """The red channel with coloured ink lifted to paper, and where that ink lay (None for none).

    Red seals go wholly, blue ink where its strokes are large (signatures). Black text under the ink stays black. Small blue
    strokes stay too: they are stamped or handwritten numbers and days.
    """
    if image.ndim == 2:
        return image, None
    red = np.ascontiguousarray(image[:, :, 0])
    blue = np.ascontiguousarray(image[:, :, 2])
    out = red.copy()
    seal = _coloured(cv2.subtract(red, cv2.max(image[:, :, 1], blue)), RED_FROM)
    if seal is not None:
        _bleach(out, red, seal)
    strokes = _large_strokes(_coloured(cv2.subtract(blue, red), BLUE_FROM))
    if strokes is not None:
        _bleach(out, blue, strokes)
    found = [m for m in (seal, strokes) if m is not None]
    return out, _map(np.logical_or.reduce(found)) if found else None


def _coloured(colour: NDArray[Any], least: int) -> NDArray[np.bool_] | None:
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


def _map(ink: NDArray[np.bool_]) -> InkMap:
    """Cells with ink in them, closed so that the inside of a seal counts too."""
    height, width = ink.shape
    cells = cv2.resize(ink.astype(np.float32), (max(1, width // CELL), max(1, height // CELL)), interpolation=cv2.INTER_AREA)
    marked = (cells > 0.12).astype(np.uint8)
    reach = max(3, cells.shape[1] // 70)  # about 8 points on A4
    closed = cv2.morphologyEx(marked, cv2.MORPH_CLOSE, np.ones((2 * reach, 2 * reach), np.uint8))
    return InkMap(cv2.dilate(closed, np.ones((3, 3), np.uint8)).astype(np.bool_), (height, width))
