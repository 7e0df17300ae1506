"""Judging records against gold files and adding the judgements up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation import parts
from pipeline.evaluation.folding import as_bool, as_is, fold_name, fold_number
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.matching import Found, Outcome, Value, Wanted, match
from pipeline.records import Citation, Header, Record, Source

PARTS = ("citations", "assignments", "without role", "without section", "deadlines", "reports")
MAIN_PARTS = ("citations", "assignments", "deadlines", "reports")  # these and the metadata make the headline
ATTRIBUTES = ("metadata", "citation issued_on", "citation issuer", "citation provision", "citation relation")
NOTHING = Record(source=Source(name="", sha256="", media_type="", pages=0), text="", document=Header())

_HEADER = {
    **dict.fromkeys(("type", "title", "issuer", "place", "signer", "signer_position", "urgency", "secrecy"), fold_name),
    "number": fold_number,
    "issued_on": as_is,
}
_CITATION = {"issued_on": as_is, "issuer": fold_name, "provision": fold_name, "relation": as_is}


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that was judged: facts and single values, in reading order."""

    outcomes: list[Outcome]
    values: list[Value]

    def restricted(self, document: str) -> Judgement:
        """The same for one document."""
        return Judgement([o for o in self.outcomes if o.document == document], [v for v in self.values if v.document == document])


@dataclass(frozen=True, slots=True)
class Counts:
    """Right, missed and extra facts. Where there is nothing to find and nothing was found, precision and recall are 1."""

    right: int
    missed: int
    extra: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def judge(gold: Gold, record: Record) -> Judgement:
    """One document's record against its gold file."""
    outcomes: list[Outcome] = []
    values = list(_header_values(gold, record.document))
    for part in PARTS:
        judged, pairs = match(gold.name, part, *_sides(part, gold, record))
        outcomes += judged
        if part == "citations":
            values += _citation_values(gold.name, pairs)
    return Judgement(outcomes, values)


def _sides(part: str, gold: Gold, record: Record) -> tuple[list[Wanted], list[Found]]:
    if part in parts.ASSIGNMENT_VIEWS:
        return parts.assignments(gold, record, parts.ASSIGNMENT_VIEWS[part])
    return {"citations": parts.citations, "deadlines": parts.deadlines, "reports": parts.reports}[part](gold, record)


def join(judgements: Iterable[Judgement]) -> Judgement:
    """Several documents as one."""
    every = list(judgements)
    return Judgement([o for one in every for o in one.outcomes], [v for one in every for v in one.values])


def _header_values(gold: Gold, header: Header) -> Iterator[Value]:
    def value(label: str, right: Sequence[Any], got: Any) -> Value:
        return Value(gold.name, "metadata", label, right[0], got, got in right)

    for field, fold in _HEADER.items():
        yield value(field, [fold(choice) for choice in gold.header.choices(field)], fold(getattr(header, field)))
    yield value("draft", [as_bool(gold.header.get("draft"))], header.draft)
    for field in ("recipients", "addressees"):
        yield value(
            field, [[fold_name(line) for line in gold.header.get(field) or []]], [fold_name(line) for line in getattr(header, field)]
        )


def _citation_values(document: str, pairs: Iterable[tuple[Wanted, Found]]) -> Iterator[Value]:
    for want, found in pairs:
        citation = found.facts[0]
        if want.optional or not isinstance(citation, Citation):
            continue
        for field, fold in _CITATION.items():
            right, got = [fold(choice) for choice in want.entry.choices(field)], fold(getattr(citation, field))
            yield Value(document, f"citation {field}", f"{field} of {citation.text}", right[0], got, got in right)


def counts(judgement: Judgement, part: str) -> Counts:
    """The counts of one part."""
    status = [outcome.status for outcome in judgement.outcomes if outcome.part == part]
    return Counts(status.count("right"), status.count("missed"), status.count("extra"))


def accuracy(judgement: Judgement, measure: str) -> tuple[int, int]:
    """Right values and all values of one measure."""
    judged = [value.ok for value in judgement.values if value.measure == measure]
    return sum(judged), len(judged)


def share(right: int, total: int) -> float:
    """The share of right values; 1 where there was nothing to judge."""
    return right / total if total else 1.0


def headline(judgement: Judgement) -> float:
    """The plain mean of metadata accuracy and the F1 of citations, assignments, deadlines and reports."""
    return (share(*accuracy(judgement, "metadata")) + sum(counts(judgement, part).f1 for part in MAIN_PARTS)) / (1 + len(MAIN_PARTS))


def by_rule(judgement: Judgement) -> dict[tuple[str, str], Counts]:
    """Right and extra facts of each (part, rule); a fact that several rules gave counts for each of them. Nothing is missed by a rule."""
    table: dict[tuple[str, str], list[int]] = {}
    for outcome in judgement.outcomes:
        if outcome.part in MAIN_PARTS:
            for rule in outcome.rules:
                table.setdefault((outcome.part, rule), [0, 0])[outcome.status == "extra"] += 1
    return {key: Counts(right, 0, extra) for key, (right, extra) in sorted(table.items())}
