"""Puts back the spaces the engine drops in narrow table cells: "phốihợp", "SởNộivụ", "ninh,an"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.reading.correct.accents import model
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.tokens import canonical
from pipeline.text.syllables import well_formed

RULE = "space"
_GLUED = re.compile(r"(?<![\w/.])(?<!\d-)[^\W\d_]{4,24}(?![\w/])(?!-\d)")
_HEAD = re.compile(
    r"(?<![^\W_])(?:Sở|Bộ|Cục|Vụ|Phòng|Ban|các|và)(?=[A-ZĐ][A-ZĐ&])|(?<=[^\W\d_])(?:phòng|ban|đoàn)(?=(?:HĐND|UBND|MTTQ|TNCS)(?!\w))"
    r"|(?<![^\W_])(?:phòng|ban|Đoàn|Hội)(?=(?:HĐND|UBND|MTTQ|TNCS|LHPN)(?!\w))"
)
_UNIT = re.compile(r"(?<![\w/.,\-])\d{1,2}(?=(?:tháng|ngày|giờ|năm) )")
_MARK = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})")
_MOST = 7  # no syllable is longer ("nghiêng")


def space_changes(text: str) -> Iterator[Change]:
    """A space after a comma or semicolon between words; spaces inside what is no syllable but a chain of known pairs of them."""
    for match in _MARK.finditer(text):
        yield Change(match.end(), match.end(), " ", RULE)
    for match in (*_HEAD.finditer(text), *_UNIT.finditer(text)):
        yield Change(match.end(), match.end(), " ", RULE)
    for match in _GLUED.finditer(text):
        word = match[0]
        if word.isupper() or word.isascii() or well_formed(word):
            continue
        for cut in _cuts(word) or ():
            yield Change(match.start() + cut, match.start() + cut, " ", RULE)


@lru_cache(maxsize=4096)
def _cuts(word: str) -> tuple[int, ...] | None:
    """Where to cut `word` into two to four syllables that are known to follow one another; None unless there is just one way."""
    ways = list(_ways(word, 0, ""))
    ways = [w for w in ways if 1 <= len(w) <= 3]
    return ways[0] if len(ways) == 1 else None


def _ways(word: str, start: int, before: str) -> Iterator[tuple[int, ...]]:
    lm = model()
    for end in range(start + 2, min(start + _MOST, len(word)) + 1):
        piece = word[start:end]
        syllable = canonical(piece.lower())
        if piece[1:] != piece[1:].lower() or not well_formed(piece) or lm.ones.get(syllable, 0.0) < 1.0:
            continue
        if before and syllable not in lm.pairs.get(before, ()):
            continue
        if end == len(word):
            yield (start,) if start else ()
        else:
            yield from ((start, *rest) if start else rest for rest in _ways(word, end, syllable))
