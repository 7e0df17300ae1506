"""Document numbers as they are printed: the grammar of domain rule 2.3, tolerant of spaces, line breaks and lost strokes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.data import load

_PART = r"(?:[A-ZĐ][A-Za-zĐđÂÔÊƯƠâôêươ&]{0,18}\d{0,2})"
_NEXT = rf"(?:[-–/]{_PART}|\s[-–]{_PART}|[-–]\s(?=[A-ZĐ]{{2}}|TT){_PART}|\s[-–]\s[A-ZĐ]{{2,8}}(?![^\W\d_]))"
_NUMBER = re.compile(
    rf"(?<![\w.,/:-])(?P<digits>\d{{1,5}}(?:\.\d{{1,2}})?[a-zđ]?)"
    rf"(?:\s?/\s?(?P<year>(?:19|20)\d\d)(?=\s?[/-]))?"
    rf"(?:\s?(?P<sep>[/\-–~])\s?|(?P<lost>\s)(?=(?:KH|QĐ|CT|TB|BC|TTr|NQ|HD|CV|KL|CTr|ĐA|QC|NĐ|TT)-))"
    rf"(?P<symbol>{_PART}{_NEXT}{{0,5}})"
)
_UPPER = re.compile(r"[A-ZĐ]")
_STANDARD = re.compile(
    r"(?:QCVN|TCVN|TCN|QCĐP|ISO|Mẫu(?: số)?|Biểu(?: số| mẫu)?|[Mm]ẫu|hợp đồng số|Hợp đồng số|tài khoản(?: số)?"
    r"|hóa đơn(?: số)?|điện thoại|ĐT|Fax|biên lai số|thửa(?: đất)? số|lô|tuyến|đường|quốc lộ|QL"
    r"|ĐT)\s*[:.]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at text[start:end]; `value` without white space, separator mended; `party`: written the Party's way."""

    start: int
    end: int
    value: str
    symbol: str
    year: str | None
    party: bool
    mended: bool


def find_numbers(text: str) -> Iterator[Number]:
    """Every document number in `text`, in order. Standards, forms and accounts are left out."""
    for m in _NUMBER.finditer(text):
        symbol = re.sub(r"\s", "", m["symbol"]).replace("–", "-")
        if len(_UPPER.findall(symbol)) < 2 or not _plausible(symbol, m["sep"], m["year"]):
            continue
        if not symbol.startswith(("QH", "UBTVQH")) and _STANDARD.search(text, max(0, m.start() - 24), m.start()):
            continue
        separator = "/" if m["lost"] else {"–": "-", "~": "-"}.get(m["sep"], m["sep"])
        year = f"/{m['year']}" if m["year"] else ""
        yield Number(m.start(), m.end(), f"{m['digits']}{year}{separator}{symbol}", symbol, m["year"], separator == "-", bool(m["lost"]))


def _plausible(symbol: str, sep: str | None, year: str | None) -> bool:
    """A symbol has two parts ("CT-TTg", "KL/TW"), or is the Assembly's ("QH15"), or follows a year."""
    if re.fullmatch(r"(?:QH|UBTVQH)\d{1,2}", symbol):
        return year is not None
    if sep in ("-", "–", "~"):
        return "/" in symbol
    if re.match(r"(?:h|km|m|kg|ha|người|USD|VNĐ)$", symbol, re.I):
        return False
    return "-" in symbol or year is not None


@cache
def type_by_code() -> dict[str, str]:
    """Document type by the first code of a symbol; codes that several types share go to the commonest."""
    found: dict[str, str] = {}
    for row in load.rows("document_types"):
        for code in row["codes"]:
            found.setdefault(code, row["name"])
    return found


@cache
def type_words() -> re.Pattern[str]:
    """Matches a type word at the end of the text before a number: "Kế hoạch số ", "các Nghị định ", "CHỈ THỊ SỐ "."""
    names = sorted((r["name"] for r in load.rows("document_types")), key=len, reverse=True)
    words = "|".join(rf"[{n[0].upper()}{n[0].lower()}]{re.escape(n[1:])}|{re.escape(n.upper())}".replace(r"\ ", r"\s+") for n in names)
    return re.compile(rf"(?<![^\W\d_])(?P<type>{words})(?:\s+liên\s+tịch)?\s*(?P<so>(?:[Ss]ố|SỐ)\s*:?\s*)?$")


def type_before(text: str, start: int, floor: int = 0) -> tuple[str, int] | None:
    """(type in its written form, where the type word begins) for a number that starts at `start`; nothing before `floor` counts."""
    low = max(floor, start - 48)
    m = type_words().search(text[low:start])
    if not m:
        return None
    word = " ".join(m["type"].split())
    return (word[0].upper() + word[1:].lower() if word.isupper() else word[0].upper() + word[1:]), low + m.start()


def type_from_symbol(symbol: str) -> str | None:
    """The type that the first code of a symbol stands for ("CT-TTg" -> "Chỉ thị"); "TT" is the Party's only in a Party symbol."""
    if re.match(r"TT(?:[-/](?!(?:TW|TU|HU|ĐU)(?![^\W\d_]))|$)", symbol):
        return "Thông tư"
    return type_by_code().get(re.split(r"[-/]", symbol)[0])
