"""Composed documents as the pipeline reads them: the normalised text with its entity spans, and the gold record for scoring."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compose import Composed, compose

from pipeline.evaluation.gold import LISTS, Entry, Gold
from pipeline.pages import Page
from pipeline.text.document import DocumentText, assemble

Span = tuple[int, int, str]


def composed_text(document: Composed) -> tuple[DocumentText, list[Span]]:
    """The text that all offsets refer to and the entity spans in it; a span that normalising broke is left out."""
    text = assemble(tuple(Page(number, part) for number, part in enumerate(document.text.split("\f"), 1)))
    where: dict[int, int] = {}
    for i, origin in enumerate(text.origin):
        where.setdefault(origin, i)
    spans = []
    for start, end, label in document.entities:
        first, last = where.get(start), where.get(end - 1)
        if first is not None and last is not None and first <= last:
            spans.append((first, last + 1, label))
    return text, spans


def composed(seed: int, index: int, split: str, noise: str) -> tuple[DocumentText, list[Span], Gold]:
    """One composed document: its text, entity spans and gold record."""
    document = compose(seed=seed, index=index, split=split, noise=noise)
    text, spans = composed_text(document)
    answer = document.gold
    digest = hashlib.sha256(json.dumps(answer, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]
    lists = {name: tuple(Entry(item) for item in answer[name]) for name in LISTS}
    return text, spans, Gold(document.name, Path(document.name), digest, Entry(answer["document"]), **lists)
