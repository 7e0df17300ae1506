"""Charging the units of an order or a subject: the role their verb gives, and the units they work with (domain rule 4.2, lead rule)."""

from __future__ import annotations

from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.words import charge_words, role_after, skip_soft
from pipeline.extraction.clauses import LineView
from pipeline.extraction.grammar.narrowing import has_means
from pipeline.extraction.mentions import UnitList

_FAR = 160  # syllables within which a partner still belongs to the verb


def charge(ledger: Ledger, view: LineView, i: int, units: UnitList, last: int, rule: str, confidence: float) -> int:
    """Charge `units`, the subject or object of clause `i`, and those they work with. `last`: end of the clause; `rule`: "order" or
    "subject". Gives the index after the last unit read."""
    at = units.next
    role = role_after(view.s, at)
    if _directs(view, units) and role == "performs":
        role = "directs"
    if rule == "order" and role == "supports" and not _beside_a_leader(ledger, view, at):
        role = "performs"
    for unit in units.units:
        if ledger.is_issuer(unit) and rule == "subject":
            continue
        ledger.add(unit, role, view, rule, confidence - (0.15 if unit.weak else 0))
    if role != "supports" or (view.index, i) not in ledger.subjects:
        ledger.subjects[(view.index, i)] = list(units.units)
    return max(supporters(ledger, view, at, last), partners(ledger, view, at, last) if role == "leads" else 0, at)


def _beside_a_leader(ledger: Ledger, view: LineView, at: int) -> bool:
    """As in "Giao Sở A chủ trì; đề nghị Sở B phối hợp.": asked to join the one that leads, named in the same line?"""
    behind = view.s.word[at + 2 : at + 3]
    ended = not behind or behind[0] in ".;,"
    leads = any(c.role == "leads" and c.line == view.index for c in ledger.found[-8:])
    return ended and leads and view.s.low[at : at + 2] == ["phối", "hợp"]


def partners(ledger: Ledger, view: LineView, at: int, last: int) -> int:
    """As in "Sở A chủ trì, Sở B và UBND xã C phối hợp ...": those named between the two verbs support. Gives the index after them, or 0."""
    s = view.s
    for k in range(at, min(at + 6, last - 2)):
        if s.word[k] in ",;" and s.low[k - 2 : k] == ["chủ", "trì"]:
            units = view.parser.list_at(k + 1)
            if units and units.next < last and s.low[units.next : units.next + 2] in (["phối", "hợp"], ["cùng", "phối"]):
                for unit in units.units:
                    ledger.add(unit, "supports", view, "with", 0.9)
                return supporters(ledger, view, units.next, last)
    return 0


def _directs(view: LineView, units: UnitList) -> bool:
    """As in "Đồng chí X, Phó Chủ tịch, trực tiếp chỉ đạo ...": an office whose verb is to direct."""
    low = view.s.low
    first = view.s.index_at(units.units[0].start)
    holders = units.units[0].kind == "group" and view.parser.lex.titles.match(low, first + (low[first] == "các"))
    if units.units[0].kind != "position" and not holders:
        return False
    at = skip_soft(view.s, units.next, len(low))
    return low[at : at + 5] == ["theo", "lĩnh", "vực", "phụ", "trách"] or low[at : at + 2] in (
        ["chỉ", "đạo"],
        ["phụ", "trách"],
        ["chỉ", "huy"],
    )


def supporters(ledger: Ledger, view: LineView, at: int, last: int) -> int:
    """As in "..., phối hợp (chặt chẽ) với Y, Z": those units support. Gives the index after them."""
    low = view.s.low
    k = at
    last = min(last, at + _FAR)
    while k < last - 2:
        if low[k : k + 2] == ["phối", "hợp"] and (k == at or low[k - 1] in (",", "và", "trì", "mối", "động", ";") or k - at <= 6):
            j = k + 2
            while j < last and low[j] in ("chặt", "chẽ", "cùng"):
                j += 1
            if low[j : j + 1] == ["với"] or low[j - 1] == "cùng":  # "phối hợp cùng"
                j += low[j] == "với"
                units = view.parser.list_at(j, loose=True)
                if units:
                    for unit in units.units:
                        if not unit.persons and not (unit.weak and len(unit.name.split()) < 3):
                            ledger.add(unit, "supports", view, "with", 0.9)
                    return units.next
            elif view.s.caps[j]:  # "phối hợp Sở Y tế", without "với"
                units = view.parser.list_at(j)
                if units:
                    for unit in units.units:
                        ledger.add(unit, "supports", view, "with", 0.85)
                    return units.next
        elif low[k] == "cùng" and (low[k - 1] == "," or low[k - 2 : k] == ["chủ", "trì"]) and k > at:
            j = k + 1 + (low[k + 1] == "với")
            units = view.parser.list_at(j, loose=True) if view.s.caps[j] and role_after(view.s, at) == "leads" else None
            if units:
                for unit in units.units:
                    ledger.add(unit, "supports", view, "with", 0.88)
                return units.next
        k += 1
    return at


