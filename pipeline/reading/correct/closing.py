"""What the end of a document has in closed forms: "Lưu: VT", "(b/c)" behind a recipient, the family name of who signs (domain rule 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.data import load
from pipeline.reading.boxes import fold
from pipeline.reading.correct.accents import letters_of, tone_of
from pipeline.reading.correct.changes import Change

COPY, FILED, NAME, SPECK = "copy-mark", "filed", "family-name", "speck"
# The list of recipients ends with the file copy, whose first holder is văn thư. T with its comma is read as I, Ị, Ỹ, D.
_FILED = re.compile(
    r"^\W{0,3}(?P<word>L[ưu]+|Liêm|Lựu)(?P<gap>\s?[:;]\s?| )(?P<read>V[^\W\d_]{1,2}|v[ịiỵỹ])(?P<mark>[,;.]{0,2})(?P<next> ?)"
    r"(?=[A-ZĐ(\d\n]|$)",
    re.MULTILINE,
)
_OFFICE = frozenset({"VT", "VI", "VL", "VY", "VD", "VTY", "VTI", "VTL", "VTJ", "VE", "VF", "VFE", "VTE"})
_COPIES = re.compile(r"^\W{0,3}Lưu.*\d(?P<read>[hđĐ°])\)[.;]?$", re.MULTILINE)  # "(Hùng 45b)": b for bản, copies
_STANDING = re.compile(r"(?<![^\W_])TY(?= HĐND(?!\w))")  # TT, thường trực
_TO = re.compile(r"^(?!Nơi nhận)[^\W\d_]{0,3}[iìíl] nh[ậâạ]n(?=:)", re.MULTILINE)
_BRANCHES = re.compile(r"(?<=[Cc]ác )ch[ỉí](?=(?:,| và) đảng bộ)")  # "các chi, đảng bộ trực thuộc"
_COMMAS = frozenset({"Vũ", "Vù", "Vú", "Vỹ", "VŨ", "VÙ", "VÚ"})  # "VT," with its comma; "Vụ" may be meant
_DEPUTIES = re.compile(r"(?<![^\W_])T[Il1]r(?=\.? ?(?:[TH][ỉuhị]|Đ|HĐND))")  # TTr, thường trực, before a committee
_INITIALS = re.compile(r"(?<=\()I(?=[A-ZĐ][A-ZĐ][a-zà-ỹ])")  # no given name begins with I before a consonant: "(LTNam)"
# Nor in small letters: "(ltnam)".
_INITIAL = re.compile(r"^(?:\W{0,3}Lưu[^()\n]*\()(?P<read>I)(?=[bcdđghklmnpqrstvx]{1,3}[a-zà-ỹ]*\))", re.MULTILINE)
_NOTED = re.compile(
    r"^(?!\W{0,3}Lưu)(?:[-–+] ?|\W{0,3}Nơi nhận: ?).*?"  # behind "Lưu" a mark is the drafter's
    r"\((?P<read>(?i:(?:đ[ểếềễêe] ?)?(?:(?:hb|b|bị|h|p|đ|œ|)[/íl][coe©€£]"
    r"|(?:b|h)[/íl]?c(?P<full>[áaàăâ]o)|bb/c|b[ịe]|hí|b/?|b[£€©]|bí|[bhœ®]p?[/(|l]?[©c€]{1,2}))|th|ph)\)[;,.]?$",
    re.MULTILINE,
)
_RANK = r"(?:(?:Đại|Thượng|Trung|Thiếu) tá |(?:Thiếu|Trung) tướng |(?:TS|ThS|BS|PGS)\. ?)?"
_SIGNED = re.compile(rf"^{_RANK}(?P<name>[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]*){{1,4}})$", re.MULTILINE)
# Specks of a seal before the first line of a signature, and dust at the edge of a cell.
_SPECKS = re.compile(
    r"^[_.'`’,~]{1,2}(?=(?:T/M|K/T|T/L|PHÓ|CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|CHÁNH|THỨ TRƯỞNG|BỘ TRƯỞNG)(?!\w))"
    r"|(?<=\| )[—–~_`ˆ¬'’]{1,2} (?=[^\W\d_])|(?<=[^\W\d_]) [—~_`ˆ¬'’]{1,2}(?= \|)",
    re.MULTILINE,
)
_BRACKET = re.compile(r"^\W{0,3}Lưu[^()\n]*\([^()\n]*[^\W\d_](?P<read>[iìíịï])(?=[.;,]?$)", re.MULTILINE)  # "(Hà)" read as "(Hài"
_DATED = re.compile(r"^\W{0,3}(?P<place>[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,3}), ngày", re.MULTILINE)
_PROVINCE = re.compile(
    r"(?<=tỉnh )(?P<a>[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ [A-ZĐÀ-Ỹ][a-zà-ỹđ]+)(?![^\W_])|(?<=TỈNH )(?P<b>[A-ZĐÀ-Ỹ]{2,} [A-ZĐÀ-Ỹ]{2,})(?![^\W_])"
)
_DOUBLED = re.compile(r"(?<=[A-ZĐ]{2})\.,(?= [^\W\d_])")  # "Đoàn TN., các phòng"
_OFFICES_OF = re.compile(r"^[-–+] .*?(?<![^\W_])(?P<who>PC|C|LĐ)V(?:[EFÉ]|PE)(?![^\W_])", re.MULTILINE)  # LĐVP, CVP, PCVP: of an office
_LIGATURE = re.compile(r"^[-–+] ?[^()\n]*? (?P<read>\(?[Œœ]/[c©€C]?\)?)(?=[;,.]?$)", re.MULTILINE)  # b/c, its b and stroke as one letter
_IN_NAMES = re.compile(r"^[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?P<speck> [:.;'`|_~-])(?= [A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+)*$)", re.MULTILINE)
_APOSTROPHE = re.compile(r"(?<=[a-zà-ỹđ] [KHYAĐ])[?](?=[A-ZĐ][a-zà-ỹđ])")  # "Điểu K'Rang Thái"
# In the list of recipients nothing ends inside a line but short names written with a full stop: "TT. Tỉnh ủy", "TP. Huế".
_PAUSE = re.compile(r"^[-–+] .*?(?:[a-zà-ỹđ]{2,}|(?<![^\W_])[IVX]+)(?P<read>\.)(?= [^\W\d_])", re.MULTILINE)
_SECRETARY = re.compile(r"^PHÓ (?=THƯ(?! KÝ)(?!\w))", re.MULTILINE)  # the vice secretary: "PHÓ BÍ THƯ THƯỜNG TRỰC"
_CHAIR = re.compile(r"(?<![^\W_])CT[.;]{0,2},?(?= các PCT(?!\w))")  # "CT, các PCT UBND": the chairman and his deputies
# A full stop between two short names of a list; those that are themselves written with one stay.
_LISTED = re.compile(
    r"^[-–+] .*?(?<![^\W_])(?!TTr?\.|TP\.|VP\.|TX\.|ĐU\.|BS\.|TS\.)[A-ZĐ&]{2,8}(?P<read>\.)(?= [A-ZĐ&]{2,8}[,;.]?$| [A-ZĐ&]{2,8}, )",
    re.MULTILINE,
)
_SECTORS = re.compile(r"^[-–+] Các [Ss]ở: ?(?:[A-ZĐ&]{1,8}, )+[A-ZĐ&]{1,8}(?P<read>;) (?=[A-ZĐ&]{1,8}[;.,]?$)", re.MULTILINE)
_AMPERSAND = re.compile(r"(?<=NN&M)(?:TT|IT|[1l]T)(?![^\W_])")  # the sector is written NN&MT
_POSITION = re.compile(r"TỊCH|TRƯỞNG|GIÁM ĐỐC|BÍ THƯ|CHÁNH|TƯỚNG|CHỦ NHIỆM|PHÓ ")
_OFFICES = frozenset({"Ban", "Phòng", "Đoàn", "Bộ", "Sở", "Cục", "Chi", "Vụ", "Khoa", "Tổ", "Ủy"})


def closing_changes(text: str) -> Iterator[Change]:
    """Changes in lines that only the end of a document has, and dust in cells; nothing else is looked at."""
    for match in _FILED.finditer(text):
        yield from _filed(match)
    for match in _BRACKET.finditer(text):
        yield Change(match.start("read"), match.end("read"), ")", FILED)
    for match in _DATED.finditer(text):
        place = place_name(match["place"])
        if place is not None:
            yield Change(match.start("place"), match.end("place"), place, NAME)
    for match in _PROVINCE.finditer(text):
        place = _provinces().get(fold(match[0]))
        if place is not None and sum(_marks_apart(a, b) for a, b in zip(place.split(), match[0].split(), strict=True)) == 1:
            yield Change(match.start(), match.end(), place.upper() if match["b"] else place, NAME)
    for match in _DOUBLED.finditer(text):
        yield Change(match.start(), match.start() + 1, "", FILED)
    for match in _OFFICES_OF.finditer(text):
        yield Change(match.end("who"), match.end(), "VP", FILED)
    for match in _LIGATURE.finditer(text):
        yield Change(match.start("read"), match.end("read"), "(b/c)", COPY)
    for match in _IN_NAMES.finditer(text):
        yield Change(match.start("speck"), match.end("speck"), "", SPECK)
    for match in _APOSTROPHE.finditer(text):
        yield Change(match.start(), match.end(), "'", NAME)
    for match in _SECRETARY.finditer(text):
        yield Change(match.end(), match.end(), "BÍ ", "phrase")
    for match in _CHAIR.finditer(text):
        if match[0] != "CT,":
            yield Change(match.start(), match.end(), "CT,", FILED)
    at = text.rfind("Nơi nhận")
    end = text.find("\n\n", at)  # a blank line parts the list from what follows on the page
    for match in _PAUSE.finditer(text, at, end if end >= 0 else len(text)) if at >= 0 else ():
        yield Change(match.start("read"), match.end("read"), ",", FILED)
    for match in (*_LISTED.finditer(text), *_SECTORS.finditer(text)):
        yield Change(match.start("read"), match.end("read"), ",", FILED)
    for match in _AMPERSAND.finditer(text):
        yield Change(match.start(), match.end(), "T", FILED)
    for match in _SPECKS.finditer(text):
        yield Change(match.start(), match.end(), "", SPECK)
    for match in _DEPUTIES.finditer(text):
        yield Change(match.start(), match.end(), "TTr", FILED)
    for match in _COPIES.finditer(text):
        yield Change(match.start("read"), match.end("read"), "b", FILED)
    for match in _STANDING.finditer(text):
        yield Change(match.start(), match.end(), "TT", FILED)
    for match in _TO.finditer(text):
        yield Change(match.start(), match.end(), "Nơi nhận", "phrase")
    for match in _BRANCHES.finditer(text):
        yield Change(match.start(), match.end(), "chi", "phrase")
    for match in _INITIALS.finditer(text):
        yield Change(match.start(), match.end(), "L", FILED)
    for match in _INITIAL.finditer(text):
        yield Change(match.start("read"), match.end("read"), "l", FILED)
    for match in _NOTED.finditer(text):
        short = "để b/c" if re.match("đ[ểếềễêe]", match["read"]) else "b/c"
        meant = {"th": "t/h", "ph": "p/h"}.get(match["read"], f"{short}áo" if match["full"] else short)
        if match["read"] != meant:
            yield Change(match.start("read"), match.end("read"), meant, COPY)
    for match in _SIGNED.finditer(text):
        first, second = match["name"].split(" ")[:2]
        compound = f"{first} {second}" in load.table("family_names")["compound"]
        family = None if compound else family_name(first)
        above = text[: match.start()].rstrip("\n").rsplit("\n", 3)[-3:]
        if family is not None and second not in _OFFICES and any(_POSITION.search(line) and line.isupper() for line in above):
            yield Change(match.start("name"), match.start("name") + len(first), family, NAME)


def _filed(match: re.Match[str]) -> Iterator[Change]:
    read = match["read"]
    if (fold(read) not in _OFFICE and read not in _COMMAS) or (read[0] == "v" and match["next"]):
        return
    if ";" in match["gap"]:
        yield Change(match.start("gap"), match.end("gap"), match["gap"].replace(";", ":"), FILED)
    if match["word"] != "Lưu":
        yield Change(match.start("word"), match.end("word"), "Lưu", FILED)
    followed = match.string[match.end() : match.end() + 1]
    comma = "," if match["next"] and not match["mark"] and followed.isalpha() else ""
    if match["mark"] in (";", ".", ",;", ";,") and match["next"] and followed.isalnum():
        yield Change(match.start("mark"), match.end("mark"), ",", FILED)  # a holder of the file copy follows: "VT, NV"
    if read != "VT" or comma:
        yield Change(match.start("read"), match.end("read"), f"VT{comma}", FILED)


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """Family names by their letters without any mark."""
    out: dict[str, tuple[str, ...]] = {}
    for name in load.table("family_names")["names"]:
        out[fold(name)] = (*out.get(fold(name), ()), name)
    return out


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Names of places by their letters without any mark."""
    out: dict[str, set[str]] = {}
    for row in load.rows("places"):
        out.setdefault(fold(row["name"]), set()).add(row["name"])
    return {key: tuple(sorted(names)) for key, names in out.items()}


@cache
def _provinces() -> dict[str, str]:
    """Names of provinces by their letters without any mark; no two have the same letters."""
    return {fold(row["name"]): row["name"] for row in load.rows("places") if row["level"] == "tỉnh"}


def place_name(read: str) -> str | None:
    """The place before the date of issue that `read` must have been: the only one of its letters, one mark apart; else None."""
    known = _places().get(fold(read), ())
    return known[0] if len(known) == 1 and read not in known and _marks_apart(known[0], read) == 1 else None


def family_name(read: str) -> str | None:
    """The family name that `read` must have been: the only one that differs in one mark; None where `read` is one, or it is not clear."""
    known = _families().get(fold(read), ())
    if read in known:
        return None
    near = [name for name in known if _marks_apart(name, read) == 1]
    return near[0] if len(near) == 1 else None


def _marks_apart(a: str, b: str) -> int:
    """Letters of another quality (ê for e), and one more where the tones differ."""
    a, b = a.lower(), b.lower()
    return sum(x != y for x, y in zip(letters_of(a), letters_of(b), strict=True)) + (tone_of(a) != tone_of(b))
