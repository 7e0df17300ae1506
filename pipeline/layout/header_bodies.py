"""The bodies at the top left of the first page, superior first (domain rule 1.2)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load
from pipeline.layout.capitals import is_caps
from pipeline.layout.header import NUMBER, SECRECY, URGENCY
from pipeline.layout.model import Line
from pipeline.layout.zones import MOTTO
from pipeline.names.naming import truecase
from pipeline.text.folding import bare, squeeze
from pipeline.text.syllables import well_formed

_LEVEL = re.compile(r"^(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\s")


@cache
def _heads() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in load.table("header_words")["heads"])
    return re.compile(rf"(?:{words})(?![^\W\d_])")


def header_bodies(text: str, lines: list[Line]) -> list[str]:
    """The names of bodies at the top left, superior first, each on one line and in ordinary writing."""
    names: list[str] = []
    heads, committees = _heads(), load.table("header_words")["committees"]
    for line in lines:
        if line.zone != "header":
            break
        words = squeeze(text[line.start : line.end]).replace("UỶ", "ỦY")
        folded = bare(words)
        for found in MOTTO.finditer(folded):
            words = words.replace(words[found.start() : found.end()], " ") if len(folded) == len(words) else words
        words = re.split(r"(?<![^\W\d_])S[ốô]\s*(?:[:\d/])", words)[0].strip(" *_-–—.")
        if not words:
            continue
        if (NUMBER.search(text[line.start : line.end]) and not is_caps(words)) or re.match(r"V\s*/\s*v", words, re.I):
            break
        if not is_caps(words) or words in URGENCY or words in SECRECY or bare(words).strip("() ").startswith("du thao"):
            continue
        if names and (not heads.match(words) or _goes_on(names[-1], words)):
            names[-1] += " " + words
        elif heads.match(words):
            if names and names[-1] in committees and _LEVEL.match(words):
                names[-1] += " " + words
            else:
                names.append(words)
    return [truecase(n) for n in names]


def _goes_on(name: str, words: str) -> bool:
    """Is `words` the end of a name too long for its column: "SỞ NÔNG NGHIỆP VÀ MÔI" / "TRƯỜNG", "VĂN PHÒNG HĐND VÀ" / "UBND"?
    No body is called by one syllable."""
    return name.endswith((" VÀ", ",", "-")) or (" " not in words and well_formed(words.lower()))
