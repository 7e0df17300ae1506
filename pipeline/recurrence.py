"""Which recurrence rules (RFC 5545) are used: those of which days can be named, in bounded time."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from itertools import islice

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY_OF_WEEK = re.compile(r"(?:[+-]?([1-9]\d?))?(?:MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"([+-]?)0*([1-9]\d{0,3})")
_UNTIL = re.compile(r"\d{8}(?:T\d{6}Z?)?")
# Parts of a rule that hold numbers: the greatest, and whether they may count from the end.
_NUMBERS = {
    "INTERVAL": (1000, False), "COUNT": (1000, False), "BYMONTH": (12, False), "BYMONTHDAY": (31, True), "BYYEARDAY": (366, True),
    "BYWEEKNO": (53, True), "BYSETPOS": (366, True),
}  # fmt: skip
_SINGLE = ("INTERVAL", "COUNT")
_BOUNDS = ("INTERVAL", "COUNT", "UNTIL")
_EXAMPLE = "write for instance FREQ=MONTHLY;BYMONTHDAY=14"


@lru_cache(maxsize=1024)
def checked_rule(typed: str) -> str:
    """`typed` in capitals without "RRULE:". Raises ValueError, with what to write, where it is no rule, or no day fits it."""
    rule = typed.strip().upper().removeprefix("RRULE:")
    parts = [part.partition("=") for part in rule.split(";")]
    names = [name for name, _, _ in parts]
    if len(set(names)) != len(names) or not all(sign and value for _, sign, value in parts) or "FREQ" not in names:
        raise ValueError(f"is not a recurrence rule (RFC 5545); {_EXAMPLE}")
    for name, _, value in parts:
        _check(name, value)
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # only where a duty recurs

    endless = ";".join(f"{name}={value}" for name, _, value in parts if name not in _BOUNDS)
    try:
        rrulestr(rule.replace("Z", ""), dtstart=datetime(2000, 1, 1))
        days = list(islice(rrulestr(endless, dtstart=datetime(2000, 1, 1)), 1))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError(f"is not a recurrence rule (RFC 5545); {_EXAMPLE}") from None
    if not days:
        raise ValueError(f"is a recurrence rule that no day fits; {_EXAMPLE}")
    return rule


def _check(name: str, value: str) -> None:
    """Raises ValueError where a part of a rule is unknown or says what it cannot."""
    if name == "FREQ":
        if value not in FREQUENCIES:
            raise ValueError(f"has FREQ={value}; the frequencies are {', '.join(FREQUENCIES)}")
    elif name in _NUMBERS:
        most, from_end = _NUMBERS[name]
        found = [_NUMBER.fullmatch(part) for part in value.split(",")]
        good = all(m and int(m[2]) <= most and (from_end or m[1] != "-") for m in found)
        if not good or (name in _SINGLE and len(found) > 1):
            raise ValueError(f"has {name}={value}; write 1 to {most}" + (f", or -1 to -{most} from the end" if from_end else ""))
    elif name == "BYDAY":
        days = [_DAY_OF_WEEK.fullmatch(part) for part in value.split(",")]
        if not all(m and int(m[1] or 1) <= 53 for m in days):
            raise ValueError(f"has BYDAY={value}; the days are MO, TU, WE, TH, FR, SA, SU")
    elif name == "UNTIL":
        if not _UNTIL.fullmatch(value):
            raise ValueError(f"has UNTIL={value}; write the day as 20251231")
    elif name != "WKST":
        raise ValueError(f"has the unknown part {name}; {_EXAMPLE}")
