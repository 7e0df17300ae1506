"""PDFs and pictures to pages: text layers through the parsing process, page images through OCR, in page order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING

from pipeline.pages import Page
from pipeline.reading.both import crop, merge
from pipeline.reading.correct.counting import correct_count
from pipeline.reading.parsing import Parser, parser
from pipeline.reading.pdf_regions import Region
from pipeline.records import Evidence
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.reading.ocr import Job


def pdf(data: bytes, settings: Settings) -> tuple[tuple[Page, ...], tuple[Evidence, ...]]:
    """All pages of a PDF, and what its signatures say. Raises ReadingError or SecrecyError; one page image is drawn at a time."""
    with parser() as parsing:
        found = parsing.read(data, settings)
        parts = [(p.number, region) for p in found.pages for region in p.regions]
        if not found.scans and not parts:
            return tuple(p.page() for p in found.pages), found.evidence
        from pipeline.reading import ocr

        pages = {p.number: p.page() for p in found.pages}
        jobs = chain(_drawn(parsing, found.scans, settings), _cropped(parsing, parts, dict(pages), settings))
        read = ocr.ocr_pages(jobs, settings)
        for number in found.scans:
            pages[number] = _noted(next(read), pages[number])
        for number, group in groupby(zip(parts, read, strict=True), key=lambda p: p[0][0]):
            pages[number] = merge(pages[number], [(region, page) for (_, region), page in group])
    ordered = [pages[n] for n in sorted(pages)]
    return correct_count(ordered) if settings.correct else tuple(ordered), found.evidence


def _drawn(parsing: Parser, numbers: tuple[int, ...], settings: Settings) -> Iterator[Job]:
    from pipeline.reading import ocr

    for number in numbers:
        pixels, size = parsing.draw(number, settings)
        yield ocr.Job(number, pixels, size)


def _cropped(parsing: Parser, parts: Sequence[tuple[int, Region]], layers: dict[int, Page], settings: Settings) -> Iterator[Job]:
    """The pictures of pages with a sound layer; each page is drawn once."""
    from pipeline.reading import ocr

    for number, group in groupby(parts, key=lambda p: p[0]):
        pixels, _ = parsing.draw(number, settings)
        for _, region in group:
            yield ocr.Job(number, crop(pixels, layers[number], region), (region[2] - region[0], region[3] - region[1]))


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
    pages = tuple(ocr.ocr_pages((ocr.Job(n, image) for n, image in enumerate(images, 1)), settings))
    return correct_count(pages) if settings.correct else pages
