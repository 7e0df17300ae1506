"""Verbs of reporting in a clause, and the units they send the report to (domain rules 4.1, 4.2 channels)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.data import load
from pipeline.extraction.citations import in_subject
from pipeline.extraction.citing.mention import CitationMention
from pipeline.extraction.clauses import LineView
from pipeline.extraction.grammar.ground import make_unit
from pipeline.extraction.mentions import TimeMention, UnitList
from pipeline.extraction.syllables import Phrases

_NAMED_REPORT = re.compile(r"(?:chế độ|theo|mẫu|đề cương|kính)\s*$", re.I)  # "chế độ báo cáo": no verb
_TALLY = re.compile(
    r"(?:mới|đã|chỉ|hiện|còn)\s+có\s+\d[\d/]*\s+"
    r"(?:địa phương|đơn vị|cơ quan|tỉnh|huyện|xã|phường|sở|bộ|trường|thành phố)(?![^\W\d_])[^.;]*$"
)  # "mới có 19/34 địa phương gửi báo cáo": what was done
_NOT_ASKED = re.compile(r"(?<![^\W\d_])không (?:yêu cầu|bắt buộc|phải|cần)(?![^\W\d_])(?:(?! thì )[^.;:,])*$", re.I)
_REGIME = re.compile(
    r"(?<!không )(?<!chưa )(?<!việc )(?:thực hiện|duy trì)(?:\s+[^\W\d_]+){0,3}\s+chế độ\s+(?:thông tin\s*,?\s*)?$", re.I
)  # "thực hiện nghiêm chế độ báo cáo": an act, unlike a regime named
_INFORMING = re.compile(r"thông tin,?\s*$")


@dataclass(frozen=True, slots=True)
class Sending:
    """A verb of reporting with its recipients: indices of the verb, of the recipients and after them."""

    verb: int
    at: int
    units: UnitList
    after: int


@cache
def _verbs() -> Phrases:
    return Phrases((w, w) for w in load.table("report_words")["verbs"])


@cache
def _quickly() -> Phrases:
    return Phrases((w, w) for w in load.table("report_words")["quickly"])


@cache
def _short_names() -> Phrases:
    return Phrases((w, w) for w in load.table("report_words")["short_recipients"])


class ReportVerbs:
    """Finds verbs of reporting in the lines of one document; those inside citations and their subjects are none."""

    def __init__(self, text: str, citations: list[CitationMention]) -> None:
        self.text, self.citations = text, citations
        self.words = load.table("report_words")
        self.cited = bytearray(len(text))  # 1 where a citation stands
        for c in citations:
            span = slice(c.start, max(c.end, c.tail))
            self.cited[span] = b"\1" * len(self.cited[span])

    def at(self, view: LineView, k: int) -> int:
        """Length of a verb of reporting at index `k`, 0 where it is part of something else."""
        s = view.s
        hit = _verbs().match(s.low, k)
        if not hit:
            return 0
        n, verb = hit
        offset = s.at[k]
        if self.cited[offset] or in_subject(self.text, self.citations, offset):
            return 0
        before = s.low[k - 1] if k else ""
        after = s.low[k + n] if k + n < len(s) else ""
        numbered = after == "số" and k + n + 1 < len(s) and s.word[k + n + 1][0].isdigit()
        if after in self.words["not_before"] or numbered or verb == "chuyển":
            return 0
        told = s.low[k - 2] if before in ("gửi", "nộp", "trình", "gởi") and k > 1 else before  # "chưa gửi báo cáo"
        if before in ("phải", "cần") and k > 1 and s.low[k - 2] == "không":
            return 0
        if _NOT_ASKED.search(self.text, max(view.line.content, offset - 90), offset):
            return 0
        if told in self.words["done"] or _TALLY.search(self.text, max(view.line.content, offset - 60), offset):
            return 0
        if verb == "trình" and before in self.words["not_behind"]:
            return 0
        if verb.startswith("báo ") and verb != "báo cáo" and before in ("thông", "cảnh", "dự", "tin") and "về" not in s.low[k : k + 8]:
            return 0
        if verb == "nộp" and after in self.words["not_submitted"]:
            return 0
        if verb == "gửi" and before == "kính":
            return 0
        if verb == "báo cáo":
            ahead = self.text[max(view.line.content, offset - 24) : offset]
            ordered = _REGIME.search(self.text, max(view.line.content, offset - 60), offset)
            if _NAMED_REPORT.search(ahead) and not _INFORMING.search(ahead) and not ordered:
                return 0
        return n

    def sendings(self, view: LineView, first: int, last: int, carried: bool = False) -> list[Sending]:
        """The verbs that have recipients in the clause of syllables first to last - 1, in order. `carried`: the clause goes on with a
        report named before it ("Báo cáo tổng kết: chậm nhất ngày D về X")."""
        s = view.s
        found: list[Sending] = []
        verb: int | None = first if carried else None
        k = first
        while k < last:
            n = self.at(view, k)
            start, units = k + max(n, 1), None
            if n:
                direct = " ".join(s.low[k : k + n]) in self.words["direct"]
                notes = s.low[k : k + n] == ["thông", "báo"] and s.low[verb or 0 : (verb or 0) + 2] == ["thông", "tin"]
                if verb is None or notes or (direct and not self._next_report(view, verb, k)):
                    verb = k
                units = self._recipients(view, start) if direct else None
                if units and units.next > last + 2:
                    units = None
            elif verb is not None and s.low[k] in self.words["to"] and start < last:
                units = view.parser.list_at(start)
                noted = s.low[verb : verb + 2] == ["thông", "báo"]
                if s.low[k] in ("với", "cho") and s.low[verb] in ("tổng", "đăng", "thông") and not noted:
                    units = None
            if verb is not None and units and not units.units[0].persons and not units.units[0].weak:
                found.append(Sending(verb, start, units, units.next))
                k, verb = self._behind_draft(view, units.next), None
            else:
                k = start
        return found

    def _recipients(self, view: LineView, start: int) -> UnitList | None:
        """The recipients right behind a verb that ends before index `start`, or behind words of haste or kind in between: "báo cáo
        (định kỳ hằng tháng) UBND tỉnh"."""
        s, k = view.s, start
        while quick := _quickly().match(s.low, k):
            k += quick[0]
        if s.caps[k : k + 1] != [True]:
            k = start
        units = view.parser.list_at(k) or self._short_name(view, k)
        behind_result = k > start and s.low[k - 1] == "quả"
        if units and behind_result and s.low[units.next : units.next + 1] and s.low[units.next] in self.words["doers_verbs"]:
            return None  # "báo cáo kết quả Sở Y tế thực hiện": what X did
        return units

    def _short_name(self, view: LineView, k: int) -> UnitList | None:
        """A body named so briefly that only a verb of reporting before it tells it from other words: "trình Thường trực"."""
        s = view.s
        hit = _short_names().match(s.low, k)
        if not hit or not s.caps[k] or s.caps[k + hit[0] : k + hit[0] + 1] == [True]:
            return None
        after = k + hit[0]
        return UnitList((make_unit(view.parser, k, after, "organization"),), s.to[after - 1], after)

    def _behind_draft(self, view: LineView, after: int) -> int:
        """As in "trình Chủ tịch dự thảo báo cáo Thủ tướng": the draft that recipients get is no report of its own. The index behind the
        words that name it, else `after`, the index behind the recipients."""
        low, k = view.s.low, after
        while k < len(low) and low[k] in self.words["drafts"]:
            k += 1
        return k + 2 if k > after and low[k : k + 2] == ["báo", "cáo"] else after

    def notified(self, view: LineView, hit: Sending) -> bool:
        """Does a unit only let others know something ("thông báo ... cho X")? That is a duty to report where a term or a period says so."""
        low = view.s.low
        return low[hit.verb : hit.verb + 2] == ["thông", "báo"] and low[hit.at - 1] != "về"

    def regime(self, view: LineView, first: int, last: int) -> bool:
        """Is a regime of reports to be kept, as in "thực hiện theo chế độ báo cáo hằng quý"?"""
        low = view.s.low
        return any(low[k : k + 2] == ["báo", "cáo"] and self._in_regime(view, first, k) for k in range(first, last - 1))

    def _in_regime(self, view: LineView, first: int, k: int) -> bool:
        at = view.s.at[k]
        return _REGIME.search(self.text, max(view.s.at[first], at - 60), at) is not None

    def _next_report(self, view: LineView, verb: int, k: int) -> bool:
        """As in "báo cáo 6 tháng (trước ngày ...), báo cáo năm (trước ngày ...) về UBND tỉnh": the second report of a list that goes to
        one recipient."""
        low = view.s.low
        return low[k : k + 2] == low[verb : verb + 2] == ["báo", "cáo"] and low[k - 1] in (",", "và", ";") and self.instalment(view, k + 2)

    def instalment(self, view: LineView, k: int) -> bool:
        """Does a period or a part stand at index `k` that a report is for: "quý I", "6 tháng", "năm (trước ...", "đợt 2", "tổng kết"?"""
        low = view.s.low
        k += low[k : k + 1] == ["riêng"]  # "riêng quý IV trước ngày 25/11"
        if k >= len(low) or low[k] not in self.words["instalments"]:
            return False
        after = low[k + 1 : k + 2]
        return not after or after[0] in self.words["behind_instalments"] or after[0][0].isdigit()

    def any_in(self, view: LineView, first: int, last: int) -> bool:
        """Does the clause have a verb of reporting other than "tổng hợp" and than the regime it may name?"""
        return any(self.at(view, k) and view.s.low[k] != "tổng" and not self._in_regime(view, first, k) for k in range(first, last))

    def sends(self, view: LineView, first: int, last: int) -> bool:
        """Does the clause send or report, as an act of its own?"""
        low = view.s.low
        subject = view.parser.list_at(first)
        joins = (",", "và", "kỳ", "hợp", "thời", "năm", "tháng", "quý", "tuần", "riêng")
        for k in range(first, last):
            reports = low[k : k + 2] == ["báo", "cáo"] and (
                k == first or low[k - 1] in joins or (subject is not None and subject.next == k)
            )
            if (low[k] in ("gửi", "nộp") or reports) and self.at(view, k):
                return True
        return False

    def chained(self, view: LineView, after: int, verb: int) -> bool:
        """As in "... về Sở Nội vụ (để) tổng hợp, báo cáo UBND tỉnh": is the report of index `verb` the first recipient's own? `after`:
        index after that recipient."""
        between = " ".join(view.s.low[after:verb])
        if len(between) >= 130 or ";" in between or "." in between:
            return False
        if between.endswith(" để") or between == "để":
            return True
        acts = "|".join(re.escape(w) for w in self.words["chained"])
        return bool(re.search(rf"(?:^|\s|\))(?:để\s+)?(?:{acts})", between))

    def for_the_next(self, view: LineView, i: int, here: list[TimeMention]) -> bool:
        """Does clause `i` end with a colon, behind which somebody sends without a day of his own?"""
        last = view.clauses[i][1]
        if view.s.word[last : last + 1] != [":"] or i + 1 == len(view.clauses):
            return False
        first, end = view.clauses[i + 1]
        timed = any(view.s.at[first] <= t.start < view.s.to[end - 1] for t in here)
        return not timed and bool(self.sendings(view, first, end, False))
