"""Words with their place, and the rows they stand in: what PDF text layers and OCR have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(slots=True)
class Box:
    """One printed word: NFC text without white space, its box in points from the top left corner, and how sure the reading is.

    `before` and `rule` are set when reading changed the word: what stood in the text layer, and why it was changed.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0
    index: int = -1  # of its first character in the text layer; -1 elsewhere
    before: str = ""
    rule: str = ""

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Row:
    """Words on one base line, from left to right, and its edges in points.

    `height` is that of the tallest word, a stand-in for the size of type.
    """

    __slots__ = ("bottom", "height", "text", "top", "words", "x0", "x1")

    def __init__(self, words: list[Box]) -> None:
        self.words = words
        self.x0 = words[0].x0
        self.x1 = max([w.x1 for w in words])
        self.top = min([w.top for w in words])
        self.bottom = max([w.bottom for w in words])
        self.height = max([w.bottom - w.top for w in words])
        self.text = " ".join([w.text for w in words])

    def split(self, gap: float) -> list[Row]:
        """The row cut wherever two words stand more than `gap` points apart."""
        parts = [[self.words[0]]]
        for left, right in zip(self.words, self.words[1:], strict=False):
            if right.x0 - left.x1 > gap:
                parts.append([])
            parts[-1].append(right)
        return [Row(p) for p in parts] if len(parts) > 1 else [self]


def rows_of(words: Iterable[Box]) -> list[Row]:
    """The words as rows from top to bottom. A word joins a row when its middle lies within the row's core."""
    rows: list[list[Box]] = []
    low = high = 0.0
    for double, _, word in sorted([(w.top + w.bottom, k, w) for k, w in enumerate(words)]):
        middle = double / 2
        height = word.bottom - word.top
        if rows and low <= middle <= high:
            rows[-1].append(word)
            if height * 0.8 > high - low:  # the row takes the core of its tallest word
                low, high = middle - height * 0.4, middle + height * 0.4
        else:
            rows.append([word])
            low, high = middle - height * 0.4, middle + height * 0.4
    return _with_raised([Row(sorted(r, key=_left)) for r in rows])


def _with_raised(rows: list[Row]) -> list[Row]:
    """The rows with raised or lowered small signs (footnote marks) put on the row of type they belong to."""
    k = 0
    while k + 1 < len(rows):
        upper, lower = rows[k], rows[k + 1]
        small, large = (upper, lower) if upper.height < lower.height else (lower, upper)
        if small.height < 0.72 * large.height and lower.top < upper.bottom - 0.4 * small.height and len(small.words) < 4:
            rows[k : k + 2] = [Row(sorted(upper.words + lower.words, key=_left))]
            k = max(0, k - 1)
        else:
            k += 1
    return rows


def _left(word: Box) -> float:
    return word.x0


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` in capitals without any mark, đ as D: how cues are compared when reading may have lost accents."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c)).upper()


def within(words: Sequence[Box], x0: float, top: float, x1: float, bottom: float) -> list[Box]:
    """The words whose middle lies in the rectangle."""
    return [w for w in words if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]
