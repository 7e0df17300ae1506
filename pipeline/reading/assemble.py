"""Paragraphs, table rows and zones to the text of a page, with each word's offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.pages import Word
from pipeline.reading.boxes import Box
from pipeline.records import Edit

Place = tuple[int, int, float, float, float, float, float]


class PageText:
    """Collects lines; `text` and `words` are the result, and text[w.start:w.end] is the printed word w."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.places: list[Place] = []
        self._edits: list[Edit] = []
        self._length = 0
        self._blank = True  # nothing yet, or a blank line was the last thing

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _words(self, words: Sequence[Box]) -> None:
        """Words parted by spaces; a number broken after its hyphen ("2257/QĐ-" + "UBND") is joined without one."""
        parts, places, at = self._parts, self.places, self._length
        before: Box | None = None
        for box in words:
            text = box.text
            if before is not None and not (before.text[-1] == "-" and _broken(before, box)):
                parts.append(" ")
                at += 1
            end = at + len(text)
            parts.append(text)
            places.append((at, end, box.x0, box.top, box.x1, box.bottom, box.confidence))
            if box.rule:
                self._edit(at, box)
            at, before = end, box
        self._length = at

    def _edit(self, start: int, box: Box) -> None:
        """Notes a changed word; neighbours changed by the same rule on the same line become one edit."""
        last = self._edits[-1] if self._edits else None
        if last is not None and last.rule == box.rule and last.start + len(last.after) + 1 == start and self._parts[-2] == " ":
            merged = Edit(start=last.start, before=f"{last.before} {box.before}", after=f"{last.after} {box.text}", rule=box.rule)
            self._edits[-1] = merged
        else:
            self._edits.append(Edit(start=start, before=box.before, after=box.text, rule=box.rule))

    def line(self, words: Sequence[Box]) -> None:
        """One paragraph."""
        self._words(words)
        self._put("\n")
        self._blank = False

    def row(self, cells: Iterable[Sequence[Box]]) -> None:
        """One table row: "| cell | cell |"."""
        self._put("|")
        for cell in cells:
            self._put(" ")
            self._words(cell)
            self._put(" |" if cell else "|")
        self._put("\n")
        self._blank = False

    def blank(self) -> None:
        """A blank line between zones; never two, and none at the start."""
        if not self._blank:
            self._put("\n")
            self._blank = True

    def note(self, number: str, words: Sequence[Box]) -> None:
        """A footnote: "[n] text"."""
        self._put(f"[{number}] ")
        self.line(words)

    @property
    def text(self) -> str:
        return "".join(self._parts).rstrip("\n")

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed on the way in, by offset into `text`."""
        return tuple(self._edits)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple([Word(*place) for place in self.places])


def _broken(left: Box, right: Box) -> bool:
    """Whether a line break fell after a hyphen inside one token."""
    return len(left.text) > 1 and left.text[-1] == "-" and right.top > left.top + 0.5 * left.height and left.text[-2].isalnum()
