"""Sorts out what the engine took for words: remains of seals, strokes of signatures, specks."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.reading.image_prepare import Prepared
from pipeline.reading.ocr_engine import Seen
from pipeline.text.syllables import well_formed

_SURE, _NAME = 0.5, 0.6
_FAMILIES = frozenset("YA")  # names of one letter: "Y Thanh Niê Kđăm", "A Khăng"


def without_marks(seen: Sequence[Seen], boxes: Sequence[tuple[float, float, float, float]], ready: Prepared) -> list[Seen]:
    """The words that are text. `boxes` are theirs in points on the page as given, in the same order.

    Anywhere: signs smaller than a third of the usual height that claim to be letters, and signs without letter or digit that the
    engine gave no confidence. Where coloured ink was taken away: also what is no Vietnamese syllable, number or capital word, or stands too
    tall or too low for one.
    """
    usual = median([w.bottom - w.top for w in seen]) if seen else 0.0
    return [w for w, b in zip(seen, boxes, strict=True) if not _speck(w, usual) and not (_inked(b, ready) and not _word(w, usual))]


def _inked(box: tuple[float, float, float, float], ready: Prepared) -> bool:
    if ready.ink is None:
        return False
    return ready.ink.near((box[0] + box[2]) / 2 / ready.size[0], (box[1] + box[3]) / 2 / ready.size[1])


def _speck(word: Seen, usual: float) -> bool:
    letters = any(c.isalnum() for c in word.text)
    height = word.bottom - word.top
    return (letters and height < 0.3 * usual) or (not letters and word.confidence < 0.2 and word.text not in "-–+")


def _word(word: Seen, usual: float) -> bool:
    """Is this a word on which a seal lies, rather than the seal?"""
    bare = word.text.strip(".,;:()“”\"'`-_/\\")
    height = word.bottom - word.top
    if bare in _FAMILIES and word.confidence > _NAME and 0.5 * usual < height < 1.7 * usual:
        return True
    if len(bare) < 2 or not bare.replace("/", "").replace("-", "").isalnum() or not 0.5 * usual < height < 1.7 * usual:
        return False
    if bare.isdigit():
        return word.confidence > _SURE
    if word.confidence > _SURE or bare.isupper():
        return True
    return well_formed(bare) and (bare[0].isupper() or word.confidence > 0.2)
