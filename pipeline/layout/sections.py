"""Gives every line the path of its section, finds headings, the closing paragraph and what each chapter is for (GUIDE "section paths")."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load
from pipeline.layout.model import Layout, Line
from pipeline.layout.numbering import Tree, appendix_number, roman
from pipeline.records import Section
from pipeline.text.folding import squeeze

_CLOSING = re.compile(
    r"\s*(?:Trên đây là|Trên đây|Yêu cầu|Đề nghị|Trong quá trình|Quá trình (?:triển khai|tổ chức|thực hiện)|Nhận được|Căn cứ|Giao |"
    r"(?:Ủy ban nhân dân|UBND|Chủ tịch|Giám đốc|Sở|Ban|Văn phòng|Bộ|Thường trực|Đảng ủy|Chi cục|Phòng|Bộ trưởng|Thủ tướng)[^.;:]{0,90}(?:yêu cầu|đề nghị|thông báo|giao|báo cáo|chỉ đạo)"
    r"|(?:Kế hoạch|Công văn|Thông báo|Chỉ thị|Hướng dẫn|Quyết định|Kết luận|Nghị quyết|Chương trình|Công điện) này|Văn phòng [^.;:]{0,60}(?:thông báo|xin thông báo)|Rất mong|Trân trọng|Nếu có)"
)
_ORDER = re.compile(r"\s*(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|YÊU CẦU|CHỈ THỊ)\s*:?\s*$")
_HEADING_END = re.compile(r"[.;,]\s*$|\./\.")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (r["kind"], re.compile(r"\s*(?:công tác |về )?(?:" + "|".join(re.escape(s) for s in sorted(r["starts"], key=len, reverse=True)) + r")(?![^\W\d_])"))
        for r in load.rows("section_kinds")
    )


def kind_of(heading: str) -> str | None:
    """"purpose" or "review" for a heading under which nothing is assigned, None for any other."""
    low = heading.lower()
    for kind, pattern in _kinds():
        if pattern.match(low):
            if kind == "purpose" and re.search(r"nhiệm vụ|giải pháp|phân công", low) and not re.match(r"\s*(?:mục đích|yêu cầu)", low):
                return None
            return kind
    return None


def build(text: str, layout: Layout, body_path: str) -> None:
    """Set path, heading and kind on the body lines of `layout` and fill its list of sections. `body_path` is the path before any number ("preamble" or "body")."""
    lines = layout.lines
    tree = Tree(decision=layout.decision)
    started = False
    kinds: dict[str, str] = {}
    appendix: str | None = None
    last_body = max((i for i, line in enumerate(lines) if line.zone == "body"), default=-1)
    has_numbers = any(line.zone == "body" and line.marker not in ("", "bullet") for line in lines)
    for i, line in enumerate(lines):
        words = text[line.start : line.end]
        if line.zone == "appendix":
            found = appendix_number(words)
            if found:
                appendix = found if found != "PL" or appendix is None else appendix
                tree = Tree(decision=False, base=appendix)
            line.path = tree.path()
            if line.marker in ("roman",) or (line.marker in ("decimal", "letter", "paren") and not words.lstrip().startswith("|")):
                line.path = tree.feed(line)
            line.heading = bool(found)
            continue
        if line.zone != "body":
            line.path = {"header": "header", "title": "title", "addressees": "addressees", "recipients": "recipients", "signature": "signature"}.get(line.zone, "")
            continue
        if line.marker in ("roman", "part") and not _plausible_chapter(line, words):
            line.marker, line.number, line.content = "", "", line.start
        if line.marker and line.marker != "bullet" and not (line.marker == "article" and not layout.decision):
            line.path = tree.feed(line)
            started = True
        elif not started:
            line.path = body_path
        elif not line.marker and i == last_body and has_numbers and _CLOSING.match(words) and not layout.decision:
            line.path = line.zone = "closing"
            continue
        elif not line.marker and has_numbers and re.match(r"\s*(?:Trên đây là|Trên đây,)", words):
            for rest in lines[i : last_body + 1]:
                rest.path = rest.zone = "closing" if rest.zone in ("body", "closing") else rest.zone
            break
        else:
            line.path = tree.path()
        line.heading = _is_heading(text, lines, i)
        if line.heading and line.path not in kinds:
            kinds[line.path] = kind_of(text[line.content : line.end]) or ""
        line.kind = _inherited(kinds, line.path)
    for line in lines:
        if not line.path and line.zone in ("recipients", "signature", "appendix"):
            line.path = line.zone
        if line.zone == "closing":
            line.path = "closing"
    _later_zones(text, lines)
    layout.sections = _sections(text, lines)


def _later_zones(text: str, lines: list[Line]) -> None:
    """Paths of the lines after a closing paragraph, which `build` leaves when it stops there."""
    names = {"recipients": "recipients", "signature": "signature"}
    tree: Tree | None = None
    for line in lines:
        if line.path:
            continue
        if line.zone == "appendix":
            found = appendix_number(text[line.start : line.end])
            tree = Tree(base=found) if found or tree is None else tree
            if not tree.base:
                tree.base = "PL"
            line.path = tree.feed(line) if line.marker in ("roman", "decimal", "letter", "paren") else tree.path()
        else:
            line.path = names.get(line.zone, line.zone)


def _plausible_chapter(line: Line, words: str) -> bool:
    """"C." or "V/v" at the start of a line is not always a chapter."""
    if re.match(r"\s*V\s*/\s*v", words):
        return False
    return line.marker == "part" or roman(line.number) <= 30


def _is_heading(text: str, lines: list[Line], index: int) -> bool:
    line = lines[index]
    if line.marker in ("", "bullet"):
        return False
    words = text[line.content : line.end]
    if not words.strip():
        return False
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or after.zone not in ("body", "closing") or text[after.start : after.end].startswith("|") is False and after.zone == "closing":
        return False
    if line.marker == "roman":
        return len(words) < 300
    return len(words) < 260 and not _HEADING_END.search(words)


def _inherited(kinds: dict[str, str], path: str) -> str:
    """The kind of the nearest chapter above `path` that says one."""
    parts = path.split(".")
    for n in range(len(parts), 0, -1):
        found = kinds.get(".".join(parts[:n]))
        if found:
            return found
        if found == "" and n == 1:
            return "task"
    return "task"


def _sections(text: str, lines: list[Line]) -> list[Section]:
    """One section per path, in reading order; its end is the start of the next path that does not lie inside it."""
    firsts: dict[str, Line] = {}
    for line in lines:
        if line.zone in ("body", "closing", "appendix") and line.path and line.path not in firsts:
            firsts[line.path] = line
    order = list(firsts.items())
    ends = {"": lines[-1].end if lines else 0}
    found = []
    for i, (path, line) in enumerate(order):
        end = next((o.start for p, o in order[i + 1 :] if not p.startswith(path + ".")), None)
        if end is None:
            tail = [o for o in lines if o.start > line.start and o.zone in ("recipients", "signature")]
            end = tail[0].start if tail and line.zone != "appendix" else ends[""]
        title = squeeze(text[line.content : line.end]) if line.marker and line.marker != "bullet" or line.heading else ""
        found.append(Section(path=path, title=title[:200], start=line.start, end=max(end, line.end), page=text.count("\f", 0, line.start) + 1))
    return found
