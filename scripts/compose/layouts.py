"""Building blocks of bodies (domain rule 4.2): numbered parts with label lines, "Giao ..." items, unit headings, tables."""

from __future__ import annotations

from functools import cache

from .cast import Unit
from .page import Page, headings
from .vocabulary import read
from .writer import Writer, flat

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@cache
def labels(role: str) -> list[str]:
    """The labels of one role ("Cơ quan chủ trì") or of the time and product lines."""
    return [row["label"] for row in read("labels") if row["role"] == role]


class Body:
    """Writes the numbered parts of one document. `chapter` is the path of the open chapter ("" in a công văn)."""

    def __init__(self, writer: Writer, page: Page) -> None:
        self.w, self.page = writer, page
        self.sheet, self.chance, self.cast = writer.sheet, writer.chance, writer.cast
        self.chapter, self.count = "", 0
        self.chapters = 0
        self.label_lead = self.chance.pick(labels("leads"))
        self.label_support = self.chance.pick(labels("supports"))
        self.label_perform = self.chance.pick(labels("performs"))
        self.label_direct = self.chance.pick(labels("directs"))
        self.label_time = self.chance.pick(labels("time"))
        self.separator = "-" if page.party and self.chance.odds(0.4) else "."
        self.bullet = self.chance.pick(("- ", "- ", "- ", "+ ", "* "))
        self.loud = self.chance.odds(0.8)
        self.headed: set[str] = set()
        self.scale = self.chance.weighted(((1.0, 4.0), (1.7, 4.0), (2.8, 2.0)))

    def many(self, low: int, high: int) -> int:
        """How many items, by the length of the document."""
        return round(self.chance.between(low, high) * self.scale)

    def open_chapter(self, use: str) -> None:
        """A Roman chapter with one of the headings of `use`."""
        title = self.chance.pick(headings(use))
        self.page.paragraph()
        self.chapter, self.count = ROMAN[self.chapters], 0
        self.chapters += 1
        self.sheet.section(self.chapter, title)
        self.sheet.put(f"{self.chapter}{self.separator} {title if self.loud else title.capitalize()}")
        self.page.paragraph()

    def number(self, title: str = "") -> None:
        """Opens the next numbered item of the chapter: "2. "."""
        self.page.paragraph()
        self.count += 1
        path = f"{self.chapter}.{self.count}" if self.chapter else str(self.count)
        self.sheet.section(path, title)
        self.sheet.put(f"{self.count}{self.separator} {title}")

    def dash(self) -> None:
        """Opens a dash item; it keeps the path of the number above it."""
        self.page.paragraph()
        self.sheet.put(self.bullet)

    def prose(self, use: str, count: int, dashed: bool) -> None:
        """Paragraphs that assign nothing (aims, evaluation, targets)."""
        for _ in range(count):
            self.dash() if dashed else self.page.paragraph()
            self.w.say(use)
        self.page.paragraph()

    # tasks ------------------------------------------------------------------------------------------------------------
    def labelled(self, plus: bool) -> None:
        """Lines that close a task: who directs, leads, supports or performs, and by when."""
        w, chance = self.w, self.chance
        mark = "+ " if plus else "- "
        mixed = chance.odds(0.5)

        def line(label: str) -> None:
            self.page.line() if chance.odds(0.25) else self.page.paragraph()
            self.sheet.put(f"{mark}{label}: ")
            self.sheet.capital = True

        def end() -> None:
            self.sheet.capital = False
            self.sheet.put(chance.pick((".", ".", ";", "")))

        if mixed:
            if chance.odds(0.6):
                line(self.label_direct)
                w.units([self.cast.position()], "directs")
                end()
            line(self.label_perform)
            w.units(w.unit_list("n"), "performs")
            end()
        else:
            line(self.label_lead)
            if chance.odds(0.12):
                w.units([self.cast.organization()], "leads")
                self.sheet.put(" phối hợp với ")
                w.units([self.cast.organization()], "supports")
            else:
                w.units([self.cast.organization()] if chance.odds(0.8) else w.unit_list("n"), "leads")
                if chance.odds(0.06):
                    self.sheet.put(" (")
                    w.units([self.cast.organization()], "leads", optional=True)
                    self.sheet.put(")")
            end()
            if chance.odds(0.85):
                line(self.label_support)
                w.units(w.unit_list("n"), "supports")
                end()
        if chance.odds(0.15):
            line(chance.pick(labels("product")))
            self.sheet.put(chance.pick(("Báo cáo, biên bản.", "Kế hoạch được phê duyệt.", "Văn bản triển khai.", "Hội nghị được tổ chức.")))
        if chance.odds(0.9):
            line(self.label_time)
            self._time_line()
            end()
        self.page.paragraph()

    def _time_line(self) -> None:
        w = self.w
        self.sheet.capital = False
        if self.chance.odds(0.1):
            where = self.sheet.put("Thường xuyên", "TIME")
            self.sheet.note(
                self.sheet.deadlines,
                where,
                text="Thường xuyên",
                earliest=None,
                latest=None,
                recurrence=None,
                continuous=True,
                relative=None,
            )
            brackets = self.chance.odds(0.6)
            self.sheet.put(", cung cấp tài liệu minh chứng " + ("(" if brackets else ""))
            w.when("date")
            self.sheet.put(")" if brackets else "")
        elif self.chance.odds(0.15):
            self.sheet.put("Hoàn thành ")
            w.when("date")
        else:
            w.when("label", capital=True)

    def tasks(self, count: int, layout: str) -> None:
        """A chapter's numbered tasks: layout A or B with label lines, W plain, H with a subject; now and then with sub-numbers."""
        w, chance = self.w, self.chance
        nested, style = chance.odds(0.25), chance.odds(0.75)
        for _ in range(count):
            if nested:
                self.number(chance.pick(headings("small")))
                top = self.sheet.path
                for sub in range(1, chance.between(2, 3) + 1):
                    self.page.paragraph()
                    self.sheet.section(f"{top}.{sub}")
                    letter = "abcd"[sub - 1]
                    if not style:
                        self.sheet.sections[-1] = (f"{top}.{letter}", "", self.sheet.at)
                        self.sheet.path = f"{top}.{letter}"
                    self.sheet.put(f"{self.count}.{sub}. " if style else f"{letter}) ")
                    self._task(layout)
            else:
                self.number()
                self._task(layout)
        w.heading, w.printed_heading = [], []

    def _task(self, layout: str) -> None:
        w, chance = self.w, self.chance
        w.say("sentence" if layout == "H" and chance.odds(0.7) else "work")
        for _ in range(chance.between(0, 2)):
            self.sheet.put(" ") if chance.odds(0.5) else self.page.paragraph()
            w.say("work")
        if layout in ("A", "B"):
            self.labelled(plus=layout == "B")

    # assignment of duties ---------------------------------------------------------------------------------------------
    def duties(self, count: int, layout: str, reports: bool = True) -> None:
        """The part that assigns: C "Giao ..." items, D unit headings, E "Giao X" headings, F one-sentence items,
        G headings repeated by "Giao"."""
        chance, w = self.chance, self.w
        report_at = chance.between(max(1, count - 1), count) if reports else 0
        for i in range(1, count + 1):
            if layout == "C":
                self.number()
                w.say("report" if i == report_at else "giao")
                if chance.odds(0.2):
                    self.sheet.put(" ")
                    w.say("giao")
            elif layout == "F":
                self.number()
                w.say("report" if i == report_at else "sentence")
            else:
                self.unit_heading(layout, i == report_at)
        if chance.odds(0.3):
            self.number()
            w.say("adhoc")
        self.page.paragraph()

    def unit_heading(self, layout: str, report: bool) -> None:
        """A numbered heading that names units, and dash items with their tasks."""
        chance, w, sheet = self.chance, self.w, self.sheet
        draw = chance.random()
        w.busy = set(self.headed)
        if draw < 0.62:
            chosen = w.unit_list("1")
        elif draw < 0.75:
            chosen = chance.some([u for u in self.cast.organizations if u.text not in self.headed] or self.cast.organizations, 2)
        elif draw < 0.92:
            chosen = [self.cast.group(heads=chance.odds(0.3))]
        else:
            chosen = [*w.unit_list("1"), self.cast.group()]
        self.headed |= {unit.text for unit in chosen}
        self.number()
        cue = ("Giao " if layout == "E" else "Đề nghị ") if layout == "E" or chance.odds(0.1) else ""
        if cue and chance.odds(0.15):
            cue = "Trách nhiệm của "
        sheet.put(cue)
        sheet.capital = not cue
        w.printed_heading = w.units(chosen, "performs")
        w.heading = flat(chosen)
        sheet.capital = False
        sheet.put(chance.pick(("", "", ":", "")))
        colon_prose = sheet.last == ":" and chance.odds(0.5)
        if colon_prose:
            sheet.put(" ")
            told = len(sheet.assignments)
            w.say("item")
            if any(entry["start"] == entry["end"] for entry in sheet.assignments[told:]):  # "Sở Y tế: Chủ trì ...": the role says it
                for entry in sheet.assignments[told - len(w.heading) : told]:
                    entry["optional"] = True
        else:
            for i in range(chance.between(1, 4)):
                self.dash() if chance.odds(0.9) else self.page.paragraph()
                w.say("regiao" if layout == "G" and i == 0 else "item")
        if report:
            self.dash()
            w.say("report-item")
        w.heading, w.printed_heading = [], []

    def note_items(self) -> None:
        """Now and then a line with a person to call, a form, a cut-off date: nothing of it is a duty."""
        if self.chance.odds(0.25):
            self.page.paragraph()
            self.w.say("note")

    # appendix ---------------------------------------------------------------------------------------------------------
    def appendix(self, number: int | None, about: str) -> None:
        """An appendix whose table assigns tasks, as pipe rows; "nt" repeats the unit above."""
        chance, sheet, w, page = self.chance, self.sheet, self.w, self.page
        sheet.breaks("\n\n")
        path = f"PL{number}" if number else "PL"
        sheet.section(path)
        sheet.put(f"PHỤ LỤC {ROMAN[number - 1]}" if number else chance.pick(("PHỤ LỤC", "Phụ lục")))
        page.line()
        sheet.put(chance.pick(headings("appendix")))
        page.line()
        sheet.put(f"(Kèm theo {about}")
        w.mention(w.me)
        sheet.put(")")
        page.line()
        supports, products, times = chance.odds(0.8), chance.odds(0.35), chance.odds(0.95)

        def pick(use: str) -> str:
            return chance.pick(headings(use))

        columns = [pick("col-no"), pick("col-task"), pick("col-lead")] + [pick("col-support")] * supports
        columns += [pick("col-product")] * products + [pick("col-time")] * times + ([pick("col-note")] if chance.odds(0.2) else [])
        sheet.put("| " + " | ".join(columns) + " |")
        page.line()
        sheet.put("|" + "---|" * len(columns))
        above: list[Unit] = []
        for row in range(1, chance.between(3, 7) + 1):
            page.line()
            sheet.put(f"| {row} | ")
            sheet.capital = True
            w.task()
            sheet.put(" | ")
            sheet.capital = True
            if above and chance.odds(0.12):
                sheet.capital = False
                sheet.put(chance.pick(("nt", "-nt-", "Như trên")))
            else:
                above = [self.cast.organization()] if chance.odds(0.85) else chance.some(self.cast.organizations, 2)
                w.units(above, "leads")
            if supports:
                sheet.put(" | ")
                sheet.capital = True
                w.units(w.unit_list("n" if chance.odds(0.6) else "x"), "supports")
            sheet.capital = False
            if products:
                sheet.put(" | " + chance.pick(("Báo cáo", "Kế hoạch", "Văn bản", "Tờ trình", "Hội nghị")))
            if times:
                sheet.put(" | ")
                w.when("label", capital=True)
            sheet.put(" |" + " |" * (len(columns) - 3 - supports - products - times))
        page.paragraph()
