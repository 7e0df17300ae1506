"""Reads page images: pixels in, `Page` out. Both cores are kept busy by one process per core, each with one engine thread."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from statistics import fmean

import cv2
import numpy as np

from pipeline.errors import ReadingError, SecrecyError
from pipeline.pages import Page
from pipeline.reading.correct.accents import model
from pipeline.reading.correct.page import correct_page
from pipeline.reading.image import Pixels
from pipeline.reading.image_prepare import Prepared, page_points, prepare
from pipeline.reading.ocr_cells import cells_again
from pipeline.reading.ocr_drafter import drafter_again
from pipeline.reading.ocr_engine import Seen, become_reader, check_engine, recognise
from pipeline.reading.ocr_grid import Grid, find_grids, without_rulings
from pipeline.reading.ocr_header import header_again
from pipeline.reading.ocr_layout import compose, placed
from pipeline.reading.ocr_marks import without_marks
from pipeline.reading.ocr_numerals import count_strokes, read_again
from pipeline.reading.ocr_recipients import recipients_again
from pipeline.reading.ocr_signature import signature_again
from pipeline.reading.ocr_stamps import secrecy_mark
from pipeline.reading.ocr_upright import reads_well, syllable_share, turns_to_try
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Job:
    """One page to read: its pixels, or a picklable function that draws them in the process that reads (so that drawing is shared too)."""

    number: int
    image: Pixels | Callable[[], Pixels]
    size_points: tuple[float, float] | None = None


def ocr_page(image: Pixels, number: int, size_points: tuple[float, float] | None, settings: Settings) -> Page:
    """Reads one page image (RGB or grey). Boxes are in points on the page as given, whatever its skew; `size_points` None: A4 by shape.

    Raises ReadingError: no-tesseract, no-vie, ocr-timeout, ocr-failed, temporary-full; SecrecyError for a secrecy mark on the image.
    """
    if not settings.release_secret and secrecy_mark(image, page_points(image.shape, size_points), settings.page_seconds):
        raise SecrecyError("a page carries a secrecy mark", hint="handle it by the secrecy procedure", reason="secret")
    ready, grids, seen = _best_way_up(image, size_points, settings)
    seen = cells_again(seen, grids, ready.grey, ready.dpi, settings.page_seconds)
    seen = header_again(seen, ready.grey, ready.dpi, settings.page_seconds)
    seen = signature_again(seen, ready.grey, ready.dpi, settings.page_seconds)
    seen = recipients_again(seen, ready.grey, ready.dpi, settings.page_seconds)
    seen = drafter_again(seen, ready.grey, ready.dpi, settings.page_seconds)
    seen = without_marks(seen, on_page(seen, ready), ready)
    seen = count_strokes(seen, ready.grey) if settings.correct else seen
    checked = read_again(seen, ready.grey, ready.dpi, settings.page_seconds)
    seen = checked.words
    height, width = ready.grey.shape
    scale = 72 / ready.dpi
    composed = compose(seen, scale, width * scale, height * scale, grids)
    words = placed(composed.words, on_page(seen, ready), composed.sources)
    mean = fmean(w.confidence for w in words) if words else 0.0
    scores = {"confidence": round(mean, 3), "skew": round(ready.skew, 2), "words": float(len(words))}
    if ready.turned:
        scores["turned"] = 90.0 * ready.turned
    if checked.doubtful:
        scores["doubtful_numbers"] = float(checked.doubtful)
    page = Page(number, composed.text, words, ready.size, "ocr", "page image", scores, round(mean, 3), composed.edits)
    return correct_page(page) if settings.correct else page


def _best_way_up(image: Pixels, size: tuple[float, float] | None, settings: Settings) -> tuple[Prepared, list[Grid], list[Seen]]:
    """The page made ready and read the way up in which it reads best; nearly always the first try does."""
    best: tuple[Prepared, list[Grid], list[Seen]] | None = None
    for turn in turns_to_try(image[:, :, 0] if image.ndim == 3 else image):
        ready = prepare(image, size, settings.ocr_dpi, turn)
        grids, rulings = find_grids(ready.grey, ready.dpi)
        seen = recognise(without_rulings(ready.grey, rulings), ready.dpi, settings.page_seconds)
        if best is None or syllable_share(seen) > syllable_share(best[2]):
            best = ready, grids, seen
        if reads_well(seen):
            break
    assert best is not None
    return best


def on_page(seen: Iterable[Seen], ready: Prepared) -> list[tuple[float, float, float, float]]:
    """The boxes of words in points on the page as given: skew, rescaling and turning undone."""
    sides = [(w.x0, w.top, w.x1, w.bottom) for w in seen]
    if not sides:
        return []
    x0, top, x1, bottom = np.array(sides).T
    one = np.ones(len(sides))
    corners = np.stack([ready.to_page @ np.stack([x, y, one]) for x, y in ((x0, top), (x1, top), (x1, bottom), (x0, bottom))])
    boxes = np.round(np.concatenate([corners.min(axis=0), corners.max(axis=0)]).T, 2)
    return [(a, b, c, d) for a, b, c, d in boxes.tolist()]


def ocr_pages(jobs: Iterable[Job], settings: Settings) -> Iterator[Page]:
    """Reads pages in parallel and yields them in the order of the jobs, with a bounded number of pages in memory.

    A page that fails raises its ReadingError when its turn comes; a process that dies is replaced once, then ocr-crash is raised.
    """
    processes = settings.processes or os.cpu_count() or 1
    if processes == 1:
        yield from (_read(job, settings) for job in jobs)
        return
    yield from _spread(jobs, settings, processes)


def _spread(jobs: Iterable[Job], settings: Settings, processes: int) -> Iterator[Page]:
    waiting: deque[tuple[Job, Future[Page]]] = deque()
    check_engine()
    if settings.correct:
        model()  # here and not in each process, where processes are forks
    # Preparing a page with threads of its own holds up the engine beside it: a tenth of the wall time. Said here and not in the readers,
    # where the threads that this process may have started are gone.
    cv2.setNumThreads(1)
    pool = ProcessPoolExecutor(processes, initializer=become_reader)
    source = iter(jobs)
    try:
        while True:
            while len(waiting) < 2 * processes and (job := next(source, None)) is not None:
                waiting.append((job, pool.submit(_read, job, settings)))
            if not waiting:
                pool.shutdown(wait=True)
                return
            job, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = ProcessPoolExecutor(processes, initializer=become_reader)
                yield _again(pool, job, settings)
                waiting = deque((j, pool.submit(_read, j, settings)) for j, _ in waiting)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _again(pool: ProcessPoolExecutor, job: Job, settings: Settings) -> Page:
    try:
        return pool.submit(_read, job, settings).result()
    except BrokenProcessPool as error:
        hint = "scan the page again at 200 dpi"
        raise ReadingError("the reading process died", where=f"page {job.number}", hint=hint, reason="ocr-crash") from error


def _read(job: Job, settings: Settings) -> Page:
    image = job.image if isinstance(job.image, np.ndarray) else job.image()
    return ocr_page(image, job.number, job.size_points, settings)
