"""Is this a well-formed Vietnamese syllable? The grammar is onset x rime x tone (data: syllable_parts.jsonl)."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from pipeline.data import load

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0303": "ngã", "\u0309": "hỏi", "\u0323": "nặng"}


@cache
def _part(name: str) -> frozenset[str]:
    return frozenset(letters for row in load.rows("syllable_parts") if row["part"] == name for letters in row["letters"])


@cache
def _onsets() -> tuple[str, ...]:
    return tuple(sorted(_part("onset"), key=len, reverse=True))


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
    rimes, stops = _part("rime"), _part("stop")
    for onset in _onsets():
        if not bare.startswith(onset):
            continue
        rime = bare[len(onset) :]
        if onset == "gi" and not rime:
            rime = "i"
        if onset == "gi" and rime[:1] == "ê":  # giêng, giết: gi + iêng, iêt
            rime = "i" + rime
        if onset in _part("not-before-front" if rime[:1] in ("e", "ê", "i", "y") else "only-before-front"):
            continue
        if rime in rimes or (rime in stops and tone in ("\u0301", "\u0323")):
            return True
    return False
