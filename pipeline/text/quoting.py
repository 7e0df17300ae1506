"""Which stretch of the stored text to show for a fact: the whole sentence or line around it, within a bound."""

from __future__ import annotations

import re
from bisect import bisect_right

QUOTE_LIMIT = 800  # characters; longer sentences are cut at a space on either side of the fact

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?…][\"”»’)\]]*(?=\s+[\"“«‘(\[]?(\w))")
_LAST_WORD = re.compile(r"[\w/]*$")
_LIST_NUMBER = re.compile(r"[-+*]?\s*(?:[Đđ]iều\s+)?[\dIVXLC.]+")
_ABBREVIATIONS = frozenset(
    {"tp", "tt", "tr", "ts", "ths", "pgs", "gs", "bs", "ks", "cn", "đ/c", "st", "stt", "vd", "no", "kt", "tm", "tl", "tuq"}
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as (start, end), in order, trimmed. A line end always ends one; a page break (\\f) alone does not."""
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if stop.group(1).isupper() and _ends_sentence(text, start, stop.start()):
                _append_trimmed(found, text, start, stop.end())
                start = stop.end()
        _append_trimmed(found, text, start, line.end())
    return found


def _ends_sentence(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` closes the sentence opened at `start`, and not a list number ("1.") or an abbreviation."""
    if text[stop] != ".":
        return True
    word = _LAST_WORD.search(text, start, stop)
    before = word.group() if word else ""
    return len(before) > 1 and before.lower() not in _ABBREVIATIONS and not _LIST_NUMBER.fullmatch(text[start:stop].strip())


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    chunk = text[start:end]
    stripped = chunk.strip()
    if stripped:
        left = start + chunk.index(stripped)
        found.append((left, left + len(stripped)))


class Quotes:
    """The sentences of one text, ready to be asked many times."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.spans = sentences(text)
        self._starts = [start for start, _ in self.spans]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The stretch to show for a fact at `start`..`end`: whole sentences, at most `QUOTE_LIMIT` characters, clipped to the text."""
        size = len(self._text)
        start, end = min(start, size), min(max(start, end), size)
        left, right = start, end
        first = bisect_right(self._starts, start) - 1
        if first >= 0 and start < self.spans[first][1]:
            left = self.spans[first][0]
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        if last >= 0 and self.spans[last][1] > left:
            right = max(end, self.spans[last][1])
        return self._bounded(left, right, start, end)

    def _bounded(self, left: int, right: int, start: int, end: int) -> tuple[int, int]:
        if right - left <= QUOTE_LIMIT:
            return left, right
        room = max(0, QUOTE_LIMIT - (end - start))
        low, high = max(left, start - room // 2), min(right, end + room // 2)
        high = min(high, low + QUOTE_LIMIT)
        if low > left:
            low = self._next_space(low, start)
        if high < right:
            high = max(min(end, high), self._text.rfind(" ", low, high))
        return low, high

    def _next_space(self, low: int, start: int) -> int:
        space = self._text.find(" ", low, start)
        return space + 1 if space >= 0 else low
