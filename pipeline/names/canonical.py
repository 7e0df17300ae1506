"""One name for one body in all documents of a locality: "UBND tỉnh" -> "Ủy ban nhân dân tỉnh Quảng Ngãi" (contract: `canonical`)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load
from pipeline.names.locality import Locality, bare_name
from pipeline.names.naming import spelled_out
from pipeline.text.folding import tone

_LEVEL_END = re.compile(r"(?:\s+của)?\s+(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)$", re.I)
_PARTY_END = re.compile(r"(?:Tỉnh ủy|Thành ủy|Huyện ủy|Thị ủy|Quận ủy|Tỉnh đoàn|Huyện đoàn|Thành đoàn)$", re.I)
_PLACED = re.compile(
    r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy"
    r"|Đảng ủy|Đảng bộ|khu vực)\s+[A-ZĐÀ-Ỹ0-9]"
)
_GROUP = re.compile(r"(?<![^\W\d_])(?:các|những|cấp|từng|mỗi)(?![^\W\d_])", re.I)
_PROVINCIAL = re.compile(r"(?:(?:Giám đốc|Phó Giám đốc|Lãnh đạo)\s+)?(?:Sở|Bộ Chỉ huy|Ban [Qq]uản lý (?:các )?[Kk]hu)\b")
_LOCAL = re.compile(
    r"(?:(?:Trưởng|Phó Trưởng|Chánh|Giám đốc|Chủ tịch|Lãnh đạo|Chánh án|Viện trưởng|Chỉ huy trưởng)\s+)?"
    r"(?:Phòng|Văn phòng|Thanh tra|Công an|Ban|Trung tâm|Chi cục|Hội|Liên đoàn|Đài|Báo|Mặt trận"
    r"|Ủy ban Mặt trận|Bảo hiểm|Kho bạc|Thường trực|Chánh)\b",
    re.I,
)


_BODY_OF = re.compile(
    r"^(?:Bộ trưởng|Giám đốc|Tổng cục trưởng|Cục trưởng|Chi cục trưởng|Chánh Văn phòng"
    r"|Ban Thường vụ|Ban Chấp hành|Thường trực)\s+(?=[A-ZĐ])"
)


@cache
def _national() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in load.rows("national_bodies"):
        for name in (row["name"], *row["aliases"]):
            found.setdefault(tone(name), row["name"])
    return found


def national(name: str) -> str | None:
    """The name of a national body as it is usually written, or None."""
    return _national().get(tone(spelled_out(name))) or _national().get(tone(name.strip()))


def long_form(name: str, where: Locality, issuer: str | None = None) -> str:
    """`name` written out with its locality. A group or a national body stays without one; what the locality does not say is left
    as printed.

    `issuer`: long name of the document's issuer, whose inner departments ("Phòng ...", "Chánh Văn phòng") get its name.
    """
    known = national(name)
    if known:
        return known
    full = spelled_out(name)
    if _PLACED.search(full) or (_GROUP.search(full) and not _PROVINCIAL.match(full)):
        return full
    party = _PARTY_END.search(full)
    if party:
        rank = "province" if party[0].lower() in ("tỉnh ủy", "tỉnh đoàn") else "district"
        place = where.name_of(rank)
        if party[0].lower() in ("thành ủy", "thành đoàn"):
            place = where.of_level("thành phố")
        return f"{full} {bare_name(place)}" if place else full
    level = _LEVEL_END.search(full)
    if level:
        resolved = where.of_level(level[1].lower())
        return full[: level.start()] + " " + resolved if resolved else full
    return _placed(full, where, issuer)


def _placed(full: str, where: Locality, issuer: str | None) -> str:
    """A body whose name has no level word: a Sở is the province's, a Phòng that of the issuer or of the issuer's level."""
    if re.match(r"(?:Bộ|Tổng cục|Chính phủ|Quốc hội|Cục|Vụ|Viện|Học viện|Tập đoàn)\b(?! Chỉ huy| phận| đội)", full) or re.search(
        r"Trung ương|Việt Nam$|quốc gia$", full
    ):
        return full
    if _PROVINCIAL.match(full):
        if where.province and tone(full).endswith(" " + tone(bare_name(where.province))):
            return full[: -len(bare_name(where.province))] + where.province  # "Sở Y tế Đồng Nai"
        return f"{full} {where.province}" if where.province else full
    if issuer and re.match(r"(?:Phó )?Chánh Văn phòng$|Văn phòng$|Lãnh đạo Văn phòng$|Chủ tịch Công đoàn Văn phòng$", full, re.I):
        office = re.match(r"(?:.* )?(Văn phòng .*)$", issuer)
        return re.sub(r"Văn phòng$", lambda m: office[1], full) if office else full
    if not _LOCAL.match(full):
        return full
    body = _BODY_OF.sub("", issuer) if issuer else ""
    if re.match(r"(?:Văn phòng|Sở|Ban|Chi cục|Cục|Bộ|Trung tâm|Bảo hiểm|Đảng ủy|Tỉnh ủy|Huyện ủy|Thành ủy)\b", body):
        head = re.match(r"(?:Chi cục|Trung tâm|Đảng ủy|Tỉnh ủy|Huyện ủy|Thành ủy|\w+)", body)
        if head and re.search(rf"\s{head[0]}$", full):
            return full[: -len(head[0])] + body  # "Thanh tra Sở" of a Sở
        inner = re.match(r"(?:(?:Trưởng|Phó Trưởng|Lãnh đạo) )?(?:Phòng|Văn phòng|Thanh tra)\b", full, re.I)
        if inner and not body.startswith(full):
            return f"{full} {body}"
    own = where.name_of(where.own) if where.own else None
    if own and tone(full).endswith(tone(bare_name(own))):
        return full
    return f"{full} {own}" if own else full
