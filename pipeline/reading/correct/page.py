"""Runs the corrections over one page, in order of certainty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.pages import DOUBTFUL, Page
from pipeline.reading.correct.accents import accent_changes
from pipeline.reading.correct.cases import case_changes
from pipeline.reading.correct.changes import Change, Draft
from pipeline.reading.correct.closing import closing_changes
from pipeline.reading.correct.dates import impossible_dates
from pipeline.reading.correct.heads import head_changes
from pipeline.reading.correct.markers import marker_changes
from pipeline.reading.correct.phrases import phrase_changes
from pipeline.reading.correct.spaces import space_changes
from pipeline.reading.correct.syllables import syllable_changes
from pipeline.reading.correct.symbols import symbol_changes

# Symbols first: later rules leave alone what touches a digit or a stroke. The model of accents last: it needs right neighbours.
RULES: tuple[tuple[str, Callable[[str], Iterator[Change]]], ...] = (
    ("symbols", symbol_changes),
    ("markers", marker_changes),
    ("spaces", space_changes),
    ("syllables", syllable_changes),
    ("phrases", phrase_changes),
    ("closing", closing_changes),
    ("heads", head_changes),
    ("accents", accent_changes),
    ("cases", case_changes),
)


def correct_page(page: Page, off: frozenset[str] = frozenset()) -> Page:
    """The page with its text corrected; `off` names rules of RULES to leave out.

    Offsets of words move along, each change is an Edit (offset into the new text). Dates that cannot be keep their digits: their words
    get at most the confidence DOUBTFUL, and `scores["impossible_dates"]` counts them.
    """
    draft = Draft(page.text, list(page.words), list(page.edits))
    for name, rule in RULES:
        if name not in off:
            draft.apply(rule(draft.text))
    words = draft.words
    spans = list(impossible_dates(draft.text))
    for start, end in spans:
        words = [replace(w, confidence=min(w.confidence, DOUBTFUL)) if start < w.end and w.start < end else w for w in words]
    scores = {**page.scores, "impossible_dates": float(len(spans))} if spans else page.scores
    return replace(page, text=draft.text, words=tuple(words), edits=tuple(draft.edits), scores=scores)
