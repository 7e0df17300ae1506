"""Subjects: a unit that opens a clause, or follows its adverbial, with the predicate of an order behind it (domain rule 4.2 F, H)."""

from __future__ import annotations

import re

from pipeline.extraction.charging.charge import charge, partners, predicate, supporters
from pipeline.extraction.charging.ledger import Ledger
from pipeline.extraction.charging.words import charge_words, command_at
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import Unit, UnitList
from pipeline.extraction.syllables import Syllables

_PERSON = re.compile(r"(?:Ông|Bà|Đồng chí|đồng chí|Đ/c|Đ\.c)\s+[A-ZĐÀ-Ỹ]")

_DUE = re.compile(r"(?<![^\W\d_])(?:trước|chậm nhất|muộn nhất|xong|hoàn thành)\s+(?:trước\s+)?(?:ngày|trong|tháng|quý|\d)", re.I)
_HAS_ISSUED = re.compile(r"\s+(?:đã\s+)?(?:ký\s+)?(?:ban hành|có)\s+(?:các\s+)?[A-ZĐ][^\W\d_]+(?:\s[^\W\d_]+){0,3}\s+(?:số\s+)?\d+[/-]")


def subject_of(ledger: Ledger, view: LineView, first: int, last: int) -> UnitList | None:
    """The units that open the clause, or that follow an adverbial and a comma, with a predicate right after them."""
    s = view.s
    concerned = _concerned(view, first, last)
    if concerned:
        return concerned
    starts = [first]
    if first < last and (
        s.low[first] in ("riêng", "và") or s.low[first : first + 2] in (["đồng", "thời"], ["ngoài", "ra"], ["song", "song"])
    ):
        starts.append(first + (1 if s.low[first] in ("riêng", "và") else 2) + (s.low[first + 2 : first + 3] == [","]))
    opening = ledger.text[s.at[first] : s.at[first] + 24]
    if charge_words().adverbials.match(opening) or opening[:1].isdigit():
        starts += [k + 1 for k in range(first, last - 1) if s.word[k] in ",)"][:12]
    starts += [k + 1 for k in range(first + 3, last - 1) if s.low[k] == "thì"][:1]
    starts += [k + 1 for k in range(first + 2, last - 2) if s.word[k] == "(" and s.caps[k + 1]][:2]
    named = _office_after_name(ledger, view, first, last)
    if named:
        starts.append(named)
    for k in starts:
        if k >= last or (s.low[k : k + 2] == ["lãnh", "đạo"] and k == 0 and ledger.owners_here(view)):
            continue
        units = view.parser.list_at(k, loose=True)
        if not units or units.next >= last + 40:
            continue
        kept = [u for u in units.units if not u.persons]
        actor = bool(kept) and kept[0].weak and kept[0].name.lower() in view.parser.lex.actors
        if not kept or (kept[0].weak and not actor and not _strong_enough(kept[0], k == first)):
            continue
        if any(ledger.is_issuer(u) for u in kept) or re.search(r"thông báo[^.;]{0,60}biết", ledger.text[kept[-1].end : kept[-1].end + 160]):
            continue
        if s.low[units.next : units.next + 2] == ["thông", "báo"] and s.low[k : k + 2] == ["văn", "phòng"]:
            continue  # what the whole notice does
        if _HAS_ISSUED.match(ledger.text, units.end):
            continue  # "Chính phủ ban hành Nghị định số ...": the document exists
        if k > first + 3 and ((kept[0].weak and not actor) or ledger.in_subject(kept[0].start)):
            continue
        if k == named:
            after = units.next + (units.next < last and s.word[units.next] == ",")
            if units.units[0].kind != "position" or not predicate(view, after, True):
                continue
            return UnitList(tuple(kept), units.end, after)
        if predicate(view, units.next, k <= first + 3 or s.low[k - 1] == "thì"):
            return UnitList(tuple(kept), units.end, units.next)
    return None


