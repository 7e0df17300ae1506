"""A text that remembers where each of its characters stood before it was changed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable

from pipeline.records import Edit

Replacement = str | Callable[[re.Match[str]], str]


class MappedText:
    """`text` with `origin[i]`, the offset in the original of the character at `i` (of the character it replaced, where it is new).

    Changed only through `replace` and `splice`; both keep the map and, when a rule is named, note each change.
    """

    __slots__ = ("changes", "origin", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.origin = array("I", range(len(text)))
        self.changes: list[tuple[int, str, str, str]] = []  # origin offset, before, after, rule

    def replace(self, pattern: re.Pattern[str], by: Replacement, rule: str | None = None) -> None:
        """Put `by` (a literal string or a function of the match) for each match. `rule` names the change in the list of edits."""
        make = by if callable(by) else (lambda _m, _by=by: _by)
        self.splice(((m.start(), m.end(), make(m)) for m in pattern.finditer(self.text)), rule)

    def splice(self, edits: Iterable[tuple[int, int, str]], rule: str | None = None) -> None:
        """Put new text for (start, end) ranges, given in order and not overlapping."""
        parts: list[str] = []
        origin = array("I")
        at = 0
        for start, end, new in edits:
            old = self.text[start:end]
            if new == old:
                continue
            parts.append(self.text[at:start])
            parts.append(new)
            origin.extend(self.origin[at:start])
            origin.extend(self._spread(start, end, len(new)))
            if rule:
                self.changes.append((self._origin_at(start), old, new, rule))
            at = end
        if not parts and at == 0:
            return
        parts.append(self.text[at:])
        origin.extend(self.origin[at:])
        self.text, self.origin = "".join(parts), origin

    def edits(self) -> list[Edit]:
        """The named changes, with their offsets in the present text."""
        where = {o: i for i, o in reversed(list(enumerate(self.origin)))} if self.changes else {}
        return [Edit(start=self._nearest(where, o), before=b, after=a, rule=r) for o, b, a, r in sorted(self.changes)]

    def _nearest(self, where: dict[int, int], offset: int) -> int:
        while offset > 0 and offset not in where:
            offset -= 1
        return where.get(offset, 0)

    def _origin_at(self, index: int) -> int:
        if index < len(self.origin):
            return self.origin[index]
        return self.origin[-1] + 1 if self.origin else 0

    def _spread(self, start: int, end: int, length: int) -> array[int]:
        """Origins for `length` new characters put for start..end: one to one as far as it goes, the rest on the last."""
        if start == end:
            return array("I", [self._origin_at(start)] * length)
        old = self.origin[start:end]
        return old[:length] if length <= len(old) else old + array("I", [old[-1]] * (length - len(old)))
