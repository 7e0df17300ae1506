"""Who signs, in which position, for whom; and the list of recipients (domain rules 1.3, 1.1 ô 7, 9b)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.layout.capitals import is_caps, type_names
from pipeline.layout.model import Line
from pipeline.names.naming import truecase
from pipeline.text.folding import bare, squeeze

_CODES = re.compile(r"(?<![^\W\d_])(TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|Q)(?:\.(?=\s*[A-ZĐÀ-Ỹ])|(?=\s+[A-ZĐÀ-Ỹ]{2}))")
_POSITION = re.compile(
    r"(?:ỦY VIÊN\s+)?(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|BÍ THƯ"
    r"(?: THƯỜNG TRỰC)?|TRƯỞNG BAN|TRƯỞNG PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|"
    r"CỤC TRƯỞNG|VỤ TRƯỞNG|CHI CỤC TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|CHỦ NHIỆM|THỦ TƯỚNG|TỔNG THANH TRA|THỐNG ĐỐC"
    r"|CHỈ HUY TRƯỞNG|TRƯỞNG ĐOÀN|TỔ TRƯỞNG|TỔNG CỤC TRƯỞNG|CHÁNH ÁN|ĐỘI TRƯỞNG|HẠT TRƯỞNG|TRẠM TRƯỞNG)"
    r"(?:\s+THƯỜNG TRỰC)?",
    re.I,
)
_NAME = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|BS|KS|CN|Ths|Bs|CKI|CKII|Đại tá|Thượng tá|Trung tá|Thiếu tá|Thiếu tướng|Trung tướng"
    r"|Ông|Bà)\.?\s*)*((?:[A-ZĐÀ-Ỹ](?:['’]?[A-Z]?[a-zà-ỹđ]+)?)"
    r"(?:\s+[A-ZĐÀ-Ỹ](?:['’]?[A-Z]?[a-zà-ỹđ]+)?){1,5})$"
)
_NAME_CAPS = re.compile(r"^[A-ZĐÀ-Ỹ]{2,}(?:\s+[A-ZĐÀ-Ỹ]{1,7}){1,4}$")
_NOT_NAME = re.compile(
    r"^(?:ky boi|nguoi ky|email|co quan|thoi gian|noi nhan|luu\s*:|luu vt|luu van phong|da ky|phu luc|so |ubnd"
    r"|uy ban|bieu|mau |(?:bi thu|chu tich|giam doc|pho (?:chu|giam|truong|bi|chanh)|truong "
    r"(?:ban|phong|doan))|bo |ban |hoi |phong |trung tam )"
)
_LEAD = re.compile(r"^\s*[-–—•+*·]+\s*")
_TRAIL = re.compile(r"[\s;.,/]+$")


@dataclass(frozen=True, slots=True)
class Signature:
    """`authority`: codes as printed, joined with ";"; `collective`: what stands after TM.; `positions`: all printed, last one the
    signer's."""

    name: str | None
    position: str | None
    authority: str | None
    collective: str | None


def sentence_case(text: str) -> str:
    """In ordinary writing: "PHÓ CHỦ TỊCH" -> "Phó Chủ tịch": capital on the first word and on an office after "Phó"."""
    low = squeeze(text).lower()
    low = re.sub(r"^(phó )?(.)", lambda m: ("Phó " if m[1] else "") + m[2].upper(), low)
    return re.sub(r"văn phòng|thanh tra", lambda m: m[0][0].upper() + m[0][1:], low)


def read_signature(text: str, lines: list[Line]) -> Signature:
    """The signature among the lines of zone "signature" (the recipients' lines are looked at for a name only when there is none)."""
    block = [squeeze(text[line.start : line.end]) for line in lines if line.zone == "signature"]
    name = _name(block)
    joined = "\n".join(b for b in block if is_caps(b) or _CODES.match(b) or _POSITION.fullmatch(b.strip(" .,")))
    codes = [m[1] + ("." if "/" not in m[1] else "") for m in _CODES.finditer(joined)]
    collective = None
    m = re.search(r"(?:TM|T/M)\.?\s*([^\n]+?)(?=\s*(?:\n|(?:KT|K/T|TL|T/L|TUQ|Q)\.|$))", joined)
    if m:
        collective = m[1]
        trailing = re.search(rf"\s+(?:{_POSITION.pattern})$", collective, re.I)
        if trailing and trailing.start() > 5:
            collective = collective[: trailing.start()]
    tail = joined[m.end(1) :] if m else joined
    if m and collective is not None and len(collective) < len(m[1]):
        tail = m[1][len(collective) :] + tail
    position = _position(tail)
    if position and codes and codes[-1] in ("KT.", "K/T"):
        behind = joined[max(m.start() for m in _CODES.finditer(joined)) :]
        offices = [m[0].upper() for m in _POSITION.finditer(behind)]
        position = _deputy(position) if offices and offices[-1] == offices[0] else position
    if position and codes and codes[-1] in ("TL.", "T/L", "TUQ."):
        ordered, _, signed = joined[max(m.start() for m in _CODES.finditer(joined)) :].partition("\n")
        if _POSITION.search(ordered) and not _POSITION.search(signed) and len(_POSITION.findall(ordered)) == 1:
            position = None  # the office that had it signed; the line of who signs is not legible
    return Signature(name, position, ";".join(codes) or None, squeeze(collective) if collective else None)


