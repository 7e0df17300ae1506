"""Reads the list of recipients once more, by itself and larger: small print beside a seal, which the engine reads worst in a whole page
(domain rules 1.1 ô 9b, 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from pipeline.reading.correct.tokens import skeleton
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_closing import find_block, is_label, put_in_place, read_part
from pipeline.reading.ocr_engine import Seen

_SCALE = 1.3  # of 1.0 to 2.0 the least errors on both grades of made scans
_ONE_BLOCK = 6  # the engine's name for a single block of text


def recipients_again(words: Sequence[Seen], grey: Pixels, dpi: int, seconds: float) -> list[Seen]:
    """The words of a page with those of the list of recipients from the second reading, where that is no less sure; else as they are.

    Raises what `recognise` raises.
    """
    block = find_block(words, grey.shape[1])
    if block is None:
        return list(words)
    hidden = (words[i] for i in block.cut)
    second = read_part(grey, (block.x0, block.top, block.x1, block.bottom), hidden, dpi, seconds, scale=_SCALE, psm=_ONE_BLOCK)
    first = [w for i, w in enumerate(words) if i in block.words]
    if not second or len(second) < 0.7 * len(first) or fmean(w.confidence for w in second) < fmean(w.confidence for w in first) - 0.05:
        return list(words)
    return put_in_place(words, block.words, _with_label(first, second), min(block.words))


def _with_label(first: Sequence[Seen], second: Sequence[Seen]) -> list[Seen]:
    """The second reading with the label "Nơi nhận" as the first had it, which is how the list was found; it is large and sure."""
    label = [w for w in first if is_label(w)]
    return [replace(w, text=next((k.text for k in label if _same_place(k, w)), w.text)) for w in second]


def _same_place(label: Seen, word: Seen) -> bool:
    """Does the middle of a word that begins as the label does lie within it, give or take half a height?"""
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    half = (label.bottom - label.top) / 2
    return label.x0 < x < label.x1 and abs(y - label.top - half) < half and skeleton(word.text)[:1] == "n"
