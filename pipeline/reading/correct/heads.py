"""Headings of table columns and labels of lines that the engine damaged, put right where they are near one known heading: "Đơnvjiphốihợp",
"Sảnphấm", "+ Cơ quan phốt hợp: ...".

The headings are the labels of roles.jsonl, the ones that tables of assignments are read by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.data import load
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.syllables import letters_apart
from pipeline.reading.correct.tokens import skeleton
from pipeline.text.syllables import well_formed

RULE = "heading"
_FIRST = re.compile(r"^(?<!\|\n)\|[^\n]*\|$", re.MULTILINE)
_CELL = re.compile(r"(?<=\|) ([^|\n]{5,60}) (?=\|)")
_LABELLED = re.compile(r"^[-–+*•] ?(?P<label>[^:\n|]{8,60})(?=:)", re.MULTILINE)
_RUN_ON = re.compile(r"^[-–+*•] ?(?P<words>[^:\n|]{8,})$", re.MULTILINE)  # a label that lost its colon
_LEAST = 6  # letters; shorter headings are near too many words


def head_changes(text: str) -> Iterator[Change]:
    """Changes of whole cells in the first row of a table, where another cell of the row is a heading as it stands."""
    for row in _FIRST.finditer(text):
        cells = list(_CELL.finditer(text, row.start(), row.end()))
        known = [c for c in cells if c[1].lower() in _labels()]
        if not known and not re.match(r"\| S?TT \|", row[0]):
            continue
        for cell in cells:
            label = _nearest(cell[1]) if cell not in known else None
            if label is not None:
                meant = label if cell[1].islower() else label.upper() if cell[1].isupper() else label[0].upper() + label[1:]
                if meant != cell[1]:
                    yield Change(cell.start(1), cell.end(1), meant, RULE)
    for match in _RUN_ON.finditer(text):
        words = match["words"].split(" ")
        label = next((k for n in (6, 5, 4) if (k := " ".join(words[:n])).lower() in _labels() and words[n:][:1]), None)
        if label is not None and f"{label}:" in text and words[len(label.split())][:1].isupper():
            at = match.start("words") + len(label)
            yield Change(at, at, ":", RULE)
    for match in _LABELLED.finditer(text):
        yield from _label(match["label"], match.start("label"))


def _label(read: str, at: int) -> Iterator[Change]:
    """The one word of a label of a line that no known label has, where it is near the word that a known one has there."""
    words = list(re.finditer(r"\S+", read))
    if read.lower() in _labels():
        return
    for label in _labels():
        known = label.split()
        if len(known) != len(words) or len(known) < 3:
            continue
        other = [(m, right) for m, right in zip(words, known, strict=True) if m[0].lower() != right]
        if len(other) == 1:
            match, right = other[0]
            one, two = _letters(match[0]), _letters(right)
            damaged = one[-1:] == two[-1:] and not well_formed(match[0])
            if match is words[-1] and len(known) > 3 and one[:1] == two[:1]:  # "Cơ quan chủ trì tham mica": in italics
                damaged = True
            if damaged or one[-2:] == two[-2:] or (len(two) > 2 and letters_apart(one, two) <= 1):
                first = match[0][:1].isupper() or (not match.start() and read[1:2].islower())
                yield Change(at + match.start(), at + match.end(), right[0].upper() + right[1:] if first else right, RULE)
                return


@cache
def _labels() -> dict[str, str]:
    """The known headings, each with its letters without marks and spaces."""
    labels = (label for row in load.rows("roles") for label in row["labels"])
    return {label: _letters(label) for label in labels}


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", skeleton(text))


@lru_cache(maxsize=1024)
def _nearest(read: str) -> str | None:
    """The one heading at most a sixth of its letters away, and two at most."""
    letters = _letters(read)
    if len(letters) < _LEAST:
        return None
    apart = [
        (letters_apart(letters, own), label) for label, own in _labels().items() if len(own) >= _LEAST and abs(len(own) - len(letters)) <= 2
    ]
    near = sorted((d, label) for d, label in apart if d <= min(2, len(letters) // 6))
    return near[0][1] if near and (len(near) == 1 or near[1][0] > near[0][0]) else None
