"""Finds mentions of other documents: by number, in lists that share a type or a date, by the name of a law (domain rule 2.4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from pipeline.data import load
from pipeline.extraction import dates
from pipeline.extraction.mentions import Unit
from pipeline.extraction.numbers import Number, find_numbers, type_before, type_from_symbol
from pipeline.extraction.syllables import Phrases
from pipeline.text.folding import squeeze, tone

_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|và\s+|[-–]\s)(?:các\s+)?(?:số\s*:?\s*)?$")
_COORDINATED = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|và\s+)(?:các\s+)?(?:số\s+)?$")
_SO = re.compile(r"(?:[Ss]ố|SỐ)\s*:?\s*$")
_BODY = re.compile(
    r"(?:Chính phủ|Thủ tướng|Quốc hội|Bộ|Ban|Sở|Ủy ban|Hội|Phòng|Chi cục|Cục|Trung ương|Tỉnh ủy|Huyện ủy"
    r"|Đảng ủy)(?![^\W\d_])"
)
_TYPE_OF = re.compile(
    r"(?<![^\W\d_])(Nghị định|Nghị quyết|Quyết định|Chỉ thị|Thông tư|Kế hoạch|Kết luận|Công văn|Thông báo"
    r"|Hướng dẫn|Quy định|Chương trình|Đề án)\s+của\s+([A-ZĐÀ-Ỹ][^;.,\n\d]{3,70}?)\s+số\s*:?\s*$"
)
_UNLISTED = re.compile(r"(?<![^\W\d_])([A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?:\s[a-zà-ỹđ]+){0,2})\s+số\s*:?\s*$")
_AMENDING_LAW = re.compile(
    r"Luật\s+sửa đổi, bổ sung(?:\s+một số điều)?\s+của\s+(?:các\s+)?(?:Bộ luật|Luật)\s+[^;.\n]{3,160}?"
    r"(?=\s*(?:,?\s+ngày\s+\d|,?\s+năm\s+\d|\s*số\s+\d|[;.\n]|$))"
)
_LAW_NAMED = re.compile(r"(?<![^\W\d_])((?:Luật|Bộ luật|Pháp lệnh|Nghị quyết)\s+[^;.\n(\d]{3,140}?)\s*,?\s*(?:số\s*:?\s*)?$")
_LAW = re.compile(r"(?<![^\W\d_])(?:Luật|Bộ luật|Bộ Luật|Pháp lệnh|Hiến pháp|LUẬT|BỘ LUẬT)(?=\s|[;,.)])")
_OF = re.compile(r"\s*,?\s*của\s+", re.I)
_BETWEEN_TWO = re.compile(r"\s*,?\s*giữa\s+")
_BARE_NUMBER = re.compile(
    r"(?<![^\W\d_])(?P<type>Nghị quyết|Kết luận|Chỉ thị|Quyết định|Nghị định|Công văn|Kế hoạch|Thông báo"
    r"|Công điện|Hướng dẫn|Quy định|Đề án|Chương trình|Thông tư|Văn bản|Tờ trình|Báo cáo)\s+số\s*:?\s*"
    r"(?P<n>\d{1,5}[a-z]?)(?=\s*,?\s+(?:ngày|của)\s)"
)

IssuerAt = Callable[[int], Unit | None]


@dataclass(slots=True)
class CitationMention:
    """A mention at text[start:end] (from type word to number, or the name with its year). `tail`: where date and issuer end."""

    start: int
    end: int
    text: str
    type: str
    rule: str
    number: str | None = None
    symbol: str = ""
    name: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    issuer_span: tuple[int, int] | None = None
    provision: str | None = None
    tail: int = 0
    inherited: list[str] = field(default_factory=list)
    confidence: float = 0.98
    impossible_date: bool = False
    mended: bool = False


def find_citations(text: str, issuer_at: IssuerAt) -> list[CitationMention]:
    """All mentions in reading order. `issuer_at(offset)` parses the name of the body that begins there, or None."""
    found: list[CitationMention] = []
    for number in find_numbers(text):
        mention = _numbered(text, number, found[-1] if found else None)
        if mention:
            found.append(mention)
    for m in _BARE_NUMBER.finditer(text):
        if not any(c.start < m.end() and m.start() < c.end for c in found):
            found.append(
                CitationMention(m.start(), m.end(), squeeze(m[0]), m["type"], "number-without-symbol", number=m["n"], confidence=0.8)
            )
    found += [c for c in _laws(text) if not any(o.start < c.end and c.start < o.end for o in found)]
    found += _shorthands(text, found)
    found.sort(key=lambda c: c.start)
    for c in found:
        if c.rule == "shorthand":
            c.tail = c.end
            continue
        _tail(text, c, issuer_at)
        c.provision = provision_before(text, c.start)
        if c.issuer is None and c.number:
            _issuer_before(text, c, issuer_at)
    share_tails(text, found)
    return found


_DECLARED = re.compile(
    r"\(\s*(?:sau đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?là\s*:?\s*[“\"]?("
    r"(?:Chỉ thị|Nghị quyết|Kết luận|Quyết định|Nghị định|Kế hoạch|Quy định|Thông tư|Chương trình|Đề án"
    r"|Công văn)\s+(?:số\s+)?(\d{1,5}))[”\"]?\s*\)"
)


def _shorthands(text: str, found: list[CitationMention]) -> list[CitationMention]:
    """ "Chỉ thị 39" after "Chỉ thị số 39-CT/TW ... (sau đây gọi tắt là Chỉ thị 39)": mentions of the same instrument (domain rule 2.4)."""
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


def _numbered(text: str, number: Number, before: CitationMention | None) -> CitationMention | None:
    floor = before.end if before else 0
    law = re.match(r"(?:QH|UBTVQH)\d", number.symbol.split("/")[-1]) or "UBTVQH" in number.symbol
    typed = type_before(text, number.start, floor)
    if (
        law
        and typed
        and ((text[typed[1]].islower() and typed[0] == "Luật") or typed[0] not in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh"))
    ):
        typed = None
    rule = "numbered"
    if typed:
        kind, start = typed
        if kind == "Công văn" and number.symbol.startswith("TTr-"):
            rule = "numbered"
    else:
        kind, start, rule = "", number.start, "shared-type"
        named = _LAW_NAMED.search(text, max(floor, number.start - 170), number.start)
        so = _SO.search(text, max(0, number.start - 8), number.start)
        if law and named:
            kind, start, rule = (
                squeeze(named[1].split(" ")[0] if not named[1].startswith("Bộ") else "Bộ luật"),
                named.start(1),
                "law-with-number",
            )
            if named[1].startswith("Pháp"):
                kind = "Pháp lệnh"
            elif named[1].startswith("Nghị"):
                kind = "Nghị quyết"
        elif before and before.number and _BETWEEN.fullmatch(text[before.end : number.start]) and _same_system(before, number):
            kind = before.type
        elif owned := _TYPE_OF.search(text, max(floor, number.start - 110), number.start):
            kind, start, rule = owned[1], owned.start(1), "type-of-issuer"
        elif so or type_from_symbol(number.symbol):
            unlisted = _UNLISTED.search(text, max(floor, number.start - 40), number.start)
            if unlisted and not _BODY.match(unlisted[1]):
                kind, start, rule = unlisted[1], unlisted.start(1), "unlisted-type"
            else:
                kind, rule = type_from_symbol(number.symbol) or ("Công văn" if so else ""), "type-from-symbol"
            if not kind:
                return None
        else:
            return None
    quote = squeeze(text[start : number.end])
    return CitationMention(
        start,
        number.end,
        quote,
        kind,
        rule,
        number=number.value,
        symbol=number.symbol,
        mended=number.mended,
        confidence=0.98 if typed else 0.9,
    )


def _same_system(before: CitationMention, number: Number) -> bool:
    return before.symbol.split("-")[0].split("/")[0] == re.split(r"[-/]", number.symbol)[0] or before.symbol == number.symbol


@cache
def _law_names() -> Phrases:
    return Phrases((name, row["name"]) for row in load.rows("laws") for name in (row["name"], *row.get("aliases", [])))


_WORDS = re.compile(r"[^\W\d_]+|,|-|–|\d+")


def _laws(text: str) -> list[CitationMention]:
    """Laws, codes and ordinances by name: from the list of laws, else the words with a capital that follow."""
    found = []
    for m in _LAW.finditer(text):
        amending = _AMENDING_LAW.match(text, m.start())
        if amending:
            name = squeeze(amending[0])
            found.append(CitationMention(m.start(), amending.end(), name, "Luật", "amending-law", name=name, confidence=0.85))
            continue
        if found and m.start() < found[-1].end:
            continue
        window = text[m.start() : m.start() + 160].split("\n")[0]
        words = list(_WORDS.finditer(window))
        hit = _law_names().match([tone(w[0]) for w in words], 0)
        if hit:
            end = m.start() + words[hit[0] - 1].end()
            confidence, rule = 0.97, "law-by-name"
        else:
            length = _capital_name(words)
            if not length:
                continue
            end = m.start() + words[length - 1].end()
            confidence, rule = 0.75, "law-by-capitals"
        year = dates.year_after(text, end, bare=True)
        name = squeeze(text[m.start() : end])
        stop = year[1] if year else end
        kind = (
            "Bộ luật"
            if name.lower().startswith("bộ")
            else name.split(" ")[0].capitalize()
            if not name.startswith(("Pháp", "Hiến"))
            else " ".join(name.split(" ")[:2])
        )
        found.append(
            CitationMention(
                m.start(),
                stop,
                squeeze(text[m.start() : stop]),
                kind,
                rule,
                name=name,
                issued_on=year[0] if year else None,
                confidence=confidence,
            )
        )
    return found


def _capital_name(words: list[re.Match[str]]) -> int:
    """Number of words of a law's name that the list does not know: the first one must have a capital."""
    start = 2 if words and words[0][0] in ("Bộ", "Pháp", "Hiến") else 1
    if len(words) <= start or not words[start][0][0].isupper() or words[start][0] in ("Luật", "Nghị", "Quyết"):
        return 0
    n = start + 1
    while (
        n < len(words)
        and words[n].start() - words[n - 1].end() <= 1
        and n - start < 4
        and words[n][0].isalpha()
        and (words[n][0][0].isupper() or n == start + 1)
    ):
        n += 1
    return n


