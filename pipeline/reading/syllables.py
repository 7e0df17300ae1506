"""Is this a well-formed Vietnamese syllable? The grammar is onset x rime x tone (data: syllable_parts.jsonl)."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from pipeline.data import load

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


@cache
def _parts() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    found: dict[str, list[str]] = {"onset": [], "rime": [], "stop": []}
    for row in load.rows("syllable_parts"):
        found[row["part"]] += row["letters"]
    return tuple(sorted(found["onset"], key=len, reverse=True)), frozenset(found["rime"]), frozenset(found["stop"])


@lru_cache(maxsize=65536)
def well_formed(token: str) -> bool:
    """Whether `token` (NFC, any case, letters only) could be a Vietnamese syllable."""
    tone = ""
    letters = []
    for c in unicodedata.normalize("NFD", token.lower()):
        if c in _TONES:
            if tone:
                return False
            tone = c
        else:
            letters.append(c)
    bare = unicodedata.normalize("NFC", "".join(letters))
    onsets, rimes, stops = _parts()
    for onset in onsets:
        if not bare.startswith(onset):
            continue
        rime = bare[len(onset) :]
        if onset == "gi" and not rime:
            rime = "i"
        if onset == "gi" and rime[:1] == "ê":  # giêng, giết: gi + iêng, iêt
            rime = "i" + rime
        if rime in rimes or (rime in stops and tone in ("\u0301", "\u0323")):
            return True
    return False
