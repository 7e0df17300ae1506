"""Mends what can be no Vietnamese syllable, where exactly one near syllable is likely."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.data import load
from pipeline.reading.correct.accents import LEAST, cased, mistake, model
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.tokens import COMMA, NUMBER, STOP, Token, skeleton, tokens
from pipeline.text.syllables import well_formed

RULE = "syllable"
CLEAR = 1.5  # nats by which the best candidate must lead the next
LOOKALIKE = 1.0  # the cost of a letter taken for another, besides that of its marks
OFTEN, SHARE = 20.0, 0.2  # how often a syllable must have been seen, and what share of that followed by another, to ask for that one
LOST = 2.5  # the cost of a letter lost at the end of a word, or of one too many


def syllable_changes(text: str) -> Iterator[Change]:
    """Changes of lower-case or capitalised words (never all-capital ones) that break the syllable grammar, judged by their neighbours."""
    offset = 0
    for line in text.split("\n"):
        run = tokens(line, offset)
        for index, token in enumerate(run):
            if not token.free or len(token.text) < 2 or not token.text[1:].islower() or not _strange(token):
                continue
            left = run[index - 1].kind if index else STOP
            right = run[index + 1].kind if index + 1 < len(run) else STOP
            best = _closest(token.text.lower(), left, right, capital=not token.text.islower())
            if best is not None:
                yield Change(token.start, token.end, cased(best, token.text), RULE)
        offset += len(line) + 1


@cache
def _places() -> frozenset[str]:
    """Parts of names of places that are no syllables of Vietnamese: "Ea", "Glong", "Krông"."""
    parts = (part for row in load.rows("places") for part in row["name"].split())
    return frozenset(part for part in parts if part[:1].isupper() and not well_formed(part))


def _strange(token: Token) -> bool:
    """No syllable by its form, or one in small letters that neither a dictionary nor any text has ("kiển"); names may be rare."""
    if token.text in _places():
        return False
    return not well_formed(token.text) or (token.text.islower() and token.kind not in model().ones)


@lru_cache(maxsize=4096)
def _closest(word: str, left: str, right: str, *, capital: bool) -> str | None:
    """The one syllable of the model that `word` must have been between these neighbours; None when there is none or more than one.

    A word without any mark may be foreign or an abbreviation: there the syllable must be known beside one of its neighbours.
    """
    lm = model()
    scored: dict[str, float] = {}

    def consider(near: str, extra: float) -> None:
        for other in lm.alike.get(skeleton(near), ()):
            if well_formed(other) and lm.ones[other] >= LEAST and (not word.isascii() or _seen_together(left, other, right)):
                cost = extra + mistake(other, near) + lm.cost(left, other) + lm.cost(other, right)
                scored[other] = min(scored.get(other, cost), cost)

    if not word.isascii():
        consider(word, 0.0)
    for near in _near(word):
        consider(near, LOOKALIKE)
    if not capital:  # names have their own ways: only like shapes are tried there
        for end in load.table("ocr_confusions")["endings"]:
            consider(word + end, LOST)
        for number in range(len(word)):
            consider(word[:number] + word[number + 1 :], LOST)
    ranked = sorted((c, s) for s, c in scored.items())
    if not ranked and not capital:
        return _usual_after(left, word)
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < CLEAR):
        return None
    return ranked[0][1]


def _near(word: str) -> Iterator[str]:
    """The word with one part replaced by a part of like shape."""
    for read, meant in load.table("ocr_confusions")["shapes"].items():
        at = word.find(read)
        while at >= 0:
            for part in meant:
                yield word[:at] + part + word[at + len(read) :]
            at = word.find(read, at + 1)


def _seen_together(left: str, middle: str, right: str) -> bool:
    pairs = model().pairs
    return middle in pairs.get(left, ()) or right in pairs.get(middle, ())


def _usual_after(left: str, word: str) -> str | None:
    """The syllable that the one before nearly asks for ("tham" mưu), where what was read ("nueu") is at most two letters from it."""
    lm = model()
    seen = lm.ones.get(left, 0.0)
    if seen < OFTEN or left in (STOP, COMMA, NUMBER) or len(word) < 3:
        return None
    usual = [s for s, count in lm.pairs.get(left, {}).items() if count >= SHARE * seen and well_formed(s)]
    near = [s for s in usual if letters_apart(skeleton(word), skeleton(s)) <= min(2, len(s) - 1)]
    return near[0] if len(near) == 1 else None


def letters_apart(a: str, b: str) -> int:
    """Letters to put in, take out or change to make b of a."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
