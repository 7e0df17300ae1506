"""Spelling of the names of bodies: capitals turned into ordinary writing, abbreviations written out, one dash, one tone placement."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load
from pipeline.text.folding import squeeze, tone

_DASH = re.compile(r"\s*[–—]\s*|\s+-\s*|\s*-\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[&-][^\W\d_]+)*|\S")
_UY = re.compile(r"(?<![qQ])([uU])([ỳýỷỹỵ])(?![^\W\d_])")
_TONED = {"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy", "Uỳ": "Ùy", "Uý": "Úy", "Uỷ": "Ủy", "Uỹ": "Ũy", "Uỵ": "Ụy"}


@cache
def _cased() -> dict[str, str]:
    """Known phrases by their small letters, as they are written: heads, sectors, offices, national bodies."""
    phrases: dict[str, str] = {}
    for row in load.rows("sectors"):
        for name in row["names"]:
            phrases.setdefault(tone(name), name)
    for row in load.rows("unit_heads"):
        phrases[tone(row["head"])] = row["head"]
    for row in load.rows("positions"):
        phrases.setdefault(tone(row["title"]), row["title"])
    for row in load.rows("national_bodies"):
        phrases[tone(row["name"])] = row["name"]
    for row in load.rows("abbreviations"):
        phrases[row["short"].lower()] = row["short"]
    for level in ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu", "và", "các"):
        phrases[level] = level
    return phrases


def truecase(text: str) -> str:
    """A name in capitals as it is written in running text: "UBND TỈNH LÀO CAI" -> "UBND tỉnh Lào Cai". What is not known gets
    capitals word by word after a level word, else small letters."""
    from pipeline.names.places import by_name

    words = squeeze(text).split(" ")
    low = [tone(w) for w in words]
    phrases, places = _cased(), by_name()
    out: list[str] = []
    i = 0
    after_level = False
    while i < len(words):
        taken = 0
        for n in range(min(9, len(words) - i), 0, -1):
            phrase = " ".join(low[i : i + n])
            if phrase in places and (after_level or (i + n == len(words) and n > 1)):
                out.append(places[phrase][0].name)
                taken = n
                after_level = False
                break
            if phrase in phrases and not after_level:
                out.append(phrases[phrase])
                taken = n
                after_level = phrase in (
                    "tỉnh",
                    "thành phố",
                    "huyện",
                    "quận",
                    "thị xã",
                    "thị trấn",
                    "xã",
                    "phường",
                    "đặc khu",
                    "tỉnh ủy",
                    "huyện ủy",
                    "thành ủy",
                    "thị ủy",
                    "quận ủy",
                )
                break
        if not taken:
            out.append(low[i].capitalize() if after_level or not out else low[i])
            taken = 1
        i += taken
    joined = " ".join(out)
    return joined[:1].upper() + joined[1:]


@cache
def _short() -> tuple[re.Pattern[str], dict[str, str]]:
    longs = {r["short"]: r["long"] for r in load.rows("abbreviations")}
    keys = sorted(longs, key=len, reverse=True)
    return re.compile(r"(?<![^\W\d_])(?:" + "|".join(map(re.escape, keys)) + r")(?![^\W\d_])"), longs


def spelled_out(name: str) -> str:
    """`name` on one line, abbreviations written out, " - " for every dash between words, "ủy" for "uỷ"."""
    pattern, longs = _short()
    clean = _DASH.sub(" - ", squeeze(name).strip(' .,;:*“”"'))
    clean = pattern.sub(lambda m: longs[m[0]], clean)
    clean = _UY.sub(lambda m: _TONED[m[0]], clean)
    clean = re.sub(r"Ủy ban Ủy ban", "Ủy ban", clean)
    return re.sub(r"(?<=Mặt trận )Tổ quốc Việt Nam Việt Nam", "Tổ quốc Việt Nam", clean)
