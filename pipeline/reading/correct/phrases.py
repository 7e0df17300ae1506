"""Fixed phrases that cannot be meant otherwise: headings, names of bodies, formulas (data: phrases.jsonl and ocr_phrases.jsonl)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pipeline.data import load
from pipeline.reading.correct.accents import model
from pipeline.reading.correct.changes import Change
from pipeline.reading.correct.tokens import canonical, skeleton

RULE = "phrase"
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """First skeleton of the phrase -> the phrases, each as its words. Those in `_nouns` are one noun."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for row in load.rows("ocr_phrases"):
        words = tuple(row["text"].split())
        out.setdefault(skeleton(words[0]), []).append(words)
    for phrases in out.values():
        phrases.sort(key=len, reverse=True)
    return out


@cache
def _nouns() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row["text"].split()) for row in load.rows("ocr_phrases") if row.get("noun"))


def phrase_changes(text: str) -> Iterator[Change]:
    """Gives a phrase its accents back where all its words stand in order with the right letters. Case stays as read.

    At least one word must already be right, so that a phrase of other meaning with the same letters is not taken over.
    """
    words = list(_WORD.finditer(text))
    known = _phrases()
    index = 0
    while index < len(words):
        phrase = next((p for p in known.get(skeleton(words[index][0]), ()) if _fits(text, words, index, p)), None)
        if phrase is None:
            index += 1
            continue
        for match, right in zip(words[index : index + len(phrase)], phrase, strict=True):
            if canonical(match[0].lower()) != right:
                yield Change(match.start(), match.end(), _cased(right, match[0]), RULE)
        index += len(phrase)


def _fits(text: str, words: list[re.Match[str]], index: int, phrase: tuple[str, ...]) -> bool:
    found = words[index : index + len(phrase)]
    if len(found) < len(phrase) or any(skeleton(m[0]) != skeleton(p) for m, p in zip(found, phrase, strict=True)):
        return False
    if any(text[a.end() : b.start()] != " " for a, b in pairwise(found)):
        return False
    if phrase in _nouns() and found[0][0].islower() and any(not m[0].islower() for m in found):
        return False
    if _held(text, words, index, phrase):
        return False
    right = sum(canonical(m[0].lower()) == p for m, p in zip(found, phrase, strict=True))
    return right > 0


def _held(text: str, words: list[re.Match[str]], index: int, phrase: tuple[str, ...]) -> bool:
    """Does a word at the edge of the phrase belong to its neighbour outside as it was read: "kiên quyết đình chỉ", "viễn thông bảo đảm"?"""
    last = index + len(phrase) - 1
    for inner, outer, right in ((index, index - 1, phrase[0]), (last, last + 1, phrase[-1])):
        if not 0 <= outer < len(words) or canonical(words[inner][0].lower()) == right:
            continue
        left, behind = sorted((inner, outer))
        if text[words[left].end() : words[behind].start()] == " ":
            pair = [canonical(words[k][0].lower()) for k in (left, behind)]
            if pair[1] in model().pairs.get(pair[0], ()):
                return True
    return False


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word
