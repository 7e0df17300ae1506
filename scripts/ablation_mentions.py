"""What rules, recogniser and both read in one document as spans, and the gold spans to hold against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from spacy.tokens import Doc

from pipeline.extraction import dates
from pipeline.extraction.analysis import Analysis
from pipeline.extraction.clauses import LineView
from pipeline.extraction.entities import ENTITIES
from pipeline.extraction.entity_model import Entity
from pipeline.extraction.overlap import SURE_NEW
from pipeline.extraction.times import find_times
from pipeline.extraction.units import UnitParser

Span = tuple[int, int, str]
KIND_LABELS = {"organization": "UNIT", "position": "POSITION", "group": "GROUP"}
ZONES = ("body", "closing", "appendix")
_HONORIFIC = re.compile(r"(?:các\s+)?(?:đồng chí|đ/c|ông|bà)\s+", re.I)


def unit_mentions(analysis: Analysis, parser: Callable[[LineView], UnitParser]) -> Iterator[Span]:
    """Every unit and person that the parser reads, from left to right, in the lines that can charge somebody; not inside citations,
    and not the classes of persons ("cán bộ, công chức") that are never charged."""
    cited = [(c.start, c.end) for c in analysis.citations]
    for v in analysis.views:
        if v.line.zone not in ZONES:
            continue
        names, at = parser(v), 0
        while at < len(v.s):
            parsed = names.units_at(at)
            inside = at > 0 and v.s.joined[at - 1] and v.s.word[at - 1].isupper() and v.s.word[at].isupper()  # "NHIỆM VỤ" holds no "Vụ"
            symbol = analysis.text[v.s.at[at] - 1 : v.s.at[at]] in ("-", "/")  # "KH-UBND" names nobody
            if parsed is None or inside or symbol or any(a <= v.s.at[at] < b for a, b in cited):
                at += 1
                continue
            unit, after = parsed[0][0], parsed[1]
            called = _HONORIFIC.match(analysis.text, unit.start, unit.end)
            if called and unit.kind == "position":
                office = names.position(v.s.index_at(called.end()))
                yield called.end(), unit.end, "POSITION" if office else "PERSON"
                after = v.s.index_at(unit.end)
            elif not unit.persons:
                yield unit.start, unit.end, KIND_LABELS[unit.kind]
            at = max(after, at + 1)


def other_mentions(analysis: Analysis) -> Iterator[tuple[Span, bool]]:
    """Every citation and every time expression that the rules read, the dates of citations among them; and whether it stands by itself:
    a bare year or "hằng năm" is a time for the rules only where something else makes it one."""
    lines = [v.line for v in analysis.views if v.line.zone in ZONES]
    cited = [c for c in analysis.citations if any(line.content <= c.start and c.end <= line.end for line in lines)]
    taken = [(c.start, c.end) for c in cited]
    for c in cited:
        yield (c.start, c.end, "DOCREF"), True
        tail = dates.date_after(analysis.text, c.end)
        if tail:
            words = analysis.text[c.end : tail[1]]
            start, end = c.end + len(words) - len(words.lstrip(" ,(")), c.end + len(words.rstrip(" ,("))
            taken.append((start, end))
            yield (start, end, "TIME"), True
    for line in lines:
        for t in find_times(analysis.text, line.content, line.end, analysis.years):
            if not any(a < t.end and t.start < b for a, b in taken):
                yield (t.start, t.end, "TIME"), t.bound


def joined(rules: list[tuple[Span, bool]], entities: list[Entity]) -> set[Span]:
    """Citations and times of both: those of the rules that stand by themselves, and where there are none those of the recogniser, if it
    is sure or the rules read something there, too. Mentions only: without a normal form the recogniser's never become facts."""
    firm = {span for span, alone in rules if alone}
    loose = [span for span, alone in rules if not alone]
    found = set(firm)
    for e in entities:
        if e.label not in ("DOCREF", "TIME") or any(a < e.end and e.start < b for a, b, _ in firm):
            continue
        if e.confidence >= SURE_NEW or any(a < e.end and e.start < b for a, b, _ in loose):
            found.add((e.start, e.end, e.label))
    return found


def mentions(doc: Doc) -> dict[str, set[Span]]:
    """The spans of each system in a Doc that was read with the recogniser."""
    analysis: Analysis = doc.user_data["vanban"]
    entities: list[Entity] = doc.user_data[ENTITIES]
    others = list(other_mentions(analysis))

    def plain(v: LineView) -> UnitParser:
        return UnitParser(analysis.text, v.s, v.parser.lex, v.parser.atoms)

    return {
        "rules": {*unit_mentions(analysis, plain), *(span for span, _ in others)},
        "model": {(e.start, e.end, e.label) for e in entities},
        "both": {*unit_mentions(analysis, lambda v: v.parser), *joined(others, entities)},
    }


def same_times(text: str, gold: set[Span], spans: set[Span]) -> set[Span]:
    """The spans, each time that overlaps a gold one and has the same figures moved onto it: which words around the figures belong to a
    time ("hoàn thành trong tháng 9") is a convention, the figures are not."""
    moved = set()
    wanted = [s for s in gold if s[2] == "TIME"]
    for a, b, label in spans:
        twin = None
        if label == "TIME":
            figures = _FIGURES.findall(text[a:b])
            twin = next((g for g in wanted if g[0] < b and a < g[1] and figures == _FIGURES.findall(text[g[0] : g[1]])), None)
        moved.add(twin or (a, b, label))
    return moved


_FIGURES = re.compile(r"\d+|(?<![^\W\d_])(?:IV|I{1,3})(?![^\W\d_])")


def in_zones(doc: Doc, spans: Iterable[Span]) -> set[Span]:
    """The gold spans that lie whole in a line that can charge somebody."""
    lines = [v.line for v in doc.user_data["vanban"].views if v.line.zone in ZONES]
    return {s for s in spans if any(line.content <= s[0] and s[1] <= line.end for line in lines)}
