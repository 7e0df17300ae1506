"""The fixed zones of a page: letterhead, number, place and date, title, addressees, recipients and signature (domain rules 1.1 to 1.4)."""

from __future__ import annotations

import datetime as dt
from functools import cache

from .cast import Unit
from .sheet import Entry
from .vocabulary import Row, read
from .writer import Writer

CODES = {
    "Kế hoạch": "KH", "Quyết định": "QĐ", "Chỉ thị": "CT", "Công điện": "CĐ", "Kết luận": "KL", "Thông báo": "TB", "Hướng dẫn": "HD",
    "Chương trình": "CTr", "Nghị quyết": "NQ", "Báo cáo": "BC", "Tờ trình": "TTr", "Công văn": "CV", "Thông báo kết luận": "TB",
}  # fmt: skip
AUTHORITIES = ("TM.", "KT.", "TL.", "TUQ.", "Q.", "T/M", "K/T", "T/L")
STATE_TOP = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_TOP = "ĐẢNG CỘNG SẢN VIỆT NAM"
URGENT = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


@cache
def headings(use: str) -> list[str]:
    """The ways to print one heading."""
    return [row["heading"] for row in read("headings") if row["use"] == use]


@cache
def _recipient_rows(level: str) -> list[Row]:
    return [row for row in read("recipients") if row["level"] == level]


