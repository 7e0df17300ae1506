"""What a person types for a document, as something the base can be asked: "chi thi 33/ct-ttg", "33 - CT/TW", "Luật Tiếp công dân"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.keys import fold, name_key, number_key

# What may follow a number and does not belong to it: its date, its issuer, its subject.
_TAIL = re.compile(r"\s+(?:ngay|cua|ve|v/v|nam)\b|[,;(]")
_NUMBER_WORD = re.compile(r"\s*\b(?:so|no)\s*[.:]?\s*$")
_YEAR_OF_LAW = re.compile(r"\s+nam\s+(\d{4})\s*$")
_LAWS = ("hien phap", "bo luat", "luat", "phap lenh")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document asked for. `number` and `name` are folded keys, one of them empty; `type` is the folded type word, if typed."""

    typed: str
    type: str
    number: str
    name: str


def parse_reference(typed: str) -> Reference:
    """`typed` taken apart. Accents, case, spaces and the word "số" do not matter."""
    folded = fold(" ".join(typed.split()))
    digit = re.search(r"\d|/", folded)
    year = _YEAR_OF_LAW.search(folded)
    if digit is None or (year is not None and digit.start() > year.start()):
        return Reference(typed, "", "", name_key(folded[: year.start()] if year else folded))
    type_, rest = _NUMBER_WORD.sub("", folded[: digit.start()]).strip(" .:,-"), folded[digit.start() :]
    if type_.startswith(_LAWS) and "/" not in rest:
        return Reference(typed, "", "", name_key(folded))
    return Reference(typed, name_key(type_), number_key(_TAIL.split(rest)[0]), "")