def _tail(text: str, c: CitationMention, issuer_at: IssuerAt) -> None:
    """Date and issuer that follow: "ngày D của X", "của X ngày D", "giữa A và B"."""
    at = c.end
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


_SAID_IN = re.compile(r"\s+(?:tại|có|ban hành|theo)\s+(?:các\s+|khoản \d+ |Điều \d+ |điểm [a-zđ] )*$")
_HEAD_OF = re.compile(r"(?:của|,|^|[.;]|[Xx]ét đề nghị của|kiến nghị của|đạo của)\s+(?=[A-ZĐ])")


def _issuer_before(text: str, c: CitationMention, issuer_at: IssuerAt) -> None:
    """ "theo đề nghị của Sở X tại Tờ trình số ...", "UBND tỉnh có Báo cáo số ...": the name that ends right before the mention."""
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


_PIN = (
    r"(?:(?:[Đđ]iểm|[Tt]iết|[Gg]ạch đầu dòng)\s+(?:thứ\s+)?[a-zđ\d](?:\.\d)?(?![^\W\d_])"
    r"(?:(?:\s*,\s*|\s+và\s+)(?:điểm\s+)?[a-zđ](?![^\W\d_]))*"
    r"|(?:[Kk]hoản|[Mm]ục|[Tt]iểu mục|MỤC|[Pp]hần|[Cc]hương)\s+(?:thứ\s+)?"
    r"(?:\d{1,3}(?:\.\d+)*|[IVX]+(?:\.\d+)*)(?:(?:\s*,\s*|\s+và\s+)(?:khoản\s+|mục\s+)?\d{1,3}(?![\d/]))*"
    r"|(?:các\s+)?Điều\s+\d{1,3}[a-zđ]?(?:(?:\s*,\s*|\s+và\s+)(?:Điều\s+)?\d{1,3}[a-zđ]?(?![\d/]))*"
    r"|Phụ lục\s*(?:số\s*)?(?:[IVX]+|\d+)?)"
)
_PROVISION = re.compile(
    rf"(?<![^\W\d_])(?P<pin>{_PIN}(?:\s*,?\s*(?:và\s+)?(?:của\s+)?{_PIN})*)\s*,?\s*"
    r"(?:của\s+|tại\s+|(?:(?:Quy chế|Quy định|Kế hoạch|Đề án|Chương trình|Điều lệ"
    rf"|Danh mục)\s[^.;\n]{{2,110}}?\s+)?(?:ban hành\s+)?kèm theo\s+)?(?:các\s+)?$"
)