def predicate(view: LineView, at: int, opens: bool) -> bool:
    """Does the predicate of an order begin at `at`? An adverbial word there counts only for a subject that opens the clause."""
    s = view.s
    if at < len(s) and s.word[at] == "," and s.low[at + 1 : at + 2] == ["mỗi"]:
        at += 1
    if s.low[at : at + 2] == [",", "ngoài"]:
        at += 1  # "Sở Y tế, ngoài việc được giao, có trách nhiệm ..."
    if at < len(s) and s.word[at] == ",":
        hit = view.parser.lex.verbs.match(s.low, at + 1)
        return bool(hit and hit[1] == "weak" and opens)
    if s.low[at : at + 1] == ["mỗi"] and (each := view.parser.lex.nouns.match(s.low, at + 1)):
        at += 1 + each[0]  # "Hội Nông dân, Huyện đoàn mỗi đơn vị nhận đỡ đầu ..."
    if _rule_of_work(view, at):
        return False
    if s.low[at : at + 1] == ["ngoài"] and (at := _behind_aside(view, at)) < 0:
        return False
    if has_means(view.parser, at) or (opens and _entrusted(view, at)):
        return True
    hit = view.parser.lex.verbs.match(s.low, at)
    if hit and hit[1] == "weak" and s.low[at] in ("phải", "cần"):
        must = view.parser.lex.verbs.match(s.low, at + 1)
        return opens or bool(must and must[1] == "strong")
    if hit and s.low[at] == "không" and "bị" in s.low[at : at + 15]:
        return False  # "Các đơn vị không gửi báo cáo bị phê bình"
    act = view.parser.lex.acts.match(s.low, at)
    if act and (hit is None or act[0] > hit[0]):
        return True  # also "cho vay", though "cho" alone opens no order
    if hit is None:
        return False
    return hit[1] == "strong" or (hit[1] == "weak" and opens)


def _behind_aside(view: LineView, at: int) -> int:
    """As in "Sở A, Sở B ngoài nhiệm vụ nêu trên (còn) có trách nhiệm ...": index of the verb behind the aside at `at`, or -1."""
    low = view.s.low
    for k in range(at + 2, min(at + 14, len(low) - 1)):
        if view.s.word[k] in ".;:":
            return -1
        if low[k] in ("có", "còn", "phải", "cần"):
            return k + (low[k] == "còn")
    return -1


def _entrusted(view: LineView, at: int) -> bool:
    """As in "Sở Công Thương được mời tham gia giám sát", "Trưởng các khu phố được giao phổ biến ...": a passive that orders; one that
    tells what a body has had or done orders nothing."""
    s = view.s
    passive = charge_words().passive.match(s.low, at)
    if not passive:
        return False
    hit = view.parser.lex.verbs.match(s.low, at + passive[0])
    rest = s.low[at : next((k for k in range(at, len(s)) if s.word[k] in ".;"), len(s))]
    return bool(hit and hit[1] == "strong") and not any(w in ("đã", "đạt", "chưa") for w in rest)


def _rule_of_work(view: LineView, at: int) -> bool:
    """As in "Ban Chỉ đạo họp định kỳ mỗi quý 01 lần", "... sử dụng con dấu của UBND tỉnh": how a body works, no duty, unless the line
    goes on to say what it answers for."""
    words, low = charge_words(), view.s.low
    return words.working_rules.match(low, at) is not None and not any(words.answers_for.match(low, k) for k in range(at, len(low)))
