"""Days of partial dates and of recurrence rules."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from pipeline.recurrence import checked_rule

MOST_DAYS = 10_000  # of one rule; a weekly duty over 190 years

_FREQUENCIES = ("FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY")  # what is to be done every day falls due on no day of its own
_NAMES_A_DAY = ("BYMONTHDAY=", "BYDAY=", "BYYEARDAY=")


def last_day(partial: str) -> date | None:
    """The last day a partial ISO date may mean: "2025-02" gives 28 February 2025. None where it is no date."""
    parts = partial.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
        return date(year, month, int(parts[2]) if len(parts) > 2 else monthrange(year, month)[1])
    except ValueError:
        return None


def first_day(partial: str) -> date | None:
    """The first day a partial ISO date may mean: "2025-02" gives 1 February 2025. None where it is no date."""
    return last_day("-".join([*partial.split("-"), "01", "01"][:3]))


def names_a_day(rule: str) -> bool:
    """Whether an RFC 5545 rule itself says on which day a duty falls, and not only how often."""
    return any(part in rule.upper() for part in _NAMES_A_DAY)


def occurrences(rule: str, start: date, by: date, from_: date | None = None) -> list[date] | None:
    """The days of an RFC 5545 rule that counts from `start`, from `from_` on where given, to `by`, both included, in order, at most
    `MOST_DAYS`.

    None where it cannot be read, no day fits it, or it repeats daily or more often.
    """
    found = _days(rule, start, by, from_)
    return None if found is None else list(found)


@lru_cache(maxsize=4096)  # hundreds of duties share a few rules and days
def _days(rule: str, start: date, by: date, from_: date | None) -> tuple[date, ...] | None:
    try:
        plain = checked_rule(rule)
    except ValueError:
        return None
    if not any(part in plain for part in _FREQUENCIES):
        return None
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # only where a duty recurs

    found: list[date] = []
    first = start if from_ is None else max(start, from_)
    for moment in rrulestr(plain.replace("Z", ""), dtstart=datetime.combine(_nearer(plain, start, first), time.min)):
        day = moment.date()
        if day > by or len(found) == MOST_DAYS:
            break
        if day >= first:
            found.append(day)
    return tuple(found)


def _nearer(rule: str, start: date, first: date) -> date:
    """A day before `first` to count from that gives the same days as `start`: whole intervals are skipped, not walked."""
    if "COUNT=" in rule:
        return start
    interval = int((re.search(r"INTERVAL=\+?(\d+)", rule) or ["", "1"])[1])
    if "FREQ=WEEKLY" in rule:
        week = 7 * interval
        return start + timedelta(days=max(0, (first - start).days // week) * week)
    if (start.month, start.day) == (2, 29):
        return start
    return start.replace(year=start.year + max(0, (first.year - start.year - 1) // interval) * interval)