def provision_before(text: str, start: int) -> str | None:
    """The pinpoint that stands right before a mention, as printed: "điểm b, mục 2, Điều 6"."""
    window = text[max(0, start - 230) : start]
    if (
        "Điều" not in window
        and "oản" not in window
        and "ục" not in window
        and "iểm" not in window
        and "hương" not in window
        and "hần" not in window
    ):
        return None
    m = _PROVISION.search(window)
    return squeeze(m["pin"]).rstrip(" ,") if m else None


def in_subject(text: str, found: list[CitationMention], offset: int) -> bool:
    """Does `offset` stand in the subject of a cited document ("Công văn số ... về việc giao Sở X báo cáo ...")?"""
    for c in found:
        tail = c.tail or c.end
        if c.start >= offset or offset - tail > 260:
            continue
        if re.match(r"\s*,?\s*(?:về việc|về|v/v|ban hành|quy định)\s", text[tail : tail + 16]):
            between = text[tail:offset]
            if not re.search(r"[;.]\s|\n|, (?:gửi|báo cáo|trình)", between):
                return True
    return False


def share_tails(text: str, found: list[CitationMention]) -> None:
    """ "217-QĐ/TW, 218-QĐ/TW ngày D của X": date and issuer of the last member hold for the ones directly before it that have none
    (domain rule 2.4)."""
    for here, after in reversed(list(zip(found, found[1:], strict=False))):
        if not (here.number and after.number) or here.tail != here.end:
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
