"""A page with a sound text layer and a picture with more text: the layer stays, what OCR read in the picture is set in at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.pages import Page, Word
from pipeline.reading import triage
from pipeline.reading.image import Pixels
from pipeline.reading.pdf_regions import Region
from pipeline.records import Edit

_LEAST_LETTERS, _LEAST_SYLLABLES = 8, 0.5  # letters and share of well-formed syllables of a reading that is text and no pattern
_TOUCH = 3.0  # points that neighbours may overlap


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page's text with the edges of its words; offsets into the text."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


def crop(pixels: Pixels, layer: Page, region: Region) -> Pixels:
    """The part of a drawn page under a picture, without the words that the layer has there: those are not to be read twice."""
    assert layer.size is not None
    scale = pixels.shape[1] / layer.size[0]
    part = _cut(pixels, region, scale)
    covered = [w for w in layer.words if w.x1 > region[0] and w.x0 < region[2] and w.bottom > region[1] and w.top < region[3]]
    if not covered:
        return part
    page = pixels.copy()
    paper = np.percentile(part[::4, ::4].reshape(-1, part.shape[2]), 75, axis=0).astype(np.uint8)
    for word in covered:
        _cut(page, (word.x0 - 1, word.top - 1, word.x1 + 1, word.bottom + 1), scale)[:] = paper
    return _cut(page, region, scale)


def _cut(pixels: Pixels, box: Region, scale: float) -> Pixels:
    x0, top, x1, bottom = (max(0, round(side * scale)) for side in box)
    return pixels[top:bottom, x0:x1]


def merge(layer: Page, found: Sequence[tuple[Region, Page]]) -> Page:
    """The layer's page with the readings of its pictures set in where they stand.

    A reading that is no text (an emblem, a photograph) is left out; when none is left the page is as the layer has it. Offsets of words
    and edits are those of the new text; words read carry the engine's confidence. `scores`: regions, and confidence of the OCR.
    """
    texts = [(region, _moved(read, region)) for region, read in found if _is_text(read)]
    if not texts:
        reason = layer.reason.partition(", and a picture")[0] + "; a picture on it has no text"
        return replace(layer, method="mended" if "mended" in reason else "text", reason=reason)
    page = layer
    for region, read in texts:
        page = _insert(page, region, read)
    own, new = max(1, len(layer.text)), sum(len(read.text) for _, read in texts)
    ocr = sum(read.confidence * len(read.text) for _, read in texts) / max(1, new)
    doubts = {k: v for _, read in texts for k, v in read.scores.items() if k in ("doubtful_numbers", "impossible_dates")}
    scores = {**layer.scores, **doubts, "regions": float(len(texts)), "confidence": round(ocr, 3)}
    return replace(page, method="both", scores=scores, confidence=round((layer.confidence * own + ocr * new) / (own + new), 3))


def _is_text(read: Page) -> bool:
    scores = triage.score(read.text)
    return scores.letters >= _LEAST_LETTERS and scores.syl >= _LEAST_SYLLABLES


def _moved(read: Page, region: Region) -> Page:
    """The reading with its boxes on the page."""
    x, y = region[0], region[1]
    words = tuple(replace(w, x0=w.x0 + x, x1=w.x1 + x, top=w.top + y, bottom=w.bottom + y) for w in read.words)
    return replace(read, words=words)


def _insert(page: Page, region: Region, read: Page) -> Page:
    lines = _lines(page)
    before = [i for i, line in enumerate(lines) if _precedes(line, region)]
    at = lines[before[-1]].end if before else 0
    beside = any(line.top < region[3] - _TOUCH and line.bottom > region[1] + _TOUCH for line in lines)
    gap = "\n\n" if beside else "\n"  # what stands beside other text is a zone of its own
    read = _as_printed(read) if beside else read
    head = page.text[:at]
    tail = page.text[at:].lstrip("\n")
    parting = page.text[at : len(page.text) - len(tail)]
    lead = gap if head else ""
    follow = (parting if len(parting) > len(gap) else gap) if tail else ""
    start = len(head) + len(lead)
    shift = start + len(read.text) + len(follow) - (len(page.text) - len(tail))
    text = head + lead + read.text + follow + tail
    words = _shifted(page.words, at, shift, read.words, start)
    edits = [_edit(e, e.start + (shift if e.start >= at else 0)) for e in page.edits] + [_edit(e, e.start + start) for e in read.edits]
    return replace(page, text=text, words=words, edits=tuple(sorted(edits, key=lambda e: e.start)))


def _as_printed(read: Page) -> Page:
    """The reading with its lines as they stand, as zones of header and footer have them; offsets stay the same."""
    text = list(read.text)
    for left, right in pairwise(read.words):
        if (right.top + right.bottom) / 2 > left.bottom and text[left.end : right.start] == [" "]:
            text[left.end] = "\n"
    return replace(read, text="".join(text))


def _shifted(own: Sequence[Word], at: int, shift: int, new: Sequence[Word], start: int) -> tuple[Word, ...]:
    first = [w for w in own if w.start < at]
    middle = [replace(w, start=w.start + start, end=w.end + start) for w in new]
    last = [replace(w, start=w.start + shift, end=w.end + shift) for w in own if w.start >= at]
    return (*first, *middle, *last)


def _edit(edit: Edit, start: int) -> Edit:
    return Edit(start=start, before=edit.before, after=edit.after, rule=edit.rule)


def _precedes(line: _Line, region: Region) -> bool:
    """Whether a line is read before a picture: it stands above, or beside it on the left."""
    if (line.top + line.bottom) / 2 < region[1]:
        return True
    beside = line.top < region[3] - _TOUCH and line.bottom > region[1] + _TOUCH
    return beside and line.x1 <= region[0] + _TOUCH


def _lines(page: Page) -> list[_Line]:
    """The lines of the text that have words with places."""
    out: list[_Line] = []
    offset, words = 0, iter(sorted(page.words, key=lambda w: w.start))
    word = next(words, None)
    for text in page.text.split("\n"):
        end = offset + len(text)
        held = []
        while word is not None and word.start < end + 1:
            held.append(word)
            word = next(words, None)
        if held:
            edges = min(w.x0 for w in held), min(w.top for w in held), max(w.x1 for w in held), max(w.bottom for w in held)
            out.append(_Line(offset, end, *edges))
        offset = end + 1
    return out
