"""Pages to the one fixed text of a document, with the way back from each character to its page and place there."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.pages import DOUBTFUL, Page, Word
from pipeline.records import Edit
from pipeline.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class DocumentText:
    """`text` is what every offset of the record refers to; `origin[i]` is the offset of text[i] in the page texts joined by \\f."""

    text: str
    origin: array[int]
    page_starts: tuple[int, ...]  # offset of each page in the joined page texts
    edits: tuple[Edit, ...] = ()
    doubts: tuple[tuple[int, int], ...] = ()  # numbers and days in `text` that the reading of an image is not sure of

    def doubtful(self, start: int, end: int) -> bool:
        """Whether a number of which the reading is not sure stands in text[start:end]."""
        at = bisect_right(self.doubts, (start, -1))
        return any(low < end and start < high for low, high in self.doubts[max(0, at - 1) : at + 1])

    def page_of(self, offset: int) -> int:
        """The page, from 1, on which the character at `offset` stands."""
        if not self.origin:
            return 1
        return bisect_right(self.page_starts, self.origin[min(offset, len(self.origin) - 1)])

    def on_page(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Where text[start:end] stands as printed: (page, start, end) with offsets into that page's own text, one per page touched."""
        found: dict[int, list[int]] = {}
        for i in range(start, min(end, len(self.origin))):
            if self.text[i] == "\f":
                continue
            page = bisect_right(self.page_starts, self.origin[i])
            at = self.origin[i] - self.page_starts[page - 1]
            low, high = found.setdefault(page, [at, at])
            found[page] = [min(low, at), max(high, at)]
        return [(page, low, high + 1) for page, (low, high) in sorted(found.items())]


def assemble(pages: tuple[Page, ...]) -> DocumentText:
    """One text from `pages`; what reading changed and what normalising changed are both in `edits`."""
    raw = "\f".join(p.text for p in pages)
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page.text) + 1
    text = normalise(raw)
    edits = text.edits()
    unsure = [(start + w.start, start + w.end) for page, start in zip(pages, starts, strict=True) for w in page.words if _unsure(page, w)]
    doubts: list[tuple[int, int]] = []
    if unsure or any(p.edits for p in pages):
        back: dict[int, int] = {}
        for i, o in enumerate(text.origin):
            back.setdefault(o, i)
        for page, start in zip(pages, starts, strict=True):
            for e in page.edits:
                edits.append(Edit(start=back.get(start + e.start, 0), before=e.before, after=e.after, rule=e.rule))
        for low, high in unsure:
            places = [back[o] for o in range(low, high) if o in back]
            if places:
                doubts.append((places[0], places[-1] + 1))
    return DocumentText(
        text.text, text.origin, tuple(starts or [0]), tuple(sorted(edits, key=lambda e: e.start)), tuple(sorted(doubts))
    )  # fmt: skip


def _unsure(page: Page, word: Word) -> bool:
    """A number or day that two readings of the image gave differently, or that no calendar has (reading marks them by confidence)."""
    return word.confidence <= DOUBTFUL and any(c.isdigit() for c in page.text[word.start : word.end])
