"""Mends the symbols of documents: letters no symbol has, letters for digits in numbers, the fraction stroke (domain rules 2.3, 8.3).

A change is made only where what was read cannot be right. A digit is never changed into another digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.data import load
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.dates import impossible_dates
from pipeline.text.syllables import well_formed

_CHUNK = re.compile(r"\S+")
_CODE = re.compile(r"(?<![^\W_])[A-ZĐÐÑa-zđ]{2,12}(?![^\W_])")
# A number with one or two letters that are drawn like digits: "0I/2025", "1O", "2]".
_DIGITLIKE = {"I": "1", "l": "1", "O": "0", "o": "0", "]": "1", "|": "1", "!": "1"}
_D = r"(?=[\dIlOo\]|!]*\d)(?:[\dIlOo\]|]|!(?=[\dIlO/⁄∕.\-]))"  # one of those, in a run with a true digit
_IN_NUMBER = re.compile(rf"(?<![^\W_])(?<!uý ){_D}{{2,5}}(?=[/⁄∕\-.][\d!]|[/⁄∕\-][A-ZĐ]{{2}})|(?<=[\d!][/⁄∕.]){_D}{{2,4}}(?![^\W_])")
_DAY = re.compile(rf"(?<=ngày ){_D}{{2}}(?= tháng|/\d)|(?<=tháng ){_D}{{2}}(?= năm)")
_COUNT = re.compile(r"(?<![^\W_])[Il][\dO](?= (?:giờ|ngày|tháng|phút|năm)(?!\w))")
_ELEVEN = re.compile(
    r"(?<=ngày )[Il]{2}(?= tháng \d|/\d)|(?<=\d tháng )[Il]{2}(?= năm \d)|(?<=(?:ày|ng) [0-3])!(?= (?:tháng|năm) \d)"
)  # no day or month has a Roman number
# A month of two strokes is 11, whatever letters they were taken for: "tháng TÌ năm"; Š is a 5 in italics: "ngày lŠ tháng".
_STROKES = re.compile(r"(?<=tháng )(?!11)[Il1!|\]TÏÌ]{2}(?= năm \d)|(?<=ngày )(?!11)[Il1!|\]ÏÌ]{2}(?= tháng)")
_FIVE = re.compile(r"(?:(?<=tháng )|(?<=ngày ))[012lI1!]?Š(?= (?:năm|tháng) )")
_ZERO = re.compile(r"(?<![^\W_])Ø(?=\d(?!\w))|(?<=\d)Ø(?![^\W\d])")
_OFFICE = re.compile(r"(?<=[A-ZĐ]0)[Il](?![^\W_])")  # offices of the police have a figure: PV01, C01
_CUT_DATE = re.compile(
    r"(?:(?<=ngày )|(?<=từ )|(?<=đến )|(?<=trước ))(?:(?P<a>\d{1,2}[/⁄.\-]\d) (?P<b>\d[/⁄.\-](?:19|20)\d\d)"
    r"|(?P<c>\d) (?P<d>\d[/⁄.\-]\d{1,2}[/⁄.\-](?:19|20)\d\d))(?!\d)"
    r"|(?<![\d/.\-])(?P<e>\d\d[/⁄]1) (?P<f>1[/⁄]20\d\d)(?!\d)"
)
_NO_NUMBER = re.compile(r"^Số:? ?(?P<at>)(?P<code>[A-ZĐ]{2,4}(?P<sign>[-/])[A-ZĐ]{2,}[A-ZĐa-z\-]*)$", re.MULTILINE)
_PARTY = re.compile(r"(?<![\w/.\-])\d{1,4}(?=(?:QĐ|KL|CT|NQ|HD|KH|TB|BC|CV|CTr)/(?:TW|TU|HU|ĐU)(?!\w))")
_RUN_PARTY = re.compile(r"(?<![\w/.\-])\d{1,4}-(?P<code>QĐ|KL|KU|KI|CT|NQ|HD|KH|TB|BC|CV|CTr)(?=(?:TW|TU|HU|ĐU)(?!\w))")  # "114-KUTW"
# A symbol with a year has its code before a hyphen (domain rule 2.3); so has one that ends in a body every office knows.
_UNPARTED = re.compile(
    r"(?<![\w/.\-])\d{1,5}(?:/(?:19|20)\d\d/(?:TTLT|TT(?!LT)|NĐ|NQ(?!LT)|QĐ)(?=[A-ZĐ]{2})"
    r"|/(?:KH|QĐ|CT|NQ|TB|BC|CV|TTr|HD|CTr|CĐ|GM|PA|KL)(?=(?:UBND|HĐND|TTg|VPCP)(?!\w)))"
)
_QUARTER = re.compile(r"(?<=[Qq]uý )[Il1]{2,3}(?=/(?:19|20)\d\d(?!\d))")  # a quarter has a Roman number: "quý I1/2024"
_PARTED = re.compile(
    r"(?<![\w/])\d{1,5}(?:/(?:19|20)\d\d)?/[A-ZĐ]{2,10}(?P<read>[:'’`·])(?=[A-ZĐ]{2})"
)  # a hyphen parts the codes of a symbol
_RUN_ON = re.compile(r"(?<=[Qq]uý )[Il1]{1,3}(?=20[23]\d(?!\d))")  # its stroke lost: "quý 112026"
_SECTION_SIGN = re.compile(r"(?<=[A-ZĐ])§(?=[A-ZĐ])")  # S, seen twice
_NUMBER_LABEL = re.compile(r"^(?:ố|ó|ô|S6|Só|Sỗ|Sõ)\s?:\s?(?=\d{1,5}\s?[/-])", re.MULTILINE)
_SUBJECT = re.compile(r"^V/[wvVW]{1,2}(?= )", re.MULTILINE)
_ASSEMBLY = re.compile(r"(?<=QH)(?=[1Il]?[Il])[1Il]{2}(?![^\W_])")  # term 11 of the National Assembly
_TERM = re.compile(r"(?<=QH)[Il](?=1\d(?!\d))")  # "QHI15": the terms of the National Assembly have two figures
_PAUSE = re.compile(r"(?P<left>[^\W\d_]{2,7})\. (?P<right>[^\W\d_]{2,7})(?!\.)")
_AUTHORITY = re.compile(r"^[^\w\n|]{0,3}[_.]*(TM|KT|TL|TUQ)\b[.,:;]?(?= [A-ZĐỦ]{2})", re.MULTILINE)
_COPY = re.compile(r"(?<=\()(?:hb|b|h)/[€©C](?=\))|(?<=\()b[ií]c(?=\))")
_ROMAN = re.compile(r"(?<![\w/.\-])[XVI]*H[XVIH]*(?=[;,.)]?(?:\s|$))")
_VALID_ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
_INSIDE = re.compile(r"(?<![\w/.\-])[^\W\d_]{1,4}1[^\W\d_]{0,4}(?![\w/\-])")
_SPACED = re.compile(r"(?<=[Ss]ố )(?P<a>\d) (?=\d{3}[-/][A-ZĐ]{1,5}[a-zĐA-Z]{0,3}/)")  # "số 1 167-QĐ/TU"
# Dust of the page before a capital: "Phòng 'Tư pháp". An apostrophe that quotes comes twice in its line.
_DUST = re.compile(r"^(?P<left>[^'\n]*(?<=\s))'(?=[A-ZĐÀ-Ỹ][^\W\d_])(?=[^'\n]*$)", re.MULTILINE)
# Directives one after another are parted by semicolons: "Quyết định số 217-QĐ/TW: Quyết định số 218-QĐ/TW".
_SERIES = re.compile(
    r"số \d[^\s;:]*(?: ngày [^;:\n]{6,200}?| [^;:\n]{0,200}?)?(?<!sau)(?<!gồm)(?<!là)(?<!bản)(?<!như)(?P<colon>:)"
    r"(?= (?:Nghị quyết|Quyết định|Chỉ thị|Kết luận|Kế hoạch|Đề án|Chương trình|Quy định|Hướng dẫn|Nghị định|Thông tư|Công văn) số \d)"
)
_JOINT = re.compile(r"(?<=\d/(?:19|20)\d\d/)TT-?(?:UT|LI|IT|1T|L1|LL)(?=-B[A-ZĐ])")  # TTLT, of several ministries
_CIRCULAR = re.compile(r"(?<=\d/(?:19|20)\d\d/TT)[1Il](?=-B[A-ZĐ])")
_ARTICLE = re.compile(r"(?:(?<=[Đđ]iều )|(?<=[Kk]hoản ))[Iil](?=[,;.]?(?:\s|$))")  # articles and clauses have figures
_TILDE = re.compile(r"Ñ+N?")
_HEALTH = re.compile(r"(?<![^\W_])[Ÿÿ](?= tế(?!\w))")
_LETTER = re.compile(r"(?<=[a-zà-ỹđ]) [zwfjZWFJ](?= [a-zà-ỹđ])")  # no word of the language: dust
_QUOTES = re.compile(r"''(?=[^\W\d_])|(?<=[^\W\d_])''")


@cache
def _codes() -> dict[str, str]:
    """What the engine makes of a code -> the code, where only one code is meant."""
    out: dict[str, str] = {}
    for row in load.rows("ocr_codes"):
        for read in row["read"]:
            out[read] = row["code"]
    return out


def symbol_changes(text: str) -> Iterator[Change]:
    """Changes inside document symbols and numbers, and of marks that no Vietnamese text has."""
    for chunk in _CHUNK.finditer(text):
        word, at = chunk[0], chunk.start()
        if "⁄" in word or "∕" in word:
            for m in re.finditer("/?[⁄∕]/?", word):
                # Two strokes between figures: one of them was a 1 ("3/⁄10"), and which number it was is not for us to say.
                if len(m[0]) == 1 or not (word[: m.start()][-1:].isdigit() and word[m.end() :][:1].isdigit()):
                    yield Change(at + m.start(), at + m.end(), "/", "stroke")
        if (any(c.isdigit() for c in word) and re.search(r"[/⁄\-]", word)) or re.search(r"[A-ZĐÐ]{2}.*[/\-].*[A-ZĐÐ]{2}", word):
            yield from _code_changes(word, at)
        for match in re.finditer("ĐÐ|ÐĐ|ÐÐ|Ð|ð", word):
            yield Change(at + match.start(), at + match.end(), "đ" if match[0] == "ð" else "Đ", "eth")
        if re.match(r"[~=][A-ZĐ]", word) and (at == 0 or text[at - 1] == "\n"):
            yield Change(at, at + 1, "- ", "dash")
        starts = at == 0 or text[at - 1] == "\n"
        if word in ("~", "~-", "-~") or (starts and word in ("=", "-=", "=-")):
            yield Change(at, at + len(word), "-", "dash")
    for pattern in (_IN_NUMBER, _DAY):
        for match in pattern.finditer(text):
            mended = "".join(_DIGITLIKE.get(c, c) for c in match[0])
            if mended != match[0]:
                yield Change(match.start(), match.end(), mended, "digit")
    for match in (*_COUNT.finditer(text), *_ELEVEN.finditer(text), *_ZERO.finditer(text), *_OFFICE.finditer(text)):
        mended = "".join({**_DIGITLIKE, "Ø": "0"}.get(c, c) for c in match[0])
        yield Change(match.start(), match.end(), mended, "digit")
    for match in _STROKES.finditer(text):
        yield Change(match.start(), match.end(), "11", "digit")
    for match in _FIVE.finditer(text):
        yield Change(match.start(), match.end(), "".join(_DIGITLIKE.get(c, c) for c in match[0][:-1]) + "5", "digit")
    for match in _PARTY.finditer(text):  # Party symbols have a hyphen after the number (domain rule 2.3)
        yield Change(match.end(), match.end(), "-", "lost-stroke")
    for match in _RUN_PARTY.finditer(text):
        code = match["code"] if match["code"] not in ("KU", "KI") else "KL"
        yield Change(match.start("code"), match.end(), f"{code}/", "lost-stroke")
    for match in _UNPARTED.finditer(text):
        yield Change(match.end(), match.end(), "-", "lost-stroke")
    for match in _ASSEMBLY.finditer(text):
        yield Change(match.start(), match.end(), "11", "digit")
    for match in _QUARTER.finditer(text):
        if set(match[0]) != {"I"}:
            yield Change(match.start(), match.end(), "I" * len(match[0]), "roman")
    for match in _RUN_ON.finditer(text):
        yield Change(match.start(), match.end(), "I" * len(match[0]) + "/", "roman")
    for match in _PARTED.finditer(text):
        yield Change(match.start("read"), match.end("read"), "-", "lost-stroke")
    for match in _SECTION_SIGN.finditer(text):
        doubled = text[match.end()] == "S" or text[match.start() - 1] == "S"
        yield Change(match.start(), match.end(), "" if doubled else "S", "letter")
    for match in _NUMBER_LABEL.finditer(text):
        yield Change(match.start(), match.end(), "Số: ", "letter")
    for match in _SUBJECT.finditer(text):
        if match[0] != "V/v":
            yield Change(match.start(), match.end(), "V/v", "letter")
    for match in _TERM.finditer(text):
        yield Change(match.start(), match.end(), "", "digit")
    for match in _PAUSE.finditer(text):
        # No sentence begins with a small letter: what stands before it was a comma. Abbreviations are no syllables of the language.
        if match["left"].islower() and match["right"].islower() and well_formed(match["left"]) and well_formed(match["right"]):
            yield Change(match.end("left"), match.end("left") + 1, ",", "comma")
    for match in _CUT_DATE.finditer(text):
        at = next(match.end(name) for name in "ace" if match[name])
        if not any(impossible_dates(match[0].replace(" ", "").replace("⁄", "/"))):
            yield Change(at, at + 1, "", "space-in-date")
    for match in _NO_NUMBER.finditer(text):
        # A draft leaves the number open: "Số:      /KH-UBND", "Số:     -KH/TU". The stroke by itself is easily lost.
        yield Change(match.start("at"), match.start("at"), "/" if match["sign"] == "-" else "-", "lost-stroke")
    for match in _AUTHORITY.finditer(text):
        if match[0] != f"{match[1]}.":
            yield Change(match.start(), match.end(), f"{match[1]}.", "authority")
    for match in _COPY.finditer(text):
        yield Change(match.start(), match.end(), "b/c", "copy-mark")
    for match in _ROMAN.finditer(text):
        meant = re.sub("I{4,}", "III", match[0].replace("H", "II"))
        filed = re.match(r"\W{0,3}Lưu\b", text[text.rfind("\n", 0, match.start()) + 1 :][:12])  # "Lưu: VT, XHI" was XH1
        if len(match[0]) > 2 and _VALID_ROMAN.fullmatch(meant) and not filed:
            yield Change(match.start(), match.end(), meant, "roman")
    for match in _INSIDE.finditer(text):
        if match[0].islower() and well_formed(match[0].replace("1", "i")):
            at = match.start() + match[0].index("1")
            yield Change(at, at + 1, "i", "letter")
    for match in _SERIES.finditer(text):
        yield Change(match.start("colon"), match.end("colon"), ";", "semicolon")
    for match in _JOINT.finditer(text):
        yield Change(match.start(), match.end(), "TTLT", "code")
    for match in _CIRCULAR.finditer(text):
        yield Change(match.start(), match.end(), "", "code")
    for match in _ARTICLE.finditer(text):
        yield Change(match.start(), match.end(), "1", "digit")
    for match in _TILDE.finditer(text):
        yield Change(match.start(), match.end(), "N", "letter")
    for match in _HEALTH.finditer(text):
        yield Change(match.start(), match.end(), "Y" if match[0] == "Ÿ" else "y", "letter")
    for match in _LETTER.finditer(text):
        yield Change(match.start(), match.end(), "", "speck")
    for match in _SPACED.finditer(text):
        yield Change(match.end("a"), match.end("a") + 1, "", "space-in-number")
    for match in _DUST.finditer(text):
        yield Change(match.end("left"), match.end("left") + 1, "", "quote")
    for match in _QUOTES.finditer(text):
        yield Change(match.start(), match.end(), '"', "quote")


def _code_changes(word: str, at: int) -> Iterator[Change]:
    for match in _CODE.finditer(word):
        right = _codes().get(match[0])
        if right is not None and right != match[0]:
            yield Change(at + match.start(), at + match.end(), right, "code")
