"""Mends what can be no Vietnamese syllable, where exactly one near syllable is likely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.reading.correct.accents import cased, mistake, model
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.tokens import skeleton
from pipeline.reading.syllables import well_formed

RULE = "syllable"
CLEAR = 2.0  # nats by which the best candidate must lead the next
# Shapes the engine takes for one another: letter read -> letters meant.
_LOOKALIKE = {"1": "i", "l": "i", "í": "t", "ì": "i", "n": "m", "m": "n", "ö": "ồ", "ä": "ạă", "ü": "ư", "ë": "ê", "ñ": "n", "0": "o"}
_WORD = re.compile(r"(?<![\w/.\-])[^\W\d_]+(?![\w/\-])")


def syllable_changes(text: str) -> Iterator[Change]:
    """Changes of lower-case or capitalised words (never all-capital ones) that break the syllable grammar."""
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) < 2 or word.isupper() or well_formed(word) or not (word[1:].islower()):
            continue
        best = _closest(word.lower())
        if best is not None:
            yield Change(match.start(), match.end(), cased(best, word), RULE)


@lru_cache(maxsize=4096)
def _closest(word: str) -> str | None:
    """The one syllable of the model that `word` must have been; None when there is none or more than one."""
    lm = model()
    if skeleton(word) == word and word.isascii():
        return None  # a foreign word or an abbreviation, as likely as a mistake
    scored: dict[str, float] = {}
    for other in lm.alike.get(skeleton(word), ()):
        if well_formed(other):
            scored[other] = mistake(other, word) + lm.cost("", other)
    for number, letter in enumerate(word):
        for meant in _LOOKALIKE.get(letter, ""):
            near = word[:number] + meant + word[number + 1 :]
            for other in lm.alike.get(skeleton(near), ()) if skeleton(near) != skeleton(word) else ():
                if well_formed(other):
                    scored[other] = min(scored.get(other, 99.0), 2.0 + mistake(other, near) + lm.cost("", other))
    ranked = sorted((c, s) for s, c in scored.items() if lm.ones.get(s, 0.0) >= 1.0)
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < CLEAR):
        return None
    return ranked[0][1]
