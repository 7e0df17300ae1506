"""Orders: "Giao X ...", "đề nghị X ...", also in the middle of a clause (domain rule 4.2 C, I, L)."""

from __future__ import annotations

from pipeline.extraction.charging.charge import charge, predicate
from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.subjects import next_subject
from pipeline.extraction.charging.words import charge_words, command_at, role_after
from pipeline.extraction.clauses import LineView
from pipeline.extraction.grammar.ground import make_unit
from pipeline.extraction.mentions import UnitList


def orders(ledger: Ledger, view: LineView, i: int, first: int, last: int) -> int:
    """Charge the units of every order of clause `i`, syllables first to last - 1: "Giao X ...", "yêu cầu X ...", also after the
    issuer's name. Gives the index up to which it was read, 0 where there is no order."""
    s = view.s
    at, reach = first, 0
    while at < last:
        after = command_at(s, at)
        if after is None or after >= last or not _commanding(ledger, view, first, at) or _delegates(ledger, view, i, at, at == first):
            at += 1
            continue
        units = view.parser.list_at(after, loose=True)
        if units and s.low[at] == "chuyển" and (at != first or units.units[0].weak or not predicate(view, units.next, False)):
            units = None
        if units is None or not _chargeable(ledger, view, units, at == first):
            at += 1
            continue
        kept = tuple(u for u in units.units if not u.persons)
        reach = charge(ledger, view, i, UnitList(kept, units.end, units.next), max(last, units.next), "order", 0.95)
        if reach <= units.next and role_after(s, units.next) == "leads":
            reach = max(reach, next_subject(ledger, view, i, units.next, last))
        at = max(units.next, at + 1)
    return reach


def _delegates(ledger: Ledger, view: LineView, i: int, at: int, opens: bool) -> bool:
    """Under a heading unit, "..., phân công lãnh đạo phụ trách" is that unit's own affair; so is a bullet that opens with it and names
    nobody by a capital."""
    if opens and (at or view.line.marker != "bullet" or view.s.low[at] != "phân" or view.s.caps[at + 2 : at + 3] != [False]):
        return False
    return view.s.low[at] in ("phân", "giao", "chỉ") and bool(ledger.owners_here(view)) and not ledger.subjects.get((view.index, i))


def _commanding(ledger: Ledger, view: LineView, first: int, at: int) -> bool:
    """Is the word at `at` an order? At the start of a clause, after a comma or "và", or right after a body's name."""
    s = view.s
    if at == first:
        return True
    before = s.low[at - 1]
    if before in charge_words().not_before or f"{s.low[at - 2]} {before}" in charge_words().not_before:
        return False
    if before in charge_words().joins or _behind_its_matter(view, first, at):
        return True
    return _issuer_ends_at(ledger, view, first, at)


def _behind_its_matter(view: LineView, first: int, at: int) -> bool:
    """As in "Các nội dung còn lại giao Sở Tài chính tổng hợp": the matter stands before the order; a body that gives one, or a document
    that gave one before, is none."""
    s = view.s
    if s.low[at] != "giao" or not s.caps[at + 1 : at + 2] or not s.caps[at + 1] or at - first > 14:
        return False
    matter = s.low[first:at]
    told = any(charge_words().told_before.match(s.low, k) for k in range(first, at))
    plain = all(w.isalpha() for w in matter) and ("của" in matter or not any(s.caps[first + 1 : at])) and not view.parser.units_at(first)
    units = view.parser.list_at(at + 1) if plain and not told else None
    if not units or not predicate(view, units.next, False):
        return False
    rest = next((k for k in range(at, len(s)) if s.word[k] in ".;"), len(s))
    return not any(s.low[k] in ("là", "đạt", "còn", "chiếm") and s.word[k + 1].isdigit() for k in range(at, rest - 1))  # a figure


def _issuer_ends_at(ledger: Ledger, view: LineView, first: int, at: int) -> bool:
    """Does the name of the issuer, or of a body above it, end right before index `at`?"""
    s = view.s
    for k in range(max(first, at - 12), at):
        found = view.parser.units_at(k)
        if found and found[1] == at:
            return ledger.is_issuer(found[0][0]) or (s.low[at : at + 2] == ["phân", "công"] and found[0][0].kind == "organization")
    short = (make_unit(view.parser, k, at, "organization") for k in range(max(first, at - 3), at) if s.caps[k])
    return any(ledger.is_issuer(unit) for unit in short)  # "Ban Quản lý yêu cầu", a name too short for the grammar


def _chargeable(ledger: Ledger, view: LineView, units: UnitList, opens: bool) -> bool:
    kept = [u for u in units.units if not u.persons]
    if not kept:
        return False
    if kept[0].weak and len(kept[0].name.split()) == 1:
        return False  # "cung cấp bản ...", "thôn trưởng"
    if kept[0].weak and len(kept) == 1 and not opens and len(kept[0].name.split()) < 4:
        return False
    return opens or not all(ledger.is_issuer(u) for u in kept)
