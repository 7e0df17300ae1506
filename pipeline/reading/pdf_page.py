"""One PDF page as words, with a first judgement of its text layer. Runs inside the parsing process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.reading import fields, furniture, glyphs, mend, pdf_pictures, pdf_regions, pdf_words, triage
from pipeline.reading.boxes import Box, Row, rows_of
from pipeline.reading.tables import Table, ruled


@dataclass(slots=True)
class Draft:
    """A page before the file as a whole is known. `mended` names the repairs made; `image` is the share of the page under pictures.

    `regions`: pictures with lines of type that the layer does not have.
    """

    number: int
    size: tuple[float, float]
    rows: list[Row]
    scores: triage.Scores
    mended: list[str] = field(default_factory=list)
    image: float = 0.0
    hidden: bool = False
    ruled: bool = False
    tables: list[Table] = field(default_factory=list)
    regions: list[pdf_regions.Region] = field(default_factory=list)

    @property
    def words(self) -> list[Box]:
        return [w for r in self.rows for w in r.words]


def read(document: Any, index: int, glyph_fonts: Any) -> Draft:
    """Page `index` (from 0) of a pypdfium2 document. `glyph_fonts` is called, once needed, for the names of fonts without ToUnicode."""
    page = document[index]
    frame = pdf_words.frame_of(page)
    rects: list[fields.Rect] = []
    if pdfium.FPDFPage_GetAnnotCount(page.raw) > 0:
        rects = fields.rectangles(page, frame)
        if rects and pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
    textpage = page.get_textpage()
    text, _ = pdf_words.text_of(textpage)
    words = pdf_words.words(textpage, text, frame)
    draft = _judge(index + 1, (frame.width, frame.height), words, rects, furniture.stamped(text))
    if draft.scores.verdict == "bad":
        decoded = _decoded(textpage, frame, text, rects, glyph_fonts, draft)
        draft = decoded or draft
    _mend(draft, textpage)
    if draft.scores.verdict != "good":
        draft.image, draft.hidden = pdf_pictures.share(page, frame)
    if draft.scores.verdict != "bad":
        draft.regions = pdf_regions.unread(page, frame, draft.words)
    draft.ruled = ruled(page)
    textpage.close()
    page.close()
    return draft


def _judge(number: int, size: tuple[float, float], words: list[Box], rects: list[fields.Rect], stamped: bool) -> Draft:
    """Settles fields, drops stamps, and scores what is left."""
    if rects and not stamped:
        words = fields.settle(words, rects)
    elif rects:
        words = furniture.drop_stamps(words, rows_of(words), rects)
        words = fields.settle(words, rects)
    elif stamped:
        words = furniture.drop_stamps(words, rows_of(words), rects)
    rows = rows_of(words)
    return Draft(number, size, rows, triage.score(" ".join(r.text for r in rows)))


def _decoded(textpage: Any, frame: pdf_words.Frame, raw: str, rects: list[fields.Rect], glyph_fonts: Any, draft: Draft) -> Draft | None:
    """The page read through the glyph table, if that makes it good."""
    names = glyph_fonts()
    if not names:
        return None
    text, unknown = glyphs.decode(textpage, names)
    words = pdf_words.words(textpage, text, frame)
    for word in words:
        word.before = raw[word.index : word.index + len(word.text)] or word.text
        word.rule = "glyph-numbers"
    better = _judge(draft.number, draft.size, words, rects, furniture.stamped(text))
    if better.scores.verdict != "good" or unknown * 50 > len(text):
        return None
    better.mended = ["glyph-numbers"]
    return better


def _mend(draft: Draft, textpage: Any) -> None:
    """Repairs faults of the layer in place and scores again."""
    text = " ".join(r.text for r in draft.rows)
    changed = 0
    if draft.scores.verdict != "good" or draft.scores.bad > 0.004:
        changed = mend.legacy_runs(draft.rows, lambda w: glyphs.font_name(textpage, w.index) if w.index >= 0 else "")
    if mend.suspect(text):
        changed += mend.letters(draft.words)
    if changed:
        draft.mended += sorted({w.rule for w in draft.words if w.rule} - set(draft.mended))
        for row in draft.rows:
            row.text = " ".join(w.text for w in row.words)
        draft.scores = triage.score(" ".join(r.text for r in draft.rows))
