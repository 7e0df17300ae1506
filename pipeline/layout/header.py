"""What the document says of itself: number, date, place, marks, subject (domain rules 1.1, 1.4, 1.5, 2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.layout.model import Line
from pipeline.layout.zones import Zoner
from pipeline.text.folding import bare, squeeze
from pipeline.text.written_dates import MONTH_WORD, full_date, month_number

NUMBER = re.compile(
    r"(?<![^\W\d_])[Ss][ốôóo]\s*[:.;]?[\s.…_]*((?:[\dlIOo]{1,3}(?:\s?[\dlO]{1,3}){0,2}[a-zđ]?)?)\s*"
    r"(?:/\s*(\d{4}))?\s*([/\-–~]?)\s*([A-ZĐÐ][A-Za-zĐđƯưÂâÔôÊê&.]{0,14}"
    r"(?:\s?[-–/]\s?[A-ZĐ0-9][A-Za-zĐđƯưÂâÔôÊê&.]{0,24}(?:\d{1,2}(?!\d))?){0,4})"
)
_DATE = re.compile(
    r"(?:(?P<place>[A-ZĐÀ-Ỹ][^\n,;:]{1,40}?)\s*,\s*)?[Nn]g[àa]y\s*(?P<d>\d{1,2}|[.…\s_]*?)\s*th[áa]ng\s*"
    rf"(?P<m>\d{{1,2}}|{MONTH_WORD}|[.…\s_]*?)\s*n[ăa]m\s*(?P<y>\d{{4}})"
)
URGENCY = {"HỎA TỐC HẸN GIỜ": "Hỏa tốc hẹn giờ", "HỎA TỐC": "Hỏa tốc", "HOẢ TỐC": "Hỏa tốc", "THƯỢNG KHẨN": "Thượng khẩn", "KHẨN": "Khẩn"}
SECRECY = {"TUYỆT MẬT": "Tuyệt mật", "TỐI MẬT": "Tối mật", "MẬT": "Mật"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Number, date, place and issuer before the locality is applied."""

    number: str | None
    draft: bool
    party: bool
    place: str | None
    issued_on: str | None


def read_identity(text: str, lines: list[Line]) -> Identity:
    """Number, place and date of issue from the lines of the header (and title, where OCR ran them together)."""
    number, draft, party = None, False, False
    place = issued = None
    for line in lines[:30]:
        if line.zone not in ("header", "title"):
            continue
        words = text[line.start : line.end].replace("\f", " ")
        if number is None and (m := NUMBER.search(words)) and m.start() < 60:
            number, draft, party = _symbol(m)
        if issued is None and (m := _DATE.search(words)):
            found = partial_date(m["d"], m["m"], m["y"])
            if found:
                issued = found
                place = _place(m["place"] or _before_date(words[: m.start()]))
        if bare(words).strip(" .") in ("du thao", "(du thao)") or re.match(r"\s*DỰ THẢO\b", words):
            draft = True
    return Identity(number, draft, party, place, issued)


def _symbol(m: re.Match[str]) -> tuple[str, bool, bool]:
    digits = re.sub(r"\s", "", m[1]).replace("l", "1").replace("I", "1").replace("O", "0").replace("o", "0")
    symbol = re.sub(r"\s", "", m[4]).replace("–", "-").strip(".-/")
    separator = {"–": "-", "~": "-", "": "-" if "/" in symbol else "/"}.get(m[3], m[3])
    year = f"/{m[2]}" if m[2] else ""
    party = separator == "-" and "/" in symbol
    return f"{digits}{year}{separator}{symbol}", not digits, party


def _before_date(words: str) -> str | None:
    """The place before a date whose comma was lost ("Yên Thế ngày 14 tháng 3"): words with a capital and nothing else on the line."""
    m = re.fullmatch(r"\s*((?:[A-ZĐÀ-Ỹ][^\W\d_]*[ -]?){1,5}[.;]?)\s*", words)
    return m[1].strip(" .;-") if m and not m[1].strip().isupper() else None


def _place(words: str | None) -> str | None:
    if not words:
        return None
    clean = squeeze(words)
    clean = re.split(r"(?:NAM|phúc|Phúc|PHÚC|\d|[A-Z]{2,}[/-][A-ZĐa-z]+)\s+(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])", clean)[-1]
    return clean.strip(" .-") or None


def partial_date(day: str, month: str, year: str) -> str | None:
    """ISO date as far as it is printed: "2025-02" with a blank day. None for a date that cannot be."""
    day, month = (p.strip(" .…_") for p in (day, month))
    if not month:
        return year
    if not 1 <= month_number(month) <= 12:
        return None
    if not day:
        return f"{year}-{month_number(month):02d}"
    found = full_date(day, month, year)
    return found.isoformat() if found else None


def read_marks(text: str, lines: list[Line]) -> tuple[str | None, str | None]:
    """(urgency, secrecy): marks alone on a line in capitals with their accents, before the body (domain rule 1.5)."""
    urgency = secrecy = None
    for line in lines[:25]:
        if line.zone not in ("header", "title"):
            break
        words = squeeze(text[line.start : line.end]).strip(" .:!*")
        urgency = urgency or URGENCY.get(words) or (_urgency_by_letters().get(bare(words)) if words.isupper() else None)
        secrecy = secrecy or SECRECY.get(words)
    return urgency, secrecy


@cache
def _urgency_by_letters() -> dict[str, str]:
    """Marks of urgency by their letters: scans lose the marks of capitals ("KHAN")."""
    return {bare(printed): mark for printed, mark in URGENCY.items()}


def read_title(text: str, zoner: Zoner) -> str | None:
    """The subject on one line, without "V/v" and without a note in parentheses below it."""
    parts = [squeeze(text[line.start : line.end]) for line in zoner.title_lines]
    if zoner.title_rest and parts:
        parts[0] = zoner.title_rest
    title = squeeze(" ".join(parts))
    title = re.sub(r"^(?:V\s*/\s*v|Vv)\s*[:.]?\s*", "", title, flags=re.I)
    if zoner.letter and zoner.type == "Công văn":
        title = re.sub(r"^về việc\s+", "", title, flags=re.I)
    title = re.sub(r"\s*\((?:Kèm theo|Ban hành kèm theo)[^)]*\)\s*$", "", title)
    title = re.sub(r"[\s\-_*–.;:]+$", "", title)
    if title.isupper():
        title = title[0] + title[1:].lower()
    return title or None