def _position(tail: str) -> str | None:
    """The last position in the lines of a signature, with a second one behind a dash; one that no list has is known by its first word."""
    found = list(_POSITION.finditer(tail))
    if found:
        second = re.match(r"\s+[-–]\s+([^\W\d_]+(?: [^\W\d_]+){0,4})(?=\n|$)", tail[found[-1].end() :])
        return sentence_case(found[-1][0]) + (f" - {sentence_case(second[1])}" if second and is_caps(second[1]) else "")
    lines = [line.strip(" .,") for line in tail.split("\n")]
    unlisted = [line for line in lines if re.match(r"(?:QUYỀN |PHÓ )?(?:TRƯỞNG|CHÁNH|TỔNG|TƯ LỆNH|CHÍNH ỦY)\b", line) and len(line) < 60]
    return truecase(unlisted[-1]) if unlisted else None


def _deputy(position: str) -> str:
    """Who signs with KT. (ký thay) is the deputy of the office named (NĐ 30/2020 Điều 13); the line that says so may be under the seal."""
    if position.startswith(("Phó ", "Thứ trưởng")):
        return position
    return "Thứ trưởng" if position == "Bộ trưởng" else f"Phó {position}"


def _name(block: list[str]) -> str | None:
    for line in reversed(block):
        clean = line.strip(" .,;:-")
        if _NOT_NAME.match(bare(clean)) or re.search(r"\d|:|@", clean):
            continue
        m = _NAME.match(clean)
        if m:
            return m[1]
        if (
            _NAME_CAPS.match(clean)
            and bare(clean) not in type_names()
            and not _POSITION.search(clean)
            and not _CODES.match(clean)
            and len(clean) < 40
            and not re.match(r"(?:ỦY BAN|BAN|SỞ|CHI CỤC|CỤC|BỘ|HỘI|ĐẢNG)\b", clean)
        ):
            return " ".join(w.capitalize() for w in clean.split())
    return None


def read_list(text: str, lines: list[Line], zone: str) -> list[str]:
    """Entries of "Nơi nhận" or "Kính gửi": one per line, without label, dash and the mark at the end."""
    entries: list[str] = []
    dashed = sum(line.marker == "bullet" for line in lines if line.zone == zone) > 2
    for line in lines:
        if line.zone != zone:
            continue
        words = squeeze(text[line.start : line.end])
        if zone == "recipients" and dashed and len(entries) > 1 and not line.marker and re.match(r"[A-ZĐ]{2}", words) and ":" not in words:
            entries[-1] += f"; {_TRAIL.sub('', words)}"  # "- Viện KSND tỉnh;" / "TAND tỉnh;": a dash opens each entry of this list
            continue
        label = re.match(r"(?:nơi nhận|kính gửi|kính chuyển)\s*[:;.]?\s*", words, re.I) or re.match(
            r"n\wi\s*nh\wn\s*[:;.]?\s*|k\wnh g\wi\s*[:;.]?\s*", bare(words)
        )
        if label:
            words = words[label.end() :]
        elif zone == "addressees" and re.search(r"\sđiện\s*:\s*", words):
            words = re.split(r"\sđiện\s*:\s*", words)[1]  # what stands before is the sender
        pieces = (
            re.split(r";\s*(?=[-–]\s)|(?<=[;.])\s+[-–]\s+", words)
            if zone == "recipients"
            else re.split(r";\s+", words)
            if not line.marker
            else [words]
        )
        for piece in pieces:
            clean = _TRAIL.sub("", _LEAD.sub("", piece.strip()))
            if clean and bare(clean).strip("() ") != "da ky":
                entries.append(clean)
    return entries