class Page:
    """Writes the zones around the body; `document` collects the header of the gold record."""

    def __init__(self, writer: Writer, kind: str, symbol: str, gap: str) -> None:
        self.w, self.kind, self.symbol, self.gap = writer, kind, symbol, gap
        self.sheet, self.chance, self.cast = writer.sheet, writer.chance, writer.cast
        self.party: bool = writer.cast.office["system"] == "party"
        self.draft = self.chance.odds(0.05)
        self.document: Entry = {}
        self.signature: str = self.chance.weighted([(row[0], row[1]) for row in self.cast.office["signatures"]])

    def paragraph(self) -> None:
        """A fresh paragraph."""
        self.sheet.breaks(self.gap)

    def line(self) -> None:
        """A fresh line."""
        self.sheet.breaks("\n")

    def number(self) -> tuple[str, str]:
        """The number as printed and as the gold file gives it."""
        chance, office = self.chance, self.cast.office
        n = "" if self.draft else f"{chance.between(1, 3800 if office['level'] in ('province', 'central') else 700):02d}"
        code = CODES[self.kind]
        if self.party:
            return (f"Số{chance.pick(('', ':'))} {n}-{code}/{self.symbol}", f"{n}-{code}/{self.symbol}")
        tail = f"{self.symbol}-{chance.pick(office['codes'])}" if self.kind == "Công văn" else f"{code}-{self.symbol}"
        return f"Số: {n}{'    ' if self.draft else ''}/{tail}", f"{n}/{tail}"

    def top(self) -> None:
        """Letterhead, number, place and date; the type and title follow in `heading`."""
        sheet, chance, cast, today = self.sheet, self.chance, self.cast, self.cast.today
        head = [cast.fill(line) for line in cast.office["letterhead"]]
        wide = chance.odds(0.2)
        printed, number = self.number()
        day = "      " if self.draft else f"{today.day:02d}"
        month = f"{today.month:02d}" if today.month < 3 else str(today.month)
        date = f"ngày {day} tháng {month} năm {today.year}"
        place = cast.fill(cast.office["place"])
        if place == "Hồ Chí Minh":
            place = "Thành phố Hồ Chí Minh"
        if chance.odds(0.03):  # the stamp of the office that received it: its number and date are not the document's
            arrived = today + dt.timedelta(days=chance.between(1, 6))
            sheet.put(f"ĐẾN\nSố: {chance.between(11, 4999)}\nNgày: {arrived.day:02d}/{arrived.month:02d}/{arrived.year}")
            self.paragraph()
        start = sheet.at
        right = [PARTY_TOP] if self.party else list(STATE_TOP)
        for i, line in enumerate(head):
            name = line.replace("|", " " if wide or chance.odds(0.6) else "\n").upper()
            sheet.put(name, "UNIT" if not name.startswith("THỦ TƯỚNG") else "POSITION")
            if wide and right:
                sheet.put("          " + right.pop(0))
            self.line()
            if self.party and i == len(head) - 1 and chance.odds(0.6):
                sheet.put("*")
                self.line()
        together = chance.odds(0.15)
        for i, line in enumerate(right):
            sheet.put(" ") if together and i else self.paragraph()
            sheet.put(line)
        sheet.zones.append(("letterhead", start, sheet.at))
        self.paragraph()
        sheet.put(printed)
        sheet.put("          ") if wide else self.paragraph()
        sheet.put(f"{place}, ")
        sheet.put(date)
        self.paragraph()
        issued = today.isoformat()[:7] if self.draft else today.isoformat()
        self.document |= {"number": number.replace(" ", ""), "place": place, "issued_on": issued, "draft": self.draft}

    def urgency(self, share: float) -> None:
        """The urgency mark, on a share of the documents."""
        self.document["urgency"] = self.chance.pick(URGENT) if self.chance.odds(share) else None
        if self.document["urgency"]:
            self.sheet.put(self.document["urgency"])
            self.paragraph()

    def heading(self) -> None:
        """Type and subject; a công văn has only the subject, with V/v."""
        sheet, w = self.sheet, self.w
        sheet.path = "title"
        letter = self.kind == "Công văn"
        printed_type = "THÔNG BÁO" if self.kind == "Thông báo kết luận" else self.kind.upper()
        if letter:
            sheet.put("Về việc " if self.party else "V/v ")
        else:
            sheet.put(printed_type)
            self.line() if self.chance.odds(0.6) else self.paragraph()
        start, spans_before, cited_before = sheet.at, len(sheet.spans), len(sheet.citations)
        w.title_frame(self.kind, letter)
        text = "".join(sheet.parts)[start:] if sheet.at - start else ""
        spans = [(s - start, e - start, label) for s, e, label in sheet.spans[spans_before:]]
        cites = sheet.citations[cited_before:]
        if not spans and len(text) > 60 and self.chance.odds(0.5):
            self._wrap(start, text)
        self.document["title"] = text
        if letter and self.party:
            self.document["title_alt"] = ["Về việc " + text]
        w.remember_title(text, spans, cites)
        for entry in cites:
            entry["relation_alt"] = [*entry.get("relation_alt", []), "basis", "mentions", "implements"]
        self.paragraph()

    def _wrap(self, start: int, text: str) -> None:
        """Breaks a long title without names into two lines; the gold title stays one line."""
        cut = text.find(" ", len(text) // 2)
        if cut < 0:
            return
        whole = "".join(self.sheet.parts)
        self.sheet.parts = [whole[: start + cut], "\n", whole[start + cut + 1 :]]

    def addressees(self, units: list[Unit]) -> None:
        """Kính gửi (X điện for a công điện): one line, or a list with dashes."""
        sheet, chance = self.sheet, self.chance
        cue = f"{self.w.me.text.upper() if chance.odds(0.5) else self.w.me.text} điện:" if self.kind == "Công điện" else "Kính gửi:"
        if self.kind == "Công điện":
            sheet.put(cue[: -len(" điện:")], self.w.me.label)
            sheet.put(" điện:")
        else:
            sheet.put(cue)
        if len(units) == 1 or chance.odds(0.2):
            units = units[:1]
            sheet.put(" ")
            sheet.capital = chance.odds(0.5)
            names = [self._named(units[0])]
            if chance.odds(0.4):
                sheet.put(".")
        else:
            names = []
            for i, unit in enumerate(units):
                self.line()
                sheet.put("- ")
                sheet.capital = True
                names.append(self._named(unit))
                sheet.put("." if i == len(units) - 1 else ";")
        self.document["addressees"] = names
        self.paragraph()

    def _named(self, unit: Unit) -> str:
        """Writes a unit and returns it as printed."""
        before = len(self.sheet.parts)
        self.w.mention(unit)
        return "".join(self.sheet.parts[before:])

    def bottom(self) -> None:
        """Recipients and signature."""
        sheet, chance = self.sheet, self.chance
        sheet.path = "recipients"
        self.paragraph()
        if chance.odds(0.12):
            self._signature(self.signature)
            self._recipients()
        else:
            self._recipients()
            self._signature(self.signature)
        self.document.setdefault("addressees", [])

    def _recipients(self) -> None:
        sheet, chance, cast = self.sheet, self.chance, self.cast
        sheet.put(chance.pick(("Nơi nhận:", "Nơi nhận:", "Nơi nhận")))
        lines: list[str] = []

        def row(text: str | Unit, label: str | None = None, mark: str = "") -> None:
            self.line()
            start = sheet.at
            sheet.put("- ")
            sheet.capital = True
            before = len(sheet.parts)
            if isinstance(text, Unit):
                self.w.mention(text)
            else:
                sheet.put(text, label)
            if mark:
                sheet.put(f" ({mark})")
            lines.append("".join(sheet.parts[before:]))
            sheet.put(";")
            assert sheet.at > start

        if self.document.get("addressees") or chance.odds(0.15):
            row("Như trên", None)
        rows = _recipient_rows(cast.level)
        for r in chance.some(rows, chance.between(1, 4)):
            row(
                cast.fill(r["line"]), r.get("label"), chance.pick((r.get("mark", ""), r.get("mark", ""), "để b/c")) if r.get("mark") else ""
            )
        for unit in chance.some(cast.organizations, chance.between(1, 3)):
            row(unit)
        if chance.odds(0.7):
            row(cast.group())
        self.line()
        keep = chance.pick(("Lưu: VT", "Lưu VT", "Lưu: VT"))
        if self.party:
            keep = chance.pick(("Lưu Văn phòng", "Lưu VP", "Lưu: VT"))
        tail = f", {chance.pick(cast.office['codes'])}" if chance.odds(0.7) else ""
        keep += tail + (f"({chance.pick(('b', 'ltn', 'hvt', 'H'))})" if tail and chance.odds(0.3) else "")
        sheet.put(f"- {keep}.")
        lines.append(keep)
        self.document["recipients"] = lines
        self.paragraph()

    def _signature(self, signature: str) -> None:
        sheet = self.sheet
        authority: list[str] = []
        position: str | None = None
        for part in signature.split("|"):
            cue = next((a for a in AUTHORITIES if part.startswith(a)), "")
            name = part[len(cue) :].strip()
            if cue:
                sheet.put(cue + " ")
                authority.append(cue)
            collective = cue in ("TM.", "T/M")
            sheet.put(name, "UNIT" if collective else "POSITION")
            position = None if collective else name
            self.line()
        self.paragraph()
        person = self.cast.person()
        sheet.put(person, "PERSON")
        self.paragraph()
        shown = position.capitalize() if position else None
        if shown and shown.startswith("Phó "):
            shown = "Phó " + shown[4:].capitalize()
        self.document |= {"signer": person, "signer_position": shown, "authority": ";".join(authority) or None}
