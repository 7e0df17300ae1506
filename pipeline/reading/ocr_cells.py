"""Reads the cells of a ruled table that came out unsure once more, larger and one under another: small print in narrow columns, whose
words the engine runs together on bad copies (domain rules 8.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

import cv2
import numpy as np

from pipeline.reading.image import Pixels
from pipeline.reading.ocr_engine import Seen, recognise
from pipeline.reading.ocr_grid import Grid, Rectangle

_SURE = 0.92  # mean of a cell; one below it is read again
_SCALE = 1.75  # of 1.25 to 2.0 the least errors on bad copies of eleven documents with tables
_ONE_BLOCK = 6  # the engine's name for a single block of text
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_])")
_DAMAGED = re.compile(r"\W*(?=\D*\d)[\dIl|!\]Oo]+\W*")  # figures with letters that look like them
_ALIKE = str.maketrans("Il|!]Oo", "1111100")
_INSET, _APART = 3, 28  # pixels off the rulings, and of paper between cells
_MOST = 60  # cells of one page
_DOUBTED = 0.49  # figures that two readings disagree about are looked at once more


def cells_again(words: Sequence[Seen], grids: Sequence[Grid], grey: Pixels, dpi: int, seconds: float) -> list[Seen]:
    """The words of a page with those of unsure cells from a second reading where that is surer and has the same figures; else as they
    are, figures that differ no surer than _DOUBTED. All in one call.

    Raises what `recognise` raises.
    """
    cells = [cell for grid in grids for row in grid.rows for cell in row if cell is not None]
    held = [(cell, [i for i, w in enumerate(words) if _inside(w, cell)]) for cell in cells]
    unsure = [(cell, old) for cell, old in held if old and fmean(words[i].confidence for i in old) < _SURE][:_MOST]
    if not unsure:
        return list(words)
    strips = [_strip(grey, cell) for cell, _ in unsure]
    tops = np.cumsum([0, *(s.shape[0] + _APART for s in strips)])
    sheet = np.full((int(tops[-1]), max(s.shape[1] for s in strips) + 2 * _APART), 255, np.uint8)
    for strip, top in zip(strips, tops, strict=False):
        sheet[top + _APART // 2 : top + _APART // 2 + strip.shape[0], _APART : _APART + strip.shape[1]] = strip
    found: dict[int, list[Seen]] = {}
    for word in recognise(sheet, round(dpi * _SCALE), seconds, psm=_ONE_BLOCK):
        found.setdefault(int(np.searchsorted(tops, (word.top + word.bottom) / 2, side="right")) - 1, []).append(word)
    line = max((w.line for w in words), default=0) + 1
    out, gone, new = list(words), set[int](), list[Seen]()
    for k, (cell, old) in enumerate(unsure):
        again = found.get(k, [])
        if not again or fmean(w.confidence for w in again) < fmean(words[i].confidence for i in old):
            continue
        if _figures(again) != _figures([words[i] for i in old]):
            for i in old:
                if _figures([words[i]]):
                    out[i] = replace(words[i], confidence=min(words[i].confidence, _DOUBTED))
        else:
            gone |= set(old)
            new += [replace(_back(w, cell, int(tops[k])), line=line + w.line) for w in again]
    return [w for i, w in enumerate(out) if i not in gone] + new


def _figures(words: Sequence[Seen]) -> list[str]:
    """The numbers of a cell in the order of its lines: one that could be right is not given up for another, "I5" and "QuýlH1/" may be."""
    texts = (w.text for w in sorted(words, key=lambda w: (w.line, w.x0)))
    return [number for text in texts for number in _NUMBER.findall(text.translate(_ALIKE) if _DAMAGED.fullmatch(text) else text)]


def _inside(word: Seen, cell: Rectangle) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return cell[0] <= x < cell[2] and cell[1] <= y < cell[3]


def _strip(grey: Pixels, cell: Rectangle) -> Pixels:
    x0, top, x1, bottom = (round(v) for v in cell)
    part = grey[top + _INSET : max(bottom - _INSET, top + _INSET + 1), x0 + _INSET : max(x1 - _INSET, x0 + _INSET + 1)]
    return np.asarray(cv2.resize(part, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_CUBIC), np.uint8)


def _back(word: Seen, cell: Rectangle, top: int) -> Seen:
    """A word of the sheet in pixels of the page."""
    left, above = round(cell[0]) + _INSET, round(cell[1]) + _INSET
    x0, x1 = (left + (x - _APART) / _SCALE for x in (word.x0, word.x1))
    y0, y1 = (above + (y - top - _APART // 2) / _SCALE for y in (word.top, word.bottom))
    return replace(word, x0=x0, top=y0, x1=x1, bottom=y1)
