"""Names that a document gives whole somewhere (a label's value, a heading of one unit), to be known again inside its sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extraction.clauses import LineView
from pipeline.extraction.labels import find_labels


def names_given_whole(text: str, views: list[LineView]) -> Iterator[str]:
    """Names of single bodies, three syllables and more, that run to a sign or the end where a label or a heading holds nothing but
    units."""
    for v in views:
        if v.line.zone not in ("body", "appendix") or not len(v.s):
            continue
        starts = [
            v.s.index_at(label.start)
            for label in find_labels(text, v.line.content, v.line.end)
            if label.role in ("directs", "leads", "supports", "performs")
        ]
        if not starts and v.line.heading:
            starts = [1 if v.s.low[0] == "giao" else 2 if v.s.low[0] in ("đề", "yêu") else 0]
        for at in starts:
            v.parser.whole = True
            units = v.parser.list_at(at)
            v.parser.whole = False
            if units is None or (v.line.heading and units.next < len(v.s) and v.s.word[units.next] not in ".:;,("):
                continue
            for unit in units.units:
                if unit.kind == "organization" and len(unit.name.split()) >= 3:
                    yield unit.name
