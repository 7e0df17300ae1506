"""A mention of another document, as the finders of citations hand it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.extraction.mentions import Unit

IssuerAt = Callable[[int], Unit | None]


@dataclass(slots=True)
class CitationMention:
    """A mention at text[start:end] (from type word to number, or the name with its year). `tail`: where date and issuer end."""

    start: int
    end: int
    text: str
    type: str
    rule: str
    number: str | None = None
    symbol: str = ""
    name: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    issuer_span: tuple[int, int] | None = None
    provision: str | None = None
    tail: int = 0
    inherited: list[str] = field(default_factory=list)
    confidence: float = 0.98
    impossible_date: bool = False
    mended: bool = False
