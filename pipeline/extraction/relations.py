"""What the document does with a document that it cites at one mention (domain rule 2.5; GUIDE "relation")."""

from __future__ import annotations

import re
from itertools import islice

from pipeline.extraction.citing.mention import CitationMention
from pipeline.layout.model import Layout, Line
from pipeline.records import Relation

_SUBJECT_OPENS = re.compile(
    r"(?<![^\W\d_])(?:về|ban hành|quy định|phê duyệt|hướng dẫn|v/v|sửa đổi|bãi bỏ|thành lập|công bố|giao"
    r"|triển khai|thực hiện|đẩy mạnh|tăng cường|kèm theo|tiếp tục|sơ kết|tổng kết|“|\"|chi tiết)(?![^\W\d_])"
)
_REPEALS = re.compile(
    r"(?:[Bb]ãi bỏ|[Hh]ủy bỏ|[Hh]uỷ bỏ|[Cc]hấm dứt hiệu lực(?: của)?|[Tt]hu hồi|[Đđ]ình chỉ thi hành)\s+"
    r"(?:(?:toàn bộ|một phần|hiệu lực(?: của| thi hành)?|các|nội dung|quy định(?: tại)?|điểm [a-zđ]|khoản \d+"
    r"|Điều \d+|mục [\dIVX.]+|tại|và|,)\s*)*$"
)
_REPEALED = re.compile(r"^[^.;\n]{0,160}?(?:hết hiệu lực|bị bãi bỏ|được bãi bỏ|chấm dứt hiệu lực)")
_REPLACES = re.compile(r"(?:thay thế|thay thế cho)\s+(?:cho\s+)?(?:[^.;\n]{0,60}?(?:tại|của|và)\s+)?(?:các\s+)?$")
_REPLACED_BY = re.compile(r"được thay thế (?:bởi|bằng)\s*$")
_AMENDS = re.compile(
    r"(?:[Ss]ửa đổi, bổ sung|[Ss]ửa đổi|[Bb]ổ sung|[Đđ]iều chỉnh)"
    r"(?:\s+(?:một số|nội dung|các|điểm|khoản|Điều|điều|của|tại|tên|cụm từ|thời gian|và|mục"
    r"|[\wđ.,“”\"])+){0,14}?\s*$"
)
_AMENDED_BY = re.compile(r"(?:sửa đổi|bổ sung)(?:, bổ sung)?(?:\s+(?:một số điều|tại|theo|bởi|bằng))+\s*$")
_OPENED = re.compile(r"[“\"]?(?:\d+[.)]\s*)?(Sửa đổi|Bổ sung|Điều chỉnh|Bãi bỏ|Hủy bỏ|Thay thế)(?![^\W\d_])")
_GUIDES = re.compile(
    r"(?:hướng dẫn|quy định chi tiết)(?: thi hành| thực hiện)?"
    r"(?:\s+(?:một số|các|điều|nội dung|của|biện pháp|và)+)*\s*$",
    re.I,
)
_IMPLEMENTS = re.compile(
    r"(?<![^\W\d_])(?:[Tt]hực hiện|[Tt]riển khai|[Qq]uán triệt|[Tt]hi hành|[Cc]ụ thể hóa|[Cc]ụ thể hoá"
    r"|[Cc]hấp hành|[Tt]uân thủ|[Hh]ọc tập|[Tt]uyên truyền|[Pp]hổ biến|[Tt]hể chế hóa|[Tt]ổ chức|[Bb]ám sát"
    r"|[Tt]heo dõi|[Kk]iểm tra|[Đđ]ôn đốc|[Hh]oàn thành|[Ss]ơ kết|[Tt]ổng kết|[Áá]p dụng)(?![^\W\d_])"
)
_BASIS = re.compile(r"(?<![^\W\d_])(?:[Cc]ăn cứ|[Tt]heo|[Xx]ét|[Tt]iếp theo)(?![^\W\d_])")
_THEO = re.compile(
    r"(?:[Pp]hù hợp với|[Cc]ăn cứ(?: vào)?|[Tt]heo(?!\s+dõi)(?: quy định)?(?: tại| của)?|[Qq]uy định tại"
    r"|[Nn]êu tại|[Tt]ại|[Tt]heo (?:đúng )?(?:tinh thần|nội dung|yêu cầu|hướng dẫn|chỉ đạo|kế hoạch|mẫu)"
    r"(?: của| tại)?)\s+(?:[^.;\n]{0,70}?)$"
)
_RECEIVED = re.compile(
    r"(?:[Nn]hận được|[Pp]húc đáp|[Tt]rả lời|[Tt]iếp nhận|[Xx]em xét)\s+"
    r"(?:nội dung\s+|đề nghị (?:của [^.;]{0,60} )?(?:tại\s+)?)?$"
)
_TASK_VERB = re.compile(
    r"(?<![^\W\d_])(?:[Tt]riển khai|[Tt]hực hiện|[Xx]ây dựng|[Tt]ổ chức|[Nn]âng cao|[Tt]ăng cường|[Bb]ảo đảm"
    r"|[Đđ]ảm bảo|[Cc]hỉ đạo|[Hh]oàn thành|[Tt]iếp tục|[Rr]à soát|[Đđ]ẩy mạnh|[Tt]hực hành|[Pp]hát huy)"
    r"(?![^\W\d_])"
)
_ACTS: dict[str, Relation] = {
    "sửa đổi": "amends",
    "bổ sung": "amends",
    "điều chỉnh": "amends",
    "bãi bỏ": "repeals",
    "hủy bỏ": "repeals",
    "thay thế": "replaces",
}
_FAR = 800  # characters of a clause that are looked at before a citation
_STOP = re.compile(r"(?<![:;])[.;\n]\s")


