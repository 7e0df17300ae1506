"""What a person says of one fact, and how that fact is known again after the document has been read anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pipeline.records import Assignment, Citation, Deadline, Fact, Record, Report, Task

Kind = Literal["document", "citation", "task", "assignment", "deadline", "report"]
Action = Literal["change", "add", "delete"]

KINDS: tuple[Kind, ...] = get_args(Kind)
# Kinds of facts: the list of the record that holds them, the first letter of their names, and their type.
PARTS: dict[Kind, tuple[str, str, type[Fact]]] = {
    "citation": ("citations", "c", Citation),
    "task": ("tasks", "t", Task),
    "assignment": ("assignments", "a", Assignment),
    "deadline": ("deadlines", "d", Deadline),
    "report": ("reports", "r", Report),
}
PERSON = "person"  # the rule of a fact that a person added


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a fact stands, by content: no row, ordinal or offset, so that it holds in any reading of the same file.

    `words`: the fact's own words, folded; `occurrence`: which occurrence of them in the document, from 1 (0: they are not in the text);
    `quote`: the sentence as printed; `detail`: what parts facts on the same words (role, number, last day).
    """

    section: str
    words: str
    occurrence: int
    quote: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `values`: the new values by field, checked; empty in a change that only confirms what was extracted.

    `original`: the fact as it was extracted (or, for an addition, as it was made), as built-in values; it is what a change is made to
    where no fact is found any more. `of`: the addition this is a correction of, by its id; None for an extracted fact.
    """

    sha256: str
    kind: Kind
    action: Action
    anchor: Anchor
    values: Mapping[str, Any] = field(default_factory=dict)
    original: Mapping[str, Any] = field(default_factory=dict)
    of: int | None = None
    id: int = 0
    by: str | None = None
    note: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a correction came to stand: the fact's name in its document, None where nothing fits any more, and its place in the text."""

    correction: int
    fact: str | None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record with all corrections made: `names` and `marks` give for each fact of each kind its name and what corrected it last."""

    record: Record
    names: Mapping[Kind, list[str]]
    marks: Mapping[Kind, list[int | None]]
    matches: tuple[Match, ...] = ()
    document: int | None = None  # the correction that changed the header

    def find(self, name: str) -> tuple[Kind, int] | None:
        """The kind and the place in its list of the fact called `name`, or None."""
        for kind, names in self.names.items():
            if name in names:
                return kind, names.index(name)
        return None

    def fact(self, kind: Kind, place: int) -> Fact:
        """The fact at `place` in the list of its kind."""
        found: Fact = getattr(self.record, PARTS[kind][0])[place]
        return found


def uncorrected(record: Record) -> Corrected:
    """`record` with the names its facts have from their order: c1, c2, ...; a task is called by its id."""
    names: dict[Kind, list[str]] = {}
    for kind, (part, letter, _) in PARTS.items():
        facts = getattr(record, part)
        names[kind] = [f.id for f in facts] if kind == "task" else [f"{letter}{n}" for n in range(1, len(facts) + 1)]
    return Corrected(record, names, {kind: [None] * len(found) for kind, found in names.items()})
