"""What the finders of extraction hand on: typed mentions with offsets into the text, before they become facts of a record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.records import Kind, Role

Boundary = Literal["exclusive", "inclusive"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A body, office or group: text[start:end], or `name` where a list leaves out its head ("các Sở: Nội vụ, Tài chính"). `weak`: a
    bare class noun."""

    start: int
    end: int
    name: str
    kind: Kind
    weak: bool = False
    persons: bool = False

    def renamed(self, name: str) -> Unit:
        """The same place with another printed name."""
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class UnitList:
    """Units joined by commas and "và", and where the list ends."""

    units: tuple[Unit, ...]
    end: int
    next: int = 0  # index of the syllable after the list, in the syllables it was parsed from


@dataclass(slots=True)
class Charge:
    """A unit given something to do. `line`: index of the line; `rule`: what found it."""

    unit: Unit
    role: Role
    section: str
    line: int
    rule: str
    confidence: float
    heading: bool = False


@dataclass(slots=True)
class TimeMention:
    """A time expression as found, with its normal form (see records.Deadline)."""

    start: int
    end: int
    text: str
    rule: str
    earliest: str | None = None
    latest: str | None = None
    recurrence: str | None = None
    continuous: bool = False
    amount: int | None = None
    amount_unit: str | None = None
    anchor: str | None = None
    stated_day: str | None = None
    boundary: Boundary | None = None
    year_inferred: bool = False
    bound: bool = True  # a day or window that binds by itself; False for a bare year, an adverb, a scope
    confidence: float = 0.95
    section: str = ""
    line: int = -1


@dataclass(slots=True)
class Duty:
    """A duty to report."""

    start: int
    end: int
    section: str
    line: int
    reporters: list[Unit] = field(default_factory=list)
    recipients: list[Unit] = field(default_factory=list)
    via: Unit | None = None
    what: str = ""
    period: str | None = None
    time: TimeMention | None = None
    rule: str = ""
    confidence: float = 0.85
