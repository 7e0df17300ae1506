"""Can a page's text layer be trusted? Scores and verdict (thresholds measured on 562 pages of real files).

The accented share separates sound layers from hidden OCR layers without accents and from glyph numbers; "has text" is no test.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.text.syllables import well_formed

Verdict = Literal["good", "bad", "few"]

ENOUGH = 100  # letters on a page before it can be judged by itself
DIA = 0.10  # least share of accented letters
SYL = 0.60  # least share of well-formed syllables

_ACCENTED = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_STRANGE = re.compile(
    r"[^\x09\x0a\x0d\x20-\x7eàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    r"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ\u00a0§°²³±×÷–—‘’“”…•«»⁄\u00ad≤≥→]"
)


@dataclass(frozen=True, slots=True)
class Scores:
    """`letters` on the page; shares of accented letters (dia), of well-formed syllables (syl) and of strange characters (bad)."""

    letters: int
    dia: float
    syl: float
    bad: float

    @property
    def verdict(self) -> Verdict:
        """good, bad, or few when there is too little to judge (NFC text, stamps removed beforehand)."""
        if self.letters < ENOUGH:
            return "few"
        return "good" if self.dia >= DIA and self.syl >= SYL else "bad"

    def as_dict(self) -> dict[str, float]:
        """For storing with the page, rounded so that equal pages give equal bytes."""
        return {"letters": float(self.letters), "dia": round(self.dia, 3), "syl": round(self.syl, 3), "bad": round(self.bad, 3)}


def score(text: str) -> Scores:
    """The scores of `text` (NFC)."""
    tokens = _LETTERS.findall(text)
    letters = sum(map(len, tokens))
    syllables = [t for t in tokens if len(t) >= 2]
    valid = sum(map(well_formed, syllables))
    accented = len(_ACCENTED.findall(text))
    return Scores(
        letters,
        accented / letters if letters else 0.0,
        valid / len(syllables) if syllables else 0.0,
        len(_STRANGE.findall(text)) / len(text) if text else 0.0,
    )


def of_file(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict that pages with few letters inherit: that of most judged pages; few when none could be judged."""
    good, bad = verdicts.count("good"), verdicts.count("bad")
    if good == bad == 0:
        return "few"
    return "good" if good >= bad else "bad"
