"""Which way up is the page? Decided by trying the likely ways and keeping the one that reads as Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from pipeline.reading.image import Pixels
from pipeline.reading.image_prepare import ink_points, unevenness
from pipeline.reading.ocr_engine import Seen
from pipeline.text.syllables import well_formed

_ANGLES = range(-6, 7)
_SIDEWAYS = 1.6  # how much more uneven the columns must be than the rows for lines that run down the page
_GOOD, _JUDGED = 0.5, 12  # share of well-formed syllables of a page read the right way up; fewer words cannot be judged


def turns_to_try(grey: Pixels) -> tuple[int, ...]:
    """Quarter turns, counter-clockwise, in the order to try them. Upright first unless the lines run down the page."""
    factor = min(1.0, 700 / max(grey.shape))
    ink = ink_points(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    if ink is None:
        return (0, 2)
    x, y = ink
    across, down = max(unevenness(x, y, _ANGLES)), max(unevenness(y, x, _ANGLES))
    return (1, 3, 0, 2) if down > _SIDEWAYS * across else (0, 2)


def reads_well(seen: Sequence[Seen]) -> bool:
    """Is this Vietnamese read the right way up, or too little to tell?"""
    words = _letters(seen)
    return len(words) < _JUDGED or syllable_share(seen) >= _GOOD


def syllable_share(seen: Sequence[Seen]) -> float:
    """The share of well-formed syllables among words of two letters and more; 0 for none."""
    words = _letters(seen)
    return sum(well_formed(w) for w in words) / len(words) if words else 0.0


def _letters(seen: Sequence[Seen]) -> list[str]:
    bare = (w.text.strip(".,;:()“”\"'-/") for w in seen)
    return [w for w in bare if len(w) > 1 and w.isalpha() and not (w.isupper() and len(w) > 7)]
