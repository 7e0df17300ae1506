"""Laws, codes and ordinances by name: known ones from the data file, others by their capitals (domain rule 2.4)."""

from __future__ import annotations

import re
from functools import cache

from pipeline.data import load
from pipeline.extraction import dates
from pipeline.extraction.citing.mention import CitationMention
from pipeline.extraction.syllables import Phrases
from pipeline.text.folding import squeeze, tone

_AMENDING_LAW = re.compile(
    r"Luật\s+sửa đổi, bổ sung(?:\s+một số điều)?\s+của\s+(?:các\s+)?(?:Bộ luật|Luật)\s+[^;.\n]{3,160}?"
    r"(?=\s*(?:,?\s+ngày\s+\d|,?\s+năm\s+\d|\s*số\s+\d|[;.\n]|$))"
)
_LAW = re.compile(r"(?<![^\W\d_])(?:Luật|Bộ luật|Bộ Luật|Pháp lệnh|Hiến pháp|LUẬT|BỘ LUẬT)(?=\s|[;,.)])")


@cache
def _law_names() -> Phrases:
    return Phrases((name, row["name"]) for row in load.rows("laws") for name in (row["name"], *row.get("aliases", [])))


_WORDS = re.compile(r"[^\W\d_]+|,|-|–|\d+")


def laws(text: str) -> list[CitationMention]:
    """Laws, codes and ordinances by name: from the list of laws, else the words with a capital that follow."""
    found = []
    for m in _LAW.finditer(text):
        amending = _AMENDING_LAW.match(text, m.start())
        if amending:
            name = squeeze(amending[0])
            found.append(CitationMention(m.start(), amending.end(), name, "Luật", "amending-law", name=name, confidence=0.85))
            continue
        if found and m.start() < found[-1].end:
            continue
        window = re.split(r"[\n|]", text[m.start() : m.start() + 160])[0]
        words = list(_WORDS.finditer(window))
        hit = _law_names().match([tone(w[0]) for w in words], 0)
        if hit:
            end = m.start() + words[hit[0] - 1].end()
            confidence, rule = 0.97, "law-by-name"
        else:
            length = _capital_name(words)
            if not length:
                continue
            end = m.start() + words[length - 1].end()
            confidence, rule = 0.75, "law-by-capitals"
        year = dates.year_after(text, end, bare=True)
        name = squeeze(text[m.start() : end])
        stop = year[1] if year else end
        kind = (
            "Bộ luật"
            if name.lower().startswith("bộ")
            else name.split(" ")[0].capitalize()
            if not name.startswith(("Pháp", "Hiến"))
            else " ".join(name.split(" ")[:2])
        )
        found.append(
            CitationMention(
                m.start(),
                stop,
                squeeze(text[m.start() : stop]),
                kind,
                rule,
                name=name,
                issued_on=year[0] if year else None,
                confidence=confidence,
            )
        )
    return found


def _capital_name(words: list[re.Match[str]]) -> int:
    """Number of words of a law's name that the list does not know: the first one must have a capital."""
    start = 2 if words and words[0][0] in ("Bộ", "Pháp", "Hiến") else 1
    if len(words) <= start or not words[start][0][0].isupper() or words[start][0] in ("Luật", "Nghị", "Quyết"):
        return 0
    n = start + 1
    while (
        n < len(words)
        and words[n].start() - words[n - 1].end() <= 1
        and n - start < 4
        and words[n][0].isalpha()
        and (words[n][0][0].isupper() or n == start + 1)
    ):
        n += 1
    return n
