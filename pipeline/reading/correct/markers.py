"""Puts list markers right that cannot be what was read, by the markers before and behind them: "©)", "qa)", "1." where "II." follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading.correct.changes import Change

RULE = "marker"
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of points in a clause (domain rule 3)
_POINT = re.compile(r"^(?P<read>[^\W\d_]{1,2}|[©€®])\)(?= )", re.MULTILINE)
# What the engine makes of a letter that stands before a bracket. The letter is taken only where it is next in order.
_TAKEN = {
    "e": "c",
    "©": "ce",
    "€": "ce",
    "®": "ce",
    "qa": "a",
    "ad": "a",
    "đa": "đ",
    "lb": "b",
    "hb": "b",
    "o": "c",
    "0": "đ",
    "l": "i",
    "I": "i",
}
_NUMERAL = re.compile(r"^(?P<read>[1LlIT]|I{2,3}|IV|V)\.(?= )", re.MULTILINE)
_NEXT = re.compile(r"^(?:[1-9]|I{1,3}|IV|V)\.(?= )", re.MULTILINE)


def marker_changes(text: str) -> Iterator[Change]:
    """Changes of letters of points and of the first Roman numeral, only at the start of a paragraph."""
    yield from _points(text)
    yield from _first_numeral(text)


def _points(text: str) -> Iterator[Change]:
    found = list(_POINT.finditer(text))
    before = ""
    for number, match in enumerate(found):
        read = match["read"]
        wanted = _LETTERS[_LETTERS.index(before) + 1 : _LETTERS.index(before) + 2] if before else "a"
        following = found[number + 1]["read"] if number + 1 < len(found) else ""
        if read in _TAKEN and read != wanted and wanted in _TAKEN[read] and not (read in _LETTERS and following == "e"):
            yield Change(match.start(), match.end() - 1, wanted, RULE)
            read = wanted
        before = read if read in _LETTERS else ""


def _first_numeral(text: str) -> Iterator[Change]:
    """ "1." or "L." for "I.": where "II." comes without "I." before it, and the marker in between starts a count of its own."""
    markers = list(_NUMERAL.finditer(text))
    second = next((m for m in markers if m["read"] == "II"), None)
    if second is None:
        return
    earlier = [m for m in markers if m.start() < second.start()]
    if any(m["read"] in ("I", "III", "IV", "V") for m in earlier) or not earlier:
        return
    first = earlier[0]
    follows = _NEXT.search(text, first.end())
    if first["read"] != "1" or (follows is not None and follows[0] in ("1.", "II.")):
        yield Change(first.start(), first.end() - 1, "I", RULE)
