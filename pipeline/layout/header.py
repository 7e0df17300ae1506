"""What the document says of itself: type, number, date, place, issuer, subject, marks (domain rules 1.1-1.5, 2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.layout.model import Line
from pipeline.layout.signature import Signature
from pipeline.layout.zones import MOTTO, Zoner, is_caps
from pipeline.resolution.canonical import long_form, national
from pipeline.resolution.locality import Locality, find
from pipeline.resolution.naming import spelled_out, truecase
from pipeline.text.folding import bare, squeeze

_NUMBER = re.compile(
    r"(?<![^\W\d_])[Ss][ốôóo]\s*[:.;]?[\s.…_]*((?:[\dlIOo]{1,3}(?:\s?[\dlO]{1,3}){0,2}[a-zđ]?)?)\s*"
    r"(?:/\s*(\d{4}))?\s*([/\-–~]?)\s*([A-ZĐÐ][A-Za-zĐđƯưÂâÔôÊê&.]{0,14}"
    r"(?:\s?[-–/]\s?[A-ZĐ0-9][A-Za-zĐđƯưÂâÔôÊê&.]{0,24}){0,4})"
)
_DATE = re.compile(
    r"(?:(?P<place>[A-ZĐÀ-Ỹ][^\n,;:]{1,40}?)\s*,\s*)?[Nn]g[àa]y\s*(?P<d>\d{1,2}|[.…\s_]*?)\s*th[áa]ng\s*"
    r"(?P<m>\d{1,2}|[.…\s_]*?)\s*n[ăa]m\s*(?P<y>\d{4})"
)
_URGENCY = {"HỎA TỐC HẸN GIỜ": "Hỏa tốc hẹn giờ", "HỎA TỐC": "Hỏa tốc", "HOẢ TỐC": "Hỏa tốc", "THƯỢNG KHẨN": "Thượng khẩn", "KHẨN": "Khẩn"}
_SECRECY = {"TUYỆT MẬT": "Tuyệt mật", "TỐI MẬT": "Tối mật", "MẬT": "Mật"}
_SELF = re.compile(
    r"(?:^|(?<=[.;,:]\s)|(?<=\n))((?:Ủy ban nhân dân|UBND|Uỷ ban nhân dân|Hội đồng nhân dân|Văn phòng|Sở|Phòng"
    r"|Ban|Chi cục|Cục|Bộ|Đảng ủy|Huyện ủy|Tỉnh ủy|Thành ủy|Thị ủy|Quận ủy|Chi bộ|Thường trực|Trung tâm"
    r"|Công an|Thanh tra|Chủ tịch|Giám đốc|Hội|Liên đoàn|Đoàn|Trường|Bệnh viện|Bảo hiểm)[^.;:,()\n]{0,90}?)"
    r"\s*(?:\([^)\n]{1,60}\)\s*)?(?:xây dựng và ban hành|xây dựng|ban hành|yêu cầu|chỉ thị|đề nghị|thông báo"
    r"|kết luận|hướng dẫn|có ý kiến|báo cáo|giao|chỉ đạo|quyết định)\s+(?=[A-ZĐKk]|các|như|kế|về|thực|ý)"
)
_HEADS = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|BAN|PHÒNG|VĂN PHÒNG|CỤC|TỔNG CỤC|CHI CỤC|TRUNG TÂM|CÔNG AN"
    r"|THANH TRA|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|TỈNH ỦY|HUYỆN ỦY|THÀNH ỦY|THỊ ỦY|QUẬN ỦY|ĐẢNG ỦY|ĐẢNG BỘ|CHI BỘ"
    r"|TRƯỜNG|BỆNH VIỆN|HỘI|LIÊN ĐOÀN|ĐOÀN|VIỆN|HỌC VIỆN|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|TỔNG|HẠT|TÒA ÁN|ĐÀI"
    r"|MẶT TRẬN|CHỦ TỊCH|BCH|BCĐ|TỈNH ĐOÀN|TẬP ĐOÀN|CÔNG TY|THƯỜNG TRỰC|BỘ CHỈ HUY|VỤ|TRẠM|QUỸ|ĐẠI HỌC|TỔ)"
    r"(?![^\W\d_])"
)
_COMMITTEE = re.compile(
    r"^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|ĐẢNG BỘ|ĐẢNG ỦY|ỦY BAN MẶT TRẬN TỔ QUỐC"
    r"(?: VIỆT NAM)?|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|CHỦ TỊCH ỦY BAN NHÂN DÂN)$"
)
_LEVEL = re.compile(r"^(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\s")


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
        if number is None and (m := _NUMBER.search(words)) and m.start() < 60:
            number, draft, party = _symbol(m)
        if issued is None and (m := _DATE.search(words)):
            found = partial_date(m["d"], m["m"], m["y"])
            if found:
                issued = found
                place = _place(m["place"])
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


def _place(words: str | None) -> str | None:
    if not words:
        return None
    clean = squeeze(words)
    clean = re.split(r"(?:NAM|phúc|Phúc|PHÚC|\d|[A-Z]{2,}[/-][A-ZĐa-z]+)\s+(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])", clean)[-1]
    return clean.strip(" .-") or None


def partial_date(day: str, month: str, year: str) -> str | None:
    """ISO date as far as it is printed: "2025-02" with a blank day. None for a date that cannot be."""
    from datetime import date

    day, month = (p.strip(" .…_") for p in (day, month))
    if not month:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if not day:
        return f"{year}-{int(month):02d}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def read_marks(text: str, lines: list[Line]) -> tuple[str | None, str | None]:
    """(urgency, secrecy): marks alone on a line in capitals with their accents, before the body (domain rule 1.5)."""
    urgency = secrecy = None
    for line in lines[:25]:
        if line.zone not in ("header", "title"):
            break
        words = squeeze(text[line.start : line.end]).strip(" .:!*")
        urgency = urgency or _URGENCY.get(words)
        secrecy = secrecy or _SECRECY.get(words)
    return urgency, secrecy


def header_bodies(text: str, lines: list[Line]) -> list[str]:
    """The names of bodies at the top left, superior first, each on one line and in ordinary writing."""
    names: list[str] = []
    for line in lines:
        if line.zone != "header":
            break
        words = squeeze(text[line.start : line.end])
        folded = bare(words)
        for found in MOTTO.finditer(folded):
            words = words.replace(words[found.start() : found.end()], " ") if len(folded) == len(words) else words
        words = re.split(r"(?<![^\W\d_])S[ốô]\s*:?\s*[\d/]", words)[0].strip(" *_-–—.")
        if not words:
            continue
        if (_NUMBER.search(text[line.start : line.end]) and not is_caps(words)) or re.match(r"V\s*/\s*v", words, re.I):
            break
        if not is_caps(words) or words in _URGENCY or words in _SECRECY:
            continue
        if names and not _HEADS.match(words):
            names[-1] += " " + words
        elif _HEADS.match(words):
            if names and _COMMITTEE.match(names[-1]) and _LEVEL.match(words):
                names[-1] += " " + words
            else:
                names.append(words)
    return [truecase(n) for n in names]


def rank_of(name: str) -> str | None:
    """Rank of the issuer by its name."""
    low = name.lower()
    if re.search(r"(?:xã|phường|đặc khu|thị trấn)(?:\s|$)", re.sub(r"thị xã|văn xã", "", low)) and not re.search(
        r"khoa giáo|các xã|xã hội", low
    ):
        return "commune"
    if re.search(r"huyện|quận(?!\sự)|thị xã|thị ủy", low):
        return "district"
    if re.search(r"tỉnh|(?<!phòng )(?:^|\s)sở\s", low):
        return "province"
    return None


def self_named(text: str, start: int, end: int) -> str | None:
    """The body that says of itself that it issues this document, in text[start:end]."""
    for m in _SELF.finditer(text[start:end]):
        name = squeeze(m[1])
        if not re.search(r"\d|(?<![^\W\d_])(?:các|những|theo|của các)(?![^\W\d_])", name) and len(name.split()) <= 14:
            return name
    return None


def resolve_issuer(
    text: str, lines: list[Line], identity: Identity, signature: Signature, zoner: Zoner
) -> tuple[str | None, str | None, Locality]:
    """(issuer in long form, how it was found, locality), by the order of trust of domain rule 1.2."""
    bodies = header_bodies(text, lines)
    body_lines = [line for line in lines if line.zone == "body"]
    intro = (body_lines[0].start, body_lines[min(7, len(body_lines) - 1)].end) if body_lines else (0, 0)
    named = self_named(text, *intro) or (self_named(text, body_lines[-1].start, body_lines[-1].end) if body_lines else None)
    parent = None
    method: str | None
    decider = _decider(text, lines, zoner)
    if decider:
        name, method = decider, "decision line"
    elif bodies:
        name, method = bodies[-1], "header"
        parent = bodies[-2] if len(bodies) > 1 else None
    elif signature.collective and is_caps(signature.collective):
        name, method = truecase(signature.collective), "signature"
        if named and spelled_out(named).lower().startswith(spelled_out(name).lower()[:12]):
            name, method = named, "self-naming"
    elif named:
        name, method = re.sub(r"^(?:Chủ tịch|Giám đốc|Chánh|Trưởng)\s+(?=Ủy|UBND|Sở|Ban|Phòng)", "", named), "self-naming"
    else:
        name, method = _by_symbol(identity.number), "symbol"
    own = rank_of(name or "") or (rank_of(parent) if parent else None) or _rank_in(text, name)
    if method == "header" and name and signature.collective and _PARTY_BODY.match(name):
        organ = truecase(signature.collective)
        if re.match(r"(?:Ban Thường vụ|Ban Chấp hành|Thường trực)$", organ):
            name, method = f"{organ} {_committee(name)}", "header and signature"
    everything = " ; ".join([*bodies, name or "", named or ""])
    if own is None and name and not national(name):
        own = _rank_by_place(identity, text)
    where = find(text, everything, identity.place, identity.issued_on, own)
    if not name:
        return None, None, where
    return _with_parent(name, parent, where), method, where


_PARTY_BODY = re.compile(r"(?:Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Quận ủy|Đảng ủy|Đảng bộ)(?!\w)")


def _committee(name: str) -> str:
    """The committee of a Party organisation: "Đảng bộ tỉnh X" -> "Tỉnh ủy X"."""
    for organisation, committee in (
        ("Đảng bộ tỉnh", "Tỉnh ủy"),
        ("Đảng bộ huyện", "Huyện ủy"),
        ("Đảng bộ thành phố", "Thành ủy"),
        ("Đảng bộ", "Đảng ủy"),
    ):
        if name.startswith(organisation):
            return committee + name[len(organisation) :]
    return name


def _decider(text: str, lines: list[Line], zoner: Zoner) -> str | None:
    """In a decision, the office or body that decides: a line of its own in capitals between the title and the căn cứ lines."""
    if zoner.type not in ("Quyết định", "Nghị quyết", "Quy định"):
        return None
    for line in lines:
        if line.zone == "header" or line.zone == "title":
            continue
        words = squeeze(text[line.start : line.end])
        if not is_caps(words):
            return None
        if re.match(
            r"(?:CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CỤC TRƯỞNG|CHÁNH|TRƯỞNG|CHI CỤC TRƯỞNG|HIỆU TRƯỞNG"
            r"|TỔNG GIÁM ĐỐC|VIỆN TRƯỞNG)\s",
            words,
        ):
            return truecase(words.strip(" ,.:"))
        return None
    return None


def _by_symbol(number: str | None) -> str | None:
    if not number:
        return None
    m = re.search(r"(?:^|[/-])(UBND|HĐND|SNV|STC|SYT|SXD|SCT|STP)(?:$|-)", number)
    return (
        {
            "SNV": "Sở Nội vụ",
            "STC": "Sở Tài chính",
            "SYT": "Sở Y tế",
            "SXD": "Sở Xây dựng",
            "SCT": "Sở Công Thương",
            "STP": "Sở Tư pháp",
        }.get(m[1], m[1])
        if m
        else None
    )


def _rank_in(text: str, name: str | None) -> str | None:
    """For "Ủy ban nhân dân" without a level: the level that the text gives to it most often."""
    if not name or not re.search(r"ủy ban nhân dân|ubnd|hội đồng|hđnd", name, re.I):
        return None
    counts = {
        rank: len(re.findall(rf"(?:UBND|Ủy ban nhân dân|HĐND)\s+(?:{words})(?![^\W\d_])(?!,| [a-z])", text))
        for rank, words in (("province", "tỉnh"), ("district", "huyện|quận|thị xã"), ("commune", "xã|phường|đặc khu"))
    }
    best = max(counts, key=lambda k: counts[k])
    return best if counts[best] else None


def _rank_by_place(identity: Identity, text: str) -> str | None:
    from pipeline.resolution.places import named

    places = named(identity.place.removeprefix("Thành phố ").removeprefix("TP ")) if identity.place else ()
    if re.search(r"(?:UBND|Ủy ban nhân dân) tỉnh", text) and any(p.rank == "province" for p in places):
        return "province"
    ranks = {p.rank for p in places if p.valid(identity.issued_on)}
    return "province" if "province" in ranks else None


def _with_parent(name: str, parent: str | None, where: Locality) -> str:
    """The long form of a header's last body, completed by the body above it."""
    full = spelled_out(name)
    if parent is None or re.match(r"(?:Ban Thường vụ|Ban Chấp hành|Thường trực)\s+\S", full):
        return long_form(name, where)
    above = spelled_out(parent)
    if re.match(r"(?:Ủy ban nhân dân|Hội đồng nhân dân)\s", above) and re.match(r"(?:Văn phòng)$", full):
        return f"{full} {long_form(parent, where)}"
    if re.match(r"(?:Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Quận ủy|Đảng ủy|Đảng bộ)", above) and not re.match(
        r"(?:Đảng ủy|Chi bộ|Huyện ủy|Thành ủy|Thị ủy|Quận ủy|Tỉnh ủy|Đảng bộ|Đảng đoàn|Ban Cán sự)", full
    ):
        body = re.sub(r"^Đảng bộ tỉnh", "Tỉnh ủy", above)
        body = re.sub(r"^Đảng bộ (?:huyện)", "Huyện ủy", body)
        body = re.sub(r"^Đảng bộ thành phố", "Thành ủy", body)
        return full if body.split()[0] in full else f"{full} {body}"
    if re.match(r"(?:Sở|Bộ|Cục|Tổng cục|Chi cục|Bệnh viện|Trường|Đại học|Viện|Công an|Thanh tra)\b", above) and not re.search(
        r"(?:tỉnh|thành phố|huyện)\s", full
    ):
        if re.match(r"(?:Sở|Công an|Thanh tra)\b", above):
            place = where.province
            return f"{full} {place}" if place and bare(place.split(" ", 1)[1]) not in bare(full) else full
        return full
    return long_form(name, where)


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
