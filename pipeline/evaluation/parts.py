"""What is compared for each part of a record: the keys that are right and the keys that were found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from pipeline.evaluation.folding import as_bool, as_is, fold_name, fold_number
from pipeline.evaluation.gold import Entry, Gold, Key
from pipeline.evaluation.matching import Found, Wanted, group, merge
from pipeline.records import Assignment, Citation, Fact, Record

_ASSIGNMENT = {"section": as_is, "unit": fold_name, "role": as_is}
_DEADLINE = {"section": as_is, "earliest": as_is, "latest": as_is, "continuous": as_bool, "relative": as_bool}
# Two more ways to count assignments: without the role, without the section. They show what kind of error a missed one is.
ASSIGNMENT_VIEWS = {"assignments": (0, 1, 2), "without role": (0, 1), "without section": (1, 2)}


def citations(gold: Gold, record: Record) -> tuple[list[Wanted], list[Found]]:
    """Each mention counts: its type with its number, or with its name where it has no number."""
    wanted = [Wanted(frozenset(_citation_keys(entry)), entry.optional, entry) for entry in gold.citations]
    ordered = sorted(record.citations, key=lambda citation: citation.start)
    return wanted, [Found(_citation_key(citation), (citation,)) for citation in ordered]


def _citation_key(citation: Citation) -> Key:
    return fold_name(citation.type), fold_number(citation.number) or fold_name(citation.name or citation.text)


def _citation_keys(entry: Entry) -> set[Key]:
    called = fold_name(entry.get("name") or entry.get("text"))
    keys: set[Key] = {
        (fold_name(kind), fold_number(number) or called) for kind in entry.choices("type") for number in entry.choices("number")
    }
    if not entry.get("number"):  # a law by its name: the words as printed, or the name with its year
        kind = fold_name(entry.get("type"))
        keys |= {(kind, fold_name(entry.get("text"))), (kind, fold_name(f"{entry.get('name')} năm {str(entry.get('issued_on'))[:4]}"))}
    return keys


def assignments(gold: Gold, record: Record, view: tuple[int, ...]) -> tuple[list[Wanted], list[Found]]:
    """(section, unit, role) once each, or only the places of `view`. A right other cut of a name counts as the units it stands for."""

    def cut(key: Key) -> Key:
        return tuple(key[place] for place in view)

    wanted = merge(
        (cut(tuple(fold(entry.get(name)) for name, fold in _ASSIGNMENT.items())), {cut(key) for key in entry.keys(_ASSIGNMENT)}, entry)
        for entry in gold.assignments
    )
    return wanted, group((cut(key), fact) for fact in record.assignments for key in _assignment_keys(gold, fact))


def _assignment_keys(gold: Gold, fact: Assignment) -> Iterator[Key]:
    unit = fold_name(fact.unit)
    here = {fold_name(entry.get("unit")) for entry in gold.assignments if fact.section in entry.choices("section")}
    stands_for = {fold_name(entry.get("unit")) for entry in gold.assignments if unit in _other_cuts(entry)}
    for name in {unit} if unit in here or not stands_for else stands_for:
        yield fact.section, name, fact.role


def _other_cuts(entry: Entry) -> set[str | None]:
    pieces: set[str | None] = set()
    for cut in entry.get("variants") or []:
        pieces |= {fold_name(piece) for piece in (cut if isinstance(cut, list) else [cut])}
    return pieces


def deadlines(gold: Gold, record: Record) -> tuple[list[Wanted], list[Found]]:
    """(section, first day, last day, continuous, relative) once each."""
    wanted = merge(
        (tuple(fold(entry.get(name)) for name, fold in _DEADLINE.items()), entry.keys(_DEADLINE), entry) for entry in gold.deadlines
    )
    found: list[tuple[Key, Fact]] = [
        ((fact.section, fact.earliest, fact.latest, fact.continuous, fact.relative is not None), fact) for fact in record.deadlines
    ]
    return wanted, group(found)


def reports(gold: Gold, record: Record) -> tuple[list[Wanted], list[Found]]:
    """(section, who, to whom, last day) once each, one for every pair of reporter and recipient."""
    found: list[tuple[Key, Fact]] = []
    for fact in record.reports:
        whos, tos = [*map(fold_name, fact.reporter)] or [None], [*map(fold_name, fact.recipients)] or [None]
        found += [((fact.section, who, to, fact.latest), fact) for who, to in product(whos, tos)]
    return merge(duty for entry in gold.reports for duty in _duties(entry)), group(found)


def _duties(entry: Entry) -> Iterator[tuple[Key, set[Key], Entry]]:
    reporters, recipients = entry.get("reporter") or [None], entry.get("recipients") or [None]
    # A second right answer for the reporter can only be meant for a single one.
    other_reporters = entry.choices("reporter")[1:] if len(reporters) == 1 and entry.get("reporter") else []
    for who, to in product(reporters, recipients):
        whos = {fold_name(who), *map(fold_name, other_reporters)}
        tos = {fold_name(to), *map(fold_name, entry.choices("recipients")[1:])}
        keys: set[Key] = set(product(entry.choices("section"), whos, tos, entry.choices("latest")))
        yield (entry.get("section"), fold_name(who), fold_name(to), entry.get("latest")), keys, entry
