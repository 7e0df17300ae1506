"""The closing article: every unit named before "chịu trách nhiệm thi hành" (domain rule 4.2 M)."""

from __future__ import annotations

import re

from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.clauses import LineView

_CARRY_OUT = re.compile(r"(?:chịu trách nhiệm|có trách nhiệm|căn cứ Quyết định(?: này)?)\s+(?:tổ chức\s+)?(?:thi hành|thực hiện)")
_SIRS = re.compile(r"(?:các )?(?:ông|bà|ông, bà|ông \(bà\)?)")


def closing_order(ledger: Ledger, view: LineView, first: int) -> int:
    """Charge the units of "Chánh Văn phòng ..., Giám đốc ..., Chủ tịch ... chịu trách nhiệm thi hành", from index `first` on. Gives the
    index of the verb, or 0 where fewer than two units stand before one."""
    s = view.s
    rest = ledger.text[s.at[first] : view.line.end]
    m = _CARRY_OUT.search(rest)
    if not m or ". " in rest[: m.start()]:
        return 0
    stop = s.index_at(s.at[first] + m.start())
    at, count = first, 0
    while at < stop:
        units = view.parser.list_at(at, loose=True)
        if units is None:
            at += 1
            continue
        for unit in units.units:
            if _SIRS.fullmatch(unit.name.lower()):
                continue  # "Các ông (bà): Chánh Văn phòng, ..."
            if not unit.persons and s.index_at(unit.start) < stop and not (unit.weak and len(unit.name.split()) < 3):
                ledger.add(unit, "performs", view, "closing-order", 0.93)
                count += 1
        at = max(units.next, at + 1)
    return stop if count > 1 else 0
