"""Which lines belong together: rejoins sentences that a page break or a fixed line width has cut (domain rule 8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pipeline.data import load
from pipeline.text.mapped import MappedText

# "1." "1.2." "2.2.1" "a)" "(1)" "I." "IV-" "-" "+" "Điều 3." at the start of a line; "14/8/2023" and "145/2020/NĐ-CP" are not.
MARKER = re.compile(
    r"\s*(?:[-+•–—*|]\s|[-+•–](?=[^\W\d])|\(?\d{1,3}(?:\.\d{1,3})*[.)](?=\s|$|\D)|\d{1,3}(?:\.\d{1,3})+[-–]?\s|\(?[a-zđ]{1,2}\)"
    r"|[a-zđ][.-]\s|\d{1,2}-\s|[IVXLC]{1,6}\s?(?:[.\-)]|/(?!\s?\d))|(?:Điều|Khoản|Chương|Mục|Phần)\s+[\dIVXLC]|\(\d{1,3}\)|\[\d{1,3}\])"
)
_LINE = re.compile(r"[^\n\f]+")
_TERMINAL = re.compile(r"[.;:!?…]['\"”’)\]*]*$")
_OPEN_END = re.compile(
    r"(?:,|[^\W\d_]\s?-|\b(?:của|và|về|số|ngày|tháng|tại|do|cho|với|các|những|theo|trong|từ|đến|là|bằng|được|Ủy ban|Luật|Nghị định"
    r"|Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Thông tư|Kết luận|Sở|Phòng|Bộ))$"
)
# Names that end in one of those words and are whole: "Phòng Tài chính - Kế hoạch", "Văn phòng Bộ", "các đơn vị thuộc Sở", "chính quyền số".
_WHOLE_END = re.compile(
    r"(?:(?:chính quyền|chuyển đổi|kinh tế|xã hội|hạ tầng|công dân|nền tảng|kỹ năng|dữ liệu|y tế|thiểu|dân|ký|đa) số|- Kế hoạch"
    r"|(?:Văn phòng|Thanh tra|Lãnh đạo|Đảng ủy|Công đoàn|Đoàn Thanh niên|thuộc) (?:Bộ|Sở|Phòng))$"
)
_PINPOINT = re.compile(r"\b(?:khoản \d{1,2}|điểm [a-zđ]),?$")
_FULL = 1.3  # a line much longer than the others was joined before, and how long its last piece was is not known
_PERSON = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+[ ]){2,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+")
_SPOKEN_CAPS = re.compile(r"[^\W\d_]")
_NUMBER_LINE = re.compile(r"\s*Số\s*:?\s*[\d\s]{0,8}[/\-–]\s?[A-ZĐ]")
_PART = re.compile(r"\W{0,3}(?:Nơi nhận|Kính gửi|Kính chuyển)\W{0,4}(?::|$)")
_CLOSED = re.compile(r"\./\s?[.,]?\W{0,3}$")  # the sign that ends a document, its point read as a comma at times
_SIGNATURE = re.compile(r"\s*(?:TM|T/M|KT|K/T|TL|T/L|TUQ)\b\.?\s")


@cache
def _halves() -> dict[str, str]:
    """Of each name with a dash ("Văn hóa - Xã hội"): the first letters behind the dash, and the words before it."""
    names = (name.casefold() for row in load.rows("sectors") for name in row["names"])
    return {behind.strip()[:7]: before.strip() for name in names if " - " in name for before, _, behind in (name.partition(" - "),)}


def rejoin(text: MappedText) -> None:
    """Make each paragraph one line of `text`. A cut inside a page becomes a space; at a page break \\f alone stays, while \\n\\f
    parts two paragraphs."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text.text) if m[0].strip()]
    text.splice(_cuts(text.text, lines, _width(text.text, lines)))


def _cuts(text: str, lines: list[tuple[int, int]], width: int | None) -> Iterator[tuple[int, int, str]]:
    grown = ""
    for (a, b), (c, d) in pairwise(lines):
        own, right, gap = text[a:b].rstrip(), text[c:d], text[b:c]
        left = f"{grown} {own.lstrip()}" if grown else own
        grown = ""
        if not joined(left, right, gap, width, len(text[a:b].rstrip())):
            if "\f" in gap and "\n\f" not in gap:
                yield b, c, gap.replace("\f", "\n\f", 1)  # a page break between paragraphs also ends a line
            continue
        grown = _ends_of(left)
        start = a + len(own)
        end = c + len(right) - len(right.lstrip())
        yield start, end, "\f" if "\f" in gap else " "


