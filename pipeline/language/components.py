"""The components of the spaCy pipeline, one per kind of fact. Each reads what the earlier ones left on the Doc and adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span

from pipeline.extraction import deadlines, relations
from pipeline.extraction.analysis import Analysis, analysis_of
from pipeline.extraction.assignments import Charges
from pipeline.extraction.charging.words import ROLES
from pipeline.extraction.citations import find_citations, in_subject
from pipeline.extraction.clauses import view
from pipeline.extraction.entities import ADVICE
from pipeline.extraction.labels import Label, find_labels
from pipeline.extraction.lexicon import lexicon
from pipeline.extraction.mentions import TimeMention, Unit
from pipeline.extraction.names import names_given_whole
from pipeline.extraction.reports import Duties
from pipeline.extraction.syllables import Phrases, Syllables
from pipeline.extraction.table_facts import cell_charges, cell_times, product_times, table_duties
from pipeline.extraction.tables import table_rows
from pipeline.extraction.units import UnitParser
from pipeline.language.tokenizer import TEXT, WORD_ENDS
from pipeline.layout.build import lay_out
from pipeline.resolution.directives import resolve
from pipeline.text.folding import tone

_ALIAS = re.compile(r"\(\s*(?:sau đây\s+)?(?:gọi|viết)?\s*(?:tắt\s+)?(?:là\s+)?[“\"]?([A-ZĐÀ-Ỹ][^()“”\"\n]{2,60}?)[”\"]?\s*\)")
_CODE = re.compile(r"[A-ZĐ]{2,8}\d{0,2}")
_EXPLICIT = re.compile(r"sau đây|gọi tắt|viết tắt|gọi là")


def layout_component(doc: Doc) -> Doc:
    """Header, zones and sections. Span group "sections"."""
    text: str = doc.user_data[TEXT]
    layout, where = lay_out(text)
    analysis = doc.user_data["vanban"] = Analysis(text, layout, where, doc.user_data[WORD_ENDS])
    words, lex = analysis.words, lexicon()
    analysis.views = [view(text, line, i, lex, words) for i, line in enumerate(layout.lines)]
    codes = _aliases(text, analysis)
    atoms = Phrases((name, name) for name in (*names_given_whole(text, analysis.views), *codes))
    for v in analysis.views:
        v.parser.atoms = atoms
    analysis.rows = [row for row in table_rows(text, layout.lines) if layout.lines[row.line].zone in ("body", "closing", "appendix")]
    _group(doc, "sections", ((s.start, s.end, s.path) for s in layout.sections))
    return doc


def citations_component(doc: Doc) -> Doc:
    """Citations with date, issuer, provision and relation. Span group "citations"."""
    analysis = analysis_of(doc)
    text, layout = analysis.text, analysis.layout
    lex = lexicon()

    def issuer_up_to(offset: int, end: int) -> Unit | None:
        parser = UnitParser(text, Syllables(text, offset, end, analysis.words), lex)
        alone = parser.position(0) or parser.body(0)
        return alone[0] if alone and alone[0].kind != "group" and alone[0].end == end else None

    def issuer_at(offset: int) -> Unit | None:
        end = text.find("\n", offset)
        syllables = Syllables(text, offset, min(end if end >= 0 else len(text), offset + 160), analysis.words)
        parser = UnitParser(text, syllables, lex)
        if not len(syllables):
            return None
        parsed = parser.position(0) or parser.body(0)
        if parsed and parsed[0].start == offset:
            comma = text.find(",", offset, parsed[0].end)
            one = issuer_up_to(offset, comma) if parsed[0].kind == "group" and comma > 0 else None
            return one or parsed[0]  # "của Chủ tịch UBND tỉnh, huyện đã chi trả": what follows is the next subject
        first = syllables.word[0]
        return Unit(offset, syllables.to[0], first, "organization") if first in ("TTg", "CP", "QH") else None

    own = (layout.header.number or "").upper()
    found = []
    for c in find_citations(text, issuer_at):
        line = layout.line_at(c.start)
        if line is None or line.zone in ("header", "signature") or (c.number and own and c.number.upper() == own):
            continue
        if line.zone == "appendix" and re.match(r"\s*\((?:Kèm theo|Ban hành)", text[line.start : line.end]):
            continue
        if (
            c.number
            and re.match(r"\s*\(?\s*(?:[Bb]an hành |[Pp]hê duyệt )?[Kk]èm theo\s*$", text[line.start : c.start])
            and line.zone in ("title", "appendix")
        ):
            continue
        found.append(c)
    analysis.citations = found
    analysis.relations = relations.relate(text, layout, found)
    analysis.conflicts = resolve(found, analysis.canonical, local=analysis.where.own is not None and analysis.where.province is not None)
    _group(doc, "citations", ((c.start, c.end, c.rule) for c in found))
    return doc


def deadlines_component(doc: Doc) -> Doc:
    """Terms that bind somebody. Span group "deadlines"."""
    analysis = analysis_of(doc)
    years = analysis.years
    tabled = {row.line for row in analysis.rows}
    for v in analysis.views:
        if v.line.zone in ("body", "closing", "appendix") and v.index not in tabled:
            labels = find_labels(analysis.text, v.line.content, v.line.end)
            analysis.times += deadlines.line_times(analysis.text, v, labels, analysis.citations, years)
    for row in analysis.rows:
        cell = row.cells.get("deadline")
        if cell and "deadline" not in row.inherited:
            analysis.times += cell_times(analysis, row, cell)
        analysis.times += product_times(analysis, row)
    analysis.times.sort(key=lambda t: t.start)
    _group(doc, "deadlines", ((t.start, t.end, t.rule) for t in analysis.times))
    return doc


def assignments_component(doc: Doc) -> Doc:
    """Units charged, with their roles. Span group "units"."""
    analysis = analysis_of(doc)
    charges = Charges(analysis.text, analysis.is_issuer, lambda offset: in_subject(analysis.text, analysis.citations, offset))
    tabled = {row.line: row for row in analysis.rows}
    for v in analysis.views:
        if v.line.zone not in ("body", "closing", "appendix"):
            continue
        if v.index in tabled:
            for role in ROLES:
                cell = tabled[v.index].cells.get(role)
                if cell and role not in tabled[v.index].inherited:
                    cell_charges(charges, analysis, tabled[v.index], cell, role, doc.user_data.get(ADVICE))
        elif not analysis.text.startswith("|", v.line.start):
            charges.read(v)
    labelled = {
        analysis.layout.lines[i].path
        for i, labels in charges.labels.items()
        if any(b.role in ("leads", "supports", "performs") for b in labels)
    }
    analysis.charges = [c for c in charges.found if not (c.rule == "subject" and c.section in labelled)]
    analysis.owners, analysis.leads, analysis.subjects = charges.owners, charges.leads, charges.subjects
    _group(doc, "units", ((c.unit.start, c.unit.end, c.role) for c in charges.found))
    return doc


def reports_component(doc: Doc) -> Doc:
    """Duties to report. Span group "reports"."""
    analysis = analysis_of(doc)
    duties = Duties(analysis.text, analysis.citations, analysis.is_issuer)
    owners = Charges(analysis.text, analysis.is_issuer, lambda offset: False)
    owners.owners = analysis.owners
    bullets: dict[str, tuple[str, list[Unit]]] = {}
    times: dict[int, list[TimeMention]] = {}
    for t in analysis.times:
        times.setdefault(t.line, []).append(t)
    for v in analysis.views:
        mine = owners.told(v.line.path)
        if v.line.marker == "bullet":
            sign = analysis.text[v.line.start]
            opened = bullets.get(v.line.path)
            if opened and sign != opened[0]:
                mine = opened[1]
            elif (v.index, 0) in analysis.subjects and analysis.text[v.line.start : v.line.end].rstrip().endswith(":"):
                bullets[v.line.path] = (sign, analysis.subjects[(v.index, 0)])
            elif opened:
                bullets.pop(v.line.path)
        if not mine:
            mine = analysis.leads.get(v.line.path, [])
        duties.read(v, analysis.subjects, mine, times.get(v.index, []))
    _by_label(analysis, duties)
    table_duties(analysis, duties)
    analysis.duties = duties.found
    _group(doc, "reports", ((d.start, d.end, d.rule) for d in duties.found))
    return doc


def _by_label(analysis: Analysis, duties: Duties) -> None:
    """A report without a day in an item whose label gives one ("- Thời gian hoàn thành: ..."): the day is the report's too."""
    days: dict[str, list[TimeMention]] = {}
    labels: dict[int, list[Label]] = {}
    for t in analysis.times:
        line = analysis.layout.lines[t.line]
        if t.line not in labels:
            labels[t.line] = [b for b in find_labels(analysis.text, line.content, line.end) if b.role == "deadline"]
        if any(label.start <= t.start < label.end for label in labels[t.line]):
            days.setdefault(line.path, []).append(t)
    for duty in duties.found:
        mine = days.get(duty.section, [])
        if duty.time is None and duty.recipients and duty.period is None and len(mine) == 1 and mine[0].line > duty.line:
            duty.time = mine[0]


