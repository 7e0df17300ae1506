"""A line of text as syllables, the ground on which names of bodies are parsed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from pipeline.text.folding import tone

Value = TypeVar("Value")

_SYLLABLE = re.compile(r"[^\W\d_]+(?:[&'’][^\W\d_]+)*|\d+(?:[.,/]\d+)*|[^\w\s]|_")
_ROUND = {"[": "(", "]": ")"}


class Syllables:
    """Syllables and signs of text[start:end]. `word`: as printed, square brackets round; `low`: small letters, one tone placement;
    `at`/`to`: offsets in the text; `joined[i]`: syllable i+1 belongs to the same word as i (from the word segmentation)."""

    __slots__ = ("at", "caps", "joined", "low", "to", "word")

    def __init__(self, text: str, start: int, end: int, word_ends: array[int] | None = None) -> None:
        found = list(_SYLLABLE.finditer(text, start, end))
        self.word = [_ROUND.get(m[0], m[0]) for m in found]
        self.low = [tone(w) for w in self.word]
        self.at = [m.start() for m in found]
        self.to = [m.end() for m in found]
        self.caps = [w[0].isupper() for w in self.word]
        if word_ends is None:
            self.joined = [False] * len(found)
        else:
            self.joined = [word_ends[a] >= b for a, b in zip(self.at, self.to[1:], strict=False)] + [False] if found else []

    def __len__(self) -> int:
        return len(self.word)

    def index_at(self, offset: int) -> int:
        """Index of the first syllable that starts at or after `offset`."""
        low, high = 0, len(self.at)
        while low < high:
            middle = (low + high) // 2
            if self.at[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


class PhraseTable(Generic[Value]):
    """Many phrases looked up at one place at once; the longest wins. Each phrase has a value."""

    __slots__ = ("_first",)

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            key = tuple(tone(w) for w in _SYLLABLE.findall(phrase))
            if key:
                self._first.setdefault(key[0], []).append((key, value))
        for rows in self._first.values():
            rows.sort(key=lambda r: -len(r[0]))

    def match(self, low: Sequence[str], at: int) -> tuple[int, Value] | None:
        """(number of syllables, value) of the longest phrase that stands at index `at`, or None."""
        if at >= len(low):
            return None
        for key, value in self._first.get(low[at], ()):
            n = len(key)
            if n == 1 or tuple(low[at : at + n]) == key:
                return n, value
        return None


Phrases = PhraseTable[str]  # phrases whose value is their name in one spelling
