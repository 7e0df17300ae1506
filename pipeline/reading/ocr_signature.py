"""Reads the signature block once more, by itself: a position and a name alone in white paper under a seal, which the engine often passes
over when it lays out a whole page of a bad copy (domain rules 1.1 ô 7, 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.reading.image import Pixels
from pipeline.reading.ocr_closing import Block, find_block, follows, put_in_place, read_part
from pipeline.reading.ocr_engine import Seen

_LEFT = 0.42  # of the width of the page; the block is centred near 0.7
_ABOVE, _BELOW = 5.0, 26.0  # lines of type from the label "Nơi nhận": a line of TM. above it, the name below it
_SPARSE = 11  # the engine's name for text here and there
_SURE, _SPECK = 0.7, 0.3  # from the first on a word counts as read, below the second it is a speck
_PRINT = 0.002  # share of dark pixels; a name alone is twice that


def signature_again(words: Sequence[Seen], grey: Pixels, dpi: int, seconds: float) -> list[Seen]:
    """The words of a page with those beside the list of recipients from the second reading, where most of its letters are sure; what only
    the first saw for sure stays.

    Raises what `recognise` raises.
    """
    block = find_block(words, grey.shape[1])
    if block is None:
        return list(words)
    part = _part(words, block, grey.shape[0], grey.shape[1])
    old = frozenset(i for i, w in enumerate(words) if i not in block.words and _inside(w, part))
    if not _inked(grey[part[1] : part[3], part[0] : part[2]]):
        return list(words)
    listed = [words[i] for i in block.words]
    seen = read_part(grey, part, listed, dpi, seconds, scale=1.0, psm=_SPARSE)
    new = [w for w in seen if not any(follows(w, k, block.line) for k in listed)]
    sure, unsure = (_letters([w for w in new if (w.confidence >= _SURE) is wanted]) for wanted in (True, False))
    if sure <= unsure:
        return list(words)
    line = max(w.line for w in new) + 1
    lost = [replace(words[i], line=line + words[i].line) for i in sorted(old) if _missing(words[i], new)]
    return put_in_place(words, old, [*(w for w in new if w.confidence >= _SPECK), *lost], min(old, default=min(block.words)))


def _missing(word: Seen, new: Sequence[Seen]) -> bool:
    """Is it a sure word of the first reading that the second has not: nothing in its place, nor the same word beside it?"""
    if word.confidence < _SURE or sum(map(str.isalpha, word.text)) < 2:
        return False
    beside = [w for w in new if min(w.bottom, word.bottom) - max(w.top, word.top) > 0.5 * min(w.bottom - w.top, word.bottom - word.top)]
    covered = sum(max(0.0, min(w.x1, word.x1) - max(w.x0, word.x0)) for w in beside)
    return covered < 0.3 * (word.x1 - word.x0) and all(w.text != word.text for w in beside)


def _inked(part: Pixels) -> bool:
    """Is there print on this part? On bare paper the engine reads the grain."""
    dark = part < 0.6 * float(np.percentile(part[::4, ::4], 80)) if part.size else part
    return float(np.mean(dark)) > _PRINT if part.size else False


def _part(words: Sequence[Seen], block: Block, height: int, width: int) -> tuple[int, int, int, int]:
    """Right of the list, from the last line of text above it to the next below."""
    left = round(_LEFT * width)
    text = [w for i, w in enumerate(words) if i not in block.words and w.x0 < left - 2 * block.line]
    top = max([block.top - _ABOVE * block.line, *(w.bottom for w in text if w.bottom <= block.top + block.line)])
    bottom = min([float(height), block.top + _BELOW * block.line, *(w.top for w in text if w.top >= block.bottom)])
    return left, max(0, round(top)), width, round(bottom)


def _inside(word: Seen, part: tuple[int, int, int, int]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return part[0] <= x < part[2] and part[1] <= y < part[3]


def _letters(words: Sequence[Seen]) -> int:
    return sum(sum(map(str.isalpha, w.text)) for w in words)
