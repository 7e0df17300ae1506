"""Where the words of a document stand on its pages, small enough to keep: what a picture of a fact is drawn from."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.pages import SourceDocument

_UNITS = 20  # to a point: boxes are kept to a twentieth of a point
_MOST = 0xFFFF
_MOST_BYTES = 64 * 1024 * 1024  # of one page unpacked, a bound for a damaged base


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """One word: offsets into the document's text, and its box in points from the top left corner of its page."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, in reading order; `width` and `height` of the page in points."""

    number: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]


def pages_of(source: SourceDocument, text: str) -> list[PageWords]:
    """The placed words of a document that was read, with offsets into `text`, its record's text; none where the source has no geometry."""
    if not any(page.words and page.size for page in source.pages):
        return []
    from pipeline.text.document import assemble

    whole = assemble(source.pages)
    if whole.text != text:  # offsets would point elsewhere
        return []
    origin = whole.origin
    found = []
    for page, base in zip(source.pages, whole.page_starts, strict=True):
        if page.size is None or not page.words:
            continue
        words = []
        for w in page.words:
            start, end = bisect_left(origin, base + w.start), bisect_left(origin, base + w.end)
            if start < end:
                words.append(PlacedWord(start, end, w.x0, w.top, w.x1, w.bottom))
        found.append(PageWords(page.number, page.size[0], page.size[1], tuple(words)))
    return found


def pack(words: Sequence[PlacedWord]) -> bytes:
    """The words as compressed little-endian columns: starts (32 bit), lengths, then x0, top, x1, bottom (16 bit, twentieths of a point)."""
    n = len(words)
    sides = [
        min(_MOST, max(0, round(_UNITS * side))) for pick in ("x0", "top", "x1", "bottom") for side in (getattr(w, pick) for w in words)
    ]
    lengths = [min(_MOST, w.end - w.start) for w in words]
    return zlib.compress(struct.pack(f"<{n}I{5 * n}H", *(w.start for w in words), *lengths, *sides), 6)


def unpack(data: bytes) -> tuple[PlacedWord, ...]:
    """What `pack` was given. Raises ValueError where the data are damaged."""
    try:
        plain = zlib.decompressobj().decompress(data, _MOST_BYTES)
        n = len(plain) // 14
        values = struct.unpack(f"<{n}I{5 * n}H", plain)
    except (zlib.error, struct.error) as error:
        raise ValueError("damaged places of words") from error
    starts, lengths = values[:n], values[n : 2 * n]
    sides = [[v / _UNITS for v in values[k * n : (k + 1) * n]] for k in range(2, 6)]
    return tuple(PlacedWord(s, s + m, *box) for s, m, *box in zip(starts, lengths, *sides, strict=True))


def insert_places(connection: sqlite3.Connection, document_id: int, pages: Iterable[PageWords]) -> None:
    """Stores the words of the pages of a document."""
    connection.executemany(
        "INSERT INTO page_words (document_id, number, width, height, words) VALUES (?, ?, ?, ?, ?)",
        [(document_id, p.number, p.width, p.height, pack(p.words)) for p in pages],
    )


def words_of(connection: sqlite3.Connection, document_id: int, start: int, end: int) -> list[PageWords]:
    """The pages on which text[start:end] of the document stands, each with the words of that stretch only."""
    found = []
    for row in connection.execute("SELECT * FROM page_words WHERE document_id = ? ORDER BY number", (document_id,)):
        words = tuple(w for w in unpack(row["words"]) if w.start < end and start < w.end)
        if words:
            found.append(PageWords(row["number"], row["width"], row["height"], words))
    return found
