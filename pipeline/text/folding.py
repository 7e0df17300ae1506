"""Comparable forms of Vietnamese words: without marks for search and OCR, with marks but one tone placement for identity."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE_RE = re.compile(r"(?<![qQ])(?:" + "|".join(_TONE) + r")(?![a-zà-ỹđ])")
_MARKS = re.compile(r"[\u0300-\u036f]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=50_000)
def tone(word: str) -> str:
    """Small letters with the tone mark in the place state documents use: "UỶ" -> "ủy", "hoà" -> "hòa", "quý" stays."""
    low = word.lower()
    return _TONE_RE.sub(lambda m: _TONE[m[0]], low) if not low.isascii() else low


def bare(text: str) -> str:
    """Small letters without any mark, đ as d: "Đôn đốc" -> "don doc". Same length for NFC Vietnamese."""
    low = text.lower()
    if low.isascii():
        return low
    return _MARKS.sub("", unicodedata.normalize("NFD", low)).replace("đ", "d")


def squeeze(text: str) -> str:
    """White space, page breaks too, as single spaces."""
    return _SPACE.sub(" ", text).strip()
