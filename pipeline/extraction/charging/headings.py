"""Headings and bullets that are nothing but units: the work below is theirs (domain rule 4.2 D, E, G, K)."""

from __future__ import annotations

import re

from pipeline.extraction.charging.charge import supporters
from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.sentences import clause
from pipeline.extraction.charging.words import charge_words, command_at, only_duty, role_after
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import UnitList

_PERSON = re.compile(r"(?:Ông|Bà|Đồng chí|đồng chí|Đ/c)\s")
_ALL_BODIES = re.compile(
    r"các (?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|bên)"
    r"(?:,? (?:và )?(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân))*"
    r"(?: (?:có )?liên quan)?"
)


def heading(ledger: Ledger, view: LineView) -> bool:
    """Charge the units of a heading that is nothing else ("2. Giao Phòng Nội vụ", "3. Sở Tư pháp, Thanh tra tỉnh:"). False: it is not."""
    s = view.s
    at = command_at(s, 0) or 0
    through = s.low[:2] == ["chỉ", "đạo"]
    opener = charge_words().heading_openers.match(s.low, 0)
    if through:
        at = 2
    elif opener:
        at = opener[0]
    view.parser.whole = True
    units = view.parser.list_at(at, loose=True)
    view.parser.whole = False
    if not units:
        return False
    joined = command_at(s, units.next + 1) if s.word[units.next : units.next + 1] == [","] else None
    more = view.parser.list_at(joined, loose=True) if joined else None
    if more:  # "Công an thị xã, đề nghị Đội Quản lý thị trường số 4"
        units = UnitList((*units.units, *more.units), more.end, more.next)
    rest = s.word[units.next :]
    if [w for w in rest if w not in (":", ".", ",", ";")] and not only_duty(s, units.next):
        return False
    if not (opener or through or at) and _state_of_things(view, units):
        return False
    if opener and units.units[0].weak:
        return False  # "Đối với cơ quan hành chính nhà nước" is a matter, no order
    if units.units[0].weak and len(units.units) == 1 and at == 0 and not units.units[0].name[0].isupper():
        return False
    if view.line.kind == "purpose" or view.line.path == "preamble":
        return False
    if opener and len(units.units) == 1 and _ALL_BODIES.fullmatch(units.units[0].name.lower()):
        return True  # "Trách nhiệm của các cơ quan, đơn vị" is the title of the parts below
    kept = [u for u in units.units if not u.persons and not ledger.is_issuer(u)]
    if not through:  # work given through another body: they report, nobody is charged here
        for unit in kept:
            ledger.add(unit, "performs", view, "unit-heading", 0.95, heading=True)
    ledger.owners[view.line.path] = kept
    return bool(kept)


def _state_of_things(view: LineView, units: UnitList) -> bool:
    """As in "2. Các đơn vị chưa gửi báo cáo": a heading that tells who has (not) done something, over their names."""
    first = units.units[0]
    words = first.name.lower().split()
    return first.kind == "group" and view.s.word[-1] != ":" and ("chưa" in words or "nhưng" in words)


def _only_names(view: LineView, units: UnitList, after: int) -> bool:
    """As in "- Đơn vị sự nghiệp: Trung tâm A; Trung tâm B": a class, and nothing behind the colon at `after` but bodies of it."""
    first, s = units.units[0], view.s
    if len(units.units) > 1 or first.kind != "group" or not first.weak:
        return False
    named = view.parser.list_at(after + 1)
    return bool(named and named.units[0].kind == "organization" and all(w in ".;" for w in s.word[named.next :]))


def unit_bullet(ledger: Ledger, view: LineView) -> bool:
    """Charge the units before the colon: "- Sở Y tế:" alone opens the "+" items below it, "- Sở Y tế: chủ trì ..." carries its own task.
    False: the line is no such bullet."""
    line, s = view.line, view.s
    if line.zone not in ("body", "closing", "appendix") or line.path == "preamble":
        return False
    opener = charge_words().heading_openers.match(s.low, 0)
    at = command_at(s, 0) or (opener[0] if opener else 0)
    view.parser.whole = ":" in s.word[:40]
    units = view.parser.list_at(at, loose=True)
    view.parser.whole = False
    if not units or (line.kind == "purpose" and not _PERSON.match(units.units[0].name)):  # a person told to act counts anywhere
        return False
    after = _skip_office(view, units)
    if after >= len(s) or s.word[after] != ":":
        return False
    if s.word[after + 1 : after + 2] and (s.word[after + 1].isdigit() or s.low[after + 1 : after + 3] in (["kết", "quả"], ["tỷ", "lệ"])):
        return False  # a figure or a result, no task
    if _only_names(view, units, after):
        return False
    told = view.parser.list_at(after + 1)
    if told and role_after(s, told.next) == "leads" and s.low[told.next : told.next + 1] != [","]:
        return False  # "Đoàn số 1: Sở Y tế chủ trì ...": what stands before the colon only names the matter
    kept = [u for u in units.units if not u.persons and not ledger.is_issuer(u)]
    if kept and kept[0].kind == "position" and _PERSON.match(kept[0].name):
        kept = [u for u in kept if _PERSON.match(u.name)]
    if not kept or (kept[0].weak and len(kept) == 1 and not kept[0].name[0].isupper()):
        return False
    role = role_after(s, after + 1)
    if line.marker not in ("", "bullet") and s.low[after + 1 : after + 3] == ["phối", "hợp"]:
        role = "supports"
    for unit in kept:
        ledger.add(unit, role, view, "unit-colon", 0.93)
        if role in ("leads", "supports") and line.marker not in ("", "bullet"):
            ledger.add(unit, "performs", view, "unit-heading", 0.9, heading=True)  # a heading with its task in the same line
    supporters(ledger, view, after + 1, len(s))
    for i in range(len(view.clauses)):
        ledger.subjects[(view.index, i)] = kept
    if line.marker == "bullet":
        ledger.bullet_owner = (line.path, ledger.text[line.start], kept)
    else:
        ledger.owners[line.path] = kept
    for i, (first, _) in enumerate(view.clauses):
        if first > after:
            clause(ledger, view, i, after + 1 if i < 2 else first, inside=view.sentence[i] == 0)
    return True


def _skip_office(view: LineView, units: UnitList) -> int:
    """As in "Ông A - Trưởng đoàn: ..." : index of the colon after the office of a person."""
    s, at = view.s, units.next
    if at < len(s) and s.word[at] in "-–," and units.units[-1].kind == "position":
        for k in range(at, min(at + 30, len(s))):
            if s.word[k] == ":":
                return k
            if s.word[k] in ".;":
                break
    return at
