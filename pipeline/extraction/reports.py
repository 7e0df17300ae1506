"""Duties to report, send or submit: who, to whom, through whom, what, for which period, by when (domain rule 4.1 report, 4.2 channels)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from pipeline.extraction.citing.mention import CitationMention
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import Duty, TimeMention, Unit
from pipeline.extraction.reporting.actors import for_issuer, issuer_acts, opening, subject_behind_comma, unsaid
from pipeline.extraction.reporting.addressing import address, addressed, copied
from pipeline.extraction.reporting.items import report_of_item
from pipeline.extraction.reporting.periods import has_period, in_parallel, listed_periods, period_of, standing_period, without_windows
from pipeline.extraction.reporting.silent import silent
from pipeline.extraction.reporting.verbs import ReportVerbs, Sending
from pipeline.extraction.reporting.wording import advised, channel, mailbox, what_is_reported
from pipeline.text.folding import squeeze

_NOT_SENT = re.compile(r"không yêu cầu|phải được|giao nộp|nộp lại")  # what others hand in, or a notice put up
_SENT = re.compile(r"(?:gửi|nộp)(?: về)?\s+$")  # right before a day
_OTHER_ACT = re.compile(r",\s+(?:kết thúc|khởi công|bắt đầu|hoàn thành|tổ chức|triển khai)\s+(?!việc gửi)[^\W\d_]+")
_CLOSING = re.compile(
    r"\s*(?:Trên đây|(?:Trong )?[Qq]uá trình[^.;]{0,60}(?:khó khăn|vướng mắc|phát sinh))"
)  # said to all, not to a heading's unit
_NEAR = 7  # syllables of "quý I (năm sau)" before its day; "sơ kết 03 năm thực hiện Chỉ thị vào quý I" is work of its own


class Duties:
    """Collects the duties of a document, line by line. `is_issuer` tells the document's own issuer: what it will report itself is
    nobody else's duty."""

    def __init__(self, text: str, citations: list[CitationMention], is_issuer: Callable[[Unit], bool]) -> None:
        self.text, self.verbs, self.is_issuer = text, ReportVerbs(text, citations), is_issuer
        self.found: list[Duty] = []
        self.here: list[Duty] = []  # those of the line being read
        self.lead: Duty | None = None  # of a line that ends with a colon: the items below give its days

    def read(self, view: LineView, actors: dict[tuple[int, int], list[Unit]], owners: list[Unit], times: list[TimeMention]) -> None:
        """Take the duties of one line. `actors`: the units that act in (line, clause); `owners`: units of the heading above; `times`: the
        terms of the line."""
        self.here = []
        self._line(view, actors, owners, times)
        self.found += self.here

    def _line(self, view: LineView, actors: dict[tuple[int, int], list[Unit]], owners: list[Unit], times: list[TimeMention]) -> None:
        line = view.line
        if line.kind == "review" and not any((view.index, i) in actors for i in range(len(view.clauses))):
            return
        if silent(self.text, line):
            return
        if _CLOSING.match(self.text, line.start, line.end) and not actors.get((view.index, 0)):
            owners = []
        if self._item_of_lead(view, [t for t in times if t.bound]):
            return
        self._clauses(view, actors, owners, times)
        if self.text[line.start : line.end].rstrip().endswith(":"):
            last = self.here[-1] if self.here else None
            self.lead = last if last and last.recipients and last.time is None else None

    def _item_of_lead(self, view: LineView, times: list[TimeMention]) -> bool:
        """As in "Các sở báo cáo về UBND tỉnh như sau:" / "1. Báo cáo quý I: trước ngày 15/3": an item that only gives a day of the report
        before the colon. False: the line is none."""
        lead, low = self.lead, view.s.low
        if lead is None or not low:
            return False
        path, above = view.line.path, lead.section
        if not (path.startswith(above + ".") or (path == above and view.line.marker == "bullet")):
            self.lead = None
            return False
        named = report_of_item(self.text, view, times, self.verbs)
        if named is None:
            return False
        at = next((k for k in range(len(self.found) - 1, -1, -1) if self.found[k].line <= lead.line), -1)
        if at >= 0 and self.found[at] is lead:
            del self.found[at]
        duty = replace(
            lead,
            start=view.s.at[0],
            end=view.line.end,
            section=path,
            line=view.index,
            what=named or lead.what,
            rule="report-item",
            confidence=0.85,
        )
        self._emit(duty, times, view.s.at[0])
        return True

    def _clauses(self, view: LineView, actors: dict[tuple[int, int], list[Unit]], owners: list[Unit], here: list[TimeMention]) -> None:
        pending: list[TimeMention] = []
        waiting: list[tuple[int, int]] = []
        spoken: list[Unit] = []  # who reported last in the sentence
        for i, (first, last) in enumerate(view.clauses):
            a, b = view.s.at[first], view.s.to[last - 1] + 1
            if i and view.sentence[i] != view.sentence[i - 1]:
                pending, waiting, spoken = [], [], []
            inside = without_windows([t for t in here if a <= t.start < b and t.bound])
            before = view.clauses[i - 1][0] if i else first
            colon = bool(i and inside and view.s.word[first - 1] == ":")
            listed = colon and view.s.low[first - 3 : first - 1] == ["báo", "cáo"] and self.verbs.instalment(view, first)
            carried = listed or (colon and view.s.low[before : before + 2] == ["báo", "cáo"])
            hits = self.verbs.sendings(view, first, last, carried)
            hits = [h for h in hits if inside or has_period(self.text, a, b) or not self.verbs.notified(view, h)]
            if inside and not hits and self.verbs.regime(view, first, last):
                self._without_recipient(view, i, actors, owners, inside, a, b)
                continue
            if hits and not inside and addressed(view, first, hits[0]) and address(view, hits[0], b, self.here, self.found):
                continue
            if not hits:
                if self._served(view, first, actors.get((view.index, i)) or owners, inside, a, b):
                    continue
                told = any(d.recipients for d in self.here)
                if inside and told and self.verbs.instalment(view, first) and view.s.index_at(inside[0].start) - first < _NEAR:
                    self._without_recipient(view, i, actors, owners, inside, a, b)  # "...; năm trước ngày 25/11"
                    continue
                if not self.verbs.any_in(view, first, last):
                    pending += inside
                    waiting.append((a, b))
                elif inside and self.verbs.for_the_next(view, i, here):
                    pending += inside  # "Báo cáo học kỳ I chậm nhất ngày 15/01, tổng kết chậm nhất ngày 29/5: các trường gửi về Sở"
                    waiting.append((a, b))
                elif inside and self.verbs.sends(view, first, last):
                    a = view.s.at[before] if colon and not told and view.s.low[before : before + 2] == ["báo", "cáo"] else a
                    self._without_recipient(view, i, actors, owners, inside, a, b)
                    pending, waiting = [], []
                continue
            mine = actors.get((view.index, i))
            own = None
            if mine is None or mine is actors.get((view.index, i - 1)):
                own = issuer_acts(self.text, view, self.is_issuer, first, last, hits[0].at)
            if own and not (inside or pending):
                pending, waiting = [], []
                continue  # "Bộ Nội vụ sẽ tổng hợp, báo cáo Thủ tướng" in its own letter
            who = [own] if own else actors.get((view.index, i)) or subject_behind_comma(view, first, hits[0].verb) or owners
            if not who and listed:
                who = actors.get((view.index, i - 1), [])
            who = spoken = who or unsaid(view, i, hits[0].verb, bool(inside), spoken, self.is_issuer)
            if pending and not inside and has_period(self.text, a, view.s.to[hits[0].verb] + 60):
                pending, waiting = [], []  # "hoàn thành trước ngày D; báo cáo định kỳ hằng tháng"
            begin = waiting[0][0] if waiting else a
            if not inside and not pending and view.s.low[first] == "đồng" and self.here and self.here[-1].time:
                inside = [self.here[-1].time]  # "...; đồng gửi X": by the same day
                begin = min(begin, inside[0].start)
            taken = pending + inside if not inside or in_parallel(self.text, waiting) else inside
            self._build(view, hits, who, taken, begin, b)
            pending, waiting = [], []

    def _served(self, view: LineView, first: int, who: list[Unit], inside: list[TimeMention], a: int, b: int) -> bool:
        """As in "tham mưu UBND tỉnh ban hành ...; trình trước ngày D": a draft that is due to the one it is made for. False: no such."""
        served = advised(view, first) if inside and who and view.s.low[first] == "trình" else None
        if served:
            what = squeeze(self.text[a:b])[:120]
            self._emit(
                Duty(a, b - 1, view.line.path, view.index, list(who), [served], None, what, rule="report-served", confidence=0.7), inside, a
            )
        return served is not None

    def _build(self, view: LineView, hits: list[Sending], who: list[Unit], times: list[TimeMention], a: int, b: int) -> None:
        s = view.s
        chains = [False]
        for left, right in pairwise(hits):  # "... gửi X để báo cáo Y trình Z": Y goes on too
            chains.append(self.verbs.chained(view, left.after, right.verb) or (chains[-1] and left.after == right.verb))
        starts = [s.at[h.verb] for h in hits]
        given: list[TimeMention] = []  # the days of the hit before
        for n, hit in enumerate(hits):
            if for_issuer(view, self.is_issuer, hit.verb):
                continue  # "... để UBND tỉnh báo cáo Bộ": what the issuer does with it
            reporters = who
            if chains[n]:
                reporters = list(hits[n - 1].units.units)
                if all(self.is_issuer(u) for u in reporters):
                    continue
                mine: list[TimeMention] = []
                if n + 1 == len(hits):
                    mine = [t for t in times if t.start >= s.at[hit.at]] if any(t.start < starts[n] for t in times) else []
            else:
                low = a if n == 0 else starts[n]
                follow = next((m for m in range(n + 1, len(hits)) if not chains[m]), None)
                high = starts[follow] if follow is not None else b
                mine = [t for t in times if low <= t.start < high]
                nxt = n + 1 if n + 1 < len(hits) and chains[n + 1] else None
                if nxt is not None and any(t.start < starts[nxt] for t in mine):
                    mine = [t for t in mine if t.start < starts[nxt]]
                after_verb = [t for t in mine if t.start >= starts[n] or _SENT.search(self.text[max(a, t.start - 16) : t.start])]
                mine = after_verb or mine
                if n and not mine and copied(view, hit.verb):
                    mine = given  # "báo cáo X trước ngày D, đồng gửi Y": by the same day
                given = mine
                if n and not mine and not who:
                    continue
            if not reporters and not mine:
                continue  # nobody is told and no day is set
            recipients = [u for u in hit.units.units if not u.persons]
            told, names = bool(reporters), {r.name for r in recipients}
            reporters = [u for u in reporters if u.name not in names]
            if told and not reporters and n == 0:
                reporters = [u for u in opening(view, hit.verb) if u.name not in names]
            if told and not reporters and not mine:
                continue  # "tiếp nhận báo cáo của các sở gửi về Sở Nội vụ": what others send to the unit itself
            if not recipients:
                continue
            via = channel(view, s.index_at(hit.units.end), b)
            what = what_is_reported(self.text, s.at[hit.verb], s.at[hit.at], chains[n], a, who)
            duty = Duty(
                s.at[hit.verb],
                hit.units.end,
                view.line.path,
                view.index,
                reporters,
                recipients,
                via,
                what,
                rule="report-chain" if chains[n] else "report",
                confidence=0.9 if reporters else 0.6,
            )
            for one in self.here:
                if (
                    one.rule in ("report-no-recipient", "report-again")
                    and not one.recipients
                    and one.reporters == reporters
                    and ". " not in self.text[one.end : duty.start]
                ):
                    one.recipients, one.via, one.rule = list(recipients), via, "report-listed"  # "quý I trước ...; năm trước ... gửi X"
            self._emit(duty, mine, a)

    def _without_recipient(
        self,
        view: LineView,
        i: int,
        actors: dict[tuple[int, int], list[Unit]],
        owners: list[Unit],
        times: list[TimeMention],
        a: int,
        b: int,
    ) -> None:
        """A report with a day but without an addressee in the sentence."""
        who = actors.get((view.index, i)) or owners
        before = [d for d in self.here if d.rule != "report-chain" and d.recipients]
        if before:
            self._again(view, before[-1], times, a, b)
            return
        if not who or _NOT_SENT.search(self.text, a, b):
            return
        box = mailbox(view, *view.clauses[i])
        duty = Duty(
            a,
            b - 1,
            view.line.path,
            view.index,
            list(who),
            box,
            channel(view, view.clauses[i][0], b, wide=True),
            squeeze(self.text[a:b])[:120],
            rule="report-mailbox" if box else "report-no-recipient",
            confidence=0.55,
        )
        self._emit(duty, times, a)

    def _again(self, view: LineView, last: Duty, times: list[TimeMention], a: int, b: int) -> None:
        """As in "...; báo cáo năm trước ngày 25/11": to the same recipients as the report before it in the line."""
        same = [d for d in self.here if d.recipients == last.recipients and d.time is None and self.text[d.end : a].find(".") < 0]
        if same and same[-1] is last and ":" in self.text[last.end : a + 1]:
            self.here.remove(last)  # the days follow the colon
        duty = Duty(
            a,
            b - 1,
            view.line.path,
            view.index,
            list(last.reporters),
            list(last.recipients),
            channel(view, 0, b) or last.via,
            squeeze(self.text[a:b])[:120],
            rule="report-again",
            confidence=0.8,
        )
        self._emit(duty, times, a)

    def _emit(self, duty: Duty, times: list[TimeMention], a: int) -> None:
        times = sorted(times, key=lambda t: t.start)
        if not times:
            duty.period = standing_period(self.text, a, duty.end + 90)
            self.here.append(duty)
            return
        floor = a
        periods = listed_periods(self.text, a, times)
        for n, t in enumerate(times):
            if floor > a and _OTHER_ACT.search(self.text, floor, t.start):
                break  # "trình UBND huyện phê duyệt trước ngày 15/4, kết thúc đào tạo trong tháng 10"
            one = replace(duty, time=t)
            one.start, one.end = min(duty.start, t.start), max(duty.end, t.end)
            one.period = periods[n] if periods else period_of(self.text, floor, t)
            floor = t.end
            self.here.append(one)
