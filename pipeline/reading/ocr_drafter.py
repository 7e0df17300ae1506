"""Reads the drafter's mark behind "Lưu" once more, its letters set apart: "(b)" and "(ltnam)" are no syllables, and close-set letters that
spell nothing are what the engine guesses worst (domain rules 1.1 ô 9b)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from pipeline.reading.correct.tokens import skeleton
from pipeline.reading.image import Pixels
from pipeline.reading.ocr_closing import find_block
from pipeline.reading.ocr_engine import Seen, recognise

_SURE = 0.9  # a word read so surely stays as it is
_VERY = 0.85  # from here on the second reading may also mend the unit before the bracket
_DOUBTED = 0.5  # below it the first reading is no better than a guess
_INK = 0.5  # of the brightness of paper; between the letters of a blurred copy it is lighter than that
_GAP, _PAD = 0.33, 0.2  # heights of a line put between letters; of paper around the word
_SCALES = (1.0, 1.5)  # the surer reading of both counts
_ONE_LINE = 7  # the engine's name for a single line
_MARGIN = 20  # pixels of paper around what is read
_MARK = re.compile(r"[\w.,&-]*\(?[\w.,&/-]+\)?[.,;]*")  # a unit, a mark in brackets, or a part of them


def drafter_again(words: Sequence[Seen], grey: Pixels, dpi: int, seconds: float) -> list[Seen]:
    """The words of a page with doubtful ones in brackets behind "Lưu" read with their letters apart, where that is surer; else as is.

    Raises what `recognise` raises.
    """
    out = list(words)
    for i in _doubtful(words, grey.shape[1]):
        first = words[i]
        apart = _apart(_cut(grey, first))
        second = max((_read(apart, scale, first, dpi, seconds) for scale in _SCALES), key=lambda w: w.confidence)
        if second.confidence > first.confidence and _MARK.fullmatch(second.text) and _same_unit(first, second):
            out[i] = second
        elif first.confidence < _DOUBTED <= second.confidence and _MARK.fullmatch(second.text) and (unit := _unit_of(first, second)):
            out[i] = replace(second, text=unit + second.text[second.text.index("(") :], confidence=_DOUBTED)
    return out


def _read(apart: Pixels, scale: float, first: Seen, dpi: int, seconds: float) -> Seen:
    """The word `first` as it reads with its letters apart and enlarged; confidence 0 where nothing is seen."""
    large = cv2.resize(apart, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    paper = np.asarray(cv2.copyMakeBorder(large, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=255), np.uint8)
    read = recognise(paper, round(dpi * scale), seconds, psm=_ONE_LINE)
    return replace(first, text="".join(w.text for w in read), confidence=min((w.confidence for w in read), default=0.0))


def _doubtful(words: Sequence[Seen], width: int) -> list[int]:
    """The numbers of the words behind "Lưu" that have a bracket and were not read for sure."""
    block = find_block(words, width)
    if block is None:
        return []
    listed = sorted(block.words, key=lambda i: (round(words[i].top / block.line), words[i].x0))
    kept = next((at for at, i in enumerate(listed) if skeleton(words[i].text).strip("-.:;,_ ") == "luu"), len(listed))
    return [i for i in listed[kept + 1 :] if set("()") & set(words[i].text) and words[i].confidence < _SURE]


def _cut(grey: Pixels, word: Seen) -> Pixels:
    pad = round(_PAD * (word.bottom - word.top))
    top, left = max(0, round(word.top) - pad), max(0, round(word.x0) - pad // 2)
    return grey[top : round(word.bottom) + pad, left : round(word.x1) + pad]


def _apart(word: Pixels) -> Pixels:
    """The picture of a word with white paper between its letters."""
    paper = float(np.percentile(word, 80))
    inked = np.flatnonzero((word < _INK * paper).any(axis=0))
    cuts = [0, *((a + b + 1) // 2 for a, b in pairwise(inked.tolist()) if b - a > 1), word.shape[1]]
    gap = np.full((word.shape[0], round(_GAP * word.shape[0] / (1 + 2 * _PAD))), 255, np.uint8)
    return np.asarray(np.hstack([part for a, b in pairwise(cuts) for part in (gap, word[:, a:b])]), np.uint8)


def _unit_of(first: Seen, second: Seen) -> str:
    """The unit as the first reading has it, where that lost the bracket and the second found it behind as many letters; else ""."""
    count = second.text.find("(")
    unit = first.text[:count]
    return unit if count > 1 and "(" not in first.text and unit.isupper() and unit.isalpha() else ""


def _same_unit(first: Seen, second: Seen) -> bool:
    """Do both readings name the same unit before the bracket? Where letters that are apart spell a name, they are read worse."""
    unit = skeleton(second.text).partition("(")[0]
    return second.confidence >= _VERY or skeleton(first.text).startswith(unit)
