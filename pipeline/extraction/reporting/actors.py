"""Who acts in a clause that reports, where nobody is charged in it: the document's own issuer, or a subject behind an adverbial
(domain rules 4.1, 4.2)."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.data import load
from pipeline.extraction.charging.words import charge_words, command_at
from pipeline.extraction.clauses import LineView
from pipeline.extraction.grammar.ground import make_unit
from pipeline.extraction.mentions import Unit

_FAR = 30  # syllables of an adverbial before its comma


def issuer_acts(text: str, view: LineView, is_issuer: Callable[[Unit], bool], first: int, last: int, to: int) -> Unit | None:
    """Is the document's own issuer the subject of the clause: at its start, after an adverbial and a comma, after any comma with "sẽ"?
    `to`: index of the recipients, who are no subject."""
    s = view.s
    commas = [k + 1 for k in range(first, min(last - 1, first + _FAR)) if s.word[k] == ","]
    starts = [first, *(commas if charge_words().adverbials.match(text, s.at[first]) else [])]
    for k in (*starts, *commas):
        subject = view.parser.units_at(k)
        if subject is None and s.caps[k] and s.low[k + 1 : k + 2] == ["sẽ"]:
            subject = [make_unit(view.parser, k, k + 1, "organization")], k + 1  # "Bộ sẽ ..."
        if subject and subject[1] + 1 < to and is_issuer(subject[0][0]) and (k in starts or s.low[subject[1]] == "sẽ"):
            return subject[0][0]  # "quá thời hạn trên, Bộ sẽ báo cáo Thủ tướng Chính phủ"
    return None


def for_issuer(view: LineView, is_issuer: Callable[[Unit], bool], verb: int) -> bool:
    """Does "để" with the document's own issuer stand right before the verb, or a purpose of his open the clause?"""
    low = view.s.low
    first = max((f for f, _ in view.clauses if f <= verb), default=0)
    if low[first : first + 2] in (["để", "có"], ["để", "kịp"], ["để", "tổng"]):
        ordered = (k for k in range(first, len(low)) if low[k] in ("đề", "yêu") and command_at(view.s, k))
        return verb < next(ordered, verb)  # "Để có cơ sở tổng hợp, báo cáo Bộ trưởng, Cục đề nghị các sở ..."
    for k in range(max(0, verb - 10), verb):
        named = view.parser.units_at(k + 1) if low[k] == "để" else None
        if named and verb - 3 <= named[1] <= verb and is_issuer(named[0][0]):
            return True
    return False


def subject_behind_comma(view: LineView, first: int, verb: int) -> list[Unit]:
    """As in "Sau 05 ngày kể từ khi bão tan, UBND các xã gửi báo cáo": the units between a comma in the clause that begins at `first` and
    the verb at index `verb`, or []. Only words that stand between a subject and its verb may part them from it."""
    s, soft = view.s, load.table("report_words")["behind_subject"]
    for k in range(verb - 1, first - 1, -1):
        if s.word[k] != ",":
            continue
        units = view.parser.list_at(k + 1)
        if units and units.next <= verb and all(w in soft for w in s.low[units.next : verb]):
            return [] if _listed(view, first, k) else list(units.units)
    return []


def _listed(view: LineView, first: int, comma: int) -> bool:
    """Does a unit end right before the comma? Then what follows is one more of a list that the clause began with."""
    return any((found := view.parser.list_at(k)) is not None and found.next > comma for k in range(max(first, comma - 14), comma))


def unsaid(view: LineView, i: int, verb: int, timed: bool, spoken: list[Unit], is_issuer: Callable[[Unit], bool]) -> list[Unit]:
    """Who reports in clause `i` where the rules of charges found nobody: the unit that opens the clause where a day is set (`timed`), else
    who reported before in the sentence (`spoken`), else the unit that opened the sentence."""
    units = [u for u in opening(view, verb) if not is_issuer(u)] if timed else []
    return units or spoken or _opener(view, i, is_issuer)


def _opener(view: LineView, i: int, is_issuer: Callable[[Unit], bool]) -> list[Unit]:
    """As in "Sở Y tế yêu cầu các cơ sở ...; tổng hợp, gửi Sở Nội vụ": the unit that opens the sentence of clause `i` and goes on acting
    in a later clause that has no subject, or []."""
    begin = view.sentence.index(view.sentence[i])
    if begin == i:
        return []
    first = view.clauses[begin][0]
    units = view.parser.list_at(first)
    low = view.s.low
    if not units or units.units[0].persons or any(is_issuer(u) for u in units.units):
        return []
    return list(units.units) if low[units.next : units.next + 2] in (["yêu", "cầu"], ["đề", "nghị"], ["thông", "báo"]) else []


def opening(view: LineView, verb: int) -> list[Unit]:
    """As in "UBND các xã báo cáo Sở Tài chính trước ngày D, Sở Tài chính tổng hợp ...": the units that open the clause of the verb at index
    `verb`, or []."""
    first = max((f for f, _ in view.clauses if f <= verb), default=0)
    units = view.parser.list_at(first)
    return list(units.units) if units and units.next <= verb else []