def _ends_of(left: str) -> str:
    """A long paragraph without its middle, but with a small letter where one stands there: all that `joined` looks at."""
    if len(left) < 2_000:
        return left
    small = next((c for c in left[400:-400] if c.isalpha() and not c.isupper()), "")
    return left[:400] + small + left[-400:]


def joined(left: str, right: str, gap: str, width: int | None, length: int | None = None) -> bool:
    """Does the line `right` go on with the sentence of `left`? `gap` is what stands between, `width` the line width if fixed, `length`
    that of the last line of `left`."""
    length = len(left) if length is None else length
    start = right.lstrip()
    if start[:1] in "-–" and _halves().get(start[1:].strip()[:7].casefold(), "\0") in left[-24:].casefold():
        return True  # "Phòng Văn hóa" / "- Xã hội phối hợp": a name cut at its dash
    if left.lstrip()[:1] in "-+" and _PERSON.fullmatch(start.rstrip()):
        return False  # the signer's name, set beside the recipients
    if _PINPOINT.search(left) and re.match(r"(?:Đ|đ)iều \d", start):
        return True  # "sửa đổi tại khoản 37" / "Điều 1 Luật số 62/2020/QH14"
    if MARKER.match(right) or left.lstrip().startswith("|") or _SIGNATURE.match(left):
        return False
    if (
        _PART.match(start)
        or _CLOSED.search(left)
        or re.match(r"Căn cứ (?:Luật|Bộ luật|Nghị|Quyết|Thông|Chỉ|Kế|Kết|Pháp|Hiến|Công|Chương|Quy)", start)
    ):
        return False
    if len(left) < 12 and not (width and left[-1:] in ",-"):
        return False
    if _NUMBER_LINE.match(left):
        return False
    letters = _SPOKEN_CAPS.findall(left)
    shouting = bool(letters) and all(c.isupper() for c in letters)
    if shouting:
        return False
    apart = gap.count("\n") + gap.count("\f") > 1
    if start[0].islower() or (start[0].isdigit() and len(left) > 20) or (start[0] in '“"(' and _OPEN_END.search(left)):
        if not _TERMINAL.search(left):
            return True
        if left.endswith(":") and not apart and re.match(r"\d{1,2}/\d", start):
            return True  # "thời hạn hoàn thành:" / "05/12/2025"
        return bool(width and not apart and start[0].islower() and 0.7 * width < length <= _FULL * width)
    if "\f" in gap and not _TERMINAL.search(left) and re.match(r"\([a-zđ]", start):
        return True  # "báo cáo UBND tỉnh", and over the page "(qua Sở Nội vụ)"
    if (
        width
        and not apart
        and left.endswith(":")
        and left.count("(", -160 if len(left) > 160 else 0) > left.count(")", -160 if len(left) > 160 else 0)
    ):
        return True  # "(Đơn vị chủ trì:" / "Phòng Tổ chức cán bộ; phối hợp: ...)"
    if "\f" in gap and _cuts_a_place(left, start):
        return True
    if _TERMINAL.search(left) or not start[0].isalnum() or (start[:60].isupper() and len(_SPOKEN_CAPS.findall(start[:60])) > 2):
        return False
    if width and not apart and 0.8 * width < length <= _FULL * width:
        return True
    return bool(_OPEN_END.search(left)) and not _WHOLE_END.search(left) and (len(left) > 45 or not apart)


@cache
def _places() -> frozenset[str]:
    return frozenset(row["name"] for row in load.rows("places") if " " in row["name"]) | {"Việt Nam"}


def _cuts_a_place(left: str, right: str) -> bool:
    """Is the name of a place cut between the two: "Cục Đường bộ Việt" / "Nam ngay trong ngày", "huyện Krông" / "Pắc"?"""
    before, behind = left.split()[-2:], [w.rstrip(".,;:") for w in right.split()[:2]]
    return any(" ".join([*before[-n:], *behind[:k]]) in _places() for n in (1, 2) for k in (1, 2))


def _width(text: str, lines: list[tuple[int, int]]) -> int | None:
    """The line width of a text that was broken at a fixed width, or None where each paragraph is a line."""
    sizes = sorted(b - a for a, b in lines)
    if len(sizes) < 8 or sizes[-1 - len(sizes) // 20] > 160:  # a few lines may have been joined already
        return None
    width = sizes[len(sizes) * 9 // 10]
    near = sum(width * 0.8 <= s <= width * 1.15 for s in sizes)
    edge = sum(s >= 0.93 * sizes[-1] for s in sizes)  # a short letter has few full lines, but they end at one margin
    return width if width >= 50 and (near >= 0.35 * len(sizes) or (edge >= 10 and sizes[-1] <= 1.05 * width)) else None
