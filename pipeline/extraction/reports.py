"""Duties to report, send or submit: who, to whom, through whom, what, for which period, by when (domain rule 4.1 report, 4.2 channels)."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extraction.citations import CitationMention, in_subject
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import Duty, TimeMention, Unit, UnitList
from pipeline.text.folding import squeeze

_VERBS = {
    ("báo", "cáo"),
    ("gửi",),
    ("nộp",),
    ("trình",),
    ("phản", "ánh"),
    ("cung", "cấp"),
    ("đăng", "ký"),
    ("thông", "tin"),
    ("kiến", "nghị"),
    ("gởi",),
    ("chuyển",),
    ("đề", "xuất"),
    ("tổng", "hợp"),
}
_DIRECT = {("báo", "cáo"), ("trình",), ("gửi",)}
_TO = ("về", "cho", "tới", "đến", "gửi", "lên", "với")
_PERIOD = re.compile(
    r"(?<![^\W\d_])(0?6 tháng|sáu tháng|0?9 tháng|0?3 tháng|quý|tháng|năm|tuần|ngày|đột xuất|sơ kết|tổng kết)"
    r"(?![^\W\d_])(?!\s*\d)",
    re.I,
)
_NOT_REPORT = re.compile(
    r"(?:chế độ|hệ thống|nội dung|mẫu|biểu|theo|tại|của|nhận|số|các|tiếp nhận|thông qua|cơ sở|trên cơ sở"
    r"|xem xét|căn cứ|đề cương|kết quả|lập|dự thảo|ban hành|kính)\s*$",
    re.I,
)


class Duties:
    """Finds the duties of a line. `actors(index, clause)` are the units that act in a clause; `is_issuer` as in Charges."""

    def __init__(self, text: str, citations: list[CitationMention], is_issuer: Callable[[Unit], bool]) -> None:
        self.text, self.citations, self.is_issuer = text, citations, is_issuer
        self.found: list[Duty] = []

    def read(self, view: LineView, actors: dict[tuple[int, int], list[Unit]], owners: list[Unit], times: list[TimeMention]) -> None:
        """Take the duties of one line. `owners`: units of the heading above; `times`: deadlines of this line."""
        line = view.line
        if line.kind == "review" and not any(index == view.index for index, _ in actors):
            return
        if (
            line.kind == "purpose"
            or line.zone not in ("body", "closing", "appendix")
            or line.path == "preamble"
            or self.text.startswith("|", line.start)
        ):
            return
        if re.match(r"\s*Trên đây", self.text[line.start : line.end]) and not actors.get((view.index, 0)):
            owners = []
        pending: list[TimeMention] = []
        waiting: list[tuple[int, int]] = []
        here = [t for t in times if t.line == view.index]
        for i, (first, last) in enumerate(view.clauses):
            a, b = view.s.at[first], view.s.to[last - 1] + 1
            if i and view.sentence[i] != view.sentence[i - 1]:
                pending, waiting = [], []
            inside = [t for t in here if a <= t.start < b and t.bound]
            hits = self._recipients(view, first, last)
            if not hits:
                if (
                    inside
                    and view.s.low[first] in ("năm", "quý", "tháng", "6", "06", "9", "cả")
                    and any(d.line == view.index and d.recipients for d in self.found)
                ):
                    self._without_recipient(view, i, actors, owners, inside, a, b)  # "...; năm trước ngày 25/11"
                    continue
                if not self._has_verb(view, first, last):
                    pending += inside
                    waiting.append((a, b))
                elif inside and self._sends(view, first, last):
                    self._without_recipient(view, i, actors, owners, inside, a, b)
                    pending = []
                continue
            who = actors.get((view.index, i)) or owners
            begin = waiting[0][0] if waiting else a
            if (
                not inside
                and not pending
                and view.s.low[first] == "đồng"
                and self.found
                and self.found[-1].line == view.index
                and self.found[-1].time
            ):
                inside = [self.found[-1].time]  # "...; đồng gửi X": by the same day
                begin = min(begin, inside[0].start)
            parallel = bool(waiting) and all(y - x < 70 for x, y in waiting)  # "6 tháng (trước ngày ...); năm (trước ngày ...) báo cáo ..."
            self._build(view, hits, who, pending + inside if parallel or not inside else inside, begin, b)
            pending, waiting = [], []

    def _recipients(self, view: LineView, first: int, last: int) -> list[tuple[int, int, UnitList, int]]:
        """(index of the verb, index of the recipients, the recipients, index after them) in a clause, in order."""
        s = view.s
        hits: list[tuple[int, int, UnitList, int]] = []
        verb: int | None = None
        k = first
        while k < last:
            n = self._verb_at(view, k)
            if n:
                if verb is None or tuple(s.low[k : k + n]) in (("báo", "cáo"), ("trình",), ("gửi",)):
                    verb = k
                words = tuple(s.low[k : k + n])
                units = view.parser.list_at(k + n) if words in _DIRECT else None
                if units and units.next <= last + 2 and self._receives(view, units):
                    hits.append((verb, k + n, units, units.next))
                    k = units.next
                    verb = None
                    continue
                k += n
                continue
            if verb is not None and s.low[k] in _TO and k + 1 < last:
                units = view.parser.list_at(k + 1)
                if units and self._receives(view, units) and not (s.low[k] in ("với", "cho") and s.low[verb] in ("tổng", "đăng", "thông")):
                    hits.append((verb, k + 1, units, units.next))
                    k = units.next
                    verb = None
                    continue
            k += 1
        return hits

    def _receives(self, view: LineView, units: UnitList) -> bool:
        u = units.units[0]
        return not u.persons and not u.weak

    def _verb_at(self, view: LineView, k: int) -> int:
        """Length of a word of reporting at index `k`, 0 where it is part of something else."""
        s = view.s
        for n in (2, 1):
            words = tuple(s.low[k : k + n])
            if words not in _VERBS:
                continue
            offset = s.at[k]
            if in_subject(self.text, self.citations, offset):
                return 0
            if any(c.start <= offset < max(c.end, c.tail) for c in self.citations):
                return 0
            if s.low[k + n : k + n + 1] in (["bày"], ["độ"], ["của"], ["kèm"], ["viên"], ["đổi"]) or (
                s.low[k + n : k + n + 1] == ["số"] and k + n + 1 < len(s) and s.word[k + n + 1][0].isdigit()
            ):
                return 0
            if words == ("trình",) and k and s.low[k - 1] in ("chương", "quy", "công", "tờ", "lộ", "tiến", "giáo", "quá", "đề", "luật"):
                return 0
            if words == ("nộp",) and s.low[k + 1 : k + 2] in (["lưu"], ["ngân"], ["phạt"], ["tiền"], ["thuế"], ["phí"], ["quỹ"]):
                return 0
            if words == ("chuyển",) or (words == ("gửi",) and k and s.low[k - 1] in ("kính",)):
                return 0
            before = self.text[max(view.line.content, offset - 24) : offset]
            if (
                words == ("báo", "cáo")
                and re.search(r"(?:chế độ|theo|mẫu|đề cương|kính)\s*$", before, re.I)
                and not re.search(r"thông tin,?\s*$", before)
            ):
                return 0
            return n
        return 0

    def _has_verb(self, view: LineView, first: int, last: int) -> bool:
        return any(self._verb_at(view, k) and view.s.low[k] != "tổng" for k in range(first, last))

    def _sends(self, view: LineView, first: int, last: int) -> bool:
        low = view.s.low
        return any(
            (low[k] in ("gửi", "nộp") and self._verb_at(view, k))
            or (
                low[k : k + 2] == ["báo", "cáo"]
                and self._verb_at(view, k)
                and (k == first or low[k - 1] in (",", "và", "kỳ", "hợp", "thời", "năm", "tháng", "quý", "tuần"))
            )
            for k in range(first, last)
        )

    def _build(
        self, view: LineView, hits: list[tuple[int, int, UnitList, int]], who: list[Unit], times: list[TimeMention], a: int, b: int
    ) -> None:
        s = view.s
        chains = [False] + [self._chained(view, hits[n - 1][3], hits[n][0]) for n in range(1, len(hits))]
        starts = [s.at[h[0]] for h in hits]
        for n, (verb, at, units, after) in enumerate(hits):
            reporters = who
            if chains[n]:
                reporters = list(hits[n - 1][2].units)
                mine: list[TimeMention] = []
                if n + 1 == len(hits):
                    mine = [t for t in times if t.start >= s.at[at]] if any(t.start < starts[n] for t in times) else []
            else:
                low = a if n == 0 else starts[n]
                follow = next((m for m in range(n + 1, len(hits)) if not chains[m]), None)
                high = starts[follow] if follow is not None else b
                mine = [t for t in times if low <= t.start < high]
                nxt = n + 1 if n + 1 < len(hits) and chains[n + 1] else None
                if nxt is not None and any(t.start < starts[nxt] for t in mine):
                    mine = [t for t in mine if t.start < starts[nxt]]
                after_verb = [t for t in mine if t.start >= starts[n]]
                mine = after_verb or mine
                if n and not mine and not who:
                    continue
            if not reporters and not mine:
                continue  # nobody is told and no day is set
            recipients = [u for u in units.units if not u.persons]
            reporters = [u for u in reporters if u.name not in {r.name for r in recipients}]
            if not recipients:
                continue
            via = self._via(view, s.index_at(units.end), b)
            what = self._what(view, s.at[verb], s.at[at], chains[n], a, who)
            duty = Duty(
                s.at[verb],
                units.end,
                view.line.path,
                view.index,
                reporters,
                recipients,
                via,
                what,
                rule="report-chain" if chains[n] else "report",
                confidence=0.9 if reporters else 0.6,
            )
            self._emit(duty, mine, a)

    def _what(self, view: LineView, verb: int, to: int, chained: bool, a: int, who: list[Unit]) -> str:
        """What is reported, in the document's words: from the end of the subject to the recipients, times in parentheses left out."""
        start = verb
        if not chained and to - verb < 16:
            ends = [u.end for u in who if a <= u.end < verb]
            start = max([a, *ends])
        words = re.sub(r"\((?:trước|chậm)[^()]*\)", " ", self.text[start:to])
        words = re.sub(r"[\s,;(]*(?:về|gửi về|gửi|cho|đến|tới|lên|để)?[\s,(]*$", "", squeeze(words).lstrip(" ,;:-+"))
        return words[-160:].lstrip() or squeeze(self.text[verb:to]).rstrip(" ,(") or "báo cáo"

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
        before = [d for d in self.found if d.line == view.index and d.rule != "report-chain" and d.recipients]
        if before:
            self._again(view, before[-1], times, a, b)
            return
        if not who:
            return
        duty = Duty(
            a,
            b - 1,
            view.line.path,
            view.index,
            list(who),
            [],
            self._via(view, view.clauses[i][0], b),
            squeeze(self.text[a:b])[:120],
            rule="report-no-recipient",
            confidence=0.55,
        )
        self._emit(duty, times, a)

    def _again(self, view: LineView, last: Duty, times: list[TimeMention], a: int, b: int) -> None:
        """ "...; báo cáo năm trước ngày 25/11": to the same recipients as the report before it in the line."""
        same = [
            d
            for d in self.found
            if d.line == view.index and d.recipients == last.recipients and d.time is None and self.text[d.end : a].find(".") < 0
        ]
        if same and same[-1] is last and ":" in self.text[last.end : a + 1]:
            self.found.remove(last)  # the days follow the colon
        duty = Duty(
            a,
            b - 1,
            view.line.path,
            view.index,
            list(last.reporters),
            list(last.recipients),
            self._via(view, 0, b) or last.via,
            squeeze(self.text[a:b])[:120],
            rule="report-again",
            confidence=0.8,
        )
        self._emit(duty, times, a)

    def _chained(self, view: LineView, after: int, verb: int) -> bool:
        """ "... về Sở Nội vụ (để) tổng hợp, báo cáo UBND tỉnh": the second report is the first recipient's own."""
        between = " ".join(view.s.low[after:verb])
        return (
            len(between) < 130
            and bool(
                re.search(r"(?:^|\s|\))(?:để\s+)?(?:tổng hợp|theo dõi|xem xét|tham mưu|thẩm định|hoàn thiện|kịp thời|rà soát)", between)
            )
            and not re.search(r";|\.", between)
        )

    def _via(self, view: LineView, after: int, b: int) -> Unit | None:
        """The unit after "qua" close behind the recipients."""
        s = view.s
        for k in range(after, min(after + 14, len(s))):
            if s.at[k] >= b:
                break
            if s.low[k] == "qua" and k + 1 < len(s):
                units = view.parser.list_at(k + 1)
                if units:
                    return units.units[0]
                return None
        return None

    def _emit(self, duty: Duty, times: list[TimeMention], a: int) -> None:
        times = sorted(times, key=lambda t: t.start)
        if not times:
            duty.period = self._period(a, duty.end + 90, duty)
            self.found.append(duty)
            return
        floor = a
        for t in times:
            one = Duty(**{name: getattr(duty, name) for name in Duty.__slots__})
            one.time = t
            one.start, one.end = min(duty.start, t.start), max(duty.end, t.end)
            m = [p for p in _PERIOD.finditer(self.text, floor, t.start)]
            one.period = _named(m[-1][1]) if m else None
            floor = t.end
            self.found.append(one)

    def _period(self, a: int, b: int, duty: Duty) -> str | None:
        window = self.text[a : min(b, len(self.text))]
        m = re.search(r"(?:định kỳ|hằng|hàng|mỗi)\s*,?\s*(?:\(?hằng\s+|hàng\s+)?(0?6 tháng|0?9 tháng|quý|tháng|năm|tuần)", window, re.I)
        if m:
            return _named(m[1])
        return "đột xuất" if re.search(r"đột xuất", window) else None


def _named(word: str) -> str:
    return {
        "06 tháng": "6 tháng",
        "sáu tháng": "6 tháng",
        "09 tháng": "9 tháng",
        "03 tháng": "quý",
        "3 tháng": "quý",
        "tổng kết": "năm",
        "sơ kết": "6 tháng",
    }.get(word.lower(), word.lower())
