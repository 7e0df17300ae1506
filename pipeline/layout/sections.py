"""Gives every line the path of its section, finds headings, the closing paragraph and what each chapter is for (GUIDE "section paths")."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load
from pipeline.layout.misread import lost_stroke, misread_chapter
from pipeline.layout.model import Layout, Line
from pipeline.layout.numbering import Tree, appendix_number, roman
from pipeline.records import Section
from pipeline.text.folding import squeeze

_CLOSING = re.compile(
    r"\s*(?:Trên đây là|Trên đây|Yêu cầu|Đề nghị|Trong quá trình|Quá trình (?:triển khai|tổ chức|thực hiện)|Nhận được|Căn cứ|Giao |"
    r"(?:Ủy ban nhân dân|UBND|Chủ tịch|Giám đốc|Sở|Ban|Văn phòng|Bộ|Thường trực|Đảng ủy|Chi cục|Phòng"
    r"|Bộ trưởng|Thủ tướng)[^.;:]{0,90}(?:yêu cầu|đề nghị|thông báo|giao|báo cáo|chỉ đạo|trân trọng|rất mong|kính đề nghị)"
    r"|(?:Kế hoạch|Công văn|Thông báo|Chỉ thị|Hướng dẫn|Quyết định|Kết luận|Nghị quyết|Chương trình"
    r"|Công điện|Văn bản|Thông tri|Quy chế|Đề án) này"
    r"|Văn phòng [^.;:]{0,60}(?:thông báo|xin thông báo)|Rất mong|Trân trọng|Nếu có|(?:Có|Mọi) (?:khó khăn|vướng mắc))"
)
_ORDERS_FOLLOW = re.compile(r"(?:yêu cầu|đề nghị|giao|chỉ đạo)(?![^\W\d_])[^.]*[:：]\s*$|trong đó,? tập trung\s*:\s*$")
_HEADING_END = re.compile(r"[.;,]\s*$|\./\.")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            r["kind"],
            re.compile(
                r"\s*(?:công tác |về )?(?:" + "|".join(re.escape(s) for s in sorted(r["starts"], key=len, reverse=True)) + r")(?![^\W\d_])"
            ),
        )
        for r in load.rows("section_kinds")
    )


def kind_of(heading: str) -> str | None:
    """The kind "purpose" or "review" for a heading under which nothing is assigned, None for any other."""
    low = heading.lower()
    if re.match(r"\s*về tình hình", low):
        return None  # in a resolution or a conclusion the matter, with its orders
    for kind, pattern in _kinds():
        if pattern.match(low):
            if kind == "purpose" and re.search(r"nhiệm vụ|giải pháp|phân công", low) and not re.match(r"\s*(?:mục đích|yêu cầu)", low):
                return None
            return kind
    return None


def build(text: str, layout: Layout, body_path: str) -> None:
    """Set path, heading and kind on the lines of `layout` and fill its list of sections. `body_path` is the path before any number
    ("preamble" or "body")."""
    lines = layout.lines
    for line in lines:
        if line.zone not in ("body", "appendix"):
            line.path = line.zone
    body = [i for i, line in enumerate(lines) if line.zone == "body"]
    _number(text, lines, body, Tree(decision=layout.decision), body_path)
    for start, indices in _appendices(text, lines):
        articles = any(lines[i].marker == "article" for i in indices)
        if (
            start == "PL"
            and layout.decision
            and not articles
            and not appendix_number(text[lines[indices[0]].start : lines[indices[0]].end])
        ):
            _number(text, lines, indices, Tree(), "PL")  # a plan that a decision issues: its chapters cannot be taken for articles
        else:
            _number(text, lines, indices, Tree(decision=articles, base=start), start)
    layout.sections = _sections(text, lines)


def _appendices(text: str, lines: list[Line]) -> list[tuple[str, list[int]]]:
    """(path, line indices) of each appendix; a document that is attached after the signature is one, "PL"."""
    found: list[tuple[str, list[int]]] = []
    attached = False
    for i, line in enumerate(lines):
        if line.zone != "appendix":
            continue
        named = appendix_number(text[line.start : line.end])
        if (named and (not found or named != found[-1][0] or attached)) or not found:
            attached = not named  # a document of its own, which may have appendices
            found.append((named or "PL", []))
        found[-1][1].append(i)
    return found


def _number(text: str, lines: list[Line], indices: list[int], tree: Tree, before: str) -> None:
    """Paths, headings and kinds of one run of lines: the body, or one appendix. `before` is the path of what stands ahead of the
    first number."""
    chapters = {lines[i].number for i in indices if lines[i].marker == "roman"}
    following = _following(lines, indices)
    started = False
    kinds: dict[str, str] = {}
    closing = _closing_from(text, [lines[i] for i in indices])
    closes = not tree.decision and not tree.base and any(lines[i].marker not in ("", "bullet") for i in indices)
    for n, i in enumerate(indices):
        line = lines[i]
        words = text[line.start : line.end]
        if words.startswith("|"):
            line.path = tree.path() if started else before
            continue
        last = roman(tree.top) if tree.top and set(tree.top) <= set("IVXLC") else 0
        if line.marker == "roman" and not tree.decision:
            lost_stroke(line, last, following[n])
        elif not tree.decision and (tree.top or "II" in chapters or line.number != "1"):
            misread_chapter(text, line, last + 1, following[n])
        if line.marker in ("roman", "part") and not _plausible_chapter(line, words, last):
            line.marker, line.number, line.content = "", "", line.start
        if line.marker and line.marker != "bullet" and not (line.marker == "article" and not tree.decision):
            line.path = tree.feed(line)
            started = True
        elif not started:
            line.path = before
        elif closes and not line.marker and (n >= closing or re.match(r"\s*(?:Trên đây là|Trên đây,)", words)):
            for rest in indices[n:]:
                lines[rest].path = lines[rest].zone = "closing"
            return
        else:
            line.path = tree.path()
        line.heading = _is_heading(text, lines, i)
        if line.marker in ("roman", "part"):  # chapter II of Phần II is not that of Phần I
            kinds = {path: kind for path, kind in kinds.items() if path.split(".")[0] != line.path.split(".")[0]}
        if line.heading and line.path not in kinds:
            kind = kind_of(text[line.content : line.end]) or ""
            kinds[line.path] = "" if kind == "purpose" and before == "body" else kind  # a letter sets no goals, it asks
        line.kind = _inherited(kinds, line.path)
        if line.kind == "review" and _ORDERS_FOLLOW.search(words):
            kinds[line.path] = ""  # "... Chính phủ yêu cầu các bộ, ngành ...:" ends the review


def _following(lines: list[Line], indices: list[int]) -> list[int]:
    """For each line of the run the chapter that is read behind it, 0 where none is."""
    out, chapter = [0] * len(indices), 0
    for n in range(len(indices) - 1, -1, -1):
        out[n] = chapter
        if lines[indices[n]].marker == "roman":
            chapter = roman(lines[indices[n]].number)
    return out


def _closing_from(text: str, run: list[Line]) -> int:
    """Index in `run` of the first of its last paragraphs that close the document. Several close it only behind a numbered item or a
    bullet: right below a heading they are its text."""
    n = len(run)
    while n and not run[n - 1].marker and _CLOSING.match(text, run[n - 1].start, run[n - 1].end):
        n -= 1
    if n == len(run) and n > 1 and not run[-1].marker and run[-2].marker and run[-2].end - run[-2].start > 40:
        ended = text[run[-2].start : run[-2].end].rstrip()[-1:] in ".;"
        return n - 1 if ended and re.search(r"\./\s*\.?\W{0,4}$", text[run[-1].start : run[-1].end]) else n
    several = len(run) - n > 1
    if (
        several
        and n
        and (not run[n - 1].marker or (run[n - 1].marker != "bullet" and text[run[n - 1].start : run[n - 1].end].rstrip()[-1:] not in ".;"))
    ):
        return len(run) - 1
    return n


def _plausible_chapter(line: Line, words: str, last: int) -> bool:
    """Is it a chapter? "C." or "V/v" at the start of a line is not always a chapter, nor is "VI PHẠM" behind chapter II (`last`)."""
    if re.match(r"\s*V\s*/\s*v", words):
        return False
    bare = line.marker == "roman" and words[: line.content - line.start].split()[-1:] == [line.number]
    if bare and roman(line.number) not in (1, last + 1, last + 2):
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
    if after is None or after.zone not in ("body", "appendix"):
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
        title = squeeze(text[line.content : line.end]) if (line.marker and line.marker != "bullet") or line.heading else ""
        found.append(
            Section(path=path, title=title[:200], start=line.start, end=max(end, line.end), page=text.count("\f", 0, line.start) + 1)
        )
    return found
