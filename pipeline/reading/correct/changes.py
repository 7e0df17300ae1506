"""Changes to a text, and what they do to offsets: the record of every correction."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.pages import Word
from pipeline.records import Edit


@dataclass(frozen=True, slots=True)
class Change:
    """text[start:end] becomes `after`, because of `rule`."""

    start: int
    end: int
    after: str
    rule: str


@dataclass(slots=True)
class Draft:
    """A text under correction with its words and the edits made so far, all offsets into `text` as it stands now."""

    text: str
    words: list[Word] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    def apply(self, changes: Iterable[Change]) -> None:
        """Makes the changes; of two that overlap the first stands. Words and earlier edits move along."""
        accepted = _apart(changes)
        if not accepted:
            return
        pieces, starts, shifts, last, shift = [], [-1], [0], 0, 0
        made = []
        for change in accepted:
            pieces += [self.text[last : change.start], change.after]
            made.append(Edit(start=change.start + shift, before=self.text[change.start : change.end], after=change.after, rule=change.rule))
            shift += len(change.after) - (change.end - change.start)
            last = change.end
            starts.append(change.end)
            shifts.append(shift)

        def moved(offset: int) -> int:
            return offset + shifts[bisect_right(starts, offset) - 1]

        self.text = "".join(pieces) + self.text[last:]
        self.words = [replace(w, start=moved(w.start), end=moved(w.end)) for w in self.words]
        self.edits = sorted([*(_at(e, moved(e.start)) for e in self.edits), *made], key=lambda e: e.start)


def _at(edit: Edit, start: int) -> Edit:
    return edit if edit.start == start else Edit(start=start, before=edit.before, after=edit.after, rule=edit.rule)


def _apart(changes: Iterable[Change]) -> Sequence[Change]:
    out: list[Change] = []
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if not out or change.start >= out[-1].end:
            out.append(change)
    return out
