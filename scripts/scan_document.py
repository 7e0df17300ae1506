"""The parts of an official document on paper (NĐ 30/2020, domain rule 1.1): header in two columns, title, body, Nơi nhận beside the
signature, then what is attached, each on a page of its own."""

from __future__ import annotations

import itertools
import re

from scan_layout import BOTTOM, LEFT, RIGHT, TOP, Measure, Sheet, Style, Typesetter

TYPES = (
    r"NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|K[ẾÉ] HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|BÁO CÁO"
    r"|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|GIẤY MỜI|KẾT LUẬN|THÔNG TRI|THÔNG TƯ|NGHỊ ĐỊNH|LUẬT|LỆNH"
)
KIND = re.compile(rf"\**(?:{TYPES})\b")
TO = re.compile(r"\**(?:Kính gửi|Kính chuyển)")
RIGHT_HEAD = re.compile(r"C[ỘO]NG H[ÒO][AÀ]|Độc lập|ĐẢNG CỘNG SẢN|ngày.*tháng.*năm")
URGENT = re.compile(r"\**(?:THƯỢNG KHẨN|KHẨN|H[ỎO][ẢA] TỐC(?: HẸN GIỜ)?)\**$")
FOOT = re.compile(r"\W*N[oơ]i nh[aậ]n\s*:")
RECIPIENT = re.compile(r"[-–+(]|\*\s|Lưu")
SIGNED = re.compile(r"\((?:đã ký|Đã ký)\)|\*\((?:đã ký|Đã ký)\)\*")
ANNEX = re.compile(rf"\**(?:PHỤ LỤC|Phụ lục|BIỂU)\b.{{0,12}}$|\**(?:{TYPES})\**$")  # what follows the signature begins a page
RULE = re.compile(r"[-_—]{3,}$")
COMMAND = re.compile(r"\**(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|NAY BAN HÀNH)\s*:\**$")


def typeset(text: str, measure: Measure, size: float = 13.5) -> list[Sheet]:
    """The sheets of one document text, one paragraph a line; `measure` gives the width of a word, `size` is in points."""
    setter = Typesetter(measure, size)
    paragraphs = [p.strip().lstrip("#").strip() for p in text.splitlines() if p.strip(" #")]  # no heading marks on paper
    foot = next((i for i, p in enumerate(paragraphs) if FOOT.match(p)), len(paragraphs))
    signed = _signature_above(paragraphs, foot)
    after = _end_of_footer(paragraphs, foot)
    _document(setter, paragraphs[:signed])
    _signers(setter, paragraphs[signed:foot])
    _footer(setter, paragraphs[foot:after])
    for part in _attached(paragraphs[after:]):
        setter.new_page()
        _document(setter, part)
    return setter.sheets


def _signature_above(paragraphs: list[str], foot: int) -> int:
    """Where the signature begins when it stands before Nơi nhận, as with two signers; `foot` when it does not."""
    ends = [i for i in range(foot) if paragraphs[i].rstrip("*").endswith("./.")]
    start = ends[-1] + 1 if ends else foot
    return start if 0 < foot - start <= 8 and all(len(p) < 70 for p in paragraphs[start:foot]) else foot


