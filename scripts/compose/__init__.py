"""A grammar of Vietnamese official documents: composes new documents with a complete gold record and entity spans.

`compose(seed, index, split, noise)` is the whole interface; the data is in corpus/grammar, the description in docs/composer.md."""

from .composer import Composed, compose

__all__ = ["Composed", "compose"]
