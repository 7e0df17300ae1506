"""Date and issuer of a mention: behind it, before it, or shared with the last of a list (domain rule 2.4)."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.extraction import dates
from pipeline.extraction.citing.mention import CitationMention, IssuerAt

_COORDINATED = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|và\s+)(?:các\s+)?(?:số\s+)?$")
_OF = re.compile(r"\s*,?\s*của\s+", re.I)
_BETWEEN_TWO = re.compile(r"\s*,?\s*giữa\s+")


_PASSED = re.compile(r"\s+(?:được|đã được)\s+Quốc hội[^.;\n]{0,60}?thông qua(?=\s+ngày)")


def read_tail(text: str, c: CitationMention, issuer_at: IssuerAt) -> None:
    """Date and issuer that follow: "ngày D của X", "của X ngày D", "giữa A và B"."""
    at = c.end
    passed = _PASSED.match(text, at, min(len(text), at + 120)) if c.type in ("Luật", "Bộ luật", "Nghị quyết") else None
    if passed and c.issued_on is None:
        dated = dates.date_after(text, passed.end())
        c.issued_on = dated[0] if dated else None
    for _ in range(2):
        dated = dates.date_after(text, at) if c.issued_on is None or len(c.issued_on) == 4 else None
        if dated and not c.impossible_date:
            value, at, possible = dated
            c.issued_on = value or c.issued_on
            c.impossible_date = not possible
        of = _OF.match(text, at, min(len(text), at + 12)) if c.issuer is None else None
        if of:
            unit = issuer_at(of.end())
            if unit is None or unit.kind == "group":
                break
            c.issuer, c.issuer_span, at = unit.name, (unit.start, unit.end), unit.end
    two = _BETWEEN_TWO.match(text, at, min(len(text), at + 12))
    if two and c.issuer is None:
        first = issuer_at(two.end())
        second = issuer_at(first.end + 4) if first and text[first.end : first.end + 4] == " và " else None
        if first and second:
            c.issuer, c.issuer_span, at = f"{first.name}; {second.name}", (first.start, second.end), second.end
    c.tail = at


_SAID_IN = re.compile(
    r"(?:\s+đã)?(?:\s+(?:chỉ ra|nêu|giao|phê duyệt|quy định|chỉ đạo|yêu cầu|kết luận)(?=\s+tại))?"
    r"\s+(?:tại|có|ban hành|theo)\s+(?:các\s+|khoản \d+ |Điều \d+ |điểm [a-zđ] )*$"
)
_HEAD_OF = re.compile(r"(?:của|được|bởi|,|^|[.;]|[Xx]ét đề nghị của|kiến nghị của|đạo của)\s+(?=[A-ZĐ])")


def issuer_before(text: str, c: CitationMention, issuer_at: IssuerAt) -> None:
    """As in "theo đề nghị của Sở X tại Tờ trình số ...", "UBND tỉnh có Báo cáo số ...": the name that ends right before the mention."""
    low = max(text.rfind("\n", 0, c.start) + 1, c.start - 130)
    window = text[low : c.start]
    said = _SAID_IN.search(window)
    if not said:
        return
    for m in reversed(list(_HEAD_OF.finditer(window, 0, said.start()))):
        unit = issuer_at(low + m.end())
        if unit and unit.kind != "group" and unit.end == low + said.start():
            c.issuer, c.issuer_span = unit.name, (unit.start, unit.end)
            c.issued_on = c.issued_on or dates.date_before(text, unit.start)
            return


def share_tails(text: str, found: list[CitationMention]) -> None:
    """As in "217-QĐ/TW, 218-QĐ/TW ngày D của X": date and issuer of the last member hold for the ones directly before it that have none
    (domain rule 2.4)."""
    for here, after in reversed(list(pairwise(found))):
        if not (here.number and after.number):
            continue
        if here.tail != here.end:  # it has a date of its own; its issuer may be that of the list
            listed = _COORDINATED.fullmatch(text[here.tail : after.start])
            if listed and here.issuer is None and here.type == after.type and here.symbol == after.symbol and after.issuer:
                here.issuer = after.issuer
                here.inherited.append("issuer")
            continue
        if not _COORDINATED.fullmatch(text[here.end : after.start]):
            continue
        if here.type != after.type or here.symbol != after.symbol:
            continue
        if here.issued_on is None and after.issued_on:
            here.issued_on = after.issued_on
            here.inherited.append("issued_on")
        if here.issuer is None and after.issuer:
            here.issuer = after.issuer
            here.inherited.append("issuer")
