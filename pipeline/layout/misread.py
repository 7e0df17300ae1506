"""Roman numbers of chapters that OCR misread, put right where the count of chapters says what they are (domain rule 1.1)."""

from __future__ import annotations

import re

from pipeline.layout.model import Line
from pipeline.layout.numbering import roman

_MISREAD = re.compile(r"\s*[^\w\s]{0,2}\s*([1lI|HTi]{1,5}|[1lI|]?[VX][1lI|]{0,3})\s*[.\-–)]\s*(?=[A-ZĐÀ-Ỹ])")
_AS_ROMAN = str.maketrans({"1": "I", "l": "I", "|": "I", "i": "I", "T": "I", "H": "II"})
_DAMAGED = re.compile(r"\s*[^\w\s]{0,2}\s*([1lI|HTiÏÌLYUVX]{1,6})\s*[.\-–):]?\s*(?=[A-ZĐÀ-Ỹ])")
_STROKES = str.maketrans({"1": "I", "l": "I", "|": "I", "i": "I", "Ï": "I", "Ì": "I", "T": "I", "L": "I", "H": "II", "U": "II", "Y": "V"})
_MOST = 20  # chapters
_HEADING, _SHORT = 200, 80  # letters


def misread_chapter(text: str, line: Line, expected: int, after: int = 0) -> bool:
    """Mend "1I. Nội dung", "HI. TỔ CHỨC", "IY. TỔ CHỨC", "IIL ĐÁNH GIÁ" where that makes it the chapter that comes next, `expected`.

    A plain "1.", and what has one stroke too many or too few besides, must stand before a line in capitals, or the latter before a
    heading where the next chapter, `after`, is the one behind it. Sets the line's marker, number and content; False where it is none.
    """
    if expected > _MOST:
        return False
    match = _MISREAD.match(text, line.start, line.end)
    if match and line.end - match.end() <= _HEADING:
        number = re.sub("^I{4,}$", "III", match[1].translate(_AS_ROMAN))  # no Roman number has four strokes: "THI."
        plain = match[1].isdigit() or match[1] == "l"
        if number == to_roman(expected) and (not plain or _in_capitals(text[match.end() : line.end])):
            return _becomes(line, number, match.end())
    match = _DAMAGED.match(text, line.start, line.end)
    if match is None or match[1].isdigit() or not set(match[1]) & set("IVX"):
        return False
    stops = text[line.start : match.end()].rstrip()[-1:] in ".-–"
    if not _in_capitals(text[match.end() : line.end]) and not (stops and after == expected + 1 and line.end - match.end() <= _SHORT):
        return False
    if _strokes_apart(match[1].translate(_STROKES), to_roman(expected)) > 1:
        return False
    return _becomes(line, to_roman(expected), match.end())


def lost_stroke(line: Line, before: int, after: int) -> bool:
    """Mend a Roman number that is one stroke off the one missing between its neighbours: I, III, III or I, II, II, IV.

    `before` and `after` are the chapters read on both sides. Sets the line's number; False where it is right or another.
    """
    value = roman(line.number)
    if value in (1, before + 1) or after != before + 2 or _strokes_apart(line.number, to_roman(before + 1)) != 1:
        return False
    line.number = to_roman(before + 1)
    return True


def to_roman(value: int) -> str:
    """The Roman number of 1 to 39."""
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _becomes(line: Line, number: str, content: int) -> bool:
    line.marker, line.number, line.content = "roman", number, content
    return True


def _in_capitals(words: str) -> bool:
    return words.isupper() and 6 < len(words) <= _HEADING


def _strokes_apart(one: str, other: str) -> int:
    """How many strokes are to be added, left out or changed: 0, 1, or 2 for more."""
    if one == other:
        return 0
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == len(longer):
        return min(2, sum(a != b for a, b in zip(one, other, strict=True)))
    dropped = len(longer) - len(shorter) == 1 and any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))
    return 1 if dropped else 2
