"""Knowing a fact again in another reading of the same file, by its words and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.corrections.model import Anchor
from pipeline.records import Assignment, Citation, Deadline, Fact, Report
from pipeline.text.keys import fold
from pipeline.text.quoting import Quotes

_WORD = re.compile(r"[^\W_]+")


class Place:
    """One text, ready to be asked where words stand. Marks, case, punctuation and spacing do not matter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._quotes = Quotes(text)
        found = list(_WORD.finditer(text))
        self._words = [fold(m.group()) for m in found]
        self._spans = [m.span() for m in found]
        self._first: dict[str, list[int]] = {}
        for i, word in enumerate(self._words):
            self._first.setdefault(word, []).append(i)

    def all_of(self, words: str) -> list[tuple[int, int]]:
        """Every stretch of the text that reads `words` (folded, one space apart), in order."""
        wanted = words.split()
        if not wanted:
            return []
        last = len(wanted) - 1
        places = [i for i in self._first.get(wanted[0], ()) if self._words[i : i + last + 1] == wanted]
        return [(self._spans[i][0], self._spans[i + last][1]) for i in places]

    def sentence(self, start: int, end: int) -> str:
        """The sentence shown for start..end, on one line."""
        left, right = self._quotes.around(start, end)
        return " ".join(self.text[left:right].split())


def key(text: str) -> str:
    """The words of `text`, folded, one space apart."""
    return " ".join(fold(word) for word in _WORD.findall(text))


def anchor_of(place: Place, fact: Fact) -> Anchor:
    """The anchor of `fact`, which stands in the text of `place`."""
    words = key(place.text[fact.start : fact.end])
    inside = [n for n, (start, end) in enumerate(place.all_of(words), 1) if start >= fact.start and end <= fact.end]
    return Anchor(fact.section, words, inside[0] if inside else 0, place.sentence(fact.start, fact.end), detail_of(fact))


def detail_of(fact: Fact) -> str:
    """What parts two facts of one kind that stand on the same words."""
    if isinstance(fact, Assignment):
        return f"{fact.role} {key(fact.unit)}"
    if isinstance(fact, Citation):
        return key(fact.number or fact.name or "")
    if isinstance(fact, (Deadline, Report)):
        return fact.latest or fact.recurrence or ""
    return ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact of the new reading with its anchor; `number` is for the caller."""

    number: int
    fact: Fact
    anchor: Anchor


def known_again(place: Place, wanted: Anchor, candidates: Iterable[Candidate]) -> Candidate | None:
    """The one candidate that is the fact of `wanted`, or None where none is or several may be.

    The words must be the same, and two of sentence, section and occurrence; or else, where an upgrade has moved the fact's ends, it is
    the only candidate that stands over the same words in the same section or sentence.
    """
    listed = list(candidates)
    sentence = key(wanted.quote)
    ranked: list[tuple[int, bool, Candidate]] = []
    for candidate in listed:
        anchor = candidate.anchor
        if anchor.words != wanted.words:
            continue
        agree = (key(anchor.quote) == sentence) + (anchor.section == wanted.section) + (anchor.occurrence == wanted.occurrence)
        if agree >= 2:
            ranked.append((agree, anchor.detail == wanted.detail, candidate))
    if ranked:
        best = max((agree, same) for agree, same, _ in ranked)
        return _only([c for agree, same, c in ranked if (agree, same) == best])
    span = locate(place, wanted)
    if span is None:
        return None
    over = [
        c for c in listed
        if c.fact.start < span[1] and span[0] < c.fact.end and (c.anchor.section == wanted.section or key(c.anchor.quote) == sentence)
    ]  # fmt: skip
    return _only(over) or _only([c for c in over if c.anchor.detail == wanted.detail])


def _only(found: Sequence[Candidate]) -> Candidate | None:
    return found[0] if len(found) == 1 else None


def locate(place: Place, wanted: Anchor) -> tuple[int, int] | None:
    """Where the anchored words stand in this text: in the same sentence and at the same occurrence, or the only place one of them gives."""
    spans = place.all_of(wanted.words)
    sentence = key(wanted.quote)
    same_count = spans[wanted.occurrence - 1 : wanted.occurrence] if wanted.occurrence else []
    if same_count and key(place.sentence(*same_count[0])) == sentence:
        return same_count[0]
    in_sentence = [span for span in spans if key(place.sentence(*span)) == sentence]
    if len(in_sentence) == 1:
        return in_sentence[0]
    return spans[0] if len(spans) == 1 else None
