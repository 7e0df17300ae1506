"""Which instrument a mention means: dates and issuers shared by the mentions of one number, and one key for it in all documents
(domain rule 2.3, identity)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from pipeline.data import load
from pipeline.extraction.citing.mention import CitationMention
from pipeline.text.folding import bare, tone

_AMBIGUOUS = re.compile(r"(?:UBND|HĐND|VP|VPUB\w*|S\w{1,6}|TU|HU|ĐU|BTV\w*|BCS\w*|TƯ|BTG\w*|BDV\w*|UBMT\w*|BCĐ)(?:$|[-/])")
_FIXED = (
    (re.compile(r"(?:NĐ|NQ)-CP$"), "Chính phủ"),
    (re.compile(r"-TTg$"), "Thủ tướng Chính phủ"),
    (re.compile(r"(?:^|/)QH\d{1,2}$"), "Quốc hội"),
    (re.compile(r"UBTVQH\d{0,2}$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"-CTN$"), "Chủ tịch nước"),
)


def identity(c: CitationMention) -> tuple[str, str]:
    """What two mentions of the same thing share: type and number, or the law's name."""
    if c.number:
        return tone(c.type), c.number.upper()
    return tone(c.type), law_name(c.name or c.text)


def law_name(name: str) -> str:
    """The listed name of a law cited by any of its names, folded."""
    folded = tone(name)
    for row in load.rows("laws"):
        if folded in (tone(row["name"]), *(tone(a) for a in row.get("aliases", []))):
            return tone(row["name"])
    return folded


def resolve(mentions: list[CitationMention], long_form: Callable[[str], str], *, local: bool = False) -> list[tuple[str, set[str]]]:
    """Complete `mentions` in place and give the numbers that are dated differently: (number, dates).

    The issuer is written out by `long_form`. `local`: the citing document is of a province, so that the letters of a Sở in a number
    mean the Sở of that province. A bare repeat takes date and issuer given elsewhere in the document when exactly one is
    given there; where two are, it stays without, and the conflict is returned.
    """
    groups: dict[tuple[str, str], list[CitationMention]] = defaultdict(list)
    for c in mentions:
        if c.issuer:
            c.issuer = "; ".join(long_form(part) for part in c.issuer.split("; "))
        groups[identity(c)].append(c)
    conflicts = []
    for group in groups.values():
        days = {c.issued_on for c in group if c.issued_on}
        if len(days) == 1:
            for c in group:
                if c.issued_on is None and not c.impossible_date:
                    c.issued_on = next(iter(days))
                    c.inherited.append("issued_on")
        elif len(days) > 1 and group[0].number:
            conflicts.append((group[0].number, days))
        issuers = {tone(c.issuer): c.issuer for c in group if c.issuer}
        best = _one_issuer(list(issuers.values()))
        for c in group:
            if c.issuer is None and best:
                c.issuer = best
                c.inherited.append("issuer")
    for c in mentions:
        if c.issuer is None and c.number:
            c.issuer = issuer_by_symbol(c.symbol)
            body = local_body(c.symbol) if c.issuer is None and local else None
            named = long_form(body) if body else None
            if named and named != body:  # with its province, else nothing is known
                c.issuer = named
    return conflicts


def _one_issuer(names: list[str]) -> str | None:
    """The issuer when all mentions agree; the longer one when it only adds the locality."""
    names = sorted(names, key=len)
    if not names:
        return None
    return names[-1] if all(tone(n) in tone(names[-1]) for n in names) else None


def issuer_by_symbol(symbol: str) -> str | None:
    """The issuer where the symbol alone settles it: NĐ-CP, -TTg, QH15, a ministry's own; a Party symbol never does."""
    for pattern, name in _FIXED:
        if pattern.search(symbol):
            return name
    if symbol.startswith("TTLT-"):
        return None
    parts = re.split(r"[-/]", symbol)
    tail = parts[-1]
    # "4930/BNV-CCVC": the body, then who drafted it.
    letter = len(parts) == 2 and "/" not in symbol and parts[0].startswith("B") and len(parts[0]) > 2
    for row in load.rows("national_bodies"):
        if tail in row["symbols"] and tail.startswith("VP"):
            return str(row["name"])
        if tail in row["symbols"] and tail.startswith("B") and len(tail) > 2 and symbol.count("-") == 1:
            return str(row["name"])
        if letter and parts[0] in row["symbols"]:
            return str(row["name"])
    return None


def local_body(symbol: str) -> str | None:
    """The body of a province that the letters of a number name, after the code of the type or before those who drafted it:
    "BC-SNNMT", "SGTVT-KHTC", "CV/BTGDVTU"."""
    parts = re.split(r"[-/](?!ĐT)", symbol)
    if len(parts) != 2:
        return None
    bodies = {row["symbol"]: str(row["body"]) for row in load.rows("local_symbols")}
    return bodies.get(parts[1]) or bodies.get(parts[0])


def slug(words: str) -> str:
    """Small letters without marks, joined by hyphens: "33/CT-TTg" -> "33-ct-ttg"."""
    return re.sub(r"[^a-z0-9]+", "-", bare(words)).strip("-")


def directive_key(c: CitationMention, ambiguous_dates: Iterable[str] = ()) -> str | None:
    """The key of the instrument: type, number, year and, where the symbol alone is ambiguous, the issuer. None where the year is not
    known."""
    if c.number is None:
        return _law_key(c)
    year = (c.issued_on or "")[:4] or _year_of(c.number)
    if not year:
        return None
    if not c.symbol:  # "Nghị quyết số 18": any body may have one
        return f"{slug(c.type)}/{slug(c.number)}/{year}/{slug(c.issuer)}" if c.issuer else None
    kind = "quy-dinh" if c.type == "Quy định" else slug(c.type)
    key = f"{kind}/{slug(c.number)}/{year}"
    if _AMBIGUOUS.search(c.symbol) or re.search(r"(?:^|[-/])(?:UBND|HĐND)(?:-|$)", c.symbol):
        return f"{key}/{slug(c.issuer)}" if c.issuer else None
    return key


def _year_of(number: str) -> str:
    m = re.match(r"\d+[a-z]?(?:\.\d+)?/((?:19|20)\d\d)/", number)
    return m[1] if m else ""


def _law_key(c: CitationMention) -> str:
    name = law_name(c.name or c.text)
    for row in load.rows("laws"):
        if tone(row["name"]) == name and row.get("number") and (c.issued_on is None or row["number"].split("/")[1] == c.issued_on[:4]):
            return f"luat/{slug(row['number'])}/{row['number'].split('/')[1]}"
    year = (c.issued_on or "")[:4]
    return f"luat/{slug(name)}" + (f"/{year}" if year else "")
