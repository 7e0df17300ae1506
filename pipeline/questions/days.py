"""Days of partial dates and of recurrence rules."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time

MOST_DAYS = 1000  # of one rule; a weekly duty over nineteen years

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


def occurrences(rule: str, start: date, by: date) -> list[date] | None:
    """The days of an RFC 5545 rule from `start` to `by`, both included, in order, at most `MOST_DAYS`.

    None where it cannot be read, or repeats daily or more often.
    """
    plain = rule.upper().removeprefix("RRULE:")
    if not any(part in plain for part in _FREQUENCIES):
        return None
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # only where a duty recurs

    found: list[date] = []
    try:
        for moment in rrulestr(plain.replace("Z", ""), dtstart=datetime.combine(start, time.min)):
            if moment.date() > by or len(found) == MOST_DAYS:
                break
            found.append(moment.date())
    except (ValueError, TypeError):
        return None
    return found
