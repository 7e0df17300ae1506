"""Lists of members: who sits on a committee that a decision sets up is appointed, not charged (domain rule 4.2 M)."""

from __future__ import annotations

from pipeline.extraction.charging.charge import predicate
from pipeline.extraction.charging.words import charge_words
from pipeline.extraction.clauses import LineView


def opens_members(view: LineView) -> bool:
    """Does the line open a list of members: "Điều 1. Thành lập Ban Chỉ đạo ..., gồm các ông, bà có tên sau:"?"""
    words, low = charge_words(), view.s.low
    if low[-1:] != [":"] or view.line.zone not in ("body", "closing", "appendix"):
        return False
    sets_up = any(words.sets_up.match(low, first) for first, _ in view.clauses)
    return sets_up and any(words.membership.match(low, k) for k in range(2, len(low)))


def names_member(view: LineView) -> bool:
    """Does a line of such a list only name members ("Trưởng ban: Ông A, Chủ tịch UBND tỉnh.", "mời Chủ tịch Hội B tham gia")? One that
    says what a member does is no such line."""
    s = view.s
    for first, last in view.clauses:
        verb = view.parser.lex.verbs.match(s.low, first)
        if verb and verb[1] == "strong" and verb[0] < last - first and s.low[first] not in ("mời", "phụ"):
            return False
        units = view.parser.list_at(first, loose=True)
        named = not units or units.next + 2 >= last or s.low[units.next : units.next + 2] == ["tham", "gia"]
        if units and not named and predicate(view, units.next, True):
            return False  # "Phó Trưởng ban thường trực:" ends with its words
        for k in range(first + 1, last):
            if charge_words().answers_for.match(s.low, k) or charge_words().lead.match(s.low, k):
                return False
    return bool(s.low) and (view.line.marker != "" or s.caps[0])
