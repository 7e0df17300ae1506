"""The spaCy pipeline: underthesea's words as tokens, then one component per kind of fact, in order."""

from __future__ import annotations

import spacy
from spacy.language import Language

from pipeline.language.tokenizer import WordTokenizer
from pipeline.settings import Settings

COMPONENTS = ("layout", "entities", "citations", "deadlines", "assignments", "agreement", "reports")
_MODEL = ("entities", "agreement")  # the trained model beside the rules; left out by Settings(ner=False)


def build_pipeline(settings: Settings) -> Language:
    """A pipeline from normalised text to a Doc with span groups and an Analysis. Building registers the components; importing does not."""
    from pipeline.extraction import entities
    from pipeline.language import components

    nlp = spacy.blank("xx")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = settings.max_text_bytes
    for name in COMPONENTS:
        if name in _MODEL and not settings.ner:
            continue
        full = f"vanban_{name}"
        if not Language.has_factory(full):
            Language.component(full, func=getattr(entities if name in _MODEL else components, f"{name}_component"))
        nlp.add_pipe(full, name=name)
    return nlp
