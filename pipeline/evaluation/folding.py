"""What does not matter when two values are compared. These folds are part of the measure: changing one changes every score."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

Fold = Callable[[Any], Any]

# Written out, so that "UBND huyện" and "Ủy ban nhân dân huyện" are the same answer.
_LONG_FORMS = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "tthc": "thủ tục hành chính",
    "btv": "ban thường vụ",
    "tp": "thành phố",
    "tp.": "thành phố",
}
# The two schools of placing the tone mark at the end of a syllable: hoà/hòa, khoẻ/khỏe, uỷ/ủy ("quý" keeps its own).
_TONES = {
    **{"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa"},
    **{"oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe"},
    **{"uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"},
}
_TONE = re.compile(rf"(?<!q)({'|'.join(_TONES)})(?![a-zà-ỹđ])")
_MARKS = re.compile(r"[*_“”\"'‘’]")
_DASH = re.compile(r"\s*[-–—]\s*")


def fold_name(value: Any) -> str | None:
    """A name or phrase without the differences of case, emphasis marks, dashes, spaces, tone placement and common abbreviations."""
    if value is None:
        return None
    folded = _MARKS.sub("", unicodedata.normalize("NFC", str(value)).lower())
    folded = _TONE.sub(lambda found: _TONES[found[1]], _DASH.sub("-", folded))
    words = re.sub(r"\s+", " ", folded).strip(" .,;:/+-()").split(" ")
    return " ".join(_LONG_FORMS.get(word, word) for word in words)


def fold_number(value: Any) -> str | None:
    """A document's symbol without white space, in capitals, with a plain dash."""
    return None if value is None else re.sub(r"\s+", "", unicodedata.normalize("NFC", str(value))).replace("–", "-").upper()


def as_is(value: Any) -> Any:
    """Dates, section paths, roles and relations are compared as they stand."""
    return value


def as_bool(value: Any) -> bool:
    """Whether a flag or a relative term is there at all."""
    return bool(value)
