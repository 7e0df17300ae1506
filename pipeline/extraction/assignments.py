"""Who is charged with what: label lines, headings, orders, subjects (domain rule 4.2 A to M; GUIDE "assignments")."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extraction.clauses import LineView
from pipeline.extraction.labels import Label, find_labels
from pipeline.extraction.mentions import Charge, Unit, UnitList
from pipeline.records import Role
from pipeline.text.folding import squeeze

_COMMANDS = {("giao",), ("yêu", "cầu"), ("đề", "nghị"), ("phân", "công"), ("giao", "cho"), ("mời",), ("ủy", "quyền"), ("ủy", "quyền", "cho"), ("chuyển",), ("kính", "đề", "nghị"), ("yêu", "cầu", "cho"), ("chỉ", "định"), ("giao", "nhiệm", "vụ", "cho"), ("phân", "công", "cho"), ("giao", "trách", "nhiệm", "cho"), ("thống", "nhất", "giao"), ("đồng", "ý", "giao")}
_GIAO_NOUNS = {"ban", "dịch", "thông", "lưu", "tiếp", "đất", "rừng", "mùa", "thừa", "nhận", "nộp", "kèo", "khoán", "ước", "diện"}
_NOT_BEFORE_COMMAND = {"được", "đã", "bị", "theo", "vụ", "khi", "các", "những", "vượt", "nhận", "của", "tiêu", "có", "kế", "bàn", "chuyển"}
_ADVERBIAL = re.compile(
    r"(?:căn cứ|trên cơ sở|trong quá trình|trong thời gian|định kỳ|hằng|hàng|trước|nếu|khi|đối với|đồng thời|ngoài ra|riêng|bên cạnh|để|nhằm|theo|sau khi|từ|trường hợp|cùng|với|chậm nhất|trong|ngay|tùy|tuỳ|trên|nhận được|ngoài|qua|thông qua|tại|đến|thời gian|bảo đảm|vào|trước mắt|năm|quý|tháng|mỗi|6|06|kết thúc|hết|khi|ngày|song song|do|để)(?![^\W\d_])", re.I
)
_TASK_HEADING = re.compile(r"^(?:trách nhiệm|nhiệm vụ)\s+(?:của|đối với)?\s*", re.I)
_LEAD = (("chủ", "trì"), ("làm", "đầu", "mối"), ("là", "đầu", "mối"), ("là", "cơ", "quan", "chủ", "trì"), ("là", "cơ", "quan", "đầu", "mối"), ("chịu", "trách", "nhiệm", "chính"), ("là", "đơn", "vị", "chủ", "trì"), ("làm", "cơ", "quan", "đầu", "mối"), ("làm", "cơ", "quan", "chủ", "trì"), ("làm", "đơn", "vị", "đầu", "mối"), ("là", "đơn", "vị", "đầu", "mối"), ("có", "trách", "nhiệm", "chủ", "trì"), ("chịu", "trách", "nhiệm", "chủ", "trì"))
_SOFT = {"tiếp", "tục", "chủ", "động", "tích", "cực", "khẩn", "trương", "kịp", "thời", "thường", "xuyên", "trực", "tiếp", "nghiêm", "túc", "có", "trách", "nhiệm", "phải", "cần", ","}


class Charges:
    """Collects charges line by line, in reading order. `is_issuer` tells the document's own issuer and its superiors apart from those it
    charges; `in_subject` says of an offset whether it stands in the subject of a cited document."""

    def __init__(self, text: str, is_issuer: Callable[[Unit], bool], in_subject: Callable[[int], bool]) -> None:
        self.text, self.is_issuer, self.in_subject = text, is_issuer, in_subject
        self.found: list[Charge] = []
        self.owners: dict[str, list[Unit]] = {}  # heading or subject of a numbered item
        self.leads: dict[str, list[Unit]] = {}
        self.bullet_owner: tuple[str, str, list[Unit]] | None = None
        self.subjects: dict[tuple[int, int], list[Unit]] = {}  # (line, clause) -> units that act there
        self.labels: dict[int, list[Label]] = {}

    def owners_of(self, path: str) -> list[Unit]:
        """Units that the heading of `path`, or the nearest one above it, names."""
        parts = path.split(".")
        for n in range(len(parts), 0, -1):
            units = self.owners.get(".".join(parts[:n]))
            if units:
                return units
        return []

    def read(self, view: LineView) -> None:
        """Take the charges of one line."""
        line = view.line
        labels = find_labels(self.text, line.content, line.end)
        if labels and not (len(labels) == 1 and labels[0].role in ("product", "task") or self._named_heading(view, labels)):
            self.labels[view.index] = labels
            for label in labels:
                if label.role in ("directs", "leads", "supports", "performs"):
                    self._label(view, label)
            if labels[0].at > line.content + 1:
                self._sentences(view, labels[0].at)
            elif labels[0].role in ("product", "task"):
                self._sentences(view)
            return
        if line.heading and self._heading(view):
            return
        if self._unit_bullet(view):
            return
        self._sentences(view)

    # -- forms

    def _named_heading(self, view: LineView, labels: list[Label]) -> bool:
        return view.line.heading and labels[0].start >= view.line.end - 1

    def _label(self, view: LineView, label: Label) -> None:
        """The units of a label's value; "phối hợp với" inside it turns the role (domain rule 3.6.8)."""
        s, role = view.s, label.role
        at = s.index_at(label.start)
        stop = s.index_at(label.end)
        view.parser.whole = True
        try:
            self._label_units(view, label, role, at, stop)
        finally:
            view.parser.whole = False

    def _label_units(self, view: LineView, label: Label, role: str, at: int, stop: int) -> None:
        s = view.s
        if s.low[at : at + 1] == ["giao"]:
            at += 1
        rule = f"label-{role}"
        first = True
        while at < stop:
            units = view.parser.list_at(at, loose=True)
            if not units:
                raw = self._raw_value(view, at, stop)
                if raw:
                    self._add(raw[0], role, view, f"{rule}-raw", 0.6)  # type: ignore[arg-type]
                    first = False
                    at = raw[1]
                    continue
                at = self._next_role(s, at, stop)
                if at is None:
                    break
                role = "supports"
                continue
            if not first and role == label.role and units.units[0].weak:
                break
            kept = [u for u in units.units if u.end <= label.end]
            for unit in kept:
                self._add(unit, role, view, rule, 0.96 if not unit.weak else 0.85)  # type: ignore[arg-type]
            if role in ("leads", "performs"):
                self.leads.setdefault(view.line.path, []).extend(kept)
            first = False
            after = self._role_switch(s, units.next, stop)
            if after is None:
                following = units.next + 1
                if following < stop and s.low[units.next] in (",", ";", "và") and self._raw_value(view, following, stop):
                    at = following
                    continue
                break
            role, at = after

    def _raw_value(self, view: LineView, at: int, stop: int) -> tuple[Unit, int] | None:
        """A member of a label's value that no grammar knows ("Nhà khách Hoa Ban"): a label names units, so it is one, with low confidence.
        It runs to the next sign or "và" behind which a known unit begins, or to the end. Needs a capital and no verb or number."""
        s = view.s
        if not s.caps[at] or view.parser.lex.verbs.match(s.low, at):
            return None
        k = at
        while k < stop and s.word[k] not in ";.()" and k - at < 12:
            if s.low[k] in (",", "và") and (view.parser.units_at(k + 1, True) if k + 1 < stop else True):
                break
            if s.word[k][0].isdigit() or k > at and not s.caps[k] and view.parser.lex.verbs.match(s.low, k):
                return None
            k += 1
        if k - at < 2 or k < stop and s.word[k] not in ",;.(và":
            return None
        name = squeeze(self.text[s.at[at] : s.to[k - 1]])
        following = k + 1 if k < stop and s.low[k] in (",", ";", "và") else stop
        return Unit(s.at[at], s.to[k - 1], name, "organization"), following

    def _next_role(self, s: object, at: int, stop: int) -> int | None:
        low = s.low  # type: ignore[attr-defined]
        for k in range(at, min(at + 12, stop - 3)):
            if low[k : k + 3] == ["phối", "hợp", "với"]:
                return k + 3
        return None

    def _role_switch(self, s: object, at: int, stop: int) -> tuple[Role, int] | None:
        """After a list: "chủ trì, phối hợp với ..." or "phối hợp với ..."."""
        low = s.low  # type: ignore[attr-defined]
        while at < stop and low[at] in ("chủ", "trì", ",", "và", "(", ")"):
            at += 1
        if low[at : at + 3] == ["phối", "hợp", "với"]:
            return "supports", at + 3
        if low[at : at + 3] == ["phối", "hợp", "cùng"]:
            return "supports", at + 3 + (low[at + 3 : at + 4] == ["với"])
        return None

    def _heading(self, view: LineView) -> bool:
        """A heading that is nothing but units ("2. Giao Phòng Nội vụ", "3. Sở Tư pháp, Thanh tra tỉnh:")."""
        s = view.s
        at = self._command_at(s, 0) or 0
        through = s.low[:2] == ["chỉ", "đạo"]
        if through:
            at = 2
        m = _TASK_HEADING.match(self.text[view.line.content : view.line.end])
        if m:
            at = s.index_at(view.line.content + m.end())
        view.parser.whole = True
        units = view.parser.list_at(at, loose=True)
        view.parser.whole = False
        if not units:
            return False
        rest = s.word[units.next :]
        if [w for w in rest if w not in (":", ".", ",", ";")] and not self._duty_words(s, units.next):
            return False
        if units.units[0].weak and len(units.units) == 1 and at == 0 and not units.units[0].name[0].isupper():
            return False
        if view.line.kind == "purpose" or view.line.path in ("preamble",):
            return False
        if m and m[0] and len(units.units) == 1 and re.fullmatch(r"các (?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân|bên)(?:,? (?:và )?(?:cơ quan|đơn vị|địa phương|tổ chức|cá nhân))*(?: (?:có )?liên quan)?", units.units[0].name.lower()):
            return True  # "Trách nhiệm của các cơ quan, đơn vị" is the title of the parts below
        kept = [u for u in units.units if not u.persons and not self.is_issuer(u)]
        for unit in kept if not through else []:  # work given through another body: they report, nobody is charged here
            self._add(unit, "performs", view, "unit-heading", 0.95, heading=True)
        self.owners[view.line.path] = kept
        return bool(kept)

    @staticmethod
    def _duty_words(s: object, at: int) -> bool:
        tail = [w for w in s.low[at:] if w not in (":", ".", "(", ")")]  # type: ignore[attr-defined]
        return tail in (["có", "trách", "nhiệm"], ["chịu", "trách", "nhiệm"], ["thực", "hiện"], ["có", "nhiệm", "vụ"], ["cơ", "quan", "thường", "trực"])

    def _unit_bullet(self, view: LineView) -> bool:
        """"- Sở Y tế:" alone opens the "+" items below it; "- Sở Y tế: chủ trì ..." carries its own task."""
        line, s = view.line, view.s
        if line.kind == "purpose" or line.zone not in ("body", "closing", "appendix") or line.path == "preamble":
            return False
        at = self._command_at(s, 0) or 0
        units = view.parser.list_at(at, loose=True)
        if not units:
            return False
        after = self._skip_office(view, units)
        if after >= len(s) or s.word[after] != ":":
            return False
        kept = [u for u in units.units if not u.persons and not self.is_issuer(u)]
        if kept and kept[0].kind == "position" and re.match(r"(?:Ông|Bà|Đồng chí|đồng chí|Đ/c)\s", kept[0].name):
            kept = [u for u in kept if re.match(r"(?:Ông|Bà|Đồng chí|đồng chí|Đ/c)\s", u.name)]
        if not kept or (kept[0].weak and len(kept) == 1 and not kept[0].name[0].isupper()):
            return False
        role, _ = self._role_after(s, after + 1)
        for unit in kept:
            self._add(unit, role, view, "unit-colon", 0.93)
        self._supporters(view, after + 1, len(s))
        for i in range(len(view.clauses)):
            self.subjects[(view.index, i)] = kept
        if line.marker == "bullet":
            self.bullet_owner = (line.path, self.text[line.start], kept)
        else:
            self.owners[line.path] = kept
        for i, clause in enumerate(view.clauses):
            if clause[0] > after:
                self._clause(view, i, after + 1, inside=True)
        return True

    def _skip_office(self, view: LineView, units: UnitList) -> int:
        """"Ông A - Trưởng đoàn: ..." : index of the colon after the office of a person."""
        s, at = view.s, units.next
        if at < len(s) and s.word[at] in "-–," and units.units[-1].kind == "position":
            for k in range(at, min(at + 30, len(s))):
                if s.word[k] == ":":
                    return k
                if s.word[k] in ".;":
                    break
        return at

    # -- sentences

    def _sentences(self, view: LineView, stop: int | None = None) -> None:
        """Orders and subjects, clause by clause, up to offset `stop`."""
        line = view.line
        if line.zone in ("title", "recipients", "signature", "addressees", "header"):
            return
        consumed = 0
        for i, (first, last) in enumerate(view.clauses):
            if last <= consumed or stop is not None and view.s.at[first] >= stop:
                continue
            consumed = max(consumed, self._clause(view, i, max(first, consumed)))
            self._inherit_subject(view, i)
        found = self.subjects.get((view.index, 0))
        if line.marker not in ("", "bullet") and found and line.path not in self.owners:
            self.owners[line.path] = found
        if line.marker == "bullet" and found and self.text[line.start : line.end].rstrip().endswith(":"):
            self.bullet_owner = (line.path, self.text[line.start], found)

    def _inherit_subject(self, view: LineView, i: int) -> None:
        """A clause without a subject of its own goes on with that of the clause before it in the line."""
        key = (view.index, i)
        if key not in self.subjects and i and view.sentence[i] - view.sentence[i - 1] <= 1 and (view.index, i - 1) in self.subjects:
            self.subjects[key] = self.subjects[(view.index, i - 1)]

    def _clause(self, view: LineView, i: int, first: int, inside: bool = False) -> int:
        """Orders and subjects of clause `i` from index `first` on; gives the index up to which it was read."""
        last = view.clauses[i][1]
        reach = first
        purpose = view.line.kind == "purpose"
        ordered = 0 if purpose and view.s.low[first] != "giao" else self._orders(view, i, first, last)
        if ordered:
            return ordered
        if purpose and not any(c.line == view.index for c in self.found):
            return reach
        if inside or view.line.path == "preamble" or view.line.kind == "review" and not any(c.line == view.index for c in self.found):
            return reach
        closing = self._closing_order(view, i, first, last)
        if closing:
            return closing
        subject = self._subject(view, first, last)
        if subject:
            units, at = subject
            reach = self._charge(view, i, units, at, last, "subject", 0.88)
        elif view.s.low[first : first + 2] == ["phối", "hợp"] or self._role_after(view.s, first)[0] == "leads" and view.s.low[first] not in _SOFT - {"chủ"}:
            self._continued(view, i, first, last)
        return reach

    def _closing_order(self, view: LineView, i: int, first: int, last: int) -> int:
        """"Chánh Văn phòng ..., Giám đốc ..., Chủ tịch ... chịu trách nhiệm thi hành": every unit named before the verb performs (domain rule 4.2 M)."""
        s = view.s
        rest = self.text[s.at[first] : view.line.end]
        m = re.search(r"(?:chịu trách nhiệm|có trách nhiệm|căn cứ Quyết định(?: này)?)\s+(?:tổ chức\s+)?(?:thi hành|thực hiện)(?:\s+(?:Quyết định|Nghị quyết|Quy định))?", rest)
        if not m or ". " in rest[: m.start()]:
            return 0
        stop = s.index_at(s.at[first] + m.start())
        at, count = first, 0
        while at < stop:
            units = view.parser.list_at(at, loose=True)
            if units is None:
                at += 1
                continue
            for unit in units.units:
                if re.fullmatch(r"(?:các )?(?:ông|bà|ông, bà|ông \(bà\)?)", unit.name.lower()):
                    continue  # "Các ông (bà): Chánh Văn phòng, ..."
                if not unit.persons and s.index_at(unit.start) < stop and not (unit.weak and len(unit.name.split()) < 3):
                    self._add(unit, "performs", view, "closing-order", 0.93)
                    count += 1
            at = max(units.next, at + 1)
        return stop if count > 1 else 0

    def _orders(self, view: LineView, i: int, first: int, last: int) -> int:
        """"Giao X ...", "yêu cầu X ...", also after the issuer's name: every one in the clause."""
        s = view.s
        at, reach = first, 0
        while at < last:
            after = self._command_at(s, at)
            if after is None or after >= last or not self._commanding(view, first, at) or at != first and self._delegates(view, i, at):
                at += 1
                continue
            units = view.parser.list_at(after, loose=True)
            if units and s.low[at] == "chuyển" and not self._predicate(view, units.next, False):
                units = None
            if units is None or not self._chargeable(view, units, at == first):
                at += 1
                continue
            kept = tuple(u for u in units.units if not u.persons)
            reach = self._charge(view, i, UnitList(kept, units.end, units.next), units.next, max(last, units.next), "order", 0.95)
            at = max(units.next, at + 1)
        return reach

    def _delegates(self, view: LineView, i: int, at: int) -> bool:
        """Under a heading unit, "..., phân công lãnh đạo phụ trách" is that unit's own affair."""
        return view.s.low[at] in ("phân", "giao", "chỉ") and bool(self._owners_here(view)) and not self.subjects.get((view.index, i))

    def _commanding(self, view: LineView, first: int, at: int) -> bool:
        """Is the word at `at` an order? At the start of a clause, after a comma or "và", or right after a body's name."""
        s = view.s
        if at == first:
            return True
        before = s.low[at - 1]
        if before in _NOT_BEFORE_COMMAND:
            return False
        if before in (",", "và", "thời", ":", ")", "kính", "trân", "trọng", "thì", "xin", "–", "-", "tiếp", "tục", "ý", "nhất"):
            return True
        return self._issuer_ends_at(view, first, at)

    def _issuer_ends_at(self, view: LineView, first: int, at: int) -> bool:
        """Does the name of the issuer, or of a body above it, end right before index `at`?"""
        for k in range(max(first, at - 12), at):
            found = view.parser.units_at(k)
            if found and found[1] == at:
                return self.is_issuer(found[0][0])
        return False

    def _chargeable(self, view: LineView, units: UnitList, opens: bool) -> bool:
        kept = [u for u in units.units if not u.persons]
        if not kept:
            return False
        if kept[0].weak and len(kept) == 1 and not opens and len(kept[0].name.split()) < 4:
            return False
        return opens or not all(self.is_issuer(u) for u in kept)

    def _subject(self, view: LineView, first: int, last: int) -> tuple[UnitList, int] | None:
        """The units that open the clause, or that follow an adverbial and a comma, with a predicate right after them."""
        s = view.s
        starts = [first]
        if first < last and (s.low[first] in ("riêng", "và") or s.low[first : first + 2] in (["đồng", "thời"], ["ngoài", "ra"], ["song", "song"])):
            starts.append(first + (1 if s.low[first] in ("riêng", "và") else 2) + (s.low[first + 2 : first + 3] == [","]))
        opening = self.text[s.at[first] : s.at[first] + 24]
        if _ADVERBIAL.match(opening) or opening[:1].isdigit():
            starts += [k + 1 for k in range(first, last - 1) if s.word[k] in ",)"][:12]
        for k in starts:
            if k >= last or s.low[k : k + 2] == ["lãnh", "đạo"] and view.line.marker == "bullet" and self._owners_here(view):
                continue
            units = view.parser.list_at(k, loose=True)
            if not units or units.next >= last + 40:
                continue
            kept = [u for u in units.units if not u.persons]
            if not kept or kept[0].weak and not self._strong_enough(kept[0], k == first):
                continue
            if any(self.is_issuer(u) for u in kept) or re.search(r"thông báo[^.;]{0,60}biết", self.text[kept[-1].end : kept[-1].end + 160]):
                continue
            if k > first + 3 and (kept[0].weak or self.in_subject(kept[0].start)):
                continue
            if self._predicate(view, units.next, k <= first + 3):
                return UnitList(tuple(kept), units.end, units.next), units.next
        return None

    @staticmethod
    def _strong_enough(unit: Unit, opens: bool) -> bool:
        return len(unit.name.split()) >= 3 and (unit.name[0].isupper() or not opens)

    def _predicate(self, view: LineView, at: int, opens: bool) -> bool:
        """Does the predicate of an order begin at `at`? An adverbial word there counts only for a subject that opens the clause."""
        s = view.s
        if at < len(s) and s.word[at] == ",":
            hit = view.parser.lex.verbs.match(s.low, at + 1)
            return bool(hit and hit[1] == "weak" and opens)
        hit = view.parser.lex.verbs.match(s.low, at)
        return bool(hit and (hit[1] == "strong" or hit[1] == "weak" and opens))

    def _charge(self, view: LineView, i: int, units: UnitList, at: int, last: int, rule: str, confidence: float) -> int:
        role, joint = self._role_after(view.s, at)
        if self._directs(view, units, at) and role == "performs":
            role = "directs"
        if rule == "order" and role == "supports":
            role = "performs"
        for unit in units.units:
            if self.is_issuer(unit) and rule == "subject":
                continue
            self._add(unit, role, view, rule, confidence - (0.15 if unit.weak else 0))
        self.subjects[(view.index, i)] = list(units.units)
        reach = max(self._supporters(view, at, last), units.next)
        return max(reach, self._next_subject(view, i, reach, last)) if rule == "subject" else reach

    def _next_subject(self, view: LineView, i: int, at: int, last: int) -> int:
        """"Sở A cung cấp ..., Sở B báo cáo ..., Sở C thống kê ...": another body after a comma with its own verb, once the verb before has its object."""
        s = view.s
        for k in range(at + 3, last - 2):
            if s.word[k] != "," or not s.caps[k + 1] or view.parser.units_at(k - 1) or self._ends_unit(view, at, k):
                continue
            units = view.parser.list_at(k + 1)
            if units and not units.units[0].persons and units.units[0].kind != "position" and not any(self.is_issuer(u) for u in units.units) and self._predicate(view, units.next, False):
                return self._charge(view, i, units, units.next, last, "subject", 0.75)
        return at

    @staticmethod
    def _ends_unit(view: LineView, first: int, at: int) -> bool:
        return any((found := view.parser.units_at(k)) and found[1] == at for k in range(max(first, at - 12), at))

    @staticmethod
    def _directs(view: LineView, units: UnitList, at: int) -> bool:
        """"Đồng chí X, Phó Chủ tịch, trực tiếp chỉ đạo ..."."""
        low = view.s.low
        while at < len(low) and low[at] in _SOFT:
            at += 1
        if units.units[0].kind == "position" and low[at : at + 5] == ["theo", "lĩnh", "vực", "phụ", "trách"]:
            return True
        return units.units[0].kind == "position" and low[at : at + 2] in (["chỉ", "đạo"], ["phụ", "trách"])

    @staticmethod
    def _role_after(s: object, at: int) -> tuple[Role, bool]:
        """The role that the first verb after a subject gives, and whether it is joint work."""
        low = s.low  # type: ignore[attr-defined]
        k = at
        while k < len(low) and low[k] in _SOFT and not (low[k] == "chủ" and low[k + 1 : k + 2] == ["trì"]) and k - at < 8:
            k += 1
        for words in _LEAD:
            if tuple(low[k : k + len(words)]) == words or tuple(low[at : at + len(words)]) == words:
                return "leads", False
        if low[k : k + 5] in (["là", "cơ", "quan", "phối", "hợp"], ["là", "đơn", "vị", "phối", "hợp"], ["làm", "cơ", "quan", "phối", "hợp"]):
            return "supports", True
        if low[k : k + 2] == ["phối", "hợp"] and low[k + 2 : k + 3] not in (["với"], ["cùng"], ["chặt"]):
            return "supports", True
        if low[k : k + 2] == ["tham", "gia"]:
            return "supports", True
        return "performs", False

    def _supporters(self, view: LineView, at: int, last: int) -> int:
        """"..., phối hợp (chặt chẽ) với Y, Z": those units support. Gives the index after them."""
        low = view.s.low
        reach = at
        k = at
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
                                self._add(unit, "supports", view, "with", 0.9)
                        return units.next
            elif low[k] == "cùng" and low[k - 1] == "," and k > at and view.s.caps[k + 1 + (low[k + 1] == "với")] and self._role_after(view.s, at)[0] == "leads":
                units = view.parser.list_at(k + 1 + (low[k + 1] == "với"), loose=True)
                if units:
                    for unit in units.units:
                        self._add(unit, "supports", view, "with", 0.88)
                    return units.next
            k += 1
        return reach

    def _continued(self, view: LineView, i: int, first: int, last: int) -> None:
        """"Chủ trì, phối hợp với Y ..." under the heading of a unit: the unit leads, Y supports; a bare "Phối hợp với Y" makes the unit support."""
        owners = self._owners_here(view)
        if not owners:
            return
        leads = view.s.low[first] != "phối"
        for unit in owners:
            self._add(unit, "leads" if leads else "supports", view, "item-under-heading", 0.9)
        self.subjects[(view.index, i)] = owners
        if leads:
            self._supporters(view, first, last)

    def _owners_here(self, view: LineView) -> list[Unit]:
        line = view.line
        if self.bullet_owner and self.bullet_owner[0] == line.path and line.marker == "bullet" and self.text[line.start] != self.bullet_owner[1]:
            return self.bullet_owner[2]
        return self.owners_of(line.path)

    @staticmethod
    def _command_at(s: object, at: int) -> int | None:
        """Index after a word of command that stands at `at`, or None."""
        low = s.low  # type: ignore[attr-defined]
        if low[at : at + 1] == ["giao"] and low[at + 1 : at + 2] and low[at + 1] in _GIAO_NOUNS and not s.caps[at + 1]:  # type: ignore[attr-defined]
            return None
        for n in (4, 3, 2, 1):
            if tuple(low[at : at + n]) in _COMMANDS:
                return at + n
        return None

    def _add(self, unit: Unit, role: Role, view: LineView, rule: str, confidence: float, heading: bool = False) -> None:
        self.found.append(Charge(unit, role, view.line.path, view.index, rule, round(max(confidence, 0.3), 2), heading))
