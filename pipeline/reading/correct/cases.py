"""Puts capitals right that the engine gave a short last line: "... ở\nCƠ SỞ." where c, ơ, s have the same shape in both cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.correct.changes import Change
from pipeline.text.syllables import well_formed

RULE = "case"
_TAIL = re.compile(r"(?<=[^\W\d_] )(?P<tail>[^\W\d_]{2,7}(?: [^\W\d_]{2,7})?)(?=[.;:,]*$)", re.MULTILINE)


def case_changes(text: str) -> Iterator[Change]:
    """One or two capital syllables with accents at the end of a paragraph, after a word in small letters, in small letters."""
    for match in _TAIL.finditer(text):
        for start in (match.start(), match.start() + match["tail"].find(" ") + 1):
            tail = text[start : match.end()]
            before = text[:start].rstrip(" ")
            last = before[before.rfind(" ") + 1 :]
            words = tail.split()
            if last.islower() and last.isalpha() and all(w.isupper() and not w.isascii() and well_formed(w) for w in words):
                yield Change(start, match.end(), tail.lower(), RULE)
                break
