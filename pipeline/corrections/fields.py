"""The fields of each kind of fact that a person may set, and what may stand in them. Nothing unchecked gets further than this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, get_args

from pipeline.corrections.model import Kind
from pipeline.errors import UsageError
from pipeline.records import Kind as UnitKind
from pipeline.records import Relation, Role
from pipeline.recurrence import checked_rule
from pipeline.typed_days import typed_date

LIMIT = 4000  # characters of one value
_TERM_UNITS = ("day", "working_day", "week", "month", "quarter", "year")
_TRUE, _FALSE = ("yes", "true", "1", "có", "x"), ("no", "false", "0", "không", "")

Parse = Callable[[str], Any]


def _text(value: str) -> str:
    if not value:
        raise ValueError("may not be empty")
    return value


def _optional(value: str) -> str | None:
    return value or None


def _names(value: str) -> list[str]:
    """Names parted by ";"."""
    return [name.strip() for name in value.split(";") if name.strip()]


def _day(value: str) -> str | None:
    """A whole or partial date as 2025-11-01, 2025-11, 2025, or day first as offices write it: 01/11/2025, 11/2025."""
    if not value:
        return None
    try:
        return typed_date(value)
    except ValueError:
        raise ValueError("is not a date; write 2025-11-01 or 01/11/2025, 2025-11 where the day is blank") from None


def _rule(value: str) -> str | None:
    """An RFC 5545 rule such as FREQ=MONTHLY;BYMONTHDAY=14."""
    return checked_rule(value) if value else None


def _flag(value: str) -> bool:
    if value.casefold() in _TRUE:
        return True
    if value.casefold() in _FALSE:
        return False
    raise ValueError("is neither yes nor no")


def _number(value: str) -> int | None:
    if not value:
        return None
    if not value.isdigit() or not 0 < int(value) < 10_000:
        raise ValueError("is not a whole number above 0")
    return int(value)


def _one_of(*allowed: str, optional: bool = False) -> Parse:
    def parse(value: str) -> str | None:
        if optional and not value:
            return None
        if value not in allowed:
            raise ValueError(f"is not one of {', '.join(allowed)}")
        return value

    return parse


def _section(value: str) -> str:
    if not value or len(value) > 60 or any(c.isspace() for c in value):
        raise ValueError("is not a section path; write for instance II.1, Đ2.1.a, title, preamble, body, closing")
    return value


_PLACED: dict[str, Parse] = {"section": _section}
FIELDS: dict[Kind, dict[str, Parse]] = {
    "document": {
        "type": _optional, "number": _optional, "title": _optional, "issuer": _optional, "place": _optional, "issued_on": _day,
        "signer": _optional, "signer_position": _optional, "authority": _optional, "addressees": _names, "recipients": _names,
        "urgency": _optional, "draft": _flag, "system": _one_of("state", "party", optional=True),
    },
    "citation": {
        "text": _text, "type": _text, "number": _optional, "name": _optional, "issued_on": _day, "issuer": _optional,
        "provision": _optional, "relation": _one_of(*get_args(Relation)), **_PLACED,
    },
    "task": {"text": _text, **_PLACED},
    "assignment": {
        "unit": _text, "canonical": _optional,  # empty: worked out from the unit and the locality
        "role": _one_of(*get_args(Role)), "kind": _one_of(*get_args(UnitKind)), **_PLACED,
    },
    "deadline": {
        "text": _text, "earliest": _day, "latest": _day, "recurrence": _rule, "continuous": _flag, "relative_amount": _number,
        "relative_unit": _one_of(*_TERM_UNITS, optional=True), "relative_from": _optional, "owed_by": _names, **_PLACED,
    },
    "report": {
        "what": _text, "reporter": _names, "recipients": _names, "via": _optional, "period": _optional, "latest": _day,
        "recurrence": _rule, **_PLACED,
    },
}  # fmt: skip
# What an added fact must say of itself.
NEEDED: dict[Kind, tuple[str, ...]] = {
    "citation": ("type",), "task": (), "assignment": ("unit", "role"), "deadline": (), "report": (),
}  # fmt: skip
# The field that holds the fact's own words.
WORDS: dict[Kind, str] = {"citation": "text", "task": "text", "assignment": "unit", "deadline": "text", "report": "what"}


def parse_field(kind: Kind, name: str, value: str) -> Any:
    """The value for a field of a fact of `kind`. Raises UsageError with one line that says what may stand there."""
    fields = FIELDS[kind]
    if name not in fields:
        raise UsageError(f"a {kind} has no field {name}", hint=f"its fields are {', '.join(fields)}")
    value = " ".join(value.split())
    if len(value) > LIMIT:
        raise UsageError(f"{name} is longer than {LIMIT} characters", hint="give only the words of the document")
    try:
        return fields[name](value)
    except ValueError as error:
        raise UsageError(f"{name}={value!r} {error}", hint=f"see: vanban correct --help ({kind})") from None


def parse_pairs(kind: Kind, pairs: Iterable[str], also: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[str, str]]:
    """(values by field, the values of `also`) of arguments "FIELD=VALUE". Raises UsageError."""
    values: dict[str, Any] = {}
    others: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        name = name.strip()
        if not sign or not name:
            raise UsageError(f"{pair!r} is not FIELD=VALUE", hint='quote values with spaces: unit="Sở Nội vụ"')
        if name in values or name in others:
            raise UsageError(f"{name} is given twice", hint="give each field once")
        if name in also:
            others[name] = value.strip()
        else:
            values[name] = parse_field(kind, name, value)
    return values, others


def shown(value: Any) -> str:
    """A value as a person would type it: what `parse_field` reads back."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else " ".join(str(value).split())


def field_values(kind: Kind, fact: Mapping[str, Any]) -> dict[str, Any]:
    """The settable values of a fact given as built-in values."""
    relative = fact.get("relative") or {}
    if kind == "document":
        return {name: fact.get(name) for name in FIELDS[kind]}
    flat = {**fact, "relative_amount": relative.get("amount"), "relative_unit": relative.get("unit"), "relative_from": relative.get("from")}
    return {name: flat.get(name) for name in FIELDS[kind]}
