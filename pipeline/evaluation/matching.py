"""Comparing what a document should yield with what it yielded: each gold entry meets at most one prediction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.evaluation.gold import Entry, Key
from pipeline.records import Fact

Status = Literal["right", "missed", "extra"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact of the gold file: every key that is right for it, and the entry to quote."""

    keys: frozenset[Key]
    optional: bool
    entry: Entry


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted key and the extracted facts that gave it (several facts may say the same)."""

    key: Key
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fact judged. `entry` is None for an extra one, `facts` is empty for a missed one."""

    document: str
    part: str
    status: Status
    key: Key
    entry: Entry | None
    facts: tuple[Fact, ...]

    @property
    def rules(self) -> list[str]:
        """The rules that made the fact."""
        return sorted({fact.rule or "(none)" for fact in self.facts})


@dataclass(frozen=True, slots=True)
class Value:
    """One field judged: a field of the header, or an attribute of a citation that was found."""

    document: str
    measure: str
    label: str
    right: Any
    got: Any
    ok: bool


def match(document: str, part: str, wanted: Sequence[Wanted], found: Sequence[Found]) -> tuple[list[Outcome], list[tuple[Wanted, Found]]]:
    """The outcomes of one part and the pairs behind them. In the order of the gold file, each entry takes the first prediction that is
    right for it; a prediction that is left over and right for some optional entry is not held against the extractor."""
    left = list(found)
    outcomes: list[Outcome] = []
    pairs: list[tuple[Wanted, Found]] = []
    for want in wanted:
        hit = next((candidate for candidate in left if candidate.key in want.keys), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((want, hit))
        if want.optional:
            continue
        if hit is not None:
            outcomes.append(Outcome(document, part, "right", hit.key, want.entry, hit.facts))
        else:
            outcomes.append(Outcome(document, part, "missed", min(want.keys, key=str), want.entry, ()))
    tolerated = {key for want in wanted if want.optional for key in want.keys}
    outcomes += [Outcome(document, part, "extra", one.key, None, one.facts) for one in left if one.key not in tolerated]
    return outcomes, pairs


def merge(items: Iterable[tuple[Key, Iterable[Key], Entry]]) -> list[Wanted]:
    """Gold entries with the same first key made one, with all right keys of each; optional only if every one of them is."""
    merged: dict[Key, Wanted] = {}
    for first, keys, entry in items:
        known = merged.get(first)
        if known is None:
            merged[first] = Wanted(frozenset(keys), entry.optional, entry)
        else:
            merged[first] = Wanted(known.keys | frozenset(keys), known.optional and entry.optional, known.entry)
    return list(merged.values())


def group(predicted: Iterable[tuple[Key, Fact]]) -> list[Found]:
    """Predictions with the same key made one, in the order of their keys."""
    facts: dict[Key, list[Fact]] = {}
    for key, fact in predicted:
        facts.setdefault(key, []).append(fact)
    return [Found(key, tuple(facts[key])) for key in sorted(facts, key=str)]