def relate(text: str, layout: Layout, mentions: list[CitationMention]) -> list[Relation]:
    """The relation of each mention, in order. A document named inside another's subject is only mentioned, whatever verbs stand there."""
    relations: list[Relation] = []
    inner: list[bool] = []
    for i, c in enumerate(mentions):
        inner.append(False)
        line = layout.line_at(c.start)
        if line is None:
            relations.append("mentions")
            continue
        leader = _leader(text, line, i, mentions, inner)
        if leader is not None:
            relations.append(relations[leader])
            inner[i] = inner[leader]
            continue
        inner[i] = nested(text, line, mentions, i)
        relations.append(_one(text, layout, line, c, _before(text, line, c), inner[i]))
    return relations


def nested(text: str, line: Line, mentions: list[CitationMention], i: int) -> bool:
    """Does `mentions[i]` stand inside the subject of a document cited before it in the same line?"""
    c = mentions[i]
    for n in range(i - 1, -1, -1):
        outer = mentions[n]
        if outer.start < max(line.start, c.start - 4 * _FAR):
            return False
        if outer.number is None:
            continue
        between = text[outer.tail or outer.end : c.start]
        if len(between) > 420 or re.search(r";|\.\s|\n|\)\s*$", between):
            return False
        if re.search(r"(?:,|và|,\s*và)\s*(?:các\s+|tại\s+|theo\s+)?$", between) or _SAID_TOO.search(between):
            continue  # coordinated with the outer one, not inside its subject
        opened = _SUBJECT_OPENS.search(between)
        if opened and opened.start() <= 60:
            return True
    return False


_SAID_TOO = re.compile(r"(?:và|,)\s+(?:ý kiến|chỉ đạo|kết luận|văn bản)(?:\s+(?:chỉ đạo|kết luận))?\s+(?:của\s[^,;.]{3,70}\s)?tại\s+$")
_LISTED = re.compile(r"(?:[;,]\s*(?:và\s+)?|và\s+|[;,]?\s*cùng với\s+)(?:các\s+)?$")


def _leader(text: str, line: Line, i: int, mentions: list[CitationMention], inner: list[bool]) -> int | None:
    """Index of the mention that `mentions[i]` is listed with ("A về ...; B và C"): one verb governs them all. None where it has its own."""
    c = mentions[i]
    start = c.start
    if c.provision:
        at = text.rfind(c.provision.split(" ")[0], max(line.start, c.start - len(c.provision) - 24), c.start)
        start = at if at >= 0 else start
    for n in range(i - 1, -1, -1):
        outer = mentions[n]
        if outer.start < line.start:
            return None
        between = text[outer.tail or outer.end : start]
        if len(between) > 420 or re.search(r"\.\s|\n", between):
            return None
        if not _LISTED.search(between):
            return None
        if inner[n] and (
            re.search(r"[;)]", between) or (outer.number is None and c.number and c.issued_on and text[c.end : c.tail].strip())
        ):
            continue  # the list goes on with the outer document
        if ";" in between.rstrip("; ") and not between.rstrip().endswith((";", "; và")):
            return None
        return n
    return None


