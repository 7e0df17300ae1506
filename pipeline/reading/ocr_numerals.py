"""Looks at numbers a second time: Roman numerals by their strokes, unsure Arabic ones by reading them again at another scale.

A second reading never replaces a number that could be right: where the two differ, the word becomes unsure and a person decides. Only
what cannot be ("18§/KH-UBND", "ngày 31/70") gives way to a second reading that can, as an edit, and stays unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.pages import DOUBTFUL
from pipeline.reading.correct.tokens import skeleton
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_engine import Seen, recognise

STROKES, AGAIN = "strokes", "second-reading"
UNSURE, AGREED = 0.5, 0.8  # read again below the first; the confidence after disagreement, after agreement
_MOST = 10  # words read again on one page
_SCALE = 1.6
_ONES = re.compile(r"^([IH]{1,3}|IL|HI|IH)([.,;:)\-]?)$")
_QUARTER = re.compile(r"^([IH1lTL]{1,4})(/(?:19|20)\d\d[.,;:)]*)$")
_SLICES = (0.275, 0.5, 0.7)  # of the height, where upright strokes are looked for: clear of serifs
_LOW = frozenset(".,;:-")  # beside a capital a hyphen stands low
_SIGNS = re.compile(r"\d[§$!?€£&*][\d/.\-]|\d[/⁄][§$!?€£&*Š][/⁄]\d|^[§$&Š]/(?:19|20)\d\d|^\d{1,3}[óòôõöáàéèíì]$|\d[/⁄∕]{2,}\d")
_NUMBER = re.compile(r"\d+(?:[/.\-][\dA-ZĐa-z]+)*")
_DATE = re.compile(r"(\d{1,2})(?:/(\d{1,2})|[/.\-](\d{1,2})[/.\-](\d{4}))")
_LEAP_YEAR = 2024
_LOOSE = str.maketrans({"⁄": "/", "–": "-", "—": "-", "Ð": "Đ", ",": ".", ";": ".", ":": "."})


@dataclass(frozen=True, slots=True)
class Checked:
    """The words after the second look, and how many numbers stayed in doubt."""

    words: list[Seen]
    doubtful: int


def count_strokes(words: Sequence[Seen], grey: Pixels) -> list[Seen]:
    """Puts "II." and "quý II/2025" right where three strokes stand on the page: the engine often drops one of III."""
    out: list[Seen] = []
    for word in words:
        quarter = bool(out) and skeleton(out[-1].text) == "quy"
        dated = _QUARTER.match(word.text) if quarter else None
        match = dated or _ONES.match(word.text)
        number = _bars(_ink(grey, word), match[2]) if match else 0
        if match and (2 if dated else 1) <= number <= 3 and match[1] != "I" * number:
            word = replace(word, text="I" * number + match[2], before=word.text, rule=STROKES)
        out.append(word)
    return out


def _ink(grey: Pixels, word: Seen) -> NDArray[np.uint8]:
    """The word as 0 and 1, trimmed to the rows that have ink."""
    crop = grey[round(word.top) : round(word.bottom), max(0, round(word.x0) - 1) : round(word.x1) + 1]
    if crop.shape[0] < 12 or crop.shape[1] < 4:
        return np.zeros((0, 0), np.uint8)
    _, binary = cv2.threshold(crop, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    dark = np.asarray(binary, np.uint8)
    rows = np.flatnonzero(dark.any(axis=1))
    return dark[rows[0] : rows[-1] + 1] if len(rows) else dark


def _bars(dark: NDArray[np.uint8], behind: str) -> int:
    """How many upright strokes stand at the left, when upper, middle and lower part agree on them; 0 when it is not clear.

    `behind` is what was read after them: with "/..." a stroke that leans must follow (serifs may join them to it), with ",", ";" or "-"
    there may be ink lower down, else none.
    """
    height = dark.shape[0]
    if height < 12 or dark.shape[1] < 3:
        return 0
    half = 0.04 if behind[:1] == "/" else 0.075  # a leaning stroke is seen in thin slices only
    slices = [dark[round((at - half) * height) : max(round((at + half) * height), round((at - half) * height) + 1)] for at in _SLICES]
    parts = [_runs(piece.mean(axis=0) > 0.5) for piece in slices]
    upright = 0
    for upper, middle, lower in zip(*parts, strict=False):
        if behind[:1] == "/" and upper - lower > height / 11 and lower < middle < upper:
            return upright
        if max(upper, middle, lower) - min(upper, middle, lower) > height / 14:
            break
        upright += 1
    if behind[:1] == "/":
        return 0
    rest = [len(p) - upright for p in parts]
    return upright if not any(rest) or (behind[:1] in _LOW and not rest[0]) else 0


def _runs(profile: NDArray[np.bool_]) -> list[float]:
    """The middles of the dark runs of a profile, from left to right."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], profile.astype(np.int8), [0]])))
    return [float(a + b) / 2 for a, b in zip(edges[::2], edges[1::2], strict=True)]