def _aliases(text: str, analysis: Analysis) -> list[str]:
    """Short names that the document gives: "Văn phòng UBND tỉnh (Văn phòng)", "(sau đây gọi tắt là ...)" (domain rule 2.4, shorthand).
    Gives those in capitals ("Phòng Cảnh sát hình sự (PC02)"), by which sentences name the body."""
    lex = lexicon()
    codes: list[str] = []
    for m in _ALIAS.finditer(text):
        short = m[1].strip()
        start = max(0, m.start() - 90)
        syllables = Syllables(text, start, m.start(), analysis.words)
        parser = UnitParser(text, syllables, lex)
        for k in range(len(syllables)):
            parsed = parser.units_at(k)
            if parsed and parsed[1] == len(syllables) and parsed[0][0].kind == "organization":
                full = parsed[0][0].name
                if _CODE.fullmatch(short):
                    codes.append(short)
                    analysis.aliases.setdefault(tone(short), full)
                if _EXPLICIT.search(m[0]) or (tone(full).startswith(tone(short)) and tone(full) != tone(short)):
                    analysis.aliases.setdefault(tone(short), full)
                break
    return codes


def _group(doc: Doc, name: str, spans: Iterable[tuple[int, int, str]]) -> None:
    """Write spans of characters as a span group, widened to whole tokens, the rule or role as label."""
    found: list[Span] = []
    for start, end, label in spans:
        span = doc.char_span(start, end, label=label or name, alignment_mode="expand")
        if span is not None:
            found.append(span)
    doc.spans[name] = found
