"""What follows from a corrected value: the full name of a unit, the identity of a cited document, the task a fact belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from pipeline.corrections.anchors import key
from pipeline.corrections.model import PARTS, Kind
from pipeline.records import Fact, Record, Task

_IDENTITY = ("type", "number", "name", "issued_on", "issuer")
Naming = Callable[[str], str]


def changed(kind: Kind, fact: Fact, values: Mapping[str, Any], full_name: Naming) -> Fact:
    """`fact` with `values` set and all that follows from them, as sure as a person is."""
    plain = {**msgspec.to_builtins(fact), **{name: value for name, value in values.items() if not name.startswith("relative_")}}
    plain["confidence"] = 1.0
    if kind == "assignment" and not values.get("canonical") and ("unit" in values or "canonical" in values):
        plain["canonical"] = full_name(plain["unit"])
    elif kind == "citation" and any(name in values for name in _IDENTITY):
        plain["inherited"] = [name for name in plain["inherited"] if name not in values]
        plain["directive"] = directive_of(plain)
    elif kind == "deadline":
        _term(plain, values, full_name)
    elif kind == "report":
        for field in ("reporter", "recipients"):
            if field in values:
                plain[f"{field}_canonical"] = [full_name(name) for name in plain[field]]
    return msgspec.convert(plain, PARTS[kind][2])


def _term(plain: dict[str, Any], values: Mapping[str, Any], full_name: Naming) -> None:
    """What was read around the old day no longer holds for a new one."""
    if "latest" in values:
        plain |= {"stated_day": None, "boundary": None, "year_inferred": False}
    if "owed_by" in values:
        plain["owed_by_canonical"] = [full_name(name) for name in plain["owed_by"]]
    if any(name.startswith("relative_") for name in values):
        old = plain["relative"] or {}
        amount = values.get("relative_amount", old.get("amount"))
        unit, event = values.get("relative_unit", old.get("unit")), values.get("relative_from", old.get("from"))
        plain["relative"] = None if amount is None else {"amount": amount, "unit": unit or "day", "from": event}
        plain["computed_latest"] = None


def directive_of(citation: Mapping[str, Any]) -> str | None:
    """The key of the document a citation (built-in values) means, by the rule of extraction."""
    from pipeline.extraction.citations import CitationMention
    from pipeline.extraction.numbers import find_numbers
    from pipeline.resolution.directives import directive_key

    number, type_ = citation.get("number"), str(citation["type"])
    symbol = next((found.symbol for found in find_numbers(f"{type_} số {number}")), "") if number else ""
    mention = CitationMention(
        0, 0, str(citation["text"]), type_, "", number=number, symbol=symbol, name=citation.get("name"),
        issued_on=citation.get("issued_on"), issuer=citation.get("issuer"),
    )  # fmt: skip
    return directive_key(mention)


def naming(record: Record) -> Naming:
    """A function from a unit as printed to its full name in this document: as the document's other facts have it, else by its locality."""
    known: dict[str, str] = {}
    for a in record.assignments:
        known.setdefault(key(a.unit), a.canonical)
    for r in record.reports:
        for names, full in ((r.reporter, r.reporter_canonical), (r.recipients, r.recipients_canonical)):
            if len(names) == len(full):
                for name, canonical in zip(names, full, strict=True):
                    known.setdefault(key(name), canonical)
    where: list[Any] = []

    def full_name(name: str) -> str:
        found = known.get(key(name))
        if found:
            return found
        from pipeline.layout.build import lay_out
        from pipeline.names.canonical import long_form

        if not where:
            where.append(lay_out(record.text)[1])
        return long_form(name, where[0], record.document.issuer)

    return full_name


def task_of(fact: Fact, tasks: Iterable[Task]) -> str | None:
    """The task that `fact` belongs to: the one whose words it stands in, else the first of its section."""
    same = [t for t in tasks if t.section == fact.section]
    inside = [t for t in same if t.start <= fact.start < t.end]
    return (inside or same)[0].id if same else None


def same_fact(kind: Kind, one: Fact, other: Fact) -> bool:
    """Whether two facts of `kind` say the same of the same place, so that only one of them may stand."""
    a, b = msgspec.to_builtins(one), msgspec.to_builtins(other)
    touching = one.start < other.end and other.start < one.end

    def alike(*fields: str) -> bool:
        return all(_folded(a.get(field)) == _folded(b.get(field)) for field in fields)

    if kind == "assignment":
        return alike("section", "unit", "role")
    if kind == "report":
        return alike("section", "reporter", "recipients", "latest", "recurrence")
    if kind == "citation":
        return touching and alike("number", "name")
    if kind == "deadline":
        return touching and alike("section", "earliest", "latest", "recurrence", "continuous")
    return touching and alike("section", "text")


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(key(str(item)) for item in value)
    return key(value) if isinstance(value, str) else value
