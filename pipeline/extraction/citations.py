"""Finds mentions of other documents: by number, in lists that share a type or a date, by the name of a law (domain rule 2.4)."""

from __future__ import annotations

import re

from pipeline.extraction.citing.laws import laws
from pipeline.extraction.citing.mention import CitationMention, IssuerAt
from pipeline.extraction.citing.numbered import numbered
from pipeline.extraction.citing.provisions import provision_before
from pipeline.extraction.citing.tails import issuer_before, read_tail, share_tails
from pipeline.extraction.numbers import find_numbers
from pipeline.text.folding import squeeze

__all__ = ["CitationMention", "find_citations", "in_subject"]

_BARE_NUMBER = re.compile(
    r"(?<![^\W\d_])(?P<type>Nghị quyết|Kết luận|Chỉ thị|Quyết định|Nghị định|Công văn|Kế hoạch|Thông báo"
    r"|Công điện|Hướng dẫn|Quy định|Đề án|Chương trình|Thông tư|Văn bản|Tờ trình|Báo cáo)\s+số\s*:?\s*"
    r"(?P<n>\d{1,5}[a-z]?)(?=\s*,?\s+(?:ngày|của)\s)"
)


def find_citations(text: str, issuer_at: IssuerAt) -> list[CitationMention]:
    """All mentions in reading order. `issuer_at(offset)` parses the name of the body that begins there, or None."""
    found: list[CitationMention] = []
    for number in find_numbers(text):
        mention = numbered(text, number, found[-1] if found else None)
        if mention:
            found.append(mention)
    for m in _BARE_NUMBER.finditer(text):
        if not any(c.start < m.end() and m.start() < c.end for c in found):
            found.append(
                CitationMention(m.start(), m.end(), squeeze(m[0]), m["type"], "number-without-symbol", number=m["n"], confidence=0.8)
            )
    found += [c for c in laws(text) if not any(o.start < c.end and c.start < o.end for o in found)]
    found += _shorthands(text, found)
    found.sort(key=lambda c: c.start)
    for c in found:
        if c.rule == "shorthand":
            c.tail = c.end
            continue
        read_tail(text, c, issuer_at)
        c.provision = provision_before(text, c.start)
        if c.issuer is None and c.number:
            issuer_before(text, c, issuer_at)
    share_tails(text, found)
    return found


_DECLARED = re.compile(
    r"\(\s*(?:sau đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?là\s*:?\s*[“\"]?("
    r"(?:Chỉ thị|Nghị quyết|Kết luận|Quyết định|Nghị định|Kế hoạch|Quy định|Thông tư|Chương trình|Đề án"
    r"|Công văn)\s+(?:số\s+)?(\d{1,5}))[”\"]?\s*\)"
)


def _shorthands(text: str, found: list[CitationMention]) -> list[CitationMention]:
    """Mentions like "Chỉ thị 39" after "Chỉ thị số 39-CT/TW ... (sau đây gọi tắt là Chỉ thị 39)": mentions of the same instrument
    (domain rule 2.4)."""
    made: list[CitationMention] = []
    for declared in _DECLARED.finditer(text):
        meant = [
            c
            for c in found
            if c.start < declared.start() and c.number and declared[1].startswith(c.type) and re.match(rf"{declared[2]}(?!\d)", c.number)
        ]
        if not meant:
            continue
        word = declared[1].split(" ")[0:2]
        form = re.compile(rf"(?<![^\W\d_]){re.escape(' '.join(word))}\s+(?:số\s+)?{declared[2]}(?![\d/\w]|\s?[-/]\s?[A-ZĐ])")
        for m in form.finditer(text, declared.end()):
            made.append(
                CitationMention(
                    m.start(),
                    m.end(),
                    squeeze(m[0]),
                    meant[-1].type,
                    "shorthand",
                    number=meant[-1].number,
                    symbol=meant[-1].symbol,
                    confidence=0.9,
                )
            )
    return made


def in_subject(text: str, found: list[CitationMention], offset: int) -> bool:
    """Does `offset` stand in the subject of a cited document ("Công văn số ... về việc giao Sở X báo cáo ...")?"""
    for c in found:
        tail = c.tail or c.end
        if c.start >= offset or offset - tail > 260:
            continue
        if re.match(r"\s*,?\s*(?:về việc|về|v/v|ban hành|quy định)\s", text[tail : tail + 16]):
            between = text[tail : offset + 10]
            if not re.search(r"[;.]\s|\n|, (?:gửi|báo cáo|trình)", between):
                return True
    return False
