"""Finds tables drawn with rulings on a grey page: their cells as rectangles, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.image import Pixels

Rectangle = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its frame, and for each row the rectangles of its cells from left to right.

    A merged cell stands once, in its first row; the places it covers besides are None.
    """

    frame: Rectangle
    rows: tuple[tuple[Rectangle | None, ...], ...]


def find_grids(grey: Pixels, dpi: int) -> tuple[list[Grid], NDArray[np.bool_] | None]:
    """The tables of a level page (in pixels), and a mask of the rulings of tables and of small frames, which are taken out before
    reading; None without."""
    factor = min(1.0, 200 / dpi)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else grey
    paper = float(np.percentile(small[::4, ::4], 75))
    dark = (small < paper * 0.72).astype(np.uint8)
    inch = dpi * factor
    # Longer than any stroke of a letter: serifs that touch make runs of half an inch, a capital with two marks is a fifth of an inch high.
    across = _strokes(dark, (round(inch * 0.7), 1))
    if not across.any():
        return [], None
    down = _strokes(dark, (1, round(inch * 0.24)))
    if not down.any():
        return [], None
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    grids: list[Grid] = []
    mask = np.zeros(grey.shape, np.bool_)
    for number in range(1, count):
        x, y, width, height = (int(v) for v in stats[number][:4])
        if height < 0.25 * inch:
            continue
        own = labels[y : y + height, x : x + width] == number
        if _box(across[y : y + height, x : x + width] * own, down[y : y + height, x : x + width] * own, inch):
            _mark(mask, across[y : y + height, x : x + width] * own, down[y : y + height, x : x + width] * own, (x, y), 1 / factor)
            continue
        if width < 1.5 * inch:
            continue
        grid = _cells(across[y : y + height, x : x + width] * own, down[y : y + height, x : x + width] * own, inch)
        if grid is None:
            continue
        grids.append(_scaled(grid, x, y, 1 / factor, (x, y, x + width, y + height)))
        _mark(mask, across[y : y + height, x : x + width] * own, down[y : y + height, x : x + width] * own, (x, y), 1 / factor)
    return sorted(grids, key=lambda g: g.frame[1]), (mask if mask.any() else None)


def _box(across: Pixels, down: Pixels, inch: float) -> bool:
    """Is it a small frame around one word or two ("HỎA TỐC")? Four sides and nothing inside; the engine takes it for a picture."""
    if across.shape[1] > 2.2 * inch or across.shape[0] > 0.6 * inch:
        return False
    ys = _edges(across.sum(axis=1, dtype=np.float64), 0.35 * inch, 0.06 * inch)
    xs = _edges(down.sum(axis=0, dtype=np.float64), 0.18 * inch, 0.06 * inch)
    if len(ys) != 2 or len(xs) != 2:
        return False
    slack = round(0.03 * inch) + 1
    return all(_walls(down, xs, ys, vertical=True, slack=slack)[0]) and all(
        row[0] for row in _walls(across, xs, ys, vertical=False, slack=slack)
    )


def _strokes(dark: Pixels, kernel: tuple[int, int]) -> Pixels:
    """Straight runs at least as long as the kernel; small breaks are closed first."""
    bridge = (min(kernel[0], 3), min(kernel[1], 3))
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel)), np.uint8)


def _edges(profile: NDArray[np.float64], least: float, merge: float) -> list[float]:
    """The middles of the runs where the profile exceeds `least`; runs closer than `merge` are one ruling."""
    places = np.flatnonzero(profile >= least)
    groups: list[list[int]] = []
    for place in places:
        if groups and place - groups[-1][-1] <= merge:
            groups[-1].append(int(place))
        else:
            groups.append([int(place)])
    return [float(np.average(g, weights=profile[g])) for g in groups]


