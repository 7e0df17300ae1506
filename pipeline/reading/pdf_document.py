"""A whole PDF in the parsing process: opens it, drafts each page, decides per page, and writes the pages that need no OCR.

The decision (measured on 55 files): a good layer is used; a page with few letters inherits the verdict of the file unless it is
a picture; a bad layer is mended where the fault is known, else the page is read by OCR.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec
import pypdfium2

from pipeline.errors import ReadingError, SecrecyError
from pipeline.pages import Page, Word
from pipeline.reading import furniture, page_text, pdf_page, pdf_pictures, signatures, tables, triage
from pipeline.reading.assemble import Place
from pipeline.reading.boxes import rows_of
from pipeline.reading.glyphs import fonts_without_unicode
from pipeline.reading.pdf_page import Draft
from pipeline.reading.pdf_regions import Region
from pipeline.records import Edit, Evidence
from pipeline.settings import Settings

PICTURE = 0.5  # share of a page under images from which a page with few letters is a scan
Beat = Callable[[], None]


class PdfPage(msgspec.Struct, frozen=True, array_like=True):
    """A page on its way from the parsing process; words are bare tuples, as thousands of them go over the pipe."""

    number: int
    text: str
    words: list[Place]
    size: tuple[float, float]
    method: str
    reason: str
    scores: dict[str, float]
    confidence: float
    edits: tuple[Edit, ...]
    regions: list[Region] = []  # pictures to be read by OCR and set into the text of the layer

    def page(self) -> Page:
        """The page as the stages know it."""
        words = tuple([Word(*place) for place in self.words])
        return Page(self.number, self.text, words, self.size, self.method, self.reason, self.scores, self.confidence, self.edits)


class PdfPages(msgspec.Struct, frozen=True):
    """What parsing yields: the pages, those to be read by OCR (their text is the layer's, for want of better), and evidence."""

    pages: tuple[PdfPage, ...]
    scans: tuple[int, ...]
    evidence: tuple[Evidence, ...]


def open_document(data: bytes, settings: Settings) -> Any:
    """The pypdfium2 document; raises ReadingError for encrypted, damaged, empty and endless files."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data[-4096:] or b"/Encrypt" in data[:4096]:
            raise ReadingError("the PDF is encrypted", hint="ask the sender for a copy without a password", reason="encrypted") from error
        if _pageless(data):
            raise ReadingError("the PDF has no pages", hint="ask the sender for it again", reason="no-pages") from error
        raise ReadingError("the PDF is damaged or cut short", hint="ask the sender for it again", reason="truncated") from error
    count = len(document)
    if count > settings.max_pages:
        raise ReadingError(
            f"{count} pages, more than {settings.max_pages}", hint="split the file or raise max_pages", reason="too-many-pages"
        )
    document.init_forms()
    return document


def _pageless(data: bytes) -> bool:
    """Whether a file that pdfium refuses is a whole PDF without pages."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    if b"%%EOF" not in data[-2048:]:
        return False
    try:
        return next(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))), None) is None
    except Exception:
        return False


def read(document: Any, data: bytes, settings: Settings, beat: Beat) -> PdfPages:
    """All pages of an opened document. `beat` is called after each page. Raises SecrecyError before any text is returned."""

    @cache
    def glyph_fonts() -> frozenset[str]:
        return fonts_without_unicode(data)

    evidence = tuple(signatures.evidence(document))  # first: flattening a page takes its signature fields away
    drafts: list[Draft] = []
    for index in range(len(document)):
        try:
            draft = pdf_page.read(document, index, glyph_fonts)
        except pypdfium2.PdfiumError as error:
            raise ReadingError(f"page {index + 1} cannot be read", hint="ask the sender for it again", reason="truncated") from error
        mark = None if settings.release_secret else page_text.secrecy_of(draft.rows)
        if mark is not None:
            raise SecrecyError("a page carries a secrecy mark", hint="handle it by the secrecy procedure", reason="secret")
        drafts.append(draft)
        beat()
    verdict = triage.of_file([d.scores.verdict for d in drafts])
    plans = [_plan(d, verdict, settings) for d in drafts]
    _find_tables(data, [d for d, (method, _) in zip(drafts, plans, strict=True) if d.ruled and method != "ocr"], beat)
    running = furniture.running_heads([(d.rows, d.size[1]) for d in drafts])
    pages = tuple(_page(d, *plan, running) for d, plan in zip(drafts, plans, strict=True))
    scans = tuple(d.number for d, (method, _) in zip(drafts, plans, strict=True) if method == "ocr")
    return PdfPages(pages, scans, evidence)


