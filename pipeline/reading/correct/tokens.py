"""Cuts a line into what may be corrected (syllables) and what may not (numbers, symbols, abbreviations)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.syllables import well_formed

_CHUNK = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_STOP = re.compile(r"[.;:!?]")

NUMBER, COMMA, STOP = "<n>", ",", "<s>"


@dataclass(frozen=True, slots=True)
class Token:
    """text[start:end]; `kind` is the lower-case syllable for the language model, or NUMBER, COMMA, STOP. `free`: may be changed."""

    start: int
    end: int
    text: str
    kind: str
    free: bool


def tokens(line: str, offset: int = 0) -> list[Token]:
    """The tokens of one line. A chunk with a digit or "/" is one NUMBER; so is an all-capital chunk that is no syllable, unless
    its neighbours shout too (a heading)."""
    chunks = [(m.start(), m[0]) for m in _CHUNK.finditer(line)]
    loud = [_loud(c) for _, c in chunks]
    out: list[Token] = []
    for number, (start, chunk) in enumerate(chunks):
        heading = loud[number] and any(loud[i] for i in (number - 1, number + 1) if 0 <= i < len(chunks))
        out += _chunk(chunk, offset + start, heading)
    return out


def _loud(chunk: str) -> bool:
    """A capital syllable: "CHỨC", not "UBND"."""
    bare = chunk.strip(".,;:()“”\"'")
    return len(bare) > 1 and bare.isupper() and bare.isalpha() and well_formed(bare)


def _chunk(chunk: str, start: int, heading: bool) -> Iterator[Token]:
    if any(c.isdigit() for c in chunk) or "/" in chunk or "⁄" in chunk or "@" in chunk:
        yield Token(start, start + len(chunk), chunk, NUMBER, False)
        return
    found = False
    last = 0
    for match in _LETTERS.finditer(chunk):
        between = chunk[last : match.start()]
        yield from _marks(between, start + last)
        word = match[0]
        capital = len(word) > 1 and word.isupper()
        if capital and not heading:
            yield Token(start + match.start(), start + match.end(), word, NUMBER, False)
        else:
            yield Token(start + match.start(), start + match.end(), word, canonical(word.lower()), True)
        found, last = True, match.end()
    yield from _marks(chunk[last:], start + last)
    if not found and not chunk.strip("-–—+*"):
        yield Token(start, start + len(chunk), chunk, STOP, False)


def _marks(between: str, start: int) -> Iterator[Token]:
    if _STOP.search(between):
        yield Token(start, start + len(between), between, STOP, False)
    elif "," in between:
        yield Token(start, start + len(between), between, COMMA, False)


_PLACES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
           "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip


@lru_cache(maxsize=65536)
def canonical(syllable: str) -> str:
    """The syllable with its tone on the first vowel ("hòa", "ủy"): both spellings are right, and one stands for both in the model."""
    first = _PLACES.get(syllable[-2:])
    return syllable[:-2] + first if first and not syllable.startswith("qu") else syllable


@lru_cache(maxsize=65536)
def skeleton(syllable: str) -> str:
    """The letters without any mark, in lower case, đ as d: what accents are put on."""
    bare = "".join(c for c in unicodedata.normalize("NFD", syllable.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("ð", "d")
