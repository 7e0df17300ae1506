"""PDFs and pictures to pages: text layers through the parsing process, page images through OCR, in page order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.pages import Page
from pipeline.reading.parsing import Parser, parser
from pipeline.records import Evidence
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.reading.ocr import Job


def pdf(data: bytes, settings: Settings) -> tuple[tuple[Page, ...], tuple[Evidence, ...]]:
    """All pages of a PDF, and what its signatures say. Raises ReadingError or SecrecyError; one page image is drawn at a time."""
    with parser() as parsing:
        found = parsing.read(data, settings)
        if not found.scans:
            return tuple(p.page() for p in found.pages), found.evidence
        from pipeline.reading import ocr

        pages = {p.number: p.page() for p in found.pages}
        for page in ocr.ocr_pages(_drawn(parsing, found.scans, settings), settings):
            pages[page.number] = _noted(page, pages[page.number])
    return tuple(pages[n] for n in sorted(pages)), found.evidence


def _drawn(parsing: Parser, numbers: tuple[int, ...], settings: Settings) -> Iterator[Job]:
    from pipeline.reading import ocr

    for number in numbers:
        pixels, size = parsing.draw(number, settings)
        yield ocr.Job(number, pixels, size)


def _noted(read: Page, layer: Page) -> Page:
    """The page as OCR read it, with the reason and the scores that sent it there."""
    return replace(read, reason=layer.reason, scores={**layer.scores, **read.scores})


def pictures(data: bytes, settings: Settings) -> tuple[Page, ...]:
    """The pages of an image file, by OCR; blank ones of no confidence where OCR is switched off."""
    from pipeline.reading import ocr
    from pipeline.reading.image import load_images

    images = load_images(data, settings)
    if settings.ocr == "never":
        return tuple(
            Page(n, "", method="text", reason="page image, but OCR is switched off", confidence=0.0) for n, _ in enumerate(images, 1)
        )
    return tuple(ocr.ocr_pages((ocr.Job(n, image) for n, image in enumerate(images, 1)), settings))
