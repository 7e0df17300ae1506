"""The components that bring the trained recogniser into the pipeline: one finds entities, one weighs the charges by them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span

from pipeline.extraction.analysis import Analysis
from pipeline.extraction.entity_model import Entity, Recogniser
from pipeline.extraction.lexicon import lexicon
from pipeline.extraction.overlap import Advice, AdvisedParser, weigh
from pipeline.layout.model import Line

ENTITIES = "vanban.entities"  # key of doc.user_data: the list of Entity
ADVICE = "vanban.advice"  # key of doc.user_data: the Advice that the parsers of this document heard

_CHARGED = ("body", "closing", "appendix")


def model_folder() -> Path:
    """Where the model that came with the package lies."""
    return Path(__file__).resolve().parent.parent / "data" / "ner"


@cache
def recogniser() -> Recogniser:
    """The model, read once."""
    return Recogniser(model_folder())


def named_lines(text: str, lines: list[Line]) -> list[tuple[int, int]]:
    """The ranges worth reading: lines that can charge somebody."""
    return [(line.content, line.end) for line in lines if line.zone in _CHARGED and line.end > line.content]


def entities_component(doc: Doc) -> Doc:
    """Units, positions, groups, documents, times and persons that the recogniser finds, with calibrated probability: span group
    "entities" and doc.user_data[ENTITIES]. From here on the parsers of names hear it."""
    analysis = doc.user_data["vanban"]
    assert isinstance(analysis, Analysis)
    words = analysis.words
    assert words is not None
    found = recogniser().find(analysis.text, named_lines(analysis.text, analysis.layout.lines), words)
    doc.user_data[ENTITIES] = found
    advice = doc.user_data[ADVICE] = Advice(found)
    for v in analysis.views:
        v.parser = AdvisedParser(analysis.text, v.s, lexicon(), advice, v.parser.atoms)
    doc.spans["entities"] = _spans(doc, found)
    return doc


def agreement_component(doc: Doc) -> Doc:
    """Rule and confidence of each charge by agreement with the recogniser; see `overlap.weigh`."""
    analysis = doc.user_data["vanban"]
    assert isinstance(analysis, Analysis)
    weigh(analysis.charges, doc.user_data[ADVICE])
    return doc


def _spans(doc: Doc, found: list[Entity]) -> list[Span]:
    spans: list[Span] = []
    for entity in found:
        span = doc.char_span(entity.start, entity.end, label=entity.label, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    return spans
