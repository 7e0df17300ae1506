"""Mentions of other documents: forms of domain rule 2.4 (citations.jsonl) filled with instruments (instruments.jsonl) and laws.

Numbers, dates and subjects of cited documents are invented within their grammar; a document never gives one number to two documents."""

from __future__ import annotations

import datetime as dt
import re

from .cast import Cast
from .chance import Chance
from .instruments import HIGHEST, OWN, Instrument, citation_forms, instrument_rows, provisions, term_of
from .sheet import Entry, Sheet
from .times import Calendar, day_text
from .vocabulary import read

SINGLE = (("one", 10.0), ("short", 1.5), ("pin", 1.2), ("nested", 1.0), ("datefirst", 0.3), ("law", 2.0), ("amend", 0.5), ("alias", 0.5))
SEVERAL = (("list", 4.0), ("same", 4.0), ("law", 2.0), ("nested", 0.7))
DRAFTERS = ("TH", "VX", "KT", "NC", "XD", "KGVX", "NN", "TCCB", "KHTC", "PC", "VP", "CN")
POSITION_HEADS = ("Thủ tướng", "Chủ tịch", "Bộ trưởng", "Thống đốc", "Tổng Giám đốc", "Tổng ", "Giám đốc", "Chánh")


class Library:
    """The documents one document cites, and the writing of the mentions."""

    def __init__(self, chance: Chance, cast: Cast, days: Calendar) -> None:
        self.chance, self.cast, self.days = chance, cast, days
        self.cited: list[Instrument] = []
        self.numbers: set[str] = set()
        self.laws: dict[str, Instrument] = {}
        self.mine = ("UBND", "", False)
        """Symbol and long name of the issuer, and whether it numbers as the Party does."""
        level = cast.base if cast.base != "office" else "province"
        self.rows = [r for r in instrument_rows(cast.office["system"], level) if cast.tokens["DD"] or r["level"] != "district"]
        if cast.day > "2025-06-30":
            self.rows = [r for r in self.rows if r["level"] != "district"]

    def _date(self) -> dt.date:
        span = (self.cast.today - dt.date(2014, 2, 1)).days
        back = int(span * self.chance.random() ** 2.2)
        return self.cast.today - dt.timedelta(days=3 + back)

    def instrument(self, like: Instrument | None = None) -> Instrument:
        """A new instrument; with `like` one of the same type, date and issuer."""
        chance, cast = self.chance, self.cast
        if like is not None and like.number:
            old = re.match(r"\d+", like.number)
            assert old is not None
            number = f"{int(old[0]) + chance.between(1, 9)}{like.number[old.end() :]}"
            self.numbers.add(number)
            return Instrument(like.type, number, like.date, like.issuer, like.long, like.settled)
        while True:
            row = chance.pick(self.rows)
            date = self._date()
            ministry = chance.pick(cast.words.units["central"])
            if row["number"].find("{MIN}") >= 0 and not ministry.get("from", "") <= date.isoformat() <= ministry.get("to", "9"):
                continue
            most = 300 if row["system"] == "party" else 80 if "{y}" in row["number"] else 3000
            n = chance.between(1, min(HIGHEST.get(row["type"], most), most if row["type"] != "Nghị định" else 190))
            number = row["number"].format(
                n=f"{n:02d}" if chance.odds(0.8) else n, y=date.year, MIN=ministry["symbol"], UNIT=chance.pick(DRAFTERS), term=term_of(date)
            )
            if number not in self.numbers:
                break
        self.numbers.add(number)
        issuer, long = (cast.fill(row[key].replace("{MINISTRY}", ministry["unit"])) for key in ("issuer", "long"))
        if "{MINISTRY}" in row["issuer"] and not ministry["unit"].startswith("Bộ"):
            issuer = long = ministry["unit"]
        guess = (ministry["unit"], f"{ministry['head']} {ministry['unit']}") if "{MIN" in row["number"] else ()
        return Instrument(row["type"], number, date, issuer, long, bool(row.get("settled")), guess=guess)

    def law(self) -> Instrument:
        """A law, code or ordinance of the split; the same year and number throughout the document."""
        row = self.chance.pick(self.cast.words.laws)
        if row["law"] not in self.laws:
            date = dt.date(self.chance.between(2008, self.cast.today.year - 1), self.chance.pick((6, 11)), self.chance.between(10, 29))
            term = term_of(date)
            tail = "PL-UBTVQH" if row["type"] == "Pháp lệnh" else "QH"
            number = f"{self.chance.between(10, 99)}/{date.year}/{tail}{term}"
            self.numbers.add(number)
            body = "Ủy ban Thường vụ Quốc hội" if row["type"] == "Pháp lệnh" else "Quốc hội"
            self.laws[row["law"]] = Instrument(row["type"], number, date, body, body, True, f"{row['type']} {row['law']}")
        return self.laws[row["law"]]

    def subject(self) -> str:
        """What a cited document is about."""
        return self._about("subjects", "subject")

    def _about(self, file: str, key: str) -> str:
        text: str = self.chance.pick(read(file))[key]
        if "{" not in text:
            return text
        topic = self.cast.topic if self.chance.odds(0.55) else self.chance.pick(self.cast.words.topics)["topic"]
        year = self.cast.today.year - self.chance.between(0, 3)
        return text.format(t=topic, y=year, y5=year + 5, PKIND=self.cast.tokens["PKIND"])

    def provision(self) -> str:
        """A pinpoint as printed."""
        chance = self.chance
        a, b, c = chance.between(1, 5), chance.between(2, 60), chance.between(0, 5)
        letters = "abcdđeg"
        return chance.pick(provisions()).format(a=a, a2=a + 1, a3=a + 3, b=b, b2=b + 1, b3=b + 4, c=letters[c], c2=letters[c + 1])

    def cite(self, sheet: Sheet, relation: str, several: bool = False, use: str | None = None) -> None:
        """Writes one mention (or a list) with the given relation; inner documents of a subject are "mentions"."""
        use = use or self.chance.weighted(SEVERAL if several else SINGLE)
        pieces = self.chance.pick(citation_forms()[use])
        made: dict[int, Instrument] = {}
        entries: dict[int, Entry] = {}
        provision: str | None = None
        for literal, slot, index in pieces:
            if literal:
                sheet.put(literal)
                continue
            if index not in made:
                made[index] = self._choose(use, slot, made)
            it = made[index]
            if slot in ("ref", "no", "law", "lawyear", "lawno", "lawnum"):
                inner = (use == "nested" and index > 1) or (use == "amend" and index > 1)
                entry = self._mention(sheet, it, slot, "mentions" if inner else relation)
                if inner:
                    entry["relation_alt"] = ["amends", relation] if use == "amend" else [relation]
                if provision and index == 1:
                    entry["provision"] = provision
                entries[index] = entry
            elif slot == "prov":
                provision = self.provision()
                sheet.put(provision)
            elif slot in ("date", "long"):
                sheet.put(
                    day_text(self.chance, it.date) if slot == "date" else f"{it.date.day:02d} tháng {it.date.month:02d} năm {it.date.year}"
                )
                entries.setdefault(index, {})["issued_on"] = it.date.isoformat()
            elif slot == "issuer":
                sheet.put(it.issuer, "POSITION" if it.issuer.startswith(POSITION_HEADS) else "UNIT")
                entries.setdefault(index, {})["issuer"] = it.long
            elif slot == "subject":
                sheet.put(self.subject())
            elif slot == "dossier":
                sheet.put(self._about("dossiers", "dossier"))
            elif slot == "again":
                self._mention(sheet, it, "ref", "mentions")["relation_alt"] = [relation]
        if use == "datefirst":
            entries[1]["issued_on"], entries[1]["issuer"] = made[1].date.isoformat(), made[1].long
        if use == "same":
            self._inherit(entries)
        if use in ("one", "short", "pin", "list", "same", "alias"):
            self.cited += [it for it in made.values() if it.number]

    def _choose(self, use: str, slot: str, made: dict[int, Instrument]) -> Instrument:
        if slot.startswith("law") or (slot == "prov" and use == "law"):
            for _ in range(6):
                law = self.law()
                if all(law is not other for other in made.values()):
                    break
            return law
        if use == "same" and made:
            return self.instrument(like=made[1])
        it = self.instrument()
        while use == "same" and not it.number:
            it = self.instrument()
        return it

    def _inherit(self, entries: dict[int, Entry]) -> None:
        """A date and issuer printed after a list hold for the members before it (domain rule 2.4, "shared date + issuer")."""
        last = entries[max(entries)]
        for entry in entries.values():
            for key in ("issued_on", "issuer"):
                if last.get(key) and not entry.get(key):
                    entry[key] = last[key]
                    entry.setdefault("inherited", []).append(key)

    def _mention(self, sheet: Sheet, it: Instrument, slot: str, relation: str) -> Entry:
        number: str | None = it.number
        name: str | None = None
        issued: str | None = None
        if slot == "ref":
            party = it.number is not None and re.match(r"\d+[a-z]?-", it.number) is not None
            text = f"{it.type} {it.number}" if self.chance.odds(0.15 if party else 0.03) else f"{it.type} số {it.number}"
        elif slot == "no":
            text = f"số {it.number}" if self.chance.odds(0.7) else str(it.number)
        elif slot == "law":
            text, name, number = str(it.name), it.name, None
        elif slot == "lawyear":
            text, name, number, issued = f"{it.name} năm {it.date.year}", it.name, None, str(it.date.year)
        elif slot == "lawno":
            text = f"{it.name} số {it.number}"
        else:
            text = f"{it.type} số {it.number}"
        where = sheet.put(text, "DOCREF")
        entry = sheet.note(
            sheet.citations, where, text=text.removeprefix("số ") if slot == "no" else text, type=it.type, number=number, name=name,
            issued_on=issued, issuer=None, provision=None, relation=relation,
        )  # fmt: skip
        if slot.startswith("law"):
            entry["issuer_alt"] = [it.long, None]
            if number:
                entry["name_alt"] = [it.name]
                entry["issuer"] = it.long
        elif it.settled:
            entry["issuer"] = it.long
        elif it.guess:
            entry["issuer_alt"] = list(it.guess)
        return entry

    def cite_own(self, sheet: Sheet, relation: str, pinpoint: bool = False) -> None:
        """Writes a mention of a document of the issuer itself ("Kế hoạch số 12/KH-SNV ngày ..."), with a pinpoint before it if asked."""
        chance, mine = self.chance, self.mine
        kind, code = chance.pick(OWN if relation not in ("amends", "replaces", "repeals") else OWN[:3])
        n = chance.between(3, HIGHEST.get(kind, 900))
        number = f"{n:02d}-{code}/{mine[0]}" if mine[2] else f"{n:02d}/{code}-{mine[0]}"
        while number in self.numbers:
            n += 1
            number = f"{n:02d}-{code}/{mine[0]}" if mine[2] else f"{n:02d}/{code}-{mine[0]}"
        self.numbers.add(number)
        it = Instrument(kind, number, self.days.past(), mine[1], mine[1], False)
        provision = self.provision() if pinpoint else None
        sheet.put(f"{provision} " if provision else "")
        entry = self._mention(sheet, it, "ref", relation)
        entry["provision"] = provision
        if chance.odds(0.7):
            sheet.put(f" ngày {day_text(chance, it.date)}")
            entry["issued_on"] = it.date.isoformat()
            if chance.odds(0.4):
                sheet.put(f" về {self.subject()}")
        entry["issuer_alt"] = [it.long]
        if relation not in ("replaces", "repeals"):
            self.cited.append(it)

    def again(self, sheet: Sheet, relation: str) -> None:
        """A bare repeat of a document cited before, or a short first mention if there is none."""
        if not self.cited:
            self.cite(sheet, relation, use="short")
            return
        self._mention(sheet, self.chance.pick(self.cited), "ref", relation)
