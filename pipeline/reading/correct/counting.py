"""Numbers and letters of items put right over the whole document: "§." at the top of a page is 8 where the page before ended with 7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.pages import Page
from pipeline.reading.correct.changes import Change, Draft
from pipeline.reading.correct.markers import marker_changes

_READ = frozenset({"ocr", "both"})  # pages that an engine read; a text layer is believed


def correct_count(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages of one document, in order, with the markers of those that were read by OCR put right by their neighbours on other pages.

    Words move along and each change is an Edit of its page, as in `correct_page`.
    """
    starts = [0, *accumulate(len(p.text) + 1 for p in pages)]
    changes = list(marker_changes("\n".join(p.text for p in pages)))
    out = []
    for page, start, end in zip(pages, starts, starts[1:], strict=False):
        own = [Change(c.start - start, c.end - start, c.after, c.rule) for c in changes if start <= c.start and c.end < end]
        if own and page.method in _READ:
            draft = Draft(page.text, list(page.words), list(page.edits))
            draft.apply(own)
            page = replace(page, text=draft.text, words=tuple(draft.words), edits=tuple(draft.edits))
        out.append(page)
    return tuple(out)
