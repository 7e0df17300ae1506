"""A mention around a document number: the type before it, shared with the number before, or told by the symbol (domain rule 2.4)."""

from __future__ import annotations

import re

from pipeline.extraction.citing.mention import CitationMention
from pipeline.extraction.numbers import Number, type_before, type_from_symbol
from pipeline.text.folding import squeeze

_BETWEEN = re.compile(r"(?:\s+ngày\s+\d{1,2}[/.]\d{1,2}[/.]\d{4})?\s*(?:[,;]\s*(?:và\s+)?|và\s+|[-–]\s)(?:các\s+)?(?:số\s*:?\s*)?$")
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
_LAW_NAMED = re.compile(r"(?<![^\W\d_])((?:Luật|Bộ luật|Pháp lệnh|Nghị quyết)\s+[^;.\n(\d]{3,140}?)\s*,?\s*(?:số\s*:?\s*)?$")


def numbered(text: str, number: Number, before: CitationMention | None) -> CitationMention | None:
    """The mention around `number`; `before` is the mention found last. None where nothing makes it a document."""
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
