"""The spaCy pipeline: underthesea's words as tokens, then one component per kind of fact, in order."""

from __future__ import annotations

import spacy
from spacy.language import Language

from pipeline.language.tokenizer import WordTokenizer
from pipeline.settings import Settings

COMPONENTS = ("layout", "citations", "deadlines", "assignments", "reports")


def build_pipeline(settings: Settings) -> Language:
    """A pipeline from normalised text to a Doc with span groups and an Analysis. Building registers the components; importing does not."""
    from pipeline.extraction import components

    nlp = spacy.blank("xx")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = settings.max_text_bytes
    for name in COMPONENTS:
        full = f"vanban_{name}"
        if not Language.has_factory(full):
            Language.component(full, func=getattr(components, f"{name}_component"))
        nlp.add_pipe(full, name=name)
    return nlp
