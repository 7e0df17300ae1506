"""Compares words read with words set: errors of characters and of words, by place on the page or in reading order."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

FOLD = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‐": "-", "…": "...", "\u00a0": " "})
NUMERIC = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Read:
    """One word read: its text and the centre of its box, in pixels of the scan."""

    text: str
    x: float
    y: float


@dataclass(slots=True)
class Tally:
    """Errors summed over pages."""

    characters: int = 0
    words: int = 0
    character_errors: int = 0
    word_errors: int = 0
    spurious: int = 0
    examples: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Adds the errors of another page."""
        self.characters += other.characters
        self.words += other.words
        self.character_errors += other.character_errors
        self.word_errors += other.word_errors
        self.spurious += other.spurious
        self.examples += other.examples

    @property
    def cer(self) -> float:
        """Character errors in percent of the characters set."""
        return 100 * self.character_errors / max(1, self.characters)

    @property
    def wer(self) -> float:
        """Word errors in percent of the words set."""
        return 100 * self.word_errors / max(1, self.words)


def fold(text: str) -> str:
    """NFC with quotes and dashes made plain: their form is no error."""
    return unicodedata.normalize("NFC", text).translate(FOLD)


def distance(a: Sequence[Any], b: Sequence[Any]) -> int:
    """Levenshtein distance of two sequences; row by row in numpy, so that whole pages are no burden."""
    if not a or not b:
        return max(len(a), len(b))
    codes: dict[Any, int] = {}
    left = [codes.setdefault(x, len(codes)) for x in a]
    right = np.array([codes.setdefault(x, len(codes)) for x in b])
    steps = np.arange(len(b) + 1)
    row = steps.copy()
    for index, code in enumerate(left, 1):
        new = np.empty_like(row)
        new[0] = index
        new[1:] = np.minimum(row[:-1] + (right != code), row[1:] + 1)
        # An insertion chain costs one a step: a running minimum of (value - position) resolves it at once.
        row = np.minimum.accumulate(new - steps) + steps
    return int(row[-1])


def by_place(page: dict[str, Any], read: Sequence[Read], *, examples: bool = False) -> Tally:
    """Errors of one page when each word read is held against the line it stands on, whatever the order; words on no line are errors."""
    lines: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for word in page["words"]:
        lines[word["line"]].append(word)
    boxes = np.array([w["box"] for w in page["words"]], np.float64)
    owners = [w["line"] for w in page["words"]]
    pitch = float(np.median(boxes[:, 3] - boxes[:, 1])) if len(boxes) else 20.0
    found: dict[int, list[Read]] = defaultdict(list)
    tally = Tally()
    for word in read:
        away_x = np.maximum(0, np.maximum(boxes[:, 0] - word.x, word.x - boxes[:, 2]))
        away_y = np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - word.y)
        nearest = int(np.argmin(away_x + 2 * away_y))
        if away_x[nearest] < 2 * pitch and away_y[nearest] < 0.9 * pitch:
            found[owners[nearest]].append(word)
        elif not (word.y < 0.075 * page["size"][1] and word.text.isdigit()):  # a page number is no error
            tally.spurious += len(word.text)
    for number, words in lines.items():
        want = [fold(w["text"]) for w in words]
        got = [fold(r.text) for r in sorted(found[number], key=lambda r: r.x)]
        tally.characters += len(" ".join(want))
        tally.words += len(want)
        tally.character_errors += distance(" ".join(want), " ".join(got))
        tally.word_errors += distance(want, got)
        if examples and want != got:
            tally.examples.append((" ".join(want), " ".join(got)))
    tally.character_errors += tally.spurious
    return tally


def in_order(page: dict[str, Any], text: str) -> Tally:
    """Errors of one page as text in reading order; white space of any kind is one space, a lone page number at the top is left out."""
    want, got = fold(re.sub(r"[\s|]+", " ", page["text"])).strip(), fold(re.sub(r"[\s|]+", " ", text)).strip()
    if page["number"] > 1:
        got = got.removeprefix(f"{page['number']} ")
    return Tally(len(want), len(want.split()), distance(want, got), distance(want.split(), got.split()))


def numbers(text: str) -> list[str]:
    """The tokens that carry a digit, bare of closing punctuation."""
    return [t.strip('.,;:()“”"') for t in fold(text).split() if NUMERIC.search(t)]