def _cells(across: Pixels, down: Pixels, inch: float) -> list[list[Rectangle | None]] | None:
    """Cells within one frame, or None where there are fewer than two columns, or two rows, of them. One row of three cells is the head
    of a table whose rows stand on the next page."""
    ys = _edges(across.sum(axis=1, dtype=np.float64), 0.35 * inch, 0.06 * inch)
    xs = _edges(down.sum(axis=0, dtype=np.float64), 0.18 * inch, 0.06 * inch)
    if len(xs) < 3 or len(ys) < (3 if len(xs) < 4 else 2):
        return None
    wall = _walls(down, xs, ys, vertical=True, slack=round(0.03 * inch) + 1)
    floor = _walls(across, xs, ys, vertical=False, slack=round(0.03 * inch) + 1)
    if not _framed(wall, floor):
        return None
    rows: list[list[Rectangle | None]] = []
    taken: set[tuple[int, int]] = set()
    for r in range(len(ys) - 1):
        row: list[Rectangle | None] = []
        for c in range(len(xs) - 1):
            if (r, c) in taken:
                row.append(None)
                continue
            right, low = c + 1, r + 1
            while right < len(xs) - 1 and not wall[r][right]:
                right += 1
            while low < len(ys) - 1 and not floor[low][c]:
                low += 1
            taken |= {(i, j) for i in range(r, low) for j in range(c, right)}
            row.append((xs[c], ys[r], xs[right], ys[low]))
        rows.append(row)
    return rows


def _framed(wall: list[list[bool]], floor: list[list[bool]]) -> bool:
    """Is the outer border drawn, and most of what lies inside?"""
    border = [row[0] for row in wall] + [row[-1] for row in wall] + floor[0] + floor[-1]
    inner = [w for row in wall for w in row] + [f for row in floor for f in row]
    return sum(border) >= 0.8 * len(border) and sum(inner) >= 0.5 * len(inner)


def _walls(strokes: Pixels, xs: Sequence[float], ys: Sequence[float], *, vertical: bool, slack: int) -> list[list[bool]]:
    """Is there a ruling? Vertical: [row][column edge]; otherwise [row edge][column]. Half of the side must be drawn."""
    out = []
    for i in range(len(ys) - 1 if vertical else len(ys)):
        line = []
        for j in range(len(xs) if vertical else len(xs) - 1):
            if vertical:
                part = strokes[round(ys[i]) : round(ys[i + 1]) + 1, max(0, round(xs[j]) - slack) : round(xs[j]) + slack + 1]
                drawn = float(part.max(axis=1).mean()) if part.size else 1.0
            else:
                part = strokes[max(0, round(ys[i]) - slack) : round(ys[i]) + slack + 1, round(xs[j]) : round(xs[j + 1]) + 1]
                drawn = float(part.max(axis=0).mean()) if part.size else 1.0
            line.append(drawn > 0.5)
        out.append(line)
    return out


def _scaled(rows: list[list[Rectangle | None]], x: int, y: int, factor: float, frame: tuple[int, int, int, int]) -> Grid:
    def moved(cell: Rectangle) -> Rectangle:
        return ((cell[0] + x) * factor, (cell[1] + y) * factor, (cell[2] + x) * factor, (cell[3] + y) * factor)

    left, top, right, bottom = frame
    return Grid(
        (left * factor, top * factor, right * factor, bottom * factor),
        tuple(tuple(moved(c) if c else None for c in row) for row in rows),
    )


def _mark(mask: NDArray[np.bool_], across: Pixels, down: Pixels, at: tuple[int, int], factor: float) -> None:
    """Sets the rulings in the mask of the full page, one reduced pixel wider than found."""
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    height, width = round(both.shape[0] * factor), round(both.shape[1] * factor)
    x, y = round(at[0] * factor), round(at[1] * factor)
    big = cv2.resize(both, (width, height), interpolation=cv2.INTER_NEAREST).astype(np.bool_)
    target = mask[y : y + height, x : x + width]
    target |= big[: target.shape[0], : target.shape[1]]


def without_rulings(grey: Pixels, mask: NDArray[np.bool_] | None) -> Pixels:
    """The page with the rulings of its tables painted over with paper, only there: page-wide removal loses letters (measured)."""
    if mask is None:
        return grey
    out = grey.copy()
    out[mask] = int(np.percentile(grey[::8, ::8], 75))
    return out
