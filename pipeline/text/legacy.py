"""Vietnamese 8-bit font encodings (TCVN3, VNI) that were read as Windows-1252: recognised and turned into Unicode (domain rule 8.1)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load

_MODERN = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
# Signs that TCVN3 uses for letters and that stand inside a word only there.
_TCVN3_SIGN = re.compile(r"(?<=[A-Za-z])[µ¶·¸¹¨©ª«¬®»¼½¾ÆÇÈÉÊËÎÏÑÒÓÕÖ×ØÜÞ§]|[µ¶·¸¹¨©ª«¬®»¼½¾](?=[a-z])")
_VNI_SIGN = re.compile(r"[aeouyAEOUYôöÔÖ][øùûõïêèéúüëâàáåãäØÙÛÕÏÊÈÉÚÜËÂÀÁÅÃÄ]|[ñÑöÖæÆ](?=[a-zA-Zø-ÿØ-ß])")


def detect(text: str) -> str | None:
    """The encoding "tcvn3", "vni" or None for a run of text. Needs three signs and no letter that only Unicode Vietnamese has."""
    if len(_MODERN.findall(text)) * 20 > len(text.split()):
        return None
    counts = {"tcvn3": len(_TCVN3_SIGN.findall(text)), "vni": len(_VNI_SIGN.findall(text))}
    best = max(counts, key=lambda k: counts[k])
    return best if counts[best] >= 3 and counts[best] * 8 >= len(text.split()) else None


@cache
def _pattern(encoding: str) -> tuple[re.Pattern[str], dict[str, str]]:
    letters: dict[str, str] = load.table("legacy_encodings")[encoding]
    keys = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys))), letters


def convert(text: str, encoding: str) -> str:
    """`text` with every letter of `encoding` ("tcvn3" or "vni") as Unicode; anything else stays."""
    pattern, letters = _pattern(encoding)
    return pattern.sub(lambda m: letters[m[0]], text)