def _before(text: str, line: Line, c: CitationMention) -> str:
    """The words of the clause before the mention (and its pinpoint)."""
    start = max(line.content, c.start - _FAR)
    for m in _STOP.finditer(text, start, c.start):
        start = m.end()
    words = text[start : c.start]
    if c.provision:
        at = words.rfind(c.provision.split(" ")[0])
        if at >= 0 and len(words) - at < len(c.provision) + 24:
            words = words[:at]
    return words


def _one(text: str, layout: Layout, line: Line, c: CitationMention, before: str, inside: bool) -> Relation:
    # only the words up to the last list separator decide the act; a list of documents shares one verb
    if inside:
        return "mentions"
    tight = before[-160:]
    if _REPLACED_BY.search(tight) or _AMENDED_BY.search(tight):
        return "basis" if line.path == "preamble" else "mentions"
    if line.zone != "title" or layout.decision:
        if _REPLACES.search(tight):
            return "replaces"
        if _REPEALS.search(tight) or _REPEALED.match(text[c.tail or c.end : min(line.end, (c.tail or c.end) + _FAR)]):
            return "repeals"
    opened = _OPENED.match(text, line.content, line.end) if layout.decision or line.zone == "appendix" else None
    if opened and not re.search(r"[.;:]\s", text[opened.end() : c.start]):
        return _ACTS[opened[1].lower()]
    if _AMENDS.search(tight) and (
        line.zone == "title"
        or (layout.decision and line.path.startswith("Đ"))
        or (line.zone == "body" and re.match(r"\s*(?:Sửa đổi|Bổ sung|Điều chỉnh)", tight))
    ):
        return "amends"
    if line.zone == "title":
        if _GUIDES.search(tight):
            return "guides"
        return "implements" if _IMPLEMENTS.search(before) or not before.strip() else "mentions"
    if _RECEIVED.search(tight):
        return "mentions"
    opening = text[line.content : line.content + 60]
    if line.path == "preamble" or (layout.letter and line.path == "body" and _opens_letter(layout, line)):
        return _opening(before, opening)
    if line.zone in ("recipients", "signature"):
        return "mentions"
    return _in_body(line, before, opening)


def _opens_letter(layout: Layout, line: Line) -> bool:
    body = islice((one for one in layout.lines if one.zone == "body"), 3)
    return any(line is one for one in body)


def _opening(before: str, opening: str) -> Relation:
    """In the preamble: what the document is issued on the strength of is its basis."""
    if re.match(
        r"\s*[-+•]?\s*(?:Căn cứ|Thực hiện|Theo|Xét|Tiếp tục|Triển khai|Để|Nhằm|Trên cơ sở|Tiếp theo|Quán triệt"
        r"|Cụ thể hóa|Thi hành)",
        opening,
    ):
        return "basis"
    clause = re.split(r"[,;]\s+", before)[-1]
    if re.match(r"\s*theo (?:báo cáo|số liệu|thống kê|đánh giá)(?![^\W\d_])", clause, re.I):
        return "mentions"  # what somebody reported is no ground
    if _BASIS.match(clause.strip()) or _IMPLEMENTS.match(clause.strip()):
        return "basis"
    return "mentions" if before.strip() else "basis"


def _in_body(line: Line, before: str, opening: str) -> Relation:
    if line.kind == "review":
        close = before[-60:]
        return (
            "implements"
            if _IMPLEMENTS.search(close) and not _THEO.search(close) and line.content != line.start and "Thực hiện" not in opening[:12]
            else "mentions"
        )
    if re.search(r"(?:đã|được|đã được) (?:thành lập|ban hành|phê duyệt|giao|công bố|quy định)(?: tại| theo)?\s*$", before):
        return "mentions"
    if re.search(r"(?:[Rr]à soát|[Ss]ửa đổi|[Nn]ghiên cứu)[^.;]{0,60}$", before) and not _IMPLEMENTS.search(before[-30:]):
        return "mentions"
    theo = _THEO.search(before)
    if theo:
        ahead = before[: theo.start()]
        return "implements" if _TASK_VERB.search(ahead) and "(" not in before[theo.start() - 2 : theo.start() + 1] else "mentions"
    if _IMPLEMENTS.search(before) or re.search(r"(?:triển khai|thực hiện)[^.]*$", before):
        return "implements"
    if _TASK_VERB.match(opening.lstrip()):
        return "implements"
    return "mentions"
