"""What a person asks for, checked against the document, as corrections ready to be stored. Every error is one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec

from pipeline.corrections.anchors import Place, anchor_of, key
from pipeline.corrections.apply import Workbench
from pipeline.corrections.fields import NEEDED, WORDS, field_values, parse_pairs
from pipeline.corrections.model import KINDS, PARTS, PERSON, Action, Anchor, Correction, Kind
from pipeline.errors import UsageError
from pipeline.questions.days import last_day, occurrences
from pipeline.records import Fact, Record

_ALIASES = {"unit": "assignment"}
MOST_YEARS = 40  # within which a duty that recurs falls due
_HEADER = Anchor("", "", 0, "")
_GROUP = re.compile(r"\b(?:các|những|từng|mỗi)\b", re.IGNORECASE)


def kind_named(name: str) -> Kind:
    """The kind of fact that `name` means ("unit" is an assignment). Raises UsageError."""
    found = _ALIASES.get(name, name)
    if found not in KINDS or found == "document":
        raise UsageError(f"{name!r} is no kind of fact", hint=f"the kinds are {', '.join(k for k in KINDS if k != 'document')}")
    return cast(Kind, found)


def change(bench: Workbench, name: str, pairs: Sequence[str] | Mapping[str, Any], action: Action = "change") -> Correction:
    """A change to, or with `action` delete the removal of, the fact called `name` ("document": the header).

    `pairs`: FIELD=VALUE as typed, or values already parsed; none of them in a change that confirms. Raises UsageError.
    """
    if name == "document":
        return _header(bench, pairs, action)
    origin = bench.origin(name)
    if origin is None:
        raise UsageError(f"the document has no fact {name}", hint="vanban document NUMBER --format csv lists its facts")
    kind, fact, addition = origin
    values = _parsed(kind, pairs)
    if action == "delete" and values:
        raise UsageError("a fact is either deleted or changed", hint="leave out --delete or the values")
    anchor, original = anchor_of(bench.place, fact), msgspec.to_builtins(fact)
    return _tried(bench, Correction(bench.record.source.sha256, kind, action, anchor, values, original, addition), bench.now(name))


def _header(bench: Workbench, pairs: Sequence[str] | Mapping[str, Any], action: Action) -> Correction:
    values = _parsed("document", pairs)
    if action == "delete":
        raise UsageError("the document itself cannot be deleted", hint="correct its fields, or remove the file and ingest again")
    original = msgspec.to_builtins(bench.record.document)
    return Correction(bench.record.source.sha256, "document", "change", _HEADER, values, original)


def addition(bench: Workbench, kind: Kind, pairs: Iterable[str]) -> Correction:
    """A fact that extraction missed, from FIELD=VALUE as typed, with quote= for the words it stands on. Raises UsageError."""
    values, others = parse_pairs(kind, pairs, also=("quote",))
    missing = [field for field in NEEDED[kind] if not values.get(field)]
    if missing:
        raise UsageError(f"an added {kind} needs {', '.join(f'{field}=' for field in missing)}", hint=_example(kind))
    quote = others.get("quote") or values.get(WORDS[kind])
    if not quote:
        raise UsageError(f"an added {kind} needs quote= with the words of the document that say it", hint=_example(kind))
    start, end = _stands(bench.record, bench.place, str(quote), str(values.get(WORDS[kind]) or ""), values.get("section"))
    values.setdefault("section", section_at(bench.record, start))
    printed = " ".join(bench.record.text[start:end].split())
    values.setdefault(WORDS[kind], printed)
    if kind == "assignment":
        values.setdefault("kind", _unit_kind(bench.record, values["unit"]))
    fact = _made(kind, values, start, end, bench.record.text.count("\f", 0, start) + 1)
    anchor, original = anchor_of(bench.place, fact), msgspec.to_builtins(fact)
    return _tried(bench, Correction(bench.record.source.sha256, kind, "add", anchor, values, original), None)


def _parsed(kind: Kind, pairs: Sequence[str] | Mapping[str, Any]) -> dict[str, Any]:
    return dict(pairs) if isinstance(pairs, Mapping) else parse_pairs(kind, pairs)[0]


def _made(kind: Kind, values: Mapping[str, Any], start: int, end: int, page: int) -> Fact:
    base: dict[str, Any] = {"start": start, "end": end, "page": page, "rule": PERSON, "confidence": 1.0}
    if kind == "assignment":
        base |= {"task": None, "canonical": values["unit"]}
    elif kind == "deadline":
        base["task"] = None
    elif kind == "task":
        base["id"] = "t"
    plain = {name: value for name, value in values.items() if not name.startswith("relative_")}
    return msgspec.convert({**base, **plain}, PARTS[kind][2])


def _tried(bench: Workbench, correction: Correction, now: Fact | None) -> Correction:
    """The correction, once it is known that what it makes of the fact as it is `now` (None for an addition) can be."""
    if correction.action != "delete":
        old = {} if now is None else field_values(correction.kind, msgspec.to_builtins(now))
        _possible(correction.kind, {**old, **correction.values})
        if correction.values.keys() & {"latest", "recurrence"}:
            _falls_due({**old, **correction.values})
    if correction.of is None:
        bench.anew().make(correction)  # raises where a value does not fit its field
    return correction


def _possible(kind: Kind, values: Mapping[str, Any]) -> None:
    earliest, latest = values.get("earliest"), values.get("latest")
    if earliest and latest and earliest > f"{latest}-99":
        raise UsageError(f"earliest={earliest} is after latest={latest}", hint="give both days, or earliest= to leave it open")
    if kind == "deadline" and values.get("relative_amount") is None and values.get("relative_from"):
        raise UsageError("relative_from= without relative_amount=", hint="give the number of days with relative_amount=")


def _falls_due(values: Mapping[str, Any]) -> None:
    """Raises UsageError where a recurrence that counts from a first day never comes to a day."""
    rule, start = values.get("recurrence"), last_day(values.get("latest") or "")
    if rule and start and occurrences(rule, start, start.replace(year=min(start.year + MOST_YEARS, 9999), day=1)) == []:
        raise UsageError(
            f"recurrence={rule} names no day in {MOST_YEARS} years from latest={values['latest']} on", hint="correct one of them"
        )


def _stands(record: Record, place: Place, quote: str, own: str, section: str | None) -> tuple[int, int]:
    """Where the quote stands, narrowed to the fact's own words inside it. Raises UsageError where that is nowhere or not one place."""
    spans = place.all_of(key(quote))
    if not spans:
        raise UsageError(f"these words do not stand in the document: {quote[:120]!r}", hint="copy the quote from the document")
    if section is not None and len(spans) > 1:
        spans = [span for span in spans if section_at(record, span[0]) == section] or spans
    if len(spans) > 1:
        raise UsageError(f"these words stand {len(spans)} times in the document: {quote[:120]!r}", hint="give a longer quote=, or section=")
    start, end = spans[0]
    inside = [span for span in place.all_of(key(own)) if start <= span[0] and span[1] <= end]
    return inside[0] if inside else (start, end)


def section_at(record: Record, offset: int) -> str:
    """The path of the deepest section around `offset`; "body" outside all."""
    around = [s for s in record.sections if s.start <= offset < s.end]
    return max(around, key=lambda s: (s.start, -s.end)).path if around else "body"


def _unit_kind(record: Record, unit: str) -> str:
    """The kind of a unit: as elsewhere in the document, else by its words."""
    same = next((a.kind for a in record.assignments if key(a.unit) == key(unit)), None)
    if same is not None:
        return same
    if _GROUP.search(unit):
        return "group"
    from pipeline.data import load

    titles = [str(row["title"]).casefold() for row in load.rows("positions")]
    return "position" if any(f"{unit.casefold()} ".startswith(f"{title} ") for title in titles) else "organization"


def _example(kind: Kind) -> str:
    examples = {
        "assignment": 'unit="Sở Nội vụ" role=leads',
        "citation": 'type="Kế hoạch" number=39/KH-UBND',
        "report": 'reporter="Sở Nội vụ"',
        "deadline": "latest=2025-11-01",
    }
    return f'for instance: --add {kind} {examples.get(kind, "")} quote="..."'
