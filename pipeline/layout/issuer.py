"""Who issues the document, and where: header, decision line, signature, self-naming, symbol (domain rule 1.2)."""

from __future__ import annotations

import re

from pipeline.data import load
from pipeline.layout.capitals import is_caps
from pipeline.layout.header import Identity
from pipeline.layout.header_bodies import header_bodies
from pipeline.layout.model import Line
from pipeline.layout.signature import Signature
from pipeline.layout.zones import Zoner
from pipeline.names.canonical import long_form, national
from pipeline.names.locality import Locality, find
from pipeline.names.naming import spelled_out, truecase
from pipeline.names.places import named as places_named
from pipeline.text.folding import bare, squeeze

_SELF = re.compile(
    r"(?:^|(?<=[.;,:]\s)|(?<=\n))((?:Ủy ban nhân dân|UBND|Uỷ ban nhân dân|Hội đồng nhân dân|Văn phòng|Sở|Phòng"
    r"|Ban|Chi cục|Cục|Bộ|Đảng ủy|Huyện ủy|Tỉnh ủy|Thành ủy|Thị ủy|Quận ủy|Chi bộ|Thường trực|Trung tâm"
    r"|Công an|Thanh tra|Chủ tịch|Giám đốc|Hội|Liên đoàn|Đoàn|Trường|Bệnh viện|Bảo hiểm)[^.;:,()\n]{0,90}?)"
    r"\s*(?:\([^)\n]{1,60}\)\s*)?(?:xây dựng và ban hành|xây dựng|ban hành|yêu cầu|chỉ thị|đề nghị|thông báo"
    r"|kết luận|hướng dẫn|có ý kiến|báo cáo|giao|chỉ đạo|quyết định)\s+(?=[A-ZĐKk]|các|như|kế|về|thực|ý)"
)


def rank_of(name: str) -> str | None:
    """Rank of the issuer by its name."""
    low = name.lower()
    if re.search(r"(?:xã|phường|đặc khu|thị trấn)(?:\s|$)", re.sub(r"thị xã|văn xã", "", low)) and not re.search(
        r"khoa giáo|các xã|xã hội", low
    ):
        return "commune"
    if re.search(r"huyện|quận(?!\s+sự)|thị xã|thị ủy", low):
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
    name: str | None
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
    central = own is None and name is not None and (_central(name) or bool(parent and _central(parent)))
    if own is None and name and not central:
        own = _rank_by_place(identity, text)
    where = Locality() if central else find(text, everything, identity.place, identity.issued_on, own)
    if not name:
        return None, None, where
    return _with_parent(name, parent, where), method, where


_CENTRAL = re.compile(
    r"(?:Bộ trưởng\s+)?Bộ\s+(?!Chỉ huy|phận|Tư lệnh)|Tổng cục\s|Thủ tướng|Chính phủ|Quốc hội|Ban Chấp hành Trung ương|Trung ương\s"
)


def _central(name: str) -> bool:
    """Does the body stand for the whole country? What it calls "tỉnh" or "Sở" is no place's, wherever its office sits."""
    return national(name) is not None or bool(_CENTRAL.match(name)) or name.endswith(" Trung ương")


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
    """The issuer that the letters of the document's number tell."""
    symbols: dict[str, str] = load.table("header_words")["symbols"]
    m = re.search(rf"(?:^|[/-])({'|'.join(symbols)})(?:$|-)", number) if number else None
    return symbols[m[1]] if m else None


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
    places = places_named(identity.place.removeprefix("Thành phố ").removeprefix("TP ")) if identity.place else ()
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
    if re.match(r"(?:Hội|Liên đoàn|Liên hiệp|Công đoàn|Tỉnh đoàn|Huyện đoàn|Đoàn|Ủy ban Mặt trận)", above) and re.match(
        r"(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Ban Thường trực|Đoàn Chủ tịch)$", full
    ):
        return f"{full} {long_form(parent, where)}"  # "HỘI LHPN TỈNH LẠNG SƠN / BAN THƯỜNG VỤ"
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