def _concerned(view: LineView, first: int, last: int) -> UnitList | None:
    """As in "Đối với các xã chưa gửi báo cáo, đề nghị gửi ngay ...": those concerned are told to act, for the order names nobody."""
    s = view.s
    at = first + (s.low[first] == "riêng")
    at += 2 * (s.low[at : at + 2] == ["đối", "với"])
    units = view.parser.list_at(at) if at > first else None
    if not units or units.next >= last or s.word[units.next] != "," or units.units[0].persons:
        return None
    for k in range(units.next, last - 1):
        after = command_at(s, k + 1) if s.word[k] == "," else None
        if after is None and s.word[k] == "," and "chưa" in s.low[at : units.next] and predicate(view, k + 1, False):
            after = k + 1  # "Đối với các xã chưa gửi báo cáo, khẩn trương gửi ...": those that have not are told, though no word commands
        if after is not None:
            if view.parser.list_at(after, loose=True) or not predicate(view, after, True):
                return None
            return UnitList(units.units, units.end, after)
    return None


def agents(ledger: Ledger, view: LineView, i: int, first: int, last: int) -> None:
    """As in "họp dân thống nhất kết quả, do Trưởng thôn chủ trì", "việc kiểm thử được giao cho Sở A chủ trì": the agent of a passive."""
    s = view.s
    for k in range(first, last - 3):
        given = charge_words().given_to.match(s.low, k) if s.low[k] == "được" and s.low[k - 1] != "đã" else None
        at = k + (given[0] if given else 1)
        agent = (given and (s.caps[at : at + 1] == [True] or s.low[at - 1] == "cho")) or (
            s.low[k] == "do" and (s.caps[at] or s.low[first] == "việc")
        )
        due = s.low[k] == "do" and _only_a_matter(ledger.text, view, first, k) and _DUE.search(ledger.text, s.at[k], s.to[last - 1])
        units = view.parser.list_at(at) if (agent or due) and at < last else None
        if not units or _told_of(s, first, k, last):
            continue
        leads = charge_words().agent_leads.match(s.low, units.next) is not None
        done = s.low[first] == "việc" and s.low[units.next : units.next + 2] == ["thực", "hiện"]
        if (
            leads
            or done
            or ((given or (due and not charge_words().past_acts.match(s.low, units.next))) and predicate(view, units.next, False))
        ):
            for unit in units.units:
                if not ledger.is_issuer(unit):
                    ledger.add(unit, "leads" if leads else "performs", view, "agent", 0.85)
            if done:  # "Việc A do Sở B thực hiện; kết quả gửi Sở C": B sends
                ledger.subjects.setdefault((view.index, i), list(units.units))
            supporters(ledger, view, units.next, last)
            partners(ledger, view, units.next, last)
            _with_the_part_of(ledger, view, units.next, last)


def _only_a_matter(text: str, view: LineView, first: int, at: int) -> bool:
    """Does nothing but the name of a thing stand from `first` to `at`, as in "Dữ liệu về lao động do các sở cập nhật": no body, no act?"""
    acts = (view.parser.lex.verbs.match(view.s.low, k) for k in range(first + 1, at))
    if not 0 < at - first < 9 or any(hit and hit[1] == "strong" for hit in acts):
        return False
    return not charge_words().adverbials.match(text, view.s.at[first]) and not view.parser.units_at(first, True)


def _with_the_part_of(ledger: Ledger, view: LineView, at: int, last: int) -> None:
    """As in "do Công an xã làm đầu mối, có sự tham gia của Phòng Kinh tế": those who take part support."""
    low = view.s.low
    for k in range(at, min(at + 8, last - 5)):
        if low[k : k + 2] in (["sự", "tham"], ["sự", "phối"]) and low[k + 3] == "của":
            units = view.parser.list_at(k + 4)
            for unit in units.units if units else ():
                ledger.add(unit, "supports", view, "taking-part", 0.85)
            return


