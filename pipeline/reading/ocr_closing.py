"""The foot of a document on its page: where the list of recipients stands, and a part of the page read once more by itself (domain rules
1.1 ô 7 and 9b, 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np

from pipeline.reading.correct.tokens import skeleton
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_engine import Seen, recognise

GAP = 2.4  # heights of a line; a larger blank ends the list below, or parts it from the signature
_MOST_WIDTH = 0.62  # of the page; what is wider is no column beside a signature
_ROOM = 0.6  # heights of paper around the list
_MARGIN = 20  # pixels of paper around what is cut out


@dataclass(frozen=True, slots=True)
class Block:
    """The list of recipients on the page in pixels, the numbers of its words, and of those of others that its edge would cut; `line` is
    the height of a line of type."""

    x0: int
    top: int
    x1: int
    bottom: int
    words: frozenset[int]
    cut: frozenset[int]
    line: float


def read_part(
    grey: Pixels, part: tuple[int, int, int, int], hidden: Iterable[Seen], dpi: int, seconds: float, *, scale: float, psm: int
) -> list[Seen]:
    """The words in a part of the page (left, top, right, bottom in pixels), enlarged and with `hidden` painted over, in pixels of the page.

    Raises what `recognise` raises.
    """
    x0, top, x1, bottom = part
    crop = grey[top:bottom, x0:x1].copy()
    for w in hidden:
        crop[max(0, round(w.top) - top) : max(0, round(w.bottom) - top), max(0, round(w.x0) - x0) : max(0, round(w.x1) - x0)] = 255
    large = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    paper = np.asarray(cv2.copyMakeBorder(large, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=255), np.uint8)

    def back(word: Seen) -> Seen:
        left, right = (x0 + (x - _MARGIN) / scale for x in (word.x0, word.x1))
        above, below = (top + (y - _MARGIN) / scale for y in (word.top, word.bottom))
        return replace(word, x0=left, top=above, x1=right, bottom=below)

    return [back(w) for w in recognise(paper, round(dpi * scale), seconds, psm=psm)]


def put_in_place(words: Sequence[Seen], old: frozenset[int], new: Sequence[Seen], at: int) -> list[Seen]:
    """`words` with those numbered `old` gone and `new` standing before the word numbered `at`, on lines of their own."""
    line = max((w.line for w in words), default=0) + 1
    before, after = ([w for i, w in enumerate(words) if i not in old and (i < at) is early] for early in (True, False))
    return [*before, *(replace(w, line=line + w.line) for w in new), *after]


def find_block(words: Sequence[Seen], width: int) -> Block | None:
    """The column that begins with "Nơi nhận", down to a wide blank and right to the signature; None where none is seen."""
    label = next((i for i in range(len(words) - 1) if _is_label(words, i)), None)
    if label is None:
        return None
    start = words[label]
    usual = median(w.bottom - w.top for w in words)
    left = start.x0 - 2.5 * usual
    below = sorted(
        (i for i, w in enumerate(words) if w.top > start.top - usual and left < w.x0 < left + _MOST_WIDTH * width),
        key=lambda i: words[i].top,
    )
    inside: set[int] = set()
    bottom, right = start.bottom, start.x1
    for row in _rows(below, words, usual):
        if min(words[i].top for i in row) > bottom + GAP * usual:
            break
        column = _column(row, words, GAP * usual, left + 4 * usual)
        if not column:
            continue
        if max(words[i].x1 for i in column) > left + _MOST_WIDTH * width:
            break  # a line of text over the page: the list has ended
        inside |= set(column)
        bottom = max(bottom, *(words[i].bottom for i in column))
        right = max(right, *(words[i].x1 for i in column))
    if len(inside) < 4:
        return None
    room = round(_ROOM * usual)
    x0, x1 = max(0, round(min(words[i].x0 for i in inside)) - room), round(right) + room
    top, bottom_ = max(0, round(start.top) - room), round(bottom) + room
    shown = [i for i, w in enumerate(words) if w.x0 < x1 and w.x1 > x0 and w.top < bottom_ and w.bottom > top]
    held = set(inside)
    for i in sorted((i for i in shown if i not in inside), key=lambda i: words[i].x0):
        whole = words[i].x1 <= x1 and words[i].x0 >= x0
        if whole and any(follows(words[i], words[k], usual) for k in held):
            held.add(i)  # of a row that tall boxes had parted; what stands behind a wide blank is the signature
    cut = frozenset(shown) - held  # a name under the signature, close beside the list or right below it
    return Block(x0, top, x1, bottom_, frozenset(held), cut, usual)


def follows(word: Seen, before: Seen, usual: float) -> bool:
    """Does `word` stand in the row of `before`, with no wide blank between?"""
    apart = abs((word.top + word.bottom) - (before.top + before.bottom)) / 2
    return apart < 0.8 * usual and -usual < word.x0 - before.x1 < GAP * usual


def _is_label(words: Sequence[Seen], i: int) -> bool:
    """Does "Nơi nhận" stand at word `i`, with its colon or alone? "Nơi nhận báo cáo" heads a column."""
    first, second = words[i], words[i + 1]
    if not (_says(first.text, "noi") and _says(second.text, "nhan") and first.line == second.line):
        return False
    height = second.bottom - second.top
    return ":" in second.text or not any(follows(w, second, height) for w in words[i + 2 : i + 3])


def is_label(word: Seen) -> bool:
    """Is it a word of the label "Nơi nhận"?"""
    return _says(word.text, "noi") or _says(word.text, "nhan")


def _says(text: str, word: str) -> bool:
    return skeleton(text).strip(".,:;*'\"-|") == word


def _rows(numbers: Sequence[int], words: Sequence[Seen], usual: float) -> list[list[int]]:
    """Words whose middles are less than half a height apart, from top to bottom."""
    rows: list[list[int]] = []
    for i in numbers:
        middle = (words[i].top + words[i].bottom) / 2
        if rows and middle - (words[rows[-1][0]].top + words[rows[-1][0]].bottom) / 2 < 0.6 * usual:
            rows[-1].append(i)
        else:
            rows.append([i])
    return [sorted(row, key=lambda i: words[i].x0) for row in rows]


def _column(row: Sequence[int], words: Sequence[Seen], gap: float, left: float) -> list[int]:
    """The words of a row from its left end up to a wide blank; none where the row begins farther right than a list does."""
    if words[row[0]].x0 > left:
        return []
    out = [row[0]]
    for a, b in pairwise(row):
        if words[b].x0 - words[a].x1 > gap:
            break
        out.append(b)
    return out
