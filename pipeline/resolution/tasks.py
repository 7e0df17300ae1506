"""Pieces of work: the paragraphs of one section make one task, a paragraph with its own subject makes one of its own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from pipeline.extraction.analysis import Analysis
from pipeline.extraction.labels import find_labels
from pipeline.extraction.mentions import TimeMention, Unit
from pipeline.records import Task
from pipeline.text.folding import squeeze

Key = tuple[str, int]
_OWN_RULES = ("order", "subject", "unit-colon")


@dataclass(slots=True)
class Tasks:
    """Tasks by key (path, line; line -1 for the section's shared one), numbered t1, t2, ... in reading order."""

    tasks: list[Task] = field(default_factory=list)
    ids: dict[Key, str] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)  # line -> key

    def of_line(self, line: int) -> str | None:
        """The id of the task that the line belongs to."""
        key = self.keys.get(line)
        return self.ids.get(key) if key else None


def build_tasks(text: str, analysis: Analysis) -> Tasks:
    """One task for every section, or paragraph with its own subject, that charges somebody or sets a term."""
    made = Tasks()
    lines = analysis.layout.lines
    touched = {c.line for c in analysis.charges} | {t.line for t in analysis.times} | {d.line for d in analysis.duties}
    own = {
        c.line for c in analysis.charges if c.rule.removeprefix("ner-") in _OWN_RULES or c.rule.removeprefix("ner-").startswith("table-")
    }
    crowded: dict[str, int] = {}
    for line in lines:
        crowded[line.path] = crowded.get(line.path, 0) + 1
    paragraphs: dict[Key, list[int]] = {}
    for i, line in enumerate(lines):
        if line.zone not in ("body", "closing", "appendix") or (line.path in ("preamble", "") and i not in own):
            continue
        key = (line.path, i) if i in own and crowded[line.path] > 1 else (line.path, -1)
        made.keys[i] = key
        paragraphs.setdefault(key, []).append(i)
    wanted = {made.keys[i] for i in touched if i in made.keys}
    for key, indices in paragraphs.items():
        if key not in wanted:
            continue
        kept = [i for i in indices if not find_labels(text, lines[i].content, lines[i].end)] or indices
        first, last = lines[kept[0]], lines[kept[-1]]
        identifier = f"t{len(made.tasks) + 1}"
        made.ids[key] = identifier
        words = "\n".join(squeeze(text[lines[i].content : lines[i].end]) for i in kept)
        made.tasks.append(
            Task(
                id=identifier,
                text=words,
                start=first.start,
                end=last.end,
                page=1,
                section=key[0],
                rule="section" if key[1] < 0 else "paragraph",
            )
        )
    return made


class Owners:
    """Who has to keep a term. Charges are grouped once, by piece of work and by section."""

    def __init__(self, analysis: Analysis, tasks: Tasks) -> None:
        self.analysis, self.tasks = analysis, tasks
        by_key: dict[Key, list[Unit]] = {}
        by_section: dict[str, list[Unit]] = {}
        for c in analysis.charges:
            if c.role not in ("leads", "performs"):
                continue
            key = tasks.keys.get(c.line)
            if key:
                by_key.setdefault(key, []).append(c.unit)
            if c.rule.removeprefix("ner-") not in _OWN_RULES:
                by_section.setdefault(c.section, []).append(c.unit)
        self._by_key = {key: _distinct(units) for key, units in by_key.items()}
        self._by_section = {path: _distinct(units) for path, units in by_section.items()}
        self._owners = {path: _distinct(units) for path, units in analysis.owners.items()}

    def of(self, t: TimeMention) -> list[Unit]:
        """The subject of the term's clause, else the units of its line's task, else those of the heading above."""
        view = self.analysis.views[t.line]
        i = bisect_right(view.clauses, t.start, key=lambda clause: view.s.at[clause[0]]) - 1
        found = self.analysis.subjects.get((t.line, i))
        if found and t.start < view.s.to[view.clauses[i][1] - 1] + 1:
            return found
        key = self.tasks.keys.get(t.line)
        if key is None:
            return []
        same = self._by_key.get(key, [])
        if not same:
            parts = key[0].split(".")
            for n in range(len(parts), 0, -1):
                path = ".".join(parts[:n])
                same = self._owners.get(path) or self._by_section.get(path, [])
                if same:
                    break
        return same


def _distinct(units: list[Unit]) -> list[Unit]:
    seen: dict[str, Unit] = {}
    for unit in units:
        seen.setdefault(unit.name.lower(), unit)
    return list(seen.values())
