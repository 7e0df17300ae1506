"""A fact on the picture of its page: the source file is opened again, the page is drawn, the fact's words are boxed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ReadingError
from pipeline.settings import Settings
from pipeline.storage.places import PageWords, PlacedWord

if TYPE_CHECKING:
    from PIL.Image import Image

    from pipeline.reading.image import Pixels

DPI = 130
MOST_SIDE = 2200  # pixels of the longer side of a page in the picture
MOST_PAGES = 4  # of one fact that are drawn
_MARGIN = 1.5  # points around the words
_FILL, _LINE = (255, 214, 0, 70), (214, 0, 0, 255)

Rectangle = tuple[float, float, float, float]


def source_of(connection: sqlite3.Connection, document_id: int, settings: Settings) -> bytes:
    """The bytes of the file a document was read from, wherever one with the same sha256 still stands. Raises ReadingError."""
    sha256: str = connection.execute("SELECT sha256 FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
    paths = [row["path"] for row in connection.execute("SELECT path FROM files WHERE document_id = ? ORDER BY path", (document_id,))]
    for path in paths:
        for data in _candidates(Path(path), settings):
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    where = paths[0] if paths else sha256[:12]
    gone = "the file has changed since" if any(Path(path).exists() for path in paths) else "the file is gone"
    raise ReadingError(gone, where=where, hint="put it back, or ingest it again where it is now", reason="source-gone")


def _candidates(path: Path, settings: Settings) -> Iterable[bytes]:
    """The bytes at `path`; of a path that leads into a ZIP, those of the members it may mean."""
    try:
        if path.is_file():
            if path.stat().st_size <= settings.max_bytes:
                yield path.read_bytes()
            return
        outer = next((parent for parent in path.parents if parent.is_file()), None)
        if outer is not None and outer.stat().st_size <= settings.max_bytes:
            yield from _members(outer.read_bytes(), settings, 0)
    except OSError:
        return


def _members(data: bytes, settings: Settings, depth: int) -> Iterable[bytes]:
    from pipeline.reading import archive

    for member in archive.members(data, settings, depth):
        if member.error is None:
            yield member.data
            if member.data.startswith(b"PK\x03\x04") and depth < archive.DEPTH:
                try:
                    yield from _members(member.data, settings, depth + 1)
                except ReadingError:
                    continue  # a DOCX, or a damaged archive inside


def draw(data: bytes, pages: Sequence[PageWords], settings: Settings) -> Image:
    """The pages (at most `MOST_PAGES`) one below the other, with their words boxed. Raises ReadingError where the file cannot be drawn."""
    from PIL import Image

    drawn = [_boxed(pixels, page) for pixels, page in _pictures(data, pages[:MOST_PAGES], settings)]
    whole = Image.new("RGB", (max(p.width for p in drawn), sum(p.height for p in drawn)), (255, 255, 255))
    top = 0
    for picture in drawn:
        whole.paste(picture, (0, top))
        top += picture.height
    return whole


def _pictures(data: bytes, pages: Sequence[PageWords], settings: Settings) -> Iterable[tuple[Pixels, PageWords]]:
    """The pixels of each page, drawn by the parsing process for a PDF, unpacked for an image file."""
    from dataclasses import replace

    from pipeline.reading.kinds import kind_of

    kind, _ = kind_of(data)
    if kind == "pdf":
        from pipeline.reading.parsing import parser

        limits = replace(settings, ocr_dpi=DPI, ocr="never", release_secret=True)  # what is stored has been looked at
        with parser() as parsing:
            parsing.read(data, limits)
            for page in pages:
                yield parsing.draw(page.number, limits)[0], page
    elif kind == "image":
        from pipeline.reading.image import load_images

        wanted = {page.number: page for page in pages}
        for number, pixels in enumerate(load_images(data, settings), 1):
            if number in wanted:
                yield pixels, wanted[number]
    else:
        raise ReadingError("no page of this kind of file can be drawn", hint="open it in its own program", reason="no-picture")


def _boxed(pixels: Pixels, page: PageWords) -> Image:
    """One page as a picture with the words of the fact boxed, line by line."""
    from PIL import Image, ImageDraw

    picture = Image.fromarray(pixels).convert("RGB")
    if max(picture.size) > MOST_SIDE:
        picture.thumbnail((MOST_SIDE, MOST_SIDE))
    across, down = picture.width / page.width, picture.height / page.height
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for x0, top, x1, bottom in rectangles(page.words):
        box = ((x0 - _MARGIN) * across, (top - _MARGIN) * down, (x1 + _MARGIN) * across, (bottom + _MARGIN) * down)
        pen.rectangle(box, fill=_FILL, outline=_LINE, width=2)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def rectangles(words: Iterable[PlacedWord]) -> list[Rectangle]:
    """One rectangle for each run of words on a line, in points."""
    found: list[Rectangle] = []
    for w in words:
        if found:
            x0, top, x1, bottom = found[-1]
            shared = min(bottom, w.bottom) - max(top, w.top)
            near = -2 <= w.x0 - x1 <= 3 * (w.bottom - w.top)
            if near and shared > 0.5 * min(bottom - top, w.bottom - w.top):
                found[-1] = (min(x0, w.x0), min(top, w.top), max(x1, w.x1), max(bottom, w.bottom))
                continue
        found.append((w.x0, w.top, w.x1, w.bottom))
    return found
