"""Units in the value of a label: "- Cơ quan chủ trì: Sở A, phối hợp với Sở B" (domain rules 3.6.8, 4.2 A, B)."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.words import after_with, command_at, role_switch
from pipeline.extraction.clauses import LineView
from pipeline.extraction.grammar.ground import DASHES
from pipeline.extraction.labels import Label
from pipeline.extraction.mentions import Unit, UnitList
from pipeline.extraction.syllables import Syllables
from pipeline.records import Role
from pipeline.text.folding import squeeze

# Whom to ask: "(đầu mối: ông A, chuyên viên, điện thoại 0900...)" charges nobody.
_CONTACT = re.compile(r"\s*(?:ông|bà|đồng chí|đ/c|anh|chị)\s[^\n]*?(?:điện thoại|SĐT|ĐT|số máy|email|e-mail|zalo)(?!\w)", re.I)


def label_value(ledger: Ledger, view: LineView, label: Label, role: Role, source: str = "label") -> None:
    """Charge the units of a label's value with the label's role; "phối hợp với" inside it turns the role (domain rule 3.6.8).
    `source`: what the name of the rule begins with, "label" or "table"."""
    if _CONTACT.match(ledger.text, label.start, label.end):
        return
    view.parser.whole = True
    try:
        if not _marked(ledger, view, label, role, source):
            _units(ledger, view, label, role, source)
    finally:
        view.parser.whole = False


def _marked(ledger: Ledger, view: LineView, label: Label, role: Role, source: str) -> bool:
    """As in "Sở Nội vụ chủ trì, Sở Tài chính phối hợp", "Sở A (chủ trì); Sở B (tham gia)": each unit with the role that the words behind
    it say. False: no unit has such words."""
    s, rest = view.s, role  # rest: the role of units that no mark follows
    found: list[tuple[Unit, Role, float]] = []
    run: list[Unit] = []
    at, stop = s.index_at(label.start), s.index_at(label.end)
    while at < stop:
        parsed = view.parser.units_at(at, loose=True)
        if parsed is None:
            if s.low[at : at + 2] == ["phối", "hợp"] and not run:
                rest = "supports"  # "Sở A chủ trì; phối hợp với Sở B"
            at += 1
            continue
        run += parsed[0]
        at = parsed[1]
        behind = at + (s.word[at : at + 1] == ["("])
        mark = _mark(s, behind) if behind < stop else None  # the words of the next label are none
        if mark:
            found += [(unit, mark, 0.92) for unit in run]
            run, rest = [], role
    if not found:
        return False
    for unit, own, confidence in [*found, *((unit, rest, 0.8) for unit in run)]:
        ledger.add(unit, own, view, f"{source}-{own}", confidence)
        if own in ("leads", "performs"):
            ledger.leads.setdefault(view.line.path, []).append(unit)
    return True


def _mark(s: Syllables, at: int) -> Role | None:
    if s.low[at : at + 2] == ["chủ", "trì"]:
        return "leads"
    if s.low[at : at + 2] in (["phối", "hợp"], ["tham", "gia"]) and s.low[at + 2 : at + 3] not in (["với"], ["cùng"]):
        return "supports"
    return None


def _units(ledger: Ledger, view: LineView, label: Label, role: Role, source: str) -> None:
    s = view.s
    at, stop = s.index_at(label.start), s.index_at(label.end)
    at = command_at(s, at) or at  # "Đề nghị Ủy ban MTTQ xã"
    rule = f"{source}-{role}"
    first = True
    while at < stop:
        at = _behind_dash(s, at)
        units = view.parser.list_at(at, loose=True)
        if not units:
            raw = _raw_value(ledger, view, at, stop)
            if raw:
                ledger.add(raw[0], role, view, f"{rule}-raw", 0.6)
                first = False
                at = raw[1]
                continue
            joined = after_with(s, at, stop)
            if joined is None:
                break
            role, at = "supports", joined
            continue
        if not first and role == label.role and units.units[0].weak and s.word[at - 1] not in DASHES:
            break
        kept = [u for u in units.units if u.end <= label.end]
        if kept and len(units.units) == len(kept) and kept[-1].kind != "organization":
            kept[-1], units = _in_charge_of(ledger, view, kept[-1], units, stop)
        for unit in kept:
            ledger.add(unit, role, view, rule, 0.96 if not unit.weak else 0.85)
        if role in ("leads", "performs"):
            ledger.leads.setdefault(view.line.path, []).extend(kept)
        first = False
        after = role_switch(s, units.next, stop)
        if after is None and _behind_dash(s, _behind_sign(s, units.next)) > _behind_sign(s, units.next):
            at = _behind_sign(s, units.next)  # "- Sở Y tế; - Các xã": the next of a list with dashes
            continue
        if after is None:
            following = units.next + 1
            if following < stop and s.low[units.next] in (",", ";", "và") and _raw_value(ledger, view, following, stop):
                at = following
                continue
            break
        role, at = after


def _behind_dash(s: Syllables, at: int) -> int:
    """Index after the dash of a list at `at`."""
    return at + 1 if s.word[at : at + 1] in (["-"], ["–"], ["+"], ["•"]) else at


def _behind_sign(s: Syllables, at: int) -> int:
    return at + 1 if s.word[at : at + 1] in ([";"], [","], ["."]) else at


def _in_charge_of(ledger: Ledger, view: LineView, unit: Unit, units: UnitList, stop: int) -> tuple[Unit, UnitList]:
    """As in "Chỉ đạo: Phó Giám đốc Sở phụ trách cải cách hành chính": the office with what it is in charge of, to the next sign."""
    s = view.s
    at = units.next
    if s.low[at : at + 2] not in (["phụ", "trách"], ["theo", "lĩnh"]):
        return unit, units
    k = at
    while k < stop and s.word[k] not in ",;.:()":
        k += 1
    named = replace(unit, end=s.to[k - 1], name=squeeze(ledger.text[unit.start : s.to[k - 1]]))
    return named, UnitList((*units.units[:-1], named), named.end, k)


def _raw_value(ledger: Ledger, view: LineView, at: int, stop: int) -> tuple[Unit, int] | None:
    """A member of a label's value that no grammar knows ("Nhà khách Hoa Ban"): a label names units, so it is one, with low confidence.
    It runs to the next sign or "và" behind which a known unit begins, or to the end. Needs a capital and no verb or number."""
    s = view.s
    if at >= len(s) or not s.caps[at] or view.parser.lex.verbs.match(s.low, at):
        return None
    k = at
    while k < stop and s.word[k] not in ";.()" and k - at < 12:
        if s.low[k] in (",", "và") and (view.parser.units_at(k + 1, True) if k + 1 < stop else True):
            break
        if s.word[k][0].isdigit() or (k > at and not s.caps[k] and view.parser.lex.verbs.match(s.low, k)):
            return None
        k += 1
    if k - at < 2 or (k < stop and s.word[k] not in ",;.(và"):
        return None
    name = squeeze(ledger.text[s.at[at] : s.to[k - 1]])
    following = k + 1 if k < stop and s.low[k] in (",", ";", "và") else stop
    return Unit(s.at[at], s.to[k - 1], name, "organization"), following
