"""Reads the place and date and the number of a document once more, by themselves, where the first reading lost them: two short lines in
white paper beside the issuer, in italics or small print (domain rules 1.1 ô 3 and 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from pipeline.reading.correct.tokens import skeleton
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_closing import read_part
from pipeline.reading.ocr_engine import Seen

_MOTTO = frozenset(("cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam", "dang", "san"))
_HIGHEST = 0.4  # of the height of the page; the motto stands above it
_LINES = 6.5  # heights of the motto's letters, from it down to the title
_SCALES = (1.3, 1.8)  # the second is tried where the first finds nothing
_ONE_BLOCK = 6  # the engine's name for a single block of text
_DATE = re.compile(r"ngay (?:\d{1,2} )?thang (?:\d{1,2} )?nam (?:19|20)\d\d\W*$")
_NUMBER = re.compile(r"^so\s?:?\s?(?:\d{1,5}\s?)?[-/][a-z]{2}")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the header in pixels, and what its line looks like."""

    part: tuple[int, int, int, int]
    pattern: re.Pattern[str]


def header_again(words: Sequence[Seen], grey: Pixels, dpi: int, seconds: float) -> list[Seen]:
    """The words of a page with the lines of date and number from a second reading, where the first has none that could be one and the
    second has; else as they are.

    Raises what `recognise` raises.
    """
    out = list(words)
    for column in _columns(words, grey.shape[0], grey.shape[1]):
        inside = frozenset(i for i, w in enumerate(out) if _inside(w, column.part))
        if any(column.pattern.search(_text(row)) for row in _rows([out[i] for i in inside])):
            continue
        for scale in _SCALES:
            new = read_part(grey, column.part, [w for i, w in enumerate(out) if i not in inside], dpi, seconds, scale=scale, psm=_ONE_BLOCK)
            rows = _rows(new)
            at = next((k for k, row in enumerate(rows) if column.pattern.search(_text(row)) and row[0].text[:1].isupper()), None)
            if at is not None:
                out = _replaced(out, inside, rows[: at + 1])
                break
    return out


def _columns(words: Sequence[Seen], height: int, width: int) -> list[_Column]:
    """Right and left of the edge of the motto, where there is one: the date stands under it, the number in the other column."""
    motto = next((line for line in _lines(words) if _is_motto(words, line, height, width)), None)
    if motto is None:
        return []
    mottos = [words[i] for i in motto if skeleton(words[i].text) in _MOTTO and words[i].x0 > 0.3 * width]
    size = median(w.bottom - w.top for w in mottos)
    top = min(w.top for w in mottos)
    above, below = max(0, round(top - 2 * size)), min(height, round(top + _LINES * size))
    edge = _edge([w for w in words if above <= w.top < below - size], min(w.x0 for w in mottos))
    return [_Column((edge, above, width, below), _DATE), _Column((0, above, edge, below), _NUMBER)]


def _edge(words: Sequence[Seen], motto: float) -> int:
    """The middle of the widest blank between the columns, left of the motto or where it begins."""
    spans = sorted((w.x0, w.x1) for w in words)
    reach, best, edge = 0.0, 0.0, motto
    for x0, x1 in spans:
        if reach and x0 - reach > best and x0 <= motto:
            best, edge = x0 - reach, (x0 + reach) / 2
        reach = max(reach, x1)
    return round(edge)


def _is_motto(words: Sequence[Seen], line: Sequence[int], height: int, width: int) -> bool:
    """Do at least three words of the motto stand at the right of a line high on the page?"""
    found = [words[i] for i in line if skeleton(words[i].text) in _MOTTO and words[i].text.isupper() and words[i].x0 > 0.3 * width]
    return len(found) >= 3 and found[0].top < _HIGHEST * height


def _lines(words: Sequence[Seen]) -> list[list[int]]:
    """The numbers of the words of each of the engine's lines."""
    lines: dict[int, list[int]] = {}
    for i, word in enumerate(words):
        lines.setdefault(word.line, []).append(i)
    return list(lines.values())


def _rows(words: Sequence[Seen]) -> list[list[Seen]]:
    """Words whose middles are less than half a height apart, each row from left to right, from top to bottom."""
    rows: list[list[Seen]] = []
    for word in sorted(words, key=lambda w: w.top + w.bottom):
        last = rows[-1][-1] if rows else None
        if last is not None and (word.top + word.bottom) - (last.top + last.bottom) < max(word.bottom - word.top, last.bottom - last.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _text(words: Sequence[Seen]) -> str:
    return skeleton(" ".join(w.text for w in words))


def _inside(word: Seen, part: tuple[int, int, int, int]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return part[0] <= x < part[2] and part[1] <= y < part[3]


def _replaced(words: Sequence[Seen], inside: frozenset[int], rows: Sequence[Sequence[Seen]]) -> list[Seen]:
    """`words` with the last of `rows` in place of those of its column on the same height, and with the rows above it where they are
    surer than what stands there; each on a line of its own."""
    top, bottom = min(w.top for w in rows[-1]), max(w.bottom for w in rows[-1])
    old = {i for i in inside if top - 2 < (words[i].top + words[i].bottom) / 2 < bottom + 2}
    above = {i for i in inside - old if words[i].top < top}
    seen = [w for row in rows[:-1] for w in row]
    if seen and (not above or fmean(w.confidence for w in seen) > fmean(words[i].confidence for i in above)):
        old |= above
    else:
        rows = rows[-1:]
    number = max((w.line for w in words), default=0) + 1
    at = next((i for i in sorted(inside) if words[i].top > bottom), len(words)) if not old else min(old)
    new = [replace(w, line=number + k) for k, row in enumerate(rows) for w in row]
    return [w for i, w in enumerate(words[:at]) if i not in old] + new + [w for i, w in enumerate(words[at:], at) if i not in old]
