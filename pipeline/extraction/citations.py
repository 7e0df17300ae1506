"""Finds mentions of other documents: by number, in lists that share a type or a date, by the name of a law (domain rule 2.4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import takewhile

from pipeline.data import load
from pipeline.extraction.citing.laws import laws
from pipeline.extraction.citing.mention import CitationMention, IssuerAt
from pipeline.extraction.citing.numbered import numbered
from pipeline.extraction.citing.provisions import provision_before
from pipeline.extraction.citing.tails import issuer_before, read_tail, share_tails
from pipeline.extraction.numbers import find_numbers
from pipeline.text.folding import squeeze

__all__ = ["CitationMention", "find_citations", "in_subject"]


@cache
def _kinds() -> str:
    """The types of documents that a number without a symbol may cite, as alternatives of a pattern, the longest first."""
    names = [row["name"] for row in load.rows("document_types") if row.get("bare")]
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def _bare_number() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?P<type>{_kinds()})\s+số\s*:?\s*(?P<n>\d{{1,5}}[a-z]?)(?=\s*,?\s+(?:ngày|của)\s)")


def find_citations(text: str, issuer_at: IssuerAt) -> list[CitationMention]:
    """All mentions in reading order. `issuer_at(offset)` parses the name of the body that begins there, or None."""
    found: list[CitationMention] = []
    for number in find_numbers(text):
        mention = numbered(text, number, found[-1] if found else None)
        if mention:
            found.append(mention)
    taken = bytearray(len(text))  # 1 where a mention found before stands
    for c in found:
        taken[c.start : c.end] = b"\1" * (c.end - c.start)
    for m in _bare_number().finditer(text):
        if taken.find(1, m.start(), m.end()) < 0:
            taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
            found.append(
                CitationMention(m.start(), m.end(), squeeze(m[0]), m["type"], "number-without-symbol", number=m["n"], confidence=0.8)
            )
    found += [c for c in laws(text) if taken.find(1, c.start, c.end) < 0]
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


@cache
def _declared() -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:sau đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?là\s*:?\s*[“\"]?(({_kinds()})\s+(?:số\s+)?(\d{{1,5}}))[”\"]?\s*\)")


@cache
def _short() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])({_kinds()})\s+(?:số\s+)?(\d{{1,5}})(?![\d/\w]|\s?[-/]\s?[A-ZĐ])")


def _shorthands(text: str, found: list[CitationMention]) -> list[CitationMention]:
    """Mentions like "Chỉ thị 39" after "Chỉ thị số 39-CT/TW ... (sau đây gọi tắt là Chỉ thị 39)": mentions of the same instrument
    (domain rule 2.4)."""
    made: list[CitationMention] = []
    known: dict[tuple[str, str], list[CitationMention]] = {}
    for c in found:
        known.setdefault((c.type, "".join(takewhile(str.isdigit, c.number or ""))), []).append(c)
    uses: dict[tuple[str, str], list[re.Match[str]]] = {}
    for m in _short().finditer(text):
        uses.setdefault((m[1], m[2]), []).append(m)
    for declared in _declared().finditer(text):
        key = (declared[2], declared[3])
        meant = [c for c in known.get(key, ()) if c.start < declared.start()] if key in uses else []
        if not meant:
            continue
        own = uses.pop(key)  # the first declaration holds
        for m in own[bisect_left(own, declared.end(), key=lambda m: m.start()) :]:
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
    for c in found[bisect_left(found, offset - 2_000, key=lambda c: c.start) : bisect_left(found, offset, key=lambda c: c.start)]:
        tail = c.tail or c.end
        if offset - tail > 260:
            continue
        if re.match(r"\s*,?\s*(?:về việc|về|v/v|ban hành|quy định)\s", text[tail : tail + 16]):
            between = text[tail : offset + 10]
            if not re.search(r"[;.]\s|\n|, (?:gửi|báo cáo|trình)", between):
                return True
    return False