def taking_part(ledger: Ledger, view: LineView, first: int, last: int) -> None:
    """As in "Sở Y tế chủ trì; tham gia đoàn có Công an tỉnh, Sở Công Thương": those who take part support."""
    low = view.s.low
    if low[first : first + 2] != ["tham", "gia"]:
        return
    for k in range(first + 2, min(first + 6, last - 1)):
        if low[k] in ("có", "gồm"):
            units = view.parser.list_at(k + 1)
            for unit in units.units if units else ():
                ledger.add(unit, "supports", view, "taking-part", 0.85)
            return


def _told_of(s: Syllables, first: int, at: int, last: int) -> bool:
    """Is what somebody leads a meeting or a work that is only spoken of: "cuộc họp do ...", "đề tài do ... từ năm 2022", "... đã ..."?"""
    met = s.low[at - 2 : at] in (["cuộc", "họp"], ["hội", "nghị"], ["phiên", "họp"], ["buổi", "họp"])
    held = met and s.low[at - 3 : at - 2] in (["tại"], ["trong"], ["theo"], ["sau"])
    return held or s.low[at - 2 : at] == ["đề", "tài"] or "đã" in s.low[at:last]


def _office_after_name(ledger: Ledger, view: LineView, first: int, last: int) -> int | None:
    """Index of the office in "Ông Trần Văn Thử, Giám đốc Sở Y tế, ...": the office is charged, not the name."""
    if not _PERSON.match(ledger.text, view.s.at[first]):
        return None
    return next((k + 1 for k in range(first, min(first + 9, last - 1)) if view.s.word[k] in ",-–"), None)


def _strong_enough(unit: Unit, opens: bool) -> bool:
    return len(unit.name.split()) >= 3 and (unit.name[0].isupper() or not opens)


def charge_subject(ledger: Ledger, view: LineView, i: int, units: UnitList, last: int, confidence: float, shared: bool = False) -> int:
    """Charge the subject of clause `i` and the subjects that follow it there. `shared`: it follows one that leads. Gives the index up to
    which the clause was read."""
    reach = charge(ledger, view, i, units, last, "subject", confidence)
    return max(reach, next_subject(ledger, view, i, reach, last, shared))


def next_subject(ledger: Ledger, view: LineView, i: int, at: int, last: int, shared: bool = False) -> int:
    """As in "Sở A cung cấp ..., Sở B báo cáo ..., Sở C thống kê ...": another body after a comma with its own verb, once the verb
    before has its object; the work that one leads is shared out in verbs alone ("Sở A chủ trì, Sở B thẩm định, Sở C phối hợp")."""
    s = view.s
    shared = shared or ["chủ", "trì"] in (s.low[at : at + 2], s.low[at - 2 : at])
    for k in range(at + (2 if shared else 3), last - 2):
        if s.word[k] != "," or not (s.caps[k + 1] or _long_class(view, k + 1)) or view.parser.units_at(k - 1) or _ends_unit(view, at, k):
            continue
        units = view.parser.list_at(k + 1, loose=not s.caps[k + 1])
        if not units or units.units[0].persons or units.units[0].kind == "position" or any(ledger.is_issuer(u) for u in units.units):
            continue
        if predicate(view, units.next, shared):
            return charge_subject(ledger, view, i, units, last, 0.75, shared)
    return at


def _long_class(view: LineView, at: int) -> bool:
    """Does a class with a long name of its own, written small, begin at `at`: "công đoàn cấp trên trực tiếp cơ sở"?"""
    noun = view.parser.lex.nouns.match(view.s.low, at)
    return bool(noun and noun[0] > 3 and " ".join(view.s.low[at : at + noun[0]]) in view.parser.lex.actors)


def _ends_unit(view: LineView, first: int, at: int) -> bool:
    return any((found := view.parser.units_at(k)) and found[1] == at for k in range(max(first, at - 12), at))