def read_again(words: Sequence[Seen], grey: Pixels, dpi: int, seconds: float) -> Checked:
    """Reads unsure and impossible words with digits once more, larger, all in one call; agreement makes them surer, disagreement
    doubtful."""
    wrong = {i for i, w in enumerate(words) if impossible(w.text, words[i - 1].text if i else "") or _no_day(words, i)}
    unsure = [i for i, w in enumerate(words) if i in wrong or (w.confidence < UNSURE and any(c.isdigit() for c in w.text))][:_MOST]
    if not unsure:
        return Checked(list(words), 0)
    strips = [_strip(grey, words[i]) for i in unsure]
    width = max(s.shape[1] for s in strips)
    sheet = np.vstack([np.pad(s, ((0, 0), (0, width - s.shape[1])), constant_values=255) for s in strips])
    bounds = np.cumsum([0] + [s.shape[0] for s in strips])
    found: dict[int, str] = {}
    for seen in recognise(np.asarray(sheet, np.uint8), round(dpi * _SCALE), seconds, psm=6):
        strip = int(np.searchsorted(bounds, (seen.top + seen.bottom) / 2, side="right")) - 1
        found[strip] = found.get(strip, "") + seen.text
    out, doubtful = list(words), 0
    for strip, index in enumerate(unsure):
        word, second = out[index], found.get(strip, "")
        same = second.translate(_LOOSE).strip(".") == word.text.translate(_LOOSE).strip(".")
        sure = same and index not in wrong
        doubtful += not sure
        out[index] = replace(word, confidence=max(word.confidence, AGREED) if sure else min(word.confidence, DOUBTFUL))
        before = words[index - 1].text if index else ""
        if index in wrong and not same and likely(word.text, second, before):
            out[index] = replace(out[index], text=second, before=word.before or word.text, rule=AGAIN)
    return Checked(out, doubtful)


def impossible(text: str, before: str) -> bool:
    """Whether a word can be no number as it was read: a sign inside it that numbers do not have, or after "ngày" a day that no
    calendar has. `before` is the word before; "45/70" elsewhere may be a count."""
    if _SIGNS.search(text):
        return True
    date_ = _DATE.fullmatch(text.strip("().,;:"))
    if date_ is None or (date_[2] and skeleton(before).lstrip("(") not in ("ngay", "nsay")):
        return False
    try:
        return not 1930 <= date(int(date_[4] or _LEAP_YEAR), int(date_[2] or date_[3]), int(date_[1])).year <= 2100
    except ValueError:
        return True


def _no_day(words: Sequence[Seen], i: int) -> bool:
    """Does a word that is no number stand for the day or the month: "ngày T2 tháng Š năm 2024"?"""
    if not 0 < i < len(words) - 1 or len(words[i].text) > 2 or words[i].text.isdigit():
        return False
    return (skeleton(words[i - 1].text), skeleton(words[i + 1].text)) in (("ngay", "thang"), ("thang", "nam"))


def likely(first: str, second: str, before: str) -> bool:
    """Whether a second reading may stand for an impossible first one: possible itself, a number, as long, and at most two signs apart."""
    bare = second.strip("().,;:")
    if not _NUMBER.fullmatch(bare) or impossible(second, before) or abs(len(first) - len(second)) > 1:
        return False
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == len(longer):
        return sum(a != b for a, b in zip(first, second, strict=True)) <= 2
    return any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))


def _strip(grey: Pixels, word: Seen) -> Pixels:
    """The word with a little paper around, enlarged, its background made white."""
    height = word.bottom - word.top
    pad = round(0.3 * height)
    top, left = max(0, round(word.top) - pad), max(0, round(word.x0) - pad)
    crop = grey[top : round(word.bottom) + pad, left : round(word.x1) + pad]
    paper = max(1.0, float(np.percentile(crop, 80)))
    white = np.clip(crop.astype(np.float32) * (255 / paper), 0, 255).astype(np.uint8)
    large = cv2.resize(white, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.copyMakeBorder(large, 14, 14, 20, 20, cv2.BORDER_CONSTANT, value=255), np.uint8)
