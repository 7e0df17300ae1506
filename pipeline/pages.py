"""What reading yields: pages of text with the place of each word. The only types that reading and text share."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.records import Edit, Evidence

DOUBTFUL = 0.3  # at most this sure is the reading of a word whose second reading differed, or of a day that no calendar has


@dataclass(frozen=True, slots=True)
class Word:
    """One word on a page: `start`..`end` are offsets into `Page.text`; the box is in points (1/72 inch) from the top left corner."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page as text in reading order.

    `text`: one paragraph per line, wrapped lines joined by one space; zones (left header, right header, recipients,
    signature) follow one another, parted by a blank line; a table is one line per row, "| cell | cell |", header row first;
    footnotes stand at the end, each "[n] text". No running heads, page numbers or stamps.
    `words`: empty where the source has no geometry (text, DOCX). `size`: width and height in points, or None.
    `method`: text, mended, ocr or both; `reason` and `scores` say why. `edits`: changes made while reading (offsets into `text`).
    """

    number: int
    text: str
    words: tuple[Word, ...] = ()
    size: tuple[float, float] | None = None
    method: str = "text"
    reason: str = "plain text"
    scores: dict[str, float] = field(default_factory=dict)
    confidence: float = 1.0
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One incoming file read: its identity and its pages. `name` is what the user called it."""

    name: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]
    evidence: tuple[Evidence, ...] = ()
