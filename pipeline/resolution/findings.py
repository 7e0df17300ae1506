"""What does not add up inside one document (the auditor's list): each finding has a stable code, one line and a place."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.extraction.analysis import Analysis
from pipeline.records import Finding
from pipeline.text.document import DocumentText
from pipeline.text.folding import squeeze, tone

_INTERNAL = re.compile(
    r"(?:tại|theo|ở)\s+((?:(?:khoản|điểm|mục|tiểu mục|phần|Mục|Phần|Điều)\s+[\dIVXa-zđ.]+\s*,?\s*){1,3})"
    r"(?:của\s+)?(Kế hoạch|Quyết định|Chỉ thị|Công văn|Hướng dẫn|Kết luận|Thông báo|Chương trình) này"
)
_ATTACHED = re.compile(r"(?:có |theo )?(?:phụ lục|biểu mẫu|Phụ lục)[^.;\n]{0,40}(?:đính kèm|kèm theo)", re.I)
_REPEATED = re.compile(r"(?<![^\W\d_])([^\W\d_]+ [^\W\d_]+) \1(?![^\W\d_])")

Note = Callable[[str, str, int, int], None]  # takes code, message, start and end


def find_problems(text: DocumentText, analysis: Analysis) -> list[Finding]:
    """All findings of a document, in reading order."""
    found: list[Finding] = []

    def note(code: str, message: str, start: int, end: int) -> None:
        found.append(Finding(code=code, message=squeeze(message), start=start, end=end, page=text.page_of(start)))

    _own(text.text, analysis, note)
    _cited(analysis, note)
    _inside(text.text, analysis, note)
    for start, end in text.doubts:
        note("number-doubtful", f"“{text.text[start:end]}” was read from the image with doubt", start, end)
    return sorted(found, key=lambda f: (f.start, f.code))


def _own(text: str, analysis: Analysis, note: Note) -> None:
    header = analysis.layout.header
    first = analysis.layout.lines[0] if analysis.layout.lines else None
    start, end = (first.start, first.end) if first else (0, 0)
    if header.number is None:
        note("number-missing", "the document has no number", start, end)
    elif header.draft:
        note("number-blank", f"the number is blank: {header.number}", start, end)
    if header.issued_on is None:
        note("date-missing", "the document has no date of issue", start, end)
    elif len(header.issued_on) < 10:
        note("date-blank", f"the day of issue is blank: {header.issued_on}", start, end)
    if header.issuer is None:
        note("issuer-missing", "the issuer is not named in header, signature or text", start, end)
    elif header.issuer_method == "symbol":
        note("issuer-unsure", f"the issuer is known only from the number: {header.issuer}", start, end)
    signed = [line for line in analysis.layout.lines if line.zone == "signature"]
    if signed and header.signer_position and (header.authority or "").endswith(("KT.", "K/T")):
        printed = " ".join(tone(squeeze(text[line.start : line.end])) for line in signed)
        if tone(header.signer_position) not in printed:  # the deputy by NĐ 30/2020 Điều 13
            message = f"the position is not legible, but KT. is signed by the deputy: {header.signer_position}"
            note("signer-position-unsure", message, signed[0].start, signed[0].end)


def _cited(analysis: Analysis, note: Note) -> None:
    issued = analysis.layout.header.issued_on
    conflicts = {number.upper(): days for number, days in analysis.conflicts}
    for c in analysis.citations:
        days = conflicts.get((c.number or "").upper())
        if days:
            own = f"here {c.issued_on}" if c.issued_on else "here without a date"
            note("citation-date-conflict", f"{c.number} is dated {' and '.join(sorted(days))} in this document; {own}", c.start, c.end)
        if c.impossible_date:
            note("date-impossible", f"the date given for {c.number or c.name} cannot be", c.start, c.tail or c.end)
        elif c.number and c.issued_on is None and not days:
            note("citation-undated", f"{c.type} {c.number} is cited without a date", c.start, c.end)
        if issued and c.issued_on and len(issued) == 10 and len(c.issued_on) == 10 and c.issued_on > issued:
            note("citation-after-issue", f"{c.number or c.name} is dated {c.issued_on}, after this document ({issued})", c.start, c.end)
        if c.mended:
            note("number-mended", f"a lost stroke was put back in {c.number}", c.start, c.end)
    names: dict[str, set[str]] = {}
    for c in analysis.citations:
        if c.name:
            from pipeline.resolution.directives import law_name

            names.setdefault(law_name(c.name), set()).add(c.name)
    for same in names.values():
        if len({tone(n) for n in same}) > 1:
            c = next(c for c in analysis.citations if c.name in same)
            note("name-variant", "one law under several names: " + "; ".join(sorted(same)), c.start, c.end)


def _inside(text: str, analysis: Analysis, note: Note) -> None:
    paths = {s.path for s in analysis.layout.sections}
    for m in _INTERNAL.finditer(text):
        target = _path_named(m[1])
        if target and target not in paths and paths:
            note("section-missing", f"“{squeeze(m[0])}”: there is no section {target}", m.start(), m.end())
        elif (
            target
            and any(line.path == target and line.kind in ("review", "purpose") for line in analysis.layout.lines)
            and "phân công" in text[max(0, m.start() - 60) : m.start()]
        ):
            note("section-doubtful", f"“{squeeze(m[0])}”: section {target} assigns nothing", m.start(), m.end())
    attached = _ATTACHED.search(text)
    if attached and not any(line.zone == "appendix" for line in analysis.layout.lines):
        note("appendix-missing", f"“{squeeze(attached[0])}”, but the text has no appendix", attached.start(), attached.end())
    _gaps(analysis, note)
    for m in _REPEATED.finditer(text):
        note("words-repeated", f"“{squeeze(m[0])}”", m.start(), m.end())


def _path_named(words: str) -> str | None:
    parts = dict(re.findall(r"(khoản|điểm|mục|phần|Mục|Phần|Điều)\s+([\dIVXa-zđ.]+)", words))
    low = {k.lower(): v.rstrip(".") for k, v in parts.items()}
    if "điều" in low:
        return ".".join([f"Đ{low['điều']}", *(low[k] for k in ("khoản", "điểm") if k in low)])
    top = low.get("phần") or (low.get("mục") if re.fullmatch(r"[IVX]+", low.get("mục", "")) else None)
    if not top:
        return None
    rest = [low[k] for k in ("mục", "khoản", "điểm") if k in low and low[k] != top]
    return ".".join([top, *rest])


def _gaps(analysis: Analysis, note: Note) -> None:
    """Numbers left out between siblings: 2.4.2 then 2.4.5."""
    last: dict[str, int] = {}
    for section in analysis.layout.sections:
        parent, _, own = section.path.rpartition(".")
        if not own.isdigit() or section.path.startswith("PL"):
            continue
        value = int(own)
        before = last.get(parent)
        if before is not None and value > before + 1:
            note("numbering-gap", f"after {parent}.{before} comes {section.path}", section.start, section.start + 10)
        last[parent] = value
