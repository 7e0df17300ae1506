"""One document from a seed, an index and a split."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from .bodies import write_body
from .cast import Cast, Unit, offices
from .chance import Chance
from .gold import entities, gold_record
from .noise import distort
from .page import Page
from .references import Library
from .sheet import Sheet
from .slots import all_slots
from .times import Calendar
from .vocabulary import Row, vocabulary
from .writer import Writer

FIRST, LAST = dt.date(2021, 1, 4), dt.date(2026, 10, 30)
REORGANISED = dt.date(2025, 7, 1)
NOISES = ("none", "ocr")


@dataclass(frozen=True)
class Composed:
    """A composed document. `entities` are (start, end, label) in `text`, half open, sorted, without overlaps;
    `gold` is a record in the form of gold/GUIDE.md, always of the text before noise."""

    name: str
    text: str
    gold: dict[str, Any]
    entities: list[tuple[int, int, str]]


def _day(chance: Chance) -> dt.date:
    """A working day: about half of the documents after the reorganisation of 01/7/2025, a sixth between 01/3 and 30/6/2025."""
    draw = chance.random()
    if draw < 0.34:
        first, last = FIRST, dt.date(2025, 2, 28)
    elif draw < 0.5:
        first, last = dt.date(2025, 3, 1), dt.date(2025, 6, 30)
    else:
        first, last = REORGANISED, LAST
    day = first + dt.timedelta(days=chance.between(0, (last - first).days))
    return min(last, day + dt.timedelta(days=7 - day.isoweekday() + 1)) if day.isoweekday() > 5 else day


def _office(chance: Chance, split: str, day: dt.date) -> Row:
    today = day.isoformat()
    fitting = [(row, row["weight"]) for row in offices(split) if row.get("from", "") <= today <= row.get("to", "9999")]
    while True:
        office: Row = chance.weighted(fitting)
        if "unit" not in office or _houses(split, office, today):
            return office


def _houses(split: str, office: Row, today: str) -> list[Row]:
    """The units that may be the issuer where the office is "a Sở", "a Bộ", "a Phòng"."""
    return [
        row
        for row in vocabulary(split).units.get(office["unit"], [])
        if row["unit"].startswith(office["head"] + " ")
        and "{L" not in row["unit"]
        and row.get("from", "") <= today <= row.get("to", "9999")
    ]


URGENT_DOMAINS = ("thiên tai", "an ninh", "y tế", "nông nghiệp", "xây dựng", "môi trường")


def _name_issuer(chance: Chance, office: Row, house: Row | None, cast: Cast, writer: Writer) -> tuple[str, str]:
    """Sets how the issuer calls itself; returns its long name and the symbol of its numbers."""
    tokens = cast.tokens
    tokens["DSUP"] = f"{tokens['HU']} {tokens['D']}" if tokens["DD"] else f"{tokens['TU']} {tokens['P']}"
    if house is not None:
        row = house
        short = cast.fill(row["unit"])
        place = tokens["P"] if office["system"] == "party" else tokens["PL"]
        long = short if office["level"] in ("central", "party-central") else f"{short} {place}"
        symbol, boss = row["symbol"], office["boss"]
        if office["system"] == "state" and office["level"] == "central":
            boss = f"Bộ trưởng {short}"
        elif office["head"] == "Sở":
            boss = f"Giám đốc {short}"
        elif office["head"] == "Phòng":
            boss = f"Trưởng {short}"
        else:
            boss = f"Trưởng {short}"
        tokens["UNIT"] = short
        writer.me, writer.boss = Unit(short), boss
        return long, symbol
    long, short = cast.fill(office["long"]), cast.fill(office["short"])
    printed = long if chance.odds(0.12) else short.replace("UBND", "Ủy ban nhân dân") if chance.odds(0.15) else short
    writer.me, writer.boss = Unit(printed, office.get("kind", "organization")), cast.fill(office["boss"])
    return long, office["org"]


def compose(seed: int, index: int, split: str = "train", noise: str = "none") -> Composed:
    """The document `index` of the corpus `seed`: the same arguments give the same bytes.

    Raises ValueError for an unknown split or noise."""
    if noise not in NOISES:
        raise ValueError(f"unknown noise {noise!r}: use none or ocr")
    vocabulary(split)
    chance = Chance(f"{seed}/{split}/{index}")
    day = _day(chance)
    office = _office(chance, split, day)
    kind = chance.weighted(list(office["types"].items()))
    house = chance.pick(_houses(split, office, day.isoformat())) if "unit" in office else None
    cast = Cast(chance, split, office, day, (house["domain"],) if house else URGENT_DOMAINS if kind == "Công điện" else ())
    year = day.year + 1 if day.month >= 11 and chance.odds(0.6) else day.year
    days = Calendar(chance, day, year)
    sheet = Sheet(path="title")
    library = Library(chance, cast, days)
    writer = Writer(chance, sheet, cast, days, library, all_slots())
    long, symbol = _name_issuer(chance, office, house, cast, writer)
    library.mine = (symbol, long, office["system"] == "party")
    writer.type_name = "Thông báo" if kind == "Thông báo kết luận" else kind
    page = Page(writer, kind, symbol, "\n\n" if chance.odds(0.7) else "\n")
    page.document = {"type": writer.type_name, "number": None, "title": None, "issuer": long, "secrecy": None}
    if kind == "Thông báo kết luận":
        page.document["type_alt"] = ["Thông báo kết luận"]
    page.top()
    library.numbers.add(page.document["number"])
    page.urgency(0.5 if kind == "Công điện" else 0.03)
    page.heading()
    sheet.path = "preamble"
    body = write_body(writer, page)
    page.bottom()
    if kind in ("Kế hoạch", "Quyết định", "Chương trình") and chance.odds(0.3):
        body.chapter = ""
        tables = 1 if chance.odds(0.8) else 2
        number = page.document["number"].replace("/", "    /", 1) if page.draft else page.document["number"]
        about = f"{writer.type_name} số {number} ngày {day.day:02d}/{day.month}/{day.year} của "
        for i in range(1, tables + 1):
            body.appendix(i if tables > 1 else None, about)
    name = f"{split}-{seed}-{index:06d}"
    text = sheet.text().rstrip()
    gold = gold_record(name, page.document, sheet, text)
    spans = entities(sheet, text)
    if noise == "ocr":
        text, spans = distort(Chance(f"{seed}/{split}/{index}/ocr"), text, spans, sheet.zones)
    return Composed(name, text, gold, spans)
