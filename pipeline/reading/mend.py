"""Repairs of a text layer that is sound but for known faults: Ƣ for Ư, HÕA for HÒA, look-alike letters, TCVN3 and VNI runs.

Each changed word keeps what stood before and the rule. Sources: domain rule 8.1; faults measured on real files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pipeline.data import load
from pipeline.reading.boxes import Box, Row
from pipeline.text import legacy
from pipeline.text.syllables import well_formed

_ODD = re.compile(r"[ƢƣÐð\u0400-\u052f]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")
_LEGACY = re.compile(r"[\u00a1-\u00b7\u00b9-\u00bf\u00c0-\u00ff]")

FontOf = Callable[[Box], str]


def suspect(text: str) -> bool:
    """Whether `letters` may find something to mend in a page's text; much cheaper than looking."""
    return bool(_ODD.search(text)) or "hõa" in text or "Hõa" in text or "HÕA" in text


@cache
def _tables() -> tuple[dict[int, str], dict[int, str], dict[str, str]]:
    data = load.table("glyphs_lookalikes")
    return str.maketrans(data["always"]), str.maketrans(data["cyrillic"]), data["syllables"]


def change(box: Box, text: str, rule: str) -> None:
    """Sets a word's text and notes what stood there; a second change keeps the first original."""
    if text != box.text:
        box.before, box.rule = box.before or box.text, rule
        box.text = text


def letters(words: Sequence[Box]) -> int:
    """Mends single letters in place; returns how many words changed. Call when `suspect` says so."""
    always, cyrillic, syllables = _tables()
    everything = "".join(w.text for w in words)
    horned = "Ƣ" in everything or "ƣ" in everything
    foreign = any(ord(c) not in cyrillic for c in _CYRILLIC.findall(everything))  # real Russian stands on the page
    changed = 0
    for w in words:
        before = w.text
        text = before.translate(always)
        if text != before:
            change(w, text, "letter-look-alike" if not horned else "old-u-horn")
        if _CYRILLIC.search(text):
            mapped = text.translate(cyrillic)
            core = mapped.strip(".,;:()“”\"'/-")
            if not _CYRILLIC.search(mapped) and (_LATIN.search(text) or (not foreign and (well_formed(core) or len(core) == 1))):
                change(w, mapped, "cyrillic-look-alike")
        core = w.text.strip(".,;:()“”\"'/-")
        if core in syllables and (horned or core[:1] in "Hh"):
            change(w, w.text.replace(core, syllables[core]), "wrong-tone-font")
        changed += w.text != before
    return changed


def legacy_runs(rows: Sequence[Row], font_of: FontOf) -> int:
    """Turns TCVN3 and VNI runs into Unicode in place; returns how many words changed. `font_of` names the font of a word."""
    text = "\n".join(r.text for r in rows)
    if len(_LEGACY.findall(text)) < 3:
        return 0
    whole = legacy.detect(text)
    changed = 0
    for row in rows:
        encoding = whole or (legacy.detect(row.text) if len(row.text) > 12 else None)
        if encoding:
            for w in row.words:
                changed += _convert(w, encoding, font_of, _capitals(row.text))
    return changed


def _capitals(text: str) -> bool:
    plain = [c for c in text if c.isascii() and c.isalpha()]
    return sum(c.isupper() for c in plain) > 0.8 * len(plain) > 2


def _convert(word: Box, encoding: str, font_of: FontOf, capitals: bool) -> bool:
    raw = word.text
    text = legacy.convert(raw, encoding)
    if encoding == "tcvn3":
        if len(text) > 1 and "-" in text:  # the code of ư is that of the soft hyphen, which PDF writers turn into a hyphen
            core = text.strip(".,;:()“”\"'")
            if well_formed(core.replace("-", "ư")):
                text = text.replace("-", "ư")
        small = font_of(word).rstrip("0123456789 ").endswith("H")  # .VnTimeH shows small letters as capitals
        if small or _shouted(text, capitals):
            text = text.upper()
    change(word, text, encoding)
    return text != raw


def _shouted(text: str, capitals: bool) -> bool:
    """Whether the plain letters are capitals and only the accented ones are small ("CéNG"): 8-bit fonts have no accented capitals."""
    plain = [c for c in text if c.isascii() and c.isalpha()]
    accented = [c for c in text if not c.isascii() and c.isalpha()]
    return len(plain) + capitals > 1 and bool(accented) and all(c.isupper() for c in plain) and any(c.islower() for c in accented)