def _end_of_footer(paragraphs: list[str], foot: int) -> int:
    """The first paragraph after the name of the signer, which is the first line in small letters behind the list of recipients."""
    listed = True
    for i in range(foot + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        if listed and RECIPIENT.match(paragraph) and not SIGNED.match(paragraph):
            continue
        if listed and ANNEX.match(paragraph):
            return i
        listed = False
        if not paragraph.isupper() and not SIGNED.match(paragraph) and not re.match(r"\W*(TM|KT|TL|TUQ)\.", paragraph):
            return i + 1
    return len(paragraphs)


def _attached(paragraphs: list[str]) -> list[list[str]]:
    """Cut before each appendix or attached document; its header in capitals, if it has one, goes with it."""
    starts = [i for i, p in enumerate(paragraphs) if ANNEX.match(p) and not (i and ANNEX.match(paragraphs[i - 1]))]
    cuts = []
    for i in starts:
        while i and len(paragraphs[i - 1]) < 80 and (RIGHT_HEAD.search(paragraphs[i - 1]) or paragraphs[i - 1].isupper()):
            i -= 1
        cuts.append(i)
    bounds = sorted({0, *cuts, len(paragraphs)})
    return [paragraphs[a:b] for a, b in itertools.pairwise(bounds)]


def _document(setter: Typesetter, paragraphs: list[str]) -> None:
    """Header, title and body of a document or an appendix."""
    title = next((i for i, p in enumerate(paragraphs[:14]) if KIND.match(p) or ANNEX.match(p) or TO.match(p)), 0)
    if title:
        _header(setter, paragraphs[:title])
    start = title
    if paragraphs and not TO.match(paragraphs[title]):
        start = _title(setter, paragraphs, title)
    _body(setter, paragraphs[start:])


def _header(setter: Typesetter, paragraphs: list[str]) -> None:
    """The issuer and the number on the left, Quốc hiệu and the date on the right; an urgency mark in a box under the left."""
    left = right = TOP + 10
    numbered_at: float | None = None
    for paragraph in paragraphs:
        if RULE.match(paragraph):
            continue
        if RIGHT_HEAD.search(paragraph):
            for part in re.split(r"(?<=NAM) (?=Độc)", paragraph):
                dated = "ngày" in part
                # The place and date stand on the line of the number (domain rule 1.1, cell 4).
                right = max(right, numbered_at or 0.0) if dated else right
                style: Style = "italic" if dated else "bold"
                right = setter.column(part.strip("*"), "right", 262, RIGHT + 10, right, align="centre", style=style, size=setter.size - 1)
        elif URGENT.match(paragraph):
            words = paragraph.strip("*")
            left += 12
            half = setter.measure(words, "bold", setter.size - 1) / 2 + 7
            setter.sheets[-1].box(158.5 - half, left - setter.size - 2, 158.5 + half, left + 7)
            left = setter.column(words, "left", 62, 255, left, align="centre", style="bold", size=setter.size - 1) + 6
        else:
            numbered = paragraph.startswith("Số")
            left += 8 if numbered else 0
            numbered_at = max(left, right) if numbered else numbered_at
            left = numbered_at if numbered and numbered_at else left
            plain = paragraph.strip("*")
            style = "bold" if plain.isupper() else "regular"
            left = setter.column(plain, "left", 62, 255, left, align="centre", style=style, size=setter.size - 1)
    setter.y = max(left, right) + 14


def _title(setter: Typesetter, paragraphs: list[str], title: int) -> int:
    """Sets the type and the lines of the subject under it, centred; returns the index of the first paragraph of the body."""
    at = title
    for paragraph in paragraphs[title : title + 6]:
        noted = paragraph.strip("*").startswith("(") or (at > title and paragraphs[at - 1].strip("*").startswith("("))
        whose = at == title + 2 and paragraphs[title + 1].strip("*").isupper()  # "CỦA BAN THƯỜNG VỤ": the subject is yet to come
        short = len(paragraph) < (300 if whose else 110) and paragraph.rstrip("*")[-1:] not in ".;:,"
        opens = re.match(r"\W*(Căn cứ|Thực hiện (Q|K|C|N)|[IVX]+[.-]|\d+[.-]|Điều \d|Chương [IVX])|[-+|]", paragraph)
        if at > title + 1 and (opens or not (short or noted)):
            break
        if at == title + 1 and (opens or len(paragraph) > 300):
            break
        if RULE.match(paragraph):
            at += 1
            continue
        style: Style = "italic" if noted else "bold"
        after = setter.column(
            paragraph.strip("*"), "body", LEFT + 30, RIGHT - 30, setter.y, align="centre", style=style, size=setter.size + 0.5
        )
        setter.y = after + 3
        at += 1
    setter.y += 4
    return at


def _body(setter: Typesetter, paragraphs: list[str]) -> None:
    """Paragraphs with an indent, short headings in bold, "QUYẾT ĐỊNH:" centred, rows of pipes as tables."""
    rows: list[list[str]] = []
    for paragraph in [*paragraphs, ""]:
        if paragraph.startswith("|"):
            cells = [c.strip() for c in paragraph.strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", c) for c in cells):
                rows.append(cells)
            continue
        if rows:
            setter.table(rows)
            rows = []
        if not paragraph or RULE.match(paragraph):
            continue
        if COMMAND.match(paragraph):
            after = setter.column(paragraph.strip("*"), "body", LEFT, RIGHT, setter.y + 4, align="centre", style="bold", breaks=True)
            setter.y = after + 6
            continue
        heading = bool(re.match(r"([IVX]+\.|[IVX]+-|Điều \d+\.|Chương [IVX]+|\d+\. )", paragraph)) and len(paragraph) < 120
        face: Style = "bold" if heading else "regular"
        setter.y = setter.column(paragraph, "body", LEFT, RIGHT, setter.y, indent=36, style=face, breaks=True) + 5


def _signers(setter: Typesetter, paragraphs: list[str]) -> None:
    """Two signers side by side above Nơi nhận; each block ends with a name."""
    if not paragraphs:
        return
    if setter.y + 130 > BOTTOM:
        setter.new_page()
    ends = [i + 1 for i, p in enumerate(paragraphs) if not p.strip("*").isupper() and not SIGNED.match(p)] or [len(paragraphs)]
    lowest = start = setter.y + 14
    for number, (first, last) in enumerate(zip([0, *ends], ends, strict=False)):
        wide = len(ends) > 1
        x0 = LEFT - 20 + number * 260 if wide else 310
        y = start
        for paragraph in paragraphs[first:last]:
            named = paragraph is paragraphs[last - 1]
            y = start + 110 if named else y
            y = setter.column(paragraph.strip("*"), "signature", x0, x0 + (225 if wide else 235), y, align="centre", style="bold")
        lowest = max(lowest, y)
    setter.y = lowest + 6


def _footer(setter: Typesetter, paragraphs: list[str]) -> None:
    """Nơi nhận on the left; the authority, office and name of the signer on the right, under the seal."""
    if not paragraphs:
        return
    cut = next((i for i, p in enumerate(paragraphs) if i and (SIGNED.match(p) or not RECIPIENT.match(p))), len(paragraphs))
    if setter.y + max(cut * (setter.size - 2) * 1.4, 130) > BOTTOM:
        setter.new_page()
    start = left = right = setter.y + 14
    for index, paragraph in enumerate(paragraphs[:cut]):
        style: Style = "bolditalic" if index == 0 else "regular"
        words = paragraph.strip("*") if index == 0 else paragraph
        left = setter.column(words, "recipients", LEFT, 290, left, align="left", style=style, size=setter.size - 2.5)
    signature = [p for p in paragraphs[cut:] if not SIGNED.match(p)]
    for index, paragraph in enumerate(signature):
        if index and index == len(signature) - 1:
            right = max(right + 66, start + 98)  # room for the signature
        for part in re.split(r" (?=KT\. |PHÓ |TUQ\. )", paragraph) if paragraph[:3].isupper() else [paragraph]:
            right = setter.column(part.strip("*"), "signature", 310, RIGHT, right, align="centre", style="bold", size=setter.size)
    if signature:
        setter.sheets[-1].seal = (345.0, start + 46)
    setter.y = max(left, right)
