"""A record as extracted, with what persons have corrected in it. Later corrections win; nothing a person said is ever dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from pipeline.corrections.anchors import Candidate, Place, anchor_of, known_again, locate
from pipeline.corrections.derive import Naming, changed, naming, same_fact, task_of
from pipeline.corrections.model import PARTS, Anchor, Corrected, Correction, Kind, Match, uncorrected
from pipeline.records import Fact, Record, Task


@dataclass(slots=True)
class _Item:
    """A fact on its way: as it is now, as it was extracted (None where a person added it), and what changed it last."""

    name: str
    fact: Fact
    extracted: Fact | None
    mark: int | None = None
    added_by: int | None = None


class Workbench:
    """The facts of one record while corrections are made to them, one after another."""

    def __init__(self, record: Record, of: Workbench | None = None) -> None:
        """The facts of `record`; `of` is another bench of the same record, which lends what never changes."""
        self.record = record
        self.place: Place = Place(record.text) if of is None else of.place
        self._full_name: Naming = naming(record) if of is None else of._full_name
        self._extracted = record
        plain = uncorrected(record)
        self._items: dict[Kind, list[_Item]] = {
            kind: [_Item(name, fact, fact) for name, fact in zip(plain.names[kind], getattr(record, part), strict=True)]
            for kind, (part, _, _) in PARTS.items()
        }
        self._candidates: dict[Kind, list[Candidate]] = {} if of is None else of._candidates
        self._header_mark: int | None = None
        self._matches: list[Match] = []
        self._lost: dict[tuple[Kind, Anchor], _Item] = {}  # facts put back for corrections that fit no extracted fact any more

    def anew(self) -> Workbench:
        """The same record before any correction."""
        return Workbench(self._extracted, self)

    def origin(self, name: str) -> tuple[Kind, Fact, int | None] | None:
        """(kind, fact as extracted or as now, the addition that made it) of the fact called `name`; None where there is none."""
        for kind, items in self._items.items():
            for item in items:
                if item.name == name:
                    return kind, item.extracted or item.fact, item.added_by
        return None

    def now(self, name: str) -> Fact | None:
        """The fact called `name` as it is now."""
        return next((item.fact for items in self._items.values() for item in items if item.name == name), None)

    def make(self, correction: Correction) -> None:
        """One more correction."""
        if correction.kind == "document":
            self.record = msgspec.structs.replace(self.record, document=self._header(correction))
            self._header_mark = correction.id
            self._matches.append(Match(correction.id, "document"))
        elif correction.action == "add":
            self._add(correction, None)
        else:
            self._change(correction)

    def result(self) -> Corrected:
        """The record as corrected, its facts in reading order where something was added."""
        parts: dict[str, Any] = {PARTS[kind][0]: [item.fact for item in items] for kind, items in self._items.items()}
        return Corrected(
            msgspec.structs.replace(self.record, **parts),
            {kind: [item.name for item in items] for kind, items in self._items.items()},
            {kind: [item.mark for item in items] for kind, items in self._items.items()},
            tuple(self._matches),
            self._header_mark,
        )

    def _header(self, correction: Correction) -> Any:
        return msgspec.structs.replace(self.record.document, **correction.values, confidence=1.0)

    def _change(self, correction: Correction) -> None:
        item, found = self._target(correction), True
        if item is None:
            item, found = self._lost.get((correction.kind, correction.anchor)), False
        if item is None:
            if correction.action == "change":
                self._add(correction, correction.original)
            else:
                self._matches.append(Match(correction.id, None))
            return
        if correction.action == "delete":
            self._delete(correction.kind, item)
        else:
            item.fact = self._relinked(correction, changed(correction.kind, item.fact, correction.values, self._full_name))
            item.mark = correction.id
        self._matches.append(Match(correction.id, item.name if found else None, item.fact.start, item.fact.end))

    def _target(self, correction: Correction) -> _Item | None:
        items = self._items[correction.kind]
        if correction.of is not None:
            return next((item for item in items if item.added_by == correction.of), None)
        found = known_again(self.place, correction.anchor, self._listed(correction.kind))
        return None if found is None else next((i for i in items if i.extracted is found.fact), None)

    def _listed(self, kind: Kind) -> list[Candidate]:
        if kind not in self._candidates:  # of all facts extracted, those deleted too: anchors are found among the same in every bench
            facts: list[Fact] = getattr(self._extracted, PARTS[kind][0])
            self._candidates[kind] = [Candidate(n, fact, anchor_of(self.place, fact)) for n, fact in enumerate(facts)]
        return self._candidates[kind]

    def _delete(self, kind: Kind, item: _Item) -> None:
        self._items[kind].remove(item)
        if kind == "task":
            for other in (*self._items["assignment"], *self._items["deadline"]):
                if getattr(other.fact, "task", None) == item.name:
                    other.fact = msgspec.structs.replace(other.fact, task=None)

    def _add(self, correction: Correction, base: Any) -> None:
        """Puts in the fact that a person gave, or one that extraction no longer finds, unless extraction finds just that."""
        kind, (_, letter, type_) = correction.kind, PARTS[correction.kind]
        name = f"{letter}+{correction.id}"
        span = locate(self.place, correction.anchor)
        plain = dict(base if base is not None else correction.original)
        if span is not None:
            plain |= {"start": span[0], "end": span[1], "page": self.record.text.count("\f", 0, span[0]) + 1}
        if kind == "task":
            plain["id"] = name
        elif "task" in plain:
            plain["task"] = None
        fact = changed(kind, msgspec.convert(plain, type_), correction.values, self._full_name)
        fact = self._relinked(correction, fact, always=True)
        fits = correction.action == "add" and span is not None
        twin = next((i for i in self._items[kind] if i.extracted is not None and same_fact(kind, i.fact, fact)), None)
        if twin is not None:
            twin.fact = changed(kind, twin.fact, correction.values, self._full_name)
            twin.mark, twin.added_by = correction.id, correction.id
            self._lost[kind, correction.anchor] = twin
            self._matches.append(Match(correction.id, twin.name, twin.fact.start, twin.fact.end))
            return
        items = self._items[kind]
        at = next((n for n, i in enumerate(items) if i.fact.start > fact.start), len(items))
        item = _Item(name, fact, None, correction.id, correction.id)
        items.insert(at, item)
        self._lost[kind, correction.anchor] = item
        self._matches.append(Match(correction.id, name if fits else None, fact.start, fact.end))

    def _relinked(self, correction: Correction, fact: Fact, *, always: bool = False) -> Fact:
        """The fact with the task of the section it stands in now."""
        if correction.kind in ("assignment", "deadline") and (always or "section" in correction.values):
            tasks = [i.fact for i in self._items["task"] if isinstance(i.fact, Task)]
            return msgspec.structs.replace(fact, task=task_of(fact, tasks))
        return fact


def corrected(record: Record, corrections: Iterable[Correction]) -> Corrected:
    """`record` (as extracted) with `corrections` made in their order; unchanged where there are none."""
    listed = list(corrections)
    if not listed:
        return uncorrected(record)
    bench = Workbench(record)
    for correction in listed:
        bench.make(correction)
    return bench.result()