def _plan(draft: Draft, verdict: triage.Verdict, settings: Settings) -> tuple[str, str]:
    """Method and reason for one page: text, mended, ocr or both."""
    method, reason = _wanted(draft, verdict)
    if settings.ocr == "always":
        return "ocr", "OCR was asked for on every page"
    if settings.ocr == "never" and method in ("ocr", "both"):
        return ("mended" if draft.mended else "text"), f"{reason}, but OCR is switched off"
    return method, reason


def _wanted(draft: Draft, verdict: triage.Verdict) -> tuple[str, str]:
    own, scores = draft.scores.verdict, draft.scores
    kept = ("mended", "text layer mended: " + ", ".join(draft.mended)) if draft.mended else ("text", "sound text layer")
    if own != "bad" and draft.regions and not (own == "few" and (draft.image >= PICTURE or not scores.letters)):
        return "both", f"{kept[1]}, and a picture with lines of type that the layer does not have"
    if own == "good":
        return kept
    if own == "few":
        if draft.image >= PICTURE:
            return "ocr", "no text layer but for a stamp" if scores.letters else "no text layer"
        if verdict == "bad" and scores.letters:
            return "ocr", "few letters, in a file whose text layer is broken"
        if not scores.letters:
            return ("text", "empty page") if draft.image < 0.02 else ("ocr", "no text layer")
        return kept[0], "few letters, taken with the rest of the file"
    if scores.dia < triage.DIA and scores.bad < 0.02 and draft.image < PICTURE and not draft.hidden:
        return kept[0], "no Vietnamese letters, yet no picture of a page to read"
    if scores.dia < 0.03 and scores.bad < 0.02:
        return "ocr", "hidden text layer without accents"
    return "ocr", "text layer is not Vietnamese"


def _find_tables(data: bytes, drafts: list[Draft], beat: Beat) -> None:
    """Finds the tables of ruled pages; a header repeated on the next page is dropped there."""
    if not drafts:
        return
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data), pages=[d.number for d in drafts]) as plumber:
        before: Draft | None = None
        for page, draft in zip(plumber.pages, drafts, strict=True):
            last = before.tables[-1] if before and before.tables and before.number == draft.number - 1 else None
            found, rest = _tables_of(page, draft, last)
            if found:
                draft.tables, draft.rows = found, rows_of(rest)
                first = found[0]
                if last and len(first.rows) > 1 and len(first.rows[0]) > 1 and first.text(0) == last.text(0):
                    first.rows.pop(0)
            before = draft
            page.close()
            beat()


def _tables_of(page: Any, draft: Draft, last: tables.Table | None) -> tuple[list[tables.Table], list[Any]]:
    """A page's tables and the words outside; `last` is the table that ends the page before."""
    try:
        return tables.find(page, draft.words, len(last.rows[0]) if last else 0)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):  # a page pdfminer cannot follow is read without its tables
        return [], draft.words


def _page(draft: Draft, method: str, reason: str, running: frozenset[str]) -> PdfPage:
    built = page_text.build(draft.rows, draft.size, draft.tables, running)
    sure = draft.scores.verdict == "good" or draft.scores.letters == 0
    layer = 0.0 if method == "ocr" else 0.97 if draft.mended else 1.0
    confidence = layer * (1.0 if sure or "few letters" in reason else 0.5)
    regions = draft.regions if method == "both" else []
    return PdfPage(draft.number, built.text, built.places, draft.size, method, reason, _scores(draft), confidence, built.edits, regions)


def _scores(draft: Draft) -> dict[str, float]:
    return draft.scores.as_dict() | ({"image": draft.image} if draft.image else {})


def render(document: Any, number: int, settings: Settings) -> tuple[Any, tuple[float, float]]:
    """Page `number` (from 1) as an RGB array, with form fields drawn; and its size in points.

    It is drawn at the OCR resolution, or at that of the scan on it where that is lower: stretching a scan is for the preparation
    (image_prepare.py), which knows how; drawing smooths it beforehand.
    """
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(settings.ocr_dpi, pdf_pictures.scan_dpi(page)) / 72 * (1 - 1e-7)  # sides are rounded up: no pixel more for a rounding error
    pixels = width * height * scale * scale
    if pixels > settings.max_pixels:
        scale *= (settings.max_pixels / pixels) ** 0.5
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True, force_bitmap_format=None, prefer_bgrx=False)
    array = bitmap.to_numpy().copy()
    bitmap.close()
    page.close()
    return array, (width, height)
