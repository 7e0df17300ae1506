"""The sheet a document is written on: text goes on piece by piece, and what it means is noted at the place where it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]


@dataclass
class Sheet:
    """Text being composed, with entity spans, section starts and gold entries.

    `path` is the section path that entries noted now belong to. An entry keeps its place in the text under "start"/"end"."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    path: str = "preamble"
    capital: bool = False
    last: str = "\n"
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    zones: list[tuple[str, int, int]] = field(default_factory=list)
    sections: list[tuple[str, str, int]] = field(default_factory=list)
    citations: list[Entry] = field(default_factory=list)
    assignments: list[Entry] = field(default_factory=list)
    deadlines: list[Entry] = field(default_factory=list)
    reports: list[Entry] = field(default_factory=list)
    inconsistencies: list[Entry] = field(default_factory=list)

    def put(self, text: str, label: str | None = None) -> tuple[int, int]:
        """Writes `text`, as an entity if a label is given; returns where it stands."""
        if not text:
            return self.at, self.at
        if self.capital:
            text = text[0].upper() + text[1:]
            self.capital = False
        start = self.at
        self.parts.append(text)
        self.at = end = start + len(text)
        self.last = text[-1]
        if label:
            self.spans.append((start, end, label))
        return start, end

    def name(self, text: str, label: str) -> str:
        """Writes an entity and returns it as printed (its first letter may have become a capital)."""
        self.put(text, label)
        return self.parts[-1]

    def breaks(self, gap: str) -> None:
        """Ends the paragraph with `gap` unless the sheet already stands at a fresh line."""
        if self.at and self.last != "\n":
            self.put(gap)

    def section(self, path: str, title: str = "") -> None:
        """Opens the numbered part `path` here."""
        self.path = path
        self.sections.append((path, title, self.at))

    def note(self, entries: list[Entry], where: tuple[int, int], **values: Any) -> Entry:
        """Adds a gold entry that stands at `where` in the current section."""
        entry: Entry = {"section": self.path, "start": where[0], "end": where[1], **values}
        entries.append(entry)
        return entry

    def assign(self, where: tuple[int, int], unit: str, role: str, kind: str, **more: Any) -> None:
        """Notes that `unit` (as printed) is given something to do in this section."""
        self.note(self.assignments, where, unit=unit, role=role, kind=kind, **more)

    def finish(self, mark: str = "/.") -> None:
        """Closes the last sentence with the end mark of a document, before any line break already written."""
        while self.parts and self.parts[-1].isspace():
            self.at -= len(self.parts.pop())
        self.last = self.parts[-1][-1]
        if not "".join(self.parts[-3:]).endswith("./."):
            self.put(mark if self.last == "." else "." + mark)

    def text(self) -> str:
        """Everything written so far."""
        return "".join(self.parts)
